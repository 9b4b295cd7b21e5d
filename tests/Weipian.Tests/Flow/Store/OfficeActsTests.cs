using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.House;
using Weipian.Web.Acts;

namespace Weipian.Tests.Flow.Store;

/// <summary>The matrix of acts, the plain records, and the clock that only the sample may set.</summary>
public sealed class OfficeActsTests : IDisposable
{
    private static readonly Actor Officer = new("district-officer", PlanRoles.DistrictOfficer);
    private static readonly Actor Finance = new("finance", PlanRoles.Finance);
    private static readonly Actor Administrator = new("administrator", PlanRoles.Administrator);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_act_that_nobody_declared_cannot_be_done()
    {
        using var store = Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store.ActAsync(Officer, "edit-status", "x", "because", _ => Task.FromResult(0))
        );
        Assert.Equal(0, await EntriesAsync(store));
    }

    [Fact]
    public async Task A_role_that_the_matrix_does_not_name_is_refused_and_nothing_is_written()
    {
        using var store = Open();
        var refusal = await Assert.ThrowsAsync<Problem>(() => KeepOfficeRecord.Handle(store, Administrator, Training()));
        Assert.Equal("store.act-not-allowed", refusal.Code);
        Assert.Equal(0, await EntriesAsync(store));
    }

    [Fact]
    public void Every_door_leads_to_a_declared_act_that_some_seat_may_do() =>
        Assert.All(ActDoors.All, door => Assert.Contains(PlanRoles.All, role => ActMatrix.Allows(door.Name, role)));

    /// <summary>The names under which acts are journalled, as the source has them.</summary>
    [Fact]
    public void Every_act_in_the_source_is_declared()
    {
        var names =
            from file in SourceTree.Under("src/Flow/")
            from System.Text.RegularExpressions.Match act in System.Text.RegularExpressions.Regex.Matches(
                SourceTree.Text(file.Path),
                @"ActAsync\(\s*[\w.]+,\s*""(?<name>[a-z-]+)"""
            )
            where !ActMatrix.Knows(act.Groups["name"].Value)
            select $"{file.Path}: {act.Groups["name"].Value}";
        Breaches.None(names);
    }

    [Fact]
    [Requirement("R02")]
    [Requirement("R03")]
    public async Task Trainings_are_kept_by_the_office_and_money_by_finance()
    {
        using var store = Open();
        var money = new KeepOfficeRecord.Request("budget", store.Today, "卫片执法经费", "年度安排", null, null, 5_000_000, "预算批复");
        var refused = await Assert.ThrowsAsync<Problem>(() => KeepOfficeRecord.Handle(store, Officer, money));
        Assert.Equal("store.act-not-allowed", refused.Code);
        var future = await Assert.ThrowsAsync<Problem>(() =>
            KeepOfficeRecord.Handle(store, Officer, Training() with { On = store.Today.AddDays(1) })
        );
        Assert.Equal("chain.in-future", future.Code);
        await KeepOfficeRecord.Handle(store, Officer, Training() with { On = store.Today });
        await KeepOfficeRecord.Handle(store, Finance, money);
        await using var db = store.Read();
        Assert.Equal(["budget", "training"], await db.OfficeRecords.Select(r => r.Kind).OrderBy(k => k).ToListAsync());
        Assert.Equal(5_000_000, (await db.OfficeRecords.SingleAsync(r => r.Kind == "budget")).AmountFen);
    }

    [Fact]
    [Requirement("R02")]
    public async Task Trainings_and_instructions_are_recorded_of_each_seat_and_of_units_and_seats_that_there_are()
    {
        using var store = await Installations.StartAsync(folder, Installations.Zhoucun);
        var training = Training();
        foreach (
            var (wrong, code) in new[]
            {
                (training with { SeatLogin = "no-such-seat" }, "store.no-such-seat"),
                (training with { Unit = "atlantis" }, "chain.not-there"),
                (training with { TitleZh = " " }, "chain.bad-value"),
                (training with { Kind = "party" }, "chain.bad-value"),
            }
        )
            Assert.Equal(code, (await Assert.ThrowsAsync<Problem>(() => KeepOfficeRecord.Handle(store, Officer, wrong))).Code);
        var money = training with { Kind = "budget", AmountFen = 100, SeatLogin = "finance" };
        Assert.Equal("chain.bad-value", (await Assert.ThrowsAsync<Problem>(() => KeepOfficeRecord.Handle(store, Finance, money))).Code);

        // Two seats of one training are two records; the same seat twice is one.
        await KeepOfficeRecord.Handle(store, Officer, training with { SeatLogin = "town-wangcun", Unit = "wangcun" });
        await KeepOfficeRecord.Handle(store, Officer, training with { SeatLogin = "town-nanjiao" });
        await KeepOfficeRecord.Handle(store, Officer, training with { SeatLogin = "town-nanjiao", Kind = "instruction" });
        var twice = training with { SeatLogin = "town-nanjiao" };
        Assert.Equal("chain.already-done", (await Assert.ThrowsAsync<Problem>(() => KeepOfficeRecord.Handle(store, Officer, twice))).Code);
        await using var db = store.Read();
        Assert.Equal(
            ["town-nanjiao instruction", "town-nanjiao training", "town-wangcun training"],
            (await db.OfficeRecords.ToListAsync()).Select(r => $"{r.SeatLogin} {r.Kind}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    [Requirement("R03")]
    public async Task A_spending_uses_a_budget_line_and_no_more_of_it_than_is_left()
    {
        using var store = Open();
        var budget = new KeepOfficeRecord.Request("budget", store.Today, "卫片执法经费", "年度安排", null, null, 5_000_000, "预算批复");
        var line = await KeepOfficeRecord.Handle(store, Finance, budget);
        var spending = budget with { Kind = "spending", TitleZh = "无人机租用", AmountFen = 3_000_000, BudgetLineId = line };
        foreach (
            var (wrong, code) in new[]
            {
                (spending with { BudgetLineId = Guid.NewGuid() }, "chain.not-there"),
                (spending with { AmountFen = 5_000_001 }, "store.budget-line-exceeded"),
                (spending with { On = store.Today.AddDays(-1) }, "chain.before-cause"),
                (budget with { TitleZh = "又一笔", BudgetLineId = line }, "chain.bad-value"),
            }
        )
            Assert.Equal(code, (await Assert.ThrowsAsync<Problem>(() => KeepOfficeRecord.Handle(store, Finance, wrong))).Code);
        await KeepOfficeRecord.Handle(store, Finance, spending);
        var over = await Assert.ThrowsAsync<Problem>(() => KeepOfficeRecord.Handle(store, Finance, spending with { TitleZh = "再租" }));
        Assert.Equal("store.budget-line-exceeded", over.Code);
        await KeepOfficeRecord.Handle(store, Finance, spending with { TitleZh = "再租", AmountFen = 2_000_000 });
    }

    [Fact]
    public async Task The_clock_of_a_real_installation_cannot_be_set()
    {
        using var store = Open();
        var refusal = await Assert.ThrowsAsync<Problem>(() => SetClock.Handle(store, Administrator, new("2019-07-09T09:00", "演示")));
        Assert.Equal("store.clock-is-real", refusal.Code);
        await File.WriteAllTextAsync(store.Folder.Clock, "-1000.00:00:00");
        Assert.True(new OfficeClock(store.Folder).GetUtcNow() > TimeProvider.System.GetUtcNow().AddMinutes(-1));
    }

    [Fact]
    public async Task The_sample_stands_on_the_day_its_administrator_chose()
    {
        await File.WriteAllTextAsync(new DataFolder(folder.Path).SampleSeats, "sample");
        using var store = Open();
        var wrong = await Assert.ThrowsAsync<Problem>(() => SetClock.Handle(store, Administrator, new("9 July", "演示")));
        Assert.Equal("chain.bad-value", wrong.Code);
        await SetClock.Handle(store, Administrator, new("2019-07-09T09:00", "演示"));
        Assert.Equal(new DateOnly(2019, 7, 9), store.Today);
        await SetClock.Handle(store, Administrator, new("2020-01-02", "演示"));
        Assert.Equal(new DateOnly(2020, 1, 2), store.Today);
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    private static KeepOfficeRecord.Request Training() =>
        new("training", new DateOnly(2019, 5, 6), "卫片执法培训", "判定规则与举证要求", null, null, null, "年度培训");

    private static async Task<long> EntriesAsync(WeipianStore store)
    {
        await using var db = store.Read();
        return await db.Journal.LongCountAsync();
    }

    private WeipianStore Open() => WeipianStore.OpenOrCreate(new DataFolder(folder.Path));
}
