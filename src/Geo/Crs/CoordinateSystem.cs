using System.Globalization;

namespace Weipian.Geo;

/// <summary>A coordinate system that can be measured in: CGCS2000 in degrees, or one of its Gauss–Krüger zones in metres.</summary>
/// <remarks>
/// Coordinates are always x = east or longitude, y = north or latitude, whatever order the axes have in a register or a Chinese file
/// (where X is the northing). WGS 84 is taken as CGCS2000, and <see cref="AssumptionEn"/> says so; Beijing 1954 and Xi'an 1980 are
/// refused by name unless the user gives a transformation (<see cref="TransformedFrom"/>) or orders otherwise through
/// <see cref="AssumedFrom"/>. Nothing is ever shifted silently.
/// </remarks>
public sealed class CoordinateSystem
{
    private const double FalseEastingMetres = 500_000;

    private readonly Datum stated;

    private CoordinateSystem(int epsg, Datum stated, int? zone, int zoneDegrees, bool hasZonePrefix, int centralMeridian, int? statedEpsg)
    {
        Epsg = epsg;
        this.stated = stated;
        Zone = zone;
        ZoneDegrees = zoneDegrees;
        HasZonePrefix = hasZonePrefix;
        CentralMeridianDegrees = centralMeridian;
        StatedEpsg = statedEpsg ?? epsg;
    }

    /// <summary>CGCS2000 in degrees, EPSG:4490: the system in which the product keeps geometry.</summary>
    public static CoordinateSystem Cgcs2000 { get; } = Geographic(4490, Datum.Cgcs2000, null);

    /// <summary>EPSG code of the CGCS2000 system the coordinates are taken in (4326 stays 4326).</summary>
    public int Epsg { get; }

    /// <summary>The code that was stated, where an older datum is assumed to be CGCS2000; else <see cref="Epsg"/>.</summary>
    public int StatedEpsg { get; }

    /// <summary>Degrees of longitude and latitude; false for metres of a Gauss–Krüger zone.</summary>
    public bool IsGeographic => Zone is null;

    /// <summary>Zone number (带号): 13–23 of six degrees or 25–45 of three; null for degrees.</summary>
    public int? Zone { get; }

    /// <summary>Width of the zone: 3 or 6; 0 for degrees.</summary>
    public int ZoneDegrees { get; }

    /// <summary>True when the easting carries the zone number before six digits of metres (39 576 750.886).</summary>
    public bool HasZonePrefix { get; }

    /// <summary>Central meridian in degrees; 0 for a geographic system.</summary>
    public double CentralMeridianDegrees { get; }

    /// <summary>True when a datum other than CGCS2000 or WGS 84 was stated and the user ordered to take it as CGCS2000.</summary>
    public bool IsAssumed => Transformation is null && !stated.IsTakenAsCgcs2000();

    /// <summary>The way from the stated older datum to CGCS2000 that the user gave; null when the coordinates are taken as they
    /// are.</summary>
    public DatumTransformation? Transformation { get; private init; }

    /// <summary>The name in the style of the EPSG register.</summary>
    public string Name
    {
        get
        {
            if (IsGeographic)
                return stated == Datum.Wgs84 ? "WGS 84" : "CGCS2000";
            var width = ZoneDegrees == 3 ? "3-degree Gauss-Kruger" : "Gauss-Kruger";
            return HasZonePrefix
                ? string.Create(CultureInfo.InvariantCulture, $"CGCS2000 / {width} zone {Zone}")
                : string.Create(CultureInfo.InvariantCulture, $"CGCS2000 / {width} CM {CentralMeridianDegrees}E");
        }
    }

