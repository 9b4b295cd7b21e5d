using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>What a line would make of a parcel, before anybody divides it: areas of the parts, which add up to the parcel.</summary>
/// <param name="AreaSquareMetres">Statutory area of each part, the larger first; one part when the line does not divide.</param>
/// <param name="Mu">The same in 亩, rounded so that they add up.</param>
/// <param name="Whole">The parcel in 亩.</param>
public sealed record SplitPreview(IReadOnlyList<double> AreaSquareMetres, IReadOnlyList<Mu> Mu, Mu Whole)
{
    /// <exception cref="Problem"><c>determination.line-does-not-divide</c></exception>
    public static SplitPreview Of(Patch patch, Parcel parcel, LineString line)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(parcel);
        var parts = ParcelSplit.Along(patch.Geometry, parcel.Geometry, line);
        if (parts.Count <= parcel.Geometry.NumGeometries)
            throw Problem.Determination.LineDoesNotDivide(parcel.Number);
        var areas = parts.Select(AreaOf).ToList();
        var whole = new SquareMetres(parcel.AreaSquareMetres);
        return new(areas, SumPreservingRounding.ToMu([.. areas.Select(a => new SquareMetres(a))], whole), whole.ToMu());
    }

    private static double AreaOf(MultiPolygon part) =>
        part.Geometries.Cast<Polygon>().Sum(p => Math.Abs(AreaOf(p.Shell)) - p.Holes.Sum(h => Math.Abs(AreaOf(h))));

    private static double AreaOf(LinearRing ring) => StatutoryPlane.SignedArea([.. ring.Coordinates.SelectMany(c => (double[])[c.X, c.Y])]);
}
