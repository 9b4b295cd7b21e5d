using Weipian.Flow.Verification;

namespace Weipian.Tests.Flow.Verification;

/// <summary>What photographs of real cameras say of where and when they were taken, and what broken ones do not.</summary>
public sealed class PhotoStatementTests
{
    /// <summary>Positions and bearings as a reader of our own, written for this table alone, found them in the bytes.</summary>
    [Theory]
    [InlineData("Apple iPhone 4.jpg", 12.488833, 41.853, 35334.0 / 199, "2011-01-13T06:33:39Z")]
    [InlineData("Apple iPhone 5.jpg", -122.337333, 47.627167, 46616.0 / 499, "2012-09-29T08:11:25Z")]
    [InlineData("FujiFilm FinePixS1Pro (1).jpg", -1.914167, 54.989667, null, "2002-07-13T07:58:28Z")]
    [InlineData("HTC Desire.jpg", 9.110333, 45.500667, null, "2011-05-06T07:59:48Z")]
    [InlineData("Issue 173 (dotnet).jpg", -85.483519, 43.687394, null, null)]
    [InlineData("Issue 508.jpg", 15.503283, 43.859469, 160837.0 / 924, "2020-09-02T10:52:42Z")]
    [InlineData("Nokia Lumia 800.jpg", -6.258231, 53.359465, null, "2012-06-09T13:23:38Z")]
    [InlineData("Oppo R7 Plus.jpg", 8.771132, 60.267464, null, "2018-07-16T15:52:22Z")]
    [InlineData("Sony DSC-HX5V (2).jpg", 8.365638, 51.778615, null, "2010-05-15T15:12:07Z")]
    [Requirement("R13")]
    public void A_camera_tells_place_bearing_and_time(string file, double longitude, double latitude, double? bearing, string? takenAt)
    {
        var said = Read(file);
        Assert.Equal(PhotoStatement.FromExif, said.Source);
        Assert.Equal(longitude, said.Longitude!.Value, 6);
        Assert.Equal(latitude, said.Latitude!.Value, 6);
        if (bearing is null)
            Assert.Null(said.BearingDegrees);
        else
            Assert.Equal(bearing.Value, said.BearingDegrees!.Value, 9);
        Assert.Equal(
            takenAt is null ? null : DateTime.Parse(takenAt, null, System.Globalization.DateTimeStyles.AdjustToUniversal),
            said.TakenAt
        );
    }

    [Fact]
    public void A_bearing_from_magnetic_north_is_none_and_said_so() =>
        Assert.Contains(Read("Sony DSC-HX5V (2).jpg").Remarks, r => r.En.Contains("magnetic north", StringComparison.Ordinal));

    [Fact]
    public void The_position_0_0_is_none_and_said_so_and_the_sensors_speak_instead()
    {
        var said = Read("Samsung GT-I9000 (Galaxy S).jpg");
        Assert.Equal(PhotoStatement.Nowhere, said.Source);
        Assert.Null(said.Longitude);
        Assert.Contains(said.Remarks, r => r.En.Contains("0,0", StringComparison.Ordinal));
        var sensed = Read("Samsung GT-I9000 (Galaxy S).jpg", new(117.86, 36.8, 360, 7.5));
        Assert.Equal(
            (PhotoStatement.FromSensor, 117.86, 36.8, 0.0, 7.5),
            (sensed.Source, sensed.Longitude, sensed.Latitude, sensed.BearingDegrees, sensed.AccuracyMetres)
        );
        var zero = Read("Samsung GT-I9000 (Galaxy S).jpg", new(0, 0));
        Assert.Equal(PhotoStatement.Nowhere, zero.Source);
    }

    [Fact]
    public void The_photograph_s_own_position_goes_before_that_of_the_sensors()
    {
        var said = Read("HTC Desire.jpg", new(117.86, 36.8, 90));
        Assert.Equal(PhotoStatement.FromExif, said.Source);
        Assert.Equal(9.110333, said.Longitude!.Value, 6);
        Assert.Equal(90, said.BearingDegrees);
    }

    [Theory]
    [InlineData(181.0, 36.8)]
    [InlineData(117.0, 91.0)]
    [InlineData(double.NaN, 36.8)]
    [InlineData(117.0, null)]
    public void Sensors_that_name_no_place_on_earth_are_no_position(double? longitude, double? latitude) =>
        Assert.Equal(PhotoStatement.Nowhere, PhotoStatement.Read(Photos.Bare, new(longitude, latitude)).Source);

    /// <summary>Every single byte of the head of a photograph, turned over: the answer is a place or none, never a failure.</summary>
    [Fact]
    public void Malformed_metadata_never_fails_and_never_leaves_the_earth()
    {
        var whole = File.ReadAllBytes(SharedData.Require("corpora/photos/Issue 508.jpg"));
        for (var at = 0; at < whole.Length; at++)
        {
            var broken = (byte[])whole.Clone();
            broken[at] ^= 0xFF;
            var said = PhotoStatement.Read(broken, null);
            Assert.True(said.Longitude is null or (>= -180 and <= 180), $"byte {at}");
            Assert.True(said.BearingDegrees is null or (>= 0 and < 360), $"byte {at}");
            Assert.Equal(said.Longitude is null, said.Source == PhotoStatement.Nowhere);
        }
    }

    [Fact]
    public void A_photograph_that_was_cut_off_says_that_its_metadata_is_broken()
    {
        var whole = File.ReadAllBytes(SharedData.Require("corpora/photos/Issue 508.jpg"));
        var said = PhotoStatement.Read(whole.AsMemory(0, 120), null);
        Assert.Equal(PhotoStatement.Nowhere, said.Source);
        Assert.Contains(said.Remarks, r => r.En.Contains("broken", StringComparison.Ordinal));
    }

    private static PhotoStatement Read(string file, SensorReading? sensed = null) =>
        PhotoStatement.Read(File.ReadAllBytes(SharedData.Require($"corpora/photos/{file}")), sensed);
}
