using CsCheck;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>How the coordinate system of a file is found, refused, or left to the user.</summary>
public sealed class CoordinateSystemDetectionTests
{
    private const string China2000 =
        """GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
    private const string Beijing54 =
        """PROJCS["Beijing_1954_3_Degree_GK_Zone_39",GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",39500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]""";

    /// <summary>Zhoucun in degrees, zone 39 with and without its number.</summary>
    private static readonly Extent Degrees = new(117.69, 36.64, 117.97, 36.89);
    private static readonly Extent Prefixed = new(39561000, 4056000, 39586000, 4084000);
    private static readonly Extent Unprefixed = new(561000, 4056000, 586000, 4084000);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_projection_file_of_our_own_systems_is_recognised(int step)
    {
        foreach (var epsg in Enumerable.Range(4491, 64).Where(e => e % step == 0).Append(4490).Append(4326))
        {
            var system = CoordinateSystem.FromEpsg(epsg);
            var found = CoordinateSystemDetection.Detect(system.ToPrj(), null, Extent.Empty);
            Assert.Equal(epsg, found.Chosen!.Epsg);
        }
    }

    [Fact]
    public void A_projection_file_and_fitting_numbers_decide()
    {
        var found = CoordinateSystemDetection.Detect(CoordinateSystem.FromEpsg(4527).ToPrj(), null, Prefixed);
        Assert.Equal((4527, false), (found.Chosen!.Epsg, found.AxesSwapped));
        Assert.Contains("4527", found.Zh);
        Assert.Contains("the file states", found.En);
    }

    [Theory]
    [InlineData(4527, 4548)]
    [InlineData(4548, 4527)]
    public void The_digits_decide_whether_the_zone_stands_before_the_easting(int stated, int taken)
    {
        var extent = taken == 4548 ? Unprefixed : Prefixed;
        var found = CoordinateSystemDetection.Detect(CoordinateSystem.FromEpsg(stated).ToPrj(), null, extent);
        Assert.Equal(taken, found.Chosen!.Epsg);
        Assert.Contains("zone number", found.En);
    }

    [Fact]
    public void Exchanged_axes_are_recognised_in_degrees_and_in_metres()
    {
        foreach (var (epsg, e) in new[] { (4490, Degrees), (4527, Prefixed), (4548, Unprefixed) })
        {
            var swapped = new Extent(e.MinY, e.MinX, e.MaxY, e.MaxX);
            var found = CoordinateSystemDetection.Detect(null, epsg, swapped);
            Assert.Equal((epsg, true), (found.Chosen!.Epsg, found.AxesSwapped));
            Assert.Contains("exchanged", found.En);
            Assert.Contains("颠倒", found.Zh);
        }
        // Ürümqi: 43.8, 87.6 is a possible latitude and longitude too; China decides.
        Assert.True(CoordinateSystemDetection.Detect(null, 4490, new Extent(43.7, 87.5, 43.9, 87.7)).AxesSwapped);
    }

    [Fact]
    public void Without_a_projection_file_degrees_and_prefixed_metres_leave_one_candidate()
    {
        Assert.Equal(4490, CoordinateSystemDetection.Detect(null, null, Degrees).Chosen!.Epsg);
        Assert.Equal(4527, CoordinateSystemDetection.Detect("  ", 0, Prefixed).Chosen!.Epsg);
        var sixDegrees = CoordinateSystemDetection.Detect(null, -1, new Extent(20561000, 4056000, 20586000, 4084000));
        Assert.Equal(4498, sixDegrees.Chosen!.Epsg);
    }

    [Fact]
    public void Without_a_zone_several_meridians_fit_and_nothing_is_chosen()
    {
        var found = CoordinateSystemDetection.Detect(null, null, Unprefixed);
        Assert.Null(found.Chosen);
        Assert.Contains(found.Candidates, c => c.Epsg == 4548);
        Assert.True(found.Candidates.Count > 5);
        Assert.Contains("--crs", found.Zh);
    }

    [Fact]
    public void The_district_of_the_plan_leaves_one_meridian()
    {
        var found = CoordinateSystemDetection.Detect(null, null, Unprefixed, Degrees);
        Assert.Equal(4548, found.Chosen!.Epsg);
        var swapped = CoordinateSystemDetection.Detect(null, null, new Extent(4056000, 561000, 4084000, 586000), Degrees);
        Assert.Equal((4548, true), (swapped.Chosen!.Epsg, swapped.AxesSwapped));
    }

    [Fact]
    public void Stated_and_counted_contradict_then_the_user_chooses()
    {
        var found = CoordinateSystemDetection.Detect(China2000, null, Prefixed);
        Assert.Null(found.Chosen);
        Assert.Equal(4527, Assert.Single(found.Candidates).Epsg);
        Assert.Contains("contradicts", found.En);
        var otherZone = CoordinateSystemDetection.Detect(CoordinateSystem.FromEpsg(4528).ToPrj(), null, Prefixed);
        Assert.Null(otherZone.Chosen);
    }

    [Fact]
    public void Older_datums_are_refused_by_name_and_by_ellipsoid()
    {
        Assert.Equal(
            "geometry.older-datum",
            Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(Beijing54, null, Prefixed)).Code
        );
        var renamed = Beijing54.Replace("D_Beijing_1954", "D_China_2000", StringComparison.Ordinal);
        Assert.Contains("Krasovsky", Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(renamed, null, Prefixed)).English);
        var xian = Beijing54.Replace("Krasovsky_1940\",6378245.0,298.3", "IAG75\",6378140.0,298.257", StringComparison.Ordinal);
        Assert.Contains("Xi'an 1980", Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(xian, null, Prefixed)).English);
        Assert.Equal(4527, CoordinateSystemDetection.DetectAssuming(Beijing54, null, Prefixed).Chosen!.Epsg);
        Assert.Contains("--crs assume", CoordinateSystemDetection.DetectAssuming(Beijing54, null, Prefixed).En);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PROJCS[")]
    [InlineData("PROJCS[\"a")]
    [InlineData("hello")]
    [InlineData("LOCAL_CS[\"x\"]")]
    [InlineData("PROJCS[\"a\",GEOGCS[\"b\"]")]
    public void Text_that_is_no_coordinate_system_is_refused(string text)
    {
        if (text.Length == 0)
            Assert.NotNull(CoordinateSystemDetection.Detect(text, null, Degrees).Chosen);
        else
            Assert.Equal(
                "geometry.unreadable-crs",
                Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(text, null, Degrees)).Code
            );
    }

    [Theory]
    [InlineData("PROJECTION[\"Mercator_Auxiliary_Sphere\"]", "geometry.unknown-projection")]
    [InlineData("PROJECTION[\"Albers\"]", "geometry.unknown-projection")]
    public void Other_projections_are_refused(string projection, string code)
    {
        var text = CoordinateSystem.FromEpsg(4527).ToPrj().Replace("PROJECTION[\"Gauss_Kruger\"]", projection, StringComparison.Ordinal);
        Assert.Equal(code, Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(text, null, Prefixed)).Code);
    }

    [Fact]
    public void A_local_meridian_and_UTM_are_refused()
    {
        var text = CoordinateSystem.FromEpsg(4548).ToPrj();
        foreach (
            var other in new[]
            {
                text.Replace("117.0", "117.5", StringComparison.Ordinal),
                text.Replace("Factor\",1.0", "Factor\",0.9996", StringComparison.Ordinal),
            }
        )
            Assert.Equal(
                "geometry.unknown-projection",
                Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(other, null, Unprefixed)).Code
            );
    }

    [Fact]
    public void Degrees_outside_China_are_taken_and_said_to_be_there()
    {
        var found = CoordinateSystemDetection.Detect(null, 4326, new Extent(9.4, 47.0, 9.7, 47.3));
        Assert.Equal((4326, false), (found.Chosen!.Epsg, found.AxesSwapped));
        Assert.Contains("outside China", found.En);
        Assert.Contains("CGCS2000", found.En);
    }

    [Fact]
    public void Any_text_and_any_numbers_are_answered_or_refused()
    {
        string[] words = ["PROJCS", "GEOGCS", "[", "]", "(", ",", "\"", "DATUM", "6378245", "x", " ", "ID[\"EPSG\",4490]", "UNIT[1]"];
        var text = Gen.Int[0, words.Length - 1].Array[0, 30].Select(picks => string.Concat(picks.Select(i => words[i])));
        var number = Gen.OneOf(Gen.Double, Gen.Double[-200, 200], Gen.Double[0, 5e7]);
        Gen.Select(text, number, number, number, number, Gen.Int[-2, 5000])
            .Sample(
                (t, a, b, c, d, epsg) =>
                {
                    try
                    {
                        Assert.NotNull(CoordinateSystemDetection.Detect(t, epsg % 3 == 0 ? epsg : null, new Extent(a, b, c, d)).Zh);
                    }
                    catch (Problem problem)
                    {
                        Assert.StartsWith("geometry.", problem.Code);
                    }
                },
                iter: 3000
            );
    }

    [Fact]
    public void The_second_version_of_the_text_format_is_read()
    {
        const string text =
            """PROJCRS["CGCS2000 / 3-degree Gauss-Kruger zone 39",BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4490]],CONVERSION["3-degree Gauss-Kruger zone 39",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8801]],PARAMETER["Longitude of natural origin",117,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8802]],PARAMETER["Scale factor at natural origin",1,SCALEUNIT["unity",1],ID["EPSG",8805]],PARAMETER["False easting",39500000,LENGTHUNIT["metre",1],ID["EPSG",8806]],PARAMETER["False northing",0,LENGTHUNIT["metre",1],ID["EPSG",8807]]],CS[Cartesian,2],AXIS["northing (X)",north,ORDER[1],LENGTHUNIT["metre",1]],AXIS["easting (Y)",east,ORDER[2],LENGTHUNIT["metre",1]],USAGE[SCOPE["Cadastre"],AREA["China"],BBOX[22,115,53,118]],ID["EPSG",4527]]""";
        Assert.Equal(4527, CoordinateSystemDetection.Detect(text, null, Prefixed).Chosen!.Epsg);
    }
}
