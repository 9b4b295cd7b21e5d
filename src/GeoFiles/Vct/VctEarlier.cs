using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>Lines and polygons in the forms before GB/T 17798-2007: of GB/T 17798-1999 (VCT 1.0) and of the second land survey (VCT 2.0).
/// Their head has a line <c>Topo</c>.</summary>
/// <remarks>
/// A line: number, code, name of the layer, kind, count, points. A polygon: number, code, name of the layer, where its label stands; then
/// without topology ring after ring (count, points) until a zero, else a count and the numbers of lines, negative when run backwards.
/// Learned from public readers that agree (the converters of GeoStar and of Yutai), which take a second line of text before the label, and
/// a zero after the last line, as they come.
/// </remarks>
internal sealed class VctEarlier(VctLines lines, VctHead head)
{
    private const long Polyline = 1;

    /// <summary>Nodes at both ends and polygons on both sides of a line, where the head promises them.</summary>
    private const int NeighboursOfLine = 4;

    /// <summary>The points of a line, after its number; <c>null</c> for arcs and other curves.</summary>
    public double[]? Line()
    {
        _ = lines.Required("线", "a line"); // code
        _ = lines.Required("线", "a line"); // layer
        var kind = lines.Whole("线的特征类型", "the kind of a line");
        var count = lines.Count("点数", "the number of points");
        var points = new List<double>();
        for (var i = 0L; i < count; i++)
        {
            var (x, y) = lines.Pair(head.Separator);
            points.AddRange([x, y]);
        }
        if (head.HasNodes)
            for (var i = 0; i < NeighboursOfLine; i++)
                _ = lines.Whole("线的拓扑", "the topology of a line");
        lines.Skip("0");
        return kind == Polyline ? [.. points] : null;
    }

    /// <summary>A polygon after its number: its rings, or the lines it names.</summary>
    public (string Code, List<double[]> Rings, List<long>? References) Polygon()
    {
        var code = lines.Required("面", "a polygon");
        _ = lines.Required("面", "a polygon"); // layer
        if (VctLines.PairOf(lines.Required("面", "a polygon"), head.Separator) is null)
            _ = lines.Pair(head.Separator);
        return head.ByLines ? (code, [], References()) : (code, Rings(), null);
    }

    private List<double[]> Rings()
    {
        var rings = new List<double[]>();
        while (lines.Count("点数", "the number of points") is var count and > 0)
            rings.Add(lines.Pairs(count, head));
        return rings;
    }

    private List<long> References()
    {
        var count = lines.Count("线数", "the number of lines");
        var references = new List<long>();
        while (references.Count < count)
        {
            var line = lines.Required("面", "a polygon");
            foreach (var field in line.Split(head.Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                references.Add(
                    long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var reference)
                    && reference > long.MinValue
                        ? reference
                        : throw lines.Damaged($"“{field}”不是线的编号", $"“{field}” is no number of a line")
                );
        }
        lines.Skip("0");
        return references;
    }
}
