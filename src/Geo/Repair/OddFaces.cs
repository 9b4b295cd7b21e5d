namespace Weipian.Geo;

/// <summary>One polygon of a result: a shell that runs counter-clockwise and holes that run clockwise, as open lists of points.</summary>
internal sealed record FacePolygon(PlanePoint[] Shell, List<PlanePoint[]> Holes);

/// <summary>The faces of a noded linework that lie inside an odd number of its turns.</summary>
/// <remarks>
/// A stretch that is covered an even number of times bounds nothing and is left out; then every vertex has an even number of edges,
/// the faces can be coloured in two colours, and a step across any edge changes the colour. Colours are found by walking from face to
/// face; nothing is measured, so the result does not depend on how thin a face is.
/// </remarks>
internal sealed class OddFaces
{
    private readonly PlanePoint[] points;

    /// <summary>Half-edge 2e runs from the lower to the higher point of edge e, 2e + 1 back.</summary>
    private readonly int[] origins;
    private readonly int[] next;
    private readonly int[] cycleOf;
    private readonly List<int> cycleStarts = [];

    private OddFaces(PlanePoint[] points, int[] origins)
    {
        this.points = points;
        this.origins = origins;
        next = new int[origins.Length];
        cycleOf = new int[origins.Length];
    }

    /// <summary>The polygons, or null when the segments were not noded after all.</summary>
    public static List<FacePolygon>? Of(Segments noded)
    {
        var sorted = SortedPoints(noded);
        var faces = new OddFaces(sorted, OddEdges(noded, sorted));
        faces.LinkAroundPoints();
        faces.FindCycles();
        return faces.Colour() is { } odd ? faces.Polygons(odd) : null;
    }

    private static PlanePoint[] SortedPoints(Segments segments)
    {
        var all = new PlanePoint[2 * segments.Count];
        for (var i = 0; i < segments.Count; i++)
            (all[2 * i], all[2 * i + 1]) = (segments.Start(i), segments.End(i));
        Array.Sort(all, Compare);
        var count = 0;
        foreach (var point in all)
            if (count == 0 || all[count - 1] != point)
                all[count++] = point;
        Array.Resize(ref all, count);
        return all;
    }

    /// <summary>West before east, south before north.</summary>
    private static int Compare(PlanePoint a, PlanePoint b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y);

    /// <summary>The origins of the half-edges of all edges that are covered an odd number of times.</summary>
    private static int[] OddEdges(Segments segments, PlanePoint[] sorted)
    {
        var order = Comparer<PlanePoint>.Create(Compare);
        var keys = new long[segments.Count];
        for (var i = 0; i < segments.Count; i++)
        {
            var (a, b) = (Array.BinarySearch(sorted, segments.Start(i), order), Array.BinarySearch(sorted, segments.End(i), order));
            keys[i] = (long)Math.Min(a, b) << 32 | (uint)Math.Max(a, b);
        }
        Array.Sort(keys);
        var odd = new List<int>(2 * keys.Length);
        for (int i = 0, run; i < keys.Length; i += run)
        {
            run = 1;
            while (i + run < keys.Length && keys[i + run] == keys[i])
                run++;
            if (run % 2 == 1)
                odd.AddRange([(int)(keys[i] >> 32), (int)(uint)keys[i]]);
        }
        return [.. odd];
    }

    private int Origin(int half) => origins[half];

    private int Target(int half) => origins[half ^ 1];

    /// <summary>After each half-edge comes the one that keeps the same face on its left: at its end, the next clockwise from the way
    /// back.</summary>
    private void LinkAroundPoints()
    {
        var starts = new int[points.Length + 1];
        foreach (var origin in origins)
            starts[origin + 1]++;
        for (var i = 0; i < points.Length; i++)
            starts[i + 1] += starts[i];
        var outgoing = new int[origins.Length];
        var fill = (int[])starts.Clone();
        for (var half = 0; half < origins.Length; half++)
            outgoing[fill[origins[half]]++] = half;
        for (var point = 0; point < points.Length; point++)
        {
            var around = outgoing.AsSpan(starts[point]..starts[point + 1]);
            around.Sort(CompareDirections);
            for (var i = 0; i < around.Length; i++)
                next[around[i] ^ 1] = around[i == 0 ? around.Length - 1 : i - 1];
        }
    }

