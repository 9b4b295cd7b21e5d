using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>An installation on PostgreSQL is backed up by the same verb into the same file, while people work, and comes back on either
/// database.</summary>
public sealed class PostgresBackupTests(PostgresCluster cluster) : IClassFixture<PostgresCluster>, IDisposable
{
    private const string Keys = """{"confirm":"x"}""";
    private const string Passphrase = "周村区卫片执法 2019 backup";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_database_that_is_not_empty_takes_no_backup()
    {
        var (data, postgres) = await StartAsync();
        using var store = WeipianStore.Open(data, postgres);
        var file = folder.File("full.backup");
        await MakeBackup.Handle(store, new(file));
        var place = new DataFolder(folder.File("place"));
        var refusal = await Assert.ThrowsAsync<Problem>(() => RestoreBackup.Handle(place, new(file, null, "test"), postgres));
        Assert.Equal("backup.database-not-empty", refusal.Code);
        Assert.False(Directory.Exists(place.Path) && Directory.EnumerateFileSystemEntries(place.Path).Any());
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task A_backup_made_while_people_work_holds_one_instant_and_comes_back_on_both_databases()
    {
        var (data, postgres) = await StartAsync();
        using var store = WeipianStore.Open(data, postgres);
        await SeatSettings.KeepAsync(store, "district-officer", "keys", Keys);
        var file = folder.File("busy.backup");
        using var over = new CancellationTokenSource();
        var work = WorkAsync(store, over.Token);
        var made = await MakeBackup.Handle(store, new(file, Passphrase) { PassphraseRounds = 1000 });
        await over.CancelAsync();
        var acts = await work;
        Assert.True(acts > 0, "nobody worked");
        await using (var db = store.Read())
            Assert.True(await db.Journal.CountAsync() >= made.Label.JournalSeq);

        var onSqlite = new DataFolder(folder.File("sqlite"));
        var restored = await RestoreBackup.Handle(onSqlite, new(file, Passphrase, "test"));
        using (var copy = WeipianStore.Open(onSqlite))
            await SameAsync(copy, restored, made);

        var (onPostgres, another) = (new DataFolder(folder.File("postgres")), cluster.NewDatabase());
        restored = await RestoreBackup.Handle(onPostgres, new(file, Passphrase, "test"), another);
        Assert.False(onPostgres.HasDatabase);
        using (var copy = WeipianStore.Open(onPostgres, another))
            await SameAsync(copy, restored, made);
    }

    [Fact]
    public async Task The_drill_restores_and_verifies_without_another_server()
    {
        var (data, postgres) = await StartAsync();
        using var store = WeipianStore.Open(data, postgres);
        var drilled = await DrillBackup.Handle(store, Actor.CommandLine, new(folder.File("shelf"), null, "test"));
        Assert.Null(drilled.Failure);
        Assert.True(drilled.Verified!.IsSound && drilled.Verified.Rows > 0);
        Assert.Single(BackupShelf.In(folder.File("shelf")));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public void Tables_are_copied_after_those_they_refer_to()
    {
        using var db = new SqliteStore(SqliteStore.Options(folder.File("model.db")));
        var ordered = DatabaseCopy.Ordered(db.Model);
        Assert.Equal(db.Model.GetEntityTypes().Count(), ordered.Count);
        for (var i = 0; i < ordered.Count; i++)
            Assert.All(ordered[i].GetForeignKeys(), k => Assert.Contains(k.PrincipalEntityType, ordered.Take(i + 1)));
    }

    private async Task<(DataFolder Data, string Postgres)> StartAsync()
    {
        var (data, postgres) = (new DataFolder(folder.File($"data-{Guid.NewGuid():N}")), cluster.NewDatabase());
        await InitialiseDistrict.Handle(data, new(Installations.Zhoucun), postgres: postgres);
        using var store = WeipianStore.Open(data, postgres);
        await FilledStore.FillAsync(store, "2019-q1");
        return (data, postgres);
    }

    private static async Task<int> WorkAsync(WeipianStore store, CancellationToken stop)
    {
        var acts = 0;
        do
        {
            await store.ActAsync(
                FilledStore.Officer,
                "import-patches",
                "2019-q1",
                "下发",
                act => FilledStore.ImportAsync(act, "2019-q1"),
                CancellationToken.None
            );
            acts++;
        } while (!stop.IsCancellationRequested);
        return acts;
    }

    /// <summary>The copy is whole, ends where the label says and one entry later, and goes on.</summary>
    private static async Task SameAsync(WeipianStore copy, RestoreBackup.Restored restored, MakeBackup.Made made)
    {
        Assert.True(restored.Verified.IsSound);
        Assert.Equal(made.Label.JournalSeq, restored.Label.JournalSeq);
        await using (var db = copy.Read())
        {
            Assert.Equal(made.Label.JournalSeq + 1, await db.Journal.MaxAsync(j => j.Seq));
            Assert.Equal(made.Label.JournalHash, (await db.Journal.SingleAsync(j => j.Seq == made.Label.JournalSeq)).Hash);
            Assert.True(await db.Patches.CountAsync() >= FilledStore.Patches);
            Assert.Equal(Keys, await SeatSettings.ReadAsync(copy, "district-officer", "keys"));
        }
        await FilledStore.ActAsync(copy);
        Assert.Empty((await VerifyStore.Handle(copy)).Findings);
    }
}
