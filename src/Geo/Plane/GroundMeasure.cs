using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace Weipian.Geo;

/// <summary>Measures of what a person drew on the map.</summary>
public static class GroundMeasure
{
    /// <summary>Corners of one measure.</summary>
    public const int CornersMax = 500;

    /// <summary>Statutory area of an outline, m², always positive.</summary>
    /// <param name="corners">Open or closed ring: longitude, latitude, longitude … degrees CGCS2000; at least three corners.</param>
    /// <exception cref="Problem"><c>map.ring-crosses-itself</c>, <c>map.too-many-corners</c></exception>
    public static double AreaSquareMetres(double[] corners)
    {
        Require(corners);
        var ring = new List<Coordinate>();
        for (var i = 0; i + 1 < corners.Length; i += 2)
            ring.Add(new(corners[i], corners[i + 1]));
        if (!ring[0].Equals2D(ring[^1]))
            ring.Add(ring[0].Copy());
        if (ring.Count < 4 || !new IsValidOp(new Polygon(new LinearRing([.. ring]))).IsValid)
            throw Problem.Map.RingCrossesItself();
        return Math.Abs(StatutoryPlane.SignedArea(corners));
    }

    /// <summary>Length of a line on the ellipsoid, metres: each piece in the plane around its own middle.</summary>
    /// <param name="corners">Longitude, latitude, longitude … degrees CGCS2000; pieces of at most a few degrees.</param>
    /// <param name="closed">True to add the way back to the first corner.</param>
    /// <exception cref="Problem"><c>map.too-many-corners</c></exception>
    public static double LengthMetres(double[] corners, bool closed)
    {
        Require(corners);
        var metres = 0.0;
        for (var i = 0; i + 3 < corners.Length; i += 2)
            metres += Between(corners[i], corners[i + 1], corners[i + 2], corners[i + 3]);
        return closed ? metres + Between(corners[^2], corners[^1], corners[0], corners[1]) : metres;
    }

    private static double Between(double longitude, double latitude, double toLongitude, double toLatitude)
    {
        var plane = new LocalPlane((longitude + toLongitude) / 2, (latitude + toLatitude) / 2);
        var (x, y) = plane.FromGeographic(longitude, latitude);
        var (toX, toY) = plane.FromGeographic(toLongitude, toLatitude);
        return Math.Sqrt((toX - x) * (toX - x) + (toY - y) * (toY - y));
    }

    private static void Require(double[] corners)
    {
        ArgumentNullException.ThrowIfNull(corners);
        if (corners.Length / 2 > CornersMax)
            throw Problem.Map.TooManyCorners(corners.Length / 2, CornersMax);
    }
}
