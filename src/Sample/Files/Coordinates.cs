using NetTopologySuite.Geometries;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Sample.Files;

/// <summary>From the ground of the sample (EPSG:4548) to the coordinate system of a file.</summary>
internal sealed class Coordinates
{
    private const int Ground = 4548;
    private const double ZonePrefix = 39_000_000;

    private static readonly CoordinateSystem From = CoordinateSystem.FromEpsg(Ground);

    public Coordinates(int epsg) => System = CoordinateSystem.FromEpsg(epsg);

    public CoordinateSystem System { get; }

    /// <summary>The ring in the coordinates of the file: degrees to 1e-9, metres to 1e-4.</summary>
    public double[] Ring(double[] ground)
    {
        if (System.Epsg == Ground)
            return ground;
        var pairs = new double[ground.Length];
        for (var i = 0; i < ground.Length; i += 2)
            (pairs[i], pairs[i + 1]) = Point(ground[i], ground[i + 1]);
        return pairs;
    }

    public (double X, double Y) Point(double east, double north)
    {
        if (System.HasZonePrefix)
            return (east + ZonePrefix, north);
        if (!System.IsGeographic)
            return (east, north);
        var (longitude, latitude) = From.ToGeographic(east, north);
        return (Math.Round(longitude, 9), Math.Round(latitude, 9));
    }

    public WrittenFeature Feature(IEnumerable<double[]> shells, IReadOnlyList<object?> values) =>
        new([.. shells.Select(s => new WrittenPolygon(Ring(s), []))], values);

    public WrittenFeature Feature(MultiPolygon shape, IReadOnlyList<object?> values) =>
        new([.. shape.Geometries.Cast<Polygon>().Select(p => new WrittenPolygon(Pairs(p.Shell), [.. p.Holes.Select(Pairs)]))], values);

    /// <summary>
    /// The planar area of a ring of the ground, corrected for the scale of the projection: square metres on the ellipsoid.
    /// </summary>
    public static double Area(double[] ring)
    {
        var twice = 0.0;
        for (var i = 2; i + 3 < ring.Length; i += 2)
            twice += (ring[i] - ring[0]) * (ring[i + 3] - ring[1]) - (ring[i + 2] - ring[0]) * (ring[i + 1] - ring[1]);
        return Math.Abs(twice / 2) / Land.Lay.AreaScale(ring[0]);
    }

    private double[] Pairs(LinearRing ring) => Ring([.. ring.Coordinates.SelectMany(c => (double[])[c.X, c.Y])]);
}
