using Weipian.Flow.Intake;

namespace Weipian.Tests.Flow.Intake;

/// <summary>Which versions speak about a patch between two images.</summary>
public sealed class LayersInForceTests
{
    private static readonly DateOnly Before = new(2018, 10, 12);
    private static readonly DateOnly After = new(2019, 2, 20);

    private static LayerVersion Version(string id, string role, string asOf, string? replaces = null) =>
        new()
        {
            Id = id,
            Role = role,
            AsOf = DateOnly.ParseExact(asOf, "yyyy-MM-dd"),
            Name = id,
            OriginalSha256 = "",
            OriginalName = "",
            CodeStandard = "none",
            FeatureCount = 1,
            RefusedCount = 0,
            AreaSquareMetres = 1,
            CrsEpsg = 4490,
            CrsStatementZh = "",
            CrsStatementEn = "",
            Assumed = false,
            ReplacesId = replaces,
            DefectsJson = "{}",
            OptionsJson = "{}",
            AddedAt = default,
            By = "x",
        };

    private static string[] Ids(DateOnly? before, DateOnly? after, params LayerVersion[] versions) =>
        [.. LayersInForce.For(versions, before, after).Select(v => v.Id)];

    [Fact]
    public void Land_use_is_the_latest_not_after_the_earlier_image()
    {
        LayerVersion[] versions =
        [
            Version("2016", LayerRole.LandUse, "2016-12-31"),
            Version("2017", LayerRole.LandUse, "2017-12-31"),
            Version("2018", LayerRole.LandUse, "2018-12-31"),
        ];
        Assert.Equal(["2017"], Ids(Before, After, versions));
        Assert.Equal(["2018"], Ids(new(2018, 12, 31), After, versions)); // the day itself counts
        Assert.Empty(Ids(new(2010, 1, 1), After, versions));
        Assert.Empty(Ids(null, After, versions)); // no date selects nothing: the verdict is doubtful
    }

    [Theory]
    [InlineData(LayerRole.PermanentFarmland)]
    [InlineData(LayerRole.EcologicalRedline)]
    [InlineData(LayerRole.UrbanBoundary)]
    [InlineData(LayerRole.NatureReserve)]
    [InlineData(LayerRole.PlanZone)]
    public void Control_lines_are_the_latest_not_after_the_later_image(string role)
    {
        LayerVersion[] versions = [Version("a", role, "2018-01-01"), Version("b", role, "2019-01-01"), Version("c", role, "2019-03-01")];
        Assert.Equal(["b"], Ids(Before, After, versions));
        Assert.Empty(Ids(Before, null, versions));
    }

    [Theory]
    [InlineData(LayerRole.Approval)]
    [InlineData(LayerRole.TemporaryLand)]
    [InlineData(LayerRole.MiningRight)]
    [InlineData(LayerRole.PriorDetermination)]
    public void Permits_and_rights_are_all_in_force_with_their_own_dates(string role)
    {
        LayerVersion[] versions = [Version("a", role, "2016-01-01"), Version("b", role, "2020-01-01")];
        Assert.Equal(["a", "b"], Ids(Before, After, versions));
        Assert.Equal(["a", "b"], Ids(null, null, versions));
    }

    [Fact]
    public void Versions_of_one_day_stand_side_by_side_unless_one_replaces_the_other()
    {
        var north = Version("north", LayerRole.LandUse, "2017-12-31");
        var south = Version("south", LayerRole.LandUse, "2017-12-31");
        Assert.Equal(["north", "south"], Ids(Before, After, north, south));
        var better = Version("better", LayerRole.LandUse, "2017-12-31", replaces: "south");
        Assert.Equal(["better", "north"], Ids(Before, After, north, south, better));
    }

    [Fact]
    public void Outlines_of_units_are_never_missing_for_an_old_patch()
    {
        LayerVersion[] versions =
        [
            Version("2019", LayerRole.AdministrativeUnit, "2019-05-01"),
            Version("2021", LayerRole.AdministrativeUnit, "2021-01-01"),
        ];
        Assert.Equal(["2019"], Ids(Before, After, versions));
        Assert.Equal(["2021"], Ids(new(2021, 1, 1), new(2021, 6, 1), versions));
    }
}
