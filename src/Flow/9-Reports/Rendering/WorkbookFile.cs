using System.Globalization;
using System.Xml.Linq;

namespace Weipian.Flow.Reports;

/// <summary>What stands above and below the tables of a workbook.</summary>
/// <param name="Heading">Names the district and the programmes.</param>
/// <param name="Signed">Who filled, checked and answers: the last line of each sheet.</param>
public sealed record WorkbookFrame(string Heading, DateOnly OnDay, IReadOnlyList<string> Signed);

/// <summary>Tables as an Excel workbook (XLSX): one sheet each, A4 across, totals and checks as real formulas; the same bytes for the same
/// snapshot.</summary>
/// <remarks>A check that fails turns #FFC7CE, also when somebody changes a figure in the file afterwards.</remarks>
public static class WorkbookFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Of(IReadOnlyList<FigureTable> tables, WorkbookFrame frame)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(frame);
        var numbers = Enumerable.Range(1, tables.Count).ToList();
        var parts = new List<(string, byte[])>
        {
            (
                "[Content_Types].xml",
                PartsFile.Types([
                    ("/xl/workbook.xml", Main + "sheet.main+xml"),
                    ("/xl/styles.xml", Main + "styles+xml"),
                    .. numbers.Select(n => ($"/xl/worksheets/sheet{n}.xml", Main + "worksheet+xml")),
                ])
            ),
            ("_rels/.rels", PartsFile.Relations(("rId1", "officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", PartsFile.Xml(Workbook(tables))),
            (
                "xl/_rels/workbook.xml.rels",
                PartsFile.Relations([
                    .. numbers.Select(n => ($"rId{n}", "worksheet", $"worksheets/sheet{n}.xml")),
                    ($"rId{tables.Count + 1}", "styles", "styles.xml"),
                ])
            ),
            ("xl/styles.xml", PartsFile.Xml(WorkbookStyles.Sheet())),
        };
        parts.AddRange(
            tables.Select((table, i) => ($"xl/worksheets/sheet{i + 1}.xml", PartsFile.Xml(new WorkbookSheet(table, frame).Xml())))
        );
        return PartsFile.Of(parts);
    }

    /// <summary>A, B … Z, AA …; 0 is A.</summary>
    internal static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);

    private static XElement Workbook(IReadOnlyList<FigureTable> tables) =>
        new(
            S + "workbook",
            new XAttribute(XNamespace.Xmlns + "r", R),
            new XElement(
                S + "sheets",
                tables.Select(
                    (table, i) =>
                        new XElement(
                            S + "sheet",
                            new XAttribute("name", SheetName(table.Zh)),
                            new XAttribute("sheetId", i + 1),
                            new XAttribute(R + "id", $"rId{i + 1}")
                        )
                )
            ),
            new XElement(
                S + "definedNames",
                tables.Select(
                    (table, i) =>
                        new XElement(
                            S + "definedName",
                            new XAttribute("name", "_xlnm.Print_Titles"),
                            new XAttribute("localSheetId", i),
                            $"'{SheetName(table.Zh)}'!${WorkbookSheet.HeaderRow}:${WorkbookSheet.HeaderRow + 1}"
                        )
                )
            ),
            new XElement(S + "calcPr", new XAttribute("fullCalcOnLoad", 1))
        );

    private static string SheetName(string name) => name.Length <= 31 ? name : name[..31];
}

/// <summary>One sheet.</summary>
internal sealed class WorkbookSheet(FigureTable table, WorkbookFrame frame)
{
    /// <summary>The two rows of column heads begin here; rows count from 1.</summary>
    public const int HeaderRow = 3;

    private const int FirstRow = HeaderRow + 2;

    /// <summary>Characters that a column is wider than its text.</summary>
    private const int CellMargin = 2;

    private const double LineHeight = 13;
    private const double LeastHeight = 18;

    private const int PaperA3 = 8;
    private const int PaperA4 = 9;

    /// <summary>Characters across; a wider table is printed on the larger sheet, where it can still be read.</summary>
    private const int WidthOfA4 = 170;

    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly int checkAt = table.Columns.Count;
    private readonly List<string> merged = [];

    private int Last => table.Columns.Count + table.Checks.Count - 1;

    private int TotalRow => FirstRow + table.Rows.Count;

