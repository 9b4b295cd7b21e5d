namespace Weipian.Geo;

/// <summary>Reads rings into degrees and the plane: checks the numbers, closes, drops repeated vertices, adds vertices where the convention
/// asks.</summary>
internal sealed class RingReader(CoordinateSystem source, bool axesSwapped, AreaConvention convention, RepairNotes notes)
{
    /// <summary>How far a source edge may lie from the plane edge that stands for it, metres.</summary>
    private const double DensifyToleranceMetres = 1e-5;

    private const int PiecesMax = 1_000_000;

    public List<PlaneRing> Read(Shape shape)
    {
        var rings = new List<PlaneRing>(shape.Rings.Count);
        for (var index = 0; index < shape.Rings.Count; index++)
        {
            var pairs = shape.Rings[index];
            if (pairs is null || pairs.Length < 2)
                continue;
            if (pairs.Length % 2 != 0)
                throw Problem.Geometry.NotFinite(index + 1, pairs.Length / 2 + 1);
            if (ReadRing(pairs, index) is { } ring)
                rings.Add(ring);
        }
        return rings;
    }

    private PlaneRing? ReadRing(double[] pairs, int index)
    {
        var count = pairs.Length / 2;
        var closed = count > 1 && pairs[0] == pairs[^2] && pairs[1] == pairs[^1];
        var vertices = closed ? count - 1 : count;
        var ring = PlaneRing.Take(vertices);
        if (convention == AreaConvention.Source)
            ReadDensified(pairs, vertices, index, ring);
        else
            ReadAsGiven(pairs, vertices, index, ring);
        while (ring.Count > 1 && ring[0] == ring[ring.Count - 1])
        {
            ring.RemoveLast();
            notes.Add(RepairKind.DuplicatePoint, ring.Degrees(0));
        }
        if (ring.Count < 3)
        {
            notes.Add(RepairKind.DroppedRing, ring.Degrees(0));
            return null;
        }
        if (!closed)
            notes.Add(RepairKind.UnclosedRing, ring.Degrees(0));
        if (convention == AreaConvention.Source)
            Densify(ring, Pair(pairs, vertices - 1), Pair(pairs, 0), index, 0);
        return ring;
    }

    private void ReadAsGiven(double[] pairs, int vertices, int index, PlaneRing ring)
    {
        var (longitude, latitude) = ring.Room(vertices);
        for (var i = 0; i < vertices; i++)
        {
            var (x, y) = Pair(pairs, i);
            (longitude[i], latitude[i]) = Place(x, y, index, i);
        }
        ring.MapToPlane(vertices);
        ring.DropRepeated(notes);
    }

    private void ReadDensified(double[] pairs, int vertices, int index, PlaneRing ring)
    {
        for (var i = 0; i < vertices; i++)
        {
            var (x, y) = Pair(pairs, i);
            var (longitude, latitude) = Place(x, y, index, i);
            var plane = StatutoryPlane.FromGeographic(longitude, latitude);
            if (ring.Count > 0 && ring[ring.Count - 1] == new PlanePoint(plane.X, plane.Y))
            {
                notes.Add(RepairKind.DuplicatePoint, (longitude, latitude));
                continue;
            }
            if (i > 0)
                Densify(ring, Pair(pairs, i - 1), (x, y), index, i);
            ring.Add(longitude, latitude, plane);
        }
    }

    private (double X, double Y) Pair(double[] pairs, int vertex) =>
        axesSwapped ? (pairs[2 * vertex + 1], pairs[2 * vertex]) : (pairs[2 * vertex], pairs[2 * vertex + 1]);

    private (double Longitude, double Latitude) Place(double x, double y, int ring, int vertex)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
            throw Problem.Geometry.NotFinite(ring + 1, vertex + 1);
        var place = source.ToGeographic(x, y);
        if (!(Math.Abs(place.Longitude) <= 360 && Math.Abs(place.Latitude) <= 90))
            throw Problem.Geometry.OutsideSystem(ring + 1, vertex + 1, x, y, source.Epsg);
        return place;
    }

    /// <summary>
    /// Adds the inner points of an edge that is straight in the source, so close together that the plane edges between them lie within
    /// the tolerance. They are reckoned from the western end whichever way the edge runs, so that neighbours get the same points.
    /// </summary>
    private void Densify(PlaneRing ring, (double X, double Y) from, (double X, double Y) to, int index, int vertex)
    {
        var turned = from.X > to.X || (from.X == to.X && from.Y > to.Y);
        var (a, b) = turned ? (to, from) : (from, to);
        var pieces = Math.Ceiling(Math.Sqrt(Deviation(a, b, index, vertex) / DensifyToleranceMetres));
        if (pieces > PiecesMax)
            throw Problem.Geometry.TooLongEdge(index + 1, vertex + 1, PiecesMax);
        for (var piece = 1; piece < pieces; piece++)
        {
            var part = (turned ? pieces - piece : piece) / pieces;
            var (longitude, latitude) = Place(a.X + (b.X - a.X) * part, a.Y + (b.Y - a.Y) * part, index, vertex);
            ring.Add(longitude, latitude);
        }
    }

    /// <summary>How far the edge bends away from its chord in the plane, metres, looked up at its quarters.</summary>
    private double Deviation((double X, double Y) a, (double X, double Y) b, int index, int vertex)
    {
        var (ax, ay) = Plane(a.X, a.Y);
        var (bx, by) = Plane(b.X, b.Y);
        var length = Math.Sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
        if (length == 0)
            return 0;
        var most = 0.0;
        for (var quarter = 1; quarter <= 3; quarter++)
        {
            var (x, y) = Plane(a.X + (b.X - a.X) * quarter / 4, a.Y + (b.Y - a.Y) * quarter / 4);
            most = Math.Max(most, Math.Abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length);
        }
        return most;

        (double X, double Y) Plane(double x, double y)
        {
            var (longitude, latitude) = Place(x, y, index, vertex);
            return StatutoryPlane.FromGeographic(longitude, latitude);
        }
    }
}
