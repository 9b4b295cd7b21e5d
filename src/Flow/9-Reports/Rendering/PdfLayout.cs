using System.Globalization;
using System.Text;

namespace Weipian.Flow.Reports;

/// <summary>Breaks a paper into lines and pages of A4. Points; the origin is at the lower left.</summary>
internal sealed class PdfLayout(PdfInk ink)
{
    private const double Left = 79;
    private const double Right = 595.28 - 74;
    private const double Top = 841.89 - 85;
    private const double Bottom = 85;
    private const double Body = 12;
    private const double Line = 22;
    private const double Small = 10.5;
    private const double SmallLine = 17;
    private const double Padding = 5;
    private const double Smallest = 7.5;
    private const double SmallestLine = 11;
    private const double LeastPadding = 2;

    /// <summary>What may not begin a line hangs over its end.</summary>
    private const string NotAtStart = "，。、；：？！）》」』”’】〕…—,.;:?!)]%";

    private readonly List<StringBuilder> pages = [];
    private double y;

    /// <returns>The content stream of each page.</returns>
    public IReadOnlyList<string> Lay(Paper paper)
    {
        NewPage();
        if (paper.Organ is { } organ)
            Write(organ, 16, 26, Align.Centre);
        foreach (var line in Lines(paper.Title, 20, Right - Left, 0))
            Write(line, 20, 32, Align.Centre, bold: true);
        if (paper.Number is { } number)
            Write(number, Body, Line + 6, Align.Right);
        y -= 10;
        foreach (var block in paper.Blocks)
            Lay(block);
        for (var i = 0; i < pages.Count; i++)
        {
            var foot = string.Create(CultureInfo.InvariantCulture, $"第 {i + 1} 页 共 {pages.Count} 页");
            Text(pages[i], foot, (Left + Right - ink.Width(foot, 9)) / 2, 45, 9, bold: false);
            if (paper.Watermark is { } mark && ink.Known(PaperText.Clean(mark)) is var copy)
                Text(pages[i], copy, (Left + Right - ink.Width(copy, Smallest)) / 2, 32, Smallest, bold: false);
        }
        return [.. pages.Select(p => p.ToString())];
    }

    /// <summary>Size of the letters in a cell, from line to line, and to the rule.</summary>
    private sealed record CellType(double Size, double Line, double Padding);

    private enum Align
    {
        Left,
        Centre,
        Right,
    }

    private void Lay(PaperBlock block)
    {
        switch (block)
        {
            case PaperHeading heading:
                Room(3 * Line);
                y -= 6;
                foreach (var line in Lines(heading.Text, Body + 1, Right - Left, 0))
                    Write(line, Body + 1, Line, Align.Left, bold: true);
                break;
            case PaperPassage passage:
                Passage(passage);
                break;
            case PaperTable table:
                Table(table);
                break;
            case PaperClosing closing:
                Room(closing.Lines.Count * Line + 20);
                y -= 20;
                foreach (var line in closing.Lines)
                    Write(line, Body, Line, Align.Right);
                break;
            default:
                throw new InvalidOperationException($"{block.GetType().Name} has no form in PDF");
        }
    }

    private void Passage(PaperPassage passage)
    {
        var indent = passage.Indented ? 2 * Body : 0;
        foreach (var text in PaperText.Clean(passage.Text).Split('\n'))
        {
            var first = true;
            foreach (var line in Lines(text, Body, Right - Left, indent))
            {
                Write(line, Body, Line, Align.Left, shift: first ? indent : 0);
                first = false;
            }
        }
    }

    private void Table(PaperTable table)
    {
        var whole = table.Widths.Sum();
        double[] widths = [.. table.Widths.Select(w => (Right - Left) * w / whole)];
        var type = table.Compact ? new CellType(Smallest, SmallestLine, LeastPadding) : new CellType(Small, SmallLine, Padding);
        for (var r = 0; r < table.Rows.Count; r++)
        {
            var cells = table
                .Rows[r]
                .Select(
                    (text, c) =>
                        PaperText.Clean(text).Split('\n').SelectMany(t => Lines(t, type.Size, widths[c] - 2 * type.Padding, 0)).ToList()
                )
                .ToList();
            Row(cells, widths, type, table.LabelColumn, isHeader: r < table.HeaderRows);
        }
        y -= 12;
    }

