namespace Weipian.Geo;

/// <summary>What the user ordered for data of Beijing 1954 or Xi'an 1980; nothing by default, and then they are refused.</summary>
/// <param name="Assume">Take them as CGCS2000 of the same zone.</param>
/// <param name="Transformation">Carry them to CGCS2000 so.</param>
internal readonly record struct OlderDatums(bool Assume, DatumTransformation? Transformation);

/// <summary>Turns what a file states (a WKT text or a code) into a coordinate system, or refuses it by name.</summary>
internal static class StatedSystem
{
    private const double AxisToleranceMetres = 0.5;

    /// <param name="text">Contents of a <c>.prj</c> file.</param>
    /// <param name="older">What the user ordered for older datums.</param>
    /// <exception cref="Problem">The text is unreadable, or names a datum or projection that cannot be used.</exception>
    public static CoordinateSystem FromText(string text, OlderDatums older)
    {
        var wkt = WellKnownText.Parse(text);
        var (datum, basis) = DatumOf(wkt);
        if (!datum.IsTakenAsCgcs2000() && !older.Assume && older.Transformation is null)
            throw Problem.Geometry.OlderDatum(datum.Chinese(), datum.English(), basis);
        var system = wkt.IsProjected ? ZoneOf(wkt, datum) : CoordinateSystem.Geographic(datum);
        return older.Transformation is { } given ? system.TransformedBy(given) : system;
    }

    /// <summary>The datum, by the ellipsoid before the name: a renamed file of Beijing 1954 still carries Krassowsky's axis.</summary>
    private static (Datum Datum, string Basis) DatumOf(WellKnownText wkt)
    {
        var byName = DatumNamed(wkt.Datum) ?? DatumNamed(wkt.Name);
        var ellipsoid = $"{wkt.Ellipsoid} a={wkt.SemiMajorAxis:0.###}";
        if (Math.Abs(wkt.SemiMajorAxis - 6378245) < AxisToleranceMetres)
            return (byName is Datum.NewBeijing ? Datum.NewBeijing : Datum.Beijing1954, $"{wkt.Datum}, {ellipsoid}");
        if (Math.Abs(wkt.SemiMajorAxis - 6378140) < AxisToleranceMetres && Math.Abs(wkt.InverseFlattening - 298.257) < 0.0002)
            return (Datum.Xian1980, $"{wkt.Datum}, {ellipsoid}");
        if (byName is { } named)
            return (named, wkt.Datum);
        var unnamed =
            WellKnownText.Plain(wkt.Datum) is var plain
            && (plain.Length == 0 || Unnamed.Any(u => plain.Contains(u, StringComparison.Ordinal)));
        if (unnamed && Math.Abs(wkt.SemiMajorAxis - StatutoryPlane.SemiMajorAxisMetres) < AxisToleranceMetres)
            return (Datum.Cgcs2000, ellipsoid);
        throw Problem.Geometry.UnknownDatum(wkt.Datum.Length > 0 ? $"{wkt.Datum} ({ellipsoid})" : ellipsoid);
    }

    /// <summary>Names that say nothing; the ellipsoid then decides.</summary>
    private static readonly string[] Unnamed = ["unknown", "notspecified", "unnamed", "unspecified", "userdefined", "grs1980", "grs80"];

    internal static Datum? DatumNamed(string name)
    {
        var plain = WellKnownText.Plain(name);
        bool Has(params string[] parts) => parts.Any(p => plain.Contains(p, StringComparison.Ordinal));
        if (Has("cgcs2000", "china2000", "chinageodeticcoordinatesystem2000", "国家大地"))
            return Datum.Cgcs2000;
        if (Has("newbeijing", "新1954", "新北京"))
            return Datum.NewBeijing;
        if (Has("beijing1954", "beijing54", "bj54", "北京54", "北京1954", "1954年北京", "krasovsky", "krassowsky"))
            return Datum.Beijing1954;
        if (Has("xian1980", "xian80", "西安80", "西安1980", "1980西安", "iag75", "iag1975"))
            return Datum.Xian1980;
        return Has("wgs1984", "wgs84", "worldgeodeticsystem1984") ? Datum.Wgs84 : null;
    }

    private static CoordinateSystem ZoneOf(WellKnownText wkt, Datum datum)
    {
        var isGaussKruger = WellKnownText.Plain(wkt.Projection) is "gausskruger" or "gausskrueger" or "transversemercator";
        var meridian = wkt.Parameter("central_meridian", "longitude_of_natural_origin", "longitude_of_center") ?? double.NaN;
        var easting = wkt.Parameter("false_easting") ?? double.NaN;
        var isPlain =
            (wkt.Parameter("scale_factor", "scale_factor_at_natural_origin") ?? 1) == 1
            && (wkt.Parameter("latitude_of_origin", "latitude_of_natural_origin") ?? 0) == 0
            && (wkt.Parameter("false_northing") ?? 0) == 0
            && wkt.UnitMetres == 1;
        var refusal = Problem.Geometry.UnknownProjection($"{wkt.Name}: {wkt.Projection}, L0={meridian}, FE={easting}");
        if (!isGaussKruger || !isPlain)
            throw refusal;
        var prefix = (easting - 500_000) / 1_000_000;
        var saysThree =
            wkt.Name.Contains('3', StringComparison.Ordinal)
            && WellKnownText.Plain(wkt.Name) is var plain
            && (plain.Contains("3degree", StringComparison.Ordinal) || plain.Contains("3度", StringComparison.Ordinal));
        var width = prefix switch
        {
            0 => saysThree || meridian % 6 != 3 ? 3 : 6,
            _ when prefix * 3 == meridian => 3,
            _ when prefix * 6 - 3 == meridian => 6,
            _ => throw refusal,
        };
        return CoordinateSystem.OfZone(meridian, width, hasZonePrefix: prefix != 0, datum) ?? throw refusal;
    }
}
