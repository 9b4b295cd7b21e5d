using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Writes an installation into one file, as it stands at one instant, while people go on working.</summary>
/// <remarks>
/// The file is a tar archive that any system opens (label, database, files, manifest), behind its end the SHA-256 of all of it; with a
/// passphrase that whole stream is encrypted in chunks. Nothing is held in memory but a buffer. What stands on PostgreSQL goes into it
/// as SQLite, row by row, from one snapshot: the file is the same, and is restored to either. See decisions 0080 and 0098.
/// </remarks>
public static class MakeBackup
{
    /// <param name="Path">Where the file is to stand; nothing may stand there yet.</param>
    /// <param name="Passphrase">Encrypts; <c>null</c> leaves the file readable to who has it.</param>
    /// <param name="MayReplace">True where the name is the program's own and an unfinished round may have left one.</param>
    public sealed record Request(string Path, string? Passphrase = null, bool MayReplace = false)
    {
        /// <summary>Fewer only where a test makes a great many.</summary>
        internal int PassphraseRounds { get; init; } = BackupHead.RoundsNow;
    }

    /// <param name="Bytes">Length of the file.</param>
    /// <param name="Sha256">Of the whole file as it stands on the disk.</param>
    /// <param name="Files">Files in it, database included.</param>
    public sealed record Made(string Path, long Bytes, string Sha256, int Files, bool Encrypted, BackupLabel Label);

    /// <exception cref="Problem"><c>backup.*</c>, <c>store.journal-*</c>, <c>store.blob-damaged</c>: no file is left then</exception>
    public static async Task<Made> Handle(
        WeipianStore store,
        Request request,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Passphrase is { Length: < BackupHead.PassphraseLengthMin })
            throw Problem.Backup.PassphraseTooShort(BackupHead.PassphraseLengthMin);
        var path = Path.GetFullPath(request.Path);
        if (Path.Exists(path) && !request.MayReplace)
            throw Problem.Backup.FileExists(path);
        // What the snapshot names stays where it is until it is copied.
        using var door = ClearCopies.Door(store.Folder);
        using var snapshot = await DatabaseSnapshot.TakeAsync(store, progress, stop);
        var fresh = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var made = await Task.Run(() => Write(store, snapshot, fresh, path, request, progress, stop), stop);
            Durable.Settle(fresh, path);
            return made;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Problem.Backup.CannotWrite(path, failed.Message);
        }
        finally
        {
            if (File.Exists(fresh))
                File.Delete(fresh);
        }
    }

    private static Made Write(
        WeipianStore store,
        DatabaseSnapshot snapshot,
        string fresh,
        string path,
        Request request,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        using var file = OpenPrivate(fresh);
        using var counted = new HashedWriteStream(file);
        int files;
        if (request.Passphrase is not { } passphrase)
            files = WriteSealed(store, snapshot, counted, progress, stop);
        else
        {
            var (bytes, head, key) = BackupHead.New(passphrase, request.PassphraseRounds);
            counted.Write(bytes);
            using var chunks = new BackupChunks(key, head.Sha256);
            using var encrypting = new EncryptingStream(counted, chunks);
            files = WriteSealed(store, snapshot, encrypting, progress, stop);
            encrypting.Finish();
        }
        file.Flush(flushToDisk: true);
        return new(
            path,
            counted.Written,
            Convert.ToHexStringLower(counted.Sha256()),
            files,
            request.Passphrase is not null,
            snapshot.Label
        );
    }

    /// <summary>The owner's alone: it holds what the data folder holds.</summary>
    private static FileStream OpenPrivate(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 128 * 1024,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    private static int WriteSealed(
        WeipianStore store,
        DatabaseSnapshot snapshot,
        Stream into,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        using var hashed = new HashedWriteStream(into);
        var files = new List<BackupFile>();
        using (var tar = new TarWriter(hashed, TarEntryFormat.Pax, leaveOpen: true))
        {
            WriteDocument(tar, BackupContents.Label, snapshot.Label);
            files.Add(WriteFile(tar, BackupContents.Database, snapshot.Path));
            files.Add(WriteText(tar, BackupContents.Head, $"{snapshot.Label.JournalSeq} {snapshot.Label.JournalHash}\n"));
            foreach (var name in BackupContents.Of(store.Folder))
            {
                stop.ThrowIfCancellationRequested();
                var source = Path.Combine(store.Folder.Path, name);
                if (files.Count % 100 == 0)
                    progress?.Report($"备份 backup {files.Count:N0}");
                // A file that was taken away meanwhile is none that the snapshot names.
                if (!File.Exists(source))
                    continue;
                var written = WriteFile(tar, name, source);
                if (name.StartsWith("blobs/", StringComparison.Ordinal) && written.Sha256 != Path.GetFileName(name))
                    throw Problem.Store.BlobDamaged(Path.GetFileName(name));
                files.Add(written);
            }
            WriteDocument(tar, BackupContents.Manifest, new BackupManifest(files));
        }
        var sha256 = hashed.Sha256();
        into.Write(SealedReadStream.Magic);
        into.Write(sha256);
        return files.Count;
    }

    private static BackupFile WriteFile(TarWriter tar, string name, string source)
    {
        using var content = new HashedFileStream(File.OpenRead(source));
        var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(source);
        WriteEntry(tar, name, content, mode);
        return new(name, content.Length, content.Sha256(), (int)mode);
    }

    private static BackupFile WriteText(TarWriter tar, string name, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        using var content = new MemoryStream(bytes, writable: false);
        WriteEntry(tar, name, content, UnixFileMode.None);
        return new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), 0);
    }

    private static void WriteDocument<T>(TarWriter tar, string name, T document)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(document, BackupContents.Json), writable: false);
        WriteEntry(tar, name, content, UnixFileMode.None);
    }

    private static void WriteEntry(TarWriter tar, string name, Stream content, UnixFileMode mode) =>
        tar.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                Mode = mode == UnixFileMode.None ? UnixFileMode.UserRead | UnixFileMode.UserWrite : mode,
                ModificationTime = DateTimeOffset.UnixEpoch,
            }
        );
}

