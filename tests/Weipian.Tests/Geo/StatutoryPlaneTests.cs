using CsCheck;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>The statutory plane against the formula it stands for.</summary>
public sealed class StatutoryPlaneTests
{
    private static readonly double[] Rectangle = [117.86, 36.80, 117.8611, 36.80, 117.8611, 36.8009, 117.86, 36.8009];
    private static readonly double[] Triangle = [117.86, 36.80, 117.8620, 36.8003, 117.8607, 36.8015];
    private static readonly double[] Cell = [117, 36, 118, 36, 118, 37, 117, 37];

    [Fact]
    public void Golden_areas_come_out_to_the_last_printed_digit()
    {
        Assert.Equal(9804.6891, Math.Round(StatutoryPlane.SignedArea(Rectangle), 4));
        Assert.Equal(13815.6371, Math.Round(StatutoryPlane.SignedArea(Triangle), 4));
        Assert.Equal(9_941_644_196.749, Math.Round(StatutoryPlane.SignedArea(Cell), 3));
    }

    [Fact]
    public void The_coefficients_follow_from_the_flattening()
    {
        var f = 1 / StatutoryPlane.InverseFlattening;
        var e2 = f * (2 - f);
        Assert.Equal(StatutoryPlane.EccentricitySquared, e2, 1e-17);
        Assert.Equal(StatutoryPlane.SemiMinorAxisMetres, StatutoryPlane.SemiMajorAxisMetres * (1 - f), 1e-8);
        var (e4, e6, e8) = (e2 * e2, e2 * e2 * e2, e2 * e2 * e2 * e2);
        double[] expected =
        [
            1 + 3.0 / 6 * e2 + 30.0 / 80 * e4 + 35.0 / 112 * e6 + 630.0 / 2304 * e8,
            1.0 / 6 * e2 + 15.0 / 80 * e4 + 21.0 / 112 * e6 + 420.0 / 2304 * e8,
            3.0 / 80 * e4 + 7.0 / 112 * e6 + 180.0 / 2304 * e8,
            1.0 / 112 * e6 + 45.0 / 2304 * e8,
            5.0 / 2304 * e8,
        ];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], StatutoryPlane.Coefficients[i], expected[i] * 1e-15);
    }

    [Fact]
    public void The_shoelace_in_the_plane_is_the_trapezoid_formula_for_any_reference_meridian() =>
        Gen.Select(Gen.Double[74, 134], Gen.Double[4, 53], Gen.Double[0.0005, 0.05], Gen.Int[3, 40], Gen.Double[0, 180])
            .Sample(
                (longitude, latitude, size, count, meridian) =>
                {
                    var ring = Star(longitude, latitude, size, count);
                    var area = StatutoryPlane.SignedArea(ring);
                    Assert.Equal(Trapezoids(ring, meridian), area, 1e-4 + 2e-9 * area);
                },
                threads: 1
            );

    [Fact]
    public void The_plane_is_equal_area_to_the_closed_form_of_the_ellipsoid()
    {
        // Columns: latitude, northing of the equal-area cylinder on GRS80 (public projection expectations): area below = a · northing.
        foreach (var (latitude, northing) in new[] { (1.0, 110568.812396267), (-1.0, -110568.812396266), (50.0, 4865983.5552) })
        {
            var (_, y) = StatutoryPlane.FromGeographic(0, latitude);
            Assert.Equal(northing * StatutoryPlane.SemiMajorAxisMetres, y * StatutoryPlane.ScaleMetres, Math.Abs(northing) * 800);
        }
    }

    [Fact]
    public void The_way_back_returns_the_same_degrees() =>
        Gen.Select(Gen.Double[-180, 180], Gen.Double[-80, 80])
            .Sample(
                (longitude, latitude) =>
                {
                    var (x, y) = StatutoryPlane.FromGeographic(longitude, latitude);
                    var back = StatutoryPlane.ToGeographic(x, y);
                    Assert.Equal(longitude, back.Longitude, 1e-13);
                    Assert.Equal(latitude, back.Latitude, 1e-13);
                },
                threads: 1
            );

    [Fact]
    public void The_poles_map_and_return()
    {
        var (x, y) = StatutoryPlane.FromGeographic(110, 90);
        Assert.Equal(90, StatutoryPlane.ToGeographic(x, y).Latitude, 1e-5);
    }

    [Fact]
    public void A_ring_turned_round_has_the_opposite_sign_and_closing_it_changes_nothing()
    {
        double[] closed = [.. Triangle, Triangle[0], Triangle[1]];
        double[] turned = [Triangle[4], Triangle[5], Triangle[2], Triangle[3], Triangle[0], Triangle[1]];
        Assert.Equal(StatutoryPlane.SignedArea(Triangle), StatutoryPlane.SignedArea(closed));
        Assert.Equal(-StatutoryPlane.SignedArea(Triangle), StatutoryPlane.SignedArea(turned), 1e-8);
    }

    [Fact]
    public void The_identity_names_every_constant()
    {
        foreach (var value in StatutoryPlane.Coefficients)
            Assert.Contains(
                StatutoryPlane.Identity.Split(' '),
                part =>
                    part.Contains('=')
                    && part[0] != '1'
                    && double.Parse(part.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture) == value
            );
        Assert.Contains("a=6378137 ", StatutoryPlane.Identity);
        Assert.Contains("1/f=298.257222101 ", StatutoryPlane.Identity);
        Assert.Contains("b=6356752.314140356 ", StatutoryPlane.Identity);
        Assert.Contains("L0=110 k=5200000 ", StatutoryPlane.Identity);
    }

    /// <summary>The statutory formula edge by edge, as the regulation writes it.</summary>
    private static double Trapezoids(double[] ring, double referenceMeridian)
    {
        const double radian = Math.PI / 180;
        var b2 = StatutoryPlane.SemiMinorAxisMetres * StatutoryPlane.SemiMinorAxisMetres;
        var sum = 0.0;
        for (var i = 0; i < ring.Length; i += 2)
        {
            var j = (i + 2) % ring.Length;
            var mean = ((ring[i] + ring[j]) / 2 - referenceMeridian) * radian;
            var (half, middle) = ((ring[j + 1] - ring[i + 1]) / 2 * radian, (ring[i + 1] + ring[j + 1]) / 2 * radian);
            var strip = 0.0;
            for (var term = 0; term < 5; term++)
            {
                var n = 2 * term + 1;
                strip += (term % 2 == 0 ? 1 : -1) * StatutoryPlane.Coefficients[term] * Math.Sin(n * half) * Math.Cos(n * middle);
            }
            sum += 2 * b2 * mean * strip;
        }
        return sum;
    }

    internal static double[] Star(double longitude, double latitude, double size, int count)
    {
        var ring = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            var (radius, angle) = (size * (i % 2 == 0 ? 1 : 0.6), 2 * Math.PI * i / count);
            ring[2 * i] = longitude + radius * Math.Cos(angle);
            ring[2 * i + 1] = latitude + radius * Math.Sin(angle);
        }
        return ring;
    }
}
