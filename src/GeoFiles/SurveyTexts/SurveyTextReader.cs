using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>Reads a survey text (勘测定界 TXT): blocks in square brackets, a heading line for each plot, a line for each boundary
/// point.</summary>
/// <remarks>
/// Taken as they occur: any encoding; points with or without a letter before their number, with or without the closing point, counted
/// with it or without; empty fields; several plots and rings; axes exchanged; blocks that are not known. What does not fit is listed with
/// its line, and a text that ends before its last plot is whole is refused.
/// </remarks>
internal sealed class SurveyTextReader
{
    private const int ShownLength = 60;

    private static readonly char[] Separators = [',', '，', '\t', ';', '；'];

    private readonly FilePart file;
    private readonly HeldLayer.Builder layer;
    private readonly SurveyTextHead head = new();
    private readonly Dictionary<string, long> skipped = new(StringComparer.Ordinal);
    private readonly List<SurveyPlot> plots = [];
    private string? block;
    private long strays;

    private SurveyTextReader(FilePart file, FileText text)
    {
        this.file = file;
        layer = new HeldLayer.Builder(file, file.Stem, text);
    }

    /// <summary>True when the beginning of a text is that of a survey text.</summary>
    public static bool Begins(string glance)
    {
        var start = glance.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (
            start.StartsWith('[')
            && (start.Contains("[属性描述]", StringComparison.Ordinal) || start.Contains("[地块坐标]", StringComparison.Ordinal))
        )
            return true;
        var lines = start.Split('\n', 3);
        return lines.Length > 1 && IsHeader(Fields(lines[0].TrimEnd('\r'))) && Point(Fields(lines[1].TrimEnd('\r'))) is not null;
    }

    /// <exception cref="Problem">files.*</exception>
    public static HeldLayer Read(FilePart file, string? encoding)
    {
        var text = FileText.Read(file, encoding);
        var reader = new SurveyTextReader(file, text);
        var number = 0;
        foreach (var line in text.Text.AsSpan().EnumerateLines())
            reader.Line(line.Trim("\uFEFF \t\0"), ++number);
        return reader.Finish();
    }

    private void Line(ReadOnlySpan<char> line, int number)
    {
        if (line.IsEmpty)
            return;
        if (line[0] == '[' && line.IndexOf(']') is var end and > 0)
            block = line[1..end].Trim().ToString();
        else if (block is null || IsCoordinates(block))
            Coordinates(line, number);
        else if (block.Contains("属性", StringComparison.Ordinal))
            Head(line);
        else
            skipped[block] = skipped.GetValueOrDefault(block) + 1;
    }

    private static bool IsCoordinates(string block) =>
        block.Contains("坐标", StringComparison.Ordinal) && !block.Contains("坐标系", StringComparison.Ordinal);

    private void Head(ReadOnlySpan<char> line)
    {
        var sign = line.IndexOfAny('=', '＝');
        if (sign > 0)
            head.Add(line[..sign].Trim().ToString(), line[(sign + 1)..].Trim().ToString());
        else
            strays++;
    }

    private void Coordinates(ReadOnlySpan<char> line, int number)
    {
        var fields = Fields(line.ToString());
        if (IsHeader(fields))
        {
            plots.Add(new SurveyPlot(fields));
            return;
        }
        if (plots.Count == 0)
            plots.Add(new SurveyPlot(header: null));
        var plot = plots[^1];
        if (Point(fields) is { } point)
            plot.Add(point.Ring, point.First, point.Second, number);
        else
        {
            var shown = line.Length > ShownLength ? $"{line[..ShownLength]}…" : line.ToString();
            plot.Fault ??= GeometryFaults.Damaged($"第 {number} 行不是界址点：“{shown}”", $"line {number} is no boundary point: “{shown}”");
        }
    }

    private HeldLayer Finish()
    {
        if (plots.Count == 0)
            throw Problem.Files.NoPlots(file.Name);
        if (plots[^1].IsShort)
            throw Problem.Files.TruncatedCoordinates(file.Name, plots.Count, plots[^1].Title, plots[^1].Announced!.Value, plots[^1].Listed);
        layer.Declare("界址点数", "integer");
        layer.Declare("地块面积", "real");
        for (var i = 0; i < plots.Count; i++)
        {
            var plot = plots[i];
            var (shape, fault) = plot.Shape();
            layer.Add(shape, fault, plot.Values());
            if (!plot.HasHeader)
                layer.Note("3501", i + 1, "地块没有标题行，只有界址点", "the plot has no heading line, only points");
            if (plot.AxesExchanged)
                layer.Note(
                    "2101",
                    i + 1,
                    "坐标次序颠倒（东坐标在前），已对调",
                    "its axes are exchanged (easting first) and were put right"
                );
        }
        foreach (var (name, lines) in skipped)
            layer.Note("1201", null, $"区块 [{name}] 的 {lines} 行未采用", $"{lines} lines of the block [{name}] were left aside");
        if (strays > 0)
            layer.Note(
                "1201",
                null,
                $"[属性描述] 中有 {strays} 行不是“名称=值”，未采用",
                $"{strays} lines of the head are no name=value and were left aside"
            );
        if (head.TransformationParameters is { } parameters)
            layer.Note(
                "2101",
                null,
                $"文件头带有转换参数（{parameters}），未采用；需要转换时用 --transform 给出",
                $"the head holds parameters of a transformation ({parameters}), which were not applied; give them with --transform where they are needed"
            );
        layer.CrsText = head.ToProjectionText();
        return layer.Build();
    }

    private static string[] Fields(string line)
    {
        var fields = line.Split(Separators, StringSplitOptions.TrimEntries);
        return fields.Length > 1 ? fields : line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A heading line ends with @, or has the form of the plot in its fifth field.</summary>
    private static bool IsHeader(string[] fields) =>
        Array.IndexOf(fields, "@") >= 0
        || (fields.Length >= 5 && fields[4] is "面" or "线" or "点")
        || (fields.Length >= 8 && fields[^1].EndsWith('@'));

    /// <summary><c>J1,1,X,Y</c> · <c>1,1,X,Y</c> · <c>J1,,X,Y</c> · <c>J1,X,Y</c> · <c>X,Y</c>; further fields are heights and
    /// remarks.</summary>
    private static (int? Ring, double First, double Second)? Point(string[] fields)
    {
        if (fields.Length >= 4 && Number(fields[2]) is { } x && Number(fields[3]) is { } y && Ring(fields[1], out var ring))
            return (ring, x, y);
        // A bare whole number here is the ring of a line that was cut off, not a coordinate.
        if (fields.Length >= 3 && !Ring(fields[1], out _) && Number(fields[1]) is { } first && Number(fields[2]) is { } second)
            return (null, first, second);
        return fields.Length == 2 && Number(fields[0]) is { } one && Number(fields[1]) is { } two ? (null, one, two) : null;
    }

    private static bool Ring(string field, out int? ring)
    {
        ring = int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return ring is not null || field.Length == 0;
    }

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
