namespace Weipian.Flow.Store;

/// <summary>Takes away the plain blob of a file once the act that sealed it is durable.</summary>
/// <remarks>
/// A name in <c>clear-copies</c> is written before the act commits, so that a process that ends in between leaves word of what is still to
/// be removed: the next opening does it. A backup holds <see cref="Door"/> while it reads, because a database of before the act needs the
/// plain blob; what could not be removed meanwhile is removed at the next opening or sealing.
/// </remarks>
internal static class ClearCopies
{
    private const string FolderName = "clear-copies";
    private const string DoorName = "clear-copies.lock";

    /// <summary>Notes a plain blob and removes it after the act; nothing where there is none.</summary>
    public static void RemoveAfter(ActScope act, string sha256)
    {
        var store = act.Store;
        if (!File.Exists(store.Blobs.PathOf(sha256)))
            return;
        var notes = Path.Combine(store.Folder.Path, FolderName);
        Directory.CreateDirectory(notes);
        File.WriteAllBytes(Path.Combine(notes, sha256), []);
        Durable.FlushFolder(notes);
        act.Afterwards(() => BringAbout(store));
    }

    /// <summary>Keeps plain blobs where they are until it is disposed; others may hold it too.</summary>
    public static FileStream Door(DataFolder folder)
    {
        var path = Path.Combine(folder.Path, DoorName);
        if (!File.Exists(path))
            File.WriteAllBytes(path, []);
        return new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>Removes what was noted and is sealed, unless a backup is being made.</summary>
    public static void BringAbout(WeipianStore store)
    {
        var notes = Path.Combine(store.Folder.Path, FolderName);
        if (!Directory.Exists(notes))
            return;
        try
        {
            using var alone = new FileStream(
                Path.Combine(store.Folder.Path, DoorName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            using var db = store.Read();
            foreach (var note in Directory.EnumerateFiles(notes))
            {
                if (SealedFiles.Find(db, Path.GetFileName(note)) is { } file)
                    File.Delete(store.Blobs.PathOf(file.Sha256));
                // The act of another process may be about to commit; that of a process that died is not.
                else if (File.GetLastWriteTimeUtc(note) > TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1))
                    continue;
                File.Delete(note);
            }
        }
        catch (IOException)
        {
            // A backup is being made, or the disk refuses: the notes stay for the next opening, and until then verification names the file.
            return;
        }
    }
}
