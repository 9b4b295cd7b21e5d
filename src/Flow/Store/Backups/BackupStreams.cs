using System.Security.Cryptography;

namespace Weipian.Flow.Store;

/// <summary>A stream that goes one way: it is read or written from its beginning to its end.</summary>
internal abstract class OneWayStream : Stream
{
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Reads until the buffer is full or the stream ends.</summary>
    protected static int Fill(Stream from, Span<byte> buffer)
    {
        var there = 0;
        for (int read; there < buffer.Length && (read = from.Read(buffer[there..])) > 0; )
            there += read;
        return there;
    }
}

/// <summary>Passes on what is written and hashes it.</summary>
internal sealed class HashedWriteStream(Stream inner) : OneWayStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Written { get; private set; }

    public override bool CanWrite => true;

    public byte[] Sha256() => hash.GetCurrentHash();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        inner.Write(buffer);
        Written += buffer.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A file that is hashed while it is read. It says its length, so that an archive can note it before the content.</summary>
internal sealed class HashedFileStream(FileStream file) : OneWayStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long length = file.Length;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override int Read(Span<byte> buffer)
    {
        // A file that grows meanwhile is taken as long as it was when it was opened.
        var read = file.Read(buffer[..(int)Math.Min(buffer.Length, length - position)]);
        hash.AppendData(buffer[..read]);
        position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>Encrypts what is written in chunks. Must be finished; what was not finished is found truncated.</summary>
internal sealed class EncryptingStream(Stream inner, BackupChunks chunks) : OneWayStream
{
    private readonly byte[] chunk = new byte[BackupChunks.Length];
    private readonly byte[] tag = new byte[BackupChunks.TagLength];
    private int filled;
    private long number;

    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (filled == chunk.Length)
                Put(isLast: false);
            var part = Math.Min(buffer.Length, chunk.Length - filled);
            buffer[..part].CopyTo(chunk.AsSpan(filled));
            filled += part;
            buffer = buffer[part..];
        }
    }

    public void Finish() => Put(isLast: true);

    private void Put(bool isLast)
    {
        chunks.Seal(number++, isLast, chunk.AsSpan(0, filled), tag);
        inner.Write(chunk, 0, filled);
        inner.Write(tag);
        filled = 0;
    }
}

/// <summary>Decrypts chunk by chunk; nothing of a chunk is handed out before it proved to be whole and in its place.</summary>
/// <param name="cut">Says that the end is missing.</param>
/// <param name="changed">Says that a chunk, counted from 1, is not what was sealed.</param>
internal sealed class DecryptingStream(Stream inner, BackupChunks chunks, Func<Problem> cut, Func<long, Problem> changed) : OneWayStream
{
    private readonly byte[] plain = new byte[BackupChunks.Length];
    private byte[] held = new byte[BackupChunks.Length + BackupChunks.TagLength];
    private byte[] ahead = new byte[BackupChunks.Length + BackupChunks.TagLength];
    private int heldLength = -1;
    private int given;
    private int filled;
    private long number;
    private bool isOver;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        if (given == filled && !isOver)
            Next();
        var part = Math.Min(buffer.Length, filled - given);
        plain.AsSpan(given, part).CopyTo(buffer);
        given += part;
        return part;
    }

    private void Next()
    {
        if (heldLength < 0)
            heldLength = Fill(inner, held);
        var aheadLength = Fill(inner, ahead);
        isOver = aheadLength == 0;
        if (heldLength < BackupChunks.TagLength)
            throw cut();
        var bytes = held.AsSpan(0, heldLength);
        (given, filled) = (0, heldLength - BackupChunks.TagLength);
        if (!chunks.Open(number, isOver, bytes, plain.AsSpan(0, filled)))
            throw isOver ? cut() : changed(number + 1);
        number++;
        (held, ahead, heldLength) = (ahead, held, aheadLength);
    }
}

/// <summary>Hashes what is read and holds back the seal at the end: the reader sees an end where the seal begins.</summary>
internal sealed class SealedReadStream(Stream inner, string file) : OneWayStream
{
    public const int SealLength = 8 + SHA256.HashSizeInBytes;
    private const int BufferLength = 128 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = new byte[BufferLength];
    private int start;
    private int end;
    private bool isOver;

    public static ReadOnlySpan<byte> Magic => "WPSEALED"u8;

    public override bool CanRead => true;

    public override int Read(Span<byte> into)
    {
        while (end - start <= SealLength && !isOver)
            More();
        var part = Math.Min(into.Length, end - start - SealLength);
        if (part <= 0)
            return 0;
        buffer.AsSpan(start, part).CopyTo(into);
        hash.AppendData(buffer.AsSpan(start, part));
        start += part;
        return part;
    }

    /// <summary>Reads what is left and holds the seal against everything that was read.</summary>
    /// <exception cref="Problem"><c>backup.truncated</c>, <c>backup.damaged</c></exception>
    public void Check()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Read(rest) > 0) { }
        var seal = buffer.AsSpan(start, end - start);
        if (seal.Length < SealLength || !seal.StartsWith(Magic))
            throw Problem.Backup.Truncated(file);
        if (!seal[8..].SequenceEqual(hash.GetCurrentHash()))
            throw Problem.Backup.Damaged(file, "整个文件的校验值", "the hash of the whole file");
    }

    private void More()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (end, start) = (end - start, 0);
        var read = inner.Read(buffer.AsSpan(end));
        isOver = read == 0;
        end += read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }
}
