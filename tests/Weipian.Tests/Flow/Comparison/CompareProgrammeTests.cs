using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Comparison;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.GeoFiles;
using Weipian.Law;
using Weipian.Tests.Flow.Intake;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Comparison;

/// <summary>Desk comparison: the contract of its table, and which layers speak.</summary>
public sealed class CompareProgrammeTests : IAsyncLifetime
{
    private static readonly LawBook Law = LawBook.Load(Path.Combine(Repository.Root, "law"));
    private static readonly Actor Officer = new("district-officer", "district-officer");

    private readonly TemporaryFolder folder = new();
    private WeipianStore store = null!;

    public async ValueTask InitializeAsync() => store = await Installations.StartAsync(folder, Installations.Zhoucun);

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<LayerVersion> LayerAsync(string role, string asOf, params (string Code, double[] Ring)[] features)
    {
        var path = ReferenceLayers.Write(folder.File($"{Guid.NewGuid():N}.gpkg"), features);
        var codes = role == LayerRole.LandUse ? LandClassStandard.Gbt2007 : null;
        var request = new AddLayerVersion.Request(
            path,
            role,
            DateOnly.ParseExact(asOf, "yyyy-MM-dd"),
            Map: FieldMap.Parse(["code=DLBM"]),
            Codes: codes
        );
        return (await AddLayerVersion.Handle(store, Officer, request, Law.LandClasses)).Version;
    }

    private Task<ImportReport> ImportAsync(IssuedPatches patches, int epsg = 4490) =>
        ImportPatches.Handle(
            store,
            Officer,
            new("2019-q1", patches.Write(folder.File($"{Guid.NewGuid():N}.zip"), epsg), Map: IssuedPatches.Map),
            Law
        );

    private async Task<(CompareProgramme.Compared Compared, string Csv)> CompareAsync(string convention = CompareProgramme.Formula)
    {
        var path = folder.File("areas.csv");
        var compared = await CompareProgramme.Handle(store, Officer, new("2019-q1", path, Convention: convention));
        return (compared, await File.ReadAllTextAsync(path));
    }

