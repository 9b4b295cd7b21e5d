using Weipian.Law;

namespace Weipian.Tests.Law;

/// <summary>The code standards and the traps of domain.md 2.4.</summary>
public sealed class LandClassTests
{
    private static readonly DateOnly PlanDay = new(2019, 5, 1);

    private static LandClassTable Table => RealLaw.Book.LandClasses;

    private static LandClass Of(string standard, string code, DateOnly? on = null) =>
        Table.Find(standard, code, on ?? PlanDay) ?? throw new InvalidOperationException($"{standard} has no {code}");

    [Fact]
    public void An_unknown_standard_is_refused_and_an_unknown_code_is_not_guessed()
    {
        Assert.Equal("law.unknown-land-class-standard", Assert.Throws<Problem>(() => Table.Find("gbt21010", "0101", PlanDay)).Code);
        Assert.Equal(
            "law.unknown-land-class-standard",
            Assert.Throws<Problem>(() => Table.Find(LandClassStandard.SpatialPlanning, "01", PlanDay)).Code
        );
        foreach (var code in new[] { "01010", "010", "1", "0101 ", "101", "", "0101k", "0101K" })
            Assert.Null(Table.Find(LandClassStandard.Gbt2017, code, PlanDay));
        Assert.Null(Table.Find(LandClassStandard.None, "residential", PlanDay));
    }

    [Fact]
    public void A_day_before_the_standard_is_refused() =>
        Assert.Equal("law.not-in-force", Assert.Throws<Problem>(() => Of(LandClassStandard.Gbt2017, "0101", new(2016, 1, 1))).Code);

    [Fact]
    public void Asked_without_refusing_a_code_that_is_not_stated_has_no_class()
    {
        Assert.Null(Table.FindOrNull(LandClassStandard.Gbt2017, "0101", new(2016, 1, 1)));
        Assert.Null(Table.FindOrNull("gbt21010", "0101", PlanDay));
        Assert.Null(Table.FindOrNull(LandClassStandard.None, "residential", PlanDay));
        Assert.Equal("水田", Table.FindOrNull(LandClassStandard.Gbt2017, "0101", PlanDay)!.Name);
    }

    [Theory]
    [InlineData(LandClassStandard.Gbt2007, 12, 57)]
    [InlineData(LandClassStandard.Gbt2017, 12, 73)]
    [InlineData(LandClassStandard.ThirdSurvey, 13, 56)]
    public void The_tables_have_the_counts_of_their_standards(string standard, int levelOne, int classes)
    {
        // Codes that begin with 20 are the mapped codes of the second survey; gardens begin with 02.
        var plain = Table.Rows(standard).Where(r => !r.IsAdjustable && !r.Code.StartsWith("20", StringComparison.Ordinal)).ToList();
        Assert.Equal(levelOne, plain.Select(r => r.LevelOne[..2]).Distinct().Count());
        // Sub-classes with the suffix A lie inside their class.
        Assert.Equal(classes, plain.Select(r => r.Code).Where(c => !c.EndsWith('A')).Distinct().Count());
    }

    [Theory]
    [InlineData(LandClassStandard.Gbt2007, "043")]
    [InlineData(LandClassStandard.Gbt2017, "0404")]
    [InlineData(LandClassStandard.ThirdSurvey, "0404")]
    public void Other_grassland_is_unused_until_October_2023_and_agricultural_since(string standard, string code)
    {
        Assert.Equal(ThreeClass.Unused, Of(standard, code).ThreeClass);
        Assert.Equal(ThreeClass.Unused, Of(standard, code, new(2023, 10, 31)).ThreeClass);
        Assert.Equal(ThreeClass.Agricultural, Of(standard, code, new(2023, 11, 1)).ThreeClass);
    }

