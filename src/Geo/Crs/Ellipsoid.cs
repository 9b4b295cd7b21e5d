namespace Weipian.Geo;

/// <summary>An ellipsoid of revolution that Chinese data were reckoned on.</summary>
/// <param name="SemiMajorAxisMetres">a.</param>
/// <param name="InverseFlattening">1/f.</param>
/// <param name="EccentricitySquared">e² = f(2 − f), given where a text prescribes its digits.</param>
internal sealed record Ellipsoid(double SemiMajorAxisMetres, double InverseFlattening, double EccentricitySquared)
{
    /// <summary>Each step in <see cref="FromGeocentric"/> gains more than two digits: so many are ample.</summary>
    private const int StepsMax = 8;

    private const double Degree = Math.PI / 180;

    public static Ellipsoid Cgcs2000 { get; } =
        new(StatutoryPlane.SemiMajorAxisMetres, StatutoryPlane.InverseFlattening, StatutoryPlane.EccentricitySquared);

    /// <summary>克拉索夫斯基椭球 of Beijing 1954.</summary>
    public static Ellipsoid Krassowsky { get; } = Of(6378245, 298.3);

    /// <summary>IAG 1975 of Xi'an 1980.</summary>
    public static Ellipsoid Iag1975 { get; } = Of(6378140, 298.257);

    /// <summary>The ellipsoid of a datum; of WGS 84 that of CGCS2000, as which it is taken.</summary>
    public static Ellipsoid Of(Datum datum) =>
        datum switch
        {
            Datum.Beijing1954 or Datum.NewBeijing => Krassowsky,
            Datum.Xian1980 => Iag1975,
            _ => Cgcs2000,
        };

    /// <summary>Degrees at height zero to geocentric metres.</summary>
    public (double X, double Y, double Z) ToGeocentric(double longitude, double latitude)
    {
        var (sinB, cosB) = PortableMath.SineCosineOfDegrees(latitude);
        var (sinL, cosL) = PortableMath.SineCosineOfDegrees(longitude);
        var normal = SemiMajorAxisMetres / Math.Sqrt(1 - EccentricitySquared * sinB * sinB);
        return (normal * cosB * cosL, normal * cosB * sinL, normal * (1 - EccentricitySquared) * sinB);
    }

    /// <summary>Geocentric metres near the ground to degrees; the height is let go.</summary>
    public (double Longitude, double Latitude) FromGeocentric(double x, double y, double z)
    {
        var equatorial = Math.Sqrt(x * x + y * y);
        var tangent = z / (equatorial * (1 - EccentricitySquared));
        for (var step = 0; step < StepsMax; step++)
        {
            // The sine of the latitude in terms of its tangent needs no trigonometry: sin² = t² / (1 + t²).
            var sine = tangent / Math.Sqrt(1 + tangent * tangent);
            var normal = SemiMajorAxisMetres / Math.Sqrt(1 - EccentricitySquared * sine * sine);
            var better = (z + EccentricitySquared * normal * sine) / equatorial;
            if (better == tangent)
                break;
            tangent = better;
        }
        return (PortableMath.ArcTangent(y, x) / Degree, PortableMath.ArcTangent(tangent, 1) / Degree);
    }

    private static Ellipsoid Of(double semiMajorAxis, double inverseFlattening)
    {
        var flattening = 1 / inverseFlattening;
        return new(semiMajorAxis, inverseFlattening, flattening * (2 - flattening));
    }
}
