using System.Runtime.CompilerServices;

namespace Weipian.Geo;

/// <summary>Overlaps among the features of one layer (rule 5101), each pair once.</summary>
public static class LayerOverlaps
{
    private const int FeaturesPerTask = 64;

    /// <summary>All pairs that share area, ordered by the first and then by the second; the first is the smaller index.</summary>
    /// <remarks>
    /// Less than half the work of measuring the layer against itself: no feature with itself, no pair the other way round, and in a
    /// coverage only what lies at its faults (<see cref="FeaturesAlone"/>).
    /// </remarks>
    /// <param name="stop">Stops between features.</param>
    public static IReadOnlyList<Overlap> Within(PackedLayer layer, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var held = false;
        try
        {
            layer.Memory.DangerousAddRef(ref held);
            return Within(layer.View, stop);
        }
        finally
        {
            if (held)
                layer.Memory.DangerousRelease();
        }
    }

    private static Overlap[] Within(LayerView layer, CancellationToken stop)
    {
        var alone = FeaturesAlone.In(layer, stop);
        var results = new Overlap[(layer.Features + FeaturesPerTask - 1) / FeaturesPerTask][];
        Parallel.For(
            0,
            results.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop },
            () => new PatchSlabs(),
            (task, _, slabs) =>
            {
                var found = new List<Overlap>();
                var end = Math.Min(layer.Features, (task + 1) * FeaturesPerTask);
                for (var feature = task * FeaturesPerTask; feature < end; feature++)
                    if (alone is null || !alone[feature])
                        AddLater(layer, feature, alone, slabs, found);
                results[task] = [.. found];
                return slabs;
            },
            slabs => slabs.Dispose()
        );
        return [.. results.SelectMany(found => found)];
    }

    /// <summary>What a feature shares with those of greater index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddLater(in LayerView layer, int feature, bool[]? alone, PatchSlabs slabs, List<Overlap> found)
    {
        var search = new BoxSearch(layer, layer.FeatureBox + 4L * feature);
        var loaded = false;
        for (var other = search.Next(); other >= 0; other = search.Next())
        {
            if (other <= feature || (alone is not null && alone[other]))
                continue;
            if (!loaded)
                slabs.Load(layer, feature);
            loaded = true;
            var area = slabs.AreaWith(layer, other);
            if (area > DeskOverlay.NoiseSquareMetres)
                found.Add(new Overlap(feature, other, area));
        }
    }
}
