namespace Weipian.Sample.Land;

/// <summary>
/// How the land lies: where the paper on which the district is drawn comes to rest on the ground, and where hills and towns are.
/// </summary>
/// <remarks>
/// The district is first drawn on <em>paper</em>: squares and strips with corners in whole decimetres, so that neighbours share their
/// corners exactly. A smooth, invertible bending then carries every corner to the ground (CGCS2000, 3-degree Gauss-Krüger, central
/// meridian 117° E, EPSG:4548, metres). Equal paper points give equal ground points, so shared edges stay shared.
/// </remarks>
internal sealed class Lay
{
    /// <summary>Decimetres of paper in a metre of ground.</summary>
    public const double Metre = 10;

    // The middle of the place where the district lies (domain data: bbox 117.69–117.98 E, 36.64–36.89 N), in EPSG:4548.
    private const double MiddleEast = 574_300;
    private const double MiddleNorth = 4_070_700;

    // A turn of about 12 degrees, so that fields do not run along the axes.
    private const double Cosine = 0.9781476;
    private const double Sine = 0.2079117;

    private readonly Noise[] east;
    private readonly Noise[] north;
    private readonly Noise ridges;
    private readonly Noise valleys;

    /// <param name="number">The number of the sample.</param>
    /// <param name="radiusMetres">Mean radius of the district.</param>
    public Lay(ulong number, double radiusMetres)
    {
        Number = number;
        Radius = radiusMetres * Metre;
        Half = (int)(Radius * 1.42);
        double[] wavelengths = [65_000, 14_000, 2_600, 1_300];
        east = [.. wavelengths.Select((w, i) => new Noise(Dice.Mix(number ^ (0xE0 + (ulong)i)), w))];
        north = [.. wavelengths.Select((w, i) => new Noise(Dice.Mix(number ^ (0xF0 + (ulong)i)), w))];
        ridges = new(Dice.Mix(number ^ 0x51), Radius * 0.55);
        valleys = new(Dice.Mix(number ^ 0x52), 9_000);
    }

    public ulong Number { get; }

    /// <summary>Mean radius of the district in decimetres of paper.</summary>
    public double Radius { get; }

    /// <summary>Half the side of the sheet of paper; the district lies around (0, 0).</summary>
    public int Half { get; }

    /// <summary>From paper to ground: easting and northing of EPSG:4548, rounded to a tenth of a millimetre.</summary>
    public (double East, double North) Ground(double x, double y)
    {
        // In the hills nothing is straight.
        var wild = Math.Clamp((Hill(x, y) - 0.42) * 4, 0, 1);
        var (wave, ripple) = (60 + 170 * wild, 8 + 30 * wild);
        var dx = 2_600 * east[0].At(x, y) + 450 * east[1].At(x, y) + wave * east[2].At(x, y) + ripple * east[3].At(x, y);
        var dy = 2_600 * north[0].At(x, y) + 450 * north[1].At(x, y) + wave * north[2].At(x, y) + ripple * north[3].At(x, y);
        var (px, py) = (x + dx, y + dy);
        var e = MiddleEast + (Cosine * px - Sine * py) / Metre;
        var n = MiddleNorth + (Sine * px + Cosine * py) / Metre;
        return (Math.Round(e, 4), Math.Round(n, 4));
    }

    /// <summary>From ground back to paper, to a few centimetres: the bending is undone by steps, as it changes slowly.</summary>
    public (double X, double Y) Paper(double east, double north)
    {
        const int Steps = 8;
        var (e, n) = ((east - MiddleEast) * Metre, (north - MiddleNorth) * Metre);
        var (px, py) = (Cosine * e + Sine * n, -Sine * e + Cosine * n);
        var (x, y) = (px, py);
        for (var i = 0; i < Steps; i++)
        {
            var (ge, gn) = Ground(x, y);
            var (de, dn) = ((ge - MiddleEast) * Metre, (gn - MiddleNorth) * Metre);
            (x, y) = (x + px - (Cosine * de + Sine * dn), y + py - (-Sine * de + Cosine * dn));
        }
        return (x, y);
    }

    /// <summary>How hilly it is, from about 0 (plain) to about 1 (mountain): rising to the south.</summary>
    public double Hill(double x, double y) =>
        Math.Clamp(0.34 - 0.72 * (y / Radius) + 0.34 * ridges.At(x, y) + 0.16 * valleys.At(x, y), 0, 1);

    /// <summary>The scale of areas in EPSG:4548 there: a planar area divided by it is the area on the ellipsoid, to about 1e-6.</summary>
    public static double AreaScale(double easting)
    {
        const double MeanRadius = 6_372_000;
        var away = (easting - 500_000) / MeanRadius;
        return 1 + away * away;
    }
}
