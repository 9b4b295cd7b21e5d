namespace Weipian.Geo;

/// <summary>How much of one feature lies in one patch.</summary>
/// <param name="Patch">Index into the patch layer.</param>
/// <param name="Feature">Index into the reference layer.</param>
/// <param name="AreaSquareMetres">Statutory area, gross; above <see cref="DeskOverlay.ResolutionSquareMetres"/>.</param>
public readonly record struct Overlap(int Patch, int Feature, double AreaSquareMetres);

/// <summary>Desk comparison (内业比对): the statutory area of every feature in every patch, without building any geometry.</summary>
/// <remarks>
/// Areas are in <see cref="StatutoryPlane"/>, formula convention: edges are straight there, and the areas of a coverage add up to the
/// patch within 1e-6 m². The method stands at <see cref="PatchSlabs"/>; its definition is the integral of the two winding numbers.
/// </remarks>
public static unsafe class DeskOverlay
{
    /// <summary>What remains of neighbours that only touch is below this; it is rounding, not ground.</summary>
    public const double ResolutionSquareMetres = 1e-8;

    private const int PatchesPerTurn = 64;

    /// <summary>Measures all pairs. Order (patch, then feature) and values do not depend on the number of threads or on the machine.</summary>
    /// <param name="threads">0 takes one per processor.</param>
    public static IReadOnlyList<Overlap> Measure(PackedLayer patches, PackedLayer layer, int threads = 0, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(patches);
        ArgumentNullException.ThrowIfNull(layer);
        var turns = new List<Overlap>[(patches.Count + PatchesPerTurn - 1) / PatchesPerTurn];
        var how = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
            CancellationToken = stop,
        };
        Parallel.For(
            0,
            turns.Length,
            how,
            () => new Scratch(),
            (turn, _, scratch) =>
            {
                turns[turn] = MeasureTurn(patches, layer, turn, scratch);
                return scratch;
            },
            _ => { }
        );
        var all = new List<Overlap>(turns.Sum(t => t.Count));
        foreach (var turn in turns)
            all.AddRange(turn);
        return all;
    }

    private sealed class Scratch
    {
        public PatchSlabs Slabs { get; } = new();

        public List<int> Candidates { get; } = [];
    }

    private static List<Overlap> MeasureTurn(PackedLayer patches, PackedLayer layer, int turn, Scratch scratch)
    {
        var found = new List<Overlap>();
        var end = Math.Min((turn + 1) * PatchesPerTurn, patches.Count);
        for (var patch = turn * PatchesPerTurn; patch < end; patch++)
        {
            var box = patches.Columns.Boxes + 4 * patch;
            scratch.Candidates.Clear();
            layer.Candidates(box[0], box[1], box[2], box[3], scratch.Candidates);
            if (scratch.Candidates.Count == 0)
                continue;
            scratch.Slabs.Cut(patches.Columns, patch);
            foreach (var feature in scratch.Candidates)
                if (AreaInside(scratch.Slabs, layer.Columns, feature) is var area && area > ResolutionSquareMetres)
                    found.Add(new(patch, feature, area));
        }
        return found;
    }

    private static double AreaInside(PatchSlabs patch, PackedColumns layer, int feature)
    {
        double area = 0;
        var (west, south) = (patch.West, patch.South);
        double east = west + patch.Width,
            north = south + patch.Height;
        for (var chunk = layer.FirstChunks[feature]; chunk < layer.FirstChunks[feature + 1]; chunk++)
        {
            var box = layer.ChunkBoxes + 4 * chunk;
            if (box[2] <= west || box[0] >= east || box[3] <= south)
                continue;
            var x = layer.Xs + layer.ChunkPoints[chunk];
            var y = layer.Ys + layer.ChunkPoints[chunk];
            var edges = layer.ChunkEdges[chunk];
            if (box[1] >= north)
                // Everything is below each of these edges: their sum telescopes to its two ends.
                area -= patch.AreaLeftOf(x[edges] - west) - patch.AreaLeftOf(x[0] - west);
            else
                for (var e = 0; e < edges; e++)
                    area -= patch.Below(x[e] - west, y[e] - south, x[e + 1] - west, y[e + 1] - south);
        }
        return area;
    }
}
