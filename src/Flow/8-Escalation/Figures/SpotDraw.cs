using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Something that a spot check may draw: its number, unique in the list, and its id.</summary>
public sealed record SpotItem(string Number, Guid Id);

/// <summary>The list of a spot check, frozen in ordinal order of number.</summary>
/// <param name="Of">One of <see cref="SpotPopulation.Kinds"/>.</param>
public sealed record SpotPopulation(string Of, IReadOnlyList<SpotItem> Items)
{
    /// <summary>What can be drawn from: patches with a confirmed verdict, or violations that were accepted as removed.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["confirmed-patches", "removed-violations"];

    /// <summary>SHA-256 over the numbers, one on each line: anybody who has the list can compute it.</summary>
    public string Sha256 => CanonicalJson.Sha256(string.Concat(Items.Select(i => i.Number + "\n")));

    public string Json =>
        CanonicalJson.Of(
            new JsonObject { ["of"] = Of, ["items"] = new JsonArray([.. Items.Select(i => new JsonArray(i.Number, i.Id.ToString()))]) }
        );

    public static SpotPopulation Read(string json)
    {
        var root = JsonNode.Parse(json)!;
        var items = root["items"]!.AsArray().Select(i => new SpotItem(i![0]!.GetValue<string>(), Guid.Parse(i[1]!.GetValue<string>())));
        return new(root["of"]!.GetValue<string>(), [.. items]);
    }
}

/// <summary>The draw of a spot check: a seed and a list decide it, and nothing else.</summary>
/// <remarks>
/// For each number of the list, SHA-256 is taken over the UTF-8 bytes of the seed, a line feed and the number. The numbers with the
/// smallest hashes, as hexadecimal text in ordinal order, are drawn, in that order. <c>printf '%s\n%s' SEED NUMBER | sha256sum</c> gives
/// the same; so does any other computer.
/// </remarks>
public static class SpotDraw
{
    /// <summary>The hash that decides the place of one number.</summary>
    public static string Key(string seed, string number) => CanonicalJson.Sha256(seed + "\n" + number);

    /// <summary>What was promised before: SHA-256 over the UTF-8 bytes of the seed.</summary>
    public static string Commitment(string seed) => CanonicalJson.Sha256(seed);

    /// <summary>The drawn items in the order drawn.</summary>
    public static IReadOnlyList<SpotItem> Of(string seed, SpotPopulation population, int count)
    {
        ArgumentNullException.ThrowIfNull(population);
        return [.. population.Items.OrderBy(i => Key(seed, i.Number), StringComparer.Ordinal).Take(count)];
    }

    /// <summary>32 random bytes as hexadecimal text.</summary>
    public static string NewSeed() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedSeal.KeyBytes));
}

/// <summary>Keeps a seed from everybody until it is drawn: AES-GCM under a key of the installation, outside the database.</summary>
internal static class SeedSeal
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Sealed for one spot check: what is sealed for another does not open.</summary>
    public static string Seal(DataFolder folder, Guid spotCheckId, string seed)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var plain = Encoding.UTF8.GetBytes(seed);
        var (cipher, tag) = (new byte[plain.Length], new byte[TagBytes]);
        using var aes = new AesGcm(KeyOf(folder, make: true), TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag, spotCheckId.ToByteArray());
        return Convert.ToBase64String([.. nonce, .. tag, .. cipher]);
    }

    /// <exception cref="Problem"><c>escalation.seed-lost</c></exception>
    public static string Open(DataFolder folder, SpotCheck check)
    {
        var bytes = Convert.FromBase64String(check.SealedSeed);
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(KeyOf(folder, make: false), TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes),
                bytes.AsSpan(NonceBytes + TagBytes),
                bytes.AsSpan(NonceBytes, TagBytes),
                plain,
                check.Id.ToByteArray()
            );
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Problem.Escalation.SeedLost(folder.SpotCheckKey);
        }
        var seed = Encoding.UTF8.GetString(plain);
        return SpotDraw.Commitment(seed) == check.SeedSha256 ? seed : throw Problem.Escalation.SeedLost(folder.SpotCheckKey);
    }

    private static byte[] KeyOf(DataFolder folder, bool make)
    {
        if (make && !File.Exists(folder.SpotCheckKey))
        {
            // Whole or not at all: half a key would keep every later spot check from being announced.
            var fresh = $"{folder.SpotCheckKey}.{Guid.NewGuid():N}.tmp";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(fresh, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                file.Flush(flushToDisk: true);
            }
            Durable.Settle(fresh, folder.SpotCheckKey);
        }
        return File.ReadAllBytes(folder.SpotCheckKey);
    }
}