/// <summary>A copy of the database as it stood at one instant, beside the original until it is in the backup.</summary>
internal sealed class DatabaseSnapshot : IDisposable
{
    private DatabaseSnapshot(string path, BackupLabel label) => (Path, Label) = (path, label);

    public string Path { get; }

    public BackupLabel Label { get; }

    /// <exception cref="Problem"><c>store.journal-*</c>: what was cut or rewritten is not copied over the last good backup.</exception>
    public static async Task<DatabaseSnapshot> TakeAsync(WeipianStore store, IProgress<string>? progress, CancellationToken stop)
    {
        progress?.Report("数据库快照 snapshot of the database");
        foreach (var left in Directory.EnumerateFiles(store.Folder.Path, "snapshot-*.tmp*"))
            if (File.GetLastWriteTimeUtc(left) < TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1))
                File.Delete(left);
        // Named before the snapshot: the snapshot must hold at least that.
        var named = store.Head.Read() ?? throw Problem.Store.JournalHeadMissing(store.Folder.JournalHead);
        var path = System.IO.Path.Combine(store.Folder.Path, $"snapshot-{Guid.NewGuid():N}.tmp");
        try
        {
            if (store.IsSqlite)
                await Task.Run(() => Copy(store.Folder.Database, path), stop);
            else
            {
                await using var db = store.Read();
                await DatabaseCopy.ToSqliteAsync(db, path, progress, stop);
            }
            return new(path, await LabelAsync(path, named, stop));
        }
        catch (SqliteException failed) when (failed.SqliteErrorCode is 10 or 13)
        {
            Remove(path);
            throw Problem.Backup.CannotWrite(path, failed.Message);
        }
        catch
        {
            Remove(path);
            throw;
        }
    }

    public void Dispose() => Remove(Path);

    private static void Copy(string from, string to)
    {
        using var source = Connect(from, SqliteOpenMode.ReadOnly);
        using var copy = Connect(to, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(copy);
    }

    private static async Task<BackupLabel> LabelAsync(string path, JournalHead.Link named, CancellationToken stop)
    {
        var options = new DbContextOptionsBuilder<SqliteStore>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString)
            .Options;
        await using var db = new SqliteStore(options);
        var last = await WeipianStore.LastLinkAsync(db, stop);
        await WeipianStore.RequireHeadAsync(db, named, last, stop);
        var installed = await db.Installations.AsNoTracking().SingleAsync(stop);
        return new(
            BackupLabel.FormatName,
            BackupLabel.VersionNow,
            Instant.Now(TimeProvider.System),
            typeof(MakeBackup).Assembly.GetName().Version?.ToString(3) ?? "",
            installed.PlanId,
            last.Seq,
            last.Hash,
            (await db.Database.GetAppliedMigrationsAsync(stop)).Last()
        );
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 30,
            }.ConnectionString
        );
        connection.Open();
        // The library waits for a lock where it runs a command, and not where it copies: SQLite itself has to.
        using var wait = connection.CreateCommand();
        wait.CommandText = "PRAGMA busy_timeout=30000;";
        wait.ExecuteNonQuery();
        return connection;
    }

    private static void Remove(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm", path + "-journal" })
            File.Delete(file);
    }
}
