using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>What was measured for a ground, against its line.</summary>
/// <param name="Id">Threshold of the plan, key of the law book, or a name of the measured thing.</param>
/// <param name="Measured">In <paramref name="Unit"/>; null when not applicable.</param>
/// <param name="Unit"><c>mu</c>, <c>percent</c> or <c>count</c>.</param>
/// <param name="Line">In the same unit; null: the line is not set.</param>
/// <param name="Reached">Compared exactly, not by the rounded figures beside it.</param>
/// <param name="FromLaw">The line stands in the law book and not in the plan: a reference for a town.</param>
/// <param name="Items">Everything behind the figure.</param>
public sealed record GroundLine(
    string Id,
    Bilingual Name,
    decimal? Measured,
    string Unit,
    decimal? Line,
    bool Reached,
    bool FromLaw,
    IReadOnlyList<FigureItem> Items
)
{
    /// <summary>How much is left to the line; negative above it. Null where there is no line or nothing to measure.</summary>
    public decimal? Distance => Line - Measured;

    /// <summary>The area behind <see cref="Measured"/> as it is compared with the line; null for what is no area.</summary>
    public SquareMetres? Exact { get; init; }
}

/// <summary>A ground of the plan as it stands for one unit.</summary>
/// <param name="RaisedOnly">Nothing of it can be computed: a signed reason raises it.</param>
public sealed record GroundSheet(PlanGround Ground, string Unit, bool RaisedOnly, IReadOnlyList<GroundLine> Lines)
{
    /// <summary>A line that has a number is reached.</summary>
    public bool IsReached => Lines.Any(l => l.Reached);

    /// <summary>Something stands behind the ground, whether or not a line is set.</summary>
    public bool HasItems => Lines.Any(l => l.Items.Count > 0);
}

/// <summary>Ids of the grounds that the product knows how to compute; any other ground of a plan is raised by a person.</summary>
public static class GroundIds
{
    public const string Integrity = "integrity";
    public const string RedLines = "interview-red-lines";
    public const string CultivatedLand = "interview-cultivated-land";
    public const string MajorCases = "interview-major-cases";
    public const string WeakSupervision = "interview-weak-supervision";
    public const string FalseData = "interview-false-data";
    public const string AfterDeadline = "accountability-after-deadline";

    /// <summary>Those on which the office proposes to the government, in the order shown.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Integrity, RedLines, CultivatedLand, MajorCases, WeakSupervision, FalseData, AfterDeadline];
}

/// <summary>What beside the figures tells of a unit: findings, what is late, interviews.</summary>
/// <param name="LateMeasures">Past their last day without an acceptance.</param>
/// <param name="LateVisits">Assignments past their last day without a visit.</param>
/// <param name="Interviews">Started, and past the day of acceptance without one.</param>
public sealed record UnitRecord(
    IReadOnlyList<IntegrityFinding> Findings,
    IReadOnlyList<FigureItem> LateMeasures,
    IReadOnlyList<FigureItem> LateVisits,
    IReadOnlyList<FigureItem> Interviews
);

