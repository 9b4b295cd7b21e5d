using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Escalation;
using Weipian.Flow.Store;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.Escalation;

/// <summary>Indicators with frozen definitions, the evaluation of the towns that never changes, and the appeal.</summary>
[Requirement("R60")]
public sealed class EvaluationTests
{
    /// <summary>Definitions that were published, by the hash of their file: a change is a new definition with a later day.</summary>
    private static readonly Dictionary<string, string> Published = new(StringComparer.Ordinal)
    {
        ["closing-rate"] = "8554d8146828c4ced45998297d192c0e8b570ce9b21c617a619aee601ae0ea8b",
        ["discovery-rate"] = "4e662b1fb34e5e4e4a90c0f5500fccbfd0481b6e333674583140ca20686f4b64",
        ["duty-rate"] = "b42525c8601daeb3f87a1c40ec9c72001dc20da66a8bad29721da2db21f2003e",
        ["error-rate"] = "a762f3933fffad0a9cf939c6d8a5bee4279d0708295ef96aaf03cc3745c8ff01",
        ["farmland-ratio"] = "2ab1f02840712bb59e47d8ef526087532f6398d6277060cb434200a940636c0b",
        ["filing-rate"] = "5523cee8a02eb09e2b7a25e9c3872b129f53c596cc4be3b0a27b4c0dddd3af14",
        ["filling-rate"] = "5c770ff1e85481f8af4b336ee99bfd11db42a6cb14c73868b57a9893a02180c4",
        ["rectification-rate"] = "27b1edc898d2ff3c927aca420cd011048d9b4a7313a3a10eacbab6f6e0792173",
        ["removed-area-rate"] = "bb23743982931e5190bd10fef43ac31b08462ffc02cf4faafcf54a54eb883637",
        ["stopping-rate"] = "6f1fec2bd73a3d278ccb9b624d2eede09b187fe05ac83f6702517e910e9c5560",
    };

    [Fact]
    public void Every_definition_has_its_function_and_every_function_its_definition()
    {
        var book = IndicatorBook.Load(RealLaw.Folder);
        Assert.Equal(Indicators.Bound, book.All.Select(d => d.Id).Order(StringComparer.Ordinal));
        Assert.Equal(Indicators.Order, book.All.Select(d => d.Id));
        Assert.All(
            book.All,
            d =>
            {
                Assert.Contains(d.Counts, (string[])["patches", "violations", "square-metres"]);
                Assert.Contains(d.Better, (string[])["high", "low"]);
                Assert.Contains(d.Confidence, (string[])["verified", "recalled", "derived"]);
                Assert.All((string[])[d.Zh, d.En, d.Numerator.Zh, d.Numerator.En, d.Denominator.Zh, d.Denominator.En], Assert.NotEmpty);
                if (d.Target is { } key)
                    Assert.NotNull(RealLaw.Book.Entry(key));
            }
        );
    }

    [Fact]
    public void A_published_definition_is_frozen() =>
        Assert.Equal(
            Published.OrderBy(p => p.Key, StringComparer.Ordinal),
            IndicatorBook.Load(RealLaw.Folder).All.ToDictionary(d => d.Id, d => d.Sha256).OrderBy(p => p.Key, StringComparer.Ordinal)
        );

    /// <summary>A target that another place set for 2012 is none in 2019.</summary>
    [Fact]
    public void A_target_holds_on_its_own_days_only()
    {
        var book = IndicatorBook.Load(RealLaw.Folder);
        Assert.Equal(0.95m, book["closing-rate"].TargetOn(RealLaw.Book, new(2019, 12, 31)));
        Assert.Null(book["discovery-rate"].TargetOn(RealLaw.Book, new(2019, 12, 31)));
        Assert.Null(book["duty-rate"].TargetOn(RealLaw.Book, new(2019, 12, 31)));
    }

