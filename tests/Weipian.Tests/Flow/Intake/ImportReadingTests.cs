using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Comparison;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Law;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.GeoFiles;

namespace Weipian.Tests.Flow.Intake;

/// <summary>How an import understands a file: columns that were named before, the unit of the area, an older datum, other
/// formats.</summary>
public sealed class ImportReadingTests : IAsyncLifetime
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

    private Task<ImportReport> ImportAsync(ImportPatches.Request request) => ImportPatches.Handle(store, Officer, request, Law);

    /// <summary>Squares of 100 m near Zhoucun: 15 mu each.</summary>
    private string Squares(string name, string number, double area, CoordinateSystem crs, params string[] numbers)
    {
        WrittenField[] fields = [new(number, "text", 20), new("QSX", "text", 10), new("HSX", "text", 10), new("JCMJ", "real", 16, 2)];
        var features = numbers.Select(
            (n, i) => new WrittenFeature([new(Drawn.Square(39576000 + i * 300, 4074000, 100), [])], [n, "20181012", "20190220", area])
        );
        GeoPackageWriter.Write(folder.File(name), "图斑", fields, features, crs);
        return folder.File(name);
    }

    private static CoordinateSystem Zone => CoordinateSystem.FromEpsg(4527);

    [Fact]
    public async Task A_column_that_was_named_once_is_known_afterwards_and_said()
    {
        var first = Squares("a.gpkg", "TBXH", 15, Zone, "1", "2");
        Assert.Equal("intake.number-column-missing", (await Assert.ThrowsAsync<Problem>(() => ImportAsync(new("2019-q1", first)))).Code);
        await ImportAsync(new("2019-q1", first, Map: FieldMap.Parse(["number=TBXH"])));
        var second = await ImportAsync(new("2019-q2", Squares("b.gpkg", "TBXH", 15, Zone, "3", "4", "5")));
        Assert.Equal(3, second.TakenCount);
        var said = Assert.Single(second.Findings, f => f.Kind == "column-learned");
        Assert.Contains("TBXH", said.Zh, StringComparison.Ordinal);
        Assert.False(said.Hard);
        // What was learned is asked only where none of the usual columns is there.
        var usual = await ImportAsync(new("2019-q3", Squares("c.gpkg", "JCBH", 15, Zone, "6")));
        Assert.DoesNotContain(usual.Findings, f => f.Kind == "column-learned");
    }

    [Theory]
    [InlineData(10_000, "m2")] // called as the ministry calls 亩, and stated in square metres
    [InlineData(15, "mu")]
    [InlineData(1, "ha")]
    public async Task The_geometry_tells_the_unit_of_the_area(double stated, string unit)
    {
        var report = await ImportAsync(new("2019-q1", Squares("a.gpkg", "JCBH", stated, Zone, "1", "2", "3")));
        Assert.Equal(unit, report.AreaUnit);
        Assert.Equal(unit == "mu" ? 0 : 1, report.Findings.Count(f => f.Kind == "area-unit-differs"));
        await using var db = store.Read();
        Assert.All(await db.Patches.ToListAsync(), patch => Assert.Equal(10_000, patch.IssuedAreaSquareMetres!.Value, 1.0));
    }

    [Fact]
    public async Task A_unit_that_a_person_orders_goes_before_the_geometry_and_the_difference_is_said()
    {
        var report = await ImportAsync(new("2019-q1", Squares("a.gpkg", "JCBH", 10_000, Zone, "1", "2", "3"), AreaUnit: "mu"));
        Assert.Equal("mu", report.AreaUnit);
        Assert.Single(report.Findings, f => f.Kind == "area-unit-differs");
        var doubtful = Assert.Single(report.Findings, f => f.Kind == "area-unit-doubtful");
        Assert.Contains("perhaps m2", doubtful.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_older_datum_is_said_beside_every_comparison(bool assume)
    {
        var path = Squares("a.gpkg", "JCBH", 15, Zone, "1", "2", "3");
        GeoFiles.Tampering.Sql(
            path,
            "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition) VALUES ('Xian 1980', 2363, 'EPSG', 2363, 'undefined')",
            "UPDATE gpkg_geometry_columns SET srs_id = 2363",
            "UPDATE gpkg_contents SET srs_id = 2363"
        );
        Assert.Equal("geometry.older-datum", (await Assert.ThrowsAsync<Problem>(() => ImportAsync(new("2019-q1", path)))).Code);
        var way = TransformationFile.Read(Path.Combine(Repository.Root, "docs", "examples", "transform-seven-parameters.txt"));
        var report = await ImportAsync(new("2019-q1", path, AssumeDatum: assume, Transformation: assume ? null : way));
        Assert.Equal((3, assume), (report.TakenCount, report.Assumed));
        Assert.Single(report.Findings, f => f.Kind == (assume ? "taken-as-cgcs2000" : "datum-transformed"));
        var compared = await CompareProgramme.Handle(store, Officer, new("2019-q1"));
        var note = Assert.Single(compared.Notes, note => note.Role == "patch");
        Assert.Contains(assume ? "--crs assume" : "seven parameters", note.En, StringComparison.Ordinal);
        Assert.Contains("1980西安坐标系", note.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plots_of_a_survey_text_are_a_layer_of_approvals()
    {
        WrittenFeature[] plots = [new([new(Drawn.Square(39576000, 4074000, 100), [])], ["37030601", "商服用地"])];
        SurveyTextWriter.Write(folder.File("a.txt"), [new("地块编号", "text"), new("地块用途", "text")], plots, Zone);
        var added = await AddLayerVersion.Handle(
            store,
            Officer,
            new(folder.File("a.txt"), LayerRole.Approval, new(2018, 6, 1)),
            Law.LandClasses
        );
        Assert.Equal((1L, 0L, 4527), (added.Version.FeatureCount, added.Version.RefusedCount, added.Version.CrsEpsg));
        var stored = store.Layers.Get(added.Version.Id);
        var feature = Assert.Single(store.Layers.Features(stored));
        Assert.Equal(("37030601", 1.0), (feature.Fields.Get("number"), feature.Fields.Get("area")));
    }
}
