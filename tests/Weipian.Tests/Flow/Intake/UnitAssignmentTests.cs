using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.GeoFiles;
using Weipian.Law;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Intake;

/// <summary>Patches are at home by area; who answers is a second partition; what maps to nobody goes to the office.</summary>
public sealed class UnitAssignmentTests : IAsyncLifetime
{
    private const double South = 36.8;
    private const double Border = 117.8607; // between Wangcun in the west and Mengshui in the east

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

    private static (string Code, double[] Ring) Unit(string code, double west, double east) =>
        (code, IssuedPatches.Rectangle(west, 36.7, east - west, 0.2));

    private Task OutlinesAsync(params (string Code, double[] Ring)[] units) =>
        AddLayerVersion.Handle(
            store,
            Officer,
            new(
                ReferenceLayers.Write(folder.File("units.gpkg"), units),
                LayerRole.AdministrativeUnit,
                new(2019, 5, 1),
                Map: FieldMap.Parse(["code=DLBM"])
            ),
            Law.LandClasses
        );

    private async Task<(ImportReport Report, List<PatchUnit> Units, Patch Patch)> ImportAsync(IssuedPatches patches)
    {
        var request = new ImportPatches.Request("2019-q1", patches.Write(folder.File("issued.zip")), Map: IssuedPatches.Map);
        var report = await ImportPatches.Handle(store, Officer, request, Law);
        await using var db = store.Read();
        var units = await db.PatchUnits.OrderBy(u => u.StatutoryUnit).ThenBy(u => u.ResponsibleUnit).ToListAsync();
        return (report, units, await db.Patches.SingleAsync());
    }

    /// <summary>TC13: one patch, two rows, 70 to 30, and the district counts it once.</summary>
    [Fact]
    public async Task A_patch_across_a_border_has_a_row_for_each_unit_and_they_add_up_to_it()
    {
        await OutlinesAsync(Unit("370306102", 117.8, Border), Unit("370306103", Border, 117.9));
        var (report, units, patch) = await ImportAsync(new IssuedPatches().Add("a", west: 117.86, width: 0.001));
        Assert.Equal(["370306102", "370306103"], units.Select(u => u.StatutoryUnit));
        Assert.Equal(0.7, units[0].AreaSquareMetres / patch.AreaSquareMetres, 1e-4);
        Assert.Equal(patch.AreaSquareMetres, units.Sum(u => u.AreaSquareMetres), 1e-9);
        Assert.Equal("wangcun", units[0].ResponsibleUnit);
        Assert.Null(units[1].ResponsibleUnit); // the plan names nobody for Mengshui: the office's queue
        Assert.Equal(1, report.InQueue);
        Assert.Equal(["", "wangcun"], report.SharesByUnit.Keys);
    }

    [Fact]
    public async Task What_lies_outside_all_outlines_is_said_and_goes_to_the_office()
    {
        await OutlinesAsync(Unit("370306102", 117.8, Border));
        var (report, units, patch) = await ImportAsync(new IssuedPatches().Add("a", west: 117.86, width: 0.001));
        Assert.Equal(["", "370306102"], units.Select(u => u.StatutoryUnit));
        Assert.Equal(patch.AreaSquareMetres, units.Sum(u => u.AreaSquareMetres), 1e-9);
        Assert.Contains(report.Findings, f => f is { Rule: "W002", Kind: "outside-outlines", Row: 1, Hard: false });
    }

    [Fact]
    public async Task A_development_zone_answers_for_what_lies_in_it_whatever_the_town()
    {
        await OutlinesAsync(Unit("370306102", 117.8, 117.9), Unit("经济开发区", 117.8604, 117.9));
        var (_, units, patch) = await ImportAsync(new IssuedPatches().Add("a", west: 117.86, width: 0.001));
        Assert.Equal(["370306102", "370306102"], units.Select(u => u.StatutoryUnit));
        var zone = store.Plan.Units.FindResponsible("经济开发区")!.Id;
        Assert.Equal(0.6, units.Single(u => u.ResponsibleUnit == zone).AreaSquareMetres / patch.AreaSquareMetres, 1e-4);
        Assert.Equal(0.4, units.Single(u => u.ResponsibleUnit == "wangcun").AreaSquareMetres / patch.AreaSquareMetres, 1e-4);
        Assert.Equal(patch.AreaSquareMetres, units.Sum(u => u.AreaSquareMetres), 1e-9);
    }

    [Fact]
    public async Task Outlines_that_overlap_take_nothing_twice()
    {
        await OutlinesAsync(Unit("370306102", 117.8, 117.8608), Unit("370306101", 117.8605, 117.9));
        var (report, units, patch) = await ImportAsync(new IssuedPatches().Add("a", west: 117.86, width: 0.001));
        Assert.Equal(patch.AreaSquareMetres, units.Sum(u => u.AreaSquareMetres), 1e-9);
        Assert.Equal(0.8, units.Single(u => u.StatutoryUnit == "370306102").AreaSquareMetres / patch.AreaSquareMetres, 1e-4);
        Assert.Contains(report.Findings, f => f.Kind == "outlines-overlap");
    }

    [Fact]
    public async Task A_unit_that_the_plan_does_not_know_is_said_and_goes_to_the_office()
    {
        await OutlinesAsync(Unit("370303001", 117.8, 117.9));
        var (report, units, _) = await ImportAsync(new IssuedPatches().Add("a"));
        var unit = Assert.Single(units);
        Assert.Equal(("370303001", null), (unit.StatutoryUnit, unit.ResponsibleUnit));
        Assert.Contains(report.Findings, f => f is { Kind: "outline-unknown", Row: 0 });
    }

    [Theory]
    [InlineData("王村镇", "370306102", "wangcun")]
    [InlineData("永安街街道", "370306004", "yonganjie")] // an alias
    [InlineData("北郊镇", "370306100", null)] // nobody answers for it
    [InlineData(null, "", null)]
    public async Task Without_outlines_the_unit_it_was_issued_with_decides(string? issued, string statutory, string? responsible)
    {
        var (report, units, _) = await ImportAsync(new IssuedPatches().Add("a", unit: issued));
        var unit = Assert.Single(units);
        Assert.Equal((statutory, responsible), (unit.StatutoryUnit, unit.ResponsibleUnit));
        Assert.Contains(report.Findings, f => f is { Kind: "no-outlines", Row: 0 });
    }
}
