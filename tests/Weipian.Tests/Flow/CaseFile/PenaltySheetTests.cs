using Weipian.Flow.CaseFiles;
using Weipian.Law;
using Weipian.Tests.Law;
using static Weipian.Tests.Flow.CaseFiles.DistrictOfViolations;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>The range of the fine on the page of a violation: by the day of its act, with the articles.</summary>
[Requirement("R24")]
public sealed class PenaltySheetTests
{
    private static PenaltySheet Of(
        string code,
        string kind = "land",
        string actOn = "2019-06-01",
        string decidedOn = "2019-08-01",
        double farmland = 0,
        double? conforming = 1800,
        decimal? value = null,
        decimal? income = null
    ) =>
        PenaltySheet.Of(
            ViolationOf(code, kind, farmland),
            (Day(actOn), "image"),
            conforming is { } area ? new SquareMetres(area) : null,
            Day(decidedOn),
            RealLaw.Book,
            value,
            income
        );

    [Theory]
    [InlineData("I4")] // used before supply: the articles on occupation without a title are not about it
    [InlineData("I9")] // a multiple of the reclamation fee, which nobody knows here
    [InlineData("I7")]
    public void What_areas_alone_do_not_fix_has_no_range(string code)
    {
        var sheet = Of(code);
        Assert.Null(sheet.Range);
        Assert.Null(sheet.NotSet);
        Assert.False(sheet.NeedsValue);
    }

    [Fact]
    public void A_day_of_which_the_law_book_says_nothing_says_so_and_gives_no_range()
    {
        var sheet = Of("I1", actOn: "1990-01-01", decidedOn: "1990-02-01");
        Assert.Null(sheet.Range);
        Assert.StartsWith("law.", sheet.NotSet!.Code, StringComparison.Ordinal);
    }

    [Fact] // FN4
    public void Occupied_land_has_the_range_of_the_day_of_the_act_and_structures_by_the_plan()
    {
        var sheet = Of("I1");
        Assert.Equal((15_000m, 90_000m, (bool?)true), (sheet.Range!.MinYuan, sheet.Range.MaxYuan, sheet.Range.IsOptional));
        Assert.Equal((1800, 1200), (sheet.Structures!.Confiscate.Value, sheet.Structures.DemolishAndRestore.Value));
        Assert.All(sheet.Range.Basis, b => Assert.NotEmpty(b.Citation.Chinese));
        Assert.Null(Of("I1", conforming: null).Structures);
    }

    [Fact] // FN3
    public void A_later_decision_keeps_the_law_of_the_act_and_shows_the_newer_one_that_is_not_milder()
    {
        var sheet = Of("I5", decidedOn: "2022-08-01");
        Assert.Equal(90_000m, sheet.Range!.MaxYuan);
        Assert.Equal(3_000_000m, sheet.Range.NewerRejected!.MaxYuan);
    }

    [Fact] // FN5
    public void Mining_waits_for_the_appraised_value_and_then_has_its_range()
    {
        Assert.True(Of("MI1", "mineral", "2026-03-01", "2026-06-01").NeedsValue);
        var sheet = Of("MI1", "mineral", "2026-03-01", "2026-06-01", value: 80_000);
        Assert.Equal((100_000m, 1_000_000m), (sheet.Range!.MinYuan, sheet.Range.MaxYuan));
        Assert.Equal(18_000m, Of("MI2", "mineral", value: 80_000, income: 60_000).Range!.MaxYuan);
        Assert.Equal(30_000m, Of("MI1", "mineral", value: 80_000, income: 60_000).Range!.MaxYuan);
    }

    private static Violation ViolationOf(string code, string kind, double farmland) =>
        new()
        {
            Id = Guid.NewGuid(),
            Number = "WF-2019-001",
            Unit = "wangcun",
            Kind = kind,
            Source = ViolationSource.Patch,
            ProgrammeId = "2019-q1",
            Year = 2019,
            NameZh = "厂房",
            LocationZh = "村东",
            UseZh = "工业",
            TypeCode = code,
            IsNew = true,
            KeyProject = false,
            AreaSquareMetres = 3000,
            CultivatedSquareMetres = 0,
            PermanentFarmlandSquareMetres = farmland,
            ReserveSquareMetres = 0,
            RedLineSquareMetres = 0,
            OutsideUrbanSquareMetres = 0,
            AgriculturalSquareMetres = 0,
            By = "district-officer",
            At = default,
        };
}
