namespace Weipian.Geo;

/// <summary>The datums that Chinese data come in. Only CGCS2000 is measured in; the older ones are known so that they can be refused by
/// name.</summary>
internal enum Datum
{
    /// <summary>2000国家大地坐标系.</summary>
    Cgcs2000,

    /// <summary>WGS 84: at the accuracy of land surveys the same as CGCS2000 (the ellipsoids differ by 0.1 mm in b).</summary>
    Wgs84,

    /// <summary>1954年北京坐标系, on the ellipsoid of Krassowsky (a = 6378245, 1/f = 298.3).</summary>
    Beijing1954,

    /// <summary>新1954年北京坐标系, on the same ellipsoid, adjusted as a whole.</summary>
    NewBeijing,

    /// <summary>1980西安坐标系, on the ellipsoid IAG 1975 (a = 6378140, 1/f = 298.257).</summary>
    Xian1980,
}

/// <summary>What a datum is called in a sentence.</summary>
internal static class DatumNames
{
    public static string Chinese(this Datum datum) =>
        datum switch
        {
            Datum.Cgcs2000 => "2000国家大地坐标系",
            Datum.Wgs84 => "WGS 84",
            Datum.Beijing1954 => "1954年北京坐标系",
            Datum.NewBeijing => "新1954年北京坐标系",
            _ => "1980西安坐标系",
        };

    public static string English(this Datum datum) =>
        datum switch
        {
            Datum.Cgcs2000 => "CGCS2000",
            Datum.Wgs84 => "WGS 84",
            Datum.Beijing1954 => "Beijing 1954",
            Datum.NewBeijing => "New Beijing",
            _ => "Xi'an 1980",
        };

    /// <summary>True when coordinates may be read as CGCS2000 without a transformation.</summary>
    public static bool IsTakenAsCgcs2000(this Datum datum) => datum is Datum.Cgcs2000 or Datum.Wgs84;
}

/// <summary>A block of EPSG codes with one rule: one datum, one width of zone, with or without the zone number before the
/// easting.</summary>
/// <param name="First">First code, inclusive.</param>
/// <param name="Last">Last code, inclusive.</param>
/// <param name="FirstMeridian">Central meridian of the first code, degrees; the next codes follow at the width of a zone.</param>
internal sealed record EpsgFamily(int First, int Last, Datum Datum, int FirstMeridian, int ZoneDegrees, bool HasZonePrefix)
{
    public static IReadOnlyList<EpsgFamily> All { get; } =
    [
        new(4491, 4501, Datum.Cgcs2000, 75, 6, true),
        new(4502, 4512, Datum.Cgcs2000, 75, 6, false),
        new(4513, 4533, Datum.Cgcs2000, 75, 3, true),
        new(4534, 4554, Datum.Cgcs2000, 75, 3, false),
        new(21413, 21423, Datum.Beijing1954, 75, 6, true),
        new(21453, 21463, Datum.Beijing1954, 75, 6, false),
        new(21473, 21483, Datum.Beijing1954, 75, 6, false), // withdrawn duplicates that old files still name
        new(2401, 2421, Datum.Beijing1954, 75, 3, true),
        new(2422, 2442, Datum.Beijing1954, 75, 3, false),
        new(4568, 4578, Datum.NewBeijing, 75, 6, true),
        new(4579, 4589, Datum.NewBeijing, 75, 6, false),
        new(4652, 4656, Datum.NewBeijing, 75, 3, true),
        new(4766, 4781, Datum.NewBeijing, 90, 3, true),
        new(4782, 4800, Datum.NewBeijing, 75, 3, false),
        new(4812, 4812, Datum.NewBeijing, 132, 3, false),
        new(4822, 4822, Datum.NewBeijing, 135, 3, false),
        new(2327, 2337, Datum.Xian1980, 75, 6, true),
        new(2338, 2348, Datum.Xian1980, 75, 6, false),
        new(2349, 2369, Datum.Xian1980, 75, 3, true),
        new(2370, 2390, Datum.Xian1980, 75, 3, false),
    ];

    public static EpsgFamily? Of(int epsg) => All.FirstOrDefault(f => epsg >= f.First && epsg <= f.Last);

    /// <summary>The datum of a geographic code that Chinese data use.</summary>
    public static Datum? OfGeographic(int epsg) =>
        epsg switch
        {
            4490 => Datum.Cgcs2000,
            4326 => Datum.Wgs84,
            4214 => Datum.Beijing1954,
            4555 => Datum.NewBeijing,
            4610 => Datum.Xian1980,
            _ => null,
        };

    public int MeridianOf(int epsg) => FirstMeridian + (epsg - First) * ZoneDegrees;
}
