using Weipian.Flow.CaseFiles;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>The function behind each definition of <c>law/indicators</c>: facts of a unit in, a figure with its lists out.</summary>
public static class Indicators
{
    /// <summary>The outcome of rectification is the first measure of the work; the rest follows the work.</summary>
    public static IReadOnlyList<string> Order { get; } =
    [
        "rectification-rate",
        "removed-area-rate",
        "duty-rate",
        "filing-rate",
        "closing-rate",
        "discovery-rate",
        "stopping-rate",
        "filling-rate",
        "error-rate",
        "farmland-ratio",
    ];

    private static readonly Dictionary<string, Func<FigureFacts, IndicatorDefinition, LawBook, Figure>> Functions = new(
        StringComparer.Ordinal
    )
    {
        ["filling-rate"] = (facts, about, _) => Patches(about, facts.Patches, p => p.Filled),
        ["error-rate"] = (facts, about, _) => Patches(about, [.. facts.Patches.Where(p => p.HandedIn)], p => p.SentBack),
        ["filing-rate"] = (facts, about, _) =>
            Violations(about, [.. facts.Violations.Where(v => v.Filed || !(v.WithoutCase || v.HandedOver))], v => v.Filed),
        ["closing-rate"] = (facts, about, _) => Violations(about, [.. facts.Violations.Where(v => v.Filed)], v => v.Closed),
        ["duty-rate"] = (facts, about, _) => Violations(about, facts.Violations, v => v.Closed || v.WithoutCase),
        ["rectification-rate"] = (facts, about, _) =>
            Violations(about, facts.Violations, v => (v.Closed && v.Balance.IsRemoved) || v.WithoutCase),
        ["removed-area-rate"] = (facts, about, _) =>
            new(
                about.Id,
                about.Counts,
                [.. facts.Violations.Select(v => Behind(v, v.Balance.RemovedSquareMetres)).Where(i => i.Value > 0)],
                [.. facts.Violations.Select(v => Behind(v, v.Balance.AreaSquareMetres))]
            ),
        ["discovery-rate"] = (facts, about, _) =>
            Violations(about, [.. facts.Violations.Where(v => v.Violation.Source == ViolationSource.Patch)], v => v.FoundByPatrol),
        ["stopping-rate"] = (facts, about, _) =>
            Violations(about, [.. facts.Violations.Where(v => v.Violation.Source != ViolationSource.Backlog)], v => v.Stopped),
        ["farmland-ratio"] = Farmland,
    };

    /// <summary>Ids that have a function, in ordinal order.</summary>
    public static IReadOnlyList<string> Bound { get; } = [.. Functions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>One indicator over the facts of a unit, or of the district.</summary>
    public static Figure Of(IndicatorDefinition about, FigureFacts facts, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(facts);
        return Functions[about.Id](facts, about, law);
    }

    private static Figure Farmland(FigureFacts facts, IndicatorDefinition about, LawBook law)
    {
        var variants = FarmlandRatio.Of(FarmlandRatio.Items(facts, about.CodesOf("not-new"), about.CodesOf("unsupplied")));
        return variants.Single(v => v.Id == FarmlandRatio.Governing(law, facts.On)).Figure;
    }

    private static Figure Patches(IndicatorDefinition about, IReadOnlyList<PatchFigure> all, Func<PatchFigure, bool> counts) =>
        new(about.Id, about.Counts, [.. all.Where(counts).Select(Behind)], [.. all.Select(Behind)]);

    private static Figure Violations(IndicatorDefinition about, IReadOnlyList<ViolationFigure> all, Func<ViolationFigure, bool> counts) =>
        new(about.Id, about.Counts, [.. all.Where(counts).Select(v => Behind(v))], [.. all.Select(v => Behind(v))]);

    private static FigureItem Behind(PatchFigure patch) => new("patch", patch.Id, patch.Number, 1);

    private static FigureItem Behind(ViolationFigure violation, double value = 1) =>
        new("violation", violation.Violation.Id, violation.Violation.Number, value);
}
