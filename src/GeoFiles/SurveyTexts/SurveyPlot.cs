using System.Globalization;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>One plot of a survey text while its lines are read: the line that heads it, and its boundary points ring by ring.</summary>
/// <param name="header">The fields of the heading line; <c>null</c> for points that no line heads.</param>
internal sealed class SurveyPlot(string[]? header)
{
    /// <summary>Chinese northings without a zone start here in the south; no easting without zone number reaches it.</summary>
    private const double EastingMetresMax = 1_000_000;

    private const double PrefixedEastingMetresMin = 13_000_000;

    /// <summary>Latitudes of China end well below, its longitudes start well above.</summary>
    private const double BetweenDegrees = 60;

    private static readonly string[] Names = ["界址点数", "地块面积", "地块编号", "地块名称", "图形属性", "图幅号", "地块用途", "地类编码"];

    private static readonly string[] Forms = ["面", "线", "点"];

    private readonly List<(int? Index, List<double> Points)> rings = [];
    private readonly string[] cells = header is null ? [] : Aligned(header);
    private readonly Dictionary<string, object?> taken = new(StringComparer.Ordinal);
    private int listed;
    private bool isBroken;

    public GeometryFault? Fault { get; set; }

    /// <summary>Points that no line heads have no attributes either.</summary>
    public bool HasHeader => header is not null;

    /// <summary>The axes stood the other way round: easting before northing.</summary>
    public bool AxesExchanged { get; private set; }

    /// <summary>Points that the heading line announces; <c>null</c> when it does not say.</summary>
    public int? Announced => int.TryParse(Cell(0), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>Boundary points found, closing points counted as they are written.</summary>
    public int Listed => listed;

    /// <summary>True when fewer points came than were announced, whether the closing ones count or not.</summary>
    public bool IsShort => Announced is { } count && count > Math.Max(listed, Distinct + rings.Count);

    public string Title => Cell(2) is { Length: > 0 } number ? number : Cell(3);

    private int Distinct => rings.Sum(ring => ring.Points.Count / 2 - (IsClosed(ring.Points) ? 1 : 0));

    /// <summary>No further point belongs to the plot.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Attributes that a table gives beside the points.</summary>
    public IEnumerable<(string Field, object? Value)> Taken => taken.Select(pair => (pair.Key, pair.Value));

    /// <summary>Takes the attribute unless it has one; false when that is another.</summary>
    public bool Take(string field, object value) => taken.TryAdd(field, value) || Equals(taken[field], value);

    /// <summary>The next point begins a ring.</summary>
    public void Break() => isBroken = true;

    public void End() => HasEnded = true;

    /// <param name="index">Number of the ring; <c>null</c> when the line does not say.</param>
    /// <param name="first">X of the survey, the northing, unless the axes are exchanged.</param>
    public void Add(int? index, double first, double second, int line)
    {
        listed++;
        var mayContinue = !isBroken;
        isBroken = false;
        if (mayContinue && rings.Count > 0 && Continues(rings[^1], index, first, second))
        {
            rings[^1].Points.AddRange([first, second]);
            return;
        }
        if (index is not null && rings.Any(ring => ring.Index == index && !IsClosed(ring.Points)))
            Fault ??= GeometryFaults.Damaged(
                $"第 {line} 行又回到第 {index} 圈，而该圈没有闭合",
                $"line {line} returns to ring {index}, which was not closed"
            );
        rings.Add((index, [first, second]));
    }

    /// <summary>The rings with x = east, or the fault that stands in their way.</summary>
    public (Shape? Shape, GeometryFault? Fault) Shape()
    {
        if (Cell(4) is "点")
            return (null, GeometryFaults.NotPolygon("点", "point"));
        if (Cell(4) is "线")
            return (null, GeometryFaults.NotPolygon("线", "line"));
        if (Fault is not null)
            return (null, Fault);
        if (rings.Count == 0)
            return (null, GeometryFaults.Empty);
        if (Announced is { } count && (count < Distinct || count > Math.Max(listed, Distinct + rings.Count)))
            return (
                null,
                GeometryFaults.Damaged(
                    $"写明 {count} 个界址点，实有 {Distinct} 个（含闭合点 {listed} 个）",
                    $"{count} boundary points are announced, {Distinct} are there ({listed} with closing points)"
                )
            );
        AxesExchanged = rings.TrueForAll(ring => Exchanged(ring.Points));
        return (new Shape([.. rings.Select(ring => East(ring.Points))]), null);
    }

    public IEnumerable<(string Field, object? Value)> Values()
    {
        for (var i = 0; i < Names.Length; i++)
            yield return (Names[i], Value(i));
        if (cells.Length > Names.Length)
            yield return ("其他", string.Join(',', cells[Names.Length..]));
    }

    private object? Value(int place)
    {
        var text = Cell(place);
        if (text.Length == 0)
            return null;
        if (place == 0)
            return Announced is { } count ? (long)count : text;
        return place == 1 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var area) && double.IsFinite(area)
            ? area
            : text;
    }

    private string Cell(int place) => place < cells.Length ? cells[place] : "";

    /// <summary>A name that itself holds commas pushes the form (面, 线, 点) to the right; it is put together again.</summary>
    private static string[] Aligned(string[] given)
    {
        var end = Array.IndexOf(given, "@");
        var fields = end >= 0 ? [.. given[..end], .. given[(end + 1)..].Where(rest => rest.Length > 0)] : given;
        while (end < 0 && fields.Length > Names.Length && fields[^1].Length == 0)
            fields = fields[..^1];
        const int NamePlace = 3;
        var form = Array.FindIndex(fields, NamePlace < fields.Length ? NamePlace : fields.Length, field => Forms.Contains(field));
        return form > NamePlace + 1 ? [.. fields[..NamePlace], string.Join(',', fields[NamePlace..form]), .. fields[form..]] : fields;
    }

    private static bool Continues((int? Index, List<double> Points) ring, int? index, double first, double second)
    {
        var repeats = ring.Points[^2] == first && ring.Points[^1] == second;
        return (index is null || index == ring.Index) && (!IsClosed(ring.Points) || repeats);
    }

    private static bool IsClosed(List<double> points) => points.Count > 2 && points[0] == points[^2] && points[1] == points[^1];

    private static bool Exchanged(List<double> points)
    {
        for (var i = 0; i < points.Count; i += 2)
        {
            var (first, second) = (points[i], points[i + 1]);
            var eastingFirst =
                (first >= PrefixedEastingMetresMin && second < PrefixedEastingMetresMin)
                || (first < EastingMetresMax && second >= EastingMetresMax && second < PrefixedEastingMetresMin)
                || (first is > BetweenDegrees and <= 180 && second is > -90 and < BetweenDegrees);
            if (!eastingFirst)
                return false;
        }
        return true;
    }

    private double[] East(List<double> points)
    {
        var pairs = new double[points.Count];
        for (var i = 0; i < pairs.Length; i += 2)
            (pairs[i], pairs[i + 1]) = AxesExchanged ? (points[i], points[i + 1]) : (points[i + 1], points[i]);
        return pairs;
    }
}
