using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Weipian.Geo;

/// <summary>Geometry of pieces, for the map, for cutting parcels and for export: made only for the pairs that are asked for.</summary>
/// <remarks>
/// Longitude and latitude in degrees CGCS2000 in and out; the work is done in the statutory plane, where edges are straight. A vertex
/// that came in comes out with the same bits. Only polygons are returned: points and lines that two polygons share have no area.
/// </remarks>
public static class Pieces
{
    /// <summary>What both cover.</summary>
    public static Geometry Intersection(Geometry a, Geometry b) => Overlay(a, b, SpatialFunction.Intersection);

    /// <summary>Within so much of its area a polygon counts as wholly inside another: the piece is then that polygon itself.</summary>
    public const double WholeSquareMetres = 1e-7;

    /// <summary>What a patch and a feature share, when the kernel has measured how much that is.</summary>
    /// <remarks>
    /// Most pairs do not cross: the area says so, and nothing is cut. The area of the piece agrees with the kernel within 1e-6 m² for
    /// polygons a few kilometres across; a test and the benchmark hold them together.
    /// </remarks>
    /// <param name="sharedSquareMetres">From <see cref="DeskOverlay"/>, statutory.</param>
    public static Geometry Measured(
        Geometry patch,
        double patchSquareMetres,
        Geometry feature,
        double featureSquareMetres,
        double sharedSquareMetres
    )
    {
        if (patchSquareMetres - sharedSquareMetres <= WholeSquareMetres)
            return patch;
        if (featureSquareMetres - sharedSquareMetres <= WholeSquareMetres)
            return feature;
        return PieceTracer.Own.Intersection(patch, feature, sharedSquareMetres) ?? Sound(Intersection(patch, feature));
    }

    /// <summary>A piece as degrees round it, put through the mill of every feature: slivers of nanometres may have folded over.</summary>
    private static MultiPolygon Sound(Geometry piece)
    {
        var rings = Polygons(piece).SelectMany(p => p.InteriorRings.Prepend(p.ExteriorRing)).ToList();
        try
        {
            return rings.Count == 0
                ? GeographicFactory.Create([])
                : ShapePreparation
                    .Prepare(
                        new Shape([.. rings.Select(r => r.Coordinates.SelectMany(c => new[] { c.X, c.Y }).ToArray())]),
                        CoordinateSystem.Cgcs2000
                    )
                    .Geographic;
        }
        catch (Problem problem) when (problem.Code == "geometry.no-area")
        {
            return GeographicFactory.Create([]);
        }
    }

    /// <summary>What the first covers and the second does not.</summary>
    public static Geometry Difference(Geometry a, Geometry b) => Overlay(a, b, SpatialFunction.Difference);

    /// <summary>What any of them covers.</summary>
    public static Geometry Union(IEnumerable<Geometry> geometries)
    {
        ArgumentNullException.ThrowIfNull(geometries);
        var polygons = geometries.SelectMany(Polygons).ToList();
        var plane = new PlaneMapping(polygons);
        var parts = polygons.Select(p => (Geometry)plane.ToPlane(p)).ToArray();
        return parts.Length == 0 ? GeographicFactory.Create([]) : plane.ToGeographic(OverlayNGRobust.Union(parts));
    }

    /// <summary>The statutory area of polygons in degrees CGCS2000, m²; other geometries have none.</summary>
    public static double AreaSquareMetres(Geometry longitudeLatitude)
    {
        ArgumentNullException.ThrowIfNull(longitudeLatitude);
        var sum = 0.0;
        foreach (var polygon in Polygons(longitudeLatitude))
        {
            sum += Math.Abs(RingArea(polygon.ExteriorRing.CoordinateSequence));
            for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
                sum -= Math.Abs(RingArea(polygon.GetInteriorRingN(hole).CoordinateSequence));
        }
        return sum;
    }

