using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Weipian.Geo;

/// <summary>One block of bytes outside the managed heap: allocated, or a mapped file. It is the layer, byte for byte as it stands in a
/// file.</summary>
/// <remarks>A layer of a province passes two gigabytes, which a managed array cannot hold; and a mapped file costs nothing to
/// open.</remarks>
internal sealed unsafe class LayerMemory : SafeHandle
{
    private const int Boundary = 64;

    private readonly MemoryMappedViewAccessor? view;

    /// <summary>What was allocated; the handle is the first boundary in it.</summary>
    private readonly void* allocated;

    private LayerMemory(byte* start, long length, void* allocated, MemoryMappedViewAccessor? view)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        this.view = view;
        this.allocated = allocated;
        Length = length;
        SetHandle((IntPtr)start);
    }

    public long Length { get; }

    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>The first byte. The caller keeps the handle alive while it uses the pointer.</summary>
    public byte* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (byte*)handle;
        }
    }

    /// <summary>Zeroed bytes on a boundary of 64.</summary>
    public static LayerMemory Allocate(long length)
    {
        // Large blocks come zeroed from the system, page by page as they are touched: clearing them would touch each twice.
        var block = NativeMemory.AllocZeroed((nuint)length + Boundary);
        LargePages.Advise(block, length);
        var start = (byte*)(((nuint)block + Boundary - 1) & ~(nuint)(Boundary - 1));
        return new LayerMemory(start, length, block, null);
    }

    public static LayerMemory Map(string path)
    {
        var length = new FileInfo(path).Length;
        using var file = MemoryMappedFile.CreateFromFile(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
            null,
            0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: false
        );
        var accessor = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return new LayerMemory(start + accessor.PointerOffset, length, null, accessor);
    }

    protected override bool ReleaseHandle()
    {
        if (view is null)
            NativeMemory.Free(allocated);
        else
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
        }
        return true;
    }
}
