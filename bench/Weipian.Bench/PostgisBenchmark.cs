using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;
using Npgsql;
using Weipian.Geo;

namespace Weipian.Bench;

/// <summary>The same comparison of the same data here and in PostGIS, by turns: ratio and agreement.</summary>
/// <remarks>
/// Both get what was checked and repaired at ingest, in metres of the statutory plane. PostGIS runs the tuned form in
/// <c>bench/postgis</c>, two sessions side by side, everything in its buffers; here all cores, data loaded. Neither ingest counts.
/// </remarks>
internal static class PostgisBenchmark
{
    /// <summary>The run-time compiles the kernel anew once it is known to be busy; PostGIS is compiled.</summary>
    private const int WarmRuns = 7;

    /// <param name="planFile">Where the plan and the times of its nodes are written, with the machine; the console when null.</param>
    public static async Task<int> RunAsync(Workload workload, int pairs, string? planFile = null)
    {
        Console.WriteLine($"machine        {Machine.Description}");
        var sources = new List<(string Name, List<LayerFeature> Features)> { ("land-use", [.. Workload.Prepared(workload.LandUse())]) };
        foreach (var (name, features) in workload.OtherLayers())
            sources.Add((name, [.. Workload.Prepared(features)]));
        List<LayerFeature> patchFeatures = [.. Workload.Prepared(workload.Patches())];
        var patches = PackedLayer.Build(patchFeatures);
        var layers = sources.Select(s => PackedLayer.Build(s.Features)).ToList();

        using var cluster = new PostgisCluster();
        await using var database = NpgsqlDataSource.Create(cluster.Connection);
        var watch = Stopwatch.StartNew();
        await ExecuteAsync(database, "schema.sql");
        await CopyAsync(database, "raw_patch (id, code, geom)", patchFeatures.Select(f => Row(f, null)));
        for (var layer = 0; layer < sources.Count; layer++)
            await CopyAsync(database, "raw_layer (layer, id, code, geom)", sources[layer].Features.Select(f => Row(f, layer)));
        await ExecuteAsync(database, "tune.sql");
        Console.WriteLine($"postgis load   {watch.Elapsed.TotalSeconds:F1} s: copy, subdivide, sort, index, analyse");
        await ComparePostgisAsync(database); // fills the buffers
        await ExplainAsync(database, workload, planFile);
        if (pairs == 0)
            return 0;

        var theirs = await ComparePostgisAsync(database);
        var ours = Compare(patches, layers);
        Agreement(ours.Areas, theirs.Areas);
        for (var warm = 0; warm < WarmRuns; warm++)
            Compare(patches, layers);
        var ratios = new List<double>();
        for (var pair = 0; pair < pairs; pair++)
        {
            var postgis = (await ComparePostgisAsync(database)).Seconds;
            var here = Enumerable.Range(0, 3).Select(_ => Compare(patches, layers).Seconds).Order().ElementAt(1);
            ratios.Add(postgis / here);
            Console.WriteLine($"pair {pair + 1}         PostGIS {postgis:F2} s, here {here:F3} s (median of 3): ratio {postgis / here:F0}");
        }
        Console.WriteLine($"ratio          {ratios.Order().ElementAt(ratios.Count / 2):F0} median of {pairs} pairs");
        return 0;
    }

    private static (double Seconds, Dictionary<(long, int, string), double> Areas) Compare(PackedLayer patches, List<PackedLayer> layers)
    {
        var watch = Stopwatch.StartNew();
        var found = DeskOverlay.Measure(patches, layers);
        var seconds = watch.Elapsed.TotalSeconds;
        var areas = new Dictionary<(long, int, string), double>();
        for (var layer = 0; layer < layers.Count; layer++)
            foreach (var overlap in found[layer])
            {
                var key = (patches.NumberOf(overlap.Patch), layer, layers[layer].CodeOf(overlap.Feature));
                areas[key] = areas.GetValueOrDefault(key) + overlap.AreaSquareMetres;
            }
        return (seconds, areas);
    }