    /// <summary>Four violations of a town: removed, closed, filed only, nothing; and what each indicator makes of them.</summary>
    [Fact]
    public async Task Each_indicator_counts_what_it_says_with_the_ids_behind_it()
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        var removed = await office.ViolationAsync("wangcun", cultivated: 1000);
        await office.CaseAsync(removed, closed: true);
        await office.MeasureAsync(removed, "2019-06-30", accepted: 1000, restored: 1000);
        var closed = await office.ViolationAsync("wangcun", cultivated: 3000);
        await office.CaseAsync(closed, closed: true);
        var filed = await office.ViolationAsync("wangcun", area: 2000);
        await office.CaseAsync(filed);
        var bare = await office.ViolationAsync("wangcun", area: 4000);
        await office.ViolationAsync("nanjiao", area: 5000);
        await office.ViolationAsync("wangcun", area: 9000, programme: "2019-q2");
        var facts = (await office.FactsAsync("2019-q1")).Of("wangcun");
        Figure Of(string id) => Indicators.Of(office.Indicators[id], facts, RealLaw.Book);
        Assert.Equal(
            ["25.00 %", "10.00 %", "50.00 %", "75.00 %", "66.67 %", "0.00 %", "0.00 %", "n/a", "n/a", "100.00 %"],
            Indicators.Order.Select(i => Of(i).Ratio.ToString())
        );
        Assert.Equal([removed.Id], Of("rectification-rate").Numerator.Select(i => i.Id));
        Assert.Equal([removed.Id, closed.Id, filed.Id, bare.Id], Of("filing-rate").Denominator.Select(i => i.Id));
        Assert.Equal([closed.Id], Of("farmland-ratio").Numerator.Select(i => i.Id));
    }

    /// <summary>The same day asked later gives the same figures: what was recorded afterwards does not reach back.</summary>
    [Fact]
    public async Task What_is_done_later_does_not_change_an_earlier_day()
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        var violation = await office.ViolationAsync("wangcun", area: 1000);
        office.Go("2019-07-20");
        await office.CaseAsync(violation, closed: true);
        await using var db = office.Store.Read();
        async Task<string> On(string day) =>
            Indicators
                .Of(
                    office.Indicators["filing-rate"],
                    await FigureReader.ReadAsync(db, RealLaw.Book, new(["2019-q1"]), EscalationOffice.Day(day)),
                    RealLaw.Book
                )
                .Ratio.ToString();
        Assert.Equal(("n/a", "0.00 %", "100.00 %"), (await On("2019-06-19"), await On("2019-07-19"), await On("2019-07-20")));
    }

    [Fact]
    public async Task A_published_table_never_changes_and_a_town_may_appeal_about_itself()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-09");
        var violation = await office.ViolationAsync("wangcun", area: 1000);
        Task<EvaluateTowns.Evaluated> Evaluate(Actor? by = null, string period = "2019-q2+2019-q1") =>
            EvaluateTowns.Handle(
                office.Store,
                by ?? EscalationOffice.OfficeHead,
                new(period, "总体较好", "季度评价"),
                RealLaw.Book,
                office.Indicators
            );
        await EscalationOffice.RefusedAsync("store.act-not-allowed", () => Evaluate(EscalationOffice.Wangcun));
        await EscalationOffice.RefusedAsync("chain.not-there", () => Evaluate(period: "2025-q9"));
        await EscalationOffice.RefusedAsync("chain.bad-value", () => Evaluate(period: " "));
        var published = await Evaluate();
        var before = await TableAsync(office, published.Id);
        Assert.Equal(("2019-q1+2019-q2", 8), (before.Period, before.Units.Count));
        Assert.Equal([violation.Id], before.Units.Single(u => u.Unit == "wangcun").Cell("filing-rate")!.DenominatorItems.Select(i => i.Id));

        await office.CaseAsync(violation, closed: true);
        Assert.Equal(0, (await TableAsync(office, published.Id)).District.Cell("filing-rate")!.Percent);
        await EscalationOffice.RefusedAsync("chain.already-done", () => Evaluate());

        Task<Guid> Appeal(Actor who, string indicator) =>
            AppealEvaluation.Handle(office.Store, who, new(published.Id, indicator, "案件已立案"));
        await EscalationOffice.RefusedAsync("store.act-not-allowed", () => Appeal(EscalationOffice.Government, "filing-rate"));
        await EscalationOffice.RefusedAsync("chain.not-there", () => Appeal(EscalationOffice.Wangcun, "charm"));
        await EscalationOffice.RefusedAsync("chain.other-unit", () => Appeal(new("town-x", "town", "atlantis"), "filing-rate"));
        var appeal = await Appeal(EscalationOffice.Wangcun, "filing-rate");
        await EscalationOffice.RefusedAsync("chain.already-done", () => Appeal(EscalationOffice.Wangcun, "filing-rate"));

        Task<Guid> Answer(Guid id, Actor? by = null) =>
            AnswerAppeal.Handle(office.Store, by ?? EscalationOffice.OfficeHead, new(id, "upheld", "情况属实"));
        await EscalationOffice.RefusedAsync("store.act-not-allowed", () => Answer(appeal, EscalationOffice.Wangcun));
        var answer = await Answer(appeal);
        await EscalationOffice.RefusedAsync("chain.already-done", () => Answer(appeal));
        await EscalationOffice.RefusedAsync("chain.not-there", () => Answer(answer));

        // Upheld, the period is evaluated again; the first table stays beside the second.
        office.Go("2019-07-12");
        var again = await Evaluate();
        Assert.Equal(100, (await TableAsync(office, again.Id)).District.Cell("filing-rate")!.Percent);
        Assert.Equal(0, (await TableAsync(office, published.Id)).District.Cell("filing-rate")!.Percent);
    }

    /// <summary>Every ground shows what was measured; without a number of the plan the line is not set; 15 % is the law’s.</summary>
    [Fact]
    [Requirement("R40")]
    public async Task A_ground_shows_its_list_and_its_distance_or_that_no_line_is_set()
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        var plan = office.Store.Plan;
        var taken = await office.ViolationAsync("wangcun", cultivated: 3000, farmland: 2000);
        var small = await office.ViolationAsync("wangcun", farmland: 2000);
        await office.FindAsync("wangcun", small.Number);
        await office.MeasureAsync(taken, "2019-06-19");
        await using var db = office.Store.Read();
        var records = await GroundFigures.RecordsAsync(db, plan, office.Store.Today);
        var facts = await office.FactsAsync([.. plan.Programmes.Select(p => p.Id)]);
        var sheets = GroundFigures
            .Of("wangcun", facts.Of("wangcun"), records["wangcun"], plan, RealLaw.Book, office.Indicators[FarmlandRatio.IndicatorId])
            .ToDictionary(s => s.Ground.Id);
        Assert.Equal(GroundIds.All, sheets.Keys);
        var pbf = sheets[GroundIds.Integrity].Lines.Single(l => l.Id == "integrity-permanent-farmland");
        Assert.Equal((3.00m, 5m, 2.00m, false), (pbf.Measured, pbf.Line, pbf.Distance, pbf.Reached));
        Assert.Equal(2000, pbf.Exact!.Value.Value);
        var redLine = sheets[GroundIds.RedLines].Lines[0];
        Assert.Equal((4.50m, null, null, false), (redLine.Measured, redLine.Line, redLine.Distance, redLine.Reached));
        Assert.Equal([taken.Id], redLine.Items.Select(i => i.Id));
        var ratio = sheets[GroundIds.CultivatedLand].Lines.Single(l => l.FromLaw);
        Assert.Equal((100m, 15m, true), (ratio.Measured, ratio.Line, ratio.Reached));
        Assert.Null(sheets[GroundIds.CultivatedLand].Lines.Single(l => l.Id == "cultivated-ratio").Line);
        Assert.Single(sheets[GroundIds.WeakSupervision].Lines.Single(l => l.Id == "late-measures").Items);
        Assert.Single(sheets[GroundIds.FalseData].Lines[0].Items);
    }

    private static async Task<EvaluationTable> TableAsync(EscalationOffice office, Guid evaluation)
    {
        await using var db = office.Store.Read();
        var row = await db.Evaluations.SingleAsync(e => e.Id == evaluation);
        var snapshot = await db.Snapshots.SingleAsync(s => s.Id == row.SnapshotId);
        return EvaluationTable.FromJson(Snapshots.Read(office.Store.Blobs, snapshot));
    }
}
