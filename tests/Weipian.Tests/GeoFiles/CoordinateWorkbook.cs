using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Weipian.Tests.GeoFiles;

/// <summary>The least that Excel opens: a book, one sheet, shared texts.</summary>
internal static class CoordinateWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Of(string sheet, string[][] rows, params (string Path, byte[] Bytes)[] instead)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, text) in Parts(sheet, rows))
                using (var stream = zip.CreateEntry(path).Open())
                    stream.Write(instead.FirstOrDefault(other => other.Path == path).Bytes ?? Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public static IReadOnlyList<(string Path, string Text)> Parts(string sheet, string[][] rows)
    {
        var strings = rows.SelectMany(row => row).Distinct().ToList();
        string Cell(string text, int column, int row) =>
            text.Length == 0 ? ""
            : double.TryParse(text, CultureInfo.InvariantCulture, out _) ? $"<c r=\"{(char)('A' + column)}{row}\"><v>{text}</v></c>"
            : $"<c r=\"{(char)('A' + column)}{row}\" t=\"s\"><v>{strings.IndexOf(text)}</v></c>";
        string Row(string[] cells, int row) =>
            $"<row r=\"{row}\">{string.Concat(cells.Select((text, column) => Cell(text, column, row)))}</row>";
        return
        [
            ("[Content_Types].xml", "<Types/>"),
            (
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            (
                "xl/sharedStrings.xml",
                $"<sst xmlns=\"{Main}\">{string.Concat(strings.Select(text => $"<si><t>{text}</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si>"))}</sst>"
            ),
            (
                "xl/worksheets/sheet1.xml",
                $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(rows.Select((row, i) => Row(row, i + 1)))}</sheetData></worksheet>"
            ),
        ];
    }
}
