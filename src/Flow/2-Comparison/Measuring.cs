using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Flow.Comparison;

/// <summary>How much of one feature lies in one patch.</summary>
/// <param name="Patch">Index into <see cref="Cut.Patches"/>.</param>
/// <param name="Feature">Number of the feature in the stored layer.</param>
internal readonly record struct CutArea(int Patch, LayerVersion Version, long Feature, string Code, double SquareMetres);

/// <summary>A programme cut against its layers.</summary>
/// <param name="Patches">By number, ordinal.</param>
/// <param name="OwnAreas">Area of each patch in the convention asked for, square metres.</param>
/// <param name="Versions">Versions in force for at least one patch, by id, ordinal.</param>
/// <param name="InForce">Ids in force, by patch.</param>
/// <param name="Areas">By patch, role, version, feature.</param>
internal sealed record Cut(
    IReadOnlyList<Patch> Patches,
    double[] OwnAreas,
    IReadOnlyList<LayerVersion> Versions,
    IReadOnlyList<IReadOnlyList<LayerVersion>> InForce,
    IReadOnlyList<CutArea> Areas,
    TimeSpan KernelTime
);

/// <summary>Measures patches against layer versions with the kernel; a version counts for a patch only while it is in force for
/// it.</summary>
internal sealed class Measuring : IDisposable
{
    /// <summary>Below this an area shows as zero with the six decimals of the contract: it is the noise of touching borders.</summary>
    public const double ShownSquareMetresMin = 0.0000005;

    private readonly LayerStore layers;
    private readonly List<Patch> patches;
    private readonly List<IReadOnlyList<LayerVersion>> inForce;
    private readonly PackedLayer packed;
    private readonly bool alongSource;

    public Measuring(
        LayerStore layers,
        IEnumerable<Patch> patches,
        IReadOnlyCollection<LayerVersion> versions,
        IReadOnlyDictionary<Guid, ImportBatch> batches,
        bool alongSource
    )
    {
        this.layers = layers;
        this.alongSource = alongSource;
        this.patches = [.. patches.OrderBy(p => p.Number, StringComparer.Ordinal)];
        var byDates = this
            .patches.Select(p => (p.Before, p.After))
            .Distinct()
            .ToDictionary(dates => dates, dates => LayersInForce.For(versions, dates.Before, dates.After));
        inForce = [.. this.patches.Select(p => byDates[(p.Before, p.After)])];
        packed = PackedLayer.Build(this.patches.Select((p, i) => new LayerFeature(i, "", Shape(p, batches[p.BatchId]))));
    }

    public Cut Run(int threads, IProgress<string>? progress, CancellationToken stop)
    {
        var used = inForce.SelectMany(v => v).DistinctBy(v => v.Id).OrderBy(v => v.Id, StringComparer.Ordinal).ToList();
        var packedLayers = new List<PackedLayer>();
        try
        {
            foreach (var version in used)
            {
                stop.ThrowIfCancellationRequested();
                progress?.Report($"打开 opening {version.Role} {version.Name}");
                packedLayers.Add(layers.Packed(layers.Get(version.Id), alongSource ? AreaConvention.Source : AreaConvention.Formula));
            }
            progress?.Report("套合 overlay");
            var began = TimeProvider.System.GetTimestamp();
            var overlaps = DeskOverlay.Measure(packed, packedLayers, threads, stop);
            var kernel = TimeProvider.System.GetElapsedTime(began);
            var areas = used.SelectMany((version, i) => Areas(version, packedLayers[i], overlaps[i])).ToList();
            areas.Sort(InOrder);
            return new(patches, OwnAreas(), used, inForce, areas, kernel);
        }
        finally
        {
            packedLayers.ForEach(l => l.Dispose());
        }
    }

    private IEnumerable<CutArea> Areas(LayerVersion version, PackedLayer layer, IReadOnlyList<Overlap> overlaps)
    {
        foreach (var overlap in overlaps)
        {
            var patch = (int)packed.NumberOf(overlap.Patch);
            if (overlap.AreaSquareMetres >= ShownSquareMetresMin && inForce[patch].Any(v => ReferenceEquals(v, version)))
                yield return new(patch, version, layer.NumberOf(overlap.Feature), layer.CodeOf(overlap.Feature), overlap.AreaSquareMetres);
        }
    }

    public void Dispose() => packed.Dispose();

    private double[] OwnAreas()
    {
        var own = new double[patches.Count];
        for (var i = 0; i < packed.Count; i++)
            own[(int)packed.NumberOf(i)] = packed.AreaSquareMetresOf(i);
        return own;
    }

    private PreparedShape Shape(Patch patch, ImportBatch batch)
    {
        var stored = PreparedShape.FromStored(patch.Geometry);
        return alongSource ? SourceEdges.Densified(stored, CoordinateSystem.FromEpsg(batch.CrsEpsg)) : stored;
    }

    private static int InOrder(CutArea a, CutArea b)
    {
        var order = a.Patch.CompareTo(b.Patch);
        if (order == 0)
            order = string.CompareOrdinal(a.Version.Role, b.Version.Role);
        if (order == 0)
            order = string.CompareOrdinal(a.Version.Id, b.Version.Id);
        return order == 0 ? a.Feature.CompareTo(b.Feature) : order;
    }
}

/// <summary>The convention <c>source</c> for patches, whose stored geometry is in degrees: their edges run straight where the file had
/// them.</summary>
internal static class SourceEdges
{
    public static PreparedShape Densified(PreparedShape stored, CoordinateSystem source)
    {
        var rings = new List<double[]>();
        foreach (var polygon in stored.Geographic.Geometries.Cast<NetTopologySuite.Geometries.Polygon>())
        {
            rings.Add(Ring(polygon.Shell, source));
            rings.AddRange(polygon.Holes.Select(hole => Ring(hole, source)));
        }
        return ShapePreparation.Prepare(new Shape(rings), source, axesSwapped: false, AreaConvention.Source);
    }

    private static double[] Ring(NetTopologySuite.Geometries.LinearRing ring, CoordinateSystem source)
    {
        var sequence = ring.CoordinateSequence;
        var pairs = new double[2 * sequence.Count];
        for (var i = 0; i < sequence.Count; i++)
            (pairs[2 * i], pairs[2 * i + 1]) = source.IsGeographic
                ? (sequence.GetX(i), sequence.GetY(i))
                : source.FromGeographic(sequence.GetX(i), sequence.GetY(i));
        return pairs;
    }
}
