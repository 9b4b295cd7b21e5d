using System.Collections.Concurrent;
using System.Diagnostics;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Bench;

/// <summary>Cold ingest of the land use of a workload from a GeoPackage through the ordinary door, and reopening it.</summary>
/// <remarks>The file is written by another process, so that the peak memory is that of the ingest.</remarks>
internal static class IngestBenchmark
{
    private static readonly IReadOnlyList<WrittenField> Fields = [new("DLBM", "text", 5)];

    /// <param name="engineAlone">Only what the engine does of it, not the whole door; each by itself, for the peak memory.</param>
    public static int Run(Workload workload, bool engineAlone)
    {
        var folder = BenchFolder.Path;
        var path = Path.Combine(folder, $"land-use-{workload.Name}.gpkg");
        if (!File.Exists(path))
        {
            Write(workload, path);
            Console.WriteLine($"written        {path}, {new FileInfo(path).Length / 1048576.0:N0} MB: run again to measure");
            return 0;
        }
        Console.WriteLine($"machine        {Machine.Description}");
        if (engineAlone)
        {
            Engine(path, Path.Combine(folder, "engine.cache"));
            return 0;
        }
        var layers = Path.Combine(folder, "layers");
        if (Directory.Exists(layers))
            Directory.Delete(layers, recursive: true);
        var store = new LayerStore(layers);
        var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var layer = store.Add(new AddLayer(path, "land-use", new DateOnly(2018, 12, 31), CodeStandard: "gbt21010-2017"), new Said(watch));
        Console.WriteLine(
            $"ingest         {watch.Elapsed.TotalSeconds:F2} s, processor {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds:F2} s: "
                + $"{layer.SourceCount:N0} = {layer.FeatureCount:N0} taken + {layer.RefusedCount:N0} refused, {layer.Defects.Count:N0} findings"
        );
        Console.WriteLine($"content        {layer.Id}, {layer.AreaSquareMetres:R} m²");
        Console.WriteLine($"peak memory    {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB");
        Console.WriteLine(
            $"collector      {GC.CollectionCount(0)} times (of generation 1 {GC.CollectionCount(1)}, 2 {GC.CollectionCount(2)}), "
                + $"stopped for {GC.GetTotalPauseDuration().TotalSeconds:F2} s, {GC.GetTotalAllocatedBytes() / 1048576.0:N0} MB allocated"
        );
        watch.Restart();
        using (store.Packed(layer))
            Console.WriteLine($"reopen         {watch.Elapsed.TotalSeconds:F3} s");
        Directory.Delete(layers, recursive: true);
        return 0;
    }

    /// <summary>What the engine does of it: read, validity and repair, order and index, the cache on disk. No copies, no hashes, no
    /// GeoPackage of our own, no search for overlaps inside the layer.</summary>
    private static void Engine(string path, string cache)
    {
        var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        using (var source = SourceFile.Open(path))
        using (var packed = PackedLayer.Build(Prepared(source.Layer(null))))
        {
            using var file = File.Create(cache);
            packed.Write(file);
            Console.WriteLine(
                $"engine alone   {watch.Elapsed.TotalSeconds:F2} s, processor {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds:F2} s: "
                    + $"{packed.Count:N0} features, {packed.VertexCount:N0} vertices, {packed.Length / 1048576.0:N0} MB"
            );
        }
        Console.WriteLine($"peak memory    {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB");
        File.Delete(cache);
    }

    /// <summary>One thread reads, the pool prepares, the caller packs.</summary>
    private static IEnumerable<LayerFeature> Prepared(SourceLayer layer)
    {
        const int batchFeatures = 256;
        using var batches = new BlockingCollection<Task<LayerFeature[]>>(Environment.ProcessorCount * 3);
        var code = layer.Fields.Select(field => field.Name).ToList().IndexOf("DLBM");
        var reading = Task.Factory.StartNew(
            () =>
            {
                foreach (var batch in layer.Read(null).Chunk(batchFeatures))
                    batches.Add(Task.Run(() => Array.ConvertAll(batch, Prepare)));
                batches.CompleteAdding();
            },
            TaskCreationOptions.LongRunning
        );
        foreach (var batch in batches.GetConsumingEnumerable())
        foreach (var feature in batch.GetAwaiter().GetResult())
            yield return feature;
        reading.GetAwaiter().GetResult();

        LayerFeature Prepare(SourceFeature feature) =>
            new(feature.Row, feature.Values.At(code) as string ?? "", ShapePreparation.Prepare(feature.Shape!, CoordinateSystem.Cgcs2000));
    }

    private static void Write(Workload workload, string path)
    {
        using var writer = GeoPackageWriter.Create(path);
        writer.Layer(
            "DLTB",
            Fields,
            workload.LandUse().Select(f => new WrittenFeature([new(f.Shape.Rings[0], [])], [f.Code])),
            CoordinateSystem.Cgcs2000,
            ringsAsGiven: true
        );
        writer.Complete();
    }

    /// <summary>What the intake says it is at, with the time since the start.</summary>
    private sealed class Said(Stopwatch since) : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine($"{since.Elapsed.TotalSeconds, 6:F2} s  {value}");
    }
}
