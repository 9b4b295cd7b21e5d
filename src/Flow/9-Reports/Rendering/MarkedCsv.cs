using System.Text;

namespace Weipian.Flow.Reports;

/// <summary>A copy of a CSV file with a last column that says, on every row, who took it and when.</summary>
/// <remarks>RFC 4180 knows no comments: a line before or after the rows would be a row to whoever reads the file by program. A column more
/// is read by every reader, is found by its name where columns are asked for by name, and stays with a row that is sorted, filtered or
/// copied elsewhere (decision 0099).</remarks>
public static class MarkedCsv
{
    /// <summary>The name of the column, in the language of the other names.</summary>
    public const string ColumnZh = "水印";

    public const string ColumnEn = "Watermark";

    /// <summary>The copy; line ends and everything else stay as they are.</summary>
    /// <param name="csv">RFC 4180 in UTF-8, the first row the names of the columns.</param>
    public static byte[] Of(byte[] csv, string watermark)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var text = Encoding.UTF8.GetString(csv);
        var marked = new StringBuilder(text.Length + text.Length / 2);
        var (quoted, begun, row) = (false, false, 0);
        foreach (var c in text)
        {
            if (c == '"')
                quoted = !quoted;
            var ends = !quoted && c is '\r' or '\n';
            if (ends && begun)
                marked.Append(Mark(row++, watermark));
            begun = !ends;
            marked.Append(c);
        }
        if (begun)
            marked.Append(Mark(row, watermark));
        return Encoding.UTF8.GetBytes(marked.ToString());
    }

    /// <summary>A cell in quotes; what a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static string Quoted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = text.Length > 0 && "=+-@\t\r＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Mark(int row, string watermark) => "," + (row == 0 ? ColumnZh : Quoted(watermark));
}
