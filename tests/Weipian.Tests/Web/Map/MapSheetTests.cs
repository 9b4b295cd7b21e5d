using Weipian.Geo;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Map;

/// <summary>Which scale a printed map is given.</summary>
[Requirement("R12")]
public sealed class MapSheetTests
{
    [Theory]
    [InlineData("a5", null, null)]
    [InlineData("a4", "upside-down", null)]
    [InlineData("a4", null, 499)]
    [InlineData("a4", null, 1_000_001)]
    public void A_paper_or_a_scale_that_is_none_is_refused(string paper, string? turn, int? scale) =>
        Assert.Equal("map.bad-sheet", Assert.Throws<Problem>(() => MapSheet.Of(paper, turn, scale, null)).Code);

    /// <summary>A square of two kilometres fits on the 170 mm of an A4 sheet in landscape at 1:25 000 and not at 1:10 000.</summary>
    [Fact]
    public void Without_a_scale_everything_is_on_the_sheet()
    {
        var square = new Extent(117.8, 36.8, 117.8 + 2000 / (111_320 * Math.Cos(36.8 * Math.PI / 180)), 36.8 + 2000 / 111_320.0);
        Assert.Equal(25_000, MapSheet.Of("a4", null, null, null, square).Scale);
        Assert.Equal(10_000, MapSheet.Of("a3", null, null, null, square).Scale);
        Assert.Equal(2000, MapSheet.Of("a4", null, 2000, null, square).Scale);
        Assert.Equal(500, MapSheet.Of("a4", null, null, 0.1, square).Scale);
    }
}