/// <summary>The grounds of the plan for a unit: the list behind each, the distance where plan or law gives a number.</summary>
public static class GroundFigures
{
    /// <summary>Pure: every ground on which something may be proposed to the government.</summary>
    public static IReadOnlyList<GroundSheet> Of(
        string unit,
        FigureFacts facts,
        UnitRecord record,
        WorkPlan plan,
        LawBook law,
        IndicatorDefinition farmland
    )
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(plan);
        var known = plan.Grounds.Where(g => GroundIds.All.Contains(g.Id)).OrderBy(g => GroundIds.All.ToList().IndexOf(g.Id));
        return
        [
            .. known.Select(g => new GroundSheet(
                g,
                unit,
                g.Found == "raised" && g.Id is not (GroundIds.FalseData or GroundIds.AfterDeadline),
                [.. LinesOf(g, facts, record, plan, law, farmland)]
            )),
        ];
    }

    /// <summary>Reads what beside the figures tells of every unit, as it stood at the end of a day.</summary>
    public static async Task<IReadOnlyDictionary<string, UnitRecord>> RecordsAsync(
        StoreContext db,
        WorkPlan plan,
        DateOnly on,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plan);
        var findings = (await db.IntegrityFindings.Where(f => f.FoundOn <= on).ToListAsync(stop)).ToLookup(f => f.Unit);
        var measures = (await LateMeasuresAsync(db, on, stop)).ToLookup(m => m.Unit, m => m.Item);
        var visits = (await LateVisitsAsync(db, on, stop)).ToLookup(m => m.Unit, m => m.Item);
        var interviews = (await InterviewClock.ReadAsync(db, on, stop)).Where(i => i.IsOverdue).ToLookup(i => i.Interview.Unit);
        return plan.Units.Responsible.ToDictionary(
            u => u.Id,
            u => new UnitRecord(
                [.. findings[u.Id].OrderBy(f => f.FoundOn)],
                [.. measures[u.Id]],
                [.. visits[u.Id]],
                [.. interviews[u.Id].Select(i => new FigureItem("interview", i.Interview.Id, $"{i.Interview.StartedOn:yyyy-MM-dd}", 1))]
            ),
            StringComparer.Ordinal
        );
    }

    private static IEnumerable<GroundLine> LinesOf(
        PlanGround ground,
        FigureFacts facts,
        UnitRecord record,
        WorkPlan plan,
        LawBook law,
        IndicatorDefinition farmland
    ) =>
        ground.Id switch
        {
            GroundIds.Integrity => IntegrityLines(ground, facts, record, plan),
            GroundIds.RedLines => RedLines(ground, facts, plan),
            GroundIds.CultivatedLand => CultivatedLines(ground, facts, plan, law, farmland),
            GroundIds.MajorCases => [Count(plan, ground.Thresholds[0], facts.Violations.Where(v => v.Major).Select(v => Behind(v, 1)))],
            GroundIds.WeakSupervision =>
            [
                Count("late-measures", new("逾期未验收的整改措施", "Measures past their day"), record.LateMeasures),
                Count("late-visits", new("逾期未核查的图斑", "Patches past their day of visit"), record.LateVisits),
                Count(
                    "without-case",
                    new("未立案、未作非立案处理、未移交的违法", "Violations without case, handling or transfer"),
                    facts.Violations.Where(v => !v.Filed && !v.WithoutCase && !v.HandedOver).Select(v => Behind(v, 1))
                ),
            ],
            GroundIds.FalseData => [Count("findings", new("已认定的弄虚作假等问题", "Findings of fraud and the like"), Findings(record))],
            GroundIds.AfterDeadline =>
            [
                Count("interviews", new("验收期满未通过的约谈", "Interviews past the day of acceptance"), record.Interviews),
            ],
            _ => [],
        };

    /// <summary>The largest violation on each kind of land: one with a finding may trigger, one without never does.</summary>
    private static IEnumerable<GroundLine> IntegrityLines(PlanGround ground, FigureFacts facts, UnitRecord record, WorkPlan plan)
    {
        yield return Count(
            "findings",
            new("已认定的弄虚作假、瞒案不报、压案不查", "Findings of fraud, concealment, sitting on a case"),
            Findings(record)
        );
        var triggers = facts
            .Violations.Select(v => ImmediateTrigger.Of(v.Violation, record.Findings, ground.Thresholds.Select(plan.Threshold)))
            .Where(t => t.Findings.Count > 0)
            .ToList();
        foreach (var threshold in ground.Thresholds.Select(plan.Threshold))
        {
            var measured =
                from trigger in triggers
                let line = trigger.Lines.FirstOrDefault(l => l.Threshold == threshold)
                where line is not null && line.Measured.Value > 0
                orderby line.Measured.Value descending
                select (trigger.Violation, Line: line);
            var all = measured.ToList();
            yield return new(
                threshold.Id,
                threshold.Name,
                all.Count == 0 ? null : all[0].Line.Measured.ToMu().Value,
                "mu",
                threshold.Amount,
                all.Any(m => m.Line.Reached),
                false,
                [.. all.Select(m => new FigureItem("violation", m.Violation.Id, m.Violation.Number, m.Line.Measured.Value))]
            )
            {
                Exact = all.Count == 0 ? null : all[0].Line.Measured,
            };
        }
    }

    private static IEnumerable<GroundLine> RedLines(PlanGround ground, FigureFacts facts, WorkPlan plan)
    {
        var left = facts.Violations.Where(v => !v.Balance.IsRemoved).ToList();
        yield return Area(plan.Threshold(ground.Thresholds[0]), left.Select(v => Behind(v, v.Balance.RemainingCultivatedSquareMetres)));
        yield return Area(
            "permanent-farmland",
            new("占用永久基本农田（未消除）", "Permanent basic farmland taken, not removed"),
            left.Select(v => Behind(v, v.Violation.PermanentFarmlandSquareMetres))
        );
        yield return Area(
            "outside-urban",
            new("突破城镇开发边界（未消除）", "Outside the urban boundary, not removed"),
            left.Select(v => Behind(v, v.Violation.OutsideUrbanSquareMetres))
        );
    }

    private static IEnumerable<GroundLine> CultivatedLines(
        PlanGround ground,
        FigureFacts facts,
        WorkPlan plan,
        LawBook law,
        IndicatorDefinition farmland
    )
    {
        foreach (var threshold in ground.Thresholds.Select(plan.Threshold).Where(t => t.Unit == PlanUnitOfMeasure.Mu))
            yield return Area(threshold, facts.Violations.Select(v => Behind(v, v.Violation.CultivatedSquareMetres)));
        var figure = Indicators.Of(farmland, facts, law);
        foreach (var threshold in ground.Thresholds.Select(plan.Threshold).Where(t => t.Unit == PlanUnitOfMeasure.Ratio))
            yield return Share(threshold.Id, threshold.Name, figure, threshold.Amount, fromLaw: false);
        var line = law.AsOf(facts.On, SelectingDate.Programme);
        if (line.TryNumber(FarmlandRatio.LineKey, out var value, out _))
            yield return Share(
                FarmlandRatio.LineKey,
                new(value.Citation.Chinese, value.Citation.English),
                figure,
                value.Value,
                fromLaw: true
            );
    }

    private static GroundLine Share(string id, Bilingual name, Figure figure, decimal? line, bool fromLaw) =>
        new(id, name, figure.Ratio.Percent, "percent", line * 100, line is { } at && figure.Ratio.Reaches(at), fromLaw, figure.Numerator);

    private static GroundLine Area(PlanThreshold threshold, IEnumerable<FigureItem> items)
    {
        var all = items.Where(i => i.Value > 0).ToList();
        var area = new SquareMetres(all.Sum(i => i.Value));
        return new(
            threshold.Id,
            threshold.Name,
            area.ToMu().Value,
            "mu",
            threshold.Amount,
            threshold.IsSet && threshold.Area.IsReachedBy(area),
            false,
            all
        )
        {
            Exact = area,
        };
    }

    private static GroundLine Area(string id, Bilingual name, IEnumerable<FigureItem> items)
    {
        var all = items.Where(i => i.Value > 0).ToList();
        return new(id, name, new SquareMetres(all.Sum(i => i.Value)).ToMu().Value, "mu", null, false, false, all);
    }

    private static GroundLine Count(WorkPlan plan, string thresholdId, IEnumerable<FigureItem> items)
    {
        var threshold = plan.Threshold(thresholdId);
        List<FigureItem> all = [.. items];
        return new(threshold.Id, threshold.Name, all.Count, "count", threshold.Amount, all.Count >= threshold.Amount, false, all);
    }

    private static GroundLine Count(string id, Bilingual name, IEnumerable<FigureItem> items)
    {
        List<FigureItem> all = [.. items];
        return new(id, name, all.Count, "count", null, false, false, all);
    }

    private static IEnumerable<FigureItem> Findings(UnitRecord record) =>
        record.Findings.Select(f => new FigureItem("integrity-finding", f.Id, $"{f.FoundOn:yyyy-MM-dd}", 1));

    private static FigureItem Behind(ViolationFigure figure, double value) =>
        new("violation", figure.Violation.Id, figure.Violation.Number, value);

    private static async Task<List<(string Unit, FigureItem Item)>> LateMeasuresAsync(StoreContext db, DateOnly day, CancellationToken stop)
    {
        var late = await (
            from measure in db.Measures
            join violation in db.Violations on measure.ViolationId equals violation.Id
            where measure.DueOn < day && !db.Measures.Any(m => m.SplitFromId == measure.Id)
            where !db.MeasureAcceptances.Any(a => a.MeasureId == measure.Id && a.Outcome == "accepted" && a.InspectedOn <= day)
            orderby violation.Number
            select new
            {
                measure.Id,
                measure.Unit,
                violation.Number,
            }
        ).ToListAsync(stop);
        return [.. late.Select(m => (m.Unit, new FigureItem("measure", m.Id, m.Number, 1)))];
    }

    private static async Task<List<(string Unit, FigureItem Item)>> LateVisitsAsync(StoreContext db, DateOnly day, CancellationToken stop)
    {
        var until = ChinaTime.EndOf(day).UtcDateTime;
        var late = await (
            from assignment in db.VisitAssignments
            join patch in db.Patches on assignment.PatchId equals patch.Id
            where assignment.DueOn < day && !db.VisitAssignments.Any(a => a.SupersedesId == assignment.Id)
            where !db.Visits.Any(v => v.PatchId == assignment.PatchId && v.RecordedAt < until)
            orderby patch.Number
            select new
            {
                patch.Id,
                assignment.Unit,
                patch.Number,
            }
        ).ToListAsync(stop);
        return [.. late.Select(m => (m.Unit, new FigureItem("patch", m.Id, m.Number, 1)))];
    }
}
