using System.Diagnostics;
using Weipian.Geo;

namespace Weipian.Bench;

/// <summary>One desk comparison as the command line makes it: a fresh process opens packed layers and measures once.</summary>
/// <remarks>The layers are packed by another process, so that time and peak memory are those of the run.</remarks>
internal static class RunBenchmark
{
    private const string Patches = "patches";
    private const string Extension = ".packed";

    public static int Run(Workload workload)
    {
        var folder = Path.Combine(BenchFolder.Path, $"packed-{workload.Name}");
        if (!Directory.Exists(folder))
        {
            Write(workload, folder);
            Console.WriteLine($"written        {folder}: run again to measure");
            return 0;
        }
        Console.WriteLine($"machine        {Machine.Description}");
        var watch = Stopwatch.StartNew();
        using var patches = PackedLayer.Map(Path.Combine(folder, Patches + Extension));
        var layers = Directory
            .EnumerateFiles(folder, "*" + Extension)
            .Where(path => Path.GetFileNameWithoutExtension(path) != Patches)
            .Select(PackedLayer.Map)
            .ToArray();
        var opened = watch.Elapsed;
        var areas = DeskOverlay.Measure(patches, layers).Sum(overlaps => overlaps.Count);
        Console.WriteLine(
            $"run            {watch.Elapsed.TotalSeconds:F3} s: {opened.TotalSeconds:F3} s to open {layers.Length + 1} layers and check every byte, "
                + $"{(watch.Elapsed - opened).TotalSeconds:F3} s to measure {patches.Count:N0} patches, {areas:N0} areas"
        );
        Console.WriteLine(
            $"peak memory    {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB, of which "
                + $"{layers.Append(patches).Sum(layer => layer.Length) / 1048576.0:N0} MB are the mapped layers"
        );
        foreach (var layer in layers)
            layer.Dispose();
        return 0;
    }

    private static void Write(Workload workload, string folder)
    {
        var unfinished = folder + ".unfinished";
        Directory.CreateDirectory(unfinished);
        foreach (
            var (name, features) in workload.OtherLayers().Append(("land-use", workload.LandUse())).Append((Patches, workload.Patches()))
        )
        {
            using var layer = PackedLayer.Build(Workload.Prepared(features));
            using var file = File.Create(Path.Combine(unfinished, name + Extension));
            layer.Write(file);
        }
        Directory.Move(unfinished, folder);
    }
}
