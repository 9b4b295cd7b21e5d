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

    /// <summary>Accepted as demolished and restored (恢复土地原貌), of what is removed.</summary>
    public double RestoredSquareMetres { get; init; }

    public double RemainingSquareMetres =>
        AreaSquareMetres - RemovedSquareMetres <= ClosureSquareMetres ? 0 : AreaSquareMetres - RemovedSquareMetres;

    public double RemainingCultivatedSquareMetres =>
        RemainingSquareMetres <= 0 ? 0 : Math.Max(0, CultivatedSquareMetres - RemovedCultivatedSquareMetres);

    /// <summary>Nobody measures permanent farmland in what is removed: what remains is taken to be such land as far as it can be.</summary>
    public double RemainingPermanentFarmlandSquareMetres => Math.Min(RemainingSquareMetres, Violation.PermanentFarmlandSquareMetres);

    /// <summary>Nothing is left of it.</summary>
    public bool IsRemoved => RemainingSquareMetres <= 0;
}

/// <summary>Balances as they stood at the end of a day: the one place that says what remains.</summary>
/// <remarks>
/// What was accepted of a violation that a correction replaced counts for the one that took its place. Where the city found that something
/// remains, that stands above what the district had accepted until then; later acceptances count from there.
/// </remarks>
public static class ViolationBalances
{
    /// <summary>The outcome of a city result that leaves something standing.</summary>
    public const string CityFailed = "failed";

    private sealed record Accepted(Guid ViolationId, string Kind, DateOnly On, double Area, double Cultivated);

    private sealed record Failed(Guid ViolationId, DateOnly On, DateTime At, double Remaining);

    /// <summary>The violations in force (those that no correction replaced), with what was accepted until a day.</summary>
    /// <param name="until">Inclusive, in Asia/Shanghai: acceptances count by the day on site.</param>
    public static async Task<IReadOnlyList<ViolationBalance>> OfAsync(
        StoreContext db,
        IQueryable<Violation> violations,
        DateOnly until,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        var heirs = await HeirsAsync(db, stop);
        var found = (await violations.OrderBy(v => v.Number).ToListAsync(stop)).Where(v => !heirs.ContainsKey(v.Id)).ToList();
        var accepted = await (
            from acceptance in db.MeasureAcceptances
            join measure in db.Measures on acceptance.MeasureId equals measure.Id
            where acceptance.InspectedOn <= until && measure.Kind != MeasureKind.Confiscate
            select new Accepted(
                measure.ViolationId,
                measure.Kind,
                acceptance.InspectedOn,
                acceptance.AreaSquareMetres,
                acceptance.CultivatedSquareMetres
            )
        ).ToListAsync(stop);
        var removing = accepted.ToLookup(a => InForce(heirs, a.ViolationId));
        var failures = (
            await db
                .CityResults.Where(r => r.Outcome == CityFailed && r.On <= until)
                .Select(r => new Failed(r.ViolationId, r.On, r.At, r.RemainingSquareMetres))
                .ToListAsync(stop)
        ).ToLookup(f => InForce(heirs, f.ViolationId));
        return [.. found.Select(v => Of(v, [.. removing[v.Id]], failures[v.Id].OrderBy(f => f.On).ThenBy(f => f.At).LastOrDefault()))];
    }

    /// <summary>The balance of one violation in force.</summary>
    public static async Task<ViolationBalance> OfOneAsync(
        StoreContext db,
        Guid violation,
        DateOnly until,
        CancellationToken stop = default
    ) => (await OfAsync(db, db.Violations.Where(v => v.Id == violation), until, stop)).Single();

    /// <summary>For every violation that was corrected, the one that took its place.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Guid>> HeirsAsync(StoreContext db, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var corrections = await db
            .Violations.Where(v => v.SupersedesId != null)
            .OrderBy(v => v.Number)
            .Select(v => new { v.Id, Earlier = v.SupersedesId!.Value })
            .ToListAsync(stop);
        return corrections.GroupBy(c => c.Earlier).ToDictionary(c => c.Key, c => c.First().Id);
    }

    /// <summary>The violation in force that a violation became by corrections; itself where there was none.</summary>
    public static Guid InForce(IReadOnlyDictionary<Guid, Guid> heirs, Guid violation)
    {
        ArgumentNullException.ThrowIfNull(heirs);
        while (heirs.TryGetValue(violation, out var heir))
            violation = heir;
        return violation;
    }

    private static ViolationBalance Of(Violation v, IReadOnlyList<Accepted> accepted, Failed? failed)
    {
        var counted = failed is null ? accepted : [.. accepted.Where(a => a.On > failed.On)];
        // What the city left standing is cultivated as far as it can be: it gives no class.
        var (area, cultivated) = failed is null
            ? (0, 0)
            : (
                Math.Max(0, v.AreaSquareMetres - failed.Remaining),
                v.CultivatedSquareMetres - Math.Min(v.CultivatedSquareMetres, failed.Remaining)
            );
        var restored = counted.Where(a => a.Kind == MeasureKind.DemolishRestore).ToList();
        return new(
            v,
            v.AreaSquareMetres,
            Math.Min(v.AreaSquareMetres, area + counted.Sum(a => a.Area)),
            v.CultivatedSquareMetres,
            Math.Min(v.CultivatedSquareMetres, cultivated + counted.Sum(a => a.Cultivated)),
            Math.Min(v.CultivatedSquareMetres, restored.Sum(a => a.Cultivated))
        )
        {
            RestoredSquareMetres = Math.Min(v.AreaSquareMetres, restored.Sum(a => a.Area)),
        };
    }
}
