using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>The head of a VCT file: its separator and what it says of the coordinate system.</summary>
internal sealed class VctHead
{
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string line)
    {
        var sign = line.AsSpan().IndexOfAny(':', '：', '=');
        if (sign > 0)
            values[line[..sign].Trim()] = line[(sign + 1)..].Trim();
    }

    public char Separator => Of("Separator") is { Length: > 0 } given ? given[0] : ',';

    /// <summary>True when the first number of a pair points north.</summary>
    public bool NorthFirst => Of("XAxisDirection") is { } direction && direction.StartsWith('N');

    /// <summary>True for the forms before GB/T 17798-2007, which alone say what topology they carry.</summary>
    public bool IsEarlier => Of("Topo") is not null;

    /// <summary>Of an earlier form: polygons name lines.</summary>
    public bool ByLines => Of("Topo") is not "0";

    /// <summary>Of an earlier form: lines carry their nodes and neighbours.</summary>
    public bool HasNodes => Of("Topo") is "2" && Of("Version") is { } version && version.StartsWith('1');

    /// <summary>Spheroid, projection and parameters in the words of a projection file; <c>null</c> when the head says too little.</summary>
    public string? ToProjectionText()
    {
        if (IsEarlier)
            return EarlierProjectionText();
        var spheroid = (Of("Spheroid") ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (spheroid.Length < 3 || Number(spheroid[1]) is not { } axis || Number(spheroid[2]) is not { } flattening)
            return null;
        var geographic = Geographic(spheroid[0], axis, flattening);
        if (Of("CoordinateSystemType") is not "P")
            return geographic;
        // Central meridian, scale, false easting, false northing, width of the zone, number of the zone.
        var numbers = (Of("Parameters") ?? "").Split(',', StringSplitOptions.TrimEntries).Select(Number).ToList();
        if (numbers.Count < 4 || numbers[0] is not { } meridian || numbers[2] is not { } easting)
            return null;
        var projection = (Of("Projection") ?? "高斯").Contains("高斯", StringComparison.Ordinal) ? "Gauss_Kruger" : Of("Projection");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"PROJCS[\"{numbers.ElementAtOrDefault(4)} degree GK\",{geographic},PROJECTION[\"{projection}\"],PARAMETER[\"False_Easting\",{easting}],PARAMETER[\"False_Northing\",{numbers[3] ?? 0}],PARAMETER[\"Central_Meridian\",{meridian}],PARAMETER[\"Scale_Factor\",{numbers[1] ?? 1}],PARAMETER[\"Latitude_Of_Origin\",0],UNIT[\"{Of("XYUnit")}\",{(Of("XYUnit") is "M" or "m" or null ? 1 : 0)}]]"
        );
    }

    /// <summary>Before 2007 the parameters are the two axes, and the false easting follows from where the coordinates begin.</summary>
    private string? EarlierProjectionText()
    {
        const double zonePrefix = 1_000_000;
        var axes = (Of("Parameters") ?? "").Split(',', StringSplitOptions.TrimEntries).Select(Number).ToList();
        if (axes.Count < 2 || axes[0] is not { } major || axes[1] is not { } minor || !(minor < major))
            return null;
        var geographic = Geographic(Of("Spheroid") ?? "", major, major / (major - minor));
        if (Of("Unit") is "D" or "d")
            return geographic;
        // "Meridinan" is how programs write it.
        if (Number(Of("Meridinan") ?? Of("Meridian") ?? "") is not { } meridian)
            return null;
        var east = Number(Of(NorthFirst ? "MinY" : "MinX") ?? "") ?? 0;
        var easting = 500_000 + (east >= zonePrefix ? Math.Floor(east / zonePrefix) * zonePrefix : 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"PROJCS[\"GK\",{geographic},PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",{easting}],PARAMETER[\"Central_Meridian\",{meridian}],UNIT[\"M\",1]]"
        );
    }

    private static string Geographic(string name, double axis, double flattening)
    {
        name = name.Replace('"', '\'');
        return string.Create(
            CultureInfo.InvariantCulture,
            $"GEOGCS[\"{name}\",DATUM[\"{name}\",SPHEROID[\"{name}\",{axis},{flattening}]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]"
        );
    }

    private string? Of(string key) => values.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
