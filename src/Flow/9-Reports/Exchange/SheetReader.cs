using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Weipian.Flow.Reports;

/// <summary>Reads the first sheet of an XLSX file, or a CSV file in UTF-8 or GBK, as rows of text.</summary>
/// <remarks>What it will not hold in memory it refuses: a sheet is some megabytes.</remarks>
internal static class SheetReader
{
    public const int FileBytesMax = 20 << 20;
    private const long PartBytesMax = 200L << 20;
    private const int RowsMax = 200_000;

    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <exception cref="Problem"><c>reports.sheet-unreadable</c></exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string fileName, byte[] content)
    {
        if (content.Length is 0 or > FileBytesMax)
            throw Problem.Reports.SheetUnreadable(fileName, "文件是空的或超过 20 MB", "it is empty or larger than 20 MB");
        try
        {
            return content.AsSpan().StartsWith("PK"u8) ? Workbook(fileName, content) : Commas(Decoded(content));
        }
        catch (Exception wrong) when (wrong is InvalidDataException or XmlException or FormatException)
        {
            throw Problem.Reports.SheetUnreadable(fileName, "内容已损坏", "its content is damaged");
        }
    }

    private static List<IReadOnlyList<string>> Workbook(string fileName, byte[] content)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        var sheet =
            zip.Entries.Where(e =>
                    e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)
                    && e.FullName.EndsWith(".xml", StringComparison.Ordinal)
                )
                .OrderBy(e => e.FullName.Length)
                .ThenBy(e => e.FullName, StringComparer.Ordinal)
                .FirstOrDefault()
            ?? throw Problem.Reports.SheetUnreadable(fileName, "其中没有工作表", "it has no sheet");
        var strings = zip.GetEntry("xl/sharedStrings.xml") is { } shared ? Part(shared).Elements(S + "si").Select(TextOf).ToList() : [];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var row in Part(sheet).Descendants(S + "row").Take(RowsMax))
        {
            var cells = new List<string>();
            foreach (var cell in row.Elements(S + "c"))
            {
                var at = (string?)cell.Attribute("r") is { } place ? Column(place) : cells.Count;
                while (cells.Count < at && at < 1000)
                    cells.Add("");
                cells.Add(ValueOf(cell, strings));
            }
            rows.Add(cells);
        }
        return rows;
    }

    private static string ValueOf(XElement cell, List<string> strings)
    {
        var value = (string?)cell.Element(S + "v") ?? "";
        return (string?)cell.Attribute("t") switch
        {
            "s" => int.TryParse(value, out var i) && i >= 0 && i < strings.Count ? strings[i] : "",
            "inlineStr" => cell.Element(S + "is") is { } text ? TextOf(text) : "",
            _ => value,
        };
    }

    private static string TextOf(XElement item) => string.Concat(item.Descendants(S + "t").Select(t => t.Value));

    private static int Column(string place)
    {
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetterUpper))
            column = Math.Min(100_000, column * 26 + letter - 'A' + 1);
        return column - 1;
    }

    /// <summary>External entities and document types stay shut, and so does a part that unpacks to more than it should.</summary>
    private static XElement Part(ZipArchiveEntry entry)
    {
        if (entry.Length > PartBytesMax)
            throw new InvalidDataException("the part is too large");
        var form = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = PartBytesMax };
        using var stream = entry.Open();
        using var reader = XmlReader.Create(stream, form);
        return XElement.Load(reader);
    }

    private static string Decoded(byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(936)!.GetString(content);
        }
    }

    /// <summary>RFC 4180: quotes may hold commas, line ends and doubled quotes.</summary>
    private static List<IReadOnlyList<string>> Commas(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is ',' or '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else
                cell.Append(c);
        }
        if (cell.Length > 0 || row.Count > 0)
            rows.Add([.. row, cell.ToString().TrimEnd('\r')]);
        return [.. rows.Take(RowsMax)];
    }
}
