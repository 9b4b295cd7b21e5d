using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.Flow.Determinations;

/// <summary>The statutory plane moved to one patch: planar area is statutory area; coordinates are small, so no digit is lost.</summary>
/// <remarks>Edges are straight here. Units are metres in the sense of the equal-area plane: areas are exact, lengths nearly so.</remarks>
internal sealed class PatchPlane
{
    private static readonly GeometryFactory Plane = new(new PrecisionModel(), 0);
    private const double StretchStepsPerWhole = 1024;
    private readonly GeometryFactory degrees;
    private readonly double x0;
    private readonly double y0;
    private readonly double stretch;

    public PatchPlane(Geometry patch)
    {
        degrees = new GeometryFactory(new PrecisionModel(), patch.SRID);
        var first = patch.Coordinate;
        (x0, y0) = StatutoryPlane.FromGeographic(first.X, first.Y);
        stretch = Stretch(first.Y);
    }

    public Geometry ToPlane(Geometry lonLat) =>
        Map(
            lonLat,
            Plane,
            c =>
            {
                var (x, y) = StatutoryPlane.FromGeographic(c.X, c.Y);
                return new Coordinate((x - x0) * stretch, (y - y0) / stretch);
            }
        );

    public MultiPolygon ToDegrees(Geometry plane)
    {
        var mapped = Map(
            plane,
            degrees,
            c =>
            {
                var (longitude, latitude) = StatutoryPlane.ToGeographic(c.X / stretch + x0, c.Y * stretch + y0);
                return new Coordinate(longitude, latitude);
            }
        );
        return mapped as MultiPolygon ?? degrees.CreateMultiPolygon([(Polygon)mapped]);
    }

    /// <summary>
    /// The plane is true in area and not in shape: away from its standard parallel it stretches one way and shrinks the other by the same
    /// factor, N·cos B / k. Scaling both back around the patch keeps the area and makes widths and distances true.
    /// </summary>
    /// <remarks>Rounded to steps, so that the last bit of a machine's cosine does not show.</remarks>
    private static double Stretch(double latitude)
    {
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(latitude));
        var normal = StatutoryPlane.SemiMajorAxisMetres / Math.Sqrt(1 - StatutoryPlane.EccentricitySquared * sine * sine);
        return Math.Max(1, Math.Round(normal * cosine / StatutoryPlane.ScaleMetres * StretchStepsPerWhole)) / StretchStepsPerWhole;
    }

    private static Geometry Map(Geometry source, GeometryFactory factory, Func<Coordinate, Coordinate> map) =>
        source switch
        {
            Polygon polygon => Map(polygon, factory, map),
            MultiPolygon many => factory.CreateMultiPolygon([.. many.Geometries.Select(p => Map((Polygon)p, factory, map))]),
            LineString line => factory.CreateLineString([.. line.Coordinates.Select(map)]),
            _ => throw new InvalidOperationException($"a {source.GeometryType} is neither area nor line"),
        };

    private static Polygon Map(Polygon polygon, GeometryFactory factory, Func<Coordinate, Coordinate> map) =>
        factory.CreatePolygon(Ring(polygon.Shell, factory, map), [.. polygon.Holes.Select(h => Ring(h, factory, map))]);

    private static LinearRing Ring(LinearRing ring, GeometryFactory factory, Func<Coordinate, Coordinate> map)
    {
        var coordinates = new Coordinate[ring.NumPoints];
        for (var i = 0; i < coordinates.Length - 1; i++)
            coordinates[i] = map(ring.GetCoordinateN(i));
        coordinates[^1] = coordinates[0].Copy();
        return factory.CreateLinearRing(coordinates);
    }
}
