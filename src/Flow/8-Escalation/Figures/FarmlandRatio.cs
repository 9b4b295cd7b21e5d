using Weipian.Flow.CaseFiles;
using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>Cultivated land taken by new construction, as one term of the ratio takes it.</summary>
/// <param name="Illegal">Counts in the numerator; else only in the denominator.</param>
/// <param name="RestoredSquareMetres">Punished and accepted as restored to cultivation.</param>
/// <param name="RegularisedSquareMetres">Formalities completed: the land stays lost.</param>
/// <param name="Unsupplied">Its conversion was approved; counted apart.</param>
public sealed record FarmlandItem(
    string Kind,
    Guid Id,
    string Label,
    bool Illegal,
    double CultivatedSquareMetres,
    double RestoredSquareMetres = 0,
    double RegularisedSquareMetres = 0,
    bool KeyProject = false,
    bool Unsupplied = false
);

/// <summary>The ratio under one way of counting.</summary>
/// <param name="Id">One of <see cref="FarmlandVariants"/>.</param>
public sealed record FarmlandVariant(string Id, Figure Figure)
{
    public Ratio Ratio => Figure.Ratio;

    /// <summary>The line is reached: at least, compared exactly. False when not applicable.</summary>
    public bool Reaches(decimal line) => Ratio.Reaches(line);
}

/// <summary>The ways in which the ratio is counted; where no official rule was found both are shown.</summary>
public static class FarmlandVariants
{
    /// <summary>I / T.</summary>
    public const string Plain = "plain";

    /// <summary>(I − r) / (T − r).</summary>
    public const string Restored = "restored";

    /// <summary>(I − r) / T.</summary>
    public const string RestoredNumerator = "restored-numerator";

    public const string WithoutKeyProjects = "without-key-projects";

    public const string WithoutRegularised = "without-regularised";

    public const string WithUnsupplied = "with-unsupplied";

    public static IReadOnlyList<string> All { get; } =
    [Plain, Restored, RestoredNumerator, WithoutKeyProjects, WithoutRegularised, WithUnsupplied];
}

/// <summary>The share of cultivated land taken illegally in all that new construction took (违法占用耕地比例), every way of counting beside
/// the other.</summary>
[Cites("cn/order-15-land-violation-discipline", article: "3")]
public static class FarmlandRatio
{
    /// <summary>The share from which leaders are called to account; at least counts.</summary>
    public const string LineKey = "cn/order-15-land-violation-discipline/3#illegal_farmland_ratio_min";

    /// <summary>Its definition in <c>law/indicators</c>.</summary>
    public const string IndicatorId = "farmland-ratio";

    private const string RestoredKey = "cn/order-15-land-violation-discipline/3#restored_leaves_denominator";

    /// <summary>The variant that the switch of the law book names.</summary>
    public static string Governing(LawBook law, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(law);
        return law.AsOf(day, SelectingDate.Programme).Switch(RestoredKey).Value
            ? FarmlandVariants.Restored
            : FarmlandVariants.RestoredNumerator;
    }

    /// <summary>The terms of a unit: its violations, confirmed illegal parcels that nobody bound yet, and legal new construction.</summary>
    /// <param name="notNew">Codes of legal verdicts that are no new construction land.</param>
    /// <param name="unsupplied">Codes of use before supply.</param>
    public static IReadOnlyList<FarmlandItem> Items(FigureFacts facts, IReadOnlyList<string> notNew, IReadOnlyList<string> unsupplied)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var violations = facts
            .Violations.Where(v => v.Violation.Kind == PatchKind.Land && v.Violation.Source != ViolationSource.Backlog)
            .Select(v => new FarmlandItem(
                "violation",
                v.Violation.Id,
                v.Violation.Number,
                true,
                v.Violation.CultivatedSquareMetres,
                v.Balance.RestoredCultivatedSquareMetres,
                v.RegularisedCultivatedSquareMetres,
                v.Violation.KeyProject,
                unsupplied.Contains(v.Violation.TypeCode)
            ));
        var parcels = facts
            .Land.Where(l => !l.Bound && (l.Illegal || !notNew.Contains(l.Code)))
            .Select(l => new FarmlandItem(
                "parcel",
                l.ParcelId,
                l.Number,
                l.Illegal,
                l.CultivatedSquareMetres,
                Unsupplied: l.Illegal && unsupplied.Contains(l.Code)
            ));
        return [.. violations.Concat(parcels).Where(i => i.CultivatedSquareMetres > 0)];
    }

    /// <summary>Every way of counting over the same terms.</summary>
    public static IReadOnlyList<FarmlandVariant> Of(IReadOnlyList<FarmlandItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return
        [
            Count(FarmlandVariants.Plain, items, subtract: false, fromDenominator: false),
            Count(FarmlandVariants.Restored, items),
            Count(FarmlandVariants.RestoredNumerator, items, fromDenominator: false),
            Count(FarmlandVariants.WithoutKeyProjects, [.. items.Where(i => !i.KeyProject)]),
            Count(FarmlandVariants.WithoutRegularised, items, regularised: false),
            Count(FarmlandVariants.WithUnsupplied, items, unsupplied: true),
        ];
    }

    private static FarmlandVariant Count(
        string id,
        IReadOnlyList<FarmlandItem> items,
        bool subtract = true,
        bool fromDenominator = true,
        bool regularised = true,
        bool unsupplied = false
    )
    {
        double Illegal(FarmlandItem item) =>
            item.CultivatedSquareMetres - (subtract ? item.RestoredSquareMetres : 0) - (regularised ? 0 : item.RegularisedSquareMetres);
        double Taken(FarmlandItem item) => item.CultivatedSquareMetres - (fromDenominator ? item.RestoredSquareMetres : 0);
        var numerator = items.Where(i => i.Illegal && (unsupplied || !i.Unsupplied)).Select(i => Behind(i, Illegal(i)));
        var denominator = items.Select(i => Behind(i, Taken(i)));
        return new(
            id,
            new Figure(IndicatorId, "square-metres", [.. numerator.Where(i => i.Value > 0)], [.. denominator.Where(i => i.Value > 0)])
        );
    }

    private static FigureItem Behind(FarmlandItem item, double value) => new(item.Kind, item.Id, item.Label, value);
}