    public XElement Xml()
    {
        var rows = Rows().ToList();
        return new(
            S + "worksheet",
            new XElement(S + "sheetPr", new XElement(S + "pageSetUpPr", new XAttribute("fitToPage", 1))),
            new XElement(
                S + "sheetViews",
                new XElement(
                    S + "sheetView",
                    new XAttribute("workbookViewId", 0),
                    new XElement(
                        S + "pane",
                        new XAttribute("ySplit", FirstRow - 1),
                        new XAttribute("topLeftCell", $"A{FirstRow}"),
                        new XAttribute("activePane", "bottomLeft"),
                        new XAttribute("state", "frozen")
                    )
                )
            ),
            new XElement(S + "cols", Widths()),
            new XElement(S + "sheetData", rows),
            new XElement(
                S + "mergeCells",
                new XAttribute("count", merged.Count),
                merged.Select(m => new XElement(S + "mergeCell", new XAttribute("ref", m)))
            ),
            Alarm(),
            new XElement(
                S + "pageMargins",
                new XAttribute("left", 0.4),
                new XAttribute("right", 0.4),
                new XAttribute("top", 0.6),
                new XAttribute("bottom", 0.6),
                new XAttribute("header", 0.3),
                new XAttribute("footer", 0.3)
            ),
            new XElement(
                S + "pageSetup",
                new XAttribute("paperSize", table.Columns.Sum(c => c.Width) > WidthOfA4 ? PaperA3 : PaperA4),
                new XAttribute("orientation", "landscape"),
                new XAttribute("fitToWidth", 1),
                new XAttribute("fitToHeight", 0)
            ),
            new XElement(S + "headerFooter", new XElement(S + "oddFooter", "&C第 &P 页 共 &N 页"))
        );
    }

    private IEnumerable<XElement> Rows()
    {
        var wide = WorkbookFile.Letters(Last);
        merged.Add($"A1:{wide}1");
        merged.Add($"A2:{wide}2");
        yield return Row(1, 30, [TextCell(0, 1, PaperText.Joined(frame.Heading, table.Zh), WorkbookStyles.Title)]);
        yield return Row(2, 20, [TextCell(0, 2, $"截至 {frame.OnDay:yyyy-MM-dd}　单位：个（宗）、亩", WorkbookStyles.Under)]);
        yield return Row(HeaderRow, 24, Heads(HeaderRow, upper: true));
        yield return Row(HeaderRow + 1, 36, Heads(HeaderRow + 1, upper: false));
        MergeHeads();
        for (var r = 0; r < table.Rows.Count; r++)
            yield return Row(FirstRow + r, Height(table.Rows[r]), Cells(table.Rows[r], FirstRow + r, isTotal: false));
        var at = TotalRow;
        if (table.Total is not null)
            yield return Row(at, LeastHeight, Cells(table.Total, at++, isTotal: true));
        foreach (var note in table.Notes)
        {
            merged.Add($"A{at}:{wide}{at}");
            yield return Row(at, LeastHeight, [TextCell(0, at++, "注：" + note.Zh, WorkbookStyles.Note)]);
        }
        merged.Add($"A{at}:{wide}{at}");
        yield return Row(at, 24, [TextCell(0, at, string.Join('　', frame.Signed), WorkbookStyles.Note)]);
    }

    private IEnumerable<XElement> Heads(int row, bool upper)
    {
        for (var c = 0; c < table.Columns.Count; c++)
        {
            var column = table.Columns[c];
            var text =
                upper ? column.Group?.Zh ?? column.Zh
                : column.Group is null ? ""
                : column.Zh;
            yield return TextCell(c, row, text, WorkbookStyles.Head);
        }
        for (var k = 0; k < table.Checks.Count; k++)
            yield return TextCell(checkAt + k, row, upper ? "校验：" + table.Checks[k].Zh : "", WorkbookStyles.Head);
    }

    private void MergeHeads()
    {
        for (var c = 0; c <= Last; c++)
        {
            var group = c < table.Columns.Count ? table.Columns[c].Group : null;
            if (group is null)
            {
                merged.Add($"{WorkbookFile.Letters(c)}{HeaderRow}:{WorkbookFile.Letters(c)}{HeaderRow + 1}");
                continue;
            }
            var end = c;
            while (end + 1 < table.Columns.Count && table.Columns[end + 1].Group == group)
                end++;
            if (end > c)
                merged.Add($"{WorkbookFile.Letters(c)}{HeaderRow}:{WorkbookFile.Letters(end)}{HeaderRow}");
            c = end;
        }
    }

    private IEnumerable<XElement> Cells(FigureRow row, int at, bool isTotal)
    {
        for (var c = 0; c < table.Columns.Count; c++)
            yield return Figure(table.Columns[c], row.Cells[c], c, at, isTotal);
        for (var k = 0; k < table.Checks.Count; k++)
            yield return Check(table.Checks[k], row, checkAt + k, at, isTotal);
    }

