using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Crypto.Digests;

namespace Weipian.Flow.Store;

/// <summary>The hash that chains the entries of a journal: SHA-256, or SM3 (GB/T 32905-2016) where an installation began with it.</summary>
/// <remarks>
/// Chosen once, when the installation is made; the first entry says which, and is itself hashed with it. Both give 32 bytes. Blobs, layers
/// and the seals of rows are SHA-256 in any case: the entry that names them is under the hash of the chain.
/// </remarks>
public static class ChainHash
{
    public const string Sha256 = "sha256";

    public const string Sm3 = "sm3";

    /// <summary>The fact of the first entry that names the hash; where it is missing, it is SHA-256.</summary>
    internal const string Fact = "hash";

    public static IReadOnlyList<string> All { get; } = [Sha256, Sm3];

    /// <summary>Over the UTF-8 bytes of a text; hexadecimal, lower case.</summary>
    public static string Of(string algorithm, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (algorithm != Sm3)
            return Convert.ToHexStringLower(SHA256.HashData(bytes));
        var digest = new SM3Digest();
        digest.BlockUpdate(bytes, 0, bytes.Length);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The hash that the first entry names. A body that says nothing readable says SHA-256: its hash will not agree.</summary>
    internal static string NamedIn(string firstBody)
    {
        try
        {
            var named = JsonNode.Parse(firstBody)?["facts"]?[Fact]?.GetValue<string>();
            return named is Sm3 ? Sm3 : Sha256;
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or FormatException)
        {
            return Sha256;
        }
    }
}