    /// <summary>A row taller than what is left of the page goes on on the next.</summary>
    private void Row(List<List<string>> cells, double[] widths, CellType type, bool labelColumn, bool isHeader)
    {
        var done = 0;
        var tallest = Math.Max(1, cells.Max(c => c.Count));
        while (done < tallest)
        {
            if (y - Bottom < type.Line + 2 * type.Padding)
                NewPage();
            var fit = Math.Max(1, Math.Min(tallest - done, (int)((y - Bottom - 2 * type.Padding) / type.Line)));
            var height = fit * type.Line + 2 * type.Padding;
            var x = Left;
            for (var c = 0; c < cells.Count; c++)
            {
                Frame(x, y - height, widths[c], height, shaded: isHeader || (labelColumn && c == 0));
                var at = y - type.Padding - type.Size - 1;
                foreach (var line in cells[c].Skip(done).Take(fit))
                {
                    Text(pages[^1], line, x + type.Padding, at, type.Size, bold: false);
                    at -= type.Line;
                }
                x += widths[c];
            }
            y -= height;
            done += fit;
        }
    }

    private void Frame(double x, double bottom, double width, double height, bool shaded)
    {
        if (shaded)
            pages[^1].Append(CultureInfo.InvariantCulture, $"0.95 g {x:0.##} {bottom:0.##} {width:0.##} {height:0.##} re f 0 g\n");
        pages[^1].Append(CultureInfo.InvariantCulture, $"0.5 w {x:0.##} {bottom:0.##} {width:0.##} {height:0.##} re S\n");
    }

    private void Write(string text, double size, double advance, Align align, bool bold = false, double shift = 0)
    {
        Room(advance);
        y -= advance;
        var width = ink.Width(text, size);
        var x = align switch
        {
            Align.Centre => (Left + Right - width) / 2,
            Align.Right => Right - width,
            _ => Left + shift,
        };
        Text(pages[^1], text, x, y, size, bold);
    }

    /// <summary>Bold is the regular face with its outline drawn: one face is enough.</summary>
    private void Text(StringBuilder page, string text, double x, double at, double size, bool bold)
    {
        if (text.Length == 0)
            return;
        page.Append(CultureInfo.InvariantCulture, $"BT {(bold ? $"2 Tr {size / 45:0.##} w" : "0 Tr")} ");
        page.Append(CultureInfo.InvariantCulture, $"{x:0.##} {at:0.##} Td {ink.Show(text, size)} ET\n");
    }

    private void Room(double needed)
    {
        if (y - needed < Bottom)
            NewPage();
    }

    private void NewPage()
    {
        pages.Add(new StringBuilder());
        y = Top;
    }

    /// <summary>Breaks between Han characters anywhere, inside words of letters and digits only where a word alone is too
    /// long.</summary>
    private List<string> Lines(string text, double size, double width, double indent)
    {
        text = ink.Known(PaperText.Clean(text));
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = indent;
        foreach (var piece in Pieces(text))
        {
            var wide = ink.Width(piece, size);
            if (line.Length > 0 && used + wide > width && !NotAtStart.Contains(piece[0], StringComparison.Ordinal))
            {
                lines.Add(line.ToString());
                line.Clear();
                used = 0;
            }
            if (wide <= width)
            {
                line.Append(piece);
                used += wide;
                continue;
            }
            foreach (var rune in piece.EnumerateRunes())
            {
                var one = ink.Width(rune.ToString(), size);
                if (line.Length > 0 && used + one > width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                    used = 0;
                }
                line.Append(rune);
                used += one;
            }
        }
        lines.Add(line.ToString());
        return lines;
    }

    /// <summary>Words of letters and digits whole, everything else character by character.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value < 0x2E80 && (Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-' or '_' or '%' or '+'))
            {
                word.Append(rune);
                continue;
            }
            if (word.Length > 0)
                yield return word.ToString();
            word.Clear();
            yield return rune.ToString();
        }
        if (word.Length > 0)
            yield return word.ToString();
    }
}