    private XElement Figure(FigureColumn column, FigureCell cell, int c, int at, bool isTotal)
    {
        var letters = WorkbookFile.Letters(c);
        if (column.Kind == FigureKind.Ratio)
        {
            var over = column.Over!.Select(o => $"{WorkbookFile.Letters(table.At(o))}{at}").ToList();
            var below = over[^1];
            var formula = $"IF({below}=0,\"—\",({string.Join('+', over.SkipLast(1))})/{below})";
            return Formula(
                c,
                at,
                formula,
                cell.Value is { } share ? Number((decimal)share) : null,
                "—",
                isTotal ? WorkbookStyles.TotalShare : WorkbookStyles.Share
            );
        }
        if (!column.AddsUp || (cell.Value is null && !isTotal))
            return TextCell(c, at, cell.Text ?? "", isTotal ? WorkbookStyles.TotalText : WorkbookStyles.Text);
        var style = (column.Kind == FigureKind.Area, isTotal) switch
        {
            (true, true) => WorkbookStyles.TotalArea,
            (true, false) => WorkbookStyles.Area,
            (false, true) => WorkbookStyles.TotalCount,
            _ => WorkbookStyles.Count,
        };
        var value = Number(cell.Mu ?? (decimal)cell.Value!.Value);
        if (isTotal && table.Rows.Count > 0)
            return Formula(c, at, $"SUM({letters}{FirstRow}:{letters}{TotalRow - 1})", value, "", style);
        return new(S + "c", Place(c, at), new XAttribute("s", style), new XElement(S + "v", value));
    }

    private XElement Check(FigureCheck check, FigureRow row, int c, int at, bool isTotal)
    {
        string Cell(string column) => $"{WorkbookFile.Letters(table.At(column))}{at}";
        var parts = string.Join('+', check.Parts.Select(Cell));
        var slack = Number(FigureTable.ClosureMuPerTerm * check.Parts.Count);
        var holds = !table.Broken().Any(b => b.Row.Key == row.Key && b.Check == check);
        return Formula(
            c,
            at,
            $"IF(ABS(ROUND({Cell(check.Whole)}-({parts}),4))<={slack},\"平\",\"不平\")",
            null,
            holds ? "平" : "不平",
            isTotal ? WorkbookStyles.TotalText : WorkbookStyles.Text
        );
    }

    private XElement? Alarm()
    {
        if (table.Checks.Count == 0)
            return null;
        var from = $"{WorkbookFile.Letters(checkAt)}{FirstRow}";
        return new(
            S + "conditionalFormatting",
            new XAttribute("sqref", $"{from}:{WorkbookFile.Letters(Last)}{TotalRow}"),
            new XElement(
                S + "cfRule",
                new XAttribute("type", "expression"),
                new XAttribute("dxfId", 0),
                new XAttribute("priority", 1),
                new XElement(S + "formula", $"{from}=\"不平\"")
            )
        );
    }

    /// <summary>So high that wrapped text stays in its row: not every program measures it when it opens the file.</summary>
    private double Height(FigureRow row)
    {
        var lines = table.Columns.Select((column, c) => LinesOf(row.Cells[c].Text ?? "", column.Width + CellMargin)).Max();
        return lines * LineHeight + LeastHeight - LineHeight;
    }

    private static int LinesOf(string text, double width) =>
        text.Split('\n').Sum(line => Math.Max(1, (int)Math.Ceiling(line.Sum(letter => letter < '\u2e80' ? 1.1 : 2.1) / width)));

    private IEnumerable<XElement> Widths() =>
        Enumerable
            .Range(0, Last + 1)
            .Select(c => new XElement(
                S + "col",
                new XAttribute("min", c + 1),
                new XAttribute("max", c + 1),
                new XAttribute("width", c < table.Columns.Count ? table.Columns[c].Width + CellMargin : 16),
                new XAttribute("customWidth", 1)
            ));

    private static XElement Row(int at, double? height, IEnumerable<XElement> cells) =>
        new(
            S + "row",
            new XAttribute("r", at),
            height is { } points ? new XAttribute[] { new("ht", points), new("customHeight", 1) } : null,
            cells
        );

