using System.Globalization;

namespace Weipian.Geo;

/// <summary>The way from an older datum to CGCS2000 that the user gave: seven parameters, or a fit through control points.</summary>
/// <remarks>
/// Nothing is known of it but what the user's file says; what it says is printed on everything derived. Heights are not known and taken as
/// zero, which moves a place by less than a millimetre for each hundred metres of height.
/// </remarks>
public abstract class DatumTransformation
{
    private protected DatumTransformation(Datum from) => From = from;

    /// <summary>The datum of the source, as a sentence names it.</summary>
    public string FromZh => From.Chinese();

    /// <summary>English of <see cref="FromZh"/>.</summary>
    public string FromEn => From.English();

    /// <summary>What was applied, with its numbers.</summary>
    public abstract string StatementZh { get; }

    /// <summary>English of <see cref="StatementZh"/>.</summary>
    public abstract string StatementEn { get; }

    internal Datum From { get; }

    /// <summary>Degrees on the older datum to degrees CGCS2000.</summary>
    internal abstract (double Longitude, double Latitude) ToCgcs2000(double longitude, double latitude);

    /// <summary>Inverse of <see cref="ToCgcs2000"/>.</summary>
    internal abstract (double Longitude, double Latitude) FromCgcs2000(double longitude, double latitude);

    /// <summary>Refuses data that lie where the transformation says nothing.</summary>
    /// <param name="degrees">Their box in degrees CGCS2000.</param>
    /// <exception cref="Problem">geometry.transformation-out-of-reach</exception>
    internal virtual void RequireReach(Extent degrees) { }

    /// <summary>The older datum of that name or geographic code, or <c>null</c>.</summary>
    internal static Datum? OlderDatum(string name)
    {
        if (name.StartsWith("EPSG:", StringComparison.OrdinalIgnoreCase))
            return
                int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                && (EpsgFamily.OfGeographic(code) ?? EpsgFamily.Of(code)?.Datum) is { } coded
                && !coded.IsTakenAsCgcs2000()
                ? coded
                : null;
        return StatedSystem.DatumNamed(name) is { } named && !named.IsTakenAsCgcs2000() ? named : null;
    }
}

/// <summary>In which sense the three rotations turn; the two customs differ in their signs.</summary>
public enum RotationSense
{
    /// <summary>布尔莎 as Chinese surveys write it: the axes turn (EPSG method 9607).</summary>
    CoordinateFrame,

    /// <summary>The position vector turns (EPSG method 9606).</summary>
    PositionVector,
}

/// <summary>Seven parameters (七参数): a shift in metres, rotations in seconds of arc, a scale in parts per million.</summary>
public sealed class SevenParameters : DatumTransformation
{
    /// <summary>No Chinese datum lies further away, turns further or is stretched further; more means another unit or a slip.</summary>
    private const double ShiftMetresMax = 1000;
    private const double RotationSecondsMax = 60;
    private const double ScaleMillionthsMax = 100;

    private const double Second = Math.PI / 180 / 3600;

    private readonly double[] shift;
    private readonly double[] rotation;
    private readonly double scale;

