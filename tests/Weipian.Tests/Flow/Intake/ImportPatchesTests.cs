using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.GeoFiles;
using Weipian.Law;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Intake;

/// <summary>What an import takes, refuses, repairs and says.</summary>
public sealed class ImportPatchesTests : IAsyncLifetime
{
    private static readonly LawBook Law = LawBook.Load(Path.Combine(Repository.Root, "law"));
    private static readonly Actor Officer = new("district-officer", "district-officer");

    private readonly TemporaryFolder folder = new();
    private WeipianStore store = null!;
    private int files;

    public async ValueTask InitializeAsync() => store = await Installations.StartAsync(folder, Installations.Zhoucun);

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string NewFile() => folder.File($"下发{++files}.zip");

    private Task<ImportReport> ImportAsync(string path, string programme = "2019-q1", bool dryRun = false, string? areaUnit = null) =>
        ImportPatches.Handle(
            store,
            Officer,
            new ImportPatches.Request(programme, path, Map: IssuedPatches.Map, AreaUnit: areaUnit, DryRun: dryRun),
            Law
        );

    private async Task<List<Patch>> PatchesAsync()
    {
        await using var db = store.Read();
        return await db.Patches.OrderBy(p => p.Number).ToListAsync();
    }

    private static void Finds(ImportReport report, string rule, string kind, bool hard, long row)
    {
        var finding = Assert.Single(report.Findings, f => f.Kind == kind && f.Row == row);
        Assert.Equal((rule, hard), (finding.Rule, finding.Hard));
        Assert.NotEmpty(finding.Zh);
        Assert.NotEmpty(finding.En);
    }

    [Fact]
    public async Task A_programme_that_does_not_exist_is_refused()
    {
        var path = new IssuedPatches().Add("a").Write(NewFile());
        var refusal = await Assert.ThrowsAsync<Problem>(() => ImportAsync(path, "2019-q9"));
        Assert.Equal("intake.no-such-programme", refusal.Code);
    }

    [Fact]
    public async Task A_hidden_character_refuses_a_number_and_is_spelled_out_in_any_other_text()
    {
        var path = new IssuedPatches()
            .Add("JC\u202E001")
            .Add("JC002", west: 117.87, unit: "王村\u200B镇")
            .Write(NewFile(), encoding: "UTF-8");
        var report = await ImportAsync(path);
        Assert.Equal((1, 1), (report.TakenCount, report.RefusedCount));
        Finds(report, "1201", "hidden-character", hard: true, row: 1);
        Finds(report, "1201", "hidden-character-shown", hard: false, row: 2);
        Assert.Equal("王村[U+200B]镇", Assert.Single(await PatchesAsync()).IssuedUnit);
        Assert.DoesNotContain('\u200B', Assert.Single(await PatchesAsync()).AttributesJson);
    }

