using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Places as people write them: understood in one way, or refused by name.</summary>
public sealed class PlaceTextTests
{
    private const double Near = 117.9;

    [Theory]
    [InlineData("", "map.place-not-understood")]
    [InlineData("王村镇", "map.place-not-understood")]
    [InlineData("117.85", "map.place-not-understood")]
    [InlineData("117.85 36.80 12", "map.place-not-understood")]
    [InlineData("117.5°51′ 36°48′", "map.place-not-understood")]
    [InlineData("0x75 36", "map.place-not-understood")]
    [InlineData("1e2 36", "map.place-not-understood")]
    [InlineData("36.8 37.9", "map.place-outside")]
    [InlineData("-117.85 36.80", "map.place-outside")]
    [InlineData("117.85 63.80", "map.place-outside")]
    [InlineData("4073000 99576750", "map.place-outside")]
    [InlineData("4073000 39076750", "map.place-outside")]
    [InlineData("40730000 39576750", "map.place-outside")]
    [InlineData("576750 600000", "map.place-ambiguous")]
    [InlineData("117°61′00″ 36°48′00″", "map.bad-sixtieths")]
    [InlineData("117°51′00″ 36°48′60″", "map.bad-sixtieths")]
    public void What_is_not_one_place_is_refused(string text, string code)
    {
        var refused = Assert.Throws<Problem>(() => PlaceText.Read(text, Near));
        Assert.Equal(code, refused.Code);
    }

    [Theory]
    [InlineData("117.85 36.80")]
    [InlineData("117.85,36.80")]
    [InlineData("36.80，117.85")]
    [InlineData(" 117.85°E; 36.80°N ")]
    [InlineData("１１７．８５　３６．８０")]
    [InlineData("117°51′00″ 36°48′00″")]
    [InlineData("117°51'00.0\"E, 36°48'0\"N")]
    [InlineData("东经117度51分 北纬36度48分")]
    [InlineData("北纬36度48分0秒，东经117度51分0秒")]
    public void Degrees_are_read_in_either_order_and_any_dress(string text)
    {
        var found = PlaceText.Read(text, Near);
        Assert.Equal(117.85, found.Longitude, 1e-9);
        Assert.Equal(36.8, found.Latitude, 1e-9);
        Assert.True(found.System.IsGeographic);
        Assert.False(found.IsZoneAssumed);
    }

    [Theory]
    [InlineData(4527)]
    [InlineData(4548)]
    [InlineData(4498)]
    public void Metres_of_a_zone_come_back_to_their_place(int epsg)
    {
        var system = CoordinateSystem.FromEpsg(epsg);
        var (east, north) = system.FromGeographic(117.85, 36.8);
        foreach (
            var text in new[]
            {
                FormattableString.Invariant($"{north:F4} {east:F4}"),
                FormattableString.Invariant($"Y={east:F4}, X={north:F4}"),
            }
        )
        {
            var found = PlaceText.Read(text, Near);
            Assert.Equal(117.85, found.Longitude, 1e-8);
            Assert.Equal(36.8, found.Latitude, 1e-8);
            Assert.Equal(epsg, found.System.Epsg);
            Assert.Equal(!system.HasZonePrefix, found.IsZoneAssumed);
        }
    }

    /// <summary>Without its zone number an easting lies in the belt of the map, and another map makes another place of it.</summary>
    [Fact]
    public void The_belt_is_that_of_the_map()
    {
        Assert.Equal(3, PlaceText.Read("4073000 576750", 120.2).Longitude - PlaceText.Read("4073000 576750", 117.2).Longitude, 1e-9);
    }
}
