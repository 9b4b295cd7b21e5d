using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>What is drawn on the map is measured by the product's own statutory formula.</summary>
public sealed class GroundMeasureTests
{
    [Fact]
    public void An_outline_that_crosses_itself_has_no_area()
    {
        double[] bow = [117.85, 36.8, 117.86, 36.81, 117.86, 36.8, 117.85, 36.81];
        Assert.Equal("map.ring-crosses-itself", Assert.Throws<Problem>(() => GroundMeasure.AreaSquareMetres(bow)).Code);
        double[] flat = [117.85, 36.8, 117.86, 36.8, 117.85, 36.8];
        Assert.Equal("map.ring-crosses-itself", Assert.Throws<Problem>(() => GroundMeasure.AreaSquareMetres(flat)).Code);
    }

    [Fact]
    public void More_corners_than_anybody_draws_are_refused()
    {
        var many = new double[2 * (GroundMeasure.CornersMax + 1)];
        Assert.Equal("map.too-many-corners", Assert.Throws<Problem>(() => GroundMeasure.LengthMetres(many, closed: false)).Code);
    }

    [Fact]
    public void The_area_is_the_statutory_one_whichever_way_it_was_drawn()
    {
        double[] ring = [117.85, 36.8, 117.86, 36.8, 117.86, 36.81, 117.85, 36.81];
        double[] back = [117.85, 36.81, 117.86, 36.81, 117.86, 36.8, 117.85, 36.8];
        Assert.Equal(StatutoryPlane.SignedArea(ring), GroundMeasure.AreaSquareMetres(ring));
        Assert.Equal(GroundMeasure.AreaSquareMetres(ring), GroundMeasure.AreaSquareMetres(back), 1e-6);
    }

    /// <summary>A degree of the meridian at 36.8° is 110,969.7 m on this ellipsoid (M = a(1 − e²)/(1 − e² sin²B)^1.5, by hand).</summary>
    [Fact]
    public void A_length_is_that_on_the_ellipsoid()
    {
        double[] north = [117.85, 36.795, 117.85, 36.805];
        Assert.Equal(1109.697, GroundMeasure.LengthMetres(north, closed: false), 0.05);
        Assert.Equal(2 * 1109.697, GroundMeasure.LengthMetres(north, closed: true), 0.1);
    }
}
