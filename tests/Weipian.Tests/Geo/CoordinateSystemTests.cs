using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>The coordinate systems: codes, zones, refusals, and the projection against golden values and PROJ.</summary>
public sealed class CoordinateSystemTests
{
    [Theory]
    [InlineData(4491, 75, 13, 6, true)]
    [InlineData(4501, 135, 23, 6, true)]
    [InlineData(4502, 75, 13, 6, false)]
    [InlineData(4512, 135, 23, 6, false)]
    [InlineData(4513, 75, 25, 3, true)]
    [InlineData(4527, 117, 39, 3, true)]
    [InlineData(4533, 135, 45, 3, true)]
    [InlineData(4534, 75, 25, 3, false)]
    [InlineData(4548, 117, 39, 3, false)]
    [InlineData(4554, 135, 45, 3, false)]
    public void Codes_name_their_zone(int epsg, int meridian, int zone, int width, bool prefix)
    {
        var system = CoordinateSystem.FromEpsg(epsg);
        Assert.Equal(
            (epsg, (double)meridian, (int?)zone, width, prefix),
            (system.Epsg, system.CentralMeridianDegrees, system.Zone, system.ZoneDegrees, system.HasZonePrefix)
        );
        Assert.Null(system.AssumptionEn);
    }

    [Theory]
    [InlineData(4214, "1954年北京坐标系")]
    [InlineData(2401, "1954年北京坐标系")]
    [InlineData(2442, "1954年北京坐标系")]
    [InlineData(21413, "1954年北京坐标系")]
    [InlineData(21463, "1954年北京坐标系")]
    [InlineData(4610, "1980西安坐标系")]
    [InlineData(2327, "1980西安坐标系")]
    [InlineData(2390, "1980西安坐标系")]
    [InlineData(4555, "新1954年北京坐标系")]
    [InlineData(4766, "新1954年北京坐标系")]
    public void Older_datums_are_refused_by_name(int epsg, string name)
    {
        var problem = Assert.Throws<Problem>(() => CoordinateSystem.FromEpsg(epsg));
        Assert.Equal("geometry.older-datum", problem.Code);
        Assert.Contains(name, problem.Chinese);
        Assert.Contains($"EPSG:{epsg}", problem.English);
    }

    [Theory]
    [InlineData(3857)]
    [InlineData(32650)]
    [InlineData(0)]
    [InlineData(4555555)]
    public void Other_codes_are_unknown(int epsg) =>
        Assert.Equal("geometry.unknown-crs", Assert.Throws<Problem>(() => CoordinateSystem.FromEpsg(epsg)).Code);

    [Theory]
    [InlineData(2415, 4527)] // Beijing 1954, three degrees, zone 39
    [InlineData(2436, 4548)]
    [InlineData(21420, 4498)]
    [InlineData(2363, 4527)] // Xi'an 1980
    [InlineData(2384, 4548)]
    [InlineData(2334, 4498)]
    [InlineData(4610, 4490)]
    [InlineData(4775, 4527)] // New Beijing
    public void Only_by_order_is_an_older_datum_taken_as_the_same_zone_and_then_it_says_so(int epsg, int same)
    {
        var system = CoordinateSystem.AssumedFrom(epsg);
        Assert.Equal((same, epsg, true), (system.Epsg, system.StatedEpsg, system.IsAssumed));
        Assert.Contains("--crs assume", system.AssumptionZh);
        Assert.Contains("--crs assume", system.AssumptionEn);
    }

    [Fact]
    public void Wgs_84_is_taken_as_cgcs2000_and_says_so()
    {
        var system = CoordinateSystem.FromEpsg(4326);
        Assert.Equal((117.5, 36.25), system.ToGeographic(117.5, 36.25));
        Assert.NotNull(system.AssumptionZh);
        Assert.False(system.IsAssumed);
    }

