using System.Diagnostics;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.Imagery;

namespace Weipian.Bench;

/// <summary>
/// Chips of the patches of a data folder, rendered one pair after the other on one thread, nothing kept: from the open image to the bytes
/// of the JPEG, by the clock and by the processor, and what a measured pair of change costs.
/// </summary>
public static class ChipsBenchmark
{
    private const int Pixels = 512;

    /// <param name="arguments">The data folder, and how many pairs at most.</param>
    public static int Run(string[] arguments)
    {
        if (arguments.Length is < 1 or > 2)
        {
            Console.Error.WriteLine("usage: bench chips DATA [pairs=200]");
            return 2;
        }
        var most = arguments.Length == 2 ? int.Parse(arguments[1].Split('=')[^1], System.Globalization.CultureInfo.InvariantCulture) : 200;
        using var store = WeipianStore.Open(new DataFolder(arguments[0]));
        using var db = store.Read();
        var images = db.Images.ToList();
        var open = images.ToDictionary(i => i.Id, i => GeoTiff.Open(File.OpenRead(store.Blobs.PathOf(i.Id)), i.FileName));
        var (pairs, steps, changes, first) = (new List<double>(), new List<double[]>(), new List<double>(), 0.0);
        var began = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var patch in db.Patches.ToList().OrderBy(p => p.Id))
        {
            if (pairs.Count == most)
                break;
            var box = new Extent(patch.West, patch.South, patch.East, patch.North);
            var near = images.Where(i => i.West <= box.MaxX && i.East >= box.MinX && i.South <= box.MaxY && i.North >= box.MinY);
            var (before, after) = ImageChoice.Of(near, i => i.AcquiredOn, patch.Before, patch.After);
            if (before is null || after is null)
                continue;
            var frame = ChipFrame.Around(box, 1.7, 24, Pixels);
            var took = Pair(open[before.Id], open[after.Id], frame);
            first = first == 0 ? took.Sum() : first;
            pairs.Add(took.Sum());
            steps.Add(took);
            var start = Stopwatch.GetTimestamp();
            var small = ChangeSupport.FrameFor(box, Math.Max(before.ResolutionMetres, after.ResolutionMetres));
            _ = ChangeSupport.Of(Chip.Render(open[before.Id], small), Chip.Render(open[after.Id], small), Rings(patch));
            changes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var processor = (Process.GetCurrentProcess().TotalProcessorTime - began).TotalMilliseconds;
        foreach (var image in open.Values)
            image.Dispose();
        Say("the very first pair of the process", [first]);
        Say("chip pair", pairs);
        Say("  of it reading and resampling", [.. steps.Select(s => s[0])]);
        Say("  of it drawing and JPEG", [.. steps.Select(s => s[1])]);
        Say("change support", changes);
        Console.WriteLine(FormattableString.Invariant($"processor time of all, a patch: {processor / Math.Max(1, pairs.Count):F1} ms"));
        return 0;
    }

    /// <summary>Reading and resampling of both, then drawing and packing of both; milliseconds.</summary>
    private static double[] Pair(GeoTiff before, GeoTiff after, ChipFrame frame)
    {
        var start = Stopwatch.GetTimestamp();
        var (one, other) = (Chip.Render(before, frame), Chip.Render(after, frame));
        var read = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        _ = ChipPicture.Jpeg(one).Length + ChipPicture.Jpeg(other).Length;
        return [read, Stopwatch.GetElapsedTime(start).TotalMilliseconds - read];
    }

    private static List<double[]> Rings(Patch patch) =>
        [
            .. patch
                .Geometry.Geometries.Cast<NetTopologySuite.Geometries.Polygon>()
                .SelectMany(p => p.InteriorRings.Prepend(p.ExteriorRing))
                .Select(r => r.Coordinates.SelectMany(c => (double[])[c.X, c.Y]).ToArray()),
        ];

    private static void Say(string what, List<double> times)
    {
        times.Sort();
        double At(double share) => times.Count == 0 ? double.NaN : times[(int)(share * (times.Count - 1))];
        Console.WriteLine(FormattableString.Invariant($"{what}: p50 {At(0.5):F1} ms, p95 {At(0.95):F1} ms, n {times.Count}"));
    }
}
