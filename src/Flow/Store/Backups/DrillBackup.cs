using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Law;

namespace Weipian.Flow.Store;

/// <summary>Makes a backup, restores it to a scratch place and verifies it there, and writes into the journal what came of it: a backup
/// that was never restored is a hope.</summary>
public static class DrillBackup
{
    /// <summary>The scratch place, inside the folder of backups; gone afterwards.</summary>
    internal const string Scratch = ".drill";

    /// <param name="Folder">Where the backup goes; made when it is missing.</param>
    /// <param name="Passphrase">Encrypts it; the trial opens it again with the same.</param>
    /// <param name="OnlyOnce">Refused where nothing was done since the last trial that went well: somebody pressed twice.</param>
    public sealed record Request(string Folder, string? Passphrase, string Reason, bool OnlyOnce = false);

    /// <param name="Made">The backup; <c>null</c> when none came to be.</param>
    /// <param name="Verified">What the restored copy held; <c>null</c> when it was not restored.</param>
    /// <param name="Failure">Why it failed; <c>null</c> when all went well.</param>
    public sealed record Drilled(MakeBackup.Made? Made, VerificationReport? Verified, Problem? Failure);

    /// <summary>A failure is an outcome: it stands in the journal and in a notice, and the caller says it aloud.</summary>
    /// <exception cref="Problem"><c>backup.running</c>, <c>chain.already-done</c>; when the journal cannot be written.</exception>
    public static async Task<Drilled> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ActMatrix.Require(RecordBackup.Act, actor);
        await using var alone = await AloneAsync(store, stop);
        if (request.OnlyOnce)
            await RequireNewsAsync(store, stop);
        MakeBackup.Made? made = null;
        try
        {
            var path = Path.Combine(request.Folder, await NameAsync(store, stop));
            MakePrivate(request.Folder);
            made = await MakeBackup.Handle(store, new(path, request.Passphrase, MayReplace: true), progress, stop);
            var verified = await TryAsync(request, made, progress, stop);
            await RecordBackup.Handle(store, actor, RecordBackup.Of(made, RecordBackup.Drilled, request.Reason), stop);
            return new(made, verified, null);
        }
        catch (Exception failed) when (failed is Problem or IOException or UnauthorizedAccessException or DbException)
        {
            var problem = failed as Problem ?? Problem.Backup.CannotWrite(request.Folder, failed.Message);
            var written = made is null
                ? new RecordBackup.Request(RecordBackup.Failed, "", 0, "", false, 0, "", request.Reason)
                : RecordBackup.Of(made, RecordBackup.Failed, request.Reason);
            await RecordBackup.Handle(store, actor, written with { Detail = $"{problem.Chinese} {problem.English}" }, stop);
            return new(made, null, problem);
        }
    }

    /// <summary>One at a time: the scratch place is one.</summary>
    private static async Task<FileStream> AloneAsync(WeipianStore store, CancellationToken stop)
    {
        try
        {
            return await Durable.LockAsync(Path.Combine(store.Folder.Path, "backup.lock"), stop);
        }
        catch (IOException)
        {
            throw Problem.Backup.Running();
        }
    }

    private static async Task RequireNewsAsync(WeipianStore store, CancellationToken stop)
    {
        await using var db = store.Read();
        var last = await db.Journal.OrderByDescending(j => j.Seq).FirstOrDefaultAsync(stop);
        if (last is { Act: RecordBackup.Act, Subject: RecordBackup.Drilled })
            throw Problem.Chain.AlreadyDone("当前状态的备份演练", "The backup of this state and its trial", last.Actor, last.At);
    }

    private static async Task<VerificationReport> TryAsync(
        Request request,
        MakeBackup.Made made,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        var scratch = new DataFolder(Path.Combine(request.Folder, Scratch));
        Remove(scratch);
        try
        {
            var restored = await RestoreBackup.Handle(scratch, new(made.Path, request.Passphrase, Reason: null), null, progress, stop);
            return restored.Verified;
        }
        finally
        {
            Remove(scratch);
        }
    }

    private static void Remove(DataFolder scratch)
    {
        if (Directory.Exists(scratch.Path))
            Directory.Delete(scratch.Path, recursive: true);
    }

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The day of the office and the last entry: the same name only for the same content.</summary>
    private static async Task<string> NameAsync(WeipianStore store, CancellationToken stop)
    {
        await using var db = store.Read();
        var last = await WeipianStore.LastLinkAsync(db, stop);
        return BackupShelf.Name(ChinaTime.DayOf(store.Clock.GetUtcNow()), last.Seq);
    }
}

/// <summary>The folder of backups that the server makes by itself: names, and which of them are kept.</summary>
public static class BackupShelf
{
    private const string Prefix = "weipian-";
    private const string Extension = ".backup";

    /// <summary>How many backups are kept of days, weeks and months.</summary>
    /// <remarks>The last of a day stands for the day, the last of a week for the week; the newest of all is always kept.</remarks>
    public sealed record Retention(int Days, int Weeks, int Months)
    {
        public static Retention Ordinary { get; } = new(7, 5, 12);
    }

    /// <summary>A backup on the shelf.</summary>
    public sealed record Shelved(string Path, DateOnly On, long Seq);

    public static string Name(DateOnly on, long seq) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{on:yyyyMMdd}-{seq:D9}{Extension}");

    /// <summary>The backups of a folder, the newest first; other files are none of ours.</summary>
    public static IReadOnlyList<Shelved> In(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(Of).OfType<Shelved>().OrderByDescending(b => b.Seq).ThenByDescending(b => b.On)]
            : [];

    /// <summary>Pure: those that are kept.</summary>
    public static IReadOnlyList<Shelved> Kept(IReadOnlyList<Shelved> newestFirst, Retention retention)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        ArgumentNullException.ThrowIfNull(retention);
        return
        [
            .. newestFirst
                .Take(1)
                .Concat(newestFirst.DistinctBy(b => b.On).Take(retention.Days))
                .Concat(newestFirst.DistinctBy(b => MondayOf(b.On)).Take(retention.Weeks))
                .Concat(newestFirst.DistinctBy(b => (b.On.Year, b.On.Month)).Take(retention.Months))
                .Distinct(),
        ];
    }

    /// <summary>Deletes the backups that are no longer kept. Only after a newer one proved to be whole.</summary>
    /// <returns>Names of what was deleted.</returns>
    public static IReadOnlyList<string> Prune(string folder, Retention retention)
    {
        var all = In(folder);
        var gone = all.Except(Kept(all, retention)).ToList();
        foreach (var backup in gone)
            File.Delete(backup.Path);
        return [.. gone.Select(b => Path.GetFileName(b.Path))];
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static Shelved? Of(string path)
    {
        var name = Path.GetFileName(path);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(Extension, StringComparison.Ordinal))
            return null;
        var parts = name[Prefix.Length..^Extension.Length].Split('-');
        return
            parts.Length == 2
            && DateOnly.TryParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? new(path, on, seq)
            : null;
    }
}
