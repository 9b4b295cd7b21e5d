namespace Weipian.Geo;

/// <summary>The Gauss–Krüger (transverse Mercator) projection of an ellipsoid with scale 1 on the central meridian.</summary>
/// <remarks>
/// Krüger's series to the sixth order in the third flattening n, in the form of Karney, "Transverse Mercator with an accuracy of a few
/// nanometers", J. Geodesy 85 (2011), equations 7–11, 19–21, 35, 36. Within 3.5° of the meridian the truncation is far below a nanometre.
/// </remarks>
internal sealed class GaussKruger
{
    private readonly double complement;
    private readonly double eccentricity;

    /// <summary>A of the series: the meridian arc of a quarter turn divided by π/2, metres.</summary>
    private readonly double rectifyingRadius;

    private readonly double[] forward;
    private readonly double[] backward;

    public GaussKruger(Ellipsoid ellipsoid)
    {
        var third = 1 / (2 * ellipsoid.InverseFlattening - 1);
        complement = 1 - ellipsoid.EccentricitySquared;
        eccentricity = Math.Sqrt(ellipsoid.EccentricitySquared);
        rectifyingRadius = ellipsoid.SemiMajorAxisMetres / (1 + third) * Polynomial(Squared(third), 1, 1.0 / 4, 1.0 / 64, 1.0 / 256);
        (forward, backward) = (Series(third, ForwardFactors), Series(third, BackwardFactors));
    }

    public static GaussKruger Cgcs2000 { get; } = new(Ellipsoid.Cgcs2000);

    public static GaussKruger Krassowsky { get; } = new(Ellipsoid.Krassowsky);

    public static GaussKruger Iag1975 { get; } = new(Ellipsoid.Iag1975);

    public static GaussKruger Of(Datum datum) =>
        datum switch
        {
            Datum.Beijing1954 or Datum.NewBeijing => Krassowsky,
            Datum.Xian1980 => Iag1975,
            _ => Cgcs2000,
        };

    private static double[][] ForwardFactors =>
        [
            [1.0 / 2, -2.0 / 3, 5.0 / 16, 41.0 / 180, -127.0 / 288, 7891.0 / 37800],
            [13.0 / 48, -3.0 / 5, 557.0 / 1440, 281.0 / 630, -1983433.0 / 1935360],
            [61.0 / 240, -103.0 / 140, 15061.0 / 26880, 167603.0 / 181440],
            [49561.0 / 161280, -179.0 / 168, 6601661.0 / 7257600],
            [34729.0 / 80640, -3418889.0 / 1995840],
            [212378941.0 / 319334400],
        ];

    private static double[][] BackwardFactors =>
        [
            [1.0 / 2, -2.0 / 3, 37.0 / 96, -1.0 / 360, -81.0 / 512, 96199.0 / 604800],
            [1.0 / 48, 1.0 / 15, -437.0 / 1440, 46.0 / 105, -1118711.0 / 3870720],
            [17.0 / 480, -37.0 / 840, -209.0 / 4480, 5569.0 / 90720],
            [4397.0 / 161280, -11.0 / 504, -830251.0 / 7257600],
            [4583.0 / 161280, -108847.0 / 3991680],
            [20648693.0 / 638668800],
        ];

    /// <summary>Degrees from the central meridian and latitude to metres east of the meridian and north of the equator.</summary>
    public (double East, double North) FromGeographic(double degreesFromMeridian, double latitude)
    {
        var (sinLatitude, cosLatitude) = PortableMath.SineCosineOfDegrees(latitude);
        var (sinLongitude, cosLongitude) = PortableMath.SineCosineOfDegrees(degreesFromMeridian);
        var conformal = ConformalTangent(sinLatitude / cosLatitude);
        var xi = PortableMath.ArcTangent(conformal, cosLongitude);
        var eta = PortableMath.HyperbolicAreaSine(sinLongitude / Math.Sqrt(conformal * conformal + cosLongitude * cosLongitude));
        var (dXi, dEta) = Sum(forward, xi, eta);
        return (rectifyingRadius * (eta + dEta), rectifyingRadius * (xi + dXi));
    }

