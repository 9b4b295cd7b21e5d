using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Weipian.Geo;
using Weipian.Tests.Geo;

namespace Weipian.Bench;

/// <summary>Desk comparison on generated data: how many patches a second, how long ingest takes, how much memory.</summary>
/// <remarks>
/// Eight layers in the proportions of a district: land use (120,000 polygons of 44 vertices that share every border), farmland, plan
/// zones, units with long borders, one red line of 27,000 vertices, and three layers of scattered permits. Patches are stars of about
/// 3 ha. Everything follows from fixed seeds. Results are checked while they are timed: over land use they add up to the patch.
/// </remarks>
internal static class KernelBenchmark
{
    private const int Repeats = 7;
    private const double West = 117.69;
    private const double South = 36.64;

    public static int Run(string[] arguments)
    {
        var whole = Stopwatch.StartNew();
        var settings = arguments
            .Select(a => a.Split('='))
            .ToDictionary(p => p[0], p => int.Parse(p[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var cells = settings.GetValueOrDefault("cells", 120_000);
        var count = settings.GetValueOrDefault("patches", 10_000);
        var threads = settings.GetValueOrDefault("threads", 0);
        Console.WriteLine($"machine        {Machine()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}");

        var ingest = Stopwatch.StartNew();
        var side = (int)Math.Sqrt(cells);
        var landUse = new JitteredCoverage(West, South, 0.0008, side, (cells + side - 1) / side, 11, 1);
        var layers = Layers(landUse).ToList();
        var patches = Pack(Enumerable.Range(0, count).Select(i => landUse.Patch(i, 0.0004 + 0.00001 * (i % 100), 20 + i % 60)));
        Console.WriteLine($"ingest         {ingest.Elapsed.TotalSeconds:F2} s: generate, check, map to the plane, pack (one thread)");
        foreach (var (name, layer) in layers.Append(("patches", patches)))
            Console.WriteLine(
                $"  {name, -12} {layer.Count, 9:N0} features {layer.VertexCount, 11:N0} vertices {layer.Length / 1048576.0, 8:F1} MB"
            );
        Reopen(layers[0].Layer);

        var areas = 0;
        var seconds = new double[Repeats];
        var processor = new double[Repeats];
        DeskOverlay.Measure(patches, layers[0].Layer, threads); // warms the code and the pages
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            areas = layers.Sum(l => DeskOverlay.Measure(patches, l.Layer, threads).Count);
            seconds[repeat] = watch.Elapsed.TotalSeconds;
            processor[repeat] = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        }
        Array.Sort(seconds);
        Array.Sort(processor);
        var (median, work) = (seconds[Repeats / 2], processor[Repeats / 2]);
        Console.WriteLine($"kernel         {median:F3} s median of {Repeats} ({seconds[0]:F3} … {seconds[^1]:F3}), {areas:N0} areas");
        Console.WriteLine($"patches/s      {count / median:N0} over {layers.Count} layers, data loaded");
        Console.WriteLine(
            $"processor      {work:F3} s median: {count / work:N0} patches per second of one core, whatever else runs on the machine"
        );
        Console.WriteLine($"closure        {Closure(patches, layers[0].Layer):E1} m² at most between a patch and the sum of its land use");
        Console.WriteLine($"whole process  {whole.Elapsed.TotalSeconds:F2} s");
        Console.WriteLine($"peak memory    {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB");
        return 0;
    }

    private static IEnumerable<(string Name, PackedLayer Layer)> Layers(JitteredCoverage landUse)
    {
        var box = landUse.Box;
        var (width, height) = (box.MaxX - box.MinX, box.MaxY - box.MinY);
        yield return ("land-use", PackedLayer.Build(landUse.Features(i => (i % 40).ToString("D4", CultureInfo.InvariantCulture))));
        var farmland = Covering(0.003, 9, 2);
        yield return ("farmland", PackedLayer.Build(farmland.Features(_ => "").Where(f => f.Number % 3 != 0)));
        yield return ("plan-zone", PackedLayer.Build(Covering(0.008, 20, 3).Features(i => "z" + i % 5)));
        yield return ("unit", PackedLayer.Build(Covering(Math.Max(width, height) / 3, 1500, 4).Features(_ => "")));
        var (x, y) = (box.MinX + width / 2, box.MinY + height / 2);
        yield return ("red-line", Pack([RedLine(x, y, 0.35 * Math.Min(width, height), 27_000)]));
        yield return ("approval", Pack(Enumerable.Range(0, 5_000).Select(i => landUse.Patch(1_000_000 + i, 0.001, 12))));
        yield return ("supply", Pack(Enumerable.Range(0, 5_000).Select(i => landUse.Patch(2_000_000 + i, 0.0007, 9))));
        yield return ("registration", Pack(Enumerable.Range(0, 10_000).Select(i => landUse.Patch(3_000_000 + i, 0.0004, 7))));

        JitteredCoverage Covering(double cell, int vertices, uint seed) =>
            new(box.MinX, box.MinY, cell, (int)Math.Ceiling(width / cell), (int)Math.Ceiling(height / cell), vertices, seed);
    }

    private static double[] RedLine(double longitude, double latitude, double radius, int vertices)
    {
        var ring = new double[2 * vertices + 2];
        for (var i = 0; i < vertices; i++)
        {
            var angle = 2 * Math.PI * i / vertices;
            var r = radius * (1 + 0.2 * Math.Sin(5 * angle) + 0.03 * Math.Sin(91 * angle) + 0.0004 * Math.Sin(i * 0.9));
            (ring[2 * i], ring[2 * i + 1]) = (longitude + r * Math.Cos(angle), latitude + r * Math.Sin(angle));
        }
        (ring[^2], ring[^1]) = (ring[0], ring[1]);
        return ring;
    }

    private static PackedLayer Pack(IEnumerable<double[]> rings) =>
        PackedLayer.Build(
            rings.Select((r, i) => new LayerFeature(i + 1, "", ShapePreparation.Prepare(new Shape([r]), CoordinateSystem.Cgcs2000)))
        );

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

    private static double Closure(PackedLayer patches, PackedLayer layer)
    {
        var sums = new double[patches.Count];
        foreach (var overlap in DeskOverlay.Measure(patches, layer))
            sums[overlap.Patch] += overlap.AreaSquareMetres;
        return Enumerable.Range(0, patches.Count).Max(i => Math.Abs(sums[i] - patches.AreaSquareMetresOf(i)));
    }

    private static string Machine()
    {
        const string file = "/proc/cpuinfo";
        var named = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return named is null ? RuntimeInformation.OSDescription : named[(named.IndexOf(':') + 1)..].Trim();
    }
}
