using System.Numerics;
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
    private const int LeafSize = 8;

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
        if (Count == x1.Length)
        {
            var size = Math.Max(64, 2 * Count);
            Array.Resize(ref x1, size);
            Array.Resize(ref y1, size);
            Array.Resize(ref x2, size);
            Array.Resize(ref y2, size);
            Array.Resize(ref ring, size);
        }
        (x1[Count], y1[Count], x2[Count], y2[Count], ring[Count]) = (fromX, fromY, toX, toY, firsts.Count - 1);
        Count++;
    }

    /// <summary>Adds the segments of an open list of vertices, the last one leading back to the first.</summary>
    public void AddRing(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var j = i + 1 == x.Length ? 0 : i + 1;
            Add(x[i], y[i], x[j], y[j]);
        }
        EndRing();
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

    /// <summary>True when the second begins where the first ends and goes on, by east or by north, to the other side: then they share no
    /// further point. False does not say that they do.</summary>
    public bool LeadsOn(int first, int second)
    {
        var (x, y) = (x1[second], y1[second]);
        return x2[first] == x
            && y2[first] == y
            && (
                (x1[first] < x && x < x2[second])
                || (x1[first] > x && x > x2[second])
                || (y1[first] < y && y < y2[second])
                || (y1[first] > y && y > y2[second])
            );
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
            var box = Extent.Empty;
            for (var i = leaf * LeafSize; i < (leaf + 1) * LeafSize; i++)
                box = new Extent(
                    Math.Min(box.MinX, west[i]),
                    Math.Min(box.MinY, south[i]),
                    Math.Max(box.MaxX, east[i]),
                    Math.Max(box.MaxY, north[i])
                );
            SetBox(leaves + leaf, box);
        }
        for (var node = leaves - 1; node >= 1; node--)
        {
            var (l, r) = (8 * node, 8 * node + 4);
            SetBox(
                node,
                new Extent(
                    Math.Min(boxes[l], boxes[r]),
                    Math.Min(boxes[l + 1], boxes[r + 1]),
                    Math.Max(boxes[l + 2], boxes[r + 2]),
                    Math.Max(boxes[l + 3], boxes[r + 3])
                )
            );
        }
    }

    private void BoxSegments()
    {
        var places = leaves * LeafSize;
        if (west.Length < places)
            (west, south, east, north) = (new double[places], new double[places], new double[places], new double[places]);
        for (var i = 0; i < Count; i++)
        {
            (west[i], east[i]) = x1[i] < x2[i] ? (x1[i], x2[i]) : (x2[i], x1[i]);
            (south[i], north[i]) = y1[i] < y2[i] ? (y1[i], y2[i]) : (y2[i], y1[i]);
        }
        for (var i = Count; i < places; i++)
        {
            (west[i], south[i]) = (double.PositiveInfinity, double.PositiveInfinity);
            (east[i], north[i]) = (double.NegativeInfinity, double.NegativeInfinity);
        }
    }

    private void SetBox(int node, Extent box) =>
        (boxes[4 * node], boxes[4 * node + 1], boxes[4 * node + 2], boxes[4 * node + 3]) = (box.MinX, box.MinY, box.MaxX, box.MaxY);
}