    /// <exception cref="Problem">geometry.transformation-doubtful: <paramref name="from"/> is no older datum, or a number is beyond
    /// reason</exception>
    public SevenParameters(
        string from,
        RotationSense sense,
        (double X, double Y, double Z) shiftMetres,
        (double X, double Y, double Z) rotationSeconds,
        double scaleMillionths
    )
        : base(OlderDatum(from) ?? throw Problem.Geometry.TransformationDatum(from))
    {
        shift = [shiftMetres.X, shiftMetres.Y, shiftMetres.Z];
        double[] seconds = [rotationSeconds.X, rotationSeconds.Y, rotationSeconds.Z];
        Check("dx, dy, dz", shift, ShiftMetresMax, "m");
        Check("rx, ry, rz", seconds, RotationSecondsMax, "″");
        Check("scale", [scaleMillionths], ScaleMillionthsMax, "ppm");
        var sign = sense == RotationSense.CoordinateFrame ? 1 : -1;
        rotation = [.. seconds.Select(second => sign * second * Second)];
        scale = 1 + scaleMillionths / 1_000_000;
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"dx={shift[0]} dy={shift[1]} dz={shift[2]} m, rx={seconds[0]} ry={seconds[1]} rz={seconds[2]}″, {scaleMillionths} ppm"
        );
        var (zh, en) = sense == RotationSense.CoordinateFrame ? ("坐标轴旋转", "coordinate frame") : ("位置矢量旋转", "position vector");
        StatementZh = $"七参数（{numbers}，{zh}）";
        StatementEn = $"seven parameters ({numbers}, {en})";
    }

    public override string StatementZh { get; }

    public override string StatementEn { get; }

    internal override (double Longitude, double Latitude) ToCgcs2000(double longitude, double latitude)
    {
        var (x, y, z) = Ellipsoid.Of(From).ToGeocentric(longitude, latitude);
        var (rx, ry, rz) = (rotation[0], rotation[1], rotation[2]);
        return Ellipsoid.Cgcs2000.FromGeocentric(
            shift[0] + scale * (x + rz * y - ry * z),
            shift[1] + scale * (y - rz * x + rx * z),
            shift[2] + scale * (z + ry * x - rx * y)
        );
    }

    /// <summary>By correcting the guess with what it misses: the transformation is a shift but for a millionth.</summary>
    internal override (double Longitude, double Latitude) FromCgcs2000(double longitude, double latitude)
    {
        const int StepsMax = 6;
        var (l, b) = (longitude, latitude);
        for (var step = 0; step < StepsMax; step++)
        {
            var there = ToCgcs2000(l, b);
            (l, b) = (l + longitude - there.Longitude, b + latitude - there.Latitude);
        }
        return (l, b);
    }

    private static void Check(string names, double[] values, double limit, string unit)
    {
        foreach (var value in values)
            if (!(Math.Abs(value) <= limit))
                throw Problem.Geometry.TransformationDoubtful(
                    FormattableString.Invariant($"{names} = {value} {unit}，超过 {limit} {unit}，可能是单位不同（米、角秒、百万分之一）"),
                    FormattableString.Invariant(
                        $"{names} = {value} {unit} is beyond {limit} {unit}; perhaps its unit is another (metres, seconds of arc, millionths)"
                    )
                );
    }
}

/// <summary>A point whose plane coordinates are known on both datums, metres, x = east.</summary>
public sealed record ControlPoint(string Name, double FromEast, double FromNorth, double ToEast, double ToNorth);

/// <summary>A fit of four parameters (shift, turn, scale in the plane) through control points by least squares (局部拟合).</summary>
public sealed class LocalFit : DatumTransformation
{
    /// <summary>Two points always fit; the third is the first that checks anything.</summary>
    public const int PointsMin = 3;

    private readonly CoordinateSystem to;
    private readonly GaussKruger projection;
    private readonly double meridian;
    private readonly double origin;
    private readonly (double East, double North) fromCentre;
    private readonly (double East, double North) toCentre;
    private readonly double along;
    private readonly double across;
    private readonly Extent reach;

