using System.Diagnostics;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Bench;

/// <summary>Cold ingest of the land use of a workload from a GeoPackage through the ordinary door, and reopening it.</summary>
/// <remarks>The file is written by another process, so that the peak memory is that of the ingest.</remarks>
internal static class IngestBenchmark
{
    private static readonly IReadOnlyList<WrittenField> Fields = [new("DLBM", "text", 5)];

    public static int Run(Workload workload)
    {
        var folder = Environment.GetEnvironmentVariable("WEIPIAN_BENCH_FOLDER") ?? Path.Combine(Path.GetTempPath(), "weipian-bench");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"land-use-{workload.Name}.gpkg");
        if (!File.Exists(path))
        {
            Write(workload, path);
            Console.WriteLine($"written        {path}, {new FileInfo(path).Length / 1048576.0:N0} MB: run again to measure");
            return 0;
        }
        Console.WriteLine($"machine        {Machine.Description}");
        var layers = Path.Combine(folder, "layers");
        if (Directory.Exists(layers))
            Directory.Delete(layers, recursive: true);
        var store = new LayerStore(layers);
        var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var layer = store.Add(new AddLayer(path, "land-use", new DateOnly(2018, 12, 31), CodeStandard: "gbt21010-2017"));
        Console.WriteLine(
            $"ingest         {watch.Elapsed.TotalSeconds:F2} s, processor {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds:F2} s: "
                + $"{layer.SourceCount:N0} = {layer.FeatureCount:N0} taken + {layer.RefusedCount:N0} refused, {layer.Defects.Count:N0} findings"
        );
        Console.WriteLine($"peak memory    {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB");
        watch.Restart();
        using (store.Packed(layer))
            Console.WriteLine($"reopen         {watch.Elapsed.TotalSeconds:F3} s");
        Directory.Delete(layers, recursive: true);
        return 0;
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
}
