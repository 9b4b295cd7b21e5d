using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.Web.Tiles;

/// <summary>What is known of a patch: its state, and whether something of it was sent back.</summary>
internal sealed record PatchTileState(string State, bool IsReturned);

/// <summary>One patch as the map draws it.</summary>
/// <param name="Polygons">Rings of each polygon, shell first: longitude, latitude, longitude … degrees.</param>
/// <param name="Heart">A place inside of it, where its sign stands.</param>
/// <param name="Units">Units that answer for it.</param>
internal sealed record PatchTileItem(
    Guid Id,
    string Number,
    Extent Box,
    IReadOnlyList<double[][]> Polygons,
    Coordinate Heart,
    IReadOnlyList<string?> Units,
    PatchTileState Known
)
{
    public string State => Known.State;

    public static PatchTileItem Of(Guid id, string number, MultiPolygon geometry, IReadOnlyList<string?> units, PatchTileState known)
    {
        var box = geometry.EnvelopeInternal;
        var polygons = geometry.Geometries.OfType<Polygon>().ToList();
        var largest = polygons.MaxBy(p => p.EnvelopeInternal.Area) ?? geometry.Geometries.OfType<Polygon>().First();
        var centre = largest.Centroid.Coordinate;
        // The middle of a crooked patch lies outside of it; only then is a place inside searched for.
        var heart = Holds(largest, centre) ? centre : largest.InteriorPoint.Coordinate;
        return new(
            id,
            number,
            new(box.MinX, box.MinY, box.MaxX, box.MaxY),
            [.. polygons.Select(p => (double[][])[Ring(p.Shell), .. p.Holes.Select(Ring)])],
            heart,
            units,
            known
        );
    }

    /// <summary>Closed ring of longitude, latitude, longitude …</summary>
    public static double[] Ring(LinearRing ring)
    {
        var pairs = new double[ring.NumPoints * 2];
        for (var i = 0; i < ring.NumPoints; i++)
        {
            var at = ring.GetCoordinateN(i);
            (pairs[2 * i], pairs[2 * i + 1]) = (at.X, at.Y);
        }
        return pairs;
    }

    private static bool Holds(Polygon polygon, Coordinate at) =>
        NetTopologySuite.Algorithm.Locate.SimplePointInAreaLocator.Locate(at, polygon) == Location.Interior;
}
