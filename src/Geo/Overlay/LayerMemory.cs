using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Weipian.Geo;

/// <summary>One block of bytes outside the managed heap: allocated, or a mapped file. It is the layer, byte for byte as it stands in a
/// file.</summary>
/// <remarks>A layer of a province passes two gigabytes, which a managed array cannot hold; and a mapped file costs nothing to
/// open.</remarks>
internal sealed unsafe class LayerMemory : SafeHandle
{
    private readonly MemoryMappedViewAccessor? view;

    private LayerMemory(byte* start, long length, MemoryMappedViewAccessor? view)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        this.view = view;
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
        var start = (byte*)NativeMemory.AlignedAlloc((nuint)length, 64);
        NativeMemory.Clear(start, (nuint)length);
        return new LayerMemory(start, length, null);
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
        return new LayerMemory(start + accessor.PointerOffset, length, accessor);
    }

    protected override bool ReleaseHandle()
    {
        if (view is null)
            NativeMemory.AlignedFree((void*)handle);
        else
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
        }
        return true;
    }
}
