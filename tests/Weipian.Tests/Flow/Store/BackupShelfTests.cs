using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>The trial of a backup is loud when it fails; of the backups on the shelf those are kept that the setting says.</summary>
public sealed class BackupShelfTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static BackupShelf.Shelved At(string day, long seq) => new(day, DateOnly.ParseExact(day, "yyyy-MM-dd"), seq);

    [Fact]
    public async Task A_failed_trial_stands_in_the_journal_and_is_told_to_the_administrator()
    {
        using var store = await Installations.StartAsync(folder, Installations.Zhoucun);
        await FilledStore.FillAsync(store, "2019-q1");
        Tampering.RunUnguarded(store.Folder.Database, "UPDATE patch SET number = 'x' WHERE number = '370306-003'");
        var drilled = await DrillBackup.Handle(store, Actor.Machine, new(store.Folder.Backups, null, "by the clock"));
        Assert.Equal("backup.not-sound", drilled.Failure?.Code);
        await using var db = store.Read();
        var entry = await db.Journal.OrderByDescending(j => j.Seq).FirstAsync();
        Assert.Equal((RecordBackup.Act, "failed"), (entry.Act, entry.Subject));
        var notice = await db.Notices.SingleAsync(n => n.SubjectKind == "backup");
        Assert.Equal(("role", "administrator"), (notice.ToKind, notice.To));
        Assert.Contains("does not verify", notice.TextEn, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(store.Folder.Backups, DrillBackup.Scratch)));
    }

    [Fact]
    public async Task Who_presses_twice_gets_one_backup()
    {
        using var store = await Installations.StartAsync(folder, Installations.Zhoucun);
        var request = new DrillBackup.Request(store.Folder.Backups, null, "pressed", OnlyOnce: true);
        var pressed = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => PressAsync(store, request)));
        Assert.Equal(["chain.already-done", "done"], pressed.Order(StringComparer.Ordinal));
        Assert.Single(BackupShelf.In(store.Folder.Backups));
        await FilledStore.FillAsync(store, "2019-q1");
        Assert.Equal("done", await PressAsync(store, request));
    }

    private static async Task<string> PressAsync(WeipianStore store, DrillBackup.Request request)
    {
        try
        {
            return (await DrillBackup.Handle(store, Actor.Machine, request)).Failure?.Code ?? "done";
        }
        catch (Problem refusal)
        {
            return refusal.Code;
        }
    }

    [Fact]
    public async Task Who_may_not_record_it_makes_no_backup()
    {
        using var store = await Installations.StartAsync(folder, Installations.Zhoucun);
        var refusal = await Assert.ThrowsAsync<Problem>(() =>
            DrillBackup.Handle(store, FilledStore.Officer, new(store.Folder.Backups, null, "x"))
        );
        Assert.Equal("store.act-not-allowed", refusal.Code);
        Assert.False(Directory.Exists(store.Folder.Backups));
    }

    [Fact]
    public async Task A_trial_that_went_well_stands_in_the_journal_and_leaves_the_backup_alone()
    {
        using var store = await Installations.StartAsync(folder, Installations.Zhoucun);
        var drilled = await DrillBackup.Handle(store, Actor.Machine, new(store.Folder.Backups, "a long enough phrase", "by the clock"));
        Assert.Null(drilled.Failure);
        Assert.Equal(drilled.Made!.Path, Assert.Single(Directory.EnumerateFileSystemEntries(store.Folder.Backups)));
        await using var db = store.Read();
        var entry = await db.Journal.OrderByDescending(j => j.Seq).FirstAsync();
        Assert.Equal((RecordBackup.Act, "drilled"), (entry.Act, entry.Subject));
        Assert.Contains(drilled.Made.Sha256, entry.Body, StringComparison.Ordinal);
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
        // A backup holds no backups.
        var again = await DrillBackup.Handle(store, Actor.Machine, new(store.Folder.Backups, null, "again"));
        Assert.Equal(drilled.Made.Files, again.Made!.Files);
    }

    [Fact]
    public void Days_weeks_and_months_are_kept_and_always_the_newest()
    {
        BackupShelf.Shelved[] all =
        [
            At("2026-03-10", 90), // Tuesday
            At("2026-03-10", 89),
            At("2026-03-09", 80),
            At("2026-03-08", 70), // Sunday: the last of its week
            At("2026-03-02", 60),
            At("2026-02-28", 50), // the last of February
            At("2026-02-01", 40),
            At("2026-01-31", 30),
        ];
        Assert.Equal([90], Seqs(all, new(0, 0, 0)));
        Assert.Equal([90, 80], Seqs(all, new(2, 0, 0)));
        Assert.Equal([90, 70], Seqs(all, new(0, 2, 0)));
        Assert.Equal([90, 50, 30], Seqs(all, new(0, 0, 3)));
        Assert.Equal([90, 80, 70, 50], Seqs(all, new(2, 2, 2)));
    }

    [Fact]
    public async Task Only_our_own_files_leave_the_shelf()
    {
        foreach (var (day, seq) in new[] { ("2026-03-10", 3L), ("2026-03-09", 2L), ("2026-03-08", 1L) })
            await File.WriteAllTextAsync(folder.File(BackupShelf.Name(DateOnly.ParseExact(day, "yyyy-MM-dd"), seq)), "");
        await File.WriteAllTextAsync(folder.File("weipian-mine.backup"), "");
        await File.WriteAllTextAsync(folder.File("letter.txt"), "");
        Assert.Equal(["weipian-20260308-000000001.backup"], BackupShelf.Prune(folder.Path, new(2, 0, 0)));
        Assert.Equal(4, Directory.EnumerateFiles(folder.Path).Count());
    }

    private static IEnumerable<long> Seqs(BackupShelf.Shelved[] all, BackupShelf.Retention retention) =>
        BackupShelf.Kept(all, retention).Select(b => b.Seq).OrderDescending();
}
