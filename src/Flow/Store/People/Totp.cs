using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Weipian.Flow.Store;

/// <summary>Codes that change with time (RFC 6238 over RFC 4226): six digits, half a minute, HMAC-SHA-1, as phones know them.</summary>
public static class Totp
{
    /// <summary>Bytes of a secret: the length of the hash, as RFC 4226 recommends.</summary>
    public const int SecretBytes = 20;

    private const int Digits = 6;
    private const int StepSeconds = 30;

    /// <summary>Steps before and after the present one that count: clocks of phones differ.</summary>
    private const int StepsAround = 1;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret in base 32.</summary>
    public static string NewSecret() => Base32(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The address that a phone takes up, as the apps for it have agreed.</summary>
    public static string Uri(string issuer, string login, string secret) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(login)}?secret={secret}"
        + $"&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";

    /// <summary>The code of an instant.</summary>
    public static string CodeAt(string secret, DateTimeOffset at) => Code(Bytes(secret), StepOf(at), Digits);

    /// <summary>The half minute in which a code is right, near an instant; <c>null</c> when it is wrong.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(code);
        var typed = string.Concat(code.Where(char.IsAsciiDigit));
        var key = Bytes(secret);
        long? found = null;
        for (var step = StepOf(at) - StepsAround; step <= StepOf(at) + StepsAround; step++)
            if (
                CryptographicOperations.FixedTimeEquals(
                    System.Text.Encoding.ASCII.GetBytes(Code(key, step, Digits)),
                    System.Text.Encoding.ASCII.GetBytes(typed)
                )
            )
                found = step;
        return found;
    }

    /// <summary>The code of a step with so many digits.</summary>
    internal static string Code(byte[] key, long step, int digits)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm that RFC 6238 and every phone have; its use in HMAC is sound.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF, sizeof(int))) & int.MaxValue;
        var modulus = (long)Math.Pow(10, digits);
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The bytes of a secret in base 32.</summary>
    /// <exception cref="Problem"><c>chain.bad-value</c></exception>
    internal static byte[] Bytes(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var bytes = new List<byte>();
        var (held, bits) = (0, 0);
        foreach (var c in secret.Where(c => c != ' ').Select(char.ToUpperInvariant))
        {
            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0)
                throw Problem.Chain.BadValue("Secret", "…", "Base32", "base 32");
            held = ((held << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
        }
        return [.. bytes];
    }

    private static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    private static string Base32(byte[] bytes)
    {
        var text = new System.Text.StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var b in bytes)
        {
            held = ((held << 8) | b) & 0xFFFF;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(held >> bits) & 31]);
            }
        }
        return text.ToString();
    }
}
