using CsCheck;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Our own elementary functions against those of the machine: near enough that only the last bits may differ.</summary>
public sealed class PortableMathTests
{
    private static readonly Gen<double> Angle = Gen.Double[-360, 360];

    [Fact]
    public void Sine_and_cosine_of_degrees_agree_with_the_machine() =>
        Angle.Sample(
            degrees =>
            {
                // A large angle loses bits on its way to radians; what is left of it beside the nearest right angle does not.
                var rest = Math.IEEERemainder(degrees, 90);
                var (s, c) = (Math.Sin(rest * Math.PI / 180), Math.Cos(rest * Math.PI / 180));
                var quarters = ((int)Math.Round((degrees - rest) / 90) + 8) % 4;
                (double Sine, double Cosine) expected = quarters switch
                {
                    0 => (s, c),
                    1 => (c, -s),
                    2 => (-s, -c),
                    _ => (-c, s),
                };
                var (sine, cosine) = PortableMath.SineCosineOfDegrees(degrees);
                Assert.Equal(expected.Sine, sine, 6e-16);
                Assert.Equal(expected.Cosine, cosine, 6e-16);
            },
            threads: 1
        );

    [Fact]
    public void Many_at_once_are_the_same_to_the_bit() =>
        Gen.Select(Gen.OneOf(Angle, Gen.Double[36, 38], Gen.Double[37.4999, 37.5001]).Array[0, 40], Gen.Double[-180, 180])
            .Sample(
                given =>
                {
                    var (latitudes, sines) = (given.Item1, new double[given.Item1.Length]);
                    PortableMath.SinesOfDegrees(latitudes, sines);
                    Assert.Equal(latitudes.Select(angle => Bits(PortableMath.SineCosineOfDegrees(angle).Sine)), sines.Select(Bits));
                    var longitudes = latitudes.Select(angle => given.Item2 + angle).ToArray();
                    var (x, y) = (new double[latitudes.Length], new double[latitudes.Length]);
                    StatutoryPlane.ManyFromGeographic(longitudes, latitudes, x, y);
                    for (var i = 0; i < x.Length; i++)
                    {
                        var (eachX, eachY) = StatutoryPlane.FromGeographic(longitudes[i], latitudes[i]);
                        Assert.Equal((Bits(eachX), Bits(eachY)), (Bits(x[i]), Bits(y[i])));
                    }
                },
                threads: 1
            );

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(30, 0.5, 0.8660254037844386)]
    [InlineData(45, 0.7071067811865476, 0.7071067811865476)]
    [InlineData(90, 1, 0)]
    [InlineData(180, 0, -1)]
    [InlineData(-90, -1, 0)]
    public void Multiples_of_fifteen_degrees_are_exact(double degrees, double sine, double cosine) =>
        Assert.Equal((sine, cosine), PortableMath.SineCosineOfDegrees(degrees));

    [Fact]
    public void The_other_functions_agree_with_the_machine_to_four_units_in_the_last_place()
    {
        Gen.Double[-6, 6].Sample(x => Near(Math.Sin(x), PortableMath.SineCosine(x).Sine, 1), threads: 1);
        Gen.Double[-6, 6].Sample(x => Near(Math.Cos(x), PortableMath.SineCosine(x).Cosine, 1), threads: 1);
        Gen.Double[-50, 50].Sample(x => Near(Math.Exp(x), PortableMath.Exponential(x)), threads: 1);
        // 1 + x rounds, and near zero that is all that is left of x; of the rounded sum, the logarithm is known to the last bit.
        Gen.Double[-0.999, 1e6]
            .Select(x => 1 + x)
            .Sample(sum => Near(Math.Log(sum), PortableMath.LogarithmOfOnePlus(sum - 1)), threads: 1);
        Gen.Double[-5, 5].Sample(x => Near(Math.Sinh(x), PortableMath.HyperbolicSine(x)), threads: 1);
        Gen.Double[-50, 50].Sample(x => Near(Math.Asinh(x), PortableMath.HyperbolicAreaSine(x), 1e-3), threads: 1);
        Gen.Double[-0.9, 0.9].Sample(x => Near(Math.Atanh(x), PortableMath.HyperbolicAreaTangent(x), 1e-3), threads: 1);
        Gen.Select(Gen.Double[-9, 9], Gen.Double[-9, 9])
            .Sample(p => Near(Math.Atan2(p.Item1, p.Item2), PortableMath.ArcTangent(p.Item1, p.Item2), 1e-3), threads: 1);
    }

    /// <summary>The digest stands for the bits of 17,500 results; it is the same on every machine or replay breaks.</summary>
    [Fact]
    public void The_bits_of_the_plane_and_of_the_projection_are_those_recorded()
    {
        var digest = 14695981039346656037UL;
        void Add(double value) => digest = (digest ^ BitConverter.DoubleToUInt64Bits(value)) * 1099511628211UL;
        var zone = CoordinateSystem.FromEpsg(4527);
        for (var i = 0; i < 2500; i++)
        {
            var (longitude, latitude) = (114 + i % 50 * 0.12 + i * 1e-7, 20 + i / 50 * 0.5 + i * 1e-7);
            var (x, y) = StatutoryPlane.FromGeographic(longitude, latitude);
            var (_, back) = StatutoryPlane.ToGeographic(x, y);
            var (east, north) = zone.FromGeographic(longitude, latitude);
            var (lon, lat) = zone.ToGeographic(east, north);
            foreach (var value in new[] { x, y, back, east, north, lon, lat })
                Add(value);
        }
        Assert.Equal(10046193558884724278UL, digest);
    }

    private static void Near(double expected, double actual, double floor = 0) =>
        Assert.True(Math.Abs(expected - actual) <= 9e-16 * Math.Max(Math.Abs(expected), floor), $"{actual:R} is not near {expected:R}");
}
