using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Flow.Comparison;

/// <summary>Reads what comparisons found.</summary>
public static class ComparisonResults
{
    /// <summary>The last comparison of a programme, or <c>null</c> when there was none.</summary>
    public static Task<ComparisonRun?> LatestRunAsync(StoreContext db, string programme, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db
            .ComparisonRuns.Where(r => r.ProgrammeId == programme)
            .OrderByDescending(r => r.RanAt)
            .ThenByDescending(r => r.Id)
            .FirstOrDefaultAsync(stop);
    }

    /// <summary>The areas of one patch in a run, in its order.</summary>
    public static Task<List<ComparisonArea>> AreasAsync(StoreContext db, Guid run, Guid patch, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ComparisonAreas.Where(a => a.RunId == run && a.PatchId == patch).OrderBy(a => a.Ordinal).ToListAsync(stop);
    }

    /// <summary>
    /// The part of a patch that these features cover, counted once where they overlap one another: longitude, latitude in degrees, SRID
    /// 4490.
    /// Verdicts use it where a layer overlaps itself.
    /// </summary>
    public static Geometry UnionInside(LayerStore layers, Patch patch, IEnumerable<ComparisonArea> areas)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(patch);
        var pieces = new List<Geometry>();
        foreach (var version in areas.GroupBy(a => a.LayerVersionId, StringComparer.Ordinal))
        {
            var stored = layers.Get(version.Key);
            foreach (var number in version.Select(a => a.FeatureNumber).Distinct().Order())
                pieces.Add(Pieces.Intersection(patch.Geometry, layers.Feature(stored, number)!.Geometry));
        }
        return Pieces.Union(pieces);
    }

    /// <summary>Square metres of <see cref="UnionInside"/>; one feature needs no geometry.</summary>
    public static double UnionArea(LayerStore layers, Patch patch, IReadOnlyCollection<ComparisonArea> areas)
    {
        ArgumentNullException.ThrowIfNull(areas);
        return areas.Count <= 1 ? areas.Sum(a => a.AreaSquareMetres) : Pieces.AreaSquareMetres(UnionInside(layers, patch, areas));
    }
}
