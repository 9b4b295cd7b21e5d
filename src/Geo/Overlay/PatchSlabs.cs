using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weipian.Geo;

/// <summary>One patch P, cut into vertical slabs, ready to answer: how much of P lies under this edge?</summary>
/// <remarks>
/// <para>
/// area(P ∩ Q) = Σ over the edges e of Q of ± area{ points of P below e }: minus where e runs east, plus where it runs west. The same
/// identity applied to P turns each term into a sum over the edges p of P of ± ∫ min(p, e) dx over the stretch they share. There are
/// no intersection points and no topology, so coincident, touching and collinear edges are ordinary cases, and the area changes
/// continuously with the coordinates.
/// </para>
/// <para>
/// Every edge of P is cut at the slab borders into <em>pieces</em>, each inside one slab; an edge of Q meets the pieces of the slabs it
/// crosses.
/// Coordinates are local to the box of P, so that no term is much larger than P and nothing cancels. With d = p − e linear from da to
/// db over a width w, ∫ min(d, 0) = −(w/2)·(na + nb)² ÷ (|da| + |db|) where na = min(da, 0), nb = min(db, 0): one formula without a case.
/// </para>
/// <para>
/// Sums run in eight fixed lanes, added in one order, whatever the width of the machine's registers: results are the same bits everywhere.
/// One object per thread; it is reused for patch after patch and grows only.
/// </para>
/// </remarks>
internal sealed unsafe class PatchSlabs : IDisposable
{
    private const int Lanes = 8;
    private const int SlabsMin = 4;
    private const int SlabsMax = 4096;
    private const int VerticesPerSlab = 3;

    // A group of eight pieces lies together: eight west ends, eight east ends, and so on.
    private const int WestAt = 0;
    private const int EastAt = WestAt + Lanes;
    private const int HeightAt = EastAt + Lanes;
    private const int SlopeAt = HeightAt + Lanes;
    private const int HalfSignAt = SlopeAt + Lanes;
    private const int GroupLength = HalfSignAt + Lanes;

    private double originX,
        originY,
        width,
        height,
        slabWidth,
        slabsPerMetre;
    private int slabs;

    /// <summary>Greatest x and y of the box of P, least x and y with their signs turned: what a box is compared with in one go.</summary>
    private Vector256<double> sides;

    // Per slab: where its groups of pieces begin, the area of P west of it, and no less than the greatest height of P in it.
    private readonly int[] firstGroup = new int[SlabsMax + 1];
    private readonly int[] fill = new int[SlabsMax + 1];
    private readonly double[] areaWest = new double[SlabsMax + 1];
    private readonly double[] top = new double[SlabsMax + 1];

    // Per piece: its west and east ends, its height at the west end, its slope, and +½ where P lies below it, −½ where P lies above.
    // The last pieces of a slab are empty ones without width.
    private double* block;
    private int capacity;

    private readonly EdgeMemory seen = new();

    /// <summary>The area of P by this way of summing.</summary>
    public double Area => areaWest[slabs];

    /// <summary>Takes up a patch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(in LayerView layer, int patch)
    {
        var box = layer.FeatureBox + 4L * patch;
        (originX, originY, width, height) = (box[0], box[1], box[2] - box[0], box[3] - box[1]);
        sides = BoxSides.Of(box);
        var (first, last) = (layer.RingStart[patch], layer.RingStart[patch + 1]);
        var vertices = layer.PointStart[last] - layer.PointStart[first];
        slabs = Math.Clamp(vertices / VerticesPerSlab, SlabsMin, SlabsMax);
        slabWidth = width / slabs;
        slabsPerMetre = slabs / width;
        Reserve(CountPieces(layer, first, last));
        FillPieces(layer, first, last);
        SumAreas();
        seen.Forget();
    }

    /// <summary>area(P ∩ Q) for a feature Q of a layer, m².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double AreaWith(in LayerView layer, int feature)
    {
        var sum = 0.0;
        var end = layer.RingStart[feature + 1];
        for (var ring = layer.RingStart[feature]; ring < end; ring++)
            sum += AreaUnderRing(layer, ring);
        return sum;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(block);
        block = null;
        capacity = 0;
        seen.Dispose();
    }

