using NetTopologySuite.Geometries;
using Weipian.Web.Training;

namespace Weipian.Tests.Web.Training;

/// <summary>How the choices of a division look on the ground.</summary>
[Requirement("R02")]
public sealed class CutShapesTests
{
    private static readonly GeometryFactory Degrees = new(new PrecisionModel(), 4490);

    /// <summary>A degree of longitude is shorter than one of latitude: what is wider in degrees may be higher in metres.</summary>
    [Theory]
    [InlineData(0.010, 0.005, true)]
    [InlineData(0.005, 0.010, false)]
    [InlineData(0.011, 0.010, false)]
    public void Thirds_lie_across_the_side_that_is_longer_in_metres(double width, double height, bool isWide)
    {
        var patch = Box(117.8, 36.8, width, height);
        var parts = CutShapes.Of(TrainingDesk.Cut.Thirds, patch, [patch]);
        Assert.Equal(3, parts.Count);
        Assert.All(parts, p => Assert.Equal(patch.Area / 3, p.Area, patch.Area * 1e-6));
        Assert.All(
            parts,
            p =>
            {
                Assert.Equal(isWide ? width / 3 : width, p.EnvelopeInternal.Width, 1e-9);
                Assert.Equal(isWide ? height : height / 3, p.EnvelopeInternal.Height, 1e-9);
            }
        );
        Assert.Equal(patch.Area, Degrees.BuildGeometry(parts).Union().Area, patch.Area * 1e-6);
    }

    /// <summary>Of a crooked patch the thirds stay within it, and a band that holds nothing of it is none.</summary>
    [Fact]
    public void Thirds_stay_within_the_patch()
    {
        var patch = Box(117.8, 36.8, 0.03, 0.01).Difference(Box(117.81, 36.8, 0.01, 0.01));
        var parts = CutShapes.Of(TrainingDesk.Cut.Thirds, patch, [patch]);
        Assert.Equal(patch.Area, parts.Sum(p => p.Area), patch.Area * 1e-6);
        Assert.All(parts, p => Assert.True(p.Difference(patch).Area < patch.Area * 1e-9));
    }

    [Fact]
    public void Joined_is_the_truth_with_its_first_two_parts_in_one()
    {
        Geometry[] parcels = [Box(117.8, 36.8, 0.01, 0.01), Box(117.81, 36.8, 0.01, 0.01), Box(117.82, 36.8, 0.01, 0.01)];
        var patch = Box(117.8, 36.8, 0.03, 0.01);
        var parts = CutShapes.Of(TrainingDesk.Cut.Joined, patch, parcels);
        Assert.Equal(2, parts.Count);
        Assert.Equal(parcels[0].Area + parcels[1].Area, parts[0].Area, patch.Area * 1e-6);
        Assert.Same(parcels[2], parts[1]);
    }

    [Theory]
    [InlineData(1, "whole north-south east-west thirds")]
    [InlineData(2, "parts whole north-south east-west thirds")]
    [InlineData(3, "parts joined whole north-south east-west thirds")]
    public void Only_what_differs_from_the_truth_is_offered_beside_it(int parts, string offered) =>
        Assert.Equal(offered.Split(' '), TrainingDesk.Cut.OfferedFor(parts));

    private static Polygon Box(double west, double south, double width, double height) =>
        (Polygon)Degrees.ToGeometry(new Envelope(west, west + width, south, south + height));
}
