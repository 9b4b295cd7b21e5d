using System.Collections.Concurrent;
using System.Diagnostics;
using Weipian.Geo;

namespace Weipian.Bench;

/// <summary>Geometry and area of every piece of a workload: patches a second with pieces, and agreement with the kernel.</summary>
/// <remarks>Both are timed together, the comparison and the cutting, over all layers; features are held in degrees, as a store gives
/// them.</remarks>
internal static class PiecesBenchmark
{
    private const int Repeats = 3;

    private sealed record Source(string Name, PackedLayer Layer, PreparedShape[] Shapes);

    /// <summary>Counts and the worst differences between the area of a piece and the kernel's.</summary>
    private sealed record Found(int Pieces, int Crossing, double WorstSquareMetres, double WorstShare, int Above);

    public static int Run(Workload workload)
    {
        Console.WriteLine($"machine        {Machine.Description}");
        var patches = Packed("patches", workload.Patches());
        List<Source> layers = [Packed("land-use", workload.LandUse()), .. workload.OtherLayers().Select(l => Packed(l.Name, l.Features))];
        foreach (var layer in layers)
            Print(layer.Name, Cut(patches, layer));
        var seconds = new List<double>();
        var processor = new List<double>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            foreach (var layer in layers)
                Cut(patches, layer);
            seconds.Add(watch.Elapsed.TotalSeconds);
            processor.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }
        var (median, work) = (seconds.Order().ElementAt(Repeats / 2), processor.Order().ElementAt(Repeats / 2));
        Console.WriteLine(
            $"pieces         {median:F2} s median of {Repeats}: {patches.Layer.Count / median:N0} patches/s over {layers.Count} layers"
        );
        Console.WriteLine($"processor      {work:F2} s median: {patches.Layer.Count / work:N0} patches per second of one core");
        return 0;
    }

    /// <summary>Measures, then makes the piece of every overlap on all cores.</summary>
    private static Found Cut(Source patches, Source layer)
    {
        var overlaps = DeskOverlay.Measure(patches.Layer, layer.Layer);
        var found = new ConcurrentBag<Found>();
        Parallel.ForEach(
            Partitioner.Create(0, overlaps.Count, 256),
            range =>
            {
                var (crossing, worst, share, above) = (0, 0.0, 0.0, 0);
                for (var i = range.Item1; i < range.Item2; i++)
                {
                    var overlap = overlaps[i];
                    var (patch, feature) = (Of(patches, overlap.Patch), Of(layer, overlap.Feature));
                    var piece = Pieces.Measured(
                        patch.Geographic,
                        patch.AreaSquareMetres,
                        feature.Geographic,
                        feature.AreaSquareMetres,
                        overlap.AreaSquareMetres
                    );
                    if (piece != patch.Geographic && piece != feature.Geographic)
                        crossing++;
                    var difference = Math.Abs(Pieces.AreaSquareMetres(piece) - overlap.AreaSquareMetres);
                    worst = Math.Max(worst, difference);
                    share = Math.Max(share, difference / overlap.AreaSquareMetres);
                    above += difference > 1e-6 ? 1 : 0;
                }
                found.Add(new Found(range.Item2 - range.Item1, crossing, worst, share, above));
            }
        );
        return found.Aggregate(
            new Found(0, 0, 0, 0, 0),
            (a, b) =>
                new(
                    a.Pieces + b.Pieces,
                    a.Crossing + b.Crossing,
                    Math.Max(a.WorstSquareMetres, b.WorstSquareMetres),
                    Math.Max(a.WorstShare, b.WorstShare),
                    a.Above + b.Above
                )
        );
    }

    private static void Print(string name, Found found) =>
        Console.WriteLine(
            $"  {name, -12} {found.Pieces, 9:N0} pieces, {found.Crossing, 9:N0} cut; off the kernel by {found.WorstSquareMetres:E1} m² at most, "
                + $"{found.Above} by more than 1e-6 m²"
        );

    private static PreparedShape Of(Source source, int feature) => source.Shapes[source.Layer.NumberOf(feature) - 1];

    private static Source Packed(string name, IEnumerable<(Shape Shape, string Code)> features)
    {
        List<LayerFeature> prepared = [.. Workload.Prepared(features)];
        return new Source(name, PackedLayer.Build(prepared), [.. prepared.Select(f => f.Shape)]);
    }
}
