using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Rectification;

/// <summary>Measures from the order to the acceptance on site: refusals first, on a real store.</summary>
[Requirement("R21")]
[Requirement("R33")]
public sealed class MeasureTests : IAsyncLifetime
{
    private D district = null!;

    public async ValueTask InitializeAsync() => district = await D.StartAsync();

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The matrix of the domain, written here once more on purpose.</summary>
    [Theory]
    [InlineData("order-measure", "district-officer office-head")]
    [InlineData("report-measure", "town district-officer")]
    [InlineData("accept-measure", "district-officer district-reviewer office-head")]
    [InlineData("send-hand-over", "office-head")]
    [InlineData("receive-hand-over", "finance")]
    [InlineData("accept-programme", "office-head government")]
    public void An_act_is_open_to_its_seats_and_to_no_other(string act, string roles) =>
        Assert.Equal(roles.Split(' ').Order(), ActMatrix.Acts[act].Order());

    [Fact]
    public async Task A_town_orders_nothing()
    {
        var violation = await district.ViolationAsync(5);
        await district.RefusedAsync("store.act-not-allowed", () => district.OrderAsync(violation, 5, by: D.Town));
    }

    [Fact]
    public async Task No_more_is_ordered_than_remains_and_is_not_under_a_measure()
    {
        var violation = await district.ViolationAsync(5);
        await district.RefusedAsync("rectification.area-too-large", () => district.OrderAsync(violation, 5.1));
        await district.RefusedAsync("chain.bad-value", () => district.OrderAsync(violation, 0));
        await district.RefusedAsync("rectification.area-too-large", () => district.OrderAsync(violation, 5, cultivatedMu: 1));
        await district.OrderAsync(violation, 3);
        await district.RefusedAsync("rectification.area-too-large", () => district.OrderAsync(violation, 2.1));
        await district.OrderAsync(violation, 2, kind: MeasureKind.Formalities);
        await district.OrderAsync(violation, 5, kind: MeasureKind.Confiscate);
        await district.RefusedAsync("rectification.area-too-large", () => district.OrderAsync(violation, 1, kind: MeasureKind.Confiscate));
    }

    [Fact]
    public async Task An_order_has_its_days_in_order_and_a_basis()
    {
        var violation = await district.ViolationAsync(5);
        var today = district.Store.Today;
        Task Order(DateOnly on, DateOnly due, string kind = "demolish-restore", string basis = "决定") =>
            OrderMeasure.Handle(district.Store, D.Officer, new(violation.Id, kind, on, due, D.Mu, 0, basis, null, "整改"));
        await district.RefusedAsync("chain.in-future", () => Order(today.AddDays(1), today.AddDays(9)));
        await district.RefusedAsync("chain.before-cause", () => Order(today.AddDays(-1), today.AddDays(9)));
        await district.RefusedAsync("chain.before-cause", () => Order(today, today.AddDays(-1)));
        await district.RefusedAsync("chain.bad-value", () => Order(today, today, kind: "forget-it"));
        await district.RefusedAsync("rectification.proof-missing", () => Order(today, today, basis: " "));
    }

    [Fact]
    [Requirement("R35")]
    public async Task The_historic_backlog_is_ordered_as_it_was_and_counted_apart()
    {
        var old = await district.ViolationAsync(4, source: ViolationSource.Backlog);
        await OrderMeasure.Handle(
            district.Store,
            D.Officer,
            new(old.Id, "demolish-restore", new(2017, 3, 1), new(2019, 5, 31), 4 * D.Mu, 0, "2017年责令", null, "历史遗留")
        );
        await using var db = district.Store.Read();
        var standing = Assert.Single(await MeasureStanding.OfAsync(db, db.Measures));
        Assert.Equal(31, standing.DaysLate(district.Store.Today));
        Assert.Equal(4 * D.Mu, (await district.BalanceAsync(old)).RemainingSquareMetres, 3);
    }

