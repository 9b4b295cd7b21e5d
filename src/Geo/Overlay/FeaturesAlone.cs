namespace Weipian.Geo;

/// <summary>Finds the features of a layer of which it is certain that they share area with no other, without measuring them.</summary>
/// <remarks>
/// How many features cover a point changes only across unmatched edges (<see cref="UnmatchedEdges"/>). Where none comes near the box of a
/// feature, the number is one and the same all over the box; when it is 1, that one is the feature itself. All decisions are exact
/// (comparisons, and <see cref="Segments.Orientation"/>); whoever is not certain is measured.
/// </remarks>
internal sealed unsafe class FeaturesAlone
{
    /// <summary>Strips across the layer in which edges are looked up.</summary>
    private const int Strips = 4096;

    /// <summary>Long edges lie in many strips; beyond this many entries for each edge it is not worth it.</summary>
    private const int EntriesPerEdgeMax = 16;

    /// <summary>Boxes of edges are widened by this, metres, so that what only touches them counts as near.</summary>
    private const double Margin = 1e-6;

    private readonly LayerView layer;
    private readonly int[] edges;
    private readonly double south;
    private readonly double stripsPerMetre;
    private readonly int[] stripStart = new int[Strips + 1];
    private readonly int[] inStrips;

    /// <summary>For each feature whether it is certainly alone; null when that cannot be told for enough of them.</summary>
    public static bool[]? In(LayerView layer, CancellationToken stop)
    {
        if (layer.Features < 2 || UnmatchedEdges.Of(layer, stop) is not { } edges)
            return null;
        var near = NearEdges(layer, edges, stop);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var edge in edges)
            (low, high) = (Math.Min(low, layer.Y[edge]), Math.Max(high, layer.Y[edge]));
        var scale = high > low ? Strips / (high - low) : 0;
        var entries = 0L;
        foreach (var edge in edges)
            entries += StripOf(Math.Max(layer.Y[edge], layer.Y[edge + 1])) - StripOf(Math.Min(layer.Y[edge], layer.Y[edge + 1])) + 1;
        if (entries > (long)EntriesPerEdgeMax * edges.Length + Strips)
            return null;
        return new FeaturesAlone(layer, edges, low, scale, (int)entries).Mark(near);

        int StripOf(double y) => Strip(y, low, scale);
    }

    private FeaturesAlone(LayerView layer, int[] edges, double south, double stripsPerMetre, int entries)
    {
        this.layer = layer;
        this.edges = edges;
        this.south = south;
        this.stripsPerMetre = stripsPerMetre;
        inStrips = new int[entries];
        ForEachEntry((_, strip) => stripStart[strip + 1]++);
        for (var strip = 0; strip < Strips; strip++)
            stripStart[strip + 1] += stripStart[strip];
        var next = stripStart.ToArray();
        ForEachEntry((edge, strip) => inStrips[next[strip]++] = edge);
    }

    private void ForEachEntry(Action<int, int> take)
    {
        foreach (var edge in edges)
        {
            var (a, b) = (layer.Y[edge], layer.Y[edge + 1]);
            var last = Strip(Math.Max(a, b), south, stripsPerMetre);
            for (var strip = Strip(Math.Min(a, b), south, stripsPerMetre); strip <= last; strip++)
                take(edge, strip);
        }
    }

    private static int Strip(double y, double south, double perMetre) => (int)Math.Clamp((y - south) * perMetre, 0, Strips - 1);

    /// <summary>Features whose box an unmatched edge comes near.</summary>
    private static bool[] NearEdges(LayerView layer, int[] edges, CancellationToken stop)
    {
        const int edgesPerTask = 1024;
        var near = new bool[layer.Features];
        Parallel.For(
            0,
            (edges.Length + edgesPerTask - 1) / edgesPerTask,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop },
            task =>
            {
                var box = stackalloc double[4];
                for (var i = task * edgesPerTask; i < Math.Min(edges.Length, (task + 1) * edgesPerTask); i++)
                {
                    var (x1, y1, x2, y2) = (layer.X[edges[i]], layer.Y[edges[i]], layer.X[edges[i] + 1], layer.Y[edges[i] + 1]);
                    (box[0], box[1]) = (Math.Min(x1, x2) - Margin, Math.Min(y1, y2) - Margin);
                    (box[2], box[3]) = (Math.Max(x1, x2) + Margin, Math.Max(y1, y2) + Margin);
                    var search = new BoxSearch(layer, box);
                    for (var feature = search.Next(); feature >= 0; feature = search.Next())
                        near[feature] = true;
                }
            }
        );
        return near;
    }

    private bool[] Mark(bool[] near)
    {
        var alone = new bool[near.Length];
        var (last, lastCover) = (-1, 0);
        for (var feature = 0; feature < near.Length; feature++)
        {
            if (near[feature])
                continue;
            var box = layer.FeatureBox + 4L * feature;
            // Two boxes that meet, with no edge near either, are covered alike.
            if (last < 0 || !Meet(box, layer.FeatureBox + 4L * last))
                lastCover = CoverAt(new PlanePoint(box[0], box[1]));
            last = feature;
            alone[feature] = lastCover == 1;
        }
        return alone;
    }

    private static bool Meet(double* a, double* b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

    /// <summary>How many features cover a point that lies on no unmatched edge: the turns of those edges round it.</summary>
    private int CoverAt(PlanePoint point)
    {
        var cover = 0;
        var strip = Strip(point.Y, south, stripsPerMetre);
        for (var i = stripStart[strip]; i < stripStart[strip + 1]; i++)
        {
            var edge = inStrips[i];
            var (from, to) = (new PlanePoint(layer.X[edge], layer.Y[edge]), new PlanePoint(layer.X[edge + 1], layer.Y[edge + 1]));
            if (from.Y <= point.Y && to.Y > point.Y)
                cover += Segments.Orientation(from, to, point) > 0 ? 1 : 0;
            else if (to.Y <= point.Y && from.Y > point.Y)
                cover -= Segments.Orientation(from, to, point) < 0 ? 1 : 0;
        }
        return cover;
    }
}
