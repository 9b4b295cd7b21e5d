using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Weipian.Geo;

/// <summary>One patch P, cut into upright slabs, ready to answer how much of P lies below an edge.</summary>
/// <remarks>
/// <para>
/// area(P ∩ Q) = Σ over the edges e of Q of ± area{ points of P below e }, plus where e runs from right to left (a roof of Q), minus where
/// it runs from left to right (a floor). "P below e" is in turn a sum over the edges f of P of ± ∫ min(f, e) dx over the common x-range.
/// No point of intersection is ever computed, so coincident, touching and repeated edges need no care, and the area is continuous in
/// the coordinates. What is computed is ∫ w(P)·w(Q), the product of the winding numbers: rings must be oriented and properly nested.
/// </para>
/// <para>
/// Numbers are local to the box of P, so that sums of areas do not cancel. Every edge is taken from left to right before anything is
/// computed: the two neighbours of a shared boundary get the same number with opposite sign, and a coverage adds up.
/// Four lanes are summed in a fixed order on every machine, without fused operations: the digits do not depend on the processor.
/// One object per thread; it grows to the largest patch and allocates nothing after that.
/// </para>
/// </remarks>
internal sealed unsafe class PatchSlabs
{
    private const int SlabsMin = 4;
    private const int SlabsMax = 4096;
    private const int Lanes = 4;

    private int slabs;
    private double slabWidth;
    private double slabsPerMetre;

    /// <summary>Pieces of slab s: first[s] up to, not including, first[s + 1]; a multiple of the lanes, the rest is zero.</summary>
    private int[] first = [];

    /// <summary>The next free place of a slab while it is filled.</summary>
    private int[] next = [];

    /// <summary>The highest ordinate of P in a slab.</summary>
    private double[] top = [];

    /// <summary>Area of P left of a slab.</summary>
    private double[] areaLeft = [];

    // A piece is the part of an edge of P in one slab: from left to right, height at its left end, slope, +1 for a roof and −1 for a floor.
    private double[] left = [];
    private double[] right = [];
    private double[] height = [];
    private double[] slope = [];
    private double[] sign = [];

    /// <summary>West and south of the box of P: the origin of all local numbers.</summary>
    public double West { get; private set; }

    public double South { get; private set; }

    public double Width { get; private set; }

    public double Height { get; private set; }

    /// <summary>Cuts a patch.</summary>
    public void Cut(PackedColumns columns, int patch)
    {
        var box = columns.Boxes + 4 * patch;
        (West, South, Width, Height) = (box[0], box[1], box[2] - box[0], box[3] - box[1]);
        int firstChunk = columns.FirstChunks[patch],
            endChunk = columns.FirstChunks[patch + 1];
        var edges = 0;
        for (var chunk = firstChunk; chunk < endChunk; chunk++)
            edges += columns.ChunkEdges[chunk];
        slabs = Math.Clamp(edges / 2, SlabsMin, SlabsMax);
        slabWidth = Width / slabs;
        slabsPerMetre = Width > 0 ? slabs / Width : 0;
        Reserve(CountPieces(columns, firstChunk, endChunk));
        for (var chunk = firstChunk; chunk < endChunk; chunk++)
        for (var edge = 0; edge < columns.ChunkEdges[chunk]; edge++)
            if (Local(columns, columns.ChunkPoints[chunk] + edge) is { X1: var x1, X2: var x2 } e && x1 < x2)
                AddPieces(e);
        CloseSlabs();
    }

    /// <summary>∫ over x1 … x2 of the length of P below the segment, signed: negative when the segment runs to the left. Local numbers.</summary>
    public double Below(double x1, double y1, double x2, double y2)
    {
        if (x1 > x2)
            return -Below(x2, y2, x1, y1);
        if (x1 >= Width || x2 <= 0 || x1 == x2 || (y1 <= 0 && y2 <= 0))
            return 0;
        var rise = (y2 - y1) / (x2 - x1);
        var (l, r) = (x1, x2);
        var yl = y1;
        if (l < 0)
            (l, yl) = (0, y1 - rise * x1);
        if (r > Width)
            r = Width;
        if (y1 >= Height && y2 >= Height)
            return AreaLeftOf(r) - AreaLeftOf(l);
        int from = SlabOf(l),
            to = SlabOf(r);
        double sum = 0;
        for (var slab = from; slab <= to; slab++)
        {
            var start = slab == from ? l : slab * slabWidth;
            var end = slab == to ? r : (slab + 1) * slabWidth;
            double yStart = yl + rise * (start - l),
                yEnd = yl + rise * (end - l);
            if (yStart >= top[slab] && yEnd >= top[slab])
                sum += AreaLeftOf(end, slab) - AreaLeftOf(start, slab);
            else if (yStart > 0 || yEnd > 0)
                sum += Clip(slab, start, end, yStart, rise);
        }
        return sum;
    }

    /// <summary>Area of P left of x, local; x outside the box counts as its border.</summary>
    public double AreaLeftOf(double x)
    {
        if (x <= 0)
            return 0;
        return x >= Width ? areaLeft[slabs] : AreaLeftOf(x, SlabOf(x));
    }

    private double AreaLeftOf(double x, int slab)
    {
        var start = slab * slabWidth;
        if (x <= start)
            return areaLeft[slab];
        return x >= start + slabWidth ? areaLeft[slab + 1] : areaLeft[slab] + Clip(slab, start, x, double.MaxValue, 0);
    }

