using System.Globalization;

namespace Weipian.GeoFiles;

/// <summary>Makes a layer of the rows of a table: polygons written as text in one column, or boundary points in two (坐标列表).</summary>
/// <remarks>
/// The head may stand below a title. Points belong to the plot whose number their row carries, or the row above (merged cells); without
/// such a column an empty row or a ring that closes ends the plot. X is the northing, as in every Chinese list, unless the numbers or the
/// words say otherwise. Every other column is an attribute, from the first row of its plot.
/// </remarks>
internal sealed class TableReader
{
    /// <summary>So far down a head may stand.</summary>
    private const int HeadRowsMax = 20;

    private const int ShownLength = 40;

    private readonly HeldLayer.Builder layer;
    private readonly List<SurveyPlot> plots = [];
    private readonly Dictionary<string, SurveyPlot> byNumber = new(StringComparer.Ordinal);
    private readonly HashSet<string> differing = new(StringComparer.Ordinal);
    private readonly HashSet<int> srids = [];
    private TableHead? head;

    /// <summary>How the first point of the plot at hand is written.</summary>
    private (string Label, string North, string East) begun;
    private int row;
    private long without;

    private TableReader(HeldLayer.Builder layer) => this.layer = layer;

    /// <summary>True when the first rows of a text are those of a table that can be read.</summary>
    public static bool Begins(string glance)
    {
        var separator = DelimitedText.SeparatorOf(glance);
        var rows = DelimitedText.Rows(glance, separator).Take(HeadRowsMax).ToList();
        return rows.Exists(cells => cells.Any(PolygonText.Looks)) || rows.SkipLast(1).Any(cells => TableHead.Of(cells) is not null);
    }

    /// <exception cref="Problem">files.*</exception>
    public static HeldLayer ReadText(FilePart file, string? encoding)
    {
        var text = FileText.Read(file, encoding);
        var rows = DelimitedText.Rows(text.Text, DelimitedText.SeparatorOf(text.Text));
        return Read(new HeldLayer.Builder(file, file.Stem, text), rows) ?? throw Problem.Files.NoCoordinateTable(file.Name);
    }

    /// <summary>The layer, or <c>null</c> when the rows have no head that names coordinates.</summary>
    /// <exception cref="Problem">files.limit-exceeded</exception>
    public static HeldLayer? Read(HeldLayer.Builder layer, IEnumerable<string[]> rows)
    {
        var reader = new TableReader(layer);
        var first = new List<string[]>();
        foreach (var cells in rows)
        {
            reader.row++;
            if (reader.head is not null)
                reader.Row(cells);
            else if (!reader.FindHead(first, cells) && first.Count > HeadRowsMax)
                return null;
        }
        return reader.head is null ? null : reader.Finish();
    }

    private bool FindHead(List<string[]> first, string[] cells)
    {
        if (cells.Length > HeldLayer.FieldsMax)
            throw Problem.Files.LimitExceeded(layer.Name, "列数", "the number of columns", cells.Length, HeldLayer.FieldsMax);
        // A column of polygons is known by its first value, and the row above names the columns.
        var column = Array.FindIndex(cells, PolygonText.Looks);
        if (column >= 0)
        {
            var names = first.LastOrDefault(above => above.Any(cell => cell.Length > 0));
            head = TableHead.OfPolygons(names, cells.Length, column);
            Row(cells);
            return true;
        }
        head = TableHead.Of(cells, first.LastOrDefault());
        first.Add(cells);
        return head is not null;
    }

    private void Row(string[] cells)
    {
        if (head!.Polygon is { } column)
            PolygonRow(cells, column);
        else if (!Array.Exists(cells, cell => cell.Length > 0))
            Blank();
        else
            Point(cells);
    }

    private void PolygonRow(string[] cells, int column)
    {
        if (!Array.Exists(cells, cell => cell.Length > 0))
            return;
        var (shape, fault, srid, left) = PolygonText.Read(column < cells.Length ? cells[column] : "");
        if (srid is > 0)
            srids.Add(srid.Value);
        layer.Add(shape, fault, head!.Attributes(cells), left);
    }

    private void Blank()
    {
        if (head!.Number is null && plots.Count > 0)
            plots[^1].End();
        else
            plots.LastOrDefault()?.Break();
    }

