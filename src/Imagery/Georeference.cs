using System.Globalization;
using System.Text;
using Weipian.Geo;

namespace Weipian.Imagery;

/// <summary>Where the pixels of an image lie: a coordinate system and an affine way from pixels to it.</summary>
/// <remarks>Columns and rows are counted from the outer corner of the first pixel, whose middle is (0.5, 0.5).</remarks>
/// <param name="Origin">Coordinates of the corner (0, 0).</param>
/// <param name="PerColumn">Change of the coordinates with one column.</param>
/// <param name="PerRow">Change of the coordinates with one row.</param>
public sealed record Georeference(
    CoordinateSystem System,
    (double X, double Y) Origin,
    (double X, double Y) PerColumn,
    (double X, double Y) PerRow
)
{
    /// <summary>Degrees CGCS2000 of a place of the image.</summary>
    public (double Longitude, double Latitude) ToGeographic(double column, double row) =>
        System.ToGeographic(Origin.X + column * PerColumn.X + row * PerRow.X, Origin.Y + column * PerColumn.Y + row * PerRow.Y);

    /// <summary>The place of the image with these degrees CGCS2000; it may lie outside.</summary>
    public (double Column, double Row) FromGeographic(double longitude, double latitude)
    {
        var (x, y) = System.FromGeographic(longitude, latitude);
        var (dx, dy) = (x - Origin.X, y - Origin.Y);
        var determinant = PerColumn.X * PerRow.Y - PerColumn.Y * PerRow.X;
        return ((dx * PerRow.Y - dy * PerRow.X) / determinant, (dy * PerColumn.X - dx * PerColumn.Y) / determinant);
    }
}

/// <summary>Reads the GeoTIFF keys (OGC 19-008r4): the system by its code, by the text that Esri's programs put in its place, or
/// spelled out in parameters.</summary>
internal static class GeoKeys
{
    private const int ModelType = 1024;
    private const int RasterType = 1025;
    private const int GeographicType = 2048;
    private const int SemiMajorAxis = 2057;
    private const int InverseFlattening = 2059;
    private const int ProjectedType = 3072;
    private const int Citation = 1026;
    private const int ProjectedCitation = 3073;
    private const int Method = 3075;
    private const int LinearUnit = 3076;
    private const int OriginLongitude = 3080;
    private const int OriginLatitude = 3081;
    private const int FalseEasting = 3082;
    private const int FalseNorthing = 3083;
    private const int CentralLongitude = 3088;
    private const int OriginScale = 3092;
    private const int TransverseMercator = 1;
    private const int Metre = 9001;
    private const string EsriText = "ESRI PE String = ";

    /// <summary>So much of a text is told in a refusal.</summary>
    private const int SaidMax = 80;

    private const int UserDefined = 32767;
    private const int FirstZone = 4491;
    private const int LastZone = 4554;

    /// <exception cref="Problem">images.no-georeference, images.unknown-crs, geometry.older-datum</exception>
    public static Georeference Read(TiffDirectory directory)
    {
        var name = directory.File.Name;
        var keys = Keys(directory);
        if (keys.Count == 0)
            throw Problem.Images.NoGeoreference(name);
        var system = SystemOf(keys, EsriTextOf(directory), name);
        // A point names the middle of a pixel, an area its corner.
        var half = keys.GetValueOrDefault(RasterType, 1) == 2 ? 0.5 : 0;
        if (directory.Reals(TiffTags.Transformation) is { Length: 16 } m)
            return Checked(system, (m[3], m[7]), (m[0], m[4]), (m[1], m[5]), half, name);
        var scale = directory.Reals(TiffTags.PixelScale);
        var tie = directory.Reals(TiffTags.Tiepoint);
        if (scale.Length < 2 || tie.Length < 6)
            throw Problem.Images.NoGeoreference(name);
        return Checked(system, (tie[3] - tie[0] * scale[0], tie[4] + tie[1] * scale[1]), (scale[0], 0), (0, -scale[1]), half, name);
    }

    private static Georeference Checked(
        CoordinateSystem system,
        (double X, double Y) origin,
        (double X, double Y) column,
        (double X, double Y) row,
        double half,
        string name
    )
    {
        var determinant = column.X * row.Y - column.Y * row.X;
        if (!double.IsFinite(determinant) || determinant == 0 || !double.IsFinite(origin.X + origin.Y))
            throw Problem.Images.NoGeoreference(name);
        var corner = (origin.X - half * (column.X + row.X), origin.Y - half * (column.Y + row.Y));
        return new(system, corner, column, row);
    }

    private static Dictionary<int, double> Keys(TiffDirectory directory)
    {
        var words = directory.Whole(TiffTags.GeoKeys);
        var reals = directory.Reals(TiffTags.GeoReals);
        var keys = new Dictionary<int, double>();
        for (var i = 4; i + 3 < words.Length; i += 4)
        {
            var (key, place, value) = ((int)words[i], words[i + 1], words[i + 3]);
            if (place == 0)
                keys[key] = value;
            else if (place == TiffTags.GeoReals && value >= 0 && value < reals.Length)
                keys[key] = reals[value];
        }
        return keys;
    }

