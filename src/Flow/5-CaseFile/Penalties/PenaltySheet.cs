using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>Between what and what the fine of one violation lies, by the law of the day of its act; never a proposal of an amount.
/// </summary>
/// <param name="ActOn">The day that selects the law.</param>
/// <param name="ActOnBasis">Where the day comes from: <c>image</c> (the last that shows the act), <c>started</c>, <c>entered</c>.</param>
/// <param name="Range">Null where the kind of violation has no range that areas or values alone give, where a figure is missing, or
/// where the law states nothing for the day.</param>
/// <param name="NotSet">Why the law gives no range.</param>
/// <param name="Structures">What happens to what stands there; null where the conformity with the plan is not known.</param>
/// <param name="NeedsValue">Mining: the appraised value of the product decides, and it is not on file.</param>
public sealed record PenaltySheet(
    DateOnly ActOn,
    string ActOnBasis,
    FineRange? Range,
    Problem? NotSet,
    StructuresOrder? Structures,
    bool NeedsValue
)
{
    /// <summary>Land occupied without a valid title: what the articles on unlawful occupation are about.</summary>
    public static IReadOnlyList<string> Occupation { get; } = ["I1", "I3", "I5"];

    /// <summary>Mining without a right, beyond its boundary, after it ran out.</summary>
    public static IReadOnlyList<string> Mining { get; } = ["MI1", "MI2", "MI3"];

    private static readonly string[] BeyondBoundary = ["MI2"];

    /// <summary>Pure.</summary>
    /// <param name="planConforming">Null where no plan layer spoke about every parcel.</param>
    /// <param name="decidedOn">The day of the decision; null while there is none, and then today counts.</param>
    /// <param name="valueYuan">Mining: market value of the product by an appraisal.</param>
    /// <param name="incomeYuan">Mining: what was earned; null when none was found.</param>
    public static PenaltySheet Of(
        Violation violation,
        (DateOnly Day, string Basis) act,
        SquareMetres? planConforming,
        DateOnly decidedOn,
        LawBook law,
        decimal? valueYuan = null,
        decimal? incomeYuan = null
    )
    {
        ArgumentNullException.ThrowIfNull(violation);
        var sheet = new PenaltySheet(act.Day, act.Basis, null, null, null, NeedsValue: false);
        try
        {
            if (violation.Kind == PatchKind.Land && Occupation.Contains(violation.TypeCode))
            {
                var occupied = OccupationOf(violation, act.Day, decidedOn, planConforming);
                return sheet with
                {
                    Range = FineRanges.Of(occupied, law),
                    Structures = planConforming is null ? null : FineRanges.Structures(occupied),
                };
            }
            if (!Mining.Contains(violation.TypeCode))
                return sheet;
            if (valueYuan is not { } value)
                return sheet with { NeedsValue = true };
            var beyond = BeyondBoundary.Contains(violation.TypeCode);
            return sheet with { Range = FineRanges.Of(new UnlawfulMining(act.Day, decidedOn, beyond, value, incomeYuan), law) };
        }
        catch (Problem unset) when (unset.Code.StartsWith("law.", StringComparison.Ordinal))
        {
            return sheet with { NotSet = unset };
        }
    }

    /// <summary>What the store knows of the act: its day, and how much of the ground conforms to the plan.</summary>
    public static async Task<((DateOnly Day, string Basis) Act, SquareMetres? PlanConforming)> FactsAsync(
        StoreContext db,
        Violation violation,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(violation);
        var parcels = await (
            from link in db.ViolationParcels
            where link.ViolationId == violation.Id
            join parcel in db.Parcels on link.ParcelId equals parcel.Id
            join patch in db.Patches on link.PatchId equals patch.Id
            select new { parcel.AreasJson, patch.After }
        ).ToListAsync(stop);
        var areas = parcels.Select(p => ParcelRows.AreasOf(p.AreasJson)?.PlanConforming).ToList();
        SquareMetres? conforming = areas.Count > 0 && areas.All(a => a is not null) ? new(areas.Sum(a => a!.Value)) : null;
        var shown = parcels.Select(p => p.After).Max();
        var act =
            shown is { } image ? (image, "image")
            : violation.StartedOn is { } started ? (started, "started")
            : (ChinaTime.DayOf(new DateTimeOffset(violation.At, TimeSpan.Zero)), "entered");
        return (act, conforming);
    }

    private static LandOccupation OccupationOf(Violation violation, DateOnly actOn, DateOnly decidedOn, SquareMetres? planConforming) =>
        new(
            actOn,
            decidedOn,
            new(violation.AreaSquareMetres),
            new(violation.PermanentFarmlandSquareMetres),
            // A plan that says more than the violation is large cannot be: the parts were rounded apart.
            new(Math.Min(planConforming?.Value ?? 0, violation.AreaSquareMetres))
        );
}
