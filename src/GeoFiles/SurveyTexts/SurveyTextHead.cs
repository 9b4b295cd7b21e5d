using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>The block [属性描述] of a survey text: what it says of the coordinate system.</summary>
/// <remarks>
/// Everything in it may be missing. What is said is put into the words of a projection file, so that one place decides for every format
/// what is believed, what is refused by name and what contradicts the numbers.
/// </remarks>
internal sealed class SurveyTextHead
{
    private const double FalseEastingMetres = 500_000;

    /// <summary>Zones of three degrees are numbered from here on, zones of six below.</summary>
    private const int FirstThreeDegreeZone = 25;

    /// <summary>From here on the number is no zone but a central meridian in degrees.</summary>
    private const int FirstMeridian = 60;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public void Add(string key, string value) => values[key] = value;

    /// <summary>Parameters of a transformation in the head (转换参数), when any of them is filled in.</summary>
    public string? TransformationParameters =>
        Of("转换参数") is { } given && given.Any(c => char.IsAsciiDigit(c) && c != '0') ? given : null;

    /// <summary>What the head says of the coordinate system, as the text of a projection file; <c>null</c> when it says nothing that
    /// decides.</summary>
    public string? ToProjectionText()
    {
        var system = Of("坐标系") ?? Of("坐标系统");
        var (geographic, older) = Geographic(system);
        if (Of("计量单位") is { } unit && unit.Contains('度', StringComparison.Ordinal))
            return geographic;
        if (Number("带号") is not { } zone)
            return older || (system is not null && geographic is null) ? geographic ?? Unknown(system!) : null;
        var width = Number("几度分带") ?? (zone < FirstThreeDegreeZone ? 6 : 3);
        var (meridian, easting) =
            zone >= FirstMeridian
                ? (zone, FalseEastingMetres)
                : (width == 6 ? zone * 6 - 3 : zone * width, zone * 1_000_000 + FalseEastingMetres);
        geographic ??= system is null ? Geographic("2000").Text : Unknown(system);
        var projection = Of("投影类型") is not { } said || IsGaussKruger(said) ? "Gauss_Kruger" : Plain(said);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            PROJCS["{width}_Degree_GK_Zone_{zone}",{geographic},PROJECTION["{projection}"],PARAMETER["False_Easting",{easting}],PARAMETER["False_Northing",0],PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",1],PARAMETER["Latitude_Of_Origin",0],UNIT["{Plain(
                Of("计量单位") ?? "米"
            )}",{UnitMetres()}]]
            """
        );
    }

    private double UnitMetres() =>
        (Of("计量单位") ?? "米") switch
        {
            "米" or "m" or "M" => 1,
            "公里" or "千米" or "km" => 1000,
            "厘米" or "cm" => 0.01,
            "毫米" or "mm" => 0.001,
            _ => 0, // not known: refused by name where the projection is read
        };

    private static (string? Text, bool Older) Geographic(string? system)
    {
        if (system is null)
            return (null, false);
        bool Has(params string[] parts) => parts.Any(p => system.Contains(p, StringComparison.OrdinalIgnoreCase));
        return Has("2000")
                ? (
                    "GEOGCS[\"CGCS2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]",
                    false
                )
            : Has("80", "西安")
                ? (
                    "GEOGCS[\"Xian_1980\",DATUM[\"D_Xian_1980\",SPHEROID[\"Xian_1980\",6378140,298.257]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]",
                    true
                )
            : Has("新") && Has("54", "北京")
                ? (
                    "GEOGCS[\"New_Beijing\",DATUM[\"D_New_Beijing\",SPHEROID[\"Krasovsky_1940\",6378245,298.3]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]",
                    true
                )
            : Has("54", "北京")
                ? (
                    "GEOGCS[\"Beijing_1954\",DATUM[\"D_Beijing_1954\",SPHEROID[\"Krasovsky_1940\",6378245,298.3]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]",
                    true
                )
            : Has("84")
                ? (
                    "GEOGCS[\"WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]",
                    false
                )
            : (null, false);
    }

    private static string Unknown(string system) =>
        $"GEOGCS[\"{Plain(system)}\",DATUM[\"{Plain(system)}\"],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]";

    private static bool IsGaussKruger(string said) =>
        said.Contains("高斯", StringComparison.Ordinal) || said.Contains("gauss", StringComparison.OrdinalIgnoreCase);

    private static string Plain(string text) => text.Replace('"', '\'');

    private string? Of(string key) => values.GetValueOrDefault(key)?.Trim() is { Length: > 0 } value ? value : null;

    private double? Number(string key) =>
        double.TryParse(Of(key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1000
            ? number
            : null;
}
