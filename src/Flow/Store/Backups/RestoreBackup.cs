using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Makes an installation from a backup, in an empty place, and says done only when all of it proved to be as written.</summary>
/// <remarks>
/// Everything is unpacked into a folder inside the place; hashes, journal, rows and files are verified there; then it is moved up, the
/// database last. Until then the place holds no installation: a restore that was cut off leaves nothing that starts.
/// </remarks>
public static class RestoreBackup
{
    /// <summary>Where a backup is unpacked, inside the place.</summary>
    internal const string Scratch = ".restoring";

    /// <param name="File">The backup.</param>
    /// <param name="Passphrase">For an encrypted one.</param>
    /// <param name="Reason">For the journal of the restored installation; <c>null</c> where it is only tried and thrown away.</param>
    public sealed record Request(string File, string? Passphrase, string? Reason);

    /// <param name="Verified">What was looked at, in the database that will be used; always sound.</param>
    public sealed record Restored(BackupLabel Label, int Files, long Bytes, VerificationReport Verified);

    /// <param name="postgres">Connection string of an empty database, where the installation is to stand on PostgreSQL.</param>
    /// <exception cref="Problem"><c>backup.*</c>: the place is as empty as before then</exception>
    public static async Task<Restored> Handle(
        DataFolder place,
        Request request,
        string? postgres = null,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(request);
        if (!File.Exists(request.File))
            throw Problem.Backup.NoSuchFile(request.File);
        var madeFolder = !Directory.Exists(place.Path);
        RequireEmpty(place);
        if (postgres is not null)
            await PostgresRestore.RequireEmptyAsync(postgres, stop);
        var scratch = new DataFolder(Path.Combine(place.Path, Scratch));
        try
        {
            CreatePrivate(scratch.Path);
            var unpacked = await Task.Run(() => Unpack(request, scratch, progress, stop), stop);
            var verified = await VerifyAsync(scratch, request, unpacked.Label, progress, stop);
            if (postgres is not null)
                verified = await PostgresRestore.MoveAsync(scratch, postgres, Path.GetFileName(request.File), progress, stop);
            Promote(scratch.Path, place.Path);
            return new(unpacked.Label, unpacked.Files, unpacked.Bytes, verified);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            Clear(place, scratch, madeFolder);
            throw Problem.Backup.CannotWrite(place.Path, failed.Message);
        }
        catch
        {
            Clear(place, scratch, madeFolder);
            throw;
        }
    }

    private static void RequireEmpty(DataFolder place)
    {
        if (!Directory.Exists(place.Path))
            return;
        var there = Directory.EnumerateFileSystemEntries(place.Path).Select(Path.GetFileName).ToList();
        // What a restore that was cut off left behind is no installation.
        if (there is [Scratch])
            Directory.Delete(Path.Combine(place.Path, Scratch), recursive: true);
        else if (there.Count > 0)
            throw Problem.Backup.PlaceNotEmpty(place.Path);
    }

    private static void Clear(DataFolder place, DataFolder scratch, bool madeFolder)
    {
        ReleaseDatabase(scratch);
        // Once the database moved up the installation is whole.
        if (place.HasDatabase)
            return;
        if (Directory.Exists(scratch.Path))
            Directory.Delete(scratch.Path, recursive: true);
        if (madeFolder && Directory.Exists(place.Path) && !Directory.EnumerateFileSystemEntries(place.Path).Any())
            Directory.Delete(place.Path);
    }

    private static (BackupLabel Label, int Files, long Bytes) Unpack(
        Request request,
        DataFolder scratch,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        var name = Path.GetFileName(request.File);
        using var file = new FileStream(request.File, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024);
        var first = new byte[BackupHead.Length];
        var length = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (!first.AsSpan(0, length).StartsWith(BackupHead.Magic))
        {
            RequireSeal(file, name);
            file.Position = 0;
            return new BackupReader(file, name, scratch, progress, stop).Read();
        }
        if (length < first.Length)
            throw Problem.Backup.Truncated(name);
        if (request.Passphrase is null)
            throw Problem.Backup.PassphraseNeeded(name);
        var head = BackupHead.Read(first, name);
        using var chunks = new BackupChunks(head.Key(request.Passphrase, name), head.Sha256);
        using var plain = new DecryptingStream(
            file,
            chunks,
            () => Problem.Backup.Truncated(name),
            chunk => Problem.Backup.Damaged(name, $"第 {chunk} 块", $"chunk {chunk}")
        );
        return new BackupReader(plain, name, scratch, progress, stop).Read();
    }

