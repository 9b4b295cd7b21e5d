namespace Weipian.GeoFiles;

/// <summary>One file to read: itself, or an unpacked entry of an archive.</summary>
/// <param name="Name">What to call it to the user: the path inside the archive, or the file name.</param>
/// <param name="Path">Where its bytes are.</param>
/// <param name="Length">Bytes.</param>
internal sealed record FilePart(string Name, string Path, long Length)
{
    /// <summary>Lower case, with the dot.</summary>
    public string Extension { get; } = System.IO.Path.GetExtension(Name).ToLowerInvariant();

    /// <summary>The name without folder and extension.</summary>
    public string Stem { get; } = System.IO.Path.GetFileNameWithoutExtension(Name);

    /// <exception cref="Problem">files.unreadable</exception>
    public static FilePart Of(string path)
    {
        try
        {
            return new FilePart(System.IO.Path.GetFileName(path), path, new FileInfo(path).Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Problem.Files.Unreadable(path, fault.Message);
        }
    }

    private readonly DateTime writtenUtc = File.GetLastWriteTimeUtc(Path);

    /// <summary>True when the bytes may no longer be those that were there when this was made.</summary>
    public bool HasChanged()
    {
        var now = new FileInfo(Path);
        return !now.Exists || now.Length != Length || now.LastWriteTimeUtc != writtenUtc;
    }

    /// <exception cref="Problem">files.unreadable</exception>
    public FileStream Open(int bufferSize = 1 << 18)
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Problem.Files.Unreadable(Name, fault.Message);
        }
    }

    /// <summary>The first bytes, at most so many.</summary>
    public byte[] Head(int bytes)
    {
        using var stream = Open(bufferSize: 0);
        var head = new byte[Math.Min(bytes, Length)];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..read];
    }

    /// <summary>A small text part (.prj, .cpg), bytes as they are; refused when it is too long to be one.</summary>
    public byte[] SmallBytes(int bytesMax)
    {
        if (Length > bytesMax)
            throw Problem.Files.LimitExceeded(Name, "文本长度（字节）", "the length of the text in bytes", Length, bytesMax);
        return Head(bytesMax);
    }
}
