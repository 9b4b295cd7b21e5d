using System.Globalization;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Reads the file of <c>--transform</c>: lines <c>name = value</c>, remarks behind <c>#</c>.</summary>
/// <remarks>
/// Seven parameters: <c>from, rotation, dx, dy, dz, rx, ry, rz, scale</c>. Control points: <c>from, to, residual-max</c> and a line
/// <c>point = name, X, Y, X, Y</c> for each, X the northing as in every Chinese list. Nothing has a default: a parameter left out is a
/// question to the office that gave them, not a zero.
/// </remarks>
public static class TransformationFile
{
    private const int LengthMax = 1 << 20;

    private static readonly string[] Numbers = ["dx", "dy", "dz", "rx", "ry", "rz", "scale"];
    private static readonly string[] Names = ["from", "to", "rotation", "residual-max", "point", .. Numbers];

    /// <exception cref="Problem">files.transformation-syntax, geometry.transformation-*</exception>
    public static DatumTransformation Read(string path)
    {
        var part = FilePart.Of(Path.GetFullPath(path));
        if (part.Length > LengthMax)
            throw Problem.Files.LimitExceeded(part.Name, "文本长度（字节）", "the length of the text in bytes", part.Length, LengthMax);
        var (values, points) = Lines(part, FileText.Read(part, ordered: null).Text);
        string Of(string name) =>
            values.TryGetValue(name, out var value)
                ? value.Text
                : throw Problem.Files.TransformationSyntax(part.Name, 0, $"缺少 {name}", $"it lacks {name}");
        double Number(string name) =>
            Parsed(Of(name))
            ?? throw Problem.Files.TransformationSyntax(
                part.Name,
                values[name].Line,
                $"{name} 的值“{Of(name)}”不是数字",
                $"the value “{Of(name)}” of {name} is no number"
            );
        if (points.Count > 0)
            return new LocalFit(Epsg(part, values, Of("from")), Epsg(part, values, Of("to")), points, Number("residual-max"));
        var sense = Of("rotation") switch
        {
            "coordinate-frame" => RotationSense.CoordinateFrame,
            "position-vector" => RotationSense.PositionVector,
            var other => throw Problem.Files.TransformationSyntax(
                part.Name,
                values["rotation"].Line,
                $"rotation 须为 coordinate-frame（布尔莎）或 position-vector，不能是“{other}”",
                $"rotation is coordinate-frame (Bursa as Chinese surveys write it) or position-vector, not “{other}”"
            ),
        };
        var n = Numbers.Select(Number).ToArray();
        return new SevenParameters(Of("from"), sense, (n[0], n[1], n[2]), (n[3], n[4], n[5]), n[6]);
    }

    private static (Dictionary<string, (string Text, int Line)> Values, List<ControlPoint> Points) Lines(FilePart part, string text)
    {
        var values = new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        var points = new List<ControlPoint>();
        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.IndexOf('#') is var remark and >= 0 ? raw[..remark].Trim() : raw.Trim("\uFEFF \t");
            if (line.IsEmpty)
                continue;
            var sign = line.IndexOf('=');
            var (name, value) = sign < 0 ? (line.ToString(), "") : (line[..sign].Trim().ToString(), line[(sign + 1)..].Trim().ToString());
            if (sign < 0 || !Names.Contains(name, StringComparer.Ordinal))
                throw Problem.Files.TransformationSyntax(
                    part.Name,
                    number,
                    $"不认识“{name}”，可用的名称有 {string.Join("、", Names)}",
                    $"“{name}” is not known; the names are {string.Join(", ", Names)}"
                );
            if (name == "point")
                points.Add(Point(part, number, value));
            else if (!values.TryAdd(name, (value, number)))
                throw Problem.Files.TransformationSyntax(part.Name, number, $"{name} 出现了两次", $"{name} is given twice");
        }
        return (values, points);
    }

    private static ControlPoint Point(FilePart part, int line, string value)
    {
        var fields = value.Split([',', '，', '\t'], StringSplitOptions.TrimEntries);
        var numbers = fields.Skip(1).Select(Parsed).ToList();
        if (numbers is not [{ } fromNorth, { } fromEast, { } toNorth, { } toEast])
            throw Problem.Files.TransformationSyntax(
                part.Name,
                line,
                "控制点写作：点名, 原X(北), 原Y(东), 新X(北), 新Y(东)",
                "a control point is written: name, X (north), Y (east) of the old, X, Y of the new"
            );
        return new(fields[0], fromEast, fromNorth, toEast, toNorth);
    }

    private static int Epsg(FilePart part, Dictionary<string, (string Text, int Line)> values, string text) =>
        text.StartsWith("EPSG:", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : throw Problem.Files.TransformationSyntax(
                part.Name,
                values.Values.First(value => value.Text == text).Line,
                $"控制点的坐标系须写作 EPSG:代号，不能是“{text}”",
                $"the system of control points is written EPSG:number, not “{text}”"
            );

    private static double? Parsed(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