    private static Dictionary<string, double> Areas(string csv) =>
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(f => string.Join(',', f[..^1]), f => double.Parse(f[^1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    [Fact]
    public async Task A_programme_without_patches_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<Problem>(() => CompareAsync());
        Assert.Equal("comparison.no-patches", refusal.Code);
    }

    [Fact]
    public async Task The_table_is_as_the_contract_has_it()
    {
        await LayerAsync(
            LayerRole.LandUse,
            "2017-12-31",
            ("021", IssuedPatches.Rectangle(117.86, 36.79, 0.0005, 0.1)),
            ("011", IssuedPatches.Rectangle(117.8605, 36.79, 0.0003, 0.1)),
            ("011", IssuedPatches.Rectangle(117.8608, 36.79, 0.1, 0.1))
        );
        await LayerAsync(LayerRole.PermanentFarmland, "2018-01-01", ("", IssuedPatches.Rectangle(117.8605, 36.79, 0.1, 0.1)));
        await ImportAsync(new IssuedPatches().Add("b,\"1\"", west: 117.85).Add("B", west: 117.84).Add("a"));
        var (compared, csv) = await CompareAsync();

        var bytes = await File.ReadAllBytesAsync(folder.File("areas.csv"));
        Assert.Equal((byte)'p', bytes[0]); // no BOM
        Assert.DoesNotContain((byte)'\r', bytes);
        var lines = csv.Split('\n');
        Assert.Equal("patch,role,code,area_m2", lines[0]);
        Assert.Equal("", lines[^1]);
        Assert.Equal(
            ["B,patch,", "a,land-use,011", "a,land-use,021", "a,patch,", "a,permanent-farmland,", "\"b,\"\"1\"\"\",patch,"],
            lines[1..^1].Select(line => line[..line.LastIndexOf(',')])
        );
        Assert.Matches(@"^a,patch,,9804\.689\d{3}$", lines[4]);
        var areas = Areas(csv);
        Assert.Equal(areas["a,patch,"], areas["a,land-use,011"] + areas["a,land-use,021"], 2e-6);
        Assert.Equal(4, compared.Areas); // three features of land use, one of farmland
        await using var db = store.Read();
        Assert.Equal(4, await db.ComparisonAreas.CountAsync(a => a.RunId == compared.RunId));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task Only_the_versions_in_force_for_a_patch_speak_about_it()
    {
        double[] everywhere = IssuedPatches.Rectangle(117.5, 36.5, 1, 1);
        await LayerAsync(LayerRole.LandUse, "2016-12-31", ("011", everywhere));
        await LayerAsync(LayerRole.LandUse, "2018-12-31", ("201", everywhere));
        await ImportAsync(
            new IssuedPatches()
                .Add("early", before: "20170601", after: "20171001")
                .Add("late", west: 117.87, before: "20190101", after: "20190301")
                .Add("undated", west: 117.88, before: null)
        );
        var (compared, csv) = await CompareAsync();
        Assert.Equal(["early,land-use,011", "early,patch,", "late,land-use,201", "late,patch,", "undated,patch,"], Areas(csv).Keys);
        var note = Assert.Single(compared.Notes, n => n.Kind == "no-version-in-force");
        Assert.StartsWith("1 patches have no land-use layer in force", note.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_that_overlaps_itself_sums_in_the_table_and_is_said_and_the_union_counts_once()
    {
        double[] everywhere = IssuedPatches.Rectangle(117.5, 36.5, 1, 1);
        await LayerAsync(LayerRole.Approval, "2018-01-01", ("", everywhere), ("", everywhere));
        await ImportAsync(new IssuedPatches().Add("a"));
        var (compared, csv) = await CompareAsync();
        var areas = Areas(csv);
        Assert.Equal(2 * areas["a,patch,"], areas["a,approval,"], 2e-6);
        Assert.Contains(compared.Notes, n => n is { Kind: "layer-overlaps-itself", Role: "approval", PatchNumber: "a" });
        await using var db = store.Read();
        var patch = await db.Patches.SingleAsync();
        var found = await ComparisonResults.AreasAsync(db, compared.RunId, patch.Id);
        Assert.Equal(2, found.Count);
        Assert.Equal(patch.AreaSquareMetres, ComparisonResults.UnionArea(store.Layers, patch, found), 1e-3);
    }

    [Fact]
    public async Task The_same_comparison_again_writes_nothing_and_a_new_layer_makes_a_new_one()
    {
        await LayerAsync(LayerRole.LandUse, "2017-12-31", ("011", ReferenceLayers.Square(117.85, 36.79, 0.1)));
        await ImportAsync(new IssuedPatches().Add("a"));
        var (first, csv) = await CompareAsync();
        var (second, again) = await CompareAsync();
        Assert.Equal((first.RunId, true), (second.RunId, second.WasThere));
        Assert.Equal(csv, again);
        await LayerAsync(LayerRole.PermanentFarmland, "2018-01-01", ("", ReferenceLayers.Square(117.85, 36.79, 0.1)));
        var (third, _) = await CompareAsync();
        Assert.False(third.WasThere);
    }

    [Fact]
    public async Task Dropping_the_cache_changes_nothing()
    {
        await LayerAsync(LayerRole.LandUse, "2017-12-31", ("011", ReferenceLayers.Square(117.85, 36.79, 0.1)));
        await ImportAsync(new IssuedPatches().Add("a"));
        var (_, csv) = await CompareAsync();
        store.Layers.DropCache();
        var (compared, again) = await CompareAsync();
        Assert.Equal(csv, again);
        Assert.True(compared.WasThere);
    }

    [Fact]
    public async Task Edges_straight_in_the_source_system_give_slightly_other_areas()
    {
        await LayerAsync(LayerRole.LandUse, "2017-12-31", ("011", IssuedPatches.Rectangle(117.5, 36.5, 1, 1)));
        await ImportAsync(
            new IssuedPatches().AddRings(
                "a",
                [
                    [117.86, 36.8, 117.86, 36.81, 117.872, 36.812, 117.86, 36.8],
                ]
            ),
            epsg: 4527
        );
        var formula = Areas((await CompareAsync()).Csv)["a,patch,"];
        var source = Areas((await CompareAsync(CompareProgramme.Source)).Csv)["a,patch,"];
        Assert.NotEqual(formula, source);
        Assert.Equal(formula, source, formula * 1e-4);
        var refusal = await Assert.ThrowsAsync<Problem>(() => CompareAsync("planar"));
        Assert.Equal("comparison.unknown-convention", refusal.Code);
    }

    [Fact]
    public async Task Pieces_are_written_as_a_GeoPackage_and_add_up_to_the_table()
    {
        await LayerAsync(
            LayerRole.LandUse,
            "2017-12-31",
            ("021", IssuedPatches.Rectangle(117.86, 36.79, 0.0005, 0.1)),
            ("011", IssuedPatches.Rectangle(117.8605, 36.79, 0.1, 0.1))
        );
        await ImportAsync(new IssuedPatches().Add("a"));
        var path = folder.File("pieces.gpkg");
        var compared = await CompareProgramme.Handle(store, Officer, new("2019-q1", PiecesPath: path));
        using var pieces = SourceFile.Open(path);
        var written = pieces.Layer(null).Read().ToList();
        Assert.Equal(compared.Areas, written.Count);
        Assert.Equal(["011", "021"], written.Select(f => (string)f.Values["code"]!).Order(StringComparer.Ordinal));
        foreach (var piece in written)
        {
            var area = Weipian.Geo.ShapePreparation.Prepare(piece.Shape!, Weipian.Geo.CoordinateSystem.Cgcs2000).AreaSquareMetres;
            Assert.Equal((double)piece.Values["area_m2"]!, area, 1e-4);
        }
    }
}
