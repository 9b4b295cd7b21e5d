using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weipian.Geo;

/// <summary>How much of one patch lies in one feature of a reference layer.</summary>
/// <param name="Patch">Index into the patch layer.</param>
/// <param name="Feature">Index into the reference layer.</param>
/// <param name="AreaSquareMetres">Statutory area of what both share, m².</param>
public readonly record struct Overlap(int Patch, int Feature, double AreaSquareMetres);

/// <summary>Desk comparison (内业比对): the areas that patches share with the features of a layer.</summary>
/// <remarks>
/// Areas are integrals, not the areas of constructed polygons (see <see cref="PatchSlabs"/>); geometry of the pieces comes from
/// <see cref="Pieces"/>, and a test holds the two together. Over a clean coverage the areas of a patch add up to the patch
/// within 1e-6 m². Values and order are the same for any number of threads and on any machine.
/// </remarks>
public static class DeskOverlay
{
    /// <summary>Recorded with results: a change that moves a digit takes a new number.</summary>
    public const string EngineVersion = "integral/3";

    /// <summary>What neighbours that only touch may show by rounding; areas up to it are no overlap.</summary>
    public const double NoiseSquareMetres = 1e-9;

    private const int PatchesPerTask = 32;

    /// <summary>All overlaps with one layer, ordered by patch and then by feature.</summary>
    /// <param name="patches">The patches; each is cut up once, so the smaller polygons belong here.</param>
    /// <param name="layer">The reference layer; may be the same object, to find overlaps inside a layer.</param>
    /// <param name="threads">Number of threads; 0 takes as many as the machine has.</param>
    /// <param name="stop">Stops between patches.</param>
    public static IReadOnlyList<Overlap> Measure(
        PackedLayer patches,
        PackedLayer layer,
        int threads = 0,
        CancellationToken stop = default
    ) => Measure(patches, [layer], threads, stop)[0];

    /// <summary>All overlaps with several layers: a list for each, in their order. A patch is cut up once for all of them.</summary>
    /// <param name="patches">As for one layer.</param>
    /// <param name="layers">The reference layers.</param>
    /// <param name="threads">As for one layer.</param>
    /// <param name="stop">As for one layer.</param>
    public static IReadOnlyList<IReadOnlyList<Overlap>> Measure(
        PackedLayer patches,
        IReadOnlyList<PackedLayer> layers,
        int threads = 0,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(patches);
        ArgumentNullException.ThrowIfNull(layers);
        PackedLayer[] held = [patches, .. layers];
        var holds = new bool[held.Length];
        try
        {
            for (var i = 0; i < held.Length; i++)
                held[i].Memory.DangerousAddRef(ref holds[i]);
            return Measure(patches.View, [.. layers.Select(l => l.View)], threads, stop);
        }
        finally
        {
            for (var i = 0; i < held.Length; i++)
                if (holds[i])
                    held[i].Memory.DangerousRelease();
        }
    }

    private static Overlap[][] Measure(LayerView patches, LayerView[] layers, int threads, CancellationToken stop)
    {
        var tasks = (patches.Features + PatchesPerTask - 1) / PatchesPerTask;
        var results = layers.Select(_ => new Overlap[tasks][]).ToArray();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
            CancellationToken = stop,
        };
        Parallel.For(
            0,
            tasks,
            options,
            () => new Scratch(layers.Length),
            (task, _, scratch) =>
            {
                var end = Math.Min(patches.Features, (task + 1) * PatchesPerTask);
                for (var patch = task * PatchesPerTask; patch < end; patch++)
                    MeasurePatch(patches, layers, patch, scratch);
                for (var layer = 0; layer < layers.Length; layer++)
                    results[layer][task] = scratch.Take(layer);
                return scratch;
            },
            scratch => scratch.Dispose()
        );
        return [.. results.Select(r => r.SelectMany(o => o).ToArray())];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void MeasurePatch(in LayerView patches, LayerView[] layers, int patch, Scratch scratch)
    {
        var parts = patches.RingStart[patch + 1] - patches.RingStart[patch] > 1;
        var loaded = false;
        for (var i = 0; i < layers.Length; i++)
        {
            ref readonly var layer = ref layers[i];
            if (layer.Features == 0)
                continue;
            var search = new BoxSearch(layer, patches.FeatureBox + 4L * patch);
            for (var feature = search.Next(); feature >= 0; feature = search.Next())
            {
                if (!loaded)
                {
                    scratch.Slabs.Load(patches, patch);
                    if (parts)
                        scratch.Rings.Load(patches, patch);
                }
                loaded = true;
                if (parts && !scratch.Rings.Overlap(layer.FeatureBox + 4L * feature))
                    continue;
                var area = scratch.Slabs.AreaWith(layer, feature);
                if (area > NoiseSquareMetres)
                    scratch.Found[i].Add(new Overlap(patch, feature, area));
            }
        }
    }

    /// <summary>The boxes of the rings of a patch: what lies between its parts is met by the box of the whole and by none of
    /// them.</summary>
    private sealed unsafe class RingBoxes
    {
        private readonly List<Extent> boxes = [];

        public void Load(in LayerView patches, int patch)
        {
            boxes.Clear();
            for (var ring = patches.RingStart[patch]; ring < patches.RingStart[patch + 1]; ring++)
            {
                var box = Extent.Empty;
                for (var chunk = patches.ChunkStart[ring]; chunk < patches.ChunkStart[ring + 1]; chunk++)
                {
                    var of = patches.ChunkBox + 4L * chunk;
                    box = box.Including(new Extent(of[0], of[1], of[2], of[3]));
                }
                boxes.Add(box);
            }
        }

        public bool Overlap(double* box)
        {
            foreach (var own in CollectionsMarshal.AsSpan(boxes))
                if (own.MinX < box[2] && own.MaxX > box[0] && own.MinY < box[3] && own.MaxY > box[1])
                    return true;
            return false;
        }
    }

    /// <summary>What one thread reuses from patch to patch.</summary>
    private sealed class Scratch(int layers) : IDisposable
    {
        public PatchSlabs Slabs { get; } = new();
        public RingBoxes Rings { get; } = new();
        public List<Overlap>[] Found { get; } = [.. Enumerable.Range(0, layers).Select(_ => new List<Overlap>())];

        public Overlap[] Take(int layer)
        {
            var taken = Found[layer].ToArray();
            Found[layer].Clear();
            return taken;
        }

        public void Dispose() => Slabs.Dispose();
    }
}