    private static MultiPolygon Overlay(Geometry a, Geometry b, SpatialFunction function)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var plane = new PlaneMapping([a, b]);
        return plane.ToGeographic(OverlayNGRobust.Overlay(plane.ToPlane(a), plane.ToPlane(b), function));
    }

    private static IEnumerable<Polygon> Polygons(Geometry geometry) =>
        geometry switch
        {
            Polygon { IsEmpty: false } polygon => [polygon],
            GeometryCollection collection => collection.Geometries.SelectMany(Polygons),
            _ => [],
        };

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

    /// <summary>Degrees to the plane and back, remembering which degrees each vertex came from.</summary>
    /// <remarks>
    /// Coordinates are reckoned from a whole metre near the work: the subtraction is exact, crossing points get four more digits, and
    /// where the overlay must fall back on its own tolerance, which is relative, that is a nanometre and not five micrometres.
    /// </remarks>
    private sealed class PlaneMapping
    {
        private static readonly GeometryFactory Plane = new(
            new PrecisionModel(),
            0,
            new PackedCoordinateSequenceFactory(PackedCoordinateSequenceFactory.PackedType.Double)
        );

        private readonly Dictionary<PlanePoint, (double Longitude, double Latitude)> degrees = [];
        private readonly double originX,
            originY;

        public PlaneMapping(IEnumerable<Geometry> geometries)
        {
            var box = new Envelope();
            foreach (var geometry in geometries)
                box.ExpandToInclude(geometry.EnvelopeInternal);
            if (box.IsNull)
                return;
            var (x, y) = StatutoryPlane.FromGeographic(box.Centre.X, box.Centre.Y);
            (originX, originY) = (Math.Round(x), Math.Round(y));
        }

        public MultiPolygon ToPlane(Geometry geometry) => Plane.CreateMultiPolygon([.. Polygons(geometry).Select(ToPlane)]);

        public Polygon ToPlane(Polygon polygon) =>
            Plane.CreatePolygon(Ring(polygon.ExteriorRing), [.. polygon.InteriorRings.Select(r => Ring(r))]);

        public MultiPolygon ToGeographic(Geometry geometry)
        {
            var polygons = new List<Polygon>();
            foreach (var polygon in Polygons(geometry))
                if (Degrees(polygon.ExteriorRing, false) is { } shell)
                    polygons.Add(
                        GeographicFactory.Instance.CreatePolygon(
                            shell,
                            [.. polygon.InteriorRings.Select(r => Degrees(r, true)).OfType<LinearRing>()]
                        )
                    );
            return GeographicFactory.Create([.. polygons]);
        }

        private LinearRing Ring(LineString ring)
        {
            var coordinates = new Coordinate[ring.NumPoints];
            var sequence = ring.CoordinateSequence;
            for (var i = 0; i < coordinates.Length; i++)
            {
                var (longitude, latitude) = (sequence.GetX(i), sequence.GetY(i));
                var (x, y) = StatutoryPlane.FromGeographic(longitude, latitude);
                var local = new PlanePoint(x - originX, y - originY);
                degrees[local] = (longitude, latitude);
                coordinates[i] = new Coordinate(local.X, local.Y);
            }
            return Plane.CreateLinearRing(coordinates);
        }

        /// <summary>Shells counter-clockwise, holes clockwise, as everywhere in the product. Degrees are a little coarser than the
        /// plane: vertices that fall together are one, and a ring of which two are left has no area and is null.</summary>
        private LinearRing? Degrees(LineString ring, bool clockwise)
        {
            var count = ring.NumPoints;
            var sequence = ring.CoordinateSequence;
            var turn = NetTopologySuite.Algorithm.Orientation.IsCCW(sequence) == clockwise;
            var pairs = new List<double>(2 * count);
            for (var i = 0; i < count; i++)
            {
                var from = turn ? count - 1 - i : i;
                var (x, y) = (sequence.GetX(from), sequence.GetY(from));
                var (longitude, latitude) = degrees.TryGetValue(new PlanePoint(x, y), out var known)
                    ? known
                    : StatutoryPlane.ToGeographic(x + originX, y + originY);
                if (pairs.Count == 0 || pairs[^2] != longitude || pairs[^1] != latitude)
                    pairs.AddRange([longitude, latitude]);
            }
            return pairs.Count < 8 ? null : GeographicFactory.Ring([.. pairs]);
        }
    }
}