    /// <summary>A plain file says at its end that it is whole; asked before anything is unpacked.</summary>
    private static void RequireSeal(FileStream file, string name)
    {
        Span<byte> magic = stackalloc byte[8];
        var begins = new byte[BackupContents.Label.Length];
        file.Position = 0;
        if (
            file.ReadAtLeast(begins, begins.Length, throwOnEndOfStream: false) < begins.Length
            || (!ContainsPaxHead(begins) && !begins.AsSpan().SequenceEqual(System.Text.Encoding.ASCII.GetBytes(BackupContents.Label)))
        )
            throw Problem.Backup.NotABackup(name);
        if (file.Length < SealedReadStream.SealLength)
            throw Problem.Backup.Truncated(name);
        file.Position = file.Length - SealedReadStream.SealLength;
        file.ReadExactly(magic);
        if (!magic.SequenceEqual(SealedReadStream.Magic))
            throw Problem.Backup.Truncated(name);
    }

    /// <summary>The pax head that the writer puts before an entry begins with the name of a folder.</summary>
    private static bool ContainsPaxHead(byte[] begins) =>
        System.Text.Encoding.ASCII.GetString(begins).Contains("PaxHeader", StringComparison.Ordinal);

    private static async Task<VerificationReport> VerifyAsync(
        DataFolder scratch,
        Request request,
        BackupLabel label,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        var name = Path.GetFileName(request.File);
        try
        {
            await RequireModelAsync(scratch, name, stop);
            using var store = WeipianStore.Open(scratch);
            var report = await VerifyStore.Handle(store, progress: progress, stop: stop);
            if (!report.IsSound)
                throw Problem.Backup.NotSound(name, report.Findings.Count, $"{report.Findings[0].Kind} {report.Findings[0].Where}");
            if (request.Reason is { } reason)
                await RecordBackup.Handle(store, Actor.CommandLine, RecordBackup.Of(name, label, reason), stop);
            return report;
        }
        catch (SqliteException damaged)
        {
            throw Problem.Backup.Damaged(name, $"数据库（{damaged.Message}）", $"the database ({damaged.Message})");
        }
        finally
        {
            ReleaseDatabase(scratch);
        }
    }

    /// <summary>A database that a later version of the program made is not understood by this one.</summary>
    private static async Task RequireModelAsync(DataFolder scratch, string name, CancellationToken stop)
    {
        await using var db = new SqliteStore(SqliteStore.Options(scratch.Database));
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var later = (await db.Database.GetAppliedMigrationsAsync(stop)).FirstOrDefault(m => !known.Contains(m));
        if (later is not null)
            throw Problem.Backup.FromLaterProgram(name, later);
    }

    internal static void ReleaseDatabase(DataFolder folder)
    {
        using var pooled = new SqliteConnection(SqliteStore.ConnectionString(folder.Database));
        SqliteConnection.ClearPool(pooled);
    }

