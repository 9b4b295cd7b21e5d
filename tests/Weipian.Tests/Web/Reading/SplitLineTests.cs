using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Reading;

/// <summary>A dividing line as people write it.</summary>
public sealed class SplitLineTests
{
    [Theory]
    [InlineData("45", 45, 0)]
    [InlineData(" 0 ", 0, 0)]
    [InlineData("359.5°", 359.5, 0)]
    [InlineData("45 -12.5", 45, -12.5)]
    [InlineData("90, 3", 90, 3)]
    [InlineData("90，+3 米", 90, 3)]
    [InlineData("12.25° 0.5m", 12.25, 0.5)]
    public void An_azimuth_and_metres_aside(string text, double azimuth, double offset)
    {
        var line = SplitLine.Read(text, 117.8);
        Assert.Equal((azimuth, offset), (line.AzimuthDegrees, line.OffsetMetres));
        Assert.Null(line.Corners);
    }

    [Fact]
    public void Places_with_semicolons_between_are_corners_in_degrees()
    {
        var line = SplitLine.Read("117.85 36.80；117.86 36.81; 117.87 36.80", 117.8);
        Assert.Null(line.AzimuthDegrees);
        Assert.Equal(
            [
                [117.85, 36.80],
                [117.86, 36.81],
                [117.87, 36.80],
            ],
            line.Corners!
        );
        var metres = SplitLine.Read("4073000 576750; 4073100 576750", 117.8).Corners!;
        Assert.All(metres, c => Assert.InRange(c[0], 117, 118.5));
        Assert.True(metres[1][1] > metres[0][1]);
    }

    [Theory]
    [InlineData("", "map.line-not-understood")]
    [InlineData("360", "map.line-not-understood")]
    [InlineData("-1", "map.line-not-understood")]
    [InlineData("north", "map.line-not-understood")]
    [InlineData("45 200000", "map.line-not-understood")]
    [InlineData("45 1 2", "map.line-not-understood")]
    [InlineData("117.85 36.80; here", "map.place-not-understood")]
    [InlineData("10 20; 117.85 36.80", "map.place-outside")]
    public void What_cannot_be_read_is_refused_by_name(string text, string code) =>
        Assert.Equal(code, Assert.Throws<Problem>(() => SplitLine.Read(text, 117.8)).Code);

    [Fact]
    public void More_corners_than_a_line_may_have_are_refused()
    {
        var text = string.Join(';', Enumerable.Repeat("117.85 36.80", SplitLine.CornersMax + 1));
        Assert.Equal("map.line-not-understood", Assert.Throws<Problem>(() => SplitLine.Read(text, 117.8)).Code);
    }
}
