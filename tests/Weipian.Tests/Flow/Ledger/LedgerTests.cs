using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Rectification;
using Weipian.Tests.House;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Ledger;

/// <summary>The ledger of remaining violations; LG1 to LG6 as the domain has them.</summary>
[Requirement("R50")]
public sealed class LedgerTests : IAsyncLifetime
{
    private static readonly DateOnly CutOff = new(2019, 12, 31);
    private static readonly DateOnly NewYear = new(2020, 1, 1);

    private D district = null!;

    public async ValueTask InitializeAsync() => district = await D.StartAsync();

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("enter-ledger", "machine office-head")]
    [InlineData("propose-closing", "district-reviewer")]
    [InlineData("close-ledger-entry", "office-head")]
    [InlineData("reopen-ledger-entry", "district-reviewer office-head")]
    [InlineData("link-survey", "district-officer")]
    [InlineData("make-deduction-sheet", "district-officer office-head")]
    [InlineData("enter-credit", "district-officer")]
    [InlineData("record-credit-step", "district-officer district-reviewer office-head")]
    [InlineData("export-credit", "office-head")]
    [InlineData("start-city-round", "office-head")]
    [InlineData("record-city-result", "district-officer office-head")]
    public void An_act_is_open_to_its_seats_and_to_no_other(string act, string roles) =>
        Assert.Equal(roles.Split(' ').Order(), ActMatrix.Acts[act].Order());

    [Fact]
    public async Task Nothing_enters_before_the_day_is_over_or_by_a_town()
    {
        await district.ViolationAsync(5);
        district.Clock.Set(CutOff);
        await district.RefusedAsync("ledger.cut-off-not-over", () => EnterAsync());
        district.Clock.Set(NewYear);
        await district.RefusedAsync("ledger.no-such-cut-off", () => EnterAsync(cutOff: "2019-rectification"));
        await district.RefusedAsync("store.act-not-allowed", () => EnterAsync(D.Town));
        Assert.Single((await EnterAsync()).Entered);
    }

    /// <summary>LG1: 5.0 亩 illegal, 3.0 accepted, 2.0 open at the cut-off: on the ledger with 2.0, and not closable.</summary>
    [Fact]
    public async Task LG1_what_is_left_enters_and_is_not_closable()
    {
        var violation = await district.ViolationAsync(5);
        await district.RemoveAsync(violation, 3);
        var removed = await district.ViolationAsync(2);
        await district.RemoveAsync(removed, 2);
        var entry = await EnteredAsync();
        Assert.Equal(("GZ-2019-1", violation.Id, CutOff), (entry.Number, entry.ViolationId, entry.EnteredOn));
        Assert.Equal(2 * D.Mu, entry.AreaSquareMetres, 3);
        Assert.Equal(new DateOnly(2020, 12, 31), entry.RemoveBy);
        var problem = await district.RefusedAsync("ledger.remains", () => ProposeAsync(entry));
        Assert.Contains("1333.33", problem.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entering_twice_enters_nothing_twice_and_what_is_found_later_is_not_spared()
    {
        await district.ViolationAsync(5);
        district.Clock.Set(NewYear);
        Assert.Equal(["GZ-2019-1"], (await EnterAsync()).Entered);
        var entries = await district.EntriesAsync();
        Assert.Empty((await EnterAsync(Actor.Machine)).Entered);
        Assert.Equal(entries, await district.EntriesAsync());
        district.Clock.Set(new(2020, 1, 9));
        await district.ViolationAsync(3);
        Assert.Equal(["GZ-2019-2"], (await EnterAsync(Actor.Machine)).Entered);
    }

    [Fact]
    public async Task Work_after_the_cut_off_comes_too_late_for_it_and_the_frozen_list_does_not_change()
    {
        var violation = await district.ViolationAsync(5);
        district.Clock.Set(NewYear);
        await district.RemoveAsync(violation, 4);
        var answer = await EnterAsync();
        await using var db = district.Store.Read();
        Assert.Equal(5 * D.Mu, (await db.LedgerEntries.SingleAsync()).AreaSquareMetres, 3);
        var standing = (await LedgerStanding.OfAsync(db, db.LedgerEntries, district.Store.Today)).Single();
        Assert.Equal(1 * D.Mu, standing.Balance.RemainingSquareMetres, 3);
        var frozen = Snapshots.Read(district.Store.Blobs, await db.Snapshots.SingleAsync(s => s.Id == answer.SnapshotId));
        Assert.Equal(5 * D.Mu, (double)frozen["violations"]![0]!["remaining"]!, 3);
    }

    [Fact]
    public async Task The_annual_programme_enters_with_its_acceptance()
    {
        var violation = await district.ViolationAsync(5, programme: "2018-annual");
        await district.CaseAsync(violation);
        district.Clock.Set(new(2019, 7, 15));
        await district.RefusedAsync("ledger.no-such-cut-off", () => EnterAsync(cutOff: "2018-annual"));
        await AcceptProgramme.Handle(
            district.Store,
            D.Government,
            new("2018-annual", new(2019, 7, 15), "accepted", "同意", "区级验收"),
            D.Law
        );
        district.Clock.Set(new(2019, 7, 16));
        Assert.Equal(["GZ-2019-1"], (await EnterAsync(Actor.Machine, "2018-annual")).Entered);
    }

    /// <summary>Nobody removes on the ground what was never illegal: what a correction took away needs no acceptance, the rest
    /// does.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task What_a_correction_took_away_needs_no_acceptance(double leftMu)
    {
        var violation = await district.ViolationAsync(5);
        var entry = await EnteredAsync();
        await district.RefusedAsync("ledger.remains", () => ProposeAsync(entry));
        district.Clock.Set(NewYear.AddDays(10));
        var corrected = await district.ViolationAsync(leftMu, supersedes: violation.Id);
        var named = new List<Guid>();
        if (leftMu > 0)
        {
            await district.RefusedAsync("ledger.remains", () => ProposeAsync(entry));
            named.Add((await district.RemoveAsync(corrected, leftMu)).AcceptanceId);
            await district.RefusedAsync("ledger.not-on-acceptances", () => ProposeAsync(entry));
        }
        var proposal = await ProposeAsync(entry, [.. named]);
        await district.RefusedAsync("chain.already-done", () => ProposeAsync(entry, [.. named]));
        await district.RefusedAsync("chain.before-cause", () => CloseAsync(proposal, on: NewYear));
        await CloseAsync(proposal, on: NewYear.AddDays(10));
        await using var db = district.Store.Read();
        Assert.False((await LedgerStanding.OfOneAsync(db, entry.Id, district.Store.Today)).IsOpen);
    }

    /// <summary>LG2: no status can be edited to close an entry: there is none, and the database keeps what was written.</summary>
    [Fact]
    public async Task LG2_only_a_signed_proposal_on_acceptances_closes()
    {
        var violation = await district.ViolationAsync(2);
        var entry = await EnteredAsync();
        await district.RefusedAsync("ledger.remains", () => ProposeAsync(entry));
        var accepted = (await district.RemoveAsync(violation, 2)).AcceptanceId;
        await district.RefusedAsync("store.act-not-allowed", () => ProposeAsync(entry, [accepted], D.Head));
        await district.RefusedAsync("ledger.not-on-acceptances", () => ProposeAsync(entry));
        await district.RefusedAsync("ledger.no-such-acceptance", () => ProposeAsync(entry, [Guid.CreateVersion7()]));
        var proposal = await ProposeAsync(entry, [accepted]);
        var same = D.Reviewer with { Role = "office-head" };
        await district.RefusedAsync("chain.same-person", () => CloseAsync(proposal, same));
        await district.RefusedAsync("store.act-not-allowed", () => CloseAsync(proposal, D.Reviewer));
        await district.RefusedAsync("chain.before-cause", () => CloseAsync(proposal, on: CutOff));
        await CloseAsync(proposal);
        await district.RefusedAsync("chain.already-done", () => CloseAsync(proposal));
        await district.RefusedAsync("chain.already-done", () => ProposeAsync(entry, [accepted]));
    }

    [Fact]
    public async Task LG2_no_column_says_closed_and_one_act_alone_writes_a_closing()
    {
        Assert.DoesNotContain(
            typeof(LedgerEntry).GetProperties(),
            p =>
                p.Name.Contains("Status", StringComparison.Ordinal)
                || p.Name.Contains("Closed", StringComparison.Ordinal)
                || p.CanWrite && !IsInit(p)
        );
        var writers = SourceTree.Under("src/").Where(f => f.Root.ToString().Contains("new LedgerClosing\n", StringComparison.Ordinal));
        Assert.Equal(["src/Flow/7-Ledger/CloseLedgerEntry.cs"], writers.Select(f => f.Path));
        await district.ViolationAsync(2);
        await EnteredAsync();
        await using var db = district.Store.Read();
        var edited = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            db.Database.ExecuteSqlAsync($"UPDATE ledger_entry SET area_square_metres = 0")
        );
        Assert.NotEmpty(edited.Message);
    }

    /// <summary>LG3: an accepted parcel shows construction again in a later batch.</summary>
    [Fact]
    public async Task LG3_what_comes_back_is_reopened_and_linked()
    {
        var violation = await district.ViolationAsync(2, place: 1);
        var entry = await EnteredAsync();
        district.Clock.Set(new(2020, 2, 1));
        var accepted = (await district.RemoveAsync(violation, 2)).AcceptanceId;
        var again = await district.ViolationAsync(3, place: 1, after: new(2020, 3, 1));
        await district.RefusedAsync("ledger.still-open", () => ReopenAsync(entry, again));
        await CloseAsync(await ProposeAsync(entry, [accepted]));
        var elsewhere = await district.ViolationAsync(3, place: 30, after: new(2020, 3, 1));
        await district.RefusedAsync("ledger.not-the-same-ground", () => ReopenAsync(entry, elsewhere));
        var earlier = await district.ViolationAsync(3, place: 1, after: new(2020, 1, 20));
        await district.RefusedAsync("ledger.not-later", () => ReopenAsync(entry, earlier));
        district.Clock.Set(new(2020, 4, 1));
        await using (var db = district.Store.Read())
        {
            var found = Assert.Single(await Recurrences.OfAsync(db, district.Store.Today));
            Assert.Equal((violation.Id, again.Id, entry.Id), (found.Earlier.Violation.Id, found.Again.Violation.Id, found.ClosedEntryId));
            Assert.Null(found.ReopenedById);
        }
        var answer = await ReopenAsync(entry, again);
        await district.RefusedAsync("chain.already-done", () => ReopenAsync(entry, again));
        await using (var db = district.Store.Read())
        {
            var reopened = await db.LedgerEntries.SingleAsync(e => e.Id == answer.EntryId);
            Assert.Equal((entry.Id, again.Id, "GZ-2020-1"), (reopened.ReopensId!.Value, reopened.ViolationId, reopened.Number));
            Assert.Contains("复发", reopened.CauseZh, StringComparison.Ordinal);
            Assert.Equal(answer.EntryId, (await Recurrences.OfAsync(db, district.Store.Today)).Single().ReopenedById);
        }
    }

    /// <summary>LG6: formalities approved while the penalty is not executed: held, and on the ledger.</summary>
    [Fact]
    [Requirement("R31")]
    public async Task LG6_formalities_before_the_penalty_remove_nothing_and_the_hold_stands()
    {
        var violation = await district.ViolationAsync(5);
        var file = await district.CaseAsync(violation, (CaseStepKind.Decided, new(2019, 7, 1)));
        var measure = await district.OrderAsync(violation, 5, kind: MeasureKind.Formalities);
        district.Clock.Set(new(2019, 8, 1));
        var request = district.Report(measure, 5) with
        {
            ApprovalNumber = "鲁政土字〔2019〕88号",
            ApprovedOn = new(2019, 7, 20),
            ApprovedSquareMetres = 5 * D.Mu,
            FormerStandardFen = 1,
            NewerStandardFen = 2,
        };
        Task<Guid> Report() => ReportMeasure.Handle(district.Store, D.Town, request);
        await district.RefusedAsync("rectification.penalty-not-executed", Report);
        Assert.True(await district.IsHeldAsync(violation));
        Assert.False((await district.BalanceAsync(violation)).IsRemoved);
        var entry = await EnteredAsync();
        Assert.Equal(5 * D.Mu, entry.AreaSquareMetres, 3);
        await district.AddAsync(MeasureTests.StepOf(file, 2, CaseStepKind.Paid, new(2019, 7, 10)));
        var answer = await district.AcceptAsync(district.Accept(await Report(), 5) with { Classes = [] });
        Assert.Equal((0, 1), (answer.RemainingSquareMetres, answer.HoldsLifted));
    }

    [Fact]
    [Requirement("R53")]
    public async Task What_the_city_fails_is_on_the_ledger_again_and_held()
    {
        var (passes, fails) = (await district.ViolationAsync(2), await district.ViolationAsync(4));
        await district.RemoveAsync(passes, 2);
        await district.RemoveAsync(fails, 4);
        var open = await district.ViolationAsync(1);
        await district.RefusedAsync("chain.before-cause", () => StartRoundAsync());
        district.Clock.Set(new(2020, 3, 1));
        var round = await StartRoundAsync();
        await district.RefusedAsync("chain.already-done", () => StartRoundAsync());
        await district.RefusedAsync("chain.bad-value", () => CityAsync(round, passes, "passed", 1));
        await district.RefusedAsync("chain.bad-value", () => CityAsync(round, fails, "failed", 0));
        await district.RefusedAsync("chain.bad-value", () => CityAsync(round, fails, "failed", 4.5));
        await district.RefusedAsync("ledger.city-passed-what-remains", () => CityAsync(round, open, "passed", 0));
        Assert.Null((await CityAsync(round, passes, "passed", 0)).EntryNumber);
        Assert.False(await district.IsHeldAsync(fails));
        Assert.Equal("GZ-2020-1", (await CityAsync(round, fails, "failed", 1.5)).EntryNumber);
        await district.RefusedAsync("chain.already-done", () => CityAsync(round, fails, "failed", 1.5));
        Assert.True(await district.IsHeldAsync(fails));
        Assert.Equal(1.5 * D.Mu, (await district.BalanceAsync(fails)).RemainingSquareMetres, 3);
        district.Clock.Set(new(2020, 4, 1));
        var answer = await district.RemoveAsync(fails, 1.5);
        Assert.Equal(0, answer.RemainingSquareMetres);
        await using var db = district.Store.Read();
        var entry = await db.LedgerEntries.SingleAsync(e => e.ViolationId == fails.Id);
        Assert.Equal(1.5 * D.Mu, entry.AreaSquareMetres, 3);
        await CloseAsync(await ProposeAsync(entry, [answer.AcceptanceId]));
    }

    [Fact]
    [Requirement("R54")]
    public async Task Without_a_ratio_the_sheet_has_every_line_and_no_result()
    {
        Task<MakeDeductionSheet.Answer> Make() => MakeDeductionSheet.Handle(district.Store, D.Head, new(2019, "测算"), D.Law);
        await district.RefusedAsync("chain.out-of-order", Make);
        await district.ViolationAsync(5);
        await district.ViolationAsync(3);
        district.Clock.Set(NewYear);
        await EnterAsync();
        var answer = await Make();
        Assert.Equal((2, null, null), (answer.Lines, answer.Ratio, answer.CutSquareMetres));
        Assert.Equal(8 * D.Mu, answer.RemainingSquareMetres, 3);
        await using var db = district.Store.Read();
        var sheet = System.Text.Json.Nodes.JsonNode.Parse((await db.DeductionSheets.SingleAsync()).SheetJson)!;
        Assert.Null(sheet["ratio"]);
        Assert.Contains("ratio", (string)sheet["bannerEn"]!, StringComparison.Ordinal);
        Assert.All(sheet["lines"]!.AsArray(), line => Assert.Null(line!["cutSquareMetres"]));
        Assert.Equal(1.0, (double)sheet["towns"]![0]!["share"]!, 6);
        var entries = await LedgerStanding.OfAsync(db, db.LedgerEntries, district.Store.Today);
        Assert.Equal(0.5m * 8 * 2000 / 3, (decimal)(double)MakeDeductionSheet.Sheet(entries, 0.5m, null)["cutSquareMetres"]!, 3);
    }

    private static bool IsInit(System.Reflection.PropertyInfo property) =>
        property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private Task<EnterLedger.Answer> EnterAsync(Actor? by = null, string cutOff = "2019-cut-off") =>
        EnterLedger.Handle(district.Store, by ?? D.Head, new(cutOff, "年底固化"));

    /// <summary>The only entry that the cut-off makes, on the first day of the next year.</summary>
    private async Task<LedgerEntry> EnteredAsync()
    {
        district.Clock.Set(NewYear);
        await EnterAsync(Actor.Machine);
        await using var db = district.Store.Read();
        return await db.LedgerEntries.SingleAsync();
    }

    private Task<Guid> ProposeAsync(LedgerEntry entry, Guid[]? acceptances = null, Actor? by = null) =>
        ProposeClosing.Handle(
            district.Store,
            by ?? D.Reviewer,
            new(entry.Id, [.. (acceptances ?? []).Select(a => a.ToString())], "已拆除复耕到位", "销号")
        );

    private Task<Guid> CloseAsync(Guid proposal, Actor? by = null, DateOnly? on = null) =>
        CloseLedgerEntry.Handle(district.Store, by ?? D.Head, new(proposal, on ?? district.Store.Today, "同意销号"));

    private Task<ReopenLedgerEntry.Answer> ReopenAsync(LedgerEntry entry, Violation again) =>
        ReopenLedgerEntry.Handle(district.Store, D.Reviewer, new(entry.Id, again.Id, "复发"));

    private Task<Guid> StartRoundAsync() =>
        StartCityRound.Handle(district.Store, D.Head, new(2019, district.Store.Today, "市级验收", "市级验收"));

    private Task<RecordCityResult.Answer> CityAsync(Guid round, Violation violation, string outcome, double mu) =>
        RecordCityResult.Handle(
            district.Store,
            D.Officer,
            new(round, violation.Id, outcome, district.Store.Today, mu * D.Mu, "市级意见", "登记结果")
        );
}
