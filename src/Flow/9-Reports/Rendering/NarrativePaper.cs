using System.Globalization;
using System.Text.RegularExpressions;

namespace Weipian.Flow.Reports;

/// <summary>Lays a narrative report out from its frozen figures. Nothing is looked up: what the snapshot holds is what is
/// printed.</summary>
public static partial class NarrativePaper
{
    /// <summary>A table with more columns stands on its side: units across, figures down.</summary>
    private const int ColumnsMax = 8;

    /// <summary>From so many units on a figure would be broken in ordinary type.</summary>
    private const int CompactFrom = 5;

    private static readonly string[] SectionNumbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

    /// <param name="signed">Who filled, checked and answers.</param>
    public static Paper Of(ReportKind kind, FigureBook book, IReadOnlyList<string> signed)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(signed);
        var blocks = new List<PaperBlock>();
        if (book.Facts.TryGetValue("recipients", out var recipients))
            blocks.Add(new PaperPassage(recipients + "：", Indented: false));
        var number = 0;
        foreach (var section in kind.Sections)
        {
            var passages = section.Text.Where(t => IsComplete(t, book)).Select(t => new PaperPassage(Filled(t, book))).ToList();
            if (passages.Count == 0 && section.Table is null)
                continue;
            blocks.Add(new PaperHeading($"{SectionNumbers[number++]}、{section.Zh}"));
            blocks.AddRange(passages);
            if (section.Table is not { } id)
                continue;
            blocks.Add(Table(book[id], section.Columns));
            blocks.AddRange(book[id].Notes.Select(n => new PaperPassage("注：" + n.Zh, Indented: false)));
        }
        blocks.Add(new PaperClosing([.. signed, book.Facts.GetValueOrDefault("on", "")]));
        return new(Title(kind, book), null, blocks);
    }

    /// <summary>Names district, programmes and kind.</summary>
    public static string Title(ReportKind kind, FigureBook book)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(book);
        return PaperText.Joined(book.Facts.GetValueOrDefault("territory", "") + book.Facts.GetValueOrDefault("programmes", ""), kind.Zh);
    }

    /// <summary>A figure as it is read: a count, 亩 with two decimals, a share in per cent.</summary>
    public static string Shown(FigureColumn column, FigureCell cell)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(cell);
        return column.Kind switch
        {
            _ when cell.Value is null => cell.Text ?? "",
            FigureKind.Area => (cell.Mu ?? 0).ToString("0.00", CultureInfo.InvariantCulture),
            FigureKind.Ratio => cell.Value.Value.ToString("0.00%", CultureInfo.InvariantCulture),
            _ => cell.Value.Value.ToString("0", CultureInfo.InvariantCulture),
        };
    }

    private static PaperTable Table(FigureTable table, IReadOnlyList<string> only)
    {
        var columns = only.Count > 0 ? [.. only.Select(table.At)] : Enumerable.Range(0, table.Columns.Count).ToList();
        var rows = table.Total is null ? table.Rows : [.. table.Rows, table.Total];
        if (columns.Count <= ColumnsMax)
            return new(
                [.. columns.Select(c => (double)table.Columns[c].Width)],
                [
                    [.. columns.Select(c => Head(table.Columns[c]))],
                    .. rows.Select(r => (IReadOnlyList<string>)[.. columns.Select(c => Shown(table.Columns[c], r.Cells[c]))]),
                ],
                HeaderRows: 1,
                Compact: columns.Count > CompactFrom
            );
        return new(
            [2.4, .. rows.Select(_ => 1.0)],
            [
                [table.Columns[0].Zh, .. rows.Select(r => r.Cells[0].Text ?? "")],
                .. columns
                    .Skip(1)
                    .Select(c => (IReadOnlyList<string>)[Head(table.Columns[c]), .. rows.Select(r => Shown(table.Columns[c], r.Cells[c]))]),
            ],
            HeaderRows: 1,
            LabelColumn: true,
            Compact: rows.Count > CompactFrom
        );
    }

    private static string Head(FigureColumn column) => column.Group is { } group ? $"{group.Zh}：{column.Zh}" : column.Zh;

    private static bool IsComplete(string text, FigureBook book) =>
        Mark().Matches(text).All(m => m.Groups["column"].Success || book.Facts.ContainsKey(m.Groups["word"].Value));

    private static string Filled(string text, FigureBook book) =>
        Mark()
            .Replace(
                text,
                mark =>
                {
                    if (!mark.Groups["column"].Success)
                        return book.Facts[mark.Groups["word"].Value];
                    var table = book[mark.Groups["word"].Value];
                    var column = mark.Groups["column"].Value;
                    return Shown(table.Columns[table.At(column)], table.TotalOf(column));
                }
            );

    /// <summary><c>{word}</c> or <c>{table.column}</c>.</summary>
    [GeneratedRegex(@"\{(?<word>[a-z-]+)(\.(?<column>[a-z-]+))?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
