using Weipian.Geo;
using Weipian.Imagery;

namespace Weipian.Tests.Imagery;

/// <summary>Which band is which colour: said by the file or by whoever adds it, never guessed from a number.</summary>
public sealed class BandRolesTests
{
    [Theory]
    [InlineData("band 1|band 2|band 3|band 4")]
    [InlineData("1|2|3|4")]
    [InlineData("red|red|green|blue")]
    [InlineData("red edge|rededge|红边|")]
    public void Names_that_say_nothing_or_say_it_twice_name_no_red(string names) => Assert.Null(BandRoles.Of(names.Split('|')).Red);

    [Theory]
    [InlineData("blue|green|red|nir")]
    [InlineData("B1 (Blue)|B2 (Green)|B3 (Red)|B4 (Near Infrared)")]
    [InlineData("蓝|绿|红|近红外")]
    [InlineData("B|G|R|N")]
    [InlineData("蓝光|绿光|红光|NIR")]
    public void Usual_names_are_understood(string names)
    {
        var roles = BandRoles.Of(names.Split('|'));
        Assert.Equal(new BandRoles(2, 1, 0, 3), roles);
        Assert.True(roles.HasVegetation);
        Assert.Equal((2, 1, 0), roles.Shown(4));
    }

    [Fact]
    public void Without_names_the_first_three_are_shown_and_of_fewer_the_first()
    {
        Assert.Equal((0, 1, 2), BandRoles.Unknown.Shown(4));
        Assert.Equal((0, 0, 0), BandRoles.Unknown.Shown(2));
        Assert.Equal((0, 1, 2), BandRoles.Of(["nir", "red"]).Shown(3));
    }

    [Theory]
    [InlineData("<GDALMetadata><Item name='DESCRIPTION' sample='0' role='description'>nir</Item>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><GDALMetadata/>")]
    [InlineData(
        "<GDALMetadata><Item sample='99' role='description'>nir</Item><Item sample='-1' role='description'>nir</Item></GDALMetadata>"
    )]
    public void Metadata_that_cannot_be_read_take_nothing_away(string metadata)
    {
        using var image = Open(new TiffMaker { Metadata = metadata });
        Assert.Equal(3, image.ShownBands);
    }

    [Fact]
    public void The_file_names_its_bands_and_whoever_adds_it_goes_before()
    {
        var made = new TiffMaker
        {
            Bands = 4,
            Metadata =
                "<GDALMetadata><Item name='DESCRIPTION' sample='0' role='description'>Blue</Item>"
                + "<Item name='DESCRIPTION' sample='2' role='description'>Red</Item>"
                + "<Item name='COLORINTERP' sample='3' role='colorinterp'>NIR</Item></GDALMetadata>",
        };
        using var image = Open(made);
        Assert.Equal(["Blue", null, "Red", "NIR"], image.BandNames);
        Assert.Equal(new BandRoles(2, null, 0, 3), image.Roles);
        using var told = GeoTiff.Open(new MemoryStream(made.Bytes()), "made.tif", ["red", "green", "blue", "nir"]);
        Assert.Equal(new BandRoles(0, 1, 2, 3), told.Roles);
    }

    [Fact]
    public void A_picture_shows_red_as_red_wherever_the_band_stands()
    {
        var made = new TiffMaker { Bands = 4, At = (_, _, b) => 40 * (b + 1) };
        using var image = GeoTiff.Open(new MemoryStream(made.Bytes()), "made.tif", ["blue", "green", "red", "nir"]);
        var frame = new ChipFrame(
            CoordinateSystem.FromEpsg(4548),
            new(TiffMaker.Easting + 10, TiffMaker.Northing - 42, TiffMaker.Easting + 42, TiffMaker.Northing - 10),
            32,
            32
        );
        Assert.Equal([120, 80, 40, 255], Chip.Render(image, frame).ToRgba()[..4]);
    }

    private static GeoTiff Open(TiffMaker made) => GeoTiff.Open(new MemoryStream(made.Bytes()), "made.tif");
}
