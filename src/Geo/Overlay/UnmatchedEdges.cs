using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weipian.Geo;

/// <summary>Finds the edges of a layer that no other edge undoes: the same two ends, bit for bit, run through the other way.</summary>
/// <remarks>
/// Shells run counter-clockwise and holes clockwise, so how many features cover a point changes only across the edges that are left. In a
/// coverage these are its outline and its faults. Features near one another are near one another in the layer: edges are matched in
/// stretches that fit the cache, and what is left of the stretches is matched once more.
/// </remarks>
internal sealed unsafe class UnmatchedEdges
{
    private const int StretchPoints = 1 << 16;

    /// <summary>So many points for each edge left, or it is no coverage and not worth going on.</summary>
    private const int PointsPerEdgeLeftMin = 8;

    /// <summary>A small layer is measured sooner than matched.</summary>
    private const int EdgesLeftAllowed = 4096;

    private const int Free = 0;
    private const int Taken = -1;

    /// <summary>Per place the point an edge begins with, plus one.</summary>
    private int[] places = [];
    private uint[] marks = [];
    private int mask;

    /// <summary>The points with which the edges that are left begin, in rising order; null when most edges are left.</summary>
    public static int[]? Of(LayerView layer, CancellationToken stop)
    {
        var stretches = Stretches(layer);
        var points = layer.PointStart[layer.RingStart[layer.Features]];
        var left = new int[stretches.Count][];
        Parallel.For(
            0,
            stretches.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop },
            () => new UnmatchedEdges(),
            (i, _, matching) =>
            {
                left[i] = matching.Match(layer, stretches[i].FirstRing, stretches[i].EndRing);
                return matching;
            },
            _ => { }
        );
        var count = left.Sum(edges => (long)edges.Length);
        if (count > points / PointsPerEdgeLeftMin * 2 + EdgesLeftAllowed)
            return null;
        var last = new UnmatchedEdges();
        last.Begin((int)count);
        foreach (var edges in left)
        foreach (var edge in edges)
            last.Add(layer, edge);
        var unmatched = last.Left();
        return unmatched.Length > points / PointsPerEdgeLeftMin + EdgesLeftAllowed ? null : unmatched;
    }

    private static List<(int FirstRing, int EndRing)> Stretches(LayerView layer)
    {
        var (stretches, first, rings) = (new List<(int, int)>(), 0, layer.RingStart[layer.Features]);
        for (var ring = 0; ring < rings; ring++)
            if (layer.PointStart[ring + 1] - layer.PointStart[first] >= StretchPoints)
            {
                stretches.Add((first, ring + 1));
                first = ring + 1;
            }
        if (first < rings)
            stretches.Add((first, rings));
        return stretches;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Match(LayerView layer, int firstRing, int endRing)
    {
        Begin(layer.PointStart[endRing] - layer.PointStart[firstRing]);
        for (var ring = firstRing; ring < endRing; ring++)
        {
            var last = layer.PointStart[ring + 1] - 1;
            for (var point = layer.PointStart[ring]; point < last; point++)
                Add(layer, point);
        }
        return Left();
    }

    private void Begin(int edges)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, Math.Min(edges, 1 << 29)) * 2);
        if (places.Length < size)
            (places, marks) = (new int[size], new uint[size]);
        else
            Array.Clear(places);
        mask = places.Length - 1;
    }

    /// <summary>Takes its counterpart out, or puts the edge in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(in LayerView layer, int edge)
    {
        var (x1, y1, x2, y2) = (layer.X[edge], layer.Y[edge], layer.X[edge + 1], layer.Y[edge + 1]);
        // The same for both directions.
        var sum =
            (BitConverter.DoubleToUInt64Bits(x1) ^ BitOperations.RotateLeft(BitConverter.DoubleToUInt64Bits(y1), 21))
            + (BitConverter.DoubleToUInt64Bits(x2) ^ BitOperations.RotateLeft(BitConverter.DoubleToUInt64Bits(y2), 21));
        var hash = sum * 0x9E37_79B9_7F4A_7C15;
        var mark = (uint)hash;
        var at = (int)(hash >> 33) & mask;
        for (; places[at] != Free; at = (at + 1) & mask)
        {
            var other = places[at] - 1;
            if (
                places[at] == Taken
                || marks[at] != mark
                || layer.X[other] != x2
                || layer.Y[other] != y2
                || layer.X[other + 1] != x1
                || layer.Y[other + 1] != y1
            )
                continue;
            places[at] = Taken;
            return;
        }
        (places[at], marks[at]) = (edge + 1, mark);
    }

    private int[] Left()
    {
        var left = new List<int>();
        foreach (var place in places)
            if (place > Free)
                left.Add(place - 1);
        left.Sort();
        return [.. left];
    }
}
