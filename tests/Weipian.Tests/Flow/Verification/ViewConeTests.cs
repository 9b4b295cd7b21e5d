using Weipian.Flow.Verification;
using Weipian.Geo;
using Weipian.Law;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Verification;

/// <summary>Distance and view on worked examples: a patch of a thousandth of a degree, a camera west of it.</summary>
public sealed class ViewConeTests
{
    private static readonly ViewCone Cone = new(35, 200);

    /// <summary>On the ellipsoid of CGCS2000 at 36.8005° a degree of longitude is 89 243.7 m (N·cos φ·π/180  N = 6 385 811.6 m).</summary>
    private const double MetresPerDegreeEast = 89_243.7;

    [Theory]
    [InlineData(0.001, 89.24)]
    [InlineData(0.0005, 44.62)]
    [InlineData(0.01, 892.44)]
    [Requirement("R13")]
    public void The_distance_is_that_to_the_nearest_edge(double degreesWest, double metres)
    {
        var patch = FilledStore.Square(117.86, 36.8, 0.001);
        var distance = new LocalPlane(117.86 - degreesWest, 36.8005).DistanceTo(patch);
        Assert.Equal(degreesWest * MetresPerDegreeEast, distance, 1);
        Assert.Equal(metres, distance, 1);
    }

    [Fact]
    public void Inside_the_patch_the_distance_is_nothing() =>
        Assert.Equal(0, new LocalPlane(117.8605, 36.8005).DistanceTo(FilledStore.Square(117.86, 36.8, 0.001)));

    /// <summary>Rome to Zhoucun by the great circle: 8 400 km, give or take what a sphere is not.</summary>
    [Fact]
    public void A_photograph_of_another_country_is_thousands_of_kilometres_away_and_shows_nothing()
    {
        var patch = FilledStore.Square(117.86, 36.8, 0.001);
        Assert.InRange(new LocalPlane(12.4888, 41.853).DistanceTo(patch), 8_300_000, 8_700_000);
        Assert.False(Cone.Meets(patch, 12.4888, 41.853, 90));
    }

    /// <summary>From 100 m west of the middle of the western edge, which spans 29° to either side of east.</summary>
    [Theory]
    [InlineData(90, true)] // straight at it
    [InlineData(90 + 60, true)] // the left edge of the view still meets the corner: 29° + 35° = 64°
    [InlineData(90 - 60, true)]
    [InlineData(90 + 68, false)]
    [InlineData(90 - 68, false)]
    [InlineData(270, false)] // the back to it
    [InlineData(0, false)]
    public void The_view_meets_the_patch_when_the_bearing_is_near_enough(double bearing, bool meets)
    {
        var patch = FilledStore.Square(117.86, 36.8, 0.001);
        Assert.Equal(meets, Cone.Meets(patch, 117.86 - (100 / MetresPerDegreeEast), 36.8005, bearing));
    }

    [Theory]
    [InlineData(199, true)]
    [InlineData(201, false)]
    public void Beyond_its_reach_the_view_meets_nothing(double metresWest, bool meets) =>
        Assert.Equal(meets, Cone.Meets(FilledStore.Square(117.86, 36.8, 0.001), 117.86 - (metresWest / MetresPerDegreeEast), 36.8005, 90));

    [Fact]
    public void On_the_patch_every_direction_shows_it() =>
        Assert.True(Cone.Meets(FilledStore.Square(117.86, 36.8, 0.001), 117.8605, 36.8005, 215));

    [Fact]
    public void The_cone_on_the_map_begins_at_the_camera_and_ends_at_its_reach()
    {
        var ring = Cone.Ring(117.86, 36.8005, 90);
        Assert.Equal(ring[0], ring[^1]);
        Assert.Equal(117.86, ring[0][0], 7);
        Assert.Equal(117.86 + (200 / MetresPerDegreeEast), ring.Max(c => c[0]), 6);
    }

    [Fact]
    public void Angle_and_reach_are_dated_parameters_of_our_own()
    {
        var law = LawBook.Load(Path.Combine(Repository.Root, "law"));
        Assert.Equal(new ViewCone(35, 200), ViewCone.Of(law, new(2019, 5, 8)));
        Assert.Equal(Confidence.Derived, law.AsOf(new(2019, 5, 8), SelectingDate.Visit).Number(ViewCone.ReachKey).Citation.Confidence);
        Assert.Null(ViewCone.Of(law, new(2001, 1, 1)));
    }
}
