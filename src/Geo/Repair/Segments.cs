using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Weipian.Geo;

/// <summary>How two segments of a plane meet.</summary>
internal enum Meeting
{
    /// <summary>They share no point.</summary>
    Apart,

    /// <summary>They share one point, which is an end of at least one of them.</summary>
    Touch,

    /// <summary>They cross in one point inside both.</summary>
    Cross,

    /// <summary>They lie on one line and share a stretch of it.</summary>
    Overlap,
}

/// <summary>Receives the pairs of segments whose boxes meet.</summary>
internal interface IPairVisitor
{
    /// <summary>Returns false to stop the search.</summary>
    bool Visit(int first, int second);
}

/// <summary>The segments of some rings in ring order, with a box tree over that order: neighbours in a ring are neighbours in
/// space.</summary>
internal sealed class Segments
{
    /// <summary>As many as one vector compares at once.</summary>
    internal const int LeafSize = 8;

    private double[] x1 = [],
        y1 = [],
        x2 = [],
        y2 = [];
    private int[] ring = [];

    /// <summary>Boxes of the segments, and of nothing up to the end of the last leaf.</summary>
    private double[] west = [],
        south = [],
        east = [],
        north = [];

    /// <summary>Which segments run strictly to one side, and which are followed by the next in the same ring.</summary>
    private readonly SegmentRuns runs = new();

    /// <summary>Boxes of the tree's nodes: minimum x, y, maximum x, y; node 1 is the root, node n has the children 2n and 2n + 1.</summary>
    private double[] boxes = [];
    private int leaves;

    /// <summary>Pairs of nodes that are still to be looked at.</summary>
    private readonly Stack<(int A, int B)> stack = new();

    /// <summary>Index of the first segment of each ring; one more entry ends the last ring.</summary>
    private readonly List<int> firsts = [0];

    public int Count { get; private set; }

    public int RingOf(int segment) => ring[segment];

    public (double X1, double Y1, double X2, double Y2) this[int segment] => (x1[segment], y1[segment], x2[segment], y2[segment]);

    public PlanePoint Start(int segment) => new(x1[segment], y1[segment]);

    public PlanePoint End(int segment) => new(x2[segment], y2[segment]);

