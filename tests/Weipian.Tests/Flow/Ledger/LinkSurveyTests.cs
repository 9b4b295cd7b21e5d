using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Intake;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;
using D = Weipian.Tests.Flow.Rectification.DistrictOfViolations;

namespace Weipian.Tests.Flow.Ledger;

/// <summary>Violations against the land-change survey, both ways.</summary>
[Requirement("R11")]
[Requirement("R70")]
[Requirement("R71")]
public sealed class LinkSurveyTests : IAsyncLifetime
{
    private const string Dry = "0103";
    private const string Factory = "0601";

    private D district = null!;

    public async ValueTask InitializeAsync() => district = await D.StartAsync();

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_a_layer_of_the_year_there_are_no_lists()
    {
        await district.RefusedAsync("ledger.no-survey-layer", () => LinkAsync());
        await AddSurveyAsync((1, Dry, Factory));
        await district.RefusedAsync("ledger.no-survey-layer", () => LinkAsync(2017));
        await district.RefusedAsync("store.act-not-allowed", () => LinkAsync(by: D.Town));
    }

    /// <summary>LG4 and LG5: changed and then restored goes back to its former class; changed and standing is marked.</summary>
    [Fact]
    public async Task LG4_LG5_restored_land_is_returned_and_standing_land_is_marked()
    {
        var restored = await district.ViolationAsync(5, cultivatedMu: 5, place: 1);
        var standing = await district.ViolationAsync(5, place: 2);
        var partly = await district.ViolationAsync(5, place: 3);
        var unknown = await district.ViolationAsync(5, place: 4);
        await district.RemoveAsync(restored, 5, 5);
        await district.RemoveAsync(partly, 3);
        await AddSurveyAsync((1, Dry, Factory), (2, Dry, Factory), (3, Dry, Factory), (50, Dry, Factory), (51, Dry, "0201"));
        var answer = await LinkAsync();
        Assert.Equal((2, 1, 0, 1, 1), (answer.Marked, answer.Returned, answer.Unclassed, answer.NotInSurvey, answer.NotInPatches));
        await using var db = district.Store.Read();
        var links = await db.SurveyLinks.ToListAsync();
        var back = Assert.Single(links, l => l.List == "return");
        Assert.Equal((restored.Id, Dry), (back.ViolationId, back.FormerClass));
        Assert.Equal(Pieces.AreaSquareMetres(D.Ground(1)), back.AreaSquareMetres, 3);
        Assert.Equal(new[] { standing.Id, partly.Id }.Order(), links.Where(l => l.List == "mark").Select(l => l.ViolationId).Order());
        Assert.DoesNotContain(links, l => l.ViolationId == unknown.Id);
    }

    [Fact]
    public async Task What_formalities_made_legal_is_on_neither_list()
    {
        var violation = await district.ViolationAsync(5, place: 1);
        await district.CaseAsync(violation, (CaseStepKind.Decided, new(2019, 7, 1)), (CaseStepKind.Paid, new(2019, 7, 1)));
        var measure = await district.OrderAsync(violation, 5, kind: MeasureKind.Formalities);
        var report = await ReportMeasure.Handle(
            district.Store,
            D.Town,
            district.Report(measure, 5) with
            {
                ApprovalNumber = "鲁政土字〔2019〕88号",
                ApprovedOn = new(2019, 7, 1),
                ApprovedSquareMetres = 5 * D.Mu,
                FormerStandardFen = 1,
                NewerStandardFen = 2,
            }
        );
        await district.AcceptAsync(district.Accept(report, 5) with { Classes = [] });
        await AddSurveyAsync((1, Dry, Factory));
        var answer = await LinkAsync();
        Assert.Equal((0, 0), (answer.Marked, answer.Returned));
    }

    [Fact]
    public async Task What_was_construction_land_before_is_no_matter_of_the_lists()
    {
        await district.ViolationAsync(5, place: 1);
        await AddSurveyAsync((1, "0702", Factory));
        var answer = await LinkAsync();
        Assert.Equal((0, 0), (answer.Marked, answer.Returned));
    }

    private Task<LinkSurvey.Answer> LinkAsync(int year = 2018, Actor? by = null) =>
        LinkSurvey.Handle(district.Store, by ?? D.Officer, new(year, "变更调查衔接"), D.Law.LandClasses);

    /// <summary>A layer of changes: place, class before, class after.</summary>
    private async Task AddSurveyAsync(params (int Place, string From, string To)[] changes)
    {
        var path = district.FileIn("survey.geojson");
        GeoJsonWriter.Write(
            path,
            "survey",
            [new("BGQDLBM", "text"), new("BGHDLBM", "text")],
            changes.Select(c => WrittenFeature.From(D.Ground(c.Place), CoordinateSystem.FromEpsg(4490), [c.From, c.To]))
        );
        await AddLayerVersion.Handle(
            district.Store,
            D.Officer,
            new(path, LayerRole.SurveyChange, new(2018, 12, 31), Map: FieldMap.Parse(["code=BGHDLBM"]), Codes: "gbt21010-2017"),
            D.Law.LandClasses
        );
    }
}
