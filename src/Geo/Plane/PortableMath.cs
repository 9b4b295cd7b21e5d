using System.Runtime.Intrinsics;

namespace Weipian.Geo;

/// <summary>Elementary functions that give the same bits on every machine.</summary>
/// <remarks>
/// <see cref="Math"/> asks the C library of the machine for sine, arc tangent, exponential and logarithm, and libraries differ in the
/// last bit. A sealed area must replay anywhere, so every function between a coordinate in a file and an area is built here from
/// + − × ÷ √ alone, which IEEE 754 fixes to the bit (and which the run-time never fuses by itself). Errors stay within about two units in
/// the last
/// place; a test compares them with <see cref="Math"/>.
/// </remarks>
internal static class PortableMath
{
    private const double RadiansPerDegree = Math.PI / 180;

    /// <summary>15° = π/12 in two parts; the first has 32 significant bits, so that a small multiple of it is exact.</summary>
    private const double TwelfthOfPiHigh = 0.26179938775021583;
    private const double TwelfthOfPiLow = 4.893360811982193e-11;

    /// <summary>ln 2 in two parts; the first has 32 significant bits.</summary>
    private const double LogTwoHigh = 0.6931471803691238;
    private const double LogTwoLow = 1.9082149292705877e-10;

    /// <summary>sin 0°, 15°, … 90°; the cosines are the same numbers backwards.</summary>
    private static ReadOnlySpan<double> SineOfFifteens =>
        [0, 0.25881904510252074, 0.5, 0.7071067811865476, 0.8660254037844386, 0.9659258262890683, 1];

    /// <summary>tan 0°, 15°, 30°, 45°.</summary>
    private static ReadOnlySpan<double> TangentOfFifteens => [0, 0.2679491924311227, 0.5773502691896257, 1];

    /// <summary>Sine and cosine of an angle in degrees; at most a few turns.</summary>
    public static (double Sine, double Cosine) SineCosineOfDegrees(double degrees)
    {
        var fifteens = Math.Round(degrees / 15);
        return OfSum((int)fifteens, (degrees - 15 * fifteens) * RadiansPerDegree);
    }

    /// <summary>The sines of angles in degrees, to the bit those of <see cref="SineCosineOfDegrees"/>: four at once where they lie near the
    /// same multiple of 15°, as those of one ring nearly always do.</summary>
    public static void SinesOfDegrees(ReadOnlySpan<double> degrees, Span<double> sines)
    {
        sines = sines[..degrees.Length];
        var i = 0;
        for (; i + Vector256<double>.Count <= degrees.Length; i += Vector256<double>.Count)
        {
            var angles = Vector256.Create(degrees[i..]);
            var fifteens = Vector256.Round(angles / 15);
            if (!Vector256.EqualsAll(fifteens, Vector256.Create(fifteens[0])))
                for (var k = i; k < i + Vector256<double>.Count; k++)
                    sines[k] = SineCosineOfDegrees(degrees[k]).Sine;
            else
                SinesOfSum((int)fifteens[0], (angles - 15 * fifteens) * RadiansPerDegree).CopyTo(sines[i..]);
        }
        for (; i < degrees.Length; i++)
            sines[i] = SineCosineOfDegrees(degrees[i]).Sine;
    }

    /// <summary>As <see cref="OfSum"/>, operation by operation.</summary>
    private static Vector256<double> SinesOfSum(int fifteens, Vector256<double> rest)
    {
        static Vector256<double> Of(double value) => Vector256.Create(value);
        var z = rest * rest;
        var sine =
            rest + rest * z * (Of(-1.0 / 6) + z * (Of(1.0 / 120) + z * (Of(-1.0 / 5040) + z * (Of(1.0 / 362880) - z * (1.0 / 39916800)))));
        var versine =
            z
            * (
                Of(0.5)
                + z * (Of(-1.0 / 24) + z * (Of(1.0 / 720) + z * (Of(-1.0 / 40320) + z * (Of(1.0 / 3628800) - z * (1.0 / 479001600)))))
            );
        var (s, c) = OfFifteens(fifteens);
        return Of(s) + (Of(c) * sine - Of(s) * versine);
    }

    /// <summary>Sine and cosine of an angle in radians; at most a few turns.</summary>
    public static (double Sine, double Cosine) SineCosine(double radians)
    {
        var fifteens = Math.Round(radians / (Math.PI / 12));
        return OfSum((int)fifteens, radians - fifteens * TwelfthOfPiHigh - fifteens * TwelfthOfPiLow);
    }