    /// <summary>Forgets everything but keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        firsts.Clear();
        firsts.Add(0);
    }

    public void Add(double fromX, double fromY, double toX, double toY)
    {
        Reserve(1);
        (x1[Count], y1[Count], x2[Count], y2[Count], ring[Count]) = (fromX, fromY, toX, toY, firsts.Count - 1);
        Count++;
    }

    /// <summary>Adds the segments of an open list of vertices, the last one leading back to the first.</summary>
    public void AddRing(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!x.IsEmpty)
        {
            Reserve(x.Length);
            x.CopyTo(x1.AsSpan(Count));
            y.CopyTo(y1.AsSpan(Count));
            x[1..].CopyTo(x2.AsSpan(Count));
            y[1..].CopyTo(y2.AsSpan(Count));
            ring.AsSpan(Count, x.Length).Fill(firsts.Count - 1);
            Count += x.Length;
            (x2[Count - 1], y2[Count - 1]) = (x[0], y[0]);
        }
        EndRing();
    }

    /// <summary>Room for more segments, up to the end of a leaf.</summary>
    private void Reserve(int more)
    {
        if (Count + more <= x1.Length)
            return;
        var size = (Math.Max(64, Math.Max(Count + more, 2 * Count)) + LeafSize - 1) / LeafSize * LeafSize;
        Array.Resize(ref x1, size);
        Array.Resize(ref y1, size);
        Array.Resize(ref x2, size);
        Array.Resize(ref y2, size);
        Array.Resize(ref ring, size);
    }

    public void EndRing() => firsts.Add(Count);

    /// <summary>True when the one leads on to the other in the same ring.</summary>
    public bool AreNeighbours(int first, int second)
    {
        if (ring[first] != ring[second])
            return false;
        var (low, high) = first < second ? (first, second) : (second, first);
        return high == low + 1 || (low == firsts[ring[low]] && high == firsts[ring[low] + 1] - 1);
    }

    /// <summary>Shows every pair of segments whose closed boxes share a point, each pair once, in an order that depends on the data
    /// alone.</summary>
    /// <returns>False when the visitor stopped the search.</returns>
    public bool VisitPairs<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IPairVisitor
    {
        BuildTree();
        stack.Clear();
        if (Count > 1)
            stack.Push((1, 1));
        while (stack.TryPop(out var pair))
        {
            var (a, b) = pair;
            if (a != b && !BoxesMeet(a, b))
                continue;
            if (a >= leaves && b >= leaves)
            {
                if (!VisitLeaves(a - leaves, b - leaves, ref visitor))
                    return false;
            }
            else if (a == b)
            {
                stack.Push((2 * a, 2 * a + 1));
                stack.Push((2 * a + 1, 2 * a + 1));
                stack.Push((2 * a, 2 * a));
            }
            else
            {
                // Both lie on the same level of the tree, so both have children.
                stack.Push((2 * a + 1, 2 * b + 1));
                stack.Push((2 * a + 1, 2 * b));
                stack.Push((2 * a, 2 * b + 1));
                stack.Push((2 * a, 2 * b));
            }
        }
        return true;
    }

    /// <summary>True when no two segments share a point, but neighbours in a ring the vertex between them; exact.</summary>
    /// <remarks>A stretch of a ring that runs strictly to one side (east, west, north or south) cannot meet itself, so that most
    /// neighbours are never measured.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool MeetOnlyInOrder()
    {
        BuildTree();
        runs.Mark(x1, y1, x2, y2, Count, firsts);
        stack.Clear();
        if (Count > 1)
            stack.Push((1, 1));
        while (stack.TryPop(out var pair))
        {
            var (a, b) = pair;
            if (a >= leaves)
            {
                if (!LeavesMeetOnlyInOrder(a - leaves, b - leaves))
                    return false;
                continue;
            }
            PushIfNear(2 * a + 1, 2 * b + 1);
            if (a != b)
                PushIfNear(2 * a + 1, 2 * b);
            PushIfNear(2 * a, 2 * b + 1);
            PushIfNear(2 * a, 2 * b);
        }
        return true;
    }

    /// <summary>The box of no segment meets none, not even itself.</summary>
    private void PushIfNear(int a, int b)
    {
        if (BoxesMeet(a, b))
            stack.Push((a, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool LeavesMeetOnlyInOrder(int a, int b)
    {
        if (runs.AreOneRun(a, b))
            return true;
        var leadOn = b - a <= 1 ? runs.LeadOn(a) : 0;
        var from = (nuint)(b * LeafSize);
        var half = from + LeafSize / 2;
        var (w1, w2) = (Vector256.LoadUnsafe(in west[0], from), Vector256.LoadUnsafe(in west[0], half));
        var (e1, e2) = (Vector256.LoadUnsafe(in east[0], from), Vector256.LoadUnsafe(in east[0], half));
        var (s1, s2) = (Vector256.LoadUnsafe(in south[0], from), Vector256.LoadUnsafe(in south[0], half));
        var (n1, n2) = (Vector256.LoadUnsafe(in north[0], from), Vector256.LoadUnsafe(in north[0], half));
        var end = Math.Min(LeafSize, Count - a * LeafSize);
        for (var i = 0; i < end; i++)
        {
            var segment = a * LeafSize + i;
            var (e, w) = (Vector256.Create(east[segment]), Vector256.Create(west[segment]));
            var (n, s) = (Vector256.Create(north[segment]), Vector256.Create(south[segment]));
            var first =
                Vector256.LessThanOrEqual(w1, e)
                & Vector256.GreaterThanOrEqual(e1, w)
                & Vector256.LessThanOrEqual(s1, n)
                & Vector256.GreaterThanOrEqual(n1, s);
            var second =
                Vector256.LessThanOrEqual(w2, e)
                & Vector256.GreaterThanOrEqual(e2, w)
                & Vector256.LessThanOrEqual(s2, n)
                & Vector256.GreaterThanOrEqual(n2, s);
            var found = first.ExtractMostSignificantBits() | second.ExtractMostSignificantBits() << (LeafSize / 2);
            var leadsOn = (leadOn >> i & 1) != 0;
            if (a == b)
                found &= ~0u << (leadsOn ? i + 2 : i + 1);
            else if (leadsOn && i == LeafSize - 1)
                found &= ~1u;
            for (; found != 0; found &= found - 1)
                if (!MeetsInOrder(segment, b * LeafSize + BitOperations.TrailingZeroCount(found)))
                    return false;
        }
        return true;
    }

    private bool MeetsInOrder(int first, int second)
    {
        var meeting = Meet(first, second);
        return meeting == Meeting.Apart || (meeting == Meeting.Touch && AreNeighbours(first, second));
    }

    /// <summary>How two segments meet, exactly.</summary>
    public Meeting Meet(int i, int j)
    {
        var (a, b, c, d) = (Start(i), End(i), Start(j), End(j));
        var (c1, d1) = (Orientation(a, b, c), Orientation(a, b, d));
        if (c1 == d1 && c1 != 0)
            return Meeting.Apart;
        var (a1, b1) = (Orientation(c, d, a), Orientation(c, d, b));
        if (a1 == b1 && a1 != 0)
            return Meeting.Apart;
        if (c1 == 0 && d1 == 0)
            return MeetOnLine(a, b, c, d);
        return c1 != 0 && d1 != 0 && a1 != 0 && b1 != 0 ? Meeting.Cross : Meeting.Touch;
    }

    /// <summary>Sign of the turn a → b → c: 1 left, −1 right, 0 straight; exact for the numbers of the plane.</summary>
    public static int Orientation(PlanePoint a, PlanePoint b, PlanePoint c)
    {
        var left = (a.X - c.X) * (b.Y - c.Y);
        var right = (a.Y - c.Y) * (b.X - c.X);
        var turn = left - right;
        // The bound of the rounding of two differences and a product each; beyond it the sign is certain.
        var bound = 3.3306690738754716e-16 * (Math.Abs(left) + Math.Abs(right));
        if (turn > bound)
            return 1;
        if (turn < -bound)
            return -1;
        return CGAlgorithmsDD.OrientationIndex(a.X, a.Y, b.X, b.Y, c.X, c.Y);
    }

    /// <summary>The point where two crossing segments meet, to the nearest numbers, inside the boxes of both.</summary>
    public PlanePoint Crossing(int i, int j)
    {
        var at = CGAlgorithmsDD.Intersection(
            new Coordinate(x1[i], y1[i]),
            new Coordinate(x2[i], y2[i]),
            new Coordinate(x1[j], y1[j]),
            new Coordinate(x2[j], y2[j])
        );
        var low = new PlanePoint(
            Math.Max(Math.Min(x1[i], x2[i]), Math.Min(x1[j], x2[j])),
            Math.Max(Math.Min(y1[i], y2[i]), Math.Min(y1[j], y2[j]))
        );
        var high = new PlanePoint(
            Math.Min(Math.Max(x1[i], x2[i]), Math.Max(x1[j], x2[j])),
            Math.Min(Math.Max(y1[i], y2[i]), Math.Max(y1[j], y2[j]))
        );
        // Extended precision finds no crossing of lines that are parallel to all its digits: any point they share will do.
        return at is null || double.IsNaN(at.X) || double.IsNaN(at.Y)
            ? low
            : new PlanePoint(Math.Clamp(at.X, low.X, high.X), Math.Clamp(at.Y, low.Y, high.Y));
    }

    /// <summary>True when the point lies inside the box of the segment, its borders included.</summary>
    public bool BoxHolds(int i, PlanePoint p) =>
        Math.Min(x1[i], x2[i]) <= p.X && p.X <= Math.Max(x1[i], x2[i]) && Math.Min(y1[i], y2[i]) <= p.Y && p.Y <= Math.Max(y1[i], y2[i]);

    private static Meeting MeetOnLine(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d)
    {
        var alongX = Math.Abs(b.X - a.X) >= Math.Abs(b.Y - a.Y);
        var (a0, b0) = alongX ? (Math.Min(a.X, b.X), Math.Max(a.X, b.X)) : (Math.Min(a.Y, b.Y), Math.Max(a.Y, b.Y));
        var (c0, d0) = alongX ? (Math.Min(c.X, d.X), Math.Max(c.X, d.X)) : (Math.Min(c.Y, d.Y), Math.Max(c.Y, d.Y));
        var (start, end) = (Math.Max(a0, c0), Math.Min(b0, d0));
        if (start > end)
            return Meeting.Apart;
        return start < end ? Meeting.Overlap : Meeting.Touch;
    }

    private bool VisitLeaves<TVisitor>(int a, int b, ref TVisitor visitor)
        where TVisitor : struct, IPairVisitor
    {
        var endA = Math.Min(Count, (a + 1) * LeafSize);
        var from = (nuint)(b * LeafSize);
        var (w, e) = (Vector512.LoadUnsafe(in west[0], from), Vector512.LoadUnsafe(in east[0], from));
        var (s, n) = (Vector512.LoadUnsafe(in south[0], from), Vector512.LoadUnsafe(in north[0], from));
        for (var i = a * LeafSize; i < endA; i++)
        {
            var meets =
                Vector512.LessThanOrEqual(w, Vector512.Create(east[i]))
                & Vector512.GreaterThanOrEqual(e, Vector512.Create(west[i]))
                & Vector512.LessThanOrEqual(s, Vector512.Create(north[i]))
                & Vector512.GreaterThanOrEqual(n, Vector512.Create(south[i]));
            var found = (uint)meets.ExtractMostSignificantBits();
            if (a == b)
                found &= ~0u << (i - a * LeafSize + 1);
            for (; found != 0; found &= found - 1)
                if (!visitor.Visit(i, b * LeafSize + BitOperations.TrailingZeroCount(found)))
                    return false;
        }
        return true;
    }

    private bool BoxesMeet(int a, int b)
    {
        var (p, q) = (4 * a, 4 * b);
        return boxes[p] <= boxes[q + 2] && boxes[q] <= boxes[p + 2] && boxes[p + 1] <= boxes[q + 3] && boxes[q + 1] <= boxes[p + 3];
    }

    private void BuildTree()
    {
        leaves = 1;
        while ((long)leaves * LeafSize < Count)
            leaves *= 2;
        if (boxes.Length < 8 * leaves)
            boxes = new double[8 * leaves];
        BoxSegments();
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            var at = 4 * (leaves + leaf);
            (boxes[at], boxes[at + 1]) = (LeastOf(west, leaf), LeastOf(south, leaf));
            (boxes[at + 2], boxes[at + 3]) = (GreatestOf(east, leaf), GreatestOf(north, leaf));
        }
        for (var node = leaves - 1; node >= 1; node--)
        {
            var (left, right) = (Vector256.LoadUnsafe(in boxes[8 * node]), Vector256.LoadUnsafe(in boxes[8 * node + 4]));
            // The western and southern ends of one, the eastern and northern of the other.
            var ends = Vector256.ConditionalSelect(FirstHalf, Vector256.Min(left, right), Vector256.Max(left, right));
            ends.StoreUnsafe(ref boxes[4 * node]);
        }
    }

    private static Vector256<double> FirstHalf => Vector256.Create(-1L, -1L, 0, 0).AsDouble();

    private static double LeastOf(double[] values, int leaf)
    {
        ref readonly var first = ref values[leaf * LeafSize];
        var four = Vector256.Min(Vector256.LoadUnsafe(in first), Vector256.LoadUnsafe(in first, LeafSize / 2));
        var two = Vector128.Min(four.GetLower(), four.GetUpper());
        return Math.Min(two[0], two[1]);
    }

    private static double GreatestOf(double[] values, int leaf)
    {
        ref readonly var first = ref values[leaf * LeafSize];
        var four = Vector256.Max(Vector256.LoadUnsafe(in first), Vector256.LoadUnsafe(in first, LeafSize / 2));
        var two = Vector128.Max(four.GetLower(), four.GetUpper());
        return Math.Max(two[0], two[1]);
    }

    private void BoxSegments()
    {
        var places = leaves * LeafSize;
        if (west.Length < places)
            (west, south, east, north) = (new double[places], new double[places], new double[places], new double[places]);
        // Whole vectors: what lies behind the last segment is put right below.
        for (var i = 0; i < Count; i += Vector256<double>.Count)
        {
            var (x, nextX) = (Vector256.LoadUnsafe(in x1[i]), Vector256.LoadUnsafe(in x2[i]));
            var (y, nextY) = (Vector256.LoadUnsafe(in y1[i]), Vector256.LoadUnsafe(in y2[i]));
            Vector256.Min(x, nextX).StoreUnsafe(ref west[i]);
            Vector256.Max(x, nextX).StoreUnsafe(ref east[i]);
            Vector256.Min(y, nextY).StoreUnsafe(ref south[i]);
            Vector256.Max(y, nextY).StoreUnsafe(ref north[i]);
        }
        for (var i = Count; i < places; i++)
        {
            (west[i], south[i]) = (double.PositiveInfinity, double.PositiveInfinity);
            (east[i], north[i]) = (double.NegativeInfinity, double.NegativeInfinity);
        }
    }
}
