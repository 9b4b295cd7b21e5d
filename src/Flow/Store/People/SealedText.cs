using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Weipian.Flow.Store;

/// <summary>Texts that stand sealed in the database: AES-256-GCM, under a key that lies outside it and has an id.</summary>
/// <remarks>
/// A sealed text is <c>sealed:KEY:BASE64</c>: nonce, tag and cipher. What it belongs to goes into the seal, so that it cannot be moved to
/// another row or column. New keys are added and the newest is used; what older ones sealed is sealed again in further rows
/// (<see cref="Reseal"/>), because rows are never rewritten, and then they can be destroyed. The journal seals rows as they are stored, so
/// that whoever verifies needs no key.
/// </remarks>
public static class SealedText
{
    /// <summary>Names the file of the keys where it does not lie in the data folder.</summary>
    public const string Setting = "WEIPIAN_SEALING_KEYS";

    private const string Mark = "sealed:";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private static readonly Lock Door = new();

    /// <summary>What was read last of each file, and what the file looked like then: thousands of texts are opened for one page.</summary>
    private static readonly Dictionary<string, (DateTime Changed, long Length, Held Keys)> Read = new(StringComparer.Ordinal);

    /// <summary>Whether a text is sealed; an older row may not be.</summary>
    public static bool IsSealed(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The text under the newest key.</summary>
    /// <param name="belongsTo">What it belongs to: table, column and id of the row.</param>
    public static string Seal(DataFolder folder, string text, string belongsTo)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(text);
        var keys = KeysOf(folder);
        var plain = Encoding.UTF8.GetBytes(text);
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var (cipher, tag) = (new byte[plain.Length], new byte[TagBytes]);
        using var aes = new AesGcm(Convert.FromBase64String(keys.Keys[keys.Newest]), TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(belongsTo));
        return $"{Mark}{keys.Newest}:{Convert.ToBase64String([.. nonce, .. tag, .. cipher])}";
    }

    /// <summary>The text itself; one that was never sealed as it stands.</summary>
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c>: its key is not there, or it was changed or moved.</exception>
    public static string Open(DataFolder folder, string text, string belongsTo)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!IsSealed(text))
            return text;
        var parts = text.Split(':', 3);
        try
        {
            var bytes = Convert.FromBase64String(parts[2]);
            var plain = new byte[bytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(Convert.FromBase64String(KeysOf(folder).Keys[parts[1]]), TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes),
                bytes.AsSpan(NonceBytes + TagBytes),
                bytes.AsSpan(NonceBytes, TagBytes),
                plain,
                Encoding.UTF8.GetBytes(belongsTo)
            );
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception wrong)
            when (wrong
                    is CryptographicException
                        or FormatException
                        or KeyNotFoundException
                        or OverflowException
                        or IndexOutOfRangeException
            )
        {
            throw Problem.Store.SealedTextUnreadable(belongsTo, parts.Length > 1 ? parts[1] : "?");
        }
    }

    /// <summary>What the same text always gives under the newest key, so that it can be found without being read.</summary>
    public static string Blind(DataFolder folder, string text, string purpose)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var keys = KeysOf(folder);
        return Blind(keys.Keys[keys.Newest], text, purpose);
    }

    /// <summary>What the text gives under each of the keys there are: under one of them it was written.</summary>
    public static IReadOnlyList<string> Blinds(DataFolder folder, string text, string purpose)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return [.. KeysOf(folder).Keys.Values.Select(key => Blind(key, text, purpose))];
    }

    /// <summary>The id of the key of a sealed text; <c>null</c> for one that is not sealed.</summary>
    public static string? KeyOf(string text) => IsSealed(text) ? text.Split(':', 3)[1] : null;

    /// <summary>Whether the keys are at hand; who verifies a copy of the installation may not have them.</summary>
    public static bool HasKeys(DataFolder folder) => File.Exists(FileOf(folder));

    /// <summary>The id of the key under which texts are sealed now.</summary>
    public static string NewestKey(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return KeysOf(folder).Newest;
    }

    /// <summary>Adds a key, with which everything is sealed from now on.</summary>
    /// <returns>Its id.</returns>
    public static string Rotate(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        lock (Door)
        {
            Read.Remove(FileOf(folder));
            var keys = KeysOf(folder);
            var newest = string.Create(CultureInfo.InvariantCulture, $"k{keys.Keys.Keys.Max(NumberOf) + 1}");
            keys.Keys[newest] = NewKey();
            Write(FileOf(folder), new(newest, keys.Keys));
            return newest;
        }
    }

    /// <summary>Takes every key but the newest out of the file, for good. Only when nothing is read by them any more.</summary>
    /// <returns>Their ids.</returns>
    internal static IReadOnlyList<string> Destroy(DataFolder folder)
    {
        lock (Door)
        {
            Read.Remove(FileOf(folder));
            var keys = KeysOf(folder);
            Write(FileOf(folder), new(keys.Newest, new() { [keys.Newest] = keys.Keys[keys.Newest] }));
            return [.. keys.Keys.Keys.Where(id => id != keys.Newest).OrderBy(NumberOf)];
        }
    }

    /// <summary>Ids of the keys there are, oldest first.</summary>
    public static IReadOnlyList<string> KeyIds(DataFolder folder) => [.. KeysOf(folder).Keys.Keys.OrderBy(NumberOf)];

    /// <summary>Where the keys are.</summary>
    public static string FileOf(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(folder.Path, "keys", "sealing-keys.json");
    }

    private static string Blind(string key, string text, string purpose) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(purpose + "\n" + text)));

    private static int NumberOf(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    private static Held KeysOf(DataFolder folder)
    {
        var path = FileOf(folder);
        lock (Door)
        {
            if (!File.Exists(path))
                Write(path, new("k1", new() { ["k1"] = NewKey() }));
            var file = new FileInfo(path);
            if (Read.TryGetValue(path, out var read) && read.Changed == file.LastWriteTimeUtc && read.Length == file.Length)
                return read.Keys;
            var keys = JsonSerializer.Deserialize<Held>(File.ReadAllText(path))!;
            Read[path] = (file.LastWriteTimeUtc, file.Length, keys);
            return keys;
        }
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    private static void Write(string path, Held keys)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Durable.Replace(path, JsonSerializer.Serialize(keys));
        Read.Remove(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private sealed record Held(string Newest, SortedDictionary<string, string> Keys);
}
