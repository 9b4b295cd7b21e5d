using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Comparison;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.GeoFiles;
using Weipian.Law;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Comparison;

/// <summary>The spine on real data: 13,509 buildings against the land use of a country.</summary>
public sealed class LiechtensteinTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LawBook law = LawBook.Load(Path.Combine(Repository.Root, "law"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_building_is_taken_measured_and_journalled()
    {
        var buildings = SharedData.Require("real/liechtenstein/new_buildings_since_2013.gpkg");
        var osm = SharedData.Require("real/liechtenstein/osm-later.gpkg");
        using var store = await Installations.StartAsync(folder, Installations.Liechtenstein);
        var clock = Stopwatch.StartNew();
        var layer = await AddLayerVersion.Handle(
            store,
            Actor.CommandLine,
            new(
                osm,
                LayerRole.LandUse,
                new DateOnly(2013, 8, 3),
                "multipolygons",
                "landuse IS NOT NULL",
                FieldMap.Parse(["code=landuse"]),
                "none"
            ),
            law.LandClasses
        );
        Report("layer add", clock);
        Assert.Equal(3149, layer.Version.FeatureCount + layer.Version.RefusedCount);

        var dry = await ImportPatches.Handle(store, Actor.CommandLine, new("2024-example", buildings, DryRun: true), law);
        Report("dry run", clock);
        Assert.Equal(13509, dry.SourceCount);
        var report = await ImportPatches.Handle(store, Actor.CommandLine, new("2024-example", buildings), law);
        Report("import", clock);
        Assert.Equal((13509, 13509, 0), (report.SourceCount, report.TakenCount, report.RefusedCount));
        Assert.Equal(dry.Findings, report.Findings);

        var csv = folder.File("areas.csv");
        var compared = await CompareProgramme.Handle(store, Actor.CommandLine, new("2024-example", csv));
        Report($"compare ({compared.Areas} areas, kernel {compared.KernelTime.TotalMilliseconds:0} ms)", clock);
        Assert.Equal(13509, compared.Patches);
        Assert.Equal(13509, (await File.ReadAllLinesAsync(csv)).Count(line => line.Contains(",patch,,", StringComparison.Ordinal)));
        var again = await CompareProgramme.Handle(store, Actor.CommandLine, new("2024-example"));
        Report("compare again", clock);
        Assert.Equal((compared.RunId, true), (again.RunId, again.WasThere));

        var verified = await VerifyStore.Handle(store);
        Report($"verify ({verified.Rows} rows)", clock);
        Assert.Empty(verified.Findings);
        await using var db = store.Read();
        Assert.Equal(report.AreaSquareMetres, await db.PatchUnits.SumAsync(u => u.AreaSquareMetres), 1e-3);
    }

    private static void Report(string what, Stopwatch clock)
    {
        Console.Error.WriteLine($"liechtenstein: {what} {clock.Elapsed.TotalSeconds:0.00} s");
        clock.Restart();
    }
}
