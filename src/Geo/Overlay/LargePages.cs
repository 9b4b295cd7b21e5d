using System.Runtime.InteropServices;

namespace Weipian.Geo;

/// <summary>Asks the system to back a large block with pages of two megabytes: a layer of 700 MB is otherwise touched in 170,000
/// faults.</summary>
/// <remarks>Only advice (Linux, <c>madvise</c>): where it is not taken nothing changes.</remarks>
internal static unsafe partial class LargePages
{
    private const nuint PageBytes = 2 << 20;

    /// <summary><c>MADV_HUGEPAGE</c> of <c>asm-generic/mman-common.h</c>.</summary>
    private const int HugePage = 14;

    /// <summary>Smaller blocks are not worth the rounding at both ends.</summary>
    private const long BlockBytesMin = 64 << 20;

    public static void Advise(void* block, long length)
    {
        if (length < BlockBytesMin || !OperatingSystem.IsLinux())
            return;
        var start = ((nuint)block + PageBytes - 1) & ~(PageBytes - 1);
        var end = ((nuint)block + (nuint)length) & ~(PageBytes - 1);
        if (end > start)
            _ = Madvise((void*)start, end - start, HugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* start, nuint length, int advice);
}
