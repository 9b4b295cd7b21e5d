using System.Diagnostics;
using Weipian.Geo;

namespace Weipian.Bench;

/// <summary>Desk comparison of a workload: how many patches a second, with and without the geometry of pieces, how much memory.</summary>
/// <remarks>Results are checked while they are timed: over plan zones, which cover the ground once, they add up to the patch.</remarks>
internal static class KernelBenchmark
{
    private const int Repeats = 7;

    public static int Run(Workload workload, int threads)
    {
        var whole = Stopwatch.StartNew();
        Console.WriteLine($"machine        {Machine.Description}");
        var build = Stopwatch.StartNew();
        var patches = PackedLayer.Build(Workload.Prepared(workload.Patches()));
        var layers = new List<(string Name, PackedLayer Layer)> { ("land-use", PackedLayer.Build(Workload.Prepared(workload.LandUse()))) };
        foreach (var (name, features) in workload.OtherLayers())
            layers.Add((name, PackedLayer.Build(Workload.Prepared(features))));
        Console.WriteLine($"workload       {workload.Name}: generated, checked, repaired and packed in {build.Elapsed.TotalSeconds:F2} s");
        foreach (var (name, layer) in layers.Append(("patches", patches)))
            Console.WriteLine(
                $"  {name, -12} {layer.Count, 9:N0} features {layer.VertexCount, 11:N0} vertices {layer.Length / 1048576.0, 8:F1} MB"
            );
        Reopen(layers[0].Layer);
        Time(patches, layers, threads);
        Closure(workload, patches, layers.Find(l => l.Name == "plan-zone").Layer);
        Console.WriteLine($"whole process  {whole.Elapsed.TotalSeconds:F2} s");
        Console.WriteLine($"peak memory    {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB");
        return 0;
    }

    private static void Time(PackedLayer patches, List<(string Name, PackedLayer Layer)> layers, int threads)
    {
        var areas = 0;
        var seconds = new double[Repeats];
        var processor = new double[Repeats];
        PackedLayer[] all = [.. layers.Select(l => l.Layer)];
        for (var warm = 0; warm < Repeats; warm++) // code and pages
            DeskOverlay.Measure(patches, all, threads);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            areas = DeskOverlay.Measure(patches, all, threads).Sum(o => o.Count);
            seconds[repeat] = watch.Elapsed.TotalSeconds;
            processor[repeat] = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        }
        Array.Sort(seconds);
        Array.Sort(processor);
        var (median, work) = (seconds[Repeats / 2], processor[Repeats / 2]);
        Console.WriteLine($"kernel         {median:F3} s median of {Repeats} ({seconds[0]:F3} … {seconds[^1]:F3}), {areas:N0} areas");
        Console.WriteLine($"patches/s      {patches.Count / median:N0} over {layers.Count} layers, data loaded");
        Console.WriteLine(
            $"processor      {work:F3} s median: {patches.Count / work:N0} patches per second of one core, whatever else runs on the machine"
        );
    }

    /// <summary>Writes the largest layer to a file, maps it and lets it go again.</summary>
    private static void Reopen(PackedLayer layer)
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var file = File.Create(path))
                layer.Write(file);
            var watch = Stopwatch.StartNew();
            using var mapped = PackedLayer.Map(path);
            Console.WriteLine(
                $"reopen         {watch.Elapsed.TotalMilliseconds:F1} ms: map land use and check every byte (file in the page cache)"
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Over a layer whose cells cover the ground once: land use does not, where rings cross themselves. Patches that may reach
    /// beyond the crooked edge of the coverage are not asked.</summary>
    private static void Closure(Workload workload, PackedLayer patches, PackedLayer coverage)
    {
        var sums = new double[patches.Count];
        foreach (var overlap in DeskOverlay.Measure(patches, coverage))
            sums[overlap.Patch] += overlap.AreaSquareMetres;
        var boxes = workload.Patches().Select(p => Extent.Of(p.Shape)).ToList();
        var inside = Enumerable
            .Range(0, patches.Count)
            .Where(i => workload.CoveredByPlanZones.Contains(boxes[(int)patches.NumberOf(i) - 1]))
            .ToList();
        var worst = inside.Max(i => Math.Abs(sums[i] - patches.AreaSquareMetresOf(i)));
        Console.WriteLine(
            $"closure        {worst:E1} m² at most between a patch and the sum of its plan zones: {inside.Count:N0} patches inside the coverage, "
                + $"{patches.Count - inside.Count:N0} at its edge left out"
        );
    }
}
