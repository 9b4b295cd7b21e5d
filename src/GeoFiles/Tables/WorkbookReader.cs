using System.Globalization;
using System.Text;
using System.Xml;

namespace Weipian.GeoFiles;

/// <summary>Reads the sheets of an Excel workbook (xlsx) that hold coordinates; each is a layer.</summary>
/// <remarks>Values are read, formulas and formats are not. Parts were unpacked under the limits of an archive.</remarks>
internal sealed class WorkbookReader
{
    public const string SharedStrings = "xl/sharedStrings.xml";
    private const string Book = "xl/workbook.xml";
    private const string Relations = "xl/_rels/workbook.xml.rels";
    private const string Sheets = "xl/worksheets/";

    private const int ColumnsMax = 16_384;
    private const int StringsMax = 5_000_000;

    private readonly FilePart file;
    private readonly IReadOnlyList<FilePart> parts;
    private readonly List<string> strings = [];

    private WorkbookReader(FilePart file, IReadOnlyList<FilePart> parts)
    {
        this.file = file;
        this.parts = parts;
    }

    /// <summary>True for the parts of a workbook that are read.</summary>
    public static bool IsPart(string name) =>
        name is SharedStrings or Book or Relations
        || (name.StartsWith(Sheets, StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal));

    /// <exception cref="Problem">files.*</exception>
    public static (IReadOnlyList<SourceLayer> Layers, IReadOnlyList<FileDefect> Defects) Read(FilePart file, IReadOnlyList<FilePart> parts)
    {
        var reader = new WorkbookReader(file, parts);
        if (parts.FirstOrDefault(part => part.Name == SharedStrings) is { } shared)
            reader.ReadStrings(shared);
        var (layers, defects) = (new List<SourceLayer>(), new List<FileDefect>());
        foreach (var (name, part) in reader.Named())
        {
            var layer = new HeldLayer.Builder(file, name, "UTF-8", new("工作簿规定为 UTF-8", "a workbook prescribes UTF-8"));
            if (TableReader.Read(layer, reader.Rows(part)) is { } read)
                layers.Add(read);
            else
                defects.Add(
                    new(
                        "1201",
                        false,
                        null,
                        $"工作表“{name}”没有坐标列，未采用",
                        $"the sheet “{name}” has no columns of coordinates and was left aside"
                    )
                );
        }
        return layers.Count > 0 ? (layers, defects) : throw Problem.Files.NoCoordinateTable(file.Name);
    }

    /// <summary>The sheets in the order of the book, with the names on their tabs.</summary>
    private List<(string Name, FilePart Part)> Named()
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (parts.FirstOrDefault(part => part.Name == Relations) is { } relations)
            Elements(relations, "Relationship", xml => targets[xml.GetAttribute("Id") ?? ""] = xml.GetAttribute("Target") ?? "");
        var sheets = new List<(string, FilePart)>();
        if (parts.FirstOrDefault(part => part.Name == Book) is { } book)
            Elements(
                book,
                "sheet",
                xml =>
                {
                    var id = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
                    if (id is not null && targets.TryGetValue(id, out var target) && PartOf(target) is { } part)
                        sheets.Add((xml.GetAttribute("name") ?? part.Stem, part));
                }
            );
        return sheets.Count > 0
            ? sheets
            : [.. parts.Where(part => part.Name.StartsWith(Sheets, StringComparison.Ordinal)).Select(part => (part.Stem, part))];
    }

    private FilePart? PartOf(string target)
    {
        var name = target.StartsWith('/') ? target[1..] : "xl/" + target;
        return parts.FirstOrDefault(part => part.Name == name);
    }

    private static void Elements(FilePart part, string name, Action<XmlReader> each)
    {
        using var xml = new GuardedXml(part);
        while (xml.Next())
            if (xml.Reader.NodeType == XmlNodeType.Element && xml.Reader.LocalName == name)
                each(xml.Reader);
    }

    private void ReadStrings(FilePart part)
    {
        using var xml = new GuardedXml(part);
        var text = new StringBuilder();
        var (inText, inReading) = (false, false);
        while (xml.Next())
        {
            var (node, name) = (xml.Reader.NodeType, xml.Reader.LocalName);
            if (node == XmlNodeType.Element && name == "si")
            {
                text.Clear();
                if (xml.Reader.IsEmptyElement)
                    Keep();
            }
            else if (name == "rPh" && node is XmlNodeType.Element or XmlNodeType.EndElement)
                inReading = node == XmlNodeType.Element && !xml.Reader.IsEmptyElement; // how the characters are read aloud
            else if (name == "t" && node is XmlNodeType.Element or XmlNodeType.EndElement)
                inText = node == XmlNodeType.Element && !xml.Reader.IsEmptyElement;
            else if (node == XmlNodeType.EndElement && name == "si")
                Keep();
            else if (inText && !inReading)
                text.Append(xml.Value());
        }

        void Keep()
        {
            if (strings.Count == StringsMax)
                throw Problem.Files.LimitExceeded(file.Name, "文本个数", "the number of texts", StringsMax + 1, StringsMax);
            strings.Add(text.ToString());
        }
    }

    /// <summary>The rows of a sheet; rows that the sheet leaves out come as empty ones.</summary>
    private IEnumerable<string[]> Rows(FilePart part)
    {
        using var xml = new GuardedXml(part);
        var cells = new List<string>();
        var value = new StringBuilder();
        var (column, last) = (0, 0);
        var (kind, inValue) = ("", false);
        while (xml.Next())
        {
            var (node, name) = (xml.Reader.NodeType, xml.Reader.LocalName);
            if (node == XmlNodeType.Element && name == "row")
            {
                cells.Clear();
                var number = int.TryParse(xml.Reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                    ? given
                    : last + 1;
                if (number > last + 1 && last > 0)
                    yield return [];
                last = Math.Max(number, last + 1);
            }
            else if (node == XmlNodeType.Element && name == "c")
            {
                column = Column(xml.Reader.GetAttribute("r")) ?? cells.Count;
                kind = xml.Reader.GetAttribute("t") ?? "";
                value.Clear();
            }
            else if (name is "v" or "t" && node is XmlNodeType.Element or XmlNodeType.EndElement)
                inValue = node == XmlNodeType.Element && !xml.Reader.IsEmptyElement;
            else if (node == XmlNodeType.EndElement && name == "c")
                Place(cells, column, Value(kind, value.ToString()));
            else if (node == XmlNodeType.EndElement && name == "row")
                yield return [.. cells];
            else if (inValue)
                value.Append(xml.Value());
        }
    }

    private void Place(List<string> cells, int column, string value)
    {
        if (column >= ColumnsMax)
            throw Problem.Files.LimitExceeded(file.Name, "列数", "the number of columns", column + 1, ColumnsMax);
        while (cells.Count <= column)
            cells.Add("");
        cells[column] = value.Trim();
    }

    private string Value(string kind, string value) =>
        kind != "s" ? value
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < strings.Count ? strings[index]
        : "";

    /// <summary>The column of a place such as <c>AB12</c>, from 0; <c>null</c> when it is none.</summary>
    private static int? Column(string? place)
    {
        if (place is null)
            return null;
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetterUpper).Take(4))
            column = column * 26 + letter - 'A' + 1;
        return column > 0 ? column - 1 : null;
    }
}