    /// <summary>The name as a Chinese reader expects it.</summary>
    public string NameZh
    {
        get
        {
            if (IsGeographic)
                return stated == Datum.Wgs84 ? "WGS 84经纬度" : "2000国家大地坐标系经纬度";
            var width = ZoneDegrees == 3 ? "三度带" : "六度带";
            var prefix = HasZonePrefix ? "带带号" : "不带带号";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"2000国家大地坐标系{width}第{Zone}带（中央经线{CentralMeridianDegrees}°，{prefix}）"
            );
        }
    }

    /// <summary>What was taken for granted or transformed, to be printed on everything derived; null when nothing was.</summary>
    public string? AssumptionZh =>
        stated switch
        {
            Datum.Cgcs2000 => null,
            Datum.Wgs84 => "WGS 84 坐标按2000国家大地坐标系使用",
            _ when Transformation is { } given => $"{stated.Chinese()}坐标按 --transform 给出的{given.StatementZh}转换为2000国家大地坐标系",
            _ => $"按 --crs assume 的指示，{stated.Chinese()}坐标未经转换直接当作2000国家大地坐标系同带坐标使用",
        };

    /// <summary>English of <see cref="AssumptionZh"/>.</summary>
    public string? AssumptionEn =>
        stated switch
        {
            Datum.Cgcs2000 => null,
            Datum.Wgs84 => "WGS 84 coordinates are taken as CGCS2000",
            _ when Transformation is { } given =>
                $"{stated.English()} coordinates are transformed to CGCS2000 by {given.StatementEn} of --transform",
            _ => $"by order of --crs assume, {stated.English()} coordinates are taken untransformed as CGCS2000 of the same zone",
        };

    /// <summary>The system of an EPSG code.</summary>
    /// <exception cref="Problem"><c>geometry.older-datum</c> for Beijing 1954 and Xi'an 1980; <c>geometry.unknown-crs</c> for other
    /// codes.</exception>
    public static CoordinateSystem FromEpsg(int epsg)
    {
        var found = Find(epsg) ?? throw Problem.Geometry.UnknownCrs(epsg);
        return found.IsAssumed ? throw Problem.Geometry.OlderDatum(found.stated.Chinese(), found.stated.English(), $"EPSG:{epsg}") : found;
    }

    /// <summary>The system of a text in the well-known form of OGC or Esri, as a <c>.prj</c> file has it.</summary>
    /// <exception cref="Problem"><c>geometry.*</c>: unreadable, an older datum, or a datum or projection that cannot be used.</exception>
    public static CoordinateSystem FromWellKnownText(string text) => StatedSystem.FromText(text, default);

    /// <summary>As <see cref="FromEpsg"/>, but an older datum is taken as CGCS2000 of the same zone. Only for <c>--crs assume</c>: never
    /// chosen by itself.</summary>
    /// <exception cref="Problem"><c>geometry.unknown-crs</c>.</exception>
    public static CoordinateSystem AssumedFrom(int epsg) => Find(epsg) ?? throw Problem.Geometry.UnknownCrs(epsg);

    /// <summary>The system of an older datum, whose coordinates <paramref name="transformation"/> carries to CGCS2000
    /// (<c>--transform</c>).</summary>
    /// <exception cref="Problem"><c>geometry.unknown-crs</c>; <c>geometry.transformation-other-datum</c>: the code is of CGCS2000 or of
    /// another datum than the transformation.</exception>
    public static CoordinateSystem TransformedFrom(int epsg, DatumTransformation transformation)
    {
        ArgumentNullException.ThrowIfNull(transformation);
        return (Find(epsg) ?? throw Problem.Geometry.UnknownCrs(epsg)).TransformedBy(transformation);
    }

    /// <summary>Words that stand in the statement of every transformed file and in no other.</summary>
    public const string TransformationMark = "--transform";

    /// <summary>This system of an older datum with the way to CGCS2000.</summary>
    /// <exception cref="Problem">geometry.transformation-other-datum</exception>
    internal CoordinateSystem TransformedBy(DatumTransformation transformation) =>
        stated == transformation.From
            ? new CoordinateSystem(Epsg, stated, Zone, ZoneDegrees, HasZonePrefix, (int)CentralMeridianDegrees, StatedEpsg)
            {
                Transformation = transformation,
                Projection = GaussKruger.Of(stated),
            }
            : throw Problem.Geometry.TransformationOtherDatum(
                stated.Chinese(),
                stated.English(),
                transformation.FromZh,
                transformation.FromEn
            );

    /// <summary>The same zone or the same degrees, of another datum.</summary>
    internal CoordinateSystem Of(Datum datum) =>
        new(Epsg, datum, Zone, ZoneDegrees, HasZonePrefix, (int)CentralMeridianDegrees, StatedEpsg);

    /// <summary>Coordinates of this system to degrees CGCS2000; not-a-number where the projection has no such point.</summary>
    public (double Longitude, double Latitude) ToGeographic(double x, double y)
    {
        if (IsGeographic)
            return Transformation?.ToCgcs2000(x, y) ?? (x, y);
        var (east, latitude) = Projection.ToGeographic(x - OriginEastingMetres, y);
        return Transformation?.ToCgcs2000(CentralMeridianDegrees + east, latitude) ?? (CentralMeridianDegrees + east, latitude);
    }

    /// <summary>Degrees CGCS2000 to coordinates of this system.</summary>
    public (double X, double Y) FromGeographic(double longitude, double latitude)
    {
        if (Transformation is not null)
            (longitude, latitude) = Transformation.FromCgcs2000(longitude, latitude);
        if (IsGeographic)
            return (longitude, latitude);
        var (east, north) = Projection.FromGeographic(longitude - CentralMeridianDegrees, latitude);
        return (OriginEastingMetres + east, north);
    }

    /// <summary>The text of a <c>.prj</c> file for this system (WKT 1 as desktop systems write it).</summary>
    public string ToPrj()
    {
        var geographic =
            stated == Datum.Wgs84
                ? """GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"""
                : """GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
        if (IsGeographic)
            return geographic;
        var width = ZoneDegrees == 3 ? "3_Degree_GK" : "GK";
        var which = HasZonePrefix ? $"Zone_{Zone}" : $"CM_{CentralMeridianDegrees}E";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            PROJCS["CGCS2000_{width}_{which}",{geographic},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{OriginEastingMetres:F1}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{CentralMeridianDegrees:F1}],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]
            """
        );
    }

    /// <summary><c>EPSG:4527 CGCS2000 / 3-degree Gauss-Kruger zone 39</c>.</summary>
    public override string ToString() => $"EPSG:{Epsg} {Name}";

    private GaussKruger Projection { get; init; } = GaussKruger.Cgcs2000;

    /// <summary>The easting of the central meridian.</summary>
    internal double OriginEastingMetres => FalseEastingMetres + (HasZonePrefix ? (Zone ?? 0) * 1_000_000.0 : 0);

    /// <summary>The same zone with its number before the easting, or without it; null for degrees.</summary>
    internal CoordinateSystem? Twin =>
        IsGeographic ? null
        : OfZone(CentralMeridianDegrees, ZoneDegrees, !HasZonePrefix, stated) is not { } twin ? null
        : Transformation is null ? twin
        : twin.TransformedBy(Transformation);

    /// <summary>True when six digits of metres (after the zone number, if there is one) make up every easting of the box.</summary>
    internal bool HoldsEastings(Extent extent) =>
        IsGeographic || (extent.MinX >= OriginEastingMetres - FalseEastingMetres && extent.MaxX < OriginEastingMetres + FalseEastingMetres);

    /// <summary>The CGCS2000 system of a zone; null when there is none with that central meridian.</summary>
    internal static CoordinateSystem? OfZone(double centralMeridian, int zoneDegrees, bool hasZonePrefix, Datum stated = Datum.Cgcs2000)
    {
        var family = EpsgFamily.All.First(f =>
            f.Datum == Datum.Cgcs2000 && f.ZoneDegrees == zoneDegrees && f.HasZonePrefix == hasZonePrefix
        );
        var step = (centralMeridian - family.FirstMeridian) / zoneDegrees;
        if (step != Math.Floor(step) || step < 0 || step > family.Last - family.First)
            return null;
        return Projected(family.First + (int)step, stated, family, null);
    }

    internal static CoordinateSystem Geographic(Datum stated) => Geographic(stated == Datum.Wgs84 ? 4326 : 4490, stated, null);

    private static CoordinateSystem? Find(int epsg)
    {
        if (EpsgFamily.OfGeographic(epsg) is { } datum)
            return Geographic(datum == Datum.Wgs84 ? 4326 : 4490, datum, epsg);
        if (EpsgFamily.Of(epsg) is not { } family)
            return null;
        var same = EpsgFamily.All.First(f =>
            f.Datum == Datum.Cgcs2000 && f.ZoneDegrees == family.ZoneDegrees && f.HasZonePrefix == family.HasZonePrefix
        );
        var code = same.First + (family.MeridianOf(epsg) - same.FirstMeridian) / same.ZoneDegrees;
        return Projected(code, family.Datum, same, epsg);
    }

    private static CoordinateSystem Geographic(int epsg, Datum stated, int? statedEpsg) => new(epsg, stated, null, 0, false, 0, statedEpsg);

    private static CoordinateSystem Projected(int epsg, Datum stated, EpsgFamily family, int? statedEpsg)
    {
        var meridian = family.MeridianOf(epsg);
        var zone = family.ZoneDegrees == 3 ? meridian / 3 : (meridian + 3) / 6;
        return new(epsg, stated, zone, family.ZoneDegrees, family.HasZonePrefix, meridian, statedEpsg);
    }
}