    /// <summary>Σ ± area of P below the edges of one ring.</summary>
    /// <remarks>
    /// Edges wholly above P count by where they begin and end alone, so a run of them is one difference of cumulative areas; edges wholly
    /// west, east or below count nothing. Boxes over 32 edges settle most of a long ring at once.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double AreaUnderRing(in LayerView layer, int ring)
    {
        var (first, last) = (layer.PointStart[ring], layer.PointStart[ring + 1] - 1);
        double* x = layer.X + first,
            y = layer.Y + first;
        var edges = last - first;
        var box = layer.ChunkBox + 4L * layer.ChunkStart[ring];
        var run = new Run();
        for (var at = 0; at < edges; at += LayerSections.EdgesPerChunk, box += 4)
        {
            var outside = BoxSides.Outside(box, sides);
            if (outside == 0)
                AddEdges(x + at, y + at, Math.Min(LayerSections.EdgesPerChunk, edges - at), ref run);
            else if (outside == BoxSides.Above)
                BeginRun(ref run, x + at);
            else
                EndRun(ref run, x + at);
        }
        EndRun(ref run, x + edges);
        return run.Sum;
    }

    /// <summary>The sum over a ring so far, and the run of edges above P that is still open.</summary>
    private struct Run
    {
        public double Sum;
        public double AreaWestOfBegin;
        public bool Open;
    }

    private void BeginRun(ref Run run, double* x)
    {
        if (run.Open)
            return;
        run.AreaWestOfBegin = AreaWestOf(*x - originX);
        run.Open = true;
    }

    private void EndRun(ref Run run, double* x)
    {
        if (!run.Open)
            return;
        run.Sum -= AreaWestOf(*x - originX) - run.AreaWestOfBegin;
        run.Open = false;
    }

    /// <summary>Sorts edges eight at a time into those above P, those that cross the box of P, and the rest, which counts
    /// nothing.</summary>
    /// <remarks>The last eight may reach past the ring: other coordinates or the next section lie there; their lanes are masked.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEdges(double* x, double* y, int edges, ref Run run)
    {
        var (west, south) = (Vector512.Create(originX), Vector512.Create(originY));
        var (east, north) = (Vector512.Create(width), Vector512.Create(height));
        var zero = Vector512<double>.Zero;
        for (; edges > 0; edges -= Lanes, x += Lanes, y += Lanes)
        {
            var (x1, y1) = (Vector512.Load(x) - west, Vector512.Load(y) - south);
            var (x2, y2) = (Vector512.Load(x + 1) - west, Vector512.Load(y + 1) - south);
            var lanes = edges >= Lanes ? 0xFFu : (1u << edges) - 1;
            var (low, high) = (Vector512.MinNative(y1, y2), Vector512.MaxNative(y1, y2));
            var (left, right) = (Vector512.MinNative(x1, x2), Vector512.MaxNative(x1, x2));
            var above = lanes & Bits(Vector512.GreaterThanOrEqual(low, north));
            var crossing = Vector512.GreaterThan(right, zero) & Vector512.LessThan(left, east);
            crossing &= Vector512.GreaterThan(high, zero) & Vector512.LessThan(left, right);
            var counting = lanes & ~above & Bits(crossing);
            var turns = lanes & (above ^ (above << 1 | (run.Open ? 1u : 0)));
            for (; turns != 0; turns &= turns - 1)
                Turn(ref run, x + BitOperations.TrailingZeroCount(turns));
            for (; counting != 0; counting &= counting - 1)
            {
                var i = BitOperations.TrailingZeroCount(counting);
                run.Sum += AreaUnderEdge(x[i] - originX, y[i] - originY, x[i + 1] - originX, y[i + 1] - originY);
            }
        }
    }

