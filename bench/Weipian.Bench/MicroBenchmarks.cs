using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Weipian.Geo;

namespace Weipian.Bench;

/// <summary>The steps of the engine one by one, on workload S and one thread: what a change costs or gains before it drowns in a whole
/// process.</summary>
/// <remarks>In this process: the generated project of a separate one would have to obey the rules of this repository.</remarks>
[MemoryDiagnoser]
public class MicroBenchmarks : IDisposable
{
    private const int Patches = 1_000;

    private PreparedShape[] patchShapes = [];
    private PreparedShape[] featureShapes = [];
    private Shape[] rings = [];
    private PackedLayer patches = null!;
    private PackedLayer landUse = null!;
    private IReadOnlyList<Overlap> overlaps = [];
    private int vertices;

    internal static int Run(string[] arguments)
    {
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromTypes([typeof(MicroBenchmarks)]).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, config);
        return 0;
    }

    [GlobalSetup]
    public void Prepare()
    {
        var workload = Workload.Named("S")!;
        rings = [.. workload.LandUse().Take(Patches).Select(f => f.Shape)];
        vertices = rings.Sum(s => s.Rings.Sum(r => r.Length / 2));
        List<LayerFeature> patchFeatures = [.. Workload.Prepared(workload.Patches())];
        List<LayerFeature> features = [.. Workload.Prepared(workload.LandUse())];
        (patchShapes, featureShapes) = ([.. patchFeatures.Select(f => f.Shape)], [.. features.Select(f => f.Shape)]);
        (patches, landUse) = (PackedLayer.Build(patchFeatures), PackedLayer.Build(features));
        overlaps = DeskOverlay.Measure(patches, landUse);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        patches?.Dispose();
        landUse?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Patches, Description = "kernel: one patch over land use")]
    public int Kernel() => DeskOverlay.Measure(patches, landUse, threads: 1).Count;

    [Benchmark(OperationsPerInvoke = Patches, Description = "pieces: those of one patch in land use")]
    public int Cut()
    {
        var points = 0;
        foreach (var overlap in overlaps)
        {
            var (patch, feature) = (patchShapes[patches.NumberOf(overlap.Patch) - 1], featureShapes[landUse.NumberOf(overlap.Feature) - 1]);
            points += Pieces
                .Measured(patch.Geographic, patch.AreaSquareMetres, feature.Geographic, feature.AreaSquareMetres, overlap.AreaSquareMetres)
                .NumPoints;
        }
        return points;
    }

    [Benchmark(OperationsPerInvoke = Patches, Description = "pieces by topological overlay alone: of one patch in land use")]
    public int CutByOverlay()
    {
        var points = 0;
        foreach (var overlap in overlaps)
            points += Pieces
                .Intersection(
                    patchShapes[patches.NumberOf(overlap.Patch) - 1].Geographic,
                    featureShapes[landUse.NumberOf(overlap.Feature) - 1].Geographic
                )
                .NumPoints;
        return points;
    }

    [Benchmark(OperationsPerInvoke = Patches, Description = "check and nesting of one land-use feature")]
    public double Check()
    {
        var area = 0.0;
        foreach (var shape in rings)
            area += ShapePreparation.Prepare(shape, CoordinateSystem.Cgcs2000).AreaSquareMetres;
        return area;
    }

    [Benchmark(OperationsPerInvoke = Patches, Description = "plane coordinates of one land-use feature")]
    public double Plane()
    {
        var sum = 0.0;
        foreach (var shape in rings)
        foreach (var ring in shape.Rings)
            for (var i = 0; i < ring.Length; i += 2)
            {
                var (x, y) = StatutoryPlane.FromGeographic(ring[i], ring[i + 1]);
                sum += x + y;
            }
        return sum / vertices;
    }

    [Benchmark(Description = "overlaps inside the land use of S")]
    public int Overlaps() => LayerOverlaps.Within(landUse).Count;
}
