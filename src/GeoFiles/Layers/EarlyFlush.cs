using Microsoft.Win32.SafeHandles;

namespace Weipian.GeoFiles;

/// <summary>Sends what was written of a file to the disk while it is still being written: at the end nobody waits for all of
/// it.</summary>
/// <remarks>The system by itself begins only when a tenth of its memory waits to be written, which is more than most layers have.</remarks>
internal sealed class EarlyFlush(string path) : IDisposable
{
    // Open until the end: closing any handle of a file drops the locks that the process holds on it.
    private readonly SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    private Task flushing = Task.CompletedTask;

    /// <summary>Begins, unless an earlier one still goes on. On a thread of its own, because it only waits.</summary>
    public void Begin()
    {
        if (flushing.IsCompletedSuccessfully)
            flushing = Task.Factory.StartNew(
                () => RandomAccess.FlushToDisk(handle),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
    }

    /// <summary>Waits; a fault of the disk comes again, and counts, when the folder is kept.</summary>
    public void Dispose()
    {
        flushing.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        handle.Dispose();
    }
}