    private void Point(string[] cells)
    {
        var (north, east) = (head!.Cell(cells, head.North), head.Cell(cells, head.East));
        if (north.Length == 0 && east.Length == 0)
        {
            Words(cells);
            return;
        }
        if (TableHead.Of(cells) is not null)
        {
            Blank(); // the head once more, above the next plot
            return;
        }
        EndAtFirstLabel(cells, north, east);
        var plot = PlotOf(cells);
        if (Coordinate(north) is not { } first || Coordinate(east) is not { } second)
        {
            var shown = $"{north} {east}";
            shown = shown.Length > ShownLength ? shown[..ShownLength] + "…" : shown;
            plot.Fault ??= GeometryFaults.Damaged(
                $"第 {row} 行的坐标“{shown}”不是数值",
                $"the coordinates “{shown}” in row {row} are no numbers"
            );
            return;
        }
        var ring = int.TryParse(head.Cell(cells, head.Ring), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : (int?)null;
        plot.Add(ring, first, second, row);
    }

    /// <summary>Without a column of plots, a point named like the first of its plot that lies elsewhere begins the next plot.</summary>
    private void EndAtFirstLabel(string[] cells, string north, string east)
    {
        if (head!.Number is not null || head.Ring is not null || head.Cell(cells, head.Point) is not { Length: > 0 } label)
            return;
        var isNew = plots.Count == 0 || plots[^1].HasEnded;
        if (!isNew && label == begun.Label && (north, east) != (begun.North, begun.East))
        {
            plots[^1].End();
            isNew = true;
        }
        if (isNew)
            begun = (label, north, east);
    }

    /// <summary>A row without coordinates: the title of the next plot, or a note or sum that belongs to no plot.</summary>
    private void Words(string[] cells)
    {
        if (head!.Number is { } column && head.Cell(cells, column).Length > 0 && byNumber.ContainsKey(head.Cell(cells, column)))
            return;
        without++;
        Blank();
    }

    private SurveyPlot PlotOf(string[] cells)
    {
        var number = head!.Cell(cells, head.Number);
        SurveyPlot plot;
        if (head.Number is null || (number.Length == 0 && plots.Count > 0))
            plot = plots.Count == 0 || plots[^1].HasEnded ? New() : plots[^1];
        else if (byNumber.TryGetValue(number, out var known))
        {
            plot = known;
            if (!ReferenceEquals(plot, plots[^1]))
                plot.Break();
        }
        else
            byNumber[number] = plot = New();
        foreach (var (field, value) in head.Attributes(cells))
            if (value is not null && !plot.Take(field, value))
                differing.Add(field);
        return plot;

        SurveyPlot New()
        {
            plots.LastOrDefault()?.Break();
            plots.Add(new SurveyPlot(header: null));
            return plots[^1];
        }
    }

    private HeldLayer Finish()
    {
        foreach (var field in head!.Names)
            layer.Declare(field, "text");
        for (var i = 0; i < plots.Count; i++)
        {
            var (shape, fault) = plots[i].Shape();
            layer.Add(shape, fault, plots[i].Taken);
            if (plots[i].AxesExchanged)
                layer.Note(
                    "2101",
                    i + 1,
                    "坐标次序颠倒（东坐标在前），已对调",
                    "its axes are exchanged (easting first) and were put right"
                );
        }
        foreach (var field in differing)
            layer.Note(
                "3201",
                null,
                $"列“{field}”在同一地块内有不同的值，取第一个",
                $"the column “{field}” has different values within one plot; the first was taken"
            );
        if (without > 0)
            layer.Note("1201", null, $"{without} 行没有坐标，未采用", $"{without} rows without coordinates were left aside");
        if (srids.Count == 1)
            layer.Epsg = srids.First();
        else if (srids.Count > 1)
            layer.Note(
                "2101",
                null,
                $"各行的 SRID 不同（{string.Join("、", srids.Order())}），未采用",
                $"the rows name different SRIDs ({string.Join(", ", srids.Order())}), none of which was followed"
            );
        return layer.Build();
    }

    /// <summary>Metres or degrees as a number, or degrees, minutes and seconds.</summary>
    private static double? Coordinate(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma >= 0 && IsDecimal(text, comma))
            text = string.Concat(text.AsSpan(0, comma), ".", text.AsSpan(comma + 1));
        if (double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            return double.IsFinite(number) ? number : null;
        var parts = text.Split(
            ['°', '′', '″', '\'', '"', '度', '分', '秒', ' ', 'N', 'E'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var isAngle = text.Contains('°', StringComparison.Ordinal) || text.Contains('度', StringComparison.Ordinal);
        if (parts.Length is < 2 or > 3 || !isAngle)
            return null;
        var degrees = 0.0;
        var unit = 1.0;
        foreach (var part in parts)
        {
            if (
                !double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                || (unit < 1 && value >= 60)
            )
                return null;
            degrees += value * unit;
            unit /= 60;
        }
        return degrees;
    }

    /// <summary>A comma that cannot part thousands: the only one, no point besides, and more than three digits before it or not three
    /// behind it.</summary>
    private static bool IsDecimal(string text, int comma)
    {
        var isOnly = !text.AsSpan(comma + 1).ContainsAny(',', '.') && !text.AsSpan(0, comma).Contains('.');
        var (before, behind) = (text.AsSpan(0, comma).TrimStart("+- ").Length, text.AsSpan(comma + 1).TrimEnd().Length);
        return isOnly && (before > 3 || behind != 3);
    }
}
