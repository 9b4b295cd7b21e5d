using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Weipian.Geo;

/// <summary>Cuts two polygons in the common case, fast: boundaries that cross cleanly are followed from crossing to crossing.</summary>
/// <remarks>
/// <para>
/// With the interior to the left of every ring, what both cover is bounded by the stretches of each that lie inside the other: along P from
/// where it enters Q to where it leaves, then along Q, until the ring closes. Rings without a crossing lie inside or outside as a whole.
/// </para>
/// <para>
/// Nothing is snapped and nothing is decided by rounding: where a vertex or a crossing lies within <see cref="ClearanceMetres"/> of what
/// it should be apart from, or the kernel's area does not come out, the answer is no, and a topological overlay does the work.
/// One object per thread.
/// </para>
/// </remarks>
internal sealed class PieceTracer
{
    /// <summary>A hundred times what a coordinate is rounded to.</summary>
    private const double ClearanceMetres = 1e-7;

    /// <summary>How far the area of the piece may lie from the kernel's.</summary>
    private const double AgreementSquareMetres = 1e-6;

    [ThreadStatic]
    private static PieceTracer? own;

    private readonly Side first = new();
    private readonly Side second = new();
    private readonly List<Crossing> crossings = [];
    private readonly List<int> order = [];
    private int[] nextOnFirst = new int[16];
    private int[] nextOnSecond = new int[16];
    private readonly List<PieceRing> results = [];
    private double originX,
        originY;

    public static PieceTracer Own => own ??= new PieceTracer();

    /// <summary>Where an edge of the first and one of the second cross; the places along both edges run from 0 to 1.</summary>
    private record struct Crossing(
        int EdgeOfFirst,
        double AlongFirst,
        int EdgeOfSecond,
        double AlongSecond,
        double X,
        double Y,
        bool Enters
    )
    {
        public bool Done;
    }

    /// <summary>What both share, or null when the case is not a common one.</summary>
    /// <param name="sharedSquareMetres">The kernel's area of it.</param>
    public MultiPolygon? Intersection(Geometry a, Geometry b, double sharedSquareMetres)
    {
        var box = a.EnvelopeInternal.Intersection(b.EnvelopeInternal);
        if (box.IsNull)
            return null;
        var (x, y) = StatutoryPlane.FromGeographic(box.Centre.X, box.Centre.Y);
        (originX, originY) = (Math.Round(x), Math.Round(y));
        first.Load(a, box, originX, originY);
        second.Load(b, box, originX, originY);
        crossings.Clear();
        results.Clear();
        if (!FindCrossings() || !Link() || !Trace() || MayTouchItself() || !AddWhole(first, second) || !AddWhole(second, first))
            return null;
        var area = 0.0;
        foreach (var ring in results)
            area += ring.SignedArea;
        return Math.Abs(area - sharedSquareMetres) <= AgreementSquareMetres ? Assemble() : null;
    }

    private bool FindCrossings()
    {
        var edges = CollectionsMarshal.AsSpan(first.Edges);
        var others = CollectionsMarshal.AsSpan(second.Edges);
        for (var i = 0; i < edges.Length; i++)
        {
            ref readonly var p = ref edges[i];
            for (var j = 0; j < others.Length; j++)
            {
                ref readonly var q = ref others[j];
                if (p.West > q.East || q.West > p.East || p.South > q.North || q.South > p.North)
                    continue;
                var (p1, p2) = (q.LeftOf(p.X1, p.Y1), q.LeftOf(p.X2, p.Y2));
                if (Math.Min(p1, p2) > ClearanceMetres || Math.Max(p1, p2) < -ClearanceMetres)
                    continue;
                var (q1, q2) = (p.LeftOf(q.X1, q.Y1), p.LeftOf(q.X2, q.Y2));
                if (Math.Min(q1, q2) > ClearanceMetres || Math.Max(q1, q2) < -ClearanceMetres)
                    continue;
                if (Math.Min(Math.Min(Math.Abs(p1), Math.Abs(p2)), Math.Min(Math.Abs(q1), Math.Abs(q2))) <= ClearanceMetres)
                    return false;
                var along = p1 / (p1 - p2);
                crossings.Add(
                    new Crossing(i, along, j, q1 / (q1 - q2), p.X1 + along * (p.X2 - p.X1), p.Y1 + along * (p.Y2 - p.Y1), p2 > 0)
                );
            }
        }
        return true;
    }