    [Fact]
    public async Task A_clean_file_is_taken_whole()
    {
        var path = new IssuedPatches().Add("JC001").Add("JC002", west: 117.87, kind: "mineral").Write(NewFile());
        var report = await ImportAsync(path);
        Assert.Equal((2, 2, 0, 0), (report.SourceCount, report.TakenCount, report.RefusedCount, report.ExitStatus));
        Assert.DoesNotContain(report.Findings, f => f.Row > 0);
        var patches = await PatchesAsync();
        Assert.Equal(["land", "mineral"], patches.Select(p => p.Kind));
        Assert.Equal(new DateOnly(2018, 10, 12), patches[0].Before);
        Assert.Equal(new DateOnly(2019, 2, 20), patches[0].After);
        Assert.Equal("20", patches[0].Change);
        // Golden test G1 of the domain specification.
        Assert.Equal(9804.6891, patches[0].AreaSquareMetres, 1e-4);
        Assert.Equal(14.71 * 2000 / 3, patches[0].IssuedAreaSquareMetres!.Value, 1e-9);
        Assert.Contains("\"JCBH\":\"JC001\"", patches[0].AttributesJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_itself_is_kept_and_the_act_is_journalled()
    {
        var path = new IssuedPatches().Add("JC001").Write(NewFile());
        var report = await ImportAsync(path);
        Assert.Equal(await File.ReadAllBytesAsync(path), store.Blobs.Get(report.FileSha256));
        await using var db = store.Read();
        var entry = await db.Journal.OrderByDescending(j => j.Seq).FirstAsync();
        Assert.Equal(("import-patches", "2019-q1", "district-officer"), (entry.Act, entry.Subject, entry.Actor));
        Assert.Empty((await VerifyStore.Handle(store)).Findings);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_writes_nothing()
    {
        var path = new IssuedPatches().Add("JC001").Add("JC001", west: 117.87).Write(NewFile());
        var before = Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Length;
        var dry = await ImportAsync(path, dryRun: true);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Length);
        Assert.Empty(await PatchesAsync());
        Assert.Equal((true, null), (dry.DryRun, dry.BatchId));
        var real = await ImportAsync(path);
        Assert.Equal(dry.Findings, real.Findings);
        Assert.Equal((dry.TakenCount, dry.RefusedCount, dry.ExitStatus), (real.TakenCount, real.RefusedCount, real.ExitStatus));
    }

    [Fact]
    public async Task The_same_file_a_second_time_is_refused_by_name()
    {
        var path = new IssuedPatches().Add("JC001").Write(NewFile());
        await ImportAsync(path);
        var refusal = await Assert.ThrowsAsync<Problem>(() => ImportAsync(path));
        Assert.Equal("intake.already-imported", refusal.Code);
        Assert.Single(await PatchesAsync());
    }

    [Fact]
    public async Task A_number_twice_in_the_file_refuses_the_later_record()
    {
        var report = await ImportAsync(new IssuedPatches().Add("JC001").Add("JC001", west: 117.87).Write(NewFile()));
        Finds(report, "3401", "duplicate-number", hard: true, row: 2);
        Assert.Equal((1, 1, 1), (report.TakenCount, report.RefusedCount, report.ExitStatus));
        Assert.Equal(1, Assert.Single(await PatchesAsync()).SourceRow);
    }

    [Fact]
    public async Task A_number_that_the_programme_has_is_refused_and_in_another_programme_it_is_not()
    {
        await ImportAsync(new IssuedPatches().Add("JC001").Write(NewFile()));
        var again = new IssuedPatches().Add("JC001", west: 117.90).Write(NewFile());
        Finds(await ImportAsync(again), "3401", "number-in-programme", hard: true, row: 1);
        Assert.Equal(1, (await ImportAsync(again, "2019-q2")).TakenCount);
    }

    [Fact]
    public async Task A_record_without_a_number_is_refused()
    {
        var report = await ImportAsync(new IssuedPatches().Add(null).Add("JC002", west: 117.87).Write(NewFile()));
        Finds(report, "3501", "no-number", hard: true, row: 1);
        Assert.Equal(1, report.TakenCount);
    }

    [Fact]
    public async Task The_earlier_image_after_the_later_one_is_refused()
    {
        var report = await ImportAsync(new IssuedPatches().Add("JC001", before: "2019-03-01", after: "2019-02-20").Write(NewFile()));
        Finds(report, "1201", "dates-reversed", hard: true, row: 1);
        Assert.Empty(await PatchesAsync());
        await using var db = store.Read();
        Assert.Contains(await db.ImportFindings.ToListAsync(), f => f is { Hard: true, Rule: "1201", PatchNumber: "JC001" });
    }

    [Fact]
    public async Task A_missing_or_unreadable_date_is_kept_and_listed()
    {
        var report = await ImportAsync(
            new IssuedPatches().Add("JC001", before: null).Add("JC002", west: 117.87, after: "去年冬天").Write(NewFile())
        );
        Finds(report, "3501", "before-missing", hard: false, row: 1);
        Finds(report, "3101", "after-unreadable", hard: false, row: 2);
        Assert.Equal(0, report.ExitStatus);
        var patches = await PatchesAsync();
        Assert.Null(patches[0].Before);
        Assert.Null(patches[1].After);
    }

    [Fact]
    public async Task Joined_dates_give_the_widest_span()
    {
        var report = await ImportAsync(
            new IssuedPatches().Add("JC001", before: "20181012,20180930", after: "20190220，20190303").Write(NewFile())
        );
        Finds(report, "3101", "before-joined", hard: false, row: 1);
        var patch = Assert.Single(await PatchesAsync());
        Assert.Equal((new DateOnly(2018, 9, 30), new DateOnly(2019, 3, 3)), (patch.Before!.Value, patch.After!.Value));
    }

    [Fact]
    public async Task A_self_crossing_ring_is_repaired_and_said_with_its_place()
    {
        double[] bow = [117.86, 36.80, 117.862, 36.802, 117.862, 36.80, 117.86, 36.802, 117.86, 36.80];
        var report = await ImportAsync(new IssuedPatches().AddRings("JC001", [bow], centre: (117.861, 36.801)).Write(NewFile()));
        var finding = Assert.Single(report.Findings, f => f.Rule == "4101");
        Assert.Equal("self-crossing", finding.Kind);
        Assert.Equal(117.861, finding.Longitude!.Value, 1e-4);
        var patch = Assert.Single(await PatchesAsync());
        Assert.True(patch.Geometry.IsValid);
        Assert.Equal(2, patch.Geometry.NumGeometries);
    }

    [Fact]
    public async Task A_geometry_that_cannot_be_used_refuses_its_record_alone()
    {
        double[] nan = [117.86, 36.80, double.NaN, 36.802, 117.862, 36.80, 117.86, 36.80];
        double[] line = [117.86, 36.80, 117.862, 36.802, 117.86, 36.80];
        var report = await ImportAsync(
            new IssuedPatches().AddRings("JC001", [nan]).AddRings("JC002", [line]).Add("JC003", west: 117.87).Write(NewFile())
        );
        Assert.Equal((1, 2), (report.TakenCount, report.RefusedCount));
        Assert.Equal([1L, 2L], report.Findings.Where(f => f is { Hard: true, Rule: "1201" }).Select(f => f.Row));
    }

    [Fact]
    public async Task A_patch_outside_China_is_refused_when_the_plan_says_China()
    {
        var report = await ImportAsync(new IssuedPatches().Add("JC001").Add("JC002", west: 9.5, south: 47.1).Write(NewFile()));
        Finds(report, "2101", "outside-china", hard: true, row: 2);
        Assert.Equal(1, report.TakenCount);
    }

    [Fact]
    public async Task An_issued_area_more_than_five_per_cent_off_is_kept_and_listed()
    {
        var report = await ImportAsync(new IssuedPatches().Add("JC001", mu: 15.6).Add("JC002", west: 117.87, mu: 15.3).Write(NewFile()));
        Finds(report, "W001", "area-differs", hard: false, row: 1);
        Assert.DoesNotContain(report.Findings, f => f.Row == 2);
    }

    [Fact]
    public async Task Issued_areas_in_another_unit_throughout_are_noticed()
    {
        var patches = new IssuedPatches();
        for (var i = 0; i < 4; i++)
            patches.Add($"JC{i}", west: 117.86 + i * 0.01, mu: 9804.69);
        var report = await ImportAsync(patches.Write(NewFile()), dryRun: true);
        var hint = Assert.Single(report.Findings, f => f.Kind == "area-unit-differs");
        Assert.Contains("m2", hint.En, StringComparison.Ordinal);
        Assert.Equal("m2", report.AreaUnit);
        var right = await ImportAsync(folder.File($"下发{files}.zip"), areaUnit: "m2");
        Assert.DoesNotContain(right.Findings, f => f.Rule == "W001");
    }

    [Fact]
    public async Task Another_county_an_unknown_unit_and_a_centre_elsewhere_are_kept_and_listed()
    {
        var report = await ImportAsync(
            new IssuedPatches()
                .Add("JC001", county: "370303")
                .Add("JC002", west: 117.87, unit: "不存在镇")
                .Add("JC003", west: 117.88, centre: (117.5, 36.5))
                .Add("JC004", west: 117.89, centre: (36.8004, 117.8905))
                .Write(NewFile())
        );
        Finds(report, "3201", "other-county", hard: false, row: 1);
        Finds(report, "3201", "unknown-unit", hard: false, row: 2);
        Finds(report, "W001", "centre-outside", hard: false, row: 3);
        Assert.DoesNotContain(report.Findings, f => f.Row == 4); // northing first: tolerated
        Assert.Equal(0, report.ExitStatus);
    }

    [Fact]
    public async Task Overlaps_inside_the_file_are_listed_with_their_area()
    {
        var report = await ImportAsync(new IssuedPatches().Add("JC001").Add("JC002", west: 117.8605).Write(NewFile()));
        var finding = Assert.Single(report.Findings, f => f.Rule == "5101");
        Assert.Contains("JC001", finding.En, StringComparison.Ordinal);
        Assert.Equal(2, report.TakenCount);
    }

    /// <summary>TC14: the same ground in two quarters is linked, so that it is not counted twice in the year.</summary>
    [Fact]
    public async Task The_same_ground_in_a_later_quarter_is_linked_to_the_earlier_patch()
    {
        await ImportAsync(new IssuedPatches().Add("Q1-1").Write(NewFile()));
        var later = new IssuedPatches()
            .Add("Q2-1", before: "20190220", after: "20190520", width: 0.0008)
            .Add("Q2-2", west: 117.8609, before: "20190220", after: "20190520")
            .Write(NewFile());
        var report = await ImportAsync(later, "2019-q2");
        Assert.Equal([1L, 2L], report.Findings.Where(f => f.Rule == "5201").Select(f => f.Row));
        Assert.Equal(1, report.Links);
        await using var db = store.Read();
        var link = await db.PatchLinks.SingleAsync();
        Assert.Equal("Q2-1", (await db.Patches.SingleAsync(p => p.Id == link.PatchId)).Number);
        Assert.Equal("Q1-1", (await db.Patches.SingleAsync(p => p.Id == link.EarlierPatchId)).Number);
        Assert.Equal(1, link.ShareOfSmaller, 1e-6);
    }

    [Fact]
    public async Task Whichever_quarter_comes_in_first_the_later_image_is_the_later_patch()
    {
        await ImportAsync(new IssuedPatches().Add("Q2-1", before: "20190220", after: "20190520").Write(NewFile()), "2019-q2");
        await ImportAsync(new IssuedPatches().Add("Q1-1").Write(NewFile()));
        await using var db = store.Read();
        var link = await db.PatchLinks.SingleAsync();
        Assert.Equal("Q2-1", (await db.Patches.SingleAsync(p => p.Id == link.PatchId)).Number);
    }

    [Theory]
    [InlineData(4527, true, false)] // 3-degree zone 39 with the zone before the easting
    [InlineData(4527, false, false)] // no .prj, but the digits say the zone
    [InlineData(4548, true, false)]
    [InlineData(4548, false, false)] // no .prj and no zone: only one meridian leads into the plan's zone
    [InlineData(4527, true, true)] // northing first
    public async Task Plane_coordinates_are_understood_and_said(int epsg, bool prj, bool swapped)
    {
        var report = await ImportAsync(new IssuedPatches().Add("JC001").Write(NewFile(), epsg, prj, swapped));
        Assert.Equal(1, report.TakenCount);
        Assert.Contains(report.Findings, f => f is { Rule: "2101", Row: 0, Hard: false });
        Assert.NotEmpty(report.CrsStatement.Zh);
        Assert.Equal(9804.6891, Assert.Single(await PatchesAsync()).AreaSquareMetres, 1e-2);
    }

    [Fact]
    public async Task A_file_of_another_kind_leaves_nothing_behind()
    {
        var path = folder.File("说明.zip");
        await File.WriteAllTextAsync(path, "not a zip at all");
        await Assert.ThrowsAsync<Problem>(() => ImportAsync(path));
        await using var db = store.Read();
        Assert.Equal(1, await db.Journal.CountAsync());
        Assert.False(await db.ImportBatches.AnyAsync());
    }

    [Fact]
    public async Task An_area_column_of_unknown_unit_is_not_guessed()
    {
        var path = new IssuedPatches().Add("JC001").Write(NewFile());
        var request = new ImportPatches.Request("2019-q1", path, Map: FieldMap.Parse(["area=XZB"]));
        var refusal = await Assert.ThrowsAsync<Problem>(() => ImportPatches.Handle(store, Officer, request, Law));
        Assert.Equal("intake.area-unit-unknown", refusal.Code);
    }

    [Fact]
    public async Task Areas_in_hectares_are_converted_once()
    {
        await ImportAsync(new IssuedPatches().Add("JC001", mu: 0.9805).Write(NewFile()), areaUnit: "ha");
        Assert.Equal(9805, Assert.Single(await PatchesAsync()).IssuedAreaSquareMetres!.Value, 1e-9);
    }
}
