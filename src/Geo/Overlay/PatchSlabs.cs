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
/// Sums run in four fixed lanes, added in one order, whatever the width of the machine's registers: results are the same bits everywhere.
/// One object per thread; it is reused for patch after patch and grows only.
/// </para>
/// </remarks>
internal sealed unsafe class PatchSlabs : IDisposable
{
    private const int Lanes = 4;
    private const int SlabsMin = 4;
    private const int SlabsMax = 4096;

    private double originX,
        originY,
        width,
        height,
        slabWidth,
        slabsPerMetre;
    private int slabs;

    // Per slab: where its pieces begin, the area of P west of it, and no less than the greatest height of P in it.
    private readonly int[] firstPiece = new int[SlabsMax + 1];
    private readonly int[] fill = new int[SlabsMax + 1];
    private readonly double[] areaWest = new double[SlabsMax + 1];
    private readonly double[] top = new double[SlabsMax + 1];

    // Per piece: its west and east ends, its height at the west end, its slope, and +1 where P lies below it, −1 where P lies above.
    // One block of five arrays, each a multiple of four long; the last pieces of a slab are empty ones without width.
    private double* block;
    private int capacity;
    private double* west;
    private double* east;
    private double* heightWest;
    private double* slope;
    private double* sign;

    /// <summary>The area of P by this way of summing.</summary>
    public double Area => areaWest[slabs];

    /// <summary>Takes up a patch.</summary>
    public void Load(in LayerView layer, int patch)
    {
        var box = layer.FeatureBox + 4L * patch;
        (originX, originY, width, height) = (box[0], box[1], box[2] - box[0], box[3] - box[1]);
        var (first, last) = (layer.RingStart[patch], layer.RingStart[patch + 1]);
        var vertices = layer.PointStart[last] - layer.PointStart[first];
        slabs = Math.Clamp(vertices / 2, SlabsMin, SlabsMax);
        slabWidth = width / slabs;
        slabsPerMetre = slabs / width;
        Reserve(CountPieces(layer, first, last));
        FillPieces(layer, first, last);
        SumAreas();
    }