    /// <summary>∫ from start to end, within one slab, of the length of P below the line that is at <paramref name="y"/> at its start.</summary>
    private double Clip(int slab, double start, double end, double y, double rise)
    {
        var starts = Vector256.Create(start);
        var ends = Vector256.Create(end);
        var ys = Vector256.Create(y);
        var rises = Vector256.Create(rise);
        var tiny = Vector256.Create(1e-300);
        var half = Vector256.Create(0.5);
        var sum = Vector256<double>.Zero;
        for (var i = first[slab]; i < first[slab + 1]; i += Lanes)
        {
            var pieceLeft = Vector256.LoadUnsafe(ref left[i]);
            var l = Vector256.Max(pieceLeft, starts);
            var r = Vector256.Min(Vector256.LoadUnsafe(ref right[i]), ends);
            var width = Vector256.Max(r - l, Vector256<double>.Zero);
            var pieceSlope = Vector256.LoadUnsafe(ref slope[i]);
            var atLeft = Vector256.LoadUnsafe(ref height[i]) + pieceSlope * (l - pieceLeft);
            var atRight = atLeft + pieceSlope * width;
            var overLeft = ys + rises * (l - starts) - atLeft;
            var overRight = ys + rises * (l - starts) + rises * width - atRight;
            // ∫ min(d, 0) over a width w, d linear from a to b, is −(w/2)·(min(a,0) + min(b,0))² / (|a| + |b|).
            var below = Vector256.Min(overLeft, Vector256<double>.Zero) + Vector256.Min(overRight, Vector256<double>.Zero);
            var spread = Vector256.Max(Vector256.Abs(overLeft) + Vector256.Abs(overRight), tiny);
            var mean = half * (atLeft + atRight) - half * (below / spread * below);
            sum += Vector256.LoadUnsafe(ref sign[i]) * width * mean;
        }
        return (sum.GetElement(0) + sum.GetElement(1)) + (sum.GetElement(2) + sum.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlabOf(double x)
    {
        var slab = (int)(x * slabsPerMetre);
        return slab < 0 ? 0
            : slab >= slabs ? slabs - 1
            : slab;
    }

    private readonly record struct Edge(double X1, double Y1, double X2, double Y2, double Sign);

    /// <summary>The edge that starts at a vertex, in local numbers, from left to right.</summary>
    private Edge Local(PackedColumns columns, int point)
    {
        double x1 = columns.Xs[point] - West,
            y1 = columns.Ys[point] - South,
            x2 = columns.Xs[point + 1] - West,
            y2 = columns.Ys[point + 1] - South;
        return x1 <= x2 ? new(x1, y1, x2, y2, -1) : new(x2, y2, x1, y1, 1);
    }

    /// <summary>Counts the pieces of each slab and turns the counts into starts; returns how many places are needed.</summary>
    private int CountPieces(PackedColumns columns, int firstChunk, int endChunk)
    {
        if (first.Length < slabs + 1)
            (first, next, top, areaLeft) = (new int[slabs + 1], new int[slabs + 1], new double[slabs + 1], new double[slabs + 1]);
        Array.Clear(first, 0, slabs + 1);
        for (var chunk = firstChunk; chunk < endChunk; chunk++)
        for (var edge = 0; edge < columns.ChunkEdges[chunk]; edge++)
        {
            var e = Local(columns, columns.ChunkPoints[chunk] + edge);
            if (e.X1 == e.X2)
                continue;
            for (int slab = SlabOf(e.X1), last = SlabOf(e.X2); slab <= last; slab++)
                first[slab]++;
        }
        var places = 0;
        for (var slab = 0; slab <= slabs; slab++)
        {
            var count = slab < slabs ? (first[slab] + Lanes - 1) / Lanes * Lanes : 0;
            first[slab] = next[slab] = places;
            places += count;
        }
        return places;
    }

    private void Reserve(int places)
    {
        if (left.Length < places)
        {
            var size = Math.Max(places, 2 * left.Length);
            (left, right, height, slope, sign) = (new double[size], new double[size], new double[size], new double[size], new double[size]);
        }
        else
        {
            // Places that no piece takes must have no width.
            Array.Clear(left, 0, places);
            Array.Clear(right, 0, places);
            Array.Clear(height, 0, places);
            Array.Clear(slope, 0, places);
            Array.Clear(sign, 0, places);
        }
        Array.Clear(top, 0, slabs + 1);
    }

    private void AddPieces(Edge e)
    {
        if (e.X1 == e.X2)
            return;
        var rise = (e.Y2 - e.Y1) / (e.X2 - e.X1);
        int from = SlabOf(e.X1),
            to = SlabOf(e.X2);
        for (var slab = from; slab <= to; slab++)
        {
            var start = slab == from ? e.X1 : slab * slabWidth;
            var end = slab == to ? e.X2 : (slab + 1) * slabWidth;
            var place = next[slab]++;
            left[place] = start;
            right[place] = end;
            height[place] = slab == from ? e.Y1 : e.Y1 + rise * (start - e.X1);
            slope[place] = rise;
            sign[place] = e.Sign;
            top[slab] = Math.Max(top[slab], Math.Max(e.Y1, e.Y2));
        }
    }

    /// <summary>Adds up the area of P slab by slab.</summary>
    private void CloseSlabs()
    {
        double area = 0;
        for (var slab = 0; slab < slabs; slab++)
        {
            areaLeft[slab] = area;
            for (var i = first[slab]; i < first[slab + 1]; i++)
            {
                var width = right[i] - left[i];
                area += sign[i] * width * (height[i] + 0.5 * slope[i] * width);
            }
        }
        areaLeft[slabs] = area;
    }
}