    [Theory]
    [InlineData(117.86, 36.80, 39576750.886, 4074660.879)]
    [InlineData(117.8611, 36.8009, 39576848.159, 4074761.642)]
    [InlineData(117.862, 36.8003, 39576929.081, 4074695.779)]
    public void Golden_points_of_zone_39(double longitude, double latitude, double east, double north)
    {
        var (x, y) = CoordinateSystem.FromEpsg(4527).FromGeographic(longitude, latitude);
        Assert.Equal((east, north), (Math.Round(x, 3), Math.Round(y, 3)));
        var (unprefixed, _) = CoordinateSystem.FromEpsg(4548).FromGeographic(longitude, latitude);
        Assert.Equal(x - 39_000_000, unprefixed, 1e-8);
    }

    [Theory] // transverse Mercator on GRS80, scale 1: the expectations that PROJ ships
    [InlineData(2, 1, 222650.796797586, 110642.229411933)]
    [InlineData(-2, -1, -222650.796797586, -110642.229411933)]
    [InlineData(30, 89.9999, 5.584698978, 10001956.056248082)]
    public void Public_expectations_of_the_projection(double fromMeridian, double latitude, double east, double north)
    {
        var (e, n) = GaussKruger.Cgcs2000.FromGeographic(fromMeridian, latitude);
        Assert.Equal(east, e, 5e-8);
        Assert.Equal(north, n, 5e-8);
    }

    [Fact]
    public void There_and_back_is_the_same_place_within_1e_9_degrees() =>
        Gen.Select(Gen.Int[4491, 4554], Gen.Double[-4, 4], Gen.Double[2, 54])
            .Sample(
                (epsg, fromMeridian, latitude) =>
                {
                    var system = CoordinateSystem.FromEpsg(epsg);
                    var longitude = system.CentralMeridianDegrees + fromMeridian;
                    var (x, y) = system.FromGeographic(longitude, latitude);
                    var back = system.ToGeographic(x, y);
                    Assert.Equal(longitude, back.Longitude, 1e-11);
                    Assert.Equal(latitude, back.Latitude, 1e-11);
                },
                threads: 1
            );

    [Theory]
    [InlineData(1e9, 4e6)]
    [InlineData(39.5e6, 1e9)]
    [InlineData(double.NaN, 4e6)]
    [InlineData(double.PositiveInfinity, 4e6)]
    public void Far_outside_the_projection_gives_no_number(double x, double y) =>
        Assert.True(double.IsNaN(CoordinateSystem.FromEpsg(4527).ToGeographic(x, y).Longitude));

    [Fact]
    public void Agrees_with_PROJ_to_a_tenth_of_a_micrometre()
    {
        if (!File.Exists("/usr/bin/cs2cs"))
            Assert.Skip("needs cs2cs (Debian package proj-bin)");
        var points = Enumerable.Range(0, 400).Select(i => (Longitude: 115.4 + i % 20 * 0.16, Latitude: 18 + i / 20 * 1.7)).ToList();
        var answers = Cs2Cs(points.Select(p => FormattableString.Invariant($"{p.Longitude:R} {p.Latitude:R}")));
        var system = CoordinateSystem.FromEpsg(4527);
        for (var i = 0; i < points.Count; i++)
        {
            var numbers = answers[i].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var (x, y) = system.FromGeographic(points[i].Longitude, points[i].Latitude);
            Assert.Equal(double.Parse(numbers[0], CultureInfo.InvariantCulture), x, 1e-7);
            Assert.Equal(double.Parse(numbers[1], CultureInfo.InvariantCulture), y, 1e-7);
        }
    }

    private static List<string> Cs2Cs(IEnumerable<string> lines)
    {
        const string arguments =
            "-f %.9f +proj=longlat +ellps=GRS80 +to +proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=39500000 +y_0=0 +ellps=GRS80";
        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/cs2cs", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        process.StandardInput.Write(string.Join('\n', lines) + "\n");
        process.StandardInput.Close();
        var answers = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        process.WaitForExit();
        return answers;
    }
}
