using System.Diagnostics;
using System.Globalization;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Older datums come in only by a way that the user gives, and it is said.</summary>
public sealed class DatumTransformationTests
{
    private static readonly SevenParameters Xian = new(
        "1980西安坐标系",
        RotationSense.CoordinateFrame,
        (112.5, 4.1, -1.7),
        (0.2, -0.4, 0.3),
        -1.2
    );

    private static readonly SevenParameters Beijing = new(
        "Beijing 1954",
        RotationSense.PositionVector,
        (15.8, -154.4, -82.3),
        (0.9, -1.1, 0.7),
        4.5
    );

    /// <summary>Zhoucun in Xi'an 1980, zone 39 with its number.</summary>
    private static readonly Extent Zhoucun = new(39561000, 4056000, 39586000, 4084000);

    private static string Code(Func<object> act) => Assert.Throws<Problem>(act).Code;

    [Fact]
    public void Without_a_way_the_older_datum_is_refused_and_the_way_is_named()
    {
        var problem = Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(null, 2363, Zhoucun));
        Assert.Equal("geometry.older-datum", problem.Code);
        Assert.Contains("Xi'an 1980", problem.English, StringComparison.Ordinal);
        Assert.Contains("--transform", problem.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void A_way_from_another_datum_is_refused()
    {
        Assert.Equal(
            "geometry.transformation-other-datum",
            Code(() => CoordinateSystemDetection.DetectTransforming(null, 2363, Zhoucun, Beijing))
        );
        Assert.Equal(
            "geometry.transformation-other-datum",
            Code(() => CoordinateSystemDetection.DetectTransforming(null, 4527, Zhoucun, Xian))
        );
        Assert.Equal("geometry.transformation-other-datum", Code(() => CoordinateSystem.TransformedFrom(4326, Xian)));
    }

    [Theory]
    [InlineData("CGCS2000")]
    [InlineData("EPSG:4490")]
    [InlineData("EPSG:3857")]
    [InlineData("某市独立坐标系")]
    public void A_way_that_does_not_start_from_an_older_datum(string from) =>
        Assert.Equal(
            "geometry.transformation-datum",
            Code(() => new SevenParameters(from, RotationSense.CoordinateFrame, (0, 0, 0), (0, 0, 0), 0))
        );

    [Theory]
    [InlineData(5000, 0, 0, "dx")]
    [InlineData(0, 61, 0, "rx")]
    [InlineData(0, 0, 1.0000012e6, "scale")] // the scale itself, in millionths, instead of what is above one
    [InlineData(double.NaN, 0, 0, "dx")]
    public void Numbers_beyond_reason(double dx, double rx, double scale, string named)
    {
        var problem = Assert.Throws<Problem>(() =>
            new SevenParameters("Xi'an 1980", RotationSense.CoordinateFrame, (dx, 0, 0), (rx, 0, 0), scale)
        );
        Assert.Equal("geometry.transformation-doubtful", problem.Code);
        Assert.Contains(named, problem.English, StringComparison.Ordinal);
    }

    [Fact]
    public void There_and_back_is_the_same_place()
    {
        foreach (DatumTransformation way in (DatumTransformation[])[Xian, Beijing, Fit()])
        foreach (var epsg in (int[])(way.FromEn == "Beijing 1954" ? [2415, 2436, 21420, 4214] : [2363, 2384, 2333, 4610]))
        {
            var system = CoordinateSystem.TransformedFrom(epsg, way);
            var (x, y) = system.FromGeographic(117.86, 36.8);
            var (longitude, latitude) = system.ToGeographic(x, y);
            Assert.Equal(117.86, longitude, 1e-11);
            Assert.Equal(36.8, latitude, 1e-11);
            Assert.False(system.IsAssumed);
        }
    }

    [Fact]
    public void What_was_applied_is_said_with_its_numbers()
    {
        var found = CoordinateSystemDetection.DetectTransforming(null, 2363, Zhoucun, Xian);
        Assert.Equal((4527, 2363), (found.Chosen!.Epsg, found.Chosen.StatedEpsg));
        foreach (var number in (string[])["112.5", "-1.7", "-0.4", "-1.2 ppm"])
        {
            Assert.Contains(number, found.Zh, StringComparison.Ordinal);
            Assert.Contains(number, found.En, StringComparison.Ordinal);
        }
        Assert.Contains(CoordinateSystem.TransformationMark, found.En, StringComparison.Ordinal);
        Assert.Contains("1980西安坐标系", found.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_states_nothing_is_of_the_datum_that_the_way_starts_from()
    {
        var found = CoordinateSystemDetection.DetectTransforming(null, null, Zhoucun, Xian);
        Assert.Same(Xian, found.Chosen!.Transformation);
        var moved = found.Chosen.ToGeographic(39576750.886, 4074660.879);
        var unmoved = CoordinateSystem.FromEpsg(4527).ToGeographic(39576750.886, 4074660.879);
        Assert.InRange(Math.Abs(moved.Longitude - unmoved.Longitude) * 89_000, 50, 200);
    }

    [Fact]
    public void The_zone_number_is_found_on_the_older_datum_too()
    {
        var found = CoordinateSystemDetection.DetectTransforming(null, 2384, Zhoucun, Xian);
        Assert.Equal((4527, true), (found.Chosen!.Epsg, found.Chosen.Transformation is not null));
    }

    private static readonly (double East, double North)[] Corners =
    [
        (39561000, 4056000),
        (39586000, 4057000),
        (39585000, 4084000),
        (39562000, 4083000),
        (39574000, 4070000),
    ];

    /// <summary>Points moved by a known shift, turn and scale, and a slip of the pen on one of them.</summary>
    private static LocalFit Fit(double slip = 0, int count = 5, double residualMax = 0.01)
    {
        const double along = 1 + 3e-6,
            across = 2e-5;
        return new(
            2363,
            4527,
            [
                .. Corners
                    .Take(count)
                    .Select(
                        (c, i) =>
                            new ControlPoint(
                                $"K{i + 1}",
                                c.East,
                                c.North,
                                39570117 + along * (c.East - 39570000) - across * (c.North - 4070000) + (i == 2 ? slip : 0),
                                4070001.5 + across * (c.East - 39570000) + along * (c.North - 4070000)
                            )
                    ),
            ],
            residualMax
        );
    }

    [Fact]
    public void A_local_fit_finds_the_shift_turn_and_scale_that_were_there()
    {
        var system = CoordinateSystem.TransformedFrom(2363, Fit());
        var (longitude, latitude) = system.ToGeographic(39577123.4, 4066543.2);
        var (x, y) = CoordinateSystem.FromEpsg(4527).FromGeographic(longitude, latitude);
        Assert.Equal(39570117 + (1 + 3e-6) * 7123.4 - 2e-5 * -3456.8, x, 1e-6);
        Assert.Equal(4070001.5 + 2e-5 * 7123.4 + (1 + 3e-6) * -3456.8, y, 1e-6);
        Assert.Contains("5 control points", system.AssumptionEn, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_point_with_a_slip_is_named()
    {
        var problem = Assert.Throws<Problem>(() => Fit(slip: 0.5));
        Assert.Equal("geometry.transformation-doubtful", problem.Code);
        Assert.Contains("K3", problem.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_control_points_check_nothing() => Assert.Equal("geometry.transformation-doubtful", Code(() => Fit(count: 2)));

    [Fact]
    public void Control_points_that_are_one_point_fit_nothing()
    {
        var same = Enumerable.Range(0, 4).Select(i => new ControlPoint($"K{i}", 39561000, 4056000, 39561117, 4056001)).ToList();
        Assert.Equal("geometry.transformation-doubtful", Code(() => new LocalFit(2363, 4527, same, 0.01)));
    }

    [Fact]
    public void Data_beyond_the_control_points_are_refused()
    {
        Assert.NotNull(CoordinateSystemDetection.DetectTransforming(null, 2363, Zhoucun, Fit()).Chosen);
        var far = new Extent(39561000, 3956000, 39586000, 3984000);
        Assert.Equal(
            "geometry.transformation-out-of-reach",
            Code(() => CoordinateSystemDetection.DetectTransforming(null, 2363, far, Fit()))
        );
    }

    [Fact]
    public void Seven_parameters_agree_with_PROJ_over_the_whole_country_to_a_tenth_of_a_millimetre()
    {
        const string xian =
            "+proj=tmerc +lat_0=0 +lon_0={0} +k=1 +x_0={1} +y_0=0 +a=6378140 +rf=298.257 +towgs84=112.5,4.1,-1.7,-0.2,0.4,-0.3,-1.2";
        const string beijing =
            "+proj=tmerc +lat_0=0 +lon_0={0} +k=1 +x_0={1} +y_0=0 +ellps=krass +towgs84=15.8,-154.4,-82.3,0.9,-1.1,0.7,4.5";
        foreach (var (first, way, text) in ((int, SevenParameters, string)[])[(2349, Xian, xian), (2401, Beijing, beijing)])
            for (var zone = 25; zone <= 45; zone += 4)
            {
                var system = CoordinateSystem.TransformedFrom(first + zone - 25, way);
                var points = Enumerable
                    .Range(0, 27)
                    .Select(i => (X: zone * 1e6 + 500_000 + (i % 3 - 1) * 130_000, Y: 1_900_000 + i / 3 * 500_000.0))
                    .ToList();
                var target = "+proj=longlat +a=6378137 +rf=298.257222101 +towgs84=0,0,0";
                var source = string.Format(CultureInfo.InvariantCulture, text, zone * 3, zone * 1_000_000 + 500_000);
                var answers = Cs2Cs($"-f %.12f {source} +to {target}", points.Select(p => FormattableString.Invariant($"{p.X:R} {p.Y:R}")));
                for (var i = 0; i < points.Count; i++)
                {
                    var numbers = answers[i].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                    var (longitude, latitude) = system.ToGeographic(points[i].X, points[i].Y);
                    const double degreesOfTenthMillimetre = 1e-9;
                    Assert.Equal(double.Parse(numbers[0], CultureInfo.InvariantCulture), longitude, degreesOfTenthMillimetre);
                    Assert.Equal(double.Parse(numbers[1], CultureInfo.InvariantCulture), latitude, degreesOfTenthMillimetre);
                }
            }
    }

    [Fact]
    public void Every_zone_agrees_with_PROJ_over_the_whole_country_to_a_tenth_of_a_millimetre()
    {
        foreach (var epsg in Enumerable.Range(4491, 64))
        {
            var system = CoordinateSystem.FromEpsg(epsg);
            var half = system.ZoneDegrees / 2.0 + 0.6;
            var points = Enumerable
                .Range(0, 63)
                .Select(i => (Longitude: system.CentralMeridianDegrees + (i % 7 - 3) / 3.0 * half, Latitude: 3 + i / 7 * 6.4))
                .ToList();
            // By the register of PROJ: its axes are northing, easting, and degrees latitude first.
            var answers = Cs2Cs(
                $"-f %.6f EPSG:4490 EPSG:{epsg}",
                points.Select(p => FormattableString.Invariant($"{p.Latitude:R} {p.Longitude:R}"))
            );
            for (var i = 0; i < points.Count; i++)
            {
                var numbers = answers[i].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                var (x, y) = system.FromGeographic(points[i].Longitude, points[i].Latitude);
                Assert.Equal(double.Parse(numbers[0], CultureInfo.InvariantCulture), y, 1e-4);
                Assert.Equal(double.Parse(numbers[1], CultureInfo.InvariantCulture), x, 1e-4);
            }
        }
    }

    private static List<string> Cs2Cs(string arguments, IEnumerable<string> lines)
    {
        if (!File.Exists("/usr/bin/cs2cs"))
            Assert.Skip("needs cs2cs (Debian package proj-bin)");
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