    /// <summary>area(P ∩ Q) for a feature Q of a layer, m².</summary>
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
    }

    /// <summary>Σ ± area of P below the edges of one ring.</summary>
    /// <remarks>
    /// Edges wholly above P count by where they begin and end alone, so a run of them is one difference of cumulative areas; edges wholly
    /// west, east or below count nothing. Boxes over 32 edges settle most of a long ring at once.
    /// </remarks>
    private double AreaUnderRing(in LayerView layer, int ring)
    {
        var (x, y) = (new Axis(layer.X, originX), new Axis(layer.Y, originY));
        var (first, last) = (layer.PointStart[ring], layer.PointStart[ring + 1] - 1);
        var (firstChunk, chunks) = (layer.ChunkStart[ring], layer.ChunkStart[ring + 1] - layer.ChunkStart[ring]);
        var sum = 0.0;
        var runFrom = double.NaN; // west or east end of a run of edges above P that is still open
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var at = first + chunk * LayerSections.EdgesPerChunk;
            var end = Math.Min(at + LayerSections.EdgesPerChunk, last);
            if (chunks > 2)
            {
                var box = layer.ChunkBox + 4L * (firstChunk + chunk);
                if (box[2] <= originX || box[0] - originX >= width || box[3] <= originY)
                {
                    CloseRun(ref sum, ref runFrom, x[at]);
                    continue;
                }
                if (box[1] - originY >= height)
                {
                    if (double.IsNaN(runFrom))
                        runFrom = x[at];
                    continue;
                }
            }
            AddEdges(x, y, at, end, ref sum, ref runFrom);
        }
        CloseRun(ref sum, ref runFrom, x[last]);
        return sum;
    }

    private void AddEdges(Axis xs, Axis ys, int from, int to, ref double sum, ref double runFrom)
    {
        var (x1, y1) = (xs[from], ys[from]);
        for (var i = from + 1; i <= to; i++)
        {
            var (x2, y2) = (xs[i], ys[i]);
            if (y1 >= height && y2 >= height)
            {
                if (double.IsNaN(runFrom))
                    runFrom = x1;
            }
            else
            {
                CloseRun(ref sum, ref runFrom, x1);
                var counts = !((x1 <= 0 && x2 <= 0) || (x1 >= width && x2 >= width) || (y1 <= 0 && y2 <= 0) || x1 == x2);
                if (counts)
                    sum += x1 < x2 ? -AreaUnderEdge(x1, y1, x2, y2) : AreaUnderEdge(x2, y2, x1, y1);
            }
            (x1, y1) = (x2, y2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CloseRun(ref double sum, ref double runFrom, double runTo)
    {
        if (double.IsNaN(runFrom))
            return;
        sum -= AreaWestOf(runTo) - AreaWestOf(runFrom);
        runFrom = double.NaN;
    }

    /// <summary>Area of P below an edge that runs east; the edge is first clipped to the box of P.</summary>
    private double AreaUnderEdge(double x1, double y1, double x2, double y2)
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
    private double AreaUnder(double x1, double y1, double x2, double y2, double m)
    {
        var (firstSlab, lastSlab) = (SlabOf(x1), SlabOf(x2));
        var lowest = Math.Min(y1, y2);
        var (edgeX, edgeY, edgeSlope) = (Vector256.Create(x1), Vector256.Create(y1), Vector256.Create(m));
        var half = Vector256.Create(0.5);
        var smallest = Vector256.Create(1e-300);
        var sums = Vector256<double>.Zero;
        var whole = 0.0;
        for (var slab = firstSlab; slab <= lastSlab; slab++)
        {
            if (slab != firstSlab && slab != lastSlab && lowest >= top[slab])
            {
                whole += areaWest[slab + 1] - areaWest[slab];
                continue;
            }
            var slabWest = Vector256.Create(slab == firstSlab ? x1 : slab * slabWidth);
            var slabEast = Vector256.Create(slab == lastSlab ? x2 : (slab + 1) * slabWidth);
            var end = firstPiece[slab + 1];
            for (var piece = firstPiece[slab]; piece < end; piece += Lanes)
            {
                // The stretch that piece and edge share, and the heights of both at its two ends.
                var pieceWest = Vector256.LoadAligned(west + piece);
                var pieceSlope = Vector256.LoadAligned(slope + piece);
                var from = Vector256.MaxNative(slabWest, pieceWest);
                var w = Vector256.MaxNative(
                    Vector256.MinNative(slabEast, Vector256.LoadAligned(east + piece)) - from,
                    Vector256<double>.Zero
                );
                var pieceA = Vector256.LoadAligned(heightWest + piece) + pieceSlope * (from - pieceWest);
                var pieceB = pieceA + pieceSlope * w;
                var edgeA = edgeY + edgeSlope * (from - edgeX);
                var edgeB = edgeA + edgeSlope * w;
                var da = pieceA - edgeA;
                var db = pieceB - edgeB;
                var below = Vector256.MinNative(da, Vector256<double>.Zero) + Vector256.MinNative(db, Vector256<double>.Zero);
                var span = Vector256.MaxNative(Vector256.Abs(da) + Vector256.Abs(db), smallest);
                sums += Vector256.LoadAligned(sign + piece) * (half * w * (edgeA + edgeB - below * below / span));
            }
        }
        return whole + ((sums.GetElement(0) + sums.GetElement(1)) + (sums.GetElement(2) + sums.GetElement(3)));
    }

    /// <summary>Area of P west of x.</summary>
    private double AreaWestOf(double x)
    {
        if (x <= 0)
            return 0;
        if (x >= width)
            return areaWest[slabs];
        var slab = SlabOf(x);
        var sum = areaWest[slab];
        for (var piece = firstPiece[slab]; piece < firstPiece[slab + 1]; piece++)
            if (west[piece] < x)
                sum += AreaUnderPiece(piece, Math.Min(x, east[piece]) - west[piece]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double AreaUnderPiece(int piece, double w) => sign[piece] * w * (heightWest[piece] + 0.5 * slope[piece] * w);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlabOf(double x) => Math.Clamp((int)(x * slabsPerMetre), 0, slabs - 1);

    /// <summary>Lays out the pieces: counts them slab by slab, rounds each slab up to whole lanes, and returns the number of
    /// places.</summary>
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
            firstPiece[slab] = total;
            total = checked(total + (fill[slab] + Lanes - 1) / Lanes * Lanes);
            fill[slab] = firstPiece[slab];
            top[slab] = 0;
        }
        firstPiece[slabs] = total;
        return total;
    }

    private void Reserve(int pieces)
    {
        if (pieces > capacity)
        {
            NativeMemory.AlignedFree(block);
            capacity = Math.Max(1024, pieces + pieces / 2) & ~(Lanes - 1);
            block = (double*)NativeMemory.AlignedAlloc((nuint)capacity * 5 * sizeof(double), 32);
            west = block;
            east = west + capacity;
            heightWest = east + capacity;
            slope = heightWest + capacity;
            sign = slope + capacity;
        }
        for (var array = 0; array < 5; array++)
            new Span<double>(block + (long)array * capacity, pieces).Clear();
    }

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
                    AddPieces(x1, y1, x2, y2, -1);
                else if (x1 > x2)
                    AddPieces(x2, y2, x1, y1, 1);
            }
        }
    }

    private void AddPieces(double x1, double y1, double x2, double y2, double side)
    {
        var m = (y2 - y1) / (x2 - x1);
        var (firstSlab, lastSlab) = (SlabOf(x1), SlabOf(x2));
        var highest = Math.Max(y1, y2);
        for (var slab = firstSlab; slab <= lastSlab; slab++)
        {
            var from = slab == firstSlab ? x1 : slab * slabWidth;
            var piece = fill[slab]++;
            west[piece] = from;
            east[piece] = slab == lastSlab ? x2 : (slab + 1) * slabWidth;
            heightWest[piece] = slab == firstSlab ? y1 : y1 + m * (from - x1);
            slope[piece] = m;
            sign[piece] = side;
            top[slab] = Math.Max(top[slab], highest);
        }
    }

    private void SumAreas()
    {
        var sum = 0.0;
        for (var slab = 0; slab < slabs; slab++)
        {
            areaWest[slab] = sum;
            for (var piece = firstPiece[slab]; piece < firstPiece[slab + 1]; piece++)
                sum += AreaUnderPiece(piece, east[piece] - west[piece]);
        }
        areaWest[slabs] = sum;
    }

    /// <summary>One coordinate of all vertices, reckoned from the box of the patch.</summary>
    private readonly struct Axis(double* values, double origin)
    {
        public double this[int vertex] => values[vertex] - origin;
    }
}