    private static void Promote(string from, string to)
    {
        // The database last: until it is there, the place holds no installation. Its log was written back when it was closed.
        foreach (
            var entry in Directory
                .EnumerateFileSystemEntries(from)
                .OrderBy(e => Path.GetFileName(e).StartsWith(BackupContents.Database, StringComparison.Ordinal))
                .ThenByDescending(e => e, StringComparer.Ordinal)
        )
        {
            var place = Path.Combine(to, Path.GetFileName(entry));
            if (Directory.Exists(entry))
                Directory.Move(entry, place);
            else
                File.Move(entry, place);
        }
        Durable.FlushFolder(to);
        Directory.Delete(from);
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

/// <summary>Reads the stream of a backup once, from its beginning to its end, and unpacks it.</summary>
internal sealed class BackupReader(Stream stream, string name, DataFolder into, IProgress<string>? progress, CancellationToken stop)
{
    private readonly Dictionary<string, BackupFile> unpacked = new(StringComparer.Ordinal);
    private BackupLabel? label;
    private BackupManifest? manifest;

    /// <exception cref="Problem"><c>backup.*</c></exception>
    public (BackupLabel Label, int Files, long Bytes) Read()
    {
        using var seal = new SealedReadStream(stream, name);
        try
        {
            using (var tar = new TarReader(seal, leaveOpen: true))
                while (tar.GetNextEntry() is { } entry)
                    Take(entry);
            seal.Check();
        }
        catch (Exception odd)
            when (odd is FormatException or ArgumentException or OverflowException or JsonException or NotSupportedException)
        {
            throw Problem.Backup.Damaged(name, $"文件结构（{odd.Message}）", $"its structure ({odd.Message})");
        }
        catch (Exception odd) when (odd is InvalidDataException or EndOfStreamException)
        {
            throw Problem.Backup.Damaged(name, $"文件结构（{odd.Message}）", $"its structure ({odd.Message})");
        }
        CompareWithManifest();
        return (label!, unpacked.Count, unpacked.Values.Sum(f => f.Bytes));
    }

    private void Take(TarEntry entry)
    {
        stop.ThrowIfCancellationRequested();
        if (entry.EntryType != TarEntryType.RegularFile || !BackupContents.IsSafe(entry.Name))
            throw Problem.Backup.UnsafePath(name, entry.Name);
        if (label is null)
        {
            label = entry.Name == BackupContents.Label ? Document<BackupLabel>(entry) : throw Problem.Backup.NotABackup(name);
            if (label.Format != BackupLabel.FormatName)
                throw Problem.Backup.NotABackup(name);
            if (label.Version != BackupLabel.VersionNow)
                throw Problem.Backup.OtherVersion(name, label.Version, BackupLabel.VersionNow);
            return;
        }
        if (manifest is not null || unpacked.ContainsKey(entry.Name))
            throw Problem.Backup.Damaged(name, entry.Name, entry.Name);
        if (entry.Name == BackupContents.Manifest)
            manifest = Document<BackupManifest>(entry);
        else
            Unpack(entry);
    }

    private T Document<T>(TarEntry entry) =>
        entry.Length > BackupContents.DocumentBytesMax || entry.DataStream is null
            ? throw Problem.Backup.Damaged(name, entry.Name, entry.Name)
            : JsonSerializer.Deserialize<T>(entry.DataStream, BackupContents.Json)
                ?? throw Problem.Backup.Damaged(name, entry.Name, entry.Name);

    private void Unpack(TarEntry entry)
    {
        if (unpacked.Count % 100 == 0)
            progress?.Report($"恢复 restore {unpacked.Count:N0}");
        var path = Path.Combine(into.Path, entry.Name.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[128 * 1024];
        for (int read; entry.DataStream is { } data && (read = data.Read(buffer)) > 0; )
        {
            hash.AppendData(buffer, 0, read);
            file.Write(buffer, 0, read);
        }
        file.Flush(flushToDisk: true);
        var mode = entry.Mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        unpacked[entry.Name] = new(entry.Name, file.Length, Convert.ToHexStringLower(hash.GetHashAndReset()), (int)mode);
    }

    private void CompareWithManifest()
    {
        if (label is null)
            throw Problem.Backup.NotABackup(name);
        if (manifest?.Files is not { } files)
            throw Problem.Backup.Truncated(name);
        foreach (var file in files)
            if (!unpacked.TryGetValue(file.Path, out var there) || there.Bytes != file.Bytes || there.Sha256 != file.Sha256)
                throw Problem.Backup.Damaged(name, file.Path, file.Path);
        if (unpacked.Count != files.Count || !unpacked.ContainsKey(BackupContents.Database) || !unpacked.ContainsKey(BackupContents.Head))
            throw Problem.Backup.Damaged(name, BackupContents.Manifest, BackupContents.Manifest);
    }
}