    /// <summary>The crossing that follows each along either boundary; entering and leaving must take turns.</summary>
    private bool Link()
    {
        if (crossings.Count > nextOnFirst.Length)
        {
            nextOnFirst = new int[2 * crossings.Count];
            nextOnSecond = new int[2 * crossings.Count];
        }
        return Link(first, nextOnFirst, c => c.EdgeOfFirst, c => c.AlongFirst)
            && Link(second, nextOnSecond, c => c.EdgeOfSecond, c => c.AlongSecond);
    }

    private bool Link(Side side, int[] next, Func<Crossing, int> edgeOf, Func<Crossing, double> alongOf)
    {
        order.Clear();
        for (var i = 0; i < crossings.Count; i++)
            order.Add(i);
        // Edges were collected ring by ring in their order, so that their index is the place on the boundary.
        order.Sort(
            (a, b) =>
                edgeOf(crossings[a]).CompareTo(edgeOf(crossings[b])) is var edge and not 0
                    ? edge
                    : alongOf(crossings[a]).CompareTo(alongOf(crossings[b]))
        );
        for (int start = 0, end; start < order.Count; start = end)
        {
            var ring = side.Edges[edgeOf(crossings[order[start]])].Ring;
            for (end = start; end < order.Count && side.Edges[edgeOf(crossings[order[end]])].Ring == ring; end++) { }
            side.Crossed[ring] = true;
            for (var i = start; i < end; i++)
            {
                var (here, there) = (order[i], order[i + 1 == end ? start : i + 1]);
                var (a, b) = (crossings[here], crossings[there]);
                if (a.Enters == b.Enters || Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) <= ClearanceMetres)
                    return false;
                next[here] = there;
            }
        }
        return true;
    }

    private bool Trace()
    {
        var all = CollectionsMarshal.AsSpan(crossings);
        for (var start = 0; start < all.Length; start++)
        {
            if (!all[start].Enters || all[start].Done)
                continue;
            var ring = new PieceRing();
            var at = start;
            do
            {
                if (all[at].Done)
                    return false;
                all[at].Done = true;
                AddCrossing(ring, all[at]);
                var leaves = nextOnFirst[at];
                first.AddStretch(ring, all[at].EdgeOfFirst, all[at].AlongFirst, all[leaves].EdgeOfFirst, all[leaves].AlongFirst);
                AddCrossing(ring, all[leaves]);
                at = nextOnSecond[leaves];
                second.AddStretch(ring, all[leaves].EdgeOfSecond, all[leaves].AlongSecond, all[at].EdgeOfSecond, all[at].AlongSecond);
            } while (at != start);
            results.Add(ring);
        }
        return true;
    }

    /// <summary>Rings of one feature may meet in a vertex; followed from one to the other, the ring that results would touch
    /// itself.</summary>
    private bool MayTouchItself() =>
        (first.Rings.Count > 1 || second.Rings.Count > 1) && results.Exists(ring => ring.RunsThroughAVertexTwice());

    private void AddCrossing(PieceRing ring, in Crossing crossing)
    {
        var (longitude, latitude) = StatutoryPlane.ToGeographic(crossing.X + originX, crossing.Y + originY);
        ring.Add(longitude, latitude, crossing.X, crossing.Y);
    }

    /// <summary>Rings that cross nothing and lie inside the other; false when one lies too near to tell.</summary>
    private bool AddWhole(Side side, Side other)
    {
        for (var ring = 0; ring < side.Rings.Count; ring++)
        {
            if (side.Crossed[ring] || !side.MayLieInside(ring))
                continue;
            var (x, y) = side.Place(ring, 0);
            if (other.Holds(x, y, side.Rings[ring][1]) is not { } inside)
                return false;
            if (inside)
                results.Add(side.Whole(ring));
        }
        return true;
    }

    /// <summary>Rings that run counter-clockwise are shells; each other is a hole in the smallest shell around it.</summary>
    private MultiPolygon? Assemble()
    {
        var shells = results.Where(r => r.SignedArea > 0).OrderBy(r => r.SignedArea).ToList();
        var holes = shells.ConvertAll(_ => new List<LinearRing>());
        foreach (var hole in results.Where(r => r.SignedArea <= 0))
        {
            var home = shells.Count == 1 ? 0 : shells.FindIndex(shell => shell.Holds(hole));
            if (home < 0)
                return null;
            holes[home].Add(hole.ToRing());
        }
        return shells.Count == 0
            ? null
            : GeographicFactory.Create([
                .. shells.Select((shell, i) => GeographicFactory.Instance.CreatePolygon(shell.ToRing(), [.. holes[i]])),
            ]);
    }

    /// <summary>An edge near the other polygon, in metres from the origin of the work; the interior lies to its left.</summary>
    private readonly struct Edge(double x1, double y1, double x2, double y2, int ring, int vertex)
    {
        public readonly double X1 = x1,
            Y1 = y1,
            X2 = x2,
            Y2 = y2,
            West = Math.Min(x1, x2) - ClearanceMetres,
            East = Math.Max(x1, x2),
            South = Math.Min(y1, y2) - ClearanceMetres,
            North = Math.Max(y1, y2);
        private readonly double reciprocalLength = 1 / Math.Sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        public readonly int Ring = ring,
            Vertex = vertex;

        /// <summary>How far a point lies to the left of the line of the edge.</summary>
        public double LeftOf(double x, double y) => ((X2 - X1) * (y - Y1) - (Y2 - Y1) * (x - X1)) * reciprocalLength;
    }

    /// <summary>One of the two polygons: its rings in degrees as they are, and those edges that come near the other in metres.</summary>
    private sealed class Side
    {
        private Envelope box = new();
        private double originX,
            originY;

        public List<Edge> Edges { get; } = [];

        /// <summary>Closed rings, longitude and latitude interleaved.</summary>
        public List<double[]> Rings { get; } = [];

        public List<bool> Crossed { get; } = [];

        public void Load(Geometry geometry, Envelope near, double x, double y)
        {
            (box, originX, originY) = (near, x, y);
            Edges.Clear();
            Rings.Clear();
            Crossed.Clear();
            for (var part = 0; part < geometry.NumGeometries; part++)
            {
                var polygon = (Polygon)geometry.GetGeometryN(part);
                AddRing(polygon.ExteriorRing.CoordinateSequence);
                for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
                    AddRing(polygon.GetInteriorRingN(hole).CoordinateSequence);
            }
        }

        /// <summary>The plane keeps east and north apart and in order, so that boxes may be compared in degrees.</summary>
        private void AddRing(CoordinateSequence sequence)
        {
            var ring = sequence is PackedDoubleCoordinateSequence { Dimension: 2 } packed
                ? packed.GetRawCoordinates()
                : [.. sequence.ToCoordinateArray().SelectMany(c => new[] { c.X, c.Y })];
            Rings.Add(ring);
            Crossed.Add(false);
            var known = -1;
            double x1 = 0,
                y1 = 0;
            for (var i = 0; i + 3 < ring.Length; i += 2)
            {
                if (
                    Math.Max(ring[i], ring[i + 2]) < box.MinX
                    || Math.Min(ring[i], ring[i + 2]) > box.MaxX
                    || Math.Max(ring[i + 1], ring[i + 3]) < box.MinY
                    || Math.Min(ring[i + 1], ring[i + 3]) > box.MaxY
                )
                    continue;
                if (known != i)
                    (x1, y1) = Local(ring[i], ring[i + 1]);
                var (x2, y2) = Local(ring[i + 2], ring[i + 3]);
                Edges.Add(new Edge(x1, y1, x2, y2, Rings.Count - 1, i / 2));
                (x1, y1, known) = (x2, y2, i + 2);
            }
        }

        public bool MayLieInside(int ring) => Rings[ring] is var points && points.Length >= 8 && box.Contains(points[0], points[1]);

        public (double X, double Y) Place(int ring, int vertex) => Local(Rings[ring][2 * vertex], Rings[ring][2 * vertex + 1]);

        public PieceRing Whole(int ring)
        {
            var (result, points) = (new PieceRing(), Rings[ring]);
            for (var vertex = 0; vertex < points.Length / 2 - 1; vertex++)
                AddVertex(result, ring, vertex);
            return result;
        }

        /// <summary>The vertices that lie between two places of one ring, going forward.</summary>
        public void AddStretch(PieceRing into, int fromEdge, double from, int toEdge, double to)
        {
            if (fromEdge == toEdge && to > from)
                return;
            var (ring, vertex, last) = (Edges[fromEdge].Ring, Edges[fromEdge].Vertex, Edges[toEdge].Vertex);
            var vertices = Rings[ring].Length / 2 - 1;
            do
            {
                vertex = vertex + 1 == vertices ? 0 : vertex + 1;
                AddVertex(into, ring, vertex);
            } while (vertex != last);
        }

        /// <summary>Does the place lie inside by odd winding? Null when it lies too near the boundary.</summary>
        /// <param name="latitude">Of the place, degrees.</param>
        public bool? Holds(double x, double y, double latitude)
        {
            var inside = false;
            foreach (var ring in Rings)
                for (var i = 0; i + 3 < ring.Length; i += 2)
                {
                    if (ring[i + 1] < latitude - Slack && ring[i + 3] < latitude - Slack)
                        continue;
                    if (ring[i + 1] > latitude + Slack && ring[i + 3] > latitude + Slack)
                        continue;
                    var (x1, y1) = Local(ring[i], ring[i + 1]);
                    var (x2, y2) = Local(ring[i + 2], ring[i + 3]);
                    var edge = new Edge(x1, y1, x2, y2, 0, 0);
                    var left = edge.LeftOf(x, y);
                    if (
                        !(Math.Abs(left) > ClearanceMetres)
                        && x >= edge.West
                        && x <= edge.East + ClearanceMetres
                        && y >= edge.South
                        && y <= edge.North + ClearanceMetres
                    )
                        return null;
                    if (y1 > y != y2 > y && (y2 > y1) == (left > 0))
                        inside = !inside;
                }
            return inside;
        }

        /// <summary>Degrees of latitude that are more than the clearance and far less than an edge.</summary>
        private const double Slack = 2e-12;

        private void AddVertex(PieceRing into, int ring, int vertex)
        {
            var (longitude, latitude) = (Rings[ring][2 * vertex], Rings[ring][2 * vertex + 1]);
            var (x, y) = Local(longitude, latitude);
            into.Add(longitude, latitude, x, y);
        }

        private (double X, double Y) Local(double longitude, double latitude)
        {
            var (x, y) = StatutoryPlane.FromGeographic(longitude, latitude);
            return (x - originX, y - originY);
        }
    }

    /// <summary>A ring of the result, in degrees and in metres of the work; open.</summary>
    private sealed class PieceRing
    {
        private readonly List<double> degrees = new(64);
        private double firstX,
            firstY,
            lastX,
            lastY,
            twiceArea;

        /// <summary>Positive when it runs counter-clockwise, m².</summary>
        public double SignedArea => twiceArea / 2;

        public void Add(double longitude, double latitude, double x, double y)
        {
            if (degrees.Count == 0)
                (firstX, firstY) = (x, y);
            else
                twiceArea += (lastX - firstX) * (y - firstY) - (x - firstX) * (lastY - firstY);
            (lastX, lastY) = (x, y);
            degrees.Add(longitude);
            degrees.Add(latitude);
        }

        public bool RunsThroughAVertexTwice()
        {
            var known = new HashSet<(double, double)>(degrees.Count / 2);
            for (var i = 0; i < degrees.Count; i += 2)
                if (!known.Add((degrees[i], degrees[i + 1])))
                    return true;
            return false;
        }

        public LinearRing ToRing() => GeographicFactory.Ring([.. degrees, degrees[0], degrees[1]]);

        /// <summary>Rings of one result do not meet, so a box inside a box and one vertex decide.</summary>
        public bool Holds(PieceRing hole)
        {
            var (x, y, inside) = (hole.degrees[0], hole.degrees[1], false);
            for (int i = 0, j = degrees.Count - 2; i < degrees.Count; j = i, i += 2)
                if (
                    degrees[i + 1] > y != degrees[j + 1] > y
                    && x < (degrees[j] - degrees[i]) * (y - degrees[i + 1]) / (degrees[j + 1] - degrees[i + 1]) + degrees[i]
                )
                    inside = !inside;
            return inside;
        }
    }
}