    /// <param name="fromEpsg">Gauss–Krüger zone of an older datum, in which the points are given.</param>
    /// <param name="toEpsg">Gauss–Krüger zone of CGCS2000.</param>
    /// <param name="residualMetresMax">No point may miss the fit by more.</param>
    /// <exception cref="Problem">geometry.transformation-datum, geometry.transformation-doubtful, geometry.unknown-crs</exception>
    public LocalFit(int fromEpsg, int toEpsg, IReadOnlyList<ControlPoint> points, double residualMetresMax)
        : base(OlderDatum($"EPSG:{fromEpsg}") ?? throw Problem.Geometry.TransformationDatum($"EPSG:{fromEpsg}"))
    {
        ArgumentNullException.ThrowIfNull(points);
        to = CoordinateSystem.FromEpsg(toEpsg);
        var from = CoordinateSystem.AssumedFrom(fromEpsg);
        if (to.IsGeographic || from.IsGeographic)
            throw Problem.Geometry.TransformationDatum($"EPSG:{(to.IsGeographic ? toEpsg : fromEpsg)}");
        if (points.Count < PointsMin)
            throw Problem.Geometry.TransformationDoubtful(
                $"控制点只有 {points.Count} 个，至少要 {PointsMin} 个才能检核",
                $"it has {points.Count} control points; at least {PointsMin} are needed so that one checks the others"
            );
        projection = GaussKruger.Of(From);
        (meridian, origin) = (from.CentralMeridianDegrees, from.OriginEastingMetres);
        fromCentre = (points.Average(p => p.FromEast), points.Average(p => p.FromNorth));
        toCentre = (points.Average(p => p.ToEast), points.Average(p => p.ToNorth));
        var (dot, cross, square) = (0.0, 0.0, 0.0);
        foreach (var p in points)
        {
            var (u, v) = (p.FromEast - fromCentre.East, p.FromNorth - fromCentre.North);
            var (s, t) = (p.ToEast - toCentre.East, p.ToNorth - toCentre.North);
            (dot, cross, square) = (dot + u * s + v * t, cross + u * t - v * s, square + u * u + v * v);
        }
        (along, across) = (dot / square, cross / square);
        var worst = points.MaxBy(Residual)!;
        if (!(Residual(worst) <= residualMetresMax))
            throw Problem.Geometry.TransformationDoubtful(
                FormattableString.Invariant($"控制点 {worst.Name} 的拟合残差为 {Residual(worst):0.000} 米，超过 {residualMetresMax} 米"),
                FormattableString.Invariant(
                    $"the control point {worst.Name} misses the fit by {Residual(worst):0.000} m, more than {residualMetresMax} m"
                )
            );
        reach = Reach(points);
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{(Math.Sqrt(along * along + across * across) - 1) * 1_000_000:0.###} ppm, {Math.Atan2(across, along) * 180 / Math.PI * 3600:0.###}″"
        );
        var most = Residual(worst).ToString("0.0000", CultureInfo.InvariantCulture);
        StatementZh = $"{points.Count} 个控制点的四参数拟合（{figures}，最大残差 {most} 米）";
        StatementEn = $"a fit of four parameters through {points.Count} control points ({figures}, largest residual {most} m)";
    }

    public override string StatementZh { get; }

    public override string StatementEn { get; }

    internal override (double Longitude, double Latitude) ToCgcs2000(double longitude, double latitude)
    {
        var (east, north) = projection.FromGeographic(longitude - meridian, latitude);
        var (x, y) = Apply(origin + east, north);
        return to.ToGeographic(x, y);
    }

    internal override (double Longitude, double Latitude) FromCgcs2000(double longitude, double latitude)
    {
        var (x, y) = to.FromGeographic(longitude, latitude);
        var (s, t) = (x - toCentre.East, y - toCentre.North);
        var square = along * along + across * across;
        var (u, v) = ((along * s + across * t) / square, (along * t - across * s) / square);
        var (degrees, b) = projection.ToGeographic(fromCentre.East + u - origin, fromCentre.North + v);
        return (meridian + degrees, b);
    }

    internal override void RequireReach(Extent degrees)
    {
        if (degrees.IsEmpty || reach.Contains(degrees))
            return;
        var (farZh, farEn) = (Box(degrees), Box(reach));
        throw Problem.Geometry.TransformationOutOfReach(farZh, farEn);
    }

    /// <summary>The box of the points, grown on each side by its own width and height: beyond, the fit is a guess.</summary>
    private Extent Reach(IReadOnlyList<ControlPoint> points)
    {
        var box = Extent.Empty;
        foreach (var p in points)
        {
            var (longitude, latitude) = to.ToGeographic(p.ToEast, p.ToNorth);
            box = box.Including(longitude, latitude);
        }
        var margin = Math.Max(box.MaxX - box.MinX, box.MaxY - box.MinY);
        return new(box.MinX - margin, box.MinY - margin, box.MaxX + margin, box.MaxY + margin);
    }

    private double Residual(ControlPoint p)
    {
        var (x, y) = Apply(p.FromEast, p.FromNorth);
        return Math.Sqrt((x - p.ToEast) * (x - p.ToEast) + (y - p.ToNorth) * (y - p.ToNorth));
    }

    private (double X, double Y) Apply(double east, double north)
    {
        var (u, v) = (east - fromCentre.East, north - fromCentre.North);
        return (toCentre.East + along * u - across * v, toCentre.North + across * u + along * v);
    }

    private static string Box(Extent e) =>
        string.Create(CultureInfo.InvariantCulture, $"{e.MinX:0.###}–{e.MaxX:0.###}° E, {e.MinY:0.###}–{e.MaxY:0.###}° N");
}
