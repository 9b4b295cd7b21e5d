using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Weipian.Geo;
using Weipian.Sample;

namespace Weipian.Bench;

/// <summary>How long vector tiles of patches take from a running server: each level of the grid over the box of a programme, each tile the
/// first time and again.</summary>
public static class TilesBenchmark
{
    private const int TilesMax = 80;
    private const int FirstLevel = 8;
    private const int LastLevel = 18;

    /// <summary>Writes the file of patches to import first.</summary>
    public static int Write(string path, int count)
    {
        CrowdedProgramme.Write(path, count);
        Console.WriteLine($"{path}: {count} patches; weipian patch import {path} --programme 2019-q2 --data DIR");
        return 0;
    }

    /// <param name="arguments">Address of the server, file of the seats, programme.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length != 3)
        {
            await Console.Error.WriteLineAsync("usage: bench tiles URL DATA/sample-seats.txt PROGRAMME");
            return 2;
        }
        using var http = await PagesBenchmark.EnterAsync(new Uri(arguments[0]), arguments[1], "district-officer");
        var began = Stopwatch.GetTimestamp();
        var overview = JsonDocument.Parse(await http.GetStringAsync($"/api/programmes/{arguments[2]}/map")).RootElement;
        var patches = overview.GetProperty("counts").EnumerateObject().Sum(c => c.Value.GetInt32());
        Console.WriteLine(
            FormattableString.Invariant($"{patches} patches; first look {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s")
        );
        var box = overview.GetProperty("box").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        Console.WriteLine("| level | tiles | first p50 ms | first p95 ms | again p95 ms | largest kB |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        var firsts = new List<double>();
        for (var level = FirstLevel; level <= LastLevel; level++)
            firsts.AddRange(await LevelAsync(http, arguments[2], level, new(box[0], box[1], box[2], box[3])));
        Console.WriteLine(
            FormattableString.Invariant($"all first: p50 {At(firsts, 0.5):F1} ms, p95 {At(firsts, 0.95):F1} ms, n {firsts.Count}")
        );
        return 0;
    }

    private static async Task<List<double>> LevelAsync(HttpClient http, string programme, int level, Extent box)
    {
        var all = TileAddress.Meeting(level, box).ToList();
        var tiles = all.Where((_, i) => i % Math.Max(1, all.Count / TilesMax) == 0).ToList();
        var (firsts, agains, largest) = (new List<double>(), new List<double>(), 0);
        foreach (var tile in tiles)
        {
            var address = string.Create(
                CultureInfo.InvariantCulture,
                $"/tiles/patches/{programme}/{tile.Level}/{tile.Column}/{tile.Row}.mvt"
            );
            foreach (var times in new[] { firsts, agains })
            {
                var start = Stopwatch.GetTimestamp();
                largest = Math.Max(largest, (await http.GetByteArrayAsync(address)).Length);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {level} | {tiles.Count} | {At(firsts, 0.5):F1} | {At(firsts, 0.95):F1} | {At(agains, 0.95):F1} | {largest / 1024} |"
            )
        );
        return firsts;
    }

    private static double At(List<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}