    /// <summary>Counter-clockwise from east.</summary>
    private int CompareDirections(int first, int second)
    {
        var (origin, a, b) = (points[Origin(first)], points[Target(first)], points[Target(second)]);
        var (lowerA, lowerB) = (IsLower(origin, a), IsLower(origin, b));
        return lowerA != lowerB ? lowerA.CompareTo(lowerB) : -Segments.Orientation(origin, a, b);
    }

    private static bool IsLower(PlanePoint origin, PlanePoint to) => to.Y < origin.Y || (to.Y == origin.Y && to.X < origin.X);

    private void FindCycles()
    {
        Array.Fill(cycleOf, -1);
        for (var start = 0; start < next.Length; start++)
        {
            if (cycleOf[start] >= 0)
                continue;
            for (var half = start; cycleOf[half] < 0; half = next[half])
                cycleOf[half] = cycleStarts.Count;
            cycleStarts.Add(start);
        }
    }

    /// <summary>For each cycle: does an odd face lie on its left? Null when two sides of an edge would have the same colour.</summary>
    private bool[]? Colour()
    {
        var components = Components();
        var colour = new sbyte[cycleStarts.Count];
        var stack = new Stack<int>();
        for (var c = 0; c < components.Count; c++)
        {
            var outside = cycleOf[OutsideHalf(components[c])];
            var inside = false;
            for (var other = 0; other < components.Count; other++)
                if (other != c && CrossesOdd(components[other], points[components[c].West]))
                    inside = !inside;
            colour[outside] = (sbyte)(inside ? 1 : -1);
            stack.Push(outside);
            while (stack.TryPop(out var cycle))
            {
                var half = cycleStarts[cycle];
                do
                {
                    var across = cycleOf[half ^ 1];
                    if (colour[across] == colour[cycle])
                        return null;
                    if (colour[across] == 0)
                    {
                        colour[across] = (sbyte)-colour[cycle];
                        stack.Push(across);
                    }
                    half = next[half];
                } while (half != cycleStarts[cycle]);
            }
        }
        return Array.ConvertAll(colour, c => c > 0);
    }

    /// <summary>A connected part of the linework: its edges, its westernmost point and its box.</summary>
    private sealed record Component(List<int> Edges, int West, Extent Box);

    private List<Component> Components()
    {
        var parent = Enumerable.Range(0, points.Length).ToArray();
        int Root(int i)
        {
            while (parent[i] != i)
                i = parent[i] = parent[parent[i]];
            return i;
        }
        for (var edge = 0; edge < origins.Length; edge += 2)
        {
            var (a, b) = (Root(origins[edge]), Root(origins[edge + 1]));
            parent[Math.Max(a, b)] = Math.Min(a, b);
        }
        var byRoot = new SortedDictionary<int, List<int>>();
        for (var edge = 0; edge < origins.Length; edge += 2)
        {
            var root = Root(origins[edge]);
            if (!byRoot.TryGetValue(root, out var edges))
                byRoot[root] = edges = [];
            edges.Add(edge);
        }
        // Points are sorted from west to east and the smaller root wins, so the root is the westernmost point.
        return byRoot
            .Select(c => new Component(
                c.Value,
                c.Key,
                c.Value.Aggregate(
                    Extent.Empty,
                    (box, e) => box.Including(points[Origin(e)].X, points[Origin(e)].Y).Including(points[Target(e)].X, points[Target(e)].Y)
                )
            ))
            .ToList();
    }

    /// <summary>The half-edge from the westernmost point that has the outside of the component on its left: the steepest one.</summary>
    private int OutsideHalf(Component component)
    {
        var steepest = -1;
        foreach (var edge in component.Edges)
        {
            if (origins[edge] != component.West)
                continue;
            if (steepest < 0 || Segments.Orientation(points[component.West], points[Target(steepest)], points[Target(edge)]) > 0)
                steepest = edge;
        }
        return steepest;
    }