    /// <summary>Inverse of <see cref="FromGeographic"/>; not-a-number when the point lies beyond what the series can reach.</summary>
    public (double DegreesFromMeridian, double Latitude) ToGeographic(double east, double north)
    {
        var xi = north / rectifyingRadius;
        var eta = east / rectifyingRadius;
        if (!(Math.Abs(eta) < 1.5 && Math.Abs(xi) <= 1.6))
            return (double.NaN, double.NaN);
        var (dXi, dEta) = Sum(backward, xi, eta);
        var (sin, cos) = PortableMath.SineCosine(xi - dXi);
        var sinh = PortableMath.HyperbolicSine(eta - dEta);
        var tangent = TangentFromConformal(sin / Math.Sqrt(sinh * sinh + cos * cos));
        const double degrees = 180 / Math.PI;
        return (PortableMath.ArcTangent(sinh, cos) * degrees, PortableMath.ArcTangent(tangent, 1) * degrees);
    }

    /// <summary>Tangent of the conformal latitude from the tangent of the latitude (Karney's equations 7–9).</summary>
    private double ConformalTangent(double tangent)
    {
        var secant = Math.Sqrt(1 + tangent * tangent);
        var sigma = PortableMath.HyperbolicSine(eccentricity * PortableMath.HyperbolicAreaTangent(eccentricity * tangent / secant));
        return tangent * Math.Sqrt(1 + sigma * sigma) - sigma * secant;
    }

    /// <summary>Inverse of <see cref="ConformalTangent"/> by Newton's method (Karney's equations 19–21).</summary>
    private double TangentFromConformal(double conformal)
    {
        var tangent = conformal / complement;
        for (var step = 0; step < 6; step++)
        {
            var guess = ConformalTangent(tangent);
            var change =
                (conformal - guess)
                / Math.Sqrt(1 + guess * guess)
                * (1 + complement * tangent * tangent)
                / (complement * Math.Sqrt(1 + tangent * tangent));
            tangent += change;
            if (Math.Abs(change) <= 1e-16 * (1 + Math.Abs(tangent)))
                break;
        }
        return tangent;
    }

    /// <summary>Σ cⱼ·sin(2j·ζ) of the complex ζ = ξ + iη by Clenshaw's sum.</summary>
    private static (double Real, double Imaginary) Sum(double[] series, double xi, double eta)
    {
        var (sin, cos) = PortableMath.SineCosine(2 * xi);
        var sinh = PortableMath.HyperbolicSine(2 * eta);
        var cosh = Math.Sqrt(1 + sinh * sinh);
        var (ar, ai) = (2 * cos * cosh, -2 * sin * sinh); // 2·cos 2ζ
        double br = 0,
            bi = 0,
            cr = 0,
            ci = 0;
        for (var j = series.Length - 1; j >= 0; j--)
        {
            var (nr, ni) = (ar * br - ai * bi - cr + series[j], ar * bi + ai * br - ci);
            (cr, ci, br, bi) = (br, bi, nr, ni);
        }
        var (sr, si) = (sin * cosh, cos * sinh); // sin 2ζ
        return (br * sr - bi * si, br * si + bi * sr);
    }

    /// <summary>The j-th row holds the factors of nʲ, nʲ⁺¹, … of the j-th coefficient.</summary>
    private static double[] Series(double thirdFlattening, double[][] rows)
    {
        var series = new double[rows.Length];
        var power = 1.0;
        for (var j = 0; j < rows.Length; j++)
        {
            power *= thirdFlattening;
            series[j] = power * Polynomial(thirdFlattening, rows[j]);
        }
        return series;
    }

    private static double Polynomial(double x, params ReadOnlySpan<double> factors)
    {
        var sum = 0.0;
        for (var i = factors.Length - 1; i >= 0; i--)
            sum = sum * x + factors[i];
        return sum;
    }

    private static double Squared(double x) => x * x;
}