    /// <summary>The well-known text in a citation; null where there is none.</summary>
    private static string? EsriTextOf(TiffDirectory directory)
    {
        var texts = directory.Text(TiffTags.GeoTexts);
        var words = directory.Whole(TiffTags.GeoKeys);
        for (var i = 4; i + 3 < words.Length; i += 4)
        {
            var (count, at) = (words[i + 2], words[i + 3]);
            if (words[i] is not (Citation or ProjectedCitation) || words[i + 1] != TiffTags.GeoTexts)
                continue;
            // Damaged words may be negative or beyond the texts.
            var from = (int)Math.Clamp(at, 0, texts.Length);
            var text = texts.Substring(from, (int)Math.Clamp(count, 0, texts.Length - from));
            if (text.IndexOf(EsriText, StringComparison.Ordinal) is >= 0 and var found)
                return text[(found + EsriText.Length)..].TrimEnd('|');
        }
        return null;
    }

    private static CoordinateSystem SystemOf(Dictionary<int, double> keys, string? text, string name)
    {
        // Esri's programs leave the model unsaid: what has a projected code is projected.
        var model = keys.GetValueOrDefault(ModelType);
        var projected = model == 1 || (model != 2 && keys.ContainsKey(ProjectedType));
        var code = (int)keys.GetValueOrDefault(projected ? ProjectedType : GeographicType);
        if (code is > 0 and < UserDefined)
            return Known(() => CoordinateSystem.FromEpsg(code), $"EPSG:{code}", name);
        if (text is not null)
            return Known(() => CoordinateSystem.FromWellKnownText(text), text[..Math.Min(text.Length, SaidMax)], name);
        if (
            IsOfCgcs2000(keys)
            && (
                projected ? ZoneOf(keys)
                : code == UserDefined ? CoordinateSystem.Cgcs2000
                : null
            )
                is { } spelled
        )
            return spelled;
        if (code == 0)
            throw Problem.Images.NoGeoreference(name);
        throw Problem.Images.UnknownCrs(name, Spelled(keys));
    }

    private static CoordinateSystem Known(Func<CoordinateSystem> read, string said, string name)
    {
        try
        {
            return read();
        }
        catch (Problem unknown) when (unknown.Code != "geometry.older-datum")
        {
            throw Problem.Images.UnknownCrs(name, said);
        }
    }

    /// <summary>The ellipsoid is that of CGCS2000, or of WGS 84, a tenth of a millimetre away.</summary>
    private static bool IsOfCgcs2000(Dictionary<int, double> keys)
    {
        const double Axis = 6_378_137;
        const double Flattening = 298.2572;
        return (int)keys.GetValueOrDefault(GeographicType) is 4490 or 4326
            || (
                Math.Abs(keys.GetValueOrDefault(SemiMajorAxis) - Axis) < 0.01
                && Math.Abs(keys.GetValueOrDefault(InverseFlattening) - Flattening) < 1e-3
            );
    }

    /// <summary>The zone that the parameters spell out: a transverse Mercator true to scale on its meridian, in metres, from the
    /// equator. UTM has the same meridians and is none.</summary>
    private static CoordinateSystem? ZoneOf(Dictionary<int, double> keys)
    {
        bool Says(int key, double value) => keys.GetValueOrDefault(key, value) == value;
        if (
            !Says(Method, TransverseMercator)
            || !Says(OriginScale, 1)
            || !Says(OriginLatitude, 0)
            || !Says(FalseNorthing, 0)
            || !Says(LinearUnit, Metre)
        )
            return null;
        var meridian = keys.TryGetValue(OriginLongitude, out var origin) ? origin : keys.GetValueOrDefault(CentralLongitude, double.NaN);
        var easting = keys.GetValueOrDefault(FalseEasting, double.NaN);
        return Enumerable
            .Range(FirstZone, LastZone - FirstZone + 1)
            .Select(CoordinateSystem.FromEpsg)
            .FirstOrDefault(s => s.CentralMeridianDegrees == meridian && FalseEastingOf(s) == easting);
    }

    private static double FalseEastingOf(CoordinateSystem system) =>
        500_000 + (system.HasZonePrefix ? (system.Zone ?? 0) * 1_000_000.0 : 0);

    private static string Spelled(Dictionary<int, double> keys)
    {
        var text = new StringBuilder("user-defined");
        foreach (var key in (int[])[GeographicType, SemiMajorAxis, OriginLongitude, FalseEasting])
            if (keys.TryGetValue(key, out var value))
                text.Append(CultureInfo.InvariantCulture, $", {key}={value}");
        return text.ToString();
    }
}
