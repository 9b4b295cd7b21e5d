using System.Globalization;
using System.Xml.Linq;

namespace Weipian.Flow.Reports;

/// <summary>A paper as a Word file (DOCX): A4, page numbers, the same bytes for the same paper.</summary>
/// <remarks>Written part by part: a library would stamp the time of writing into the file.</remarks>
public static class WordFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Main = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    /// <summary>Twentieths of a point: A4 less the margins.</summary>
    private const int TextWidth = 11906 - 1588 - 1474;

    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Of(Paper paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        return PartsFile.Of([
            (
                "[Content_Types].xml",
                PartsFile.Types(
                    ("/word/document.xml", Main + "document.main+xml"),
                    ("/word/styles.xml", Main + "styles+xml"),
                    ("/word/footer1.xml", Main + "footer+xml")
                )
            ),
            ("_rels/.rels", PartsFile.Relations(("rId1", "officeDocument", "word/document.xml"))),
            ("word/document.xml", PartsFile.Xml(Document(paper))),
            ("word/_rels/document.xml.rels", PartsFile.Relations(("rId1", "styles", "styles.xml"), ("rId2", "footer", "footer1.xml"))),
            ("word/styles.xml", PartsFile.Xml(Styles())),
            ("word/footer1.xml", PartsFile.Xml(Footer(paper.Watermark))),
        ]);
    }

    private static XElement Document(Paper paper) =>
        new(
            W + "document",
            new XAttribute(XNamespace.Xmlns + "w", W),
            new XAttribute(XNamespace.Xmlns + "r", R),
            new XElement(
                W + "body",
                paper.Organ is { } organ ? Paragraph("Organ", organ) : null,
                Paragraph("Title", paper.Title),
                paper.Number is { } number ? Paragraph("Number", number) : null,
                paper.Blocks.SelectMany(Block),
                new XElement(
                    W + "sectPr",
                    new XElement(W + "footerReference", Attribute("type", "default"), new XAttribute(R + "id", "rId2")),
                    new XElement(W + "pgSz", Attribute("w", 11906), Attribute("h", 16838)),
                    new XElement(
                        W + "pgMar",
                        Attribute("top", 2098),
                        Attribute("right", 1474),
                        Attribute("bottom", 1984),
                        Attribute("left", 1588),
                        Attribute("header", 851),
                        Attribute("footer", 992),
                        Attribute("gutter", 0)
                    )
                )
            )
        );

    private static IEnumerable<XElement> Block(PaperBlock block) =>
        block switch
        {
            PaperHeading heading => [Paragraph("Heading1", heading.Text)],
            PaperPassage passage => [Paragraph(passage.Indented ? "BodyIndent" : "Normal", passage.Text)],
            PaperTable table => [Table(table), Paragraph("Normal", "")],
            PaperClosing closing => closing.Lines.Select(line => Paragraph("Closing", line)),
            _ => throw new InvalidOperationException($"{block.GetType().Name} has no form in Word"),
        };

    private static XElement Table(PaperTable table)
    {
        var whole = table.Widths.Sum();
        int[] widths = [.. table.Widths.Select(w => (int)(TextWidth * w / whole))];
        return new(
            W + "tbl",
            new XElement(
                W + "tblPr",
                new XElement(W + "tblStyle", Attribute("val", "Ruled")),
                new XElement(W + "tblW", Attribute("w", widths.Sum()), Attribute("type", "dxa")),
                new XElement(W + "tblLayout", Attribute("type", "fixed")),
                table.Compact ? Margins() : null
            ),
            new XElement(W + "tblGrid", widths.Select(w => new XElement(W + "gridCol", Attribute("w", w)))),
            table.Rows.Select(
                (row, r) =>
                    new XElement(
                        W + "tr",
                        new XElement(
                            W + "trPr",
                            new XElement(W + "cantSplit"),
                            r < table.HeaderRows ? new XElement(W + "tblHeader") : null
                        ),
                        row.Select((text, c) => Cell(text, widths[c], r < table.HeaderRows || (c == 0 && table.LabelColumn), table.Compact))
                    )
            )
        );
    }

    /// <summary>Between the rule and the text of a small cell.</summary>
    private static XElement Margins() =>
        new(
            W + "tblCellMar",
            new XElement(W + "left", Attribute("w", 30), Attribute("type", "dxa")),
            new XElement(W + "right", Attribute("w", 30), Attribute("type", "dxa"))
        );

    private static XElement Cell(string text, int width, bool isLabel, bool isSmall) =>
        new(
            W + "tc",
            new XElement(
                W + "tcPr",
                new XElement(W + "tcW", Attribute("w", width), Attribute("type", "dxa")),
                isLabel
                    ? new XElement(W + "shd", Attribute("val", "clear"), Attribute("color", "auto"), Attribute("fill", "F2F2F2"))
                    : null,
                new XElement(W + "vAlign", Attribute("val", "center"))
            ),
            Paragraph((isLabel ? "CellLabel" : "Cell") + (isSmall ? "Small" : ""), text)
        );

    private static XElement Paragraph(string style, string text)
    {
        var lines = PaperText.Clean(text).Split('\n');
        return new(
            W + "p",
            new XElement(W + "pPr", new XElement(W + "pStyle", Attribute("val", style))),
            lines.Select(
                (line, i) =>
                    new XElement(
                        W + "r",
                        i > 0 ? new XElement(W + "br") : null,
                        new XElement(W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), line)
                    )
            )
        );
    }

    private static XElement Footer(string? watermark) =>
        new(
            W + "ftr",
            new XAttribute(XNamespace.Xmlns + "w", W),
            new XElement(
                W + "p",
                new XElement(W + "pPr", new XElement(W + "pStyle", Attribute("val", "Footer"))),
                Run("第 "),
                Field("PAGE"),
                Run(" 页 共 "),
                Field("NUMPAGES"),
                Run(" 页")
            ),
            watermark is null ? null : WatermarkLine(watermark)
        );

    /// <summary>A line of the footer that says who took a copy.</summary>
    internal static XElement WatermarkLine(string text) =>
        new(W + "p", new XElement(W + "pPr", new XElement(W + "pStyle", Attribute("val", "Footer"))), Run(PaperText.Clean(text)));

    private static XElement Run(string text) =>
        new(W + "r", new XElement(W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), text));

    private static XElement Field(string name) => new(W + "fldSimple", Attribute("instr", $" {name} "), Run("1"));

    private static XElement Styles() =>
        new(
            W + "styles",
            new XAttribute(XNamespace.Xmlns + "w", W),
            new XElement(
                W + "docDefaults",
                new XElement(W + "rPrDefault", new XElement(W + "rPr", Fonts("仿宋"), Size(15), Language())),
                new XElement(W + "pPrDefault")
            ),
            Style("Normal", "Normal", Spacing(0, 0, 460), null, isDefault: true),
            Style("BodyIndent", "Body Indent", [.. Spacing(0, 0, 460), Indent()], null),
            Style("Title", "Title", [.. Spacing(200, 240, 640), Aligned("center")], [Fonts("黑体"), Bold(), Size(22)]),
            Style("Organ", "Organ", [.. Spacing(0, 0, 560), Aligned("center")], [Fonts("黑体"), Size(18)]),
            Style("CellSmall", "Cell Small", [.. Spacing(20, 20, 240), Aligned("right")], [Size(8)]),
            Style("CellLabelSmall", "Cell Label Small", [.. Spacing(20, 20, 240), Aligned("center")], [Size(8)]),
            Style("Number", "Number", [.. Spacing(0, 360, 460), Aligned("right")], null),
            Style("Heading1", "heading 1", [KeepNext(), .. Spacing(240, 120, 500)], [Fonts("黑体"), Size(15)]),
            Style("Closing", "Closing", [.. Spacing(120, 0, 460), Aligned("right")], null),
            Style("Cell", "Cell", Spacing(40, 40, 360), [Size(12)]),
            Style("CellLabel", "Cell Label", [.. Spacing(40, 40, 360), Aligned("center")], [Size(12)]),
            Style("Footer", "footer", [Aligned("center")], [Size(10)]),
            RuledStyle()
        );

    private static XElement RuledStyle() =>
        new(
            W + "style",
            Attribute("type", "table"),
            Attribute("styleId", "Ruled"),
            new XElement(W + "name", Attribute("val", "Ruled")),
            new XElement(
                W + "tblPr",
                new XElement(
                    W + "tblBorders",
                    ((string[])["top", "left", "bottom", "right", "insideH", "insideV"]).Select(edge => new XElement(
                        W + edge,
                        Attribute("val", "single"),
                        Attribute("sz", 4),
                        Attribute("space", 0),
                        Attribute("color", "000000")
                    ))
                )
            )
        );

    private static XElement Style(string id, string name, XElement[] paragraph, XElement[]? run, bool isDefault = false) =>
        new(
            W + "style",
            Attribute("type", "paragraph"),
            isDefault ? Attribute("default", 1) : null,
            Attribute("styleId", id),
            new XElement(W + "name", Attribute("val", name)),
            new XElement(W + "pPr", paragraph),
            run is null ? null : new XElement(W + "rPr", run)
        );

    private static XElement[] Spacing(int before, int after, int line) =>
        [
            new(
                W + "spacing",
                Attribute("before", before),
                Attribute("after", after),
                Attribute("line", line),
                Attribute("lineRule", "exact")
            ),
        ];

    private static XElement Indent() => new(W + "ind", Attribute("firstLineChars", 200), Attribute("firstLine", 600));

    private static XElement KeepNext() => new(W + "keepNext");

    private static XElement Aligned(string how) => new(W + "jc", Attribute("val", how));

    private static XElement Bold() => new(W + "b");

    private static XElement Size(int points) => new(W + "sz", Attribute("val", points * 2));

    private static XElement Language() => new(W + "lang", Attribute("val", "en-US"), Attribute("eastAsia", "zh-CN"));

    private static XElement Fonts(string eastAsian) =>
        new(W + "rFonts", Attribute("ascii", "Times New Roman"), Attribute("eastAsia", eastAsian), Attribute("hAnsi", "Times New Roman"));

    private static XAttribute Attribute(string name, object value) => new(W + name, Convert.ToString(value, CultureInfo.InvariantCulture)!);
}