    [Fact]
    public void A_main_canal_is_agricultural_by_default_and_says_that_it_is_disputed()
    {
        var canal = Of(LandClassStandard.ThirdSurvey, "1107A");
        Assert.Equal(ThreeClass.Agricultural, canal.ThreeClass);
        Assert.Contains("disputed", canal.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("201", LandUse.City)]
    [InlineData("202", LandUse.Town)]
    [InlineData("203", LandUse.Village)]
    [InlineData("204", LandUse.Mining)]
    [InlineData("205", LandUse.SpecialUse)]
    public void Built_up_polygons_of_the_second_survey_are_construction_land(string code, LandUse use)
    {
        var built = Of(LandClassStandard.Gbt2007, code);
        Assert.Equal((ThreeClass.Construction, use), (built.ThreeClass, built.Use));
        Assert.Null(Table.Find(LandClassStandard.ThirdSurvey, code, PlanDay));
        Assert.NotNull(Table.FindAttribute("CZCSXM", code));
    }

    [Fact]
    public void A_reservoir_changed_its_three_class_between_the_standards()
    {
        Assert.Equal(ThreeClass.Construction, Of(LandClassStandard.Gbt2007, "113").ThreeClass);
        Assert.Equal(ThreeClass.Agricultural, Of(LandClassStandard.Gbt2017, "1103").ThreeClass);
        Assert.Equal(ThreeClass.Agricultural, Of(LandClassStandard.ThirdSurvey, "1103").ThreeClass);
    }

    [Fact]
    public void A_salt_pan_lies_in_wetland_and_is_construction_land()
    {
        var pan = Of(LandClassStandard.ThirdSurvey, "0603");
        Assert.Equal(("00 湿地", ThreeClass.Construction), (pan.LevelOne, pan.ThreeClass));
    }

    [Fact]
    public void Idle_land_is_construction_land() => Assert.Equal(ThreeClass.Construction, Of(LandClassStandard.Gbt2017, "1201").ThreeClass);

    [Theory]
    [InlineData("1006", LandUse.RuralRoad)]
    [InlineData("1202", LandUse.FacilityAgriculture)]
    [InlineData("1107", LandUse.Ditch)]
    [InlineData("1104", LandUse.Pond)]
    public void Rural_roads_facilities_ditches_and_ponds_are_agricultural_and_not_cultivated(string code, LandUse use)
    {
        foreach (var standard in new[] { LandClassStandard.Gbt2017, LandClassStandard.ThirdSurvey })
        {
            var found = Of(standard, code);
            Assert.Equal((ThreeClass.Agricultural, false, use), (found.ThreeClass, found.IsCultivated, found.Use));
        }
    }

    [Fact]
    public void Only_three_codes_of_each_standard_are_cultivated_land()
    {
        foreach (var standard in Table.Standards)
        {
            var cultivated = Table.Rows(standard).Where(r => r.IsCultivated).ToList();
            Assert.Equal(["水田", "水浇地", "旱地"], cultivated.Select(r => r.Name));
            Assert.All(cultivated, r => Assert.Equal((ThreeClass.Agricultural, LandUse.CultivatedLand), (r.ThreeClass, r.Use)));
        }
    }

    [Fact]
    public void Adjustable_land_is_agricultural_and_known_only_where_the_table_lists_it()
    {
        foreach (var row in Table.Standards.SelectMany(Table.Rows).Where(r => r.IsAdjustable))
        {
            Assert.Equal(ThreeClass.Agricultural, row.ThreeClass);
            Assert.False(row.IsCultivated);
            Assert.EndsWith("K", row.Code, StringComparison.Ordinal);
        }
        Assert.NotNull(Table.Find(LandClassStandard.ThirdSurvey, "0201K", PlanDay));
        Assert.Null(Table.Find(LandClassStandard.ThirdSurvey, "0305K", PlanDay));
        Assert.Null(Table.Find(LandClassStandard.Gbt2017, "0201K", PlanDay));
        Assert.NotNull(Table.Find(LandClassStandard.Gbt2007, "021K", PlanDay));
        Assert.Null(Table.Find(LandClassStandard.Gbt2007, "032K", PlanDay));
    }

    [Fact]
    public void Candidates_from_2007_to_2017_are_a_set()
    {
        Assert.Equal(["0301", "0302", "0303", "0304"], Of(LandClassStandard.Gbt2007, "031").Candidates2017);
        Assert.Equal(["0807", "0808", "0506"], Of(LandClassStandard.Gbt2007, "085").Candidates2017);
        Assert.Empty(Of(LandClassStandard.Gbt2007, "203").Candidates2017);
        Assert.Empty(Of(LandClassStandard.Gbt2017, "0301").Candidates2017);
    }

    [Fact]
    public void The_same_digits_mean_another_thing_in_spatial_planning()
    {
        Assert.Equal("设施农用地", Of(LandClassStandard.Gbt2017, "1202").Name);
        Assert.Equal("公路用地", Table.FindPlanning("1202")!.Name);
        Assert.Null(Table.FindPlanning("0101"));
    }

    [Fact]
    public void An_annotation_is_an_attribute_and_no_class()
    {
        foreach (var code in new[] { "1301", "1302", "1303", "1304" })
        {
            Assert.NotNull(Table.FindAttribute("FZBZ", code));
            Assert.All(Table.Standards, s => Assert.Null(Table.Find(s, code, PlanDay)));
        }
        Assert.Null(Table.FindAttribute("FZBZ", "1305"));
    }
}