    private static async Task<(double Seconds, Dictionary<(long, int, string), double> Areas)> ComparePostgisAsync(
        NpgsqlDataSource database
    )
    {
        var watch = Stopwatch.StartNew();
        var halves = await Task.WhenAll(HalfAsync(database, 1), HalfAsync(database, 2));
        var seconds = watch.Elapsed.TotalSeconds;
        return (seconds, halves.SelectMany(rows => rows).ToDictionary());
    }

    private static async Task<List<KeyValuePair<(long, int, string), double>>> HalfAsync(NpgsqlDataSource database, int half)
    {
        var rows = new List<KeyValuePair<(long, int, string), double>>();
        await using var command = database.CreateCommand(Sql("compare.sql"));
        command.Parameters.Add(new NpgsqlParameter { Value = half });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(new((reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2)), reader.GetDouble(3)));
        return rows;
    }

    /// <summary>The greatest difference, absolute and in parts of the patch's overlap; what one side alone has counts whole.</summary>
    private static void Agreement(Dictionary<(long, int, string), double> ours, Dictionary<(long, int, string), double> theirs)
    {
        var keys = ours.Keys.Union(theirs.Keys).ToList();
        var worst = keys.MaxBy(k => Math.Abs(ours.GetValueOrDefault(k) - theirs.GetValueOrDefault(k)));
        var apart = keys.Count(k => Math.Abs(ours.GetValueOrDefault(k) - theirs.GetValueOrDefault(k)) > 1e-4);
        Console.WriteLine(
            $"agreement      {keys.Count:N0} areas; greatest difference {Math.Abs(ours.GetValueOrDefault(worst) - theirs.GetValueOrDefault(worst)):E1} m² "
                + $"(patch {worst.Item1}, layer {worst.Item2}: {ours.GetValueOrDefault(worst):F6} here, {theirs.GetValueOrDefault(worst):F6} there); "
                + $"{apart} differ by more than 1e-4 m²; sums {ours.Values.Sum():F3} and {theirs.Values.Sum():F3} m²"
        );
    }

    private static async Task ExplainAsync(NpgsqlDataSource database, Workload workload, string? planFile)
    {
        await using var version = database.CreateCommand("SELECT version() || '; ' || postgis_full_version()");
        var plan = new StringBuilder()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"Workload {workload.Name}, one half of the patches, everything in the buffers; {Machine.Description}"
            )
            .AppendLine(CultureInfo.InvariantCulture, $"{await version.ExecuteScalarAsync()}")
            .AppendLine();
        await using var command = database.CreateCommand(
            "EXPLAIN (ANALYZE, BUFFERS) " + Sql("compare.sql").Replace("$1", "1", StringComparison.Ordinal)
        );
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            plan.AppendLine(reader.GetString(0));
        if (planFile is null)
            Console.WriteLine(plan);
        else
            await File.WriteAllTextAsync(planFile, plan.ToString());
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string file)
    {
        foreach (var statement in Sql(file).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = database.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task CopyAsync(NpgsqlDataSource database, string target, IEnumerable<string> rows)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var writer = await connection.BeginTextImportAsync($"COPY {target} FROM STDIN");
        foreach (var row in rows)
            await writer.WriteAsync(row);
    }

    private static string Row(LayerFeature feature, int? layer)
    {
        var plane = (MultiPolygon)feature.Shape.Geographic.Copy();
        plane.Apply(new ToPlane());
        var before = layer is { } number ? number.ToString(CultureInfo.InvariantCulture) + "\t" : "";
        return $"{before}{feature.Number}\t{feature.Code}\t{Convert.ToHexString(plane.ToBinary())}\n";
    }

    private static string Sql(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "postgis", file));

    private sealed class ToPlane : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq)
        {
            for (var i = 0; i < seq.Count; i++)
            {
                var (x, y) = StatutoryPlane.FromGeographic(seq.GetX(i), seq.GetY(i));
                seq.SetX(i, x);
                seq.SetY(i, y);
            }
        }
    }
}
