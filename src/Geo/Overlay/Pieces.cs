using NetTopologySuite.Geometries;

namespace Weipian.Geo;

public static class Pieces
{
    public static Geometry Intersection(Geometry a, Geometry b) => throw new NotImplementedException();

    public static Geometry Difference(Geometry a, Geometry b) => throw new NotImplementedException();

    public static Geometry Union(IEnumerable<Geometry> geometries) => throw new NotImplementedException();

    /// <summary>The statutory area of polygons in degrees CGCS2000, m²; other geometries have none.</summary>
    public static double AreaSquareMetres(Geometry longitudeLatitude)
    {
        ArgumentNullException.ThrowIfNull(longitudeLatitude);
        var sum = 0.0;
        for (var i = 0; i < longitudeLatitude.NumGeometries; i++)
        {
            if (longitudeLatitude.GetGeometryN(i) is Polygon polygon)
            {
                sum += Math.Abs(RingArea(polygon.ExteriorRing.CoordinateSequence));
                for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
                    sum -= Math.Abs(RingArea(polygon.GetInteriorRingN(hole).CoordinateSequence));
            }
            else if (longitudeLatitude.GetGeometryN(i) is GeometryCollection collection && collection != longitudeLatitude)
                sum += AreaSquareMetres(collection);
        }
        return sum;
    }

    private static double RingArea(CoordinateSequence ring)
    {
        if (ring.Count < 4)
            return 0;
        var (x0, y0) = StatutoryPlane.FromGeographic(ring.GetX(0), ring.GetY(0));
        double sum = 0,
            x1 = 0,
            y1 = 0;
        for (var i = 1; i < ring.Count; i++)
        {
            var (x, y) = StatutoryPlane.FromGeographic(ring.GetX(i), ring.GetY(i));
            sum += x1 * (y - y0) - (x - x0) * y1;
            (x1, y1) = (x - x0, y - y0);
        }
        return sum / 2;
    }
}
