using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;

namespace Weipian.Flow.Rectification;

/// <summary>How much of a violation is left on the ground: its area less what was accepted on site as removed.</summary>
/// <param name="AreaSquareMetres">Of the whole violation.</param>
/// <param name="RemovedSquareMetres">Accepted, by routes that remove area; never more than the whole.</param>
/// <param name="RestoredCultivatedSquareMetres">Cultivated land accepted as restored (复耕到位), by demolition only.</param>
public sealed record ViolationBalance(
    Violation Violation,
    double AreaSquareMetres,
    double RemovedSquareMetres,
    double CultivatedSquareMetres,
    double RemovedCultivatedSquareMetres,
    double RestoredCultivatedSquareMetres
)
{
    /// <summary>Below this an area is the rounding of a form, not ground: half of 0.01 亩, in square metres.</summary>
    public const double ClosureSquareMetres = 10.0 / 3;

    public double RemainingSquareMetres =>
        AreaSquareMetres - RemovedSquareMetres <= ClosureSquareMetres ? 0 : AreaSquareMetres - RemovedSquareMetres;

    public double RemainingCultivatedSquareMetres =>
        RemainingSquareMetres <= 0 ? 0 : Math.Max(0, CultivatedSquareMetres - RemovedCultivatedSquareMetres);

    /// <summary>Nothing is left of it.</summary>
    public bool IsRemoved => RemainingSquareMetres <= 0;
}

/// <summary>Balances as they stood at the end of a day.</summary>
public static class ViolationBalances
{
    /// <summary>The violations in force (those that no correction replaced) made until a day, with what was accepted until then.</summary>
    /// <param name="until">Inclusive, in Asia/Shanghai: acceptances count by the day on site.</param>
    public static async Task<IReadOnlyList<ViolationBalance>> OfAsync(
        StoreContext db,
        IQueryable<Violation> violations,
        DateOnly until,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        var replaced = db.Violations.Where(v => v.SupersedesId != null).Select(v => v.SupersedesId);
        var found = await violations.Where(v => !replaced.Contains(v.Id)).OrderBy(v => v.Number).ToListAsync(stop);
        var accepted = await (
            from acceptance in db.MeasureAcceptances
            join measure in db.Measures on acceptance.MeasureId equals measure.Id
            where acceptance.InspectedOn <= until
            select new
            {
                measure.ViolationId,
                measure.Kind,
                acceptance.AreaSquareMetres,
                acceptance.CultivatedSquareMetres,
            }
        ).ToListAsync(stop);
        var removing = accepted.Where(a => MeasureKind.RemovesArea(a.Kind)).ToLookup(a => a.ViolationId);
        return
        [
            .. found.Select(v => new ViolationBalance(
                v,
                v.AreaSquareMetres,
                Math.Min(v.AreaSquareMetres, removing[v.Id].Sum(a => a.AreaSquareMetres)),
                v.CultivatedSquareMetres,
                Math.Min(v.CultivatedSquareMetres, removing[v.Id].Sum(a => a.CultivatedSquareMetres)),
                Math.Min(
                    v.CultivatedSquareMetres,
                    removing[v.Id].Where(a => a.Kind == MeasureKind.DemolishRestore).Sum(a => a.CultivatedSquareMetres)
                )
            )),
        ];
    }
}