    /// <summary>Sine and cosine of 15°·<paramref name="fifteens"/> + <paramref name="rest"/>, the rest at most 7.5° in radians.</summary>
    private static (double Sine, double Cosine) OfSum(int fifteens, double rest)
    {
        var z = rest * rest;
        var sine = rest + rest * z * (-1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z * (1.0 / 362880 - z * (1.0 / 39916800)))));
        var versine = z * (0.5 + z * (-1.0 / 24 + z * (1.0 / 720 + z * (-1.0 / 40320 + z * (1.0 / 3628800 - z * (1.0 / 479001600))))));
        var (s, c) = OfFifteens(fifteens);
        return (s + (c * sine - s * versine), c - (s * sine + c * versine));
    }

    private static (double Sine, double Cosine) OfFifteens(int fifteens)
    {
        var turn = ((fifteens % 24) + 24) % 24;
        return ((turn / 6), turn % 6) switch
        {
            (0, var i) => (SineOfFifteens[i], SineOfFifteens[6 - i]),
            (1, var i) => (SineOfFifteens[6 - i], -SineOfFifteens[i]),
            (2, var i) => (-SineOfFifteens[i], -SineOfFifteens[6 - i]),
            (_, var i) => (-SineOfFifteens[6 - i], SineOfFifteens[i]),
        };
    }

    /// <summary>Arc tangent of y/x in radians, in (−π, π].</summary>
    public static double ArcTangent(double y, double x)
    {
        if (x == 0 && y == 0)
            return 0;
        var (low, high) = (Math.Min(Math.Abs(x), Math.Abs(y)), Math.Max(Math.Abs(x), Math.Abs(y)));
        var angle = ArcTangentOfFraction(low / high);
        if (Math.Abs(y) > Math.Abs(x))
            angle = Math.PI / 2 - angle;
        if (x < 0)
            angle = Math.PI - angle;
        return y < 0 ? -angle : angle;
    }

    /// <summary>Arc tangent of a number in [0, 1].</summary>
    private static double ArcTangentOfFraction(double value)
    {
        // 0.1317 = tan 7.5°, 0.4142 = tan 22.5°, 0.7673 = tan 37.5°: the nearest multiple of 15°.
        var fifteens = value switch
        {
            < 0.1316525 => 0,
            < 0.4142136 => 1,
            < 0.7673270 => 2,
            _ => 3,
        };
        var tangent = TangentOfFifteens[fifteens];
        var t = (value - tangent) / (1 + value * tangent);
        var z = t * t;
        var series = 0.0;
        for (var odd = 21; odd >= 3; odd -= 2)
            series = z * (1.0 / odd - series);
        return fifteens * (Math.PI / 12) + (t - t * series);
    }

    /// <summary>e to the power x, for |x| below 700.</summary>
    public static double Exponential(double x)
    {
        var twos = Math.Round(x / LogTwoHigh);
        var r = x - twos * LogTwoHigh - twos * LogTwoLow;
        var sum = 1.0;
        for (var i = 14; i >= 1; i--)
            sum = 1 + sum * r / i;
        return Math.ScaleB(sum, (int)twos);
    }

    /// <summary>Natural logarithm of 1 + x, for x above −1.</summary>
    public static double LogarithmOfOnePlus(double x)
    {
        if (Math.Abs(x) < 0.4)
            return TwiceArcTangentH(x / (2 + x));
        var value = 1 + x;
        var twos = Math.ILogB(value * 1.4142135623730951); // the mantissa lies between √½ and √2
        var mantissa = Math.ScaleB(value, -twos);
        return twos * LogTwoLow + TwiceArcTangentH((mantissa - 1) / (mantissa + 1)) + twos * LogTwoHigh;
    }

    /// <summary>2·artanh(s) for |s| below 0.21.</summary>
    private static double TwiceArcTangentH(double s)
    {
        var z = s * s;
        var series = 0.0;
        for (var odd = 25; odd >= 3; odd -= 2)
            series = z * (1.0 / odd + series);
        return 2 * (s + s * series);
    }

    public static double HyperbolicSine(double x)
    {
        if (Math.Abs(x) > 0.5)
            return (Exponential(x) - Exponential(-x)) / 2;
        var z = x * x;
        var sum = 0.0;
        for (var i = 15; i >= 3; i -= 2)
            sum = z * (1 + sum) / ((i - 1) * i);
        return x + x * sum;
    }

    /// <summary>Inverse of <see cref="HyperbolicSine"/>.</summary>
    public static double HyperbolicAreaSine(double x)
    {
        var size = Math.Abs(x);
        var value = LogarithmOfOnePlus(size + size * size / (1 + Math.Sqrt(1 + size * size)));
        return x < 0 ? -value : value;
    }

    /// <summary>Inverse hyperbolic tangent, for |x| below 1.</summary>
    public static double HyperbolicAreaTangent(double x)
    {
        var size = Math.Abs(x);
        var value = LogarithmOfOnePlus(2 * size / (1 - size)) / 2;
        return x < 0 ? -value : value;
    }
}
