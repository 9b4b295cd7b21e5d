using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weipian.Flow.Store;

/// <summary>The head of an encrypted backup: how its key is won from the passphrase, and a check that tells a wrong passphrase from a
/// damaged file.</summary>
/// <remarks>
/// Magic (8 bytes), version (2), rounds of PBKDF2 (4), salt (32), check of the key (16), SHA-256 of all before (32); numbers big-endian.
/// The key is PBKDF2 with HMAC-SHA-512 (RFC 8018); the salt is new for every file, so no key ever meets a second file.
/// </remarks>
internal sealed record BackupHead(int Rounds, byte[] Salt, byte[] KeyCheck, byte[] Sha256)
{
    /// <summary>The shortest passphrase that is taken, in characters.</summary>
    public const int PassphraseLengthMin = 12;

    public const int Length = 8 + 2 + 4 + SaltLength + KeyCheckLength + SHA256.HashSizeInBytes;
    private const int SaltLength = 32;
    private const int KeyCheckLength = 16;
    private const short Version = 1;
    private const int KeyLength = 32;

    /// <summary>About half a second of one core; three times what OWASP recommends for HMAC-SHA-512.</summary>
    public const int RoundsNow = 600_000;

    /// <summary>A file that asks for more wants to keep the reader busy.</summary>
    private const int RoundsMax = 10_000_000;

    public static ReadOnlySpan<byte> Magic => "WPSECRET"u8;

    /// <summary>A new head and its key.</summary>
    public static (byte[] Bytes, BackupHead Head, byte[] Key) New(string passphrase, int rounds)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var (key, check) = Derive(passphrase, salt, rounds);
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(10), rounds);
        salt.CopyTo(bytes, 14);
        check.CopyTo(bytes, 14 + SaltLength);
        var hash = SHA256.HashData(bytes.AsSpan(0, Length - SHA256.HashSizeInBytes));
        hash.CopyTo(bytes, Length - hash.Length);
        return (bytes, new(rounds, salt, check, hash), key);
    }

    /// <summary>Reads a head.</summary>
    /// <exception cref="Problem"><c>backup.damaged</c>, <c>backup.other-version</c></exception>
    public static BackupHead Read(ReadOnlySpan<byte> bytes, string file)
    {
        var hash = bytes[^SHA256.HashSizeInBytes..];
        if (!SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(hash))
            throw Problem.Backup.Damaged(file, "文件头", "the head of the file");
        var version = BinaryPrimitives.ReadInt16BigEndian(bytes[8..]);
        if (version != Version)
            throw Problem.Backup.OtherVersion(file, version, Version);
        var rounds = BinaryPrimitives.ReadInt32BigEndian(bytes[10..]);
        if (rounds is <= 0 or > RoundsMax)
            throw Problem.Backup.Damaged(file, "口令迭代次数", "the rounds of the passphrase");
        var salt = bytes.Slice(14, SaltLength).ToArray();
        return new(rounds, salt, bytes.Slice(14 + SaltLength, KeyCheckLength).ToArray(), hash.ToArray());
    }

    /// <summary>The key that a passphrase gives.</summary>
    /// <exception cref="Problem"><c>backup.wrong-passphrase</c></exception>
    public byte[] Key(string passphrase, string file)
    {
        var (key, check) = Derive(passphrase, Salt, Rounds);
        return CryptographicOperations.FixedTimeEquals(check, KeyCheck) ? key : throw Problem.Backup.WrongPassphrase(file);
    }

    private static (byte[] Key, byte[] Check) Derive(string passphrase, byte[] salt, int rounds)
    {
        // Typed on another machine, a composed and a decomposed letter are one.
        var typed = Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC));
        var bytes = Rfc2898DeriveBytes.Pbkdf2(typed, salt, rounds, HashAlgorithmName.SHA512, KeyLength + KeyCheckLength);
        return (bytes[..KeyLength], bytes[KeyLength..]);
    }
}

/// <summary>How the chunks of an encrypted backup, and of a sealed file, are sealed: AES-256-GCM, each under its number, the last one
/// marked as the last.</summary>
/// <remarks>A chunk that is changed, moved, left out or taken from another file does not open; nor does a file end before its
/// last.</remarks>
internal sealed class BackupChunks(byte[] key, byte[] head) : IDisposable
{
    public const int Length = 64 * 1024;
    public const int TagLength = 16;

    private readonly AesGcm cipher = new(key, TagLength);

    /// <summary>Seals a chunk in place of its plain bytes; the tag goes behind it.</summary>
    public void Seal(long number, bool isLast, Span<byte> plain, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[12];
        Nonce(nonce, number, isLast);
        cipher.Encrypt(nonce, plain, plain, tag, head);
    }

    /// <summary>Opens a chunk in place; false when it is not what was sealed under this number.</summary>
    public bool Open(long number, bool isLast, ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[12];
        Nonce(nonce, number, isLast);
        try
        {
            cipher.Decrypt(nonce, sealedBytes[..^TagLength], sealedBytes[^TagLength..], plain, head);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => cipher.Dispose();

    private static void Nonce(Span<byte> nonce, long number, bool isLast)
    {
        nonce.Clear();
        nonce[3] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], number);
    }
}
