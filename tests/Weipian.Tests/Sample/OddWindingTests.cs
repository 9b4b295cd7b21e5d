using Weipian.Sample.Land;

namespace Weipian.Tests.Sample;

/// <summary>The sample's own reckoning of what a boundary encloses, on figures that can be done by hand.</summary>
public sealed class OddWindingTests
{
    [Theory]
    [InlineData("a square", 100, "0 0 10 0 10 10 0 10 0 0")]
    [InlineData("a square the other way round, far from the origin", 100, "5000 4000 5000 4010 5010 4010 5010 4000 5000 4000")]
    [InlineData("a bow-tie: both lobes count", 50, "0 0 10 10 10 0 0 10 0 0")]
    [InlineData("a loop inside the square, walked twice: it is outside", 96, "0 0 10 0 10 10 0 10 0 6 4 6 4 4 2 4 2 6 0 6 0 0")]
    [InlineData("the same vertex twice", 100, "0 0 10 0 10 0 10 10 0 10 0 0")]
    public void What_is_enclosed_an_odd_number_of_times_counts(string what, double area, string ring)
    {
        var found = OddWinding.Area([.. ring.Split(' ').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))]);
        Assert.True(Math.Abs(found - area) < 1e-9, $"{what}: {found}");
    }

    /// <summary>Patch 37030620192T00087 of the district, as issued: three lobes. Reckoned apart from this project in EPSG:6933 by the
    /// linework rule, it holds 5121.2517 m².</summary>
    [Fact]
    public void A_loop_of_decimetres_across_a_long_edge_is_no_small_thing()
    {
        double[] degrees =
        [
            117.868012113,
            36.791452778,
            117.867982548,
            36.791746929,
            117.867908362,
            36.792033472,
            117.868439671,
            36.792099988,
            117.868440975,
            36.792092857,
            117.868262351,
            36.792079005,
            117.868794965,
            36.792138388,
            117.868843396,
            36.791846418,
            117.868897971,
            36.791561824,
            117.868012113,
            36.791452778,
        ];
        // Cylinder of equal area, standard parallels at 30°: easting by longitude, northing by the area between the equator and here.
        var metres = degrees.Select((d, i) => i % 2 == 0 ? East(d) : North(d)).ToArray();
        Assert.Equal(5121.2517, OddWinding.Area(metres), 0.01);
    }

    private const double Axis = 6378137;
    private const double Flattening = 1 / 298.257222101;
    private const double Square = Flattening * (2 - Flattening);

    private static double Scale => Math.Cos(Math.PI / 6) / Math.Sqrt(1 - Square * 0.25);

    private static double East(double longitude) => Axis * Scale * longitude * Math.PI / 180;

    private static double North(double latitude)
    {
        var (e, sine) = (Math.Sqrt(Square), Math.Sin(latitude * Math.PI / 180));
        var q = (1 - Square) * (sine / (1 - Square * sine * sine) - Math.Log((1 - e * sine) / (1 + e * sine)) / (2 * e));
        return Axis * q / (2 * Scale);
    }
}