    private static XElement TextCell(int c, int at, string text, int style) =>
        new(
            S + "c",
            Place(c, at),
            new XAttribute("t", "inlineStr"),
            new XAttribute("s", style),
            new XElement(S + "is", new XElement(S + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), PaperText.Clean(text)))
        );

    /// <param name="number">The result when it is a number; else <paramref name="text"/> is the result.</param>
    private static XElement Formula(int c, int at, string formula, string? number, string text, int style) =>
        new(
            S + "c",
            Place(c, at),
            number is null ? new XAttribute("t", "str") : null,
            new XAttribute("s", style),
            new XElement(S + "f", formula),
            new XElement(S + "v", number ?? text)
        );

    private static XAttribute Place(int c, int at) => new("r", WorkbookFile.Letters(c) + at.ToString(CultureInfo.InvariantCulture));

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The look of the tables: head #4472C4, total #FFF2CC, error #FFC7CE.</summary>
internal static class WorkbookStyles
{
    public const int Title = 1;
    public const int Under = 2;
    public const int Head = 3;
    public const int Text = 4;
    public const int Count = 5;
    public const int Area = 6;
    public const int Share = 7;
    public const int TotalText = 8;
    public const int TotalCount = 9;
    public const int TotalArea = 10;
    public const int TotalShare = 11;
    public const int Note = 12;

    private const int TwoDecimals = 4;
    private const int Percent = 10;
    private const int Whole = 3;

    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static XElement Sheet() =>
        new(
            S + "styleSheet",
            new XElement(
                S + "fonts",
                new XAttribute("count", 4),
                Font(10, bold: false, "FF000000"),
                Font(16, bold: true, "FF000000"),
                Font(10, bold: true, "FFFFFFFF"),
                Font(10, bold: true, "FF000000")
            ),
            new XElement(
                S + "fills",
                new XAttribute("count", 4),
                Pattern("none"),
                Pattern("gray125"),
                Solid("FF4472C4"),
                Solid("FFFFF2CC")
            ),
            new XElement(S + "borders", new XAttribute("count", 2), Border(null), Border("thin")),
            new XElement(S + "cellStyleXfs", new XAttribute("count", 1), new XElement(S + "xf")),
            new XElement(
                S + "cellXfs",
                new XAttribute("count", 13),
                Form(0, 0, 0, 0, "left"),
                Form(1, 0, 0, 0, "center"),
                Form(0, 0, 0, 0, "right"),
                Form(2, 2, 1, 0, "center"),
                Form(0, 0, 1, 0, "left"),
                Form(0, 0, 1, Whole, "right"),
                Form(0, 0, 1, TwoDecimals, "right"),
                Form(0, 0, 1, Percent, "right"),
                Form(3, 3, 1, 0, "left"),
                Form(3, 3, 1, Whole, "right"),
                Form(3, 3, 1, TwoDecimals, "right"),
                Form(3, 3, 1, Percent, "right"),
                Form(0, 0, 0, 0, "left")
            ),
            new XElement(
                S + "dxfs",
                new XAttribute("count", 1),
                new XElement(S + "dxf", new XElement(S + "fill", new XElement(S + "patternFill", Colour("bgColor", "FFFFC7CE"))))
            )
        );

    private static XElement Font(int size, bool bold, string colour) =>
        new(
            S + "font",
            bold ? new XElement(S + "b") : null,
            new XElement(S + "sz", new XAttribute("val", size)),
            Colour("color", colour),
            new XElement(S + "name", new XAttribute("val", "宋体"))
        );

    private static XElement Pattern(string kind) => new(S + "fill", new XElement(S + "patternFill", new XAttribute("patternType", kind)));

    private static XElement Solid(string colour) =>
        new(S + "fill", new XElement(S + "patternFill", new XAttribute("patternType", "solid"), Colour("fgColor", colour)));

    private static XElement Border(string? style) =>
        new(
            S + "border",
            ((string[])["left", "right", "top", "bottom"]).Select(edge => new XElement(
                S + edge,
                style is null ? null : new XAttribute("style", style)
            ))
        );

    private static XElement Form(int font, int fill, int border, int number, string align) =>
        new(
            S + "xf",
            new XAttribute("numFmtId", number),
            new XAttribute("fontId", font),
            new XAttribute("fillId", fill),
            new XAttribute("borderId", border),
            new XAttribute("applyNumberFormat", 1),
            new XAttribute("applyFont", 1),
            new XAttribute("applyFill", 1),
            new XAttribute("applyBorder", 1),
            new XAttribute("applyAlignment", 1),
            new XElement(
                S + "alignment",
                new XAttribute("horizontal", align),
                new XAttribute("vertical", "center"),
                new XAttribute("wrapText", 1)
            )
        );

    private static XElement Colour(string name, string argb) => new(S + name, new XAttribute("rgb", argb));
}
