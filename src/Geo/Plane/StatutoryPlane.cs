using System.Runtime.Intrinsics;

namespace Weipian.Geo;

/// <summary>The plane in which planar area is statutory area (椭球面积), and the way to it and back.</summary>
/// <remarks>
/// <para>
/// Survey statistics (TD/T 1055 and the rules of the land survey) sum, over the edges of a ring, the ellipsoidal trapezoid between the
/// edge and a reference meridian. An edge enters with its mean longitude, and each sine-cosine product of the formula telescopes:
/// 2·sin(nΔB/2)·cos(nBₘ) = sin nB₂ − sin nB₁. The sum is therefore the shoelace formula in
/// (x, y) = (k·(L − L₀), F(B)/k) with F(B) = b²·(A·sin B − B′·sin 3B + C·sin 5B − D·sin 7B + E·sin 9B).
/// </para>
/// <para>
/// Units: longitude and latitude in degrees of CGCS2000, x and y in metres. Areas depend neither on L₀ nor on k. L₀ lies in the middle
/// of China, so that coordinates are small; k is near the radius of the parallel of 35.6°, so that lengths are near metres there.
/// Every constant is part of what a result rests on; <see cref="Identity"/> names them all and is recorded with sealed results.
/// </para>
/// </remarks>
public static class StatutoryPlane
{
    /// <summary>Half the major axis of the CGCS2000 ellipsoid, metres.</summary>
    public const double SemiMajorAxisMetres = 6378137;

    /// <summary>1/f of the CGCS2000 ellipsoid.</summary>
    public const double InverseFlattening = 298.257222101;

    /// <summary>Half the minor axis b of the CGCS2000 ellipsoid, metres.</summary>
    public const double SemiMinorAxisMetres = 6356752.314140356;

    /// <summary>e², the first eccentricity squared.</summary>
    public const double EccentricitySquared = 0.00669438002290078763;

    /// <summary>L₀: the longitude where x = 0, degrees.</summary>
    public const double CentralLongitudeDegrees = 110;

    /// <summary>k: metres of x per radian of longitude.</summary>
    public const double ScaleMetres = 5_200_000;

    /// <summary>A, B′, C, D, E of the statutory formula: the factors of sin B, −sin 3B, sin 5B, −sin 7B, sin 9B.</summary>
    public static ReadOnlySpan<double> Coefficients =>
        [1.0033640898341927, 0.00112418938192712452, 1.69945947351890548e-06, 2.71785784557755704e-09, 4.35841900483451e-12];

    /// <summary>The plane with all its constants in one line; two results with different lines must not be compared to the last
    /// digit.</summary>
    public const string Identity =
        "statutory-plane/1 a=6378137 1/f=298.257222101 b=6356752.314140356 L0=110 k=5200000 "
        + "A=1.0033640898341927 B=0.00112418938192712452 C=1.69945947351890548e-06 D=2.71785784557755704e-09 E=4.35841900483451e-12";

    /// <summary>The coefficients with their signs.</summary>
    private const double FactorA = 1.0033640898341927;
    private const double FactorB = -0.00112418938192712452;
    private const double FactorC = 1.69945947351890548e-06;
    private const double FactorD = -2.71785784557755704e-09;
    private const double FactorE = 4.35841900483451e-12;

    private const double SemiMinorAxisSquared = SemiMinorAxisMetres * SemiMinorAxisMetres;
    private const double MetresPerDegree = ScaleMetres * (Math.PI / 180);

    /// <summary>Degrees (longitude, latitude) to plane metres. The latitude is at most 90 either way.</summary>
    public static (double X, double Y) FromGeographic(double longitude, double latitude)
    {
        var (sine, _) = PortableMath.SineCosineOfDegrees(latitude);
        return ((longitude - CentralLongitudeDegrees) * MetresPerDegree, AreaBelow(sine) / ScaleMetres);
    }

    /// <summary>As <see cref="FromGeographic"/> to the bit, for many points at once.</summary>
    /// <param name="longitude">Degrees.</param>
    /// <param name="latitude">Degrees, as many.</param>
    /// <param name="x">Filled with metres; at least as long.</param>
    /// <param name="y">Filled with metres; at least as long.</param>
    internal static void ManyFromGeographic(ReadOnlySpan<double> longitude, ReadOnlySpan<double> latitude, Span<double> x, Span<double> y)
    {
        PortableMath.SinesOfDegrees(latitude, y);
        var i = 0;
        for (; i + Vector256<double>.Count <= longitude.Length; i += Vector256<double>.Count)
        {
            ((Vector256.Create(longitude[i..]) - Vector256.Create(CentralLongitudeDegrees)) * MetresPerDegree).CopyTo(x[i..]);
            (AreasBelow(Vector256.Create((ReadOnlySpan<double>)y[i..])) / ScaleMetres).CopyTo(y[i..]);
        }
        for (; i < longitude.Length; i++)
            (x[i], y[i]) = ((longitude[i] - CentralLongitudeDegrees) * MetresPerDegree, AreaBelow(y[i]) / ScaleMetres);
    }