    private void Turn(ref Run run, double* x)
    {
        if (run.Open)
            EndRun(ref run, x);
        else
            BeginRun(ref run, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(Vector512<double> mask) => (uint)mask.ExtractMostSignificantBits();

    /// <summary>Area of P below an edge, negative where the edge runs east.</summary>
    /// <remarks>Neighbours share their edges to the bit, one there and one back: what one has asked, the other finds.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double AreaUnderEdge(double x1, double y1, double x2, double y2)
    {
        if (x1 > x2)
            return AreaUnderEastward(x2, y2, x1, y1);
        return -AreaUnderEastward(x1, y1, x2, y2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double AreaUnderEastward(double x1, double y1, double x2, double y2)
    {
        ref var known = ref seen.PlaceOf(x1, y1, x2, y2, out var found);
        if (!found)
            known = AreaUnderClipped(x1, y1, x2, y2);
        return known;
    }

    /// <summary>Area of P below an edge that runs east; the edge is first clipped to the box of P.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double AreaUnderClipped(double x1, double y1, double x2, double y2)
    {
        var m = (y2 - y1) / (x2 - x1);
        if (x1 < 0)
            (x1, y1) = (0, y1 - m * x1);
        if (x2 > width)
            (x2, y2) = (width, y2 - m * (x2 - width));
        if (y1 <= 0 && y2 <= 0)
            return 0;
        if (y1 < 0)
            (x1, y1) = (x1 - y1 / m, 0);
        else if (y2 < 0)
            (x2, y2) = (x2 - y2 / m, 0);
        return x2 > x1 ? AreaUnder(x1, y1, x2, y2, m) : 0;
    }

    /// <summary>The integral itself, for an edge inside the box: 0 ≤ x₁ &lt; x₂ ≤ width, heights not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double AreaUnder(double x1, double y1, double x2, double y2, double m)
    {
        var (firstSlab, lastSlab) = (SlabOf(x1), SlabOf(x2));
        var lowest = Math.Min(y1, y2);
        var (edgeX, edgeY, edgeSlope) = (Vector512.Create(x1), Vector512.Create(y1), Vector512.Create(m));
        var smallest = Vector512.Create(1e-300);
        var sums = Vector512<double>.Zero;
        var whole = 0.0;
        for (var slab = firstSlab; slab <= lastSlab; slab++)
        {
            if (slab != firstSlab && slab != lastSlab && lowest >= top[slab])
            {
                whole += areaWest[slab + 1] - areaWest[slab];
                continue;
            }
            var slabWest = Vector512.Create(slab == firstSlab ? x1 : slab * slabWidth);
            var slabEast = Vector512.Create(slab == lastSlab ? x2 : (slab + 1) * slabWidth);
            var end = block + (long)firstGroup[slab + 1] * GroupLength;
            for (var group = block + (long)firstGroup[slab] * GroupLength; group < end; group += GroupLength)
            {
                // The stretch that piece and edge share, and the heights of both at its two ends.
                var pieceWest = Vector512.LoadAligned(group + WestAt);
                var pieceSlope = Vector512.LoadAligned(group + SlopeAt);
                var from = Vector512.MaxNative(slabWest, pieceWest);
                var to = Vector512.MinNative(slabEast, Vector512.LoadAligned(group + EastAt));
                var w = Vector512.MaxNative(to - from, Vector512<double>.Zero);
                var pieceA = Vector512.LoadAligned(group + HeightAt) + pieceSlope * (from - pieceWest);
                var edgeA = edgeY + edgeSlope * (from - edgeX);
                var edgeB = edgeA + edgeSlope * w;
                var da = pieceA - edgeA;
                var db = pieceA + pieceSlope * w - edgeB;
                var below = Vector512.MinNative(da, Vector512<double>.Zero) + Vector512.MinNative(db, Vector512<double>.Zero);
                var span = Vector512.MaxNative(Vector512.Abs(da) + Vector512.Abs(db), smallest);
                sums += Vector512.LoadAligned(group + HalfSignAt) * (w * (edgeA + edgeB - below * below / span));
            }
        }
        return whole + SumOf(sums);
    }

    /// <summary>In a fixed order: halves, quarters, eighths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SumOf(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    /// <summary>Area of P west of x.</summary>
    private double AreaWestOf(double x)
    {
        if (x <= 0)
            return 0;
        if (x >= width)
            return areaWest[slabs];
        var slab = SlabOf(x);
        return areaWest[slab] + AreaInSlab(slab, x);
    }

    /// <summary>Area of P in a slab, west of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double AreaInSlab(int slab, double x)
    {
        var sums = Vector512<double>.Zero;
        var to = Vector512.Create(x);
        for (var group = firstGroup[slab]; group < firstGroup[slab + 1]; group++)
        {
            var at = block + (long)group * GroupLength;
            var west = Vector512.LoadAligned(at + WestAt);
            var w = Vector512.MaxNative(Vector512.MinNative(to, Vector512.LoadAligned(at + EastAt)) - west, Vector512<double>.Zero);
            var twice = Vector512.LoadAligned(at + HeightAt);
            sums += Vector512.LoadAligned(at + HalfSignAt) * (w * (twice + twice + Vector512.LoadAligned(at + SlopeAt) * w));
        }
        return SumOf(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlabOf(double x) => Math.Min((int)(x * slabsPerMetre), slabs - 1);

    /// <summary>Lays out the pieces: counts them slab by slab, rounds each slab up to whole groups, and returns their
    /// number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountPieces(in LayerView layer, int firstRing, int endRing)
    {
        Array.Clear(fill, 0, slabs + 1);
        for (var ring = firstRing; ring < endRing; ring++)
        {
            var last = layer.PointStart[ring + 1] - 1;
            for (var i = layer.PointStart[ring]; i < last; i++)
            {
                var (x1, x2) = (layer.X[i] - originX, layer.X[i + 1] - originX);
                if (x1 == x2)
                    continue;
                var (from, to) = (SlabOf(Math.Min(x1, x2)), SlabOf(Math.Max(x1, x2)));
                for (var slab = from; slab <= to; slab++)
                    fill[slab]++;
            }
        }
        var total = 0;
        for (var slab = 0; slab < slabs; slab++)
        {
            firstGroup[slab] = total;
            total = checked(total + (fill[slab] + Lanes - 1) / Lanes);
            fill[slab] = 0;
            top[slab] = 0;
        }
        firstGroup[slabs] = total;
        return total;
    }

    private void Reserve(int groups)
    {
        if (groups > capacity)
        {
            NativeMemory.AlignedFree(block);
            capacity = Math.Max(128, groups + groups / 2);
            block = (double*)NativeMemory.AlignedAlloc((nuint)capacity * GroupLength * sizeof(double), 64);
        }
        NativeMemory.Clear(block, (nuint)groups * GroupLength * sizeof(double));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillPieces(in LayerView layer, int firstRing, int endRing)
    {
        for (var ring = firstRing; ring < endRing; ring++)
        {
            var last = layer.PointStart[ring + 1] - 1;
            for (var i = layer.PointStart[ring]; i < last; i++)
            {
                var (x1, y1) = (layer.X[i] - originX, layer.Y[i] - originY);
                var (x2, y2) = (layer.X[i + 1] - originX, layer.Y[i + 1] - originY);
                if (x1 < x2)
                    AddPieces(x1, y1, x2, y2, -0.5);
                else if (x1 > x2)
                    AddPieces(x2, y2, x1, y1, 0.5);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPieces(double x1, double y1, double x2, double y2, double halfSign)
    {
        var m = (y2 - y1) / (x2 - x1);
        var (firstSlab, lastSlab) = (SlabOf(x1), SlabOf(x2));
        var highest = Math.Max(y1, y2);
        for (var slab = firstSlab; slab <= lastSlab; slab++)
        {
            var from = slab == firstSlab ? x1 : slab * slabWidth;
            var (group, lane) = Math.DivRem(fill[slab]++, Lanes);
            var piece = block + (long)(firstGroup[slab] + group) * GroupLength + lane;
            piece[WestAt] = from;
            piece[EastAt] = slab == lastSlab ? x2 : (slab + 1) * slabWidth;
            piece[HeightAt] = slab == firstSlab ? y1 : y1 + m * (from - x1);
            piece[SlopeAt] = m;
            piece[HalfSignAt] = halfSign;
            top[slab] = Math.Max(top[slab], highest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumAreas()
    {
        var sum = 0.0;
        for (var slab = 0; slab < slabs; slab++)
        {
            areaWest[slab] = sum;
            sum += AreaInSlab(slab, double.MaxValue);
        }
        areaWest[slabs] = sum;
    }
}
