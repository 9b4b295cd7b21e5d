using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Weipian.Geo;

/// <summary>The one block of memory of a packed layer: allocated, or a mapped file.</summary>
/// <remarks>
/// The checksum is FNV-1a over the 8-byte words behind the head: it finds damage, not forgery (the seal of a layer is its SHA-256).
/// </remarks>
internal sealed unsafe class PackedBlock : IDisposable
{
    private const int StepBytes = 1 << 24;

    private readonly MemoryMappedViewAccessor? view;

    private PackedBlock(byte* start, MemoryMappedViewAccessor? view)
    {
        Start = start;
        this.view = view;
    }

    public byte* Start { get; }

    public bool IsDisposed { get; private set; }

    public PackedHead Head => *(PackedHead*)Start;

    /// <summary>A block of zeros behind a head.</summary>
    public static PackedBlock Allocate(PackedHead head)
    {
        var start = (byte*)NativeMemory.AlignedAlloc((nuint)head.LengthBytes, 64);
        NativeMemory.Clear(start, (nuint)head.LengthBytes);
        *(PackedHead*)start = head;
        return new(start, null);
    }

    /// <summary>Reads a block and checks every byte.</summary>
    public static PackedBlock Read(Stream stream)
    {
        PackedHead head = default;
        var headBytes = MemoryMarshal.AsBytes(new Span<PackedHead>(ref head));
        if (stream.ReadAtLeast(headBytes, headBytes.Length, throwOnEndOfStream: false) < headBytes.Length)
            throw Problem.Geometry.PackedLayerDamaged("the head is cut off");
        RequireForm(head, head.LengthBytes);
        var read = Allocate(head);
        var fault = read.FillFrom(stream) ?? (read.IsWhole() ? null : "its checksum does not fit its content");
        if (fault is null)
            return read;
        read.Dispose();
        throw Problem.Geometry.PackedLayerDamaged(fault);
    }

    /// <summary>Maps a file; checks the head and the length.</summary>
    public static PackedBlock Map(string path)
    {
        var length = new FileInfo(path).Length;
        if (length < sizeof(PackedHead))
            throw Problem.Geometry.PackedLayerDamaged("the head is cut off");
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var mapped = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        mapped.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        var block = new PackedBlock(start, mapped);
        try
        {
            RequireForm(block.Head, length);
            return block;
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }

    /// <summary>Writes the checksum of what the block now holds into its head.</summary>
    public void Seal() => ((PackedHead*)Start)->Checksum = Checksum();

    public bool IsWhole() => Checksum() == Head.Checksum;

    public void CopyTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        for (long at = 0; at < Head.LengthBytes; at += StepBytes)
            stream.Write(new ReadOnlySpan<byte>(Start + at, (int)Math.Min(StepBytes, Head.LengthBytes - at)));
    }

    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        if (view is null)
        {
            NativeMemory.AlignedFree(Start);
            return;
        }
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
    }

    /// <summary>Null, or what is wrong.</summary>
    private string? FillFrom(Stream stream)
    {
        for (long at = sizeof(PackedHead); at < Head.LengthBytes; )
        {
            var part = new Span<byte>(Start + at, (int)Math.Min(StepBytes, Head.LengthBytes - at));
            var got = stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            if (got < part.Length)
                return $"it ends at byte {at + got} of {Head.LengthBytes}";
            at += part.Length;
        }
        return null;
    }

    private static void RequireForm(PackedHead head, long length)
    {
        if (head.Form != PackedHead.CurrentForm)
            throw Problem.Geometry.PackedLayerDamaged("it is of another form or version");
        long[] counts = [head.FeatureCount, head.ChunkCount, head.PointCount, head.NodeCount, head.CodesLengthBytes];
        var sane = counts.All(c => c is >= 0 and <= int.MaxValue) && head.NodeCount == PackedForm.NodesOver(head.FeatureCount);
        if (!sane || head.LengthBytes != length || new PackedForm(head).End != length)
            throw Problem.Geometry.PackedLayerDamaged("its length does not fit what its head says");
    }

    private ulong Checksum()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var sum = 14695981039346656037UL;
        for (var word = (ulong*)(Start + sizeof(PackedHead)); word < (ulong*)(Start + Head.LengthBytes); word++)
            sum = (sum ^ *word) * 1099511628211UL;
        return sum;
    }
}
