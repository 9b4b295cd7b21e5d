using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Weipian.Flow.Store;

/// <summary>Files by their content: <c>blobs/ab/cd/&lt;sha256&gt;</c>. Written once, never changed, checked when read.</summary>
/// <remarks>A killed process leaves at most a file that nothing refers to, under <c>blobs/new</c>. Safe for several threads and
/// processes.</remarks>
public sealed class BlobStore(string folder)
{
    // Folders whose names this process knows to be on the disk: another may have made one and died before it was flushed.
    private readonly ConcurrentDictionary<string, byte> durable = new(StringComparer.Ordinal);

    private const int BufferBytes = 128 * 1024;

    /// <summary>Keeps bytes and returns their address: SHA-256, hexadecimal, lower case.</summary>
    public string Put(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        return Put(stream);
    }

    /// <summary>Keeps a stream to its end and returns its address.</summary>
    public string Put(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Put(into => content.CopyTo(into, BufferBytes));
    }

    /// <summary>Keeps what is written and returns its address.</summary>
    internal string Put(Action<Stream> write)
    {
        var incoming = Path.Combine(folder, "new");
        Directory.CreateDirectory(incoming);
        var fresh = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        string sha256;
        try
        {
            sha256 = WriteAndHash(write, fresh);
            var path = PathOf(sha256);
            MakeFolders(path);
            if (File.Exists(path))
            {
                // Whoever put it there may not have flushed its name yet, and this act is about to commit with it.
                Durable.FlushFolder(Path.GetDirectoryName(path)!);
                File.Delete(fresh);
                return sha256;
            }
            Durable.Settle(fresh, path);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
        return sha256;
    }

    /// <summary>Keeps a copy of a file.</summary>
    public string PutFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Put(stream);
    }

    /// <summary>The bytes at an address, checked against it.</summary>
    /// <exception cref="Problem"><c>store.blob-missing</c>, <c>store.blob-damaged</c></exception>
    public byte[] Get(string sha256)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path))
            throw Problem.Store.BlobMissing(sha256);
        var bytes = File.ReadAllBytes(path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != sha256)
            throw Problem.Store.BlobDamaged(sha256);
        return bytes;
    }

    /// <summary>The bytes at an address as a stream, all of them checked against it before the first comes.</summary>
    /// <exception cref="Problem"><c>store.blob-missing</c>, <c>store.blob-damaged</c></exception>
    public Stream Open(string sha256)
    {
        if (StateOf(sha256) == BlobState.Damaged)
            throw Problem.Store.BlobDamaged(sha256);
        return OpenUnchecked(sha256);
    }

    /// <summary>The bytes at an address, for whoever checks them himself.</summary>
    /// <exception cref="Problem"><c>store.blob-missing</c></exception>
    internal FileStream OpenUnchecked(string sha256)
    {
        var path = PathOf(sha256);
        return File.Exists(path)
            ? new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes)
            : throw Problem.Store.BlobMissing(sha256);
    }

    /// <summary>Where the blob is or would be. Use <see cref="Get"/> unless the content is too large to hold.</summary>
    public string PathOf(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        if (!IsAddress(sha256))
            throw new ArgumentException($"'{sha256}' is no address of a blob", nameof(sha256));
        return Path.Combine(folder, sha256[..2], sha256[2..4], sha256);
    }

    /// <summary>True when the blob is there and its content is what its address says.</summary>
    public BlobState StateOf(string sha256)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path))
            return BlobState.Missing;
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == sha256 ? BlobState.Sound : BlobState.Damaged;
    }

    /// <summary>Addresses of all blobs, in ordinal order.</summary>
    public IEnumerable<string> Addresses()
    {
        if (!Directory.Exists(folder))
            return [];
        return Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path))
            .Where(IsAddress)
            .Order(StringComparer.Ordinal);
    }

    internal static bool IsAddress(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);

    private void MakeFolders(string path)
    {
        var inner = Path.GetDirectoryName(path)!;
        if (durable.ContainsKey(inner))
            return;
        var outer = Path.GetDirectoryName(inner)!;
        Directory.CreateDirectory(inner);
        Durable.FlushFolder(outer);
        Durable.FlushFolder(folder);
        Durable.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        durable[inner] = 0;
    }

    private static string WriteAndHash(Action<Stream> write, string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        using var hashed = new HashedWriteStream(file);
        write(hashed);
        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hashed.Sha256());
    }
}

/// <summary>What became of a blob.</summary>
public enum BlobState
{
    Sound,
    Missing,
    Damaged,
}
