using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>The store and its journal, the same on both databases: one chained entry per act, in the transaction of the act.</summary>
public abstract class StoreContract : IDisposable
{
    private static readonly Actor Officer = new("officer", "district-officer");

    private readonly TemporaryFolder folder = new();

    protected abstract string? Postgres { get; }

    private WeipianStore Open() => WeipianStore.OpenOrCreate(new DataFolder(folder.Path), Postgres);

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static Programme Quarter(int ordinal) =>
        new()
        {
            Id = $"2019-q{ordinal}",
            Ordinal = ordinal,
            Year = 2019,
            Quarter = ordinal,
            NameZh = $"2019年第{ordinal}季度",
            NameEn = $"2019 Q{ordinal}",
        };

    [Fact]
    public async Task An_act_without_a_reason_is_refused()
    {
        using var store = Open();
        var refusal = await Assert.ThrowsAsync<Problem>(() => store.ActAsync(Officer, "import-patches", "x", " ", _ => Task.FromResult(0)));
        Assert.Equal("store.reason-missing", refusal.Code);
    }

    [Fact]
    public async Task Rows_outside_an_act_are_refused()
    {
        using var store = Open();
        await using var db = store.Read();
        db.Programmes.Add(Quarter(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task An_act_that_throws_leaves_nothing()
    {
        using var store = Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store.ActAsync<int>(
                Officer,
                "add",
                "x",
                "because",
                act =>
                {
                    act.Db.Programmes.Add(Quarter(1));
                    throw new InvalidOperationException();
                }
            )
        );
        await using var db = store.Read();
        Assert.False(await db.Programmes.AnyAsync());
        Assert.False(await db.Journal.AnyAsync());
    }

    /// <summary>Verification looks at one instant: the act that commits between its journal and its rows is neither lost nor unknown.
    /// </summary>
    [Fact]
    public async Task What_is_written_while_all_is_verified_is_no_finding()
    {
        using var store = Open();
        await AddAsync(store, 1);
        var ordinal = 1;
        var meanwhile = new Meanwhile(() => AddAsync(store, ++ordinal).GetAwaiter().GetResult());
        var report = await VerifyStore.Handle(store, progress: meanwhile);
        Assert.True(ordinal > 2, "nothing was written meanwhile");
        Assert.True(report.IsSound, string.Join("; ", report.Findings));
        var after = await VerifyStore.Handle(store);
        Assert.True(after.IsSound && after.Entries == ordinal, string.Join("; ", after.Findings));
        Assert.True(report.Rows < after.Rows);
    }

    private static Task<int> AddAsync(WeipianStore store, int ordinal) =>
        store.ActAsync(
            Officer,
            "import-patches",
            "x",
            "because",
            act =>
            {
                act.Db.Programmes.Add(Quarter(ordinal));
                return Task.FromResult(0);
            }
        );

    /// <summary>Does something whenever a further part is begun.</summary>
    private sealed class Meanwhile(Action act) : IProgress<string>
    {
        public void Report(string value) => act();
    }

    [Fact]
    public async Task Entries_are_chained_and_the_head_stands_outside_the_database()
    {
        using var store = Open();
        for (var i = 1; i <= 3; i++)
        {
            var ordinal = i;
            await store.ActAsync(
                Officer,
                "import-patches",
                $"2019-q{i}",
                "季度下发",
                act =>
                {
                    act.Db.Programmes.Add(Quarter(ordinal));
                    act.Fact("quarter", ordinal);
                    return Task.FromResult(0);
                }
            );
        }
        await using var db = store.Read();
        var entries = await db.Journal.OrderBy(j => j.Seq).ToListAsync();
        Assert.Equal([1, 2, 3], entries.Select(e => e.Seq));
        Assert.Equal(new string('0', 64), entries[0].Prev);
        Assert.Equal(entries[0].Hash, entries[1].Prev);
        Assert.Equal(entries[1].Hash, entries[2].Prev);
        Assert.Equal($"3 {entries[2].Hash}\n", await File.ReadAllTextAsync(store.Folder.JournalHead));
        Assert.Contains("[\"programme\",\"2019-q3\",", entries[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_or_remove()
    {
        using var store = Open();
        await store.ActAsync(
            Officer,
            "import-patches",
            "2019-q1",
            "季度下发",
            act =>
            {
                act.Db.Programmes.Add(Quarter(1));
                return Task.FromResult(0);
            }
        );
        await using var db = store.Read();
        foreach (
            var sql in (string[])
                [
                    "UPDATE journal SET actor = 'x'",
                    "DELETE FROM journal",
                    "INSERT INTO journal SELECT seq + 2, at, actor, act, subject, reason, body, hash, hash || 'x' FROM journal",
                    "INSERT INTO journal SELECT seq + 1, at, actor, act, subject, reason, body, prev || 'x', hash FROM journal",
                    "UPDATE programme SET year = 2020",
                    "DELETE FROM programme",
                ]
        )
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql));
    }

    [Fact]
    public async Task Nothing_more_is_written_once_the_tail_was_cut()
    {
        using var store = Open();
        for (var i = 1; i <= 2; i++)
            await store.ActAsync(Officer, "compare-programme", "x", "because", _ => Task.FromResult(0));
        await using (var db = store.Read())
        {
            await db.Database.ExecuteSqlRawAsync(
                Postgres is null ? "DROP TRIGGER journal_keeps_rows" : "DROP TRIGGER journal_keeps_rows ON journal"
            );
            await db.Database.ExecuteSqlRawAsync("DELETE FROM journal WHERE seq = 2");
        }
        var refusal = await Assert.ThrowsAsync<Problem>(() =>
            store.ActAsync(Officer, "compare-programme", "x", "because", _ => Task.FromResult(0))
        );
        Assert.Equal("store.journal-cut", refusal.Code);
    }

    [Fact]
    public async Task Writers_at_the_same_time_keep_one_chain()
    {
        using var one = Open();
        using var two = Open();
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async i =>
                {
                    for (var n = 0; n < 10; n++)
                        await (i % 2 == 0 ? one : two).ActAsync(Officer, "compare-programme", $"{i}", "because", _ => Task.FromResult(0));
                })
        );
        await using var db = one.Read();
        var entries = await db.Journal.OrderBy(j => j.Seq).ToListAsync();
        Assert.Equal(80, entries.Count);
        Assert.All(entries.Zip(entries.Skip(1)), pair => Assert.Equal(pair.First.Hash, pair.Second.Prev));
    }

    [Fact]
    public async Task Every_table_reads_back_as_it_was_written()
    {
        using var store = Open();
        await store.ActAsync(Officer, "import-patches", "2019-q1", "季度下发", act => Task.FromResult(act.Db.Programmes.Add(Quarter(1))));
        await FilledStore.FillAsync(store, "2019-q1");
        await using var db = store.Read();
        var patch = await db.Patches.SingleAsync(p => p.Number == "370306-003");
        Assert.Equal(Wkb.Write(FilledStore.Square(117.83, 36.8, 0.001)), Wkb.Write(patch.Geometry));
        Assert.Equal(Wkb.Srid, patch.Geometry.SRID);
        Assert.Equal(new DateOnly(2018, 10, 12), patch.Before);
        var visit = await db.Visits.SingleAsync();
        Assert.Equal(DateTimeKind.Utc, visit.RecordedAt.Kind);
        Assert.Equal(1, await db.Patches.CountAsync(p => p.Before < new DateOnly(2018, 10, 13) && p.Number == "370306-003"));
        var report = await VerifyStore.Handle(store);
        Assert.Empty(report.Findings);
        Assert.Equal(4, report.Entries);
    }

    [Fact]
    public async Task Patches_near_a_place_are_found_by_the_spatial_index()
    {
        using var store = Open();
        await store.ActAsync(Officer, "import-patches", "2019-q1", "季度下发", act => Task.FromResult(act.Db.Programmes.Add(Quarter(1))));
        await FilledStore.FillAsync(store, "2019-q1");
        await using var db = store.Read();
        var near = await db.PatchesNear(new NetTopologySuite.Geometries.Envelope(117.8295, 117.8405, 36.8, 36.81))
            .Where(p => p.Kind == "land")
            .ToListAsync();
        Assert.Equal(["370306-003", "370306-004"], near.Select(p => p.Number).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_value_changed_behind_the_back_of_the_program_is_named_with_its_column()
    {
        using var store = Open();
        await store.ActAsync(Officer, "import-patches", "2019-q1", "季度下发", act => Task.FromResult(act.Db.Programmes.Add(Quarter(1))));
        await FilledStore.FillAsync(store, "2019-q1");
        await using (var db = store.Read())
        {
            await db.Database.ExecuteSqlRawAsync(
                Postgres is null ? "DROP TRIGGER patch_keeps_values" : "ALTER TABLE patch DISABLE TRIGGER patch_keeps_values"
            );
            await db.Database.ExecuteSqlRawAsync("UPDATE patch SET after = '2019-02-21' WHERE number = '370306-007'");
        }
        var report = await VerifyStore.Handle(store);
        Assert.Contains(report.Findings, f => f.Kind == "guard-missing" && f.Where == "patch_keeps_values");
        Assert.Single(report.Findings, f => f.Kind == "row-changed" && f.Where.EndsWith("#after", StringComparison.Ordinal));
    }

    /// <summary>Two nodes over one database: the lock lies in it, not in a process.</summary>
    [Fact]
    public async Task A_lock_taken_through_one_store_is_seen_through_another()
    {
        using var one = Open();
        using var two = Open();
        var patch = Guid.NewGuid();
        var span = TimeSpan.FromMinutes(10);
        Assert.Equal("a", (await ReviewLeases.TakeAsync(one, new Actor("a", "district-reviewer"), patch, span)).Holder);
        Assert.Equal("a", (await ReviewLeases.TakeAsync(two, new Actor("b", "office-head"), patch, span)).Holder);
        Assert.Equal(patch, Assert.Single(await ReviewLeases.LiveAsync(two)).PatchId);
        await ReviewLeases.ReleaseAsync(one, new Actor("a", "district-reviewer"), patch);
        Assert.Equal("b", (await ReviewLeases.TakeAsync(two, new Actor("b", "office-head"), patch, span)).Holder);
        await SeatSettings.KeepAsync(one, "b", "keys", "1");
        await SeatSettings.KeepAsync(two, "b", "keys", "2");
        Assert.Equal("2", await SeatSettings.ReadAsync(one, "b", "keys"));
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteStoreTests : StoreContract
{
    protected override string? Postgres => null;
}

/// <summary>On PostgreSQL with PostGIS, where it is installed.</summary>
public sealed class PostgresStoreTests(PostgresCluster cluster) : StoreContract, IClassFixture<PostgresCluster>
{
    private string? connection;

    protected override string? Postgres => connection ??= cluster.NewDatabase();

    [Fact]
    public async Task A_node_that_comes_later_takes_the_head_it_finds()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        using var one = WeipianStore.OpenOrCreate(new DataFolder(first.Path), Postgres);
        await FilledStore.ActAsync(one);
        using var two = WeipianStore.OpenOrCreate(new DataFolder(second.Path), Postgres);
        await FilledStore.ActAsync(two);
        await FilledStore.ActAsync(one);
        Assert.Empty((await VerifyStore.Handle(one)).Findings);
        Assert.Empty((await VerifyStore.Handle(two)).Findings);
    }
}
