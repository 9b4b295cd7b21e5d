using System.Collections.Concurrent;

namespace Weipian.Web.Reading;

/// <summary>Rendered chips on the disk by the hash of what they show, within a limit: those longest not asked for go first.</summary>
/// <remarks>
/// When a chip was last asked for stands in the time of its file, so that it outlives the process; it is renewed at most every ten minutes.
/// The folder may be deleted at any time, and several processes may share it: each sweeps what it finds. Safe for several threads.
/// </remarks>
public sealed class ChipCache(string folder, long bytesMax, TimeProvider clock)
{
    /// <summary>A sweep goes a little below the limit, so that not every new chip needs one.</summary>
    private const double KeptShare = 0.9;

    private static readonly TimeSpan Renewed = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTime> asked = new(StringComparer.Ordinal);
    private readonly Lock turn = new();

    /// <summary>Bytes of the folder; −1 until it was looked at.</summary>
    private long held = -1;

    /// <summary>The chip with this tag; null when it is not kept.</summary>
    public async Task<byte[]?> FindAsync(string tag, CancellationToken stop = default)
    {
        var path = PathOf(tag);
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, stop);
            Touch(tag, path);
            return bytes;
        }
        catch (IOException)
        {
            // Not kept, or swept while it was about to be read.
            return null;
        }
    }

    /// <summary>Keeps a chip. It is written beside its place and moved there, so that nobody reads half of one.</summary>
    public void Keep(string tag, byte[] jpeg)
    {
        ArgumentNullException.ThrowIfNull(jpeg);
        var path = PathOf(tag);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = path + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(fresh, jpeg);
        var now = clock.GetUtcNow().UtcDateTime;
        File.SetLastWriteTimeUtc(fresh, now);
        File.Move(fresh, path, overwrite: true);
        asked[tag] = now;
        lock (turn)
        {
            if (held < 0)
                held = Files().Sum(f => f.Length);
            else
                held += jpeg.Length;
            if (held > bytesMax)
                Sweep();
        }
    }

    private string PathOf(string tag) => Path.Combine(folder, tag[..2], tag + ".jpg");

    private void Touch(string tag, string path)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (asked.TryGetValue(tag, out var last) && now - last < Renewed)
            return;
        asked[tag] = now;
        // A chip that was swept meanwhile has no time to renew.
        if (File.Exists(path))
            File.SetLastWriteTimeUtc(path, now);
    }

    private void Sweep()
    {
        var files = Files()
            .Select(f => (File: f, f.Length, Asked: f.LastWriteTimeUtc))
            .OrderBy(f => f.Asked)
            .ThenBy(f => f.File.Name, StringComparer.Ordinal)
            .ToList();
        held = files.Sum(f => f.Length);
        foreach (var (file, length, _) in files)
        {
            if (held <= bytesMax * KeptShare)
                return;
            try
            {
                file.Delete();
            }
            catch (IOException)
            {
                continue;
            }
            held -= length;
            asked.TryRemove(Path.GetFileNameWithoutExtension(file.Name), out _);
        }
    }

    private IEnumerable<FileInfo> Files() =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories) : [];
}
