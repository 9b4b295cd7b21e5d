namespace Weipian.GeoFiles;

/// <summary>A layer on its way into the store: a folder with a lock, renamed to the id when it is whole.</summary>
/// <remarks>
/// A process that is killed leaves its folder behind but not its lock; the next one that adds a layer sweeps such folders away.
/// </remarks>
internal sealed class AddingFolder : IDisposable
{
    private const string Prefix = ".adding-";
    private const string LockName = "lock";

    private readonly string store;
    private FileStream? held;

    public AddingFolder(string store)
    {
        this.store = store;
        Directory.CreateDirectory(store);
        Sweep(store);
        Path = System.IO.Path.Combine(store, $"{Prefix}{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
        held = new FileStream(LockPath(Path), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    public string Path { get; }

    /// <summary>Puts the folder in place under its id; when the store has that content already, this folder is dropped.</summary>
    public void Keep(string id)
    {
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => file != LockPath(Path)))
            using (var written = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(written);
        Release();
        File.Delete(LockPath(Path));
        var target = System.IO.Path.Combine(store, id);
        try
        {
            if (!Directory.Exists(target))
                Directory.Move(Path, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            return; // Another process added the same content in the meantime; ours goes with Dispose.
        }
    }

    public void Dispose()
    {
        Release();
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private void Release()
    {
        held?.Dispose();
        held = null;
    }

    private static void Sweep(string store)
    {
        foreach (var left in Directory.EnumerateDirectories(store, Prefix + "*"))
            try
            {
                using (new FileStream(LockPath(left), FileMode.Open, FileAccess.Write, FileShare.None)) { }
                Directory.Delete(left, recursive: true);
            }
            catch (IOException)
            {
                continue; // Still held by a living process, or just being swept by another.
            }
    }

    private static string LockPath(string folder) => System.IO.Path.Combine(folder, LockName);
}
