using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Files that hold personal data stand sealed among the blobs: AES-256-GCM in chunks, under a key of the file's own, which is
/// sealed under the keys of the installation.</summary>
/// <remarks>Nothing of a file is held in memory but a buffer. Its hash is that of the plain bytes, before and after sealing, so what names
/// it goes on proving it (decision 0112).</remarks>
public static class SealedFiles
{
    /// <summary>The kind of a photograph that somebody marked as showing a person.</summary>
    public const string PersonPhoto = "person-photo";

    private const int KeyBytes = 32;
    private const int BufferBytes = 128 * 1024;
    private static readonly string[] Pictures = ["jpeg", "png", "webp"];

    private static ReadOnlySpan<byte> Magic => "WPFILE01"u8;

    /// <summary>The name under which lists show a file: that of a sealed one may name a person, so it is its kind and its hash.</summary>
    public static string NameOf(string name, string? personal, string sha256, string contentType)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        ArgumentNullException.ThrowIfNull(contentType);
        if (personal is null)
            return name;
        var ending = contentType[(contentType.LastIndexOf('/') + 1)..];
        return $"{personal}-{sha256[..8]}.{(Pictures.Contains(ending, StringComparer.Ordinal) || ending == "pdf" ? ending : "bin")}";
    }

    /// <summary>Keeps a file among the blobs, sealed where it holds personal data. One that was sealed before stays sealed, whatever it is
    /// handed in as.</summary>
    /// <param name="sha256">Of the content.</param>
    /// <param name="personal">The kind for which it is sealed; <c>null</c> keeps it as it is.</param>
    /// <param name="name">The name it came with; it is kept in the seal.</param>
    public static void Keep(ActScope act, string sha256, ReadOnlyMemory<byte> content, string? personal, string name)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (IsSealed(act, sha256))
            return;
        using var plain = Reading(content);
        if (personal is null)
            act.Store.Blobs.Put(plain);
        else
            Seal(act, sha256, plain, personal, name);
    }

    /// <summary>Seals a file that stands among the blobs in the clear.</summary>
    /// <returns>False when it was sealed before.</returns>
    /// <exception cref="Problem"><c>store.blob-missing</c>, <c>store.blob-damaged</c></exception>
    public static bool SealKept(ActScope act, string sha256, string personal, string name)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (IsSealed(act, sha256))
            return false;
        using var plain = act.Store.Blobs.OpenUnchecked(sha256);
        Seal(act, sha256, plain, personal, name);
        return true;
    }

    /// <summary>The plain bytes of a file, sealed or not, from its beginning; all of it was held against its hash before the first byte
    /// comes.</summary>
    /// <exception cref="Problem"><c>store.blob-missing</c>, <c>store.blob-damaged</c>, <c>store.sealed-text-unreadable</c></exception>
    public static async Task<Stream> OpenAsync(WeipianStore store, string sha256, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var db = store.Read();
        if (await db.SealedFiles.SingleOrDefaultAsync(f => f.Sha256 == sha256, stop) is not { } file)
            return store.Blobs.Open(sha256);
        var key = Convert.FromBase64String((await HeldAsync(db, file, stop)).Key);
        using (var whole = Plain(store, file, key))
            if (Hash(whole) != sha256)
                throw Problem.Store.BlobDamaged(sha256);
        return Plain(store, file, key);
    }

    /// <summary>The hash of the plain bytes that are there, whatever the row says; <c>missing</c> or <c>damaged</c> where there are
    /// none. Where the keys are elsewhere, sealed bytes that are whole stand for the plain ones.</summary>
    public static string HashOf(WeipianStore store, string sha256)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var db = store.Read();
        try
        {
            if (Find(db, sha256) is { } file)
                return SealedText.HasKeys(store.Folder) ? HashOf(store, db, file)
                    : store.Blobs.StateOf(file.SealedSha256) == BlobState.Sound ? sha256
                    : "damaged";
            using var plain = store.Blobs.OpenUnchecked(sha256);
            return Hash(plain);
        }
        catch (Problem problem)
        {
            return problem.Code == "store.blob-missing" ? "missing" : "damaged";
        }
    }

    /// <summary>Which of the files are sealed, by the hashes of their plain bytes.</summary>
    public static async Task<IReadOnlySet<string>> AmongAsync(StoreContext db, IEnumerable<string> sha256, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var asked = sha256.Distinct().ToList();
        return (await db.SealedFiles.Where(f => asked.Contains(f.Sha256)).Select(f => f.Sha256).ToListAsync(stop)).ToHashSet();
    }

    /// <summary>The name a sealed file came with; <c>null</c> for one that is not sealed.</summary>
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c></exception>
    public static async Task<string?> NameAsync(StoreContext db, string sha256, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.SealedFiles.SingleOrDefaultAsync(f => f.Sha256 == sha256, stop) is { } file
            ? (await HeldAsync(db, file, stop)).Name
            : null;
    }

    internal static SealedFile? Find(StoreContext db, string sha256) => db.SealedFiles.FirstOrDefault(f => f.Sha256 == sha256);

    private static bool IsSealed(ActScope act, string sha256) =>
        act.SealedNow.Contains(sha256)
        || ((act.WereSealed ??= act.Db.SealedFiles.Any()) && act.Db.SealedFiles.Any(f => f.Sha256 == sha256));

    /// <exception cref="Problem"><c>store.blob-*</c>, <c>store.sealed-text-unreadable</c></exception>
    internal static string HashOf(WeipianStore store, StoreContext db, SealedFile file)
    {
        var held = HeldAsync(db, file, CancellationToken.None).GetAwaiter().GetResult();
        using var plain = Plain(store, file, Convert.FromBase64String(held.Key));
        return Hash(plain);
    }

    private static void Seal(ActScope act, string sha256, Stream plain, string personal, string name)
    {
        var (id, key, found) = (act.NewId(), RandomNumberGenerator.GetBytes(KeyBytes), "");
        var address = act.Store.Blobs.Put(into => found = Encrypt(plain, into, key, id));
        if (found != sha256)
            throw Problem.Store.BlobDamaged(sha256);
        act.Db.Add(
            new SealedFile
            {
                Id = id,
                Sha256 = sha256,
                SealedSha256 = address,
                Kind = personal,
                KeySealed = SealedRows.Seal(
                    act,
                    SealedRows.File,
                    id,
                    JsonSerializer.Serialize(new Held(Convert.ToBase64String(key), name))
                ),
                By = act.By.Login,
                At = act.At,
            }
        );
        act.SealedNow.Add(sha256);
        ClearCopies.RemoveAfter(act, sha256);
    }

    private static string Encrypt(Stream plain, Stream into, byte[] key, Guid id)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var chunks = new BackupChunks(key, id.ToByteArray());
        using var encrypting = new EncryptingStream(into, chunks);
        into.Write(Magic);
        var buffer = new byte[BufferBytes];
        for (int read; (read = plain.Read(buffer)) > 0; )
        {
            hash.AppendData(buffer, 0, read);
            encrypting.Write(buffer, 0, read);
        }
        encrypting.Finish();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static SealedFileStream Plain(WeipianStore store, SealedFile file, byte[] key)
    {
        var bytes = store.Blobs.OpenUnchecked(file.SealedSha256);
        Span<byte> magic = stackalloc byte[Magic.Length];
        if (bytes.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual(Magic))
            return new(bytes, new(key, file.Id.ToByteArray()), file.Sha256);
        bytes.Dispose();
        throw Problem.Store.BlobDamaged(file.Sha256);
    }

    private static async Task<Held> HeldAsync(StoreContext db, SealedFile file, CancellationToken stop) =>
        JsonSerializer.Deserialize<Held>(await SealedRows.OpenAsync(db, new SealedRow(SealedRows.File, file.Id, file.KeySealed), stop))!;

    private static string Hash(Stream plain)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        for (int read; (read = plain.Read(buffer)) > 0; )
            hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static MemoryStream Reading(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var part)
            ? new(part.Array!, part.Offset, part.Count, writable: false)
            : new(content.ToArray(), writable: false);

    /// <param name="Key">Of the file, base64.</param>
    /// <param name="Name">As it was handed in.</param>
    private sealed record Held(string Key, string Name);
}

/// <summary>The plain bytes of a sealed file, read once from beginning to end.</summary>
internal sealed class SealedFileStream(FileStream file, BackupChunks chunks, string sha256) : OneWayStream
{
    private readonly DecryptingStream plain = new(
        file,
        chunks,
        () => Problem.Store.BlobDamaged(sha256),
        _ => Problem.Store.BlobDamaged(sha256)
    );

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer) => plain.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            plain.Dispose();
            chunks.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }
}