    [Fact]
    [Requirement("R95")]
    public async Task Every_acceptance_leaves_a_form_with_what_was_found()
    {
        var measure = await district.OrderAsync(await district.ViolationAsync(5), 5);
        var report = await district.ReportAsync(measure, 4);
        await district.AcceptAsync(district.Accept(report, 4, outcome: "partial"));
        await using var db = district.Store.Read();
        var form = Assert.Single(db.IssuedDocuments.Where(d => d.Kind == "acceptance-form"));
        Assert.Equal(measure, form.SubjectId);
        var fields = (await db.OpenAsync(form)).Fields;
        Assert.Equal("666.67平方米（1.00亩）", fields["remaining-area"]);
        Assert.StartsWith("部分整改到位", fields["outcome"], StringComparison.Ordinal);
        Assert.Contains("硬化面已清除：是", fields["checks"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_violation_is_acted_on_as_what_it_became_and_keeps_what_was_accepted()
    {
        var violation = await district.ViolationAsync(5);
        await district.RemoveAsync(violation, 3);
        var heir = await district.ViolationAsync(4, supersedes: violation.Id);
        await district.RefusedAsync("rectification.violation-superseded", () => district.OrderAsync(violation, 1));
        Assert.Equal(1 * D.Mu, (await district.BalanceAsync(heir)).RemainingSquareMetres, 3);
    }

    [Fact]
    public async Task A_town_reports_its_own_measures_only_in_order_and_with_proof()
    {
        var violation = await district.ViolationAsync(5);
        var measure = await district.OrderAsync(violation, 5);
        Task Handle(ReportMeasure.Request request) => ReportMeasure.Handle(district.Store, D.Town, request);
        var good = district.Report(measure, 5);
        await district.RefusedAsync("chain.other-unit", () => district.ReportAsync(measure, 5, by: D.OtherTown));
        await district.RefusedAsync("chain.in-future", () => Handle(good with { DoneOn = district.Store.Today.AddDays(1) }));
        await district.RefusedAsync("chain.before-cause", () => Handle(good with { DoneOn = district.Store.Today.AddDays(-1) }));
        await district.RefusedAsync("rectification.area-too-large", () => Handle(good with { AreaSquareMetres = 5.1 * D.Mu }));
        await district.RefusedAsync("rectification.no-evidence", () => Handle(good with { Files = [] }));
        await Handle(good);
        await district.RefusedAsync("chain.already-done", () => Handle(good with { Files = [D.Photograph("另一张")] }));
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_says_is_refused()
    {
        var violation = await district.ViolationAsync(5);
        var measure = await district.OrderAsync(violation, 5);
        var report = district.Report(measure, 5);
        var page = "<html><script>weipian()</script></html>"u8.ToArray();
        foreach (var kind in new[] { "image/jpeg", "image/png", "application/pdf", "text/html", "image/svg+xml", "application/xhtml+xml" })
            await district.RefusedAsync(
                "rectification.file-not-what-it-says",
                () => ReportMeasure.Handle(district.Store, D.Town, report with { Files = [new("现场.jpg", kind, page)] })
            );
        await ReportMeasure.Handle(district.Store, D.Town, report with { Files = [new("说明.txt", "text/plain", page)] });
    }

    [Fact]
    public async Task A_photograph_of_another_place_proves_nothing()
    {
        var (one, other) = (await district.ViolationAsync(5), await district.ViolationAsync(5));
        var first = await district.OrderAsync(one, 5);
        var second = await district.OrderAsync(other, 5);
        await ReportMeasure.Handle(district.Store, D.Town, district.Report(first, 5) with { Files = [D.Photograph("同一张")] });
        var problem = await district.RefusedAsync(
            "rectification.photograph-used-before",
            () => ReportMeasure.Handle(district.Store, D.Town, district.Report(second, 5) with { Files = [D.Photograph("同一张")] })
        );
        Assert.Contains(one.Number, problem.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_on_site_needs_something_new()
    {
        var measure = await district.OrderAsync(await district.ViolationAsync(5), 5);
        var report = await district.ReportAsync(measure, 5);
        await district.AcceptAsync(district.Accept(report, 0, outcome: "refused"));
        await district.RefusedAsync("rectification.no-new-evidence", () => district.ReportAsync(measure, 5));
        Assert.True(
            (await district.AcceptAsync(district.Accept(await district.ReportAsync(measure, 5, photograph: "重拍"), 5))).HoldsLifted == 1
        );
    }

    [Fact]
    [Requirement("R02")]
    public async Task Who_reported_never_accepts()
    {
        var measure = await district.OrderAsync(await district.ViolationAsync(5), 5);
        var report = await district.ReportAsync(measure, 5, by: D.Officer);
        await district.RefusedAsync("chain.same-person", () => district.AcceptAsync(district.Accept(report, 5)));
        await district.RefusedAsync("store.act-not-allowed", () => district.AcceptAsync(district.Accept(report, 5), D.Town));
        await district.AcceptAsync(district.Accept(report, 5), D.Reviewer);
    }

    [Fact]
    public async Task An_acceptance_is_in_order_and_once_and_its_area_goes_with_its_outcome()
    {
        var measure = await district.OrderAsync(await district.ViolationAsync(5), 5);
        district.Clock.Set(new(2019, 7, 10));
        var report = await district.ReportAsync(measure, 4);
        var good = district.Accept(report, 4, outcome: "partial");
        await district.RefusedAsync("chain.in-future", () => district.AcceptAsync(good with { InspectedOn = new(2019, 7, 11) }));
        await district.RefusedAsync("chain.before-cause", () => district.AcceptAsync(good with { InspectedOn = new(2019, 7, 9) }));
        await district.RefusedAsync("chain.bad-value", () => district.AcceptAsync(good with { Outcome = "accepted" }));
        await district.RefusedAsync("chain.bad-value", () => district.AcceptAsync(good with { Outcome = "refused" }));
        await district.RefusedAsync("rectification.area-too-large", () => district.AcceptAsync(district.Accept(report, 5)));
        await district.AcceptAsync(good);
        await district.RefusedAsync("chain.already-done", () => district.AcceptAsync(good));
        await district.RefusedAsync("rectification.measure-ended", () => district.ReportAsync(measure, 1, photograph: "又一张"));
    }

    [Fact]
    public async Task Restored_land_is_accepted_by_class_and_agricultural_land_comes_back_as_such()
    {
        var measure = await district.OrderAsync(await district.ViolationAsync(5, cultivatedMu: 2), 5, cultivatedMu: 2);
        var good = district.Accept(await district.ReportAsync(measure, 5, 2), 5, 2);
        string Line(string code, double mu) => FormattableString.Invariant($"{code}={mu * D.Mu}");
        await district.RefusedAsync("rectification.checklist-open", () => district.AcceptAsync(good with { HardSurfaceRemoved = false }));
        await district.RefusedAsync("rectification.checklist-open", () => district.AcceptAsync(good with { FoundationRemoved = false }));
        await district.RefusedAsync("rectification.checklist-open", () => district.AcceptAsync(good with { Levelled = false }));
        await district.RefusedAsync("rectification.checklist-open", () => district.AcceptAsync(good with { SoilCoverCentimetres = null }));
        await district.RefusedAsync("chain.bad-value", () => district.AcceptAsync(good with { Classes = ["9999=1"] }));
        await district.RefusedAsync(
            "rectification.classes-do-not-add-up",
            () => district.AcceptAsync(good with { Classes = [Line("0103", 2), Line("0201", 2)] })
        );
        await district.RefusedAsync(
            "rectification.classes-do-not-add-up",
            () => district.AcceptAsync(good with { Classes = [Line("0103", 1), Line("0201", 4)] })
        );
        await district.RefusedAsync(
            "rectification.not-restored",
            () => district.AcceptAsync(good with { Classes = [Line("0103", 2), Line("0602", 3)] })
        );
        await district.RefusedAsync(
            "rectification.not-restored",
            () => district.AcceptAsync(good with { CultivatedSquareMetres = D.Mu, Classes = [Line("0103", 1), Line("0201", 4)] })
        );
        var answer = await district.AcceptAsync(good);
        Assert.Equal(0, answer.RemainingSquareMetres);
        await using var db = district.Store.Read();
        var row = await db.MeasureAcceptances.SingleAsync();
        Assert.Equal(2 * D.Mu, (double)JsonNode.Parse(row.ClassesJson)!["areas"]!["0103"]!, 6);
        Assert.Equal(40, (int)JsonNode.Parse(row.ChecklistJson)!["soilCoverCentimetres"]!);
    }

    [Fact]
    [Requirement("R31")]
    public async Task A_part_splits_the_measure_and_the_hold_ends_only_with_the_rest()
    {
        var violation = await district.ViolationAsync(5, cultivatedMu: 2);
        var measure = await district.OrderAsync(violation, 5, 2);
        district.Clock.Set(new(2019, 7, 20));
        var first = await district.AcceptAsync(district.Accept(await district.ReportAsync(measure, 3, 1), 3, 1, "partial"));
        Assert.Equal(2 * D.Mu, first.RemainingSquareMetres, 2);
        Assert.True(await district.IsHeldAsync(violation));
        await using (var db = district.Store.Read())
        {
            var (whole, rest) = (
                await db.Measures.SingleAsync(m => m.Id == measure),
                await db.Measures.SingleAsync(m => m.Id == first.RestId)
            );
            Assert.Equal((whole.Id, whole.DueOn, whole.Unit, whole.Kind), (rest.SplitFromId!.Value, rest.DueOn, rest.Unit, rest.Kind));
            Assert.Equal(2 * D.Mu, rest.AreaSquareMetres, 3);
            Assert.Equal(1 * D.Mu, rest.CultivatedSquareMetres, 3);
        }
        var second = await district.AcceptAsync(district.Accept(await district.ReportAsync(first.RestId!.Value, 2, 1), 2, 1));
        Assert.Equal((0, 1), (second.RemainingSquareMetres, second.HoldsLifted));
        Assert.False(await district.IsHeldAsync(violation));
        await using (var db = district.Store.Read())
        {
            var lift = await db.HoldLifts.SingleAsync();
            Assert.Equal(("acceptance", second.AcceptanceId), (lift.CauseKind, lift.CauseId));
        }
        Assert.Equal(2 * D.Mu, (await district.BalanceAsync(violation)).RestoredCultivatedSquareMetres, 3);
    }

    [Fact]
    public async Task An_open_measure_may_be_replaced_and_an_ended_one_may_not()
    {
        var violation = await district.ViolationAsync(5);
        var first = await district.OrderAsync(violation, 5);
        var second = await district.OrderAsync(violation, 5, kind: MeasureKind.RecordCompletion, replaces: first);
        await district.RefusedAsync("rectification.measure-ended", () => district.ReportAsync(first, 5));
        await district.RefusedAsync("rectification.measure-ended", () => district.OrderAsync(violation, 5, replaces: first));
        await district.RefusedAsync("rectification.proof-missing", () => district.ReportAsync(second, 5));
        var report = await ReportMeasure.Handle(
            district.Store,
            D.Town,
            district.Report(second, 5) with
            {
                RecordNumber = "设农备〔2019〕1号",
            }
        );
        await district.RefusedAsync("chain.out-of-order", () => district.OrderAsync(violation, 5, replaces: second));
        Assert.Equal(0, (await district.AcceptAsync(district.Accept(report, 5) with { Classes = [] })).RemainingSquareMetres);
        // A record makes it lawful; nothing was restored.
        Assert.Equal(0, (await district.BalanceAsync(violation)).RestoredSquareMetres);
    }

    [Fact]
    [Requirement("R32")]
    public async Task Formalities_come_after_the_penalty_and_by_the_higher_standard()
    {
        var violation = await district.ViolationAsync(5);
        var measure = await district.OrderAsync(violation, 5, kind: MeasureKind.Formalities);
        var good = district.Report(measure, 5) with
        {
            ApprovalNumber = "鲁政土字〔2019〕88号",
            ApprovedOn = new(2019, 7, 20),
            ApprovedSquareMetres = 5 * D.Mu,
            FormerStandardFen = 120_000_00,
            NewerStandardFen = 100_000_00,
            DoneOn = new(2019, 7, 20),
        };
        district.Clock.Set(new(2019, 7, 21));
        Task Handle(ReportMeasure.Request request) => ReportMeasure.Handle(district.Store, D.Town, request);
        await district.RefusedAsync("rectification.penalty-not-executed", () => Handle(good));
        var file = await district.CaseAsync(violation, (CaseStepKind.Decided, new(2019, 7, 5)));
        await district.RefusedAsync("rectification.penalty-not-executed", () => Handle(good));
        await district.AddAsync(StepOf(file, 2, CaseStepKind.Paid, new(2019, 7, 15)));
        await district.RefusedAsync("rectification.proof-missing", () => Handle(good with { ApprovalNumber = null }));
        await district.RefusedAsync("rectification.proof-missing", () => Handle(good with { ApprovedOn = null }));
        await district.RefusedAsync("rectification.proof-missing", () => Handle(good with { ApprovedSquareMetres = null }));
        await district.RefusedAsync("rectification.proof-missing", () => Handle(good with { FormerStandardFen = null }));
        await district.RefusedAsync("rectification.proof-missing", () => Handle(good with { NewerStandardFen = null }));
        await district.RefusedAsync("chain.before-cause", () => Handle(good with { ApprovedOn = new(2019, 7, 14) }));
        await district.RefusedAsync("rectification.area-too-large", () => Handle(good with { ApprovedSquareMetres = 4 * D.Mu }));
        await Handle(good);
        await using var db = district.Store.Read();
        var details = JsonNode.Parse((await db.MeasureReports.SingleAsync()).DetailsJson)!;
        Assert.Equal(("former", 120_000_00), ((string)details["chosen"]!, (long)details["chosenFen"]!));
        Assert.Equal(100_000_00, (long)details["newerStandardFen"]!);
        Assert.Equal("2019-07-15", (string)details["penaltyDoneOn"]!);
    }

    [Fact]
    [Requirement("R32")]
    public async Task A_handling_without_case_opens_the_way_once_it_is_signed()
    {
        var violation = await district.ViolationAsync(5);
        var handling = new NonCaseHandling
        {
            Id = Guid.CreateVersion7(),
            ViolationId = violation.Id,
            Kind = "other",
            On = new(2019, 7, 2),
            ReasonZh = "情节轻微",
            By = "district-officer",
            At = new(2019, 7, 2, 0, 0, 0, DateTimeKind.Utc),
        };
        await district.AddAsync(handling);
        await using var db = district.Store.Read();
        Assert.Null(await PenaltyExecution.DoneOnAsync(db, violation.Id, TestContext.Current.CancellationToken));
        await district.AddAsync(
            new Signature
            {
                Id = Guid.CreateVersion7(),
                SubjectKind = "non-case-handling",
                SubjectId = handling.Id,
                Purpose = "non-case-handling",
                Outcome = "approved",
                ReasonZh = "同意",
                By = "office-head",
                At = new(2019, 7, 3, 0, 0, 0, DateTimeKind.Utc),
            }
        );
        Assert.Equal(new DateOnly(2019, 7, 2), await PenaltyExecution.DoneOnAsync(db, violation.Id, TestContext.Current.CancellationToken));
    }

    internal static CaseStep StepOf(CaseFile file, int ordinal, string kind, DateOnly on) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            CaseFileId = file.Id,
            Ordinal = ordinal,
            Kind = kind,
            On = on,
            DetailsJson = "{}",
            By = "district-officer",
            At = new(2019, 7, 15, 0, 0, 0, DateTimeKind.Utc),
        };
}