    private bool CrossesOdd(Component component, PlanePoint point)
    {
        var box = component.Box;
        if (point.X < box.MinX || point.Y < box.MinY || point.Y > box.MaxY)
            return false;
        var odd = false;
        foreach (var edge in component.Edges)
        {
            var (a, b) = (points[origins[edge]], points[origins[edge + 1]]);
            if (a.Y > point.Y == b.Y > point.Y)
                continue;
            var (low, high) = a.Y < b.Y ? (a, b) : (b, a);
            if (Segments.Orientation(low, high, point) < 0)
                odd = !odd;
        }
        return odd;
    }

    private List<FacePolygon>? Polygons(bool[] odd)
    {
        var polygons = new List<FacePolygon>();
        var homeless = new List<PlanePoint[]>();
        var at = new int[points.Length];
        Array.Fill(at, -1);
        for (var cycle = 0; cycle < cycleStarts.Count; cycle++)
        {
            if (!odd[cycle])
                continue;
            FacePolygon? own = null;
            var holes = new List<PlanePoint[]>();
            foreach (var ring in SimpleRings(cycleStarts[cycle], at))
            {
                if (IsCounterClockwise(ring))
                    polygons.Add(own = new FacePolygon(ring, []));
                else
                    holes.Add(ring);
            }
            (own?.Holes ?? homeless).AddRange(holes);
        }
        return PlaceHoles(polygons, homeless) ? polygons : null;
    }

    /// <summary>Splits the walk round a face where it comes back to a point it has passed.</summary>
    private List<PlanePoint[]> SimpleRings(int start, int[] at)
    {
        var rings = new List<PlanePoint[]>();
        var path = new List<int>();
        var half = start;
        do
        {
            var point = Origin(half);
            if (at[point] >= 0)
                CutOff(at[point]);
            at[point] = path.Count;
            path.Add(point);
            half = next[half];
        } while (half != start);
        CutOff(0);
        return rings;

        void CutOff(int from)
        {
            rings.Add(path.Skip(from).Select(p => points[p]).ToArray());
            foreach (var passed in path.Skip(from))
                at[passed] = -1;
            path.RemoveRange(from, path.Count - from);
        }
    }

    private static bool IsCounterClockwise(PlanePoint[] ring)
    {
        var lowest = 0;
        for (var i = 1; i < ring.Length; i++)
            if (ring[i].Y < ring[lowest].Y || (ring[i].Y == ring[lowest].Y && ring[i].X < ring[lowest].X))
                lowest = i;
        return Segments.Orientation(ring[(lowest + ring.Length - 1) % ring.Length], ring[lowest], ring[(lowest + 1) % ring.Length]) > 0;
    }

    /// <summary>A hole whose outline touches nothing around it belongs to the smallest shell that holds it.</summary>
    private static bool PlaceHoles(List<FacePolygon> polygons, List<PlanePoint[]> holes)
    {
        if (holes.Count == 0)
            return true;
        var shells = polygons
            .Select(p => (Ring: RingOf(p.Shell), Polygon: p))
            .Select(s => (s.Ring, s.Ring.Box, Area: s.Ring.SignedArea, s.Polygon))
            .ToList();
        foreach (var hole in holes)
        {
            var point = hole[0];
            var home = shells
                .Where(s => s.Box.Intersects(new Extent(point.X, point.Y, point.X, point.Y)) && s.Ring.Holds(point))
                .OrderBy(s => s.Area)
                .FirstOrDefault();
            if (home.Polygon is null)
                return false;
            home.Polygon.Holes.Add(hole);
        }
        return true;
    }

    private static PlaneRing RingOf(PlanePoint[] points)
    {
        var ring = new PlaneRing();
        foreach (var point in points)
            ring.Add(0, 0, (point.X, point.Y));
        return ring;
    }
}
