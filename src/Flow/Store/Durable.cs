using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Weipian.Flow.Store;

/// <summary>Files that are there after a power cut, or not there at all.</summary>
internal static class Durable
{
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    /// <summary>Writes a small file whole: into a new file, to the disk, then under its name.</summary>
    public static void Replace(string path, string text)
    {
        var fresh = $"{path}.{Guid.NewGuid():N}.tmp";
        using (var file = File.OpenHandle(fresh, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(text), 0);
            RandomAccess.FlushToDisk(file);
        }
        Settle(fresh, path);
    }

    /// <summary>Moves a file that is complete on the disk under its name, and makes the name durable.</summary>
    public static void Settle(string complete, string path)
    {
        File.Move(complete, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Holds a lock between processes until disposed; it ends with the process, however that ends.</summary>
    public static async Task<FileStream> LockAsync(string path, CancellationToken stop)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(until) < LockPatience)
            {
                await Task.Delay(LockRetry, stop);
            }
        }
    }

    /// <summary>A new or renamed name in a folder survives a power cut only after the folder itself was flushed (not needed on
    /// Windows).</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = open(Encoding.UTF8.GetBytes(folder + "\0"), 0);
        if (descriptor < 0)
            throw new IOException($"cannot open {folder} to flush it (errno {Marshal.GetLastPInvokeError()})");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (fsync(descriptor) != 0)
            throw new IOException($"cannot flush {folder} (errno {Marshal.GetLastPInvokeError()})");
    }

#pragma warning disable SYSLIB1054 // Source-generated marshalling needs unsafe code; these two take nothing that needs it.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);
#pragma warning restore SYSLIB1054
}
