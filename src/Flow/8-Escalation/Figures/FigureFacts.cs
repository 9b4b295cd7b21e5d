using Weipian.Flow.CaseFiles;
using Weipian.Flow.Rectification;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>Which violations and patches figures are about.</summary>
/// <param name="Programmes">Ids of programmes, in the order of the plan.</param>
/// <param name="WithBacklog">Historic violations, which belong to no programme, as well.</param>
public sealed record FigureScope(IReadOnlyList<string> Programmes, bool WithBacklog = false)
{
    /// <summary>As evaluations and snapshots name it: ids joined by <c>+</c>.</summary>
    public string Period => string.Join('+', Programmes);
}

/// <summary>A violation with what was done about it until a day.</summary>
/// <param name="Filed">A case was filed.</param>
/// <param name="Closed">Its case was closed.</param>
/// <param name="WithoutCase">Handled without case, signed by a second person.</param>
/// <param name="HandedOver">Transferred to the department that answers for it.</param>
/// <param name="FoundByPatrol">Found by daily patrol before its patch was issued.</param>
/// <param name="Stopped">A stop notice was served, or work stood still.</param>
/// <param name="Major">Raised by listing, report to the government or joint enforcement: a major or typical case.</param>
public sealed record ViolationFigure(
    ViolationBalance Balance,
    bool Filed,
    bool Closed,
    bool WithoutCase,
    bool HandedOver,
    bool FoundByPatrol,
    bool Stopped,
    bool Major
)
{
    public Violation Violation => Balance.Violation;

    /// <summary>Cultivated land whose formalities were completed: removed from the ledger, lost to the plough.</summary>
    public double RegularisedCultivatedSquareMetres =>
        Math.Max(0, Balance.RemovedCultivatedSquareMetres - Balance.RestoredCultivatedSquareMetres);
}

/// <summary>A patch as its unit filled it in until a day.</summary>
/// <param name="Unit">The responsible unit with the largest share; empty in the queue of the office.</param>
/// <param name="Filled">Every parcel has a verdict that was not sent back.</param>
/// <param name="HandedIn">A visit or a verdict was handed in at least once.</param>
/// <param name="SentBack">One was sent back at least once.</param>
public sealed record PatchFigure(Guid Id, string Number, string Unit, bool Filled, bool HandedIn, bool SentBack);

/// <summary>A share of a confirmed parcel of land, as the ratio of cultivated land takes it.</summary>
/// <param name="Bound">It is part of a violation, which counts it.</param>
public sealed record LandFigure(
    Guid ParcelId,
    string Number,
    string Code,
    bool Illegal,
    bool Bound,
    string Unit,
    double CultivatedSquareMetres
);

/// <summary>Everything that figures are reckoned from, as it stood at the end of a day.</summary>
/// <param name="On">Inclusive, in Asia/Shanghai.</param>
public sealed record FigureFacts(
    DateOnly On,
    FigureScope Scope,
    IReadOnlyList<ViolationFigure> Violations,
    IReadOnlyList<PatchFigure> Patches,
    IReadOnlyList<LandFigure> Land
)
{
    /// <summary>The part of one responsible unit.</summary>
    public FigureFacts Of(string unit) =>
        this with
        {
            Violations = [.. Violations.Where(v => v.Violation.Unit == unit)],
            Patches = [.. Patches.Where(p => p.Unit == unit)],
            Land = [.. Land.Where(l => l.Unit == unit)],
        };
}

/// <summary>One thing behind a figure.</summary>
/// <param name="Kind"><c>violation</c>, <c>patch</c> or <c>parcel</c>.</param>
/// <param name="Label">Its number.</param>
/// <param name="Value">1 for what is counted, square metres for what is measured.</param>
public sealed record FigureItem(string Kind, Guid Id, string Label, double Value);

/// <summary>A share of two terms, with every thing behind each.</summary>
/// <param name="Counts">As the definition has it: <c>patches</c>, <c>violations</c> or <c>square-metres</c>.</param>
public sealed record Figure(string IndicatorId, string Counts, IReadOnlyList<FigureItem> Numerator, IReadOnlyList<FigureItem> Denominator)
{
    public double NumeratorValue => Numerator.Sum(i => i.Value);

    public double DenominatorValue => Denominator.Sum(i => i.Value);

    /// <summary>Not applicable without a denominator: never 0 %, never 100 %.</summary>
    public Ratio Ratio =>
        Counts == "square-metres"
            ? Ratio.Of(new SquareMetres(NumeratorValue), new SquareMetres(DenominatorValue))
            : Ratio.Of(Numerator.Count, (decimal)Denominator.Count);
}