    /// <summary>Plane metres to degrees, by Newton's method; inverse of <see cref="FromGeographic"/> within 1e-13 degrees below 80° of
    /// latitude.</summary>
    public static (double Longitude, double Latitude) ToGeographic(double x, double y)
    {
        var wanted = y * ScaleMetres;
        var sine = Math.Clamp(wanted / SemiMinorAxisSquared, -1, 1);
        for (var step = 0; step < 8; step++)
        {
            // dF/d(sin B) = b²/(1 − e²·sin²B)² for the closed form that the series stands for.
            var narrowing = 1 - EccentricitySquared * sine * sine;
            var next = Math.Clamp(sine - (AreaBelow(sine) - wanted) * narrowing * narrowing / SemiMinorAxisSquared, -1, 1);
            var settled = Math.Abs(next - sine) < 1e-16;
            sine = next;
            if (settled)
                break;
        }
        var latitude = PortableMath.ArcTangent(sine, Math.Sqrt((1 - sine) * (1 + sine))) * (180 / Math.PI);
        return (x / MetresPerDegree + CentralLongitudeDegrees, latitude);
    }

    /// <summary>The statutory area of a ring, m²: positive when it runs counter-clockwise, closed or not.</summary>
    /// <param name="longitudeLatitudePairs">Interleaved longitude, latitude in degrees.</param>
    public static double SignedArea(ReadOnlySpan<double> longitudeLatitudePairs)
    {
        if (longitudeLatitudePairs.Length < 6)
            return 0;
        var (x0, y0) = FromGeographic(longitudeLatitudePairs[0], longitudeLatitudePairs[1]);
        double sum = 0,
            x1 = 0,
            y1 = 0;
        for (var i = 2; i + 1 < longitudeLatitudePairs.Length; i += 2)
        {
            var (x, y) = FromGeographic(longitudeLatitudePairs[i], longitudeLatitudePairs[i + 1]);
            var (x2, y2) = (x - x0, y - y0);
            sum += x1 * y2 - x2 * y1;
            (x1, y1) = (x2, y2);
        }
        return sum / 2;
    }

    /// <summary>The area of a closed ring that is in the plane already, m²: positive when it runs counter-clockwise.</summary>
    /// <param name="closedPairs">Interleaved x, y in plane metres, the first vertex repeated at the end.</param>
    internal static double SignedAreaOfPlane(ReadOnlySpan<double> closedPairs)
    {
        if (closedPairs.Length < 8)
            return 0;
        var (x0, y0) = (closedPairs[0], closedPairs[1]);
        double sum = 0,
            x1 = 0,
            y1 = 0;
        for (var i = 2; i + 1 < closedPairs.Length; i += 2)
        {
            var (x2, y2) = (closedPairs[i] - x0, closedPairs[i + 1] - y0);
            sum += x1 * y2 - x2 * y1;
            (x1, y1) = (x2, y2);
        }
        return sum / 2;
    }

    /// <summary>F(B): the area between the equator and latitude B per radian of longitude, m², from sin B (Clenshaw's sum).</summary>
    private static double AreaBelow(double sine)
    {
        var twice = 2 - 4 * sine * sine; // 2·cos 2B
        var y3 = FactorD + twice * FactorE;
        var y2 = FactorC + twice * y3 - FactorE;
        var y1 = FactorB + twice * y2 - y3;
        var y0 = FactorA + twice * y1 - y2;
        return SemiMinorAxisSquared * (sine * (y0 + y1));
    }

    /// <summary>As <see cref="AreaBelow"/>, operation by operation.</summary>
    private static Vector256<double> AreasBelow(Vector256<double> sines)
    {
        static Vector256<double> Of(double value) => Vector256.Create(value);
        var twice = Of(2) - 4 * sines * sines;
        var y3 = Of(FactorD) + twice * FactorE;
        var y2 = Of(FactorC) + twice * y3 - Of(FactorE);
        var y1 = Of(FactorB) + twice * y2 - y3;
        var y0 = Of(FactorA) + twice * y1 - y2;
        return SemiMinorAxisSquared * (sines * (y0 + y1));
    }
}
