using System.Text;

namespace Weipian.GeoFiles;

/// <summary>What a file is, by its content. The name a file has is never believed.</summary>
internal static class FileKind
{
    public const int HeadBytes = 1024;

    private static readonly (byte[] Mark, string Zh, string En)[] OtherKinds =
    [
        ("%PDF"u8.ToArray(), "PDF 文档", "a PDF document"),
        ([0xFF, 0xD8, 0xFF], "JPEG 图片", "a JPEG picture"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "PNG 图片", "a PNG picture"),
        ("GIF8"u8.ToArray(), "GIF 图片", "a GIF picture"),
        ("II*\0"u8.ToArray(), "TIFF 影像", "a TIFF image"),
        ("MM\0*"u8.ToArray(), "TIFF 影像", "a TIFF image"),
        ("Rar!"u8.ToArray(), "RAR 压缩包（请解压后重新打包为 zip）", "a RAR archive (unpack it and pack it as zip)"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], "7-Zip 压缩包（请解压后重新打包为 zip）", "a 7-Zip archive (unpack it and pack it as zip)"),
        ([0x1F, 0x8B], "gzip 压缩文件（请先解压）", "a gzip file (unpack it first)"),
        ("BZh"u8.ToArray(), "bzip2 压缩文件（请先解压）", "a bzip2 file (unpack it first)"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "xz 压缩文件（请先解压）", "an xz file (unpack it first)"),
        ([0xD0, 0xCF, 0x11, 0xE0], "旧版 Office 文档（Excel 或 Word）或个人地理数据库的附件", "an old Office document (Excel or Word)"),
        ("Standard Jet DB"u8.ToArray(), "Access 数据库（个人地理数据库）", "an Access database (personal geodatabase)"),
        ("!table"u8.ToArray(), "MapInfo 表（请另存为 Shapefile 或 GeoPackage）", "a MapInfo table (save it as Shapefile or GeoPackage)"),
        (
            "Version "u8.ToArray(),
            "MapInfo 交换文件（请另存为 Shapefile 或 GeoPackage）",
            "a MapInfo interchange file (save it as Shapefile)"
        ),
        ("fgb"u8.ToArray(), "FlatGeobuf 文件（请另存为 GeoPackage）", "a FlatGeobuf file (save it as GeoPackage)"),
        ("PAR1"u8.ToArray(), "Parquet 文件（请另存为 GeoPackage）", "a Parquet file (save it as GeoPackage)"),
        ("MZ"u8.ToArray(), "Windows 程序", "a Windows program"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "Linux 程序", "a Linux program"),
        ("["u8.ToArray(), "JSON 数组或其他文本，不是 GeoJSON 对象", "a JSON array or another text, not a GeoJSON object"),
    ];

    /// <summary>The formats that are read.</summary>
    public enum Readable
    {
        Zip,
        Sqlite,
        Shp,
        Json,
        SurveyText,
        Kml,
        Table,
        Vct,
        Dxf,
        Dwg,
    }

    /// <exception cref="Problem">files.empty, files.other-kind, files.unknown-kind, files.incomplete-shapefile,
    /// files.no-coordinate-table</exception>
    public static Readable Of(FilePart file)
    {
        if (file.Length == 0)
            throw Problem.Files.Empty(file.Name);
        var head = file.Head(HeadBytes);
        if (Starts(head, "PK\u0003\u0004"u8) || Starts(head, "PK\u0005\u0006"u8) || Starts(head, "PK\u0007\u0008"u8))
            return Readable.Zip;
        if (Starts(head, "SQLite format 3\0"u8))
            return Readable.Sqlite;
        if (Starts(head, [0, 0, 0x27, 0x0A]))
            return file.Extension == ".shx" ? throw Problem.Files.IncompleteShapefile(file.Name, ".shp") : Readable.Shp;
        if (Starts(head, "AC10"u8))
            return Readable.Dwg;
        if (Starts(head, "AutoCAD Binary DXF"u8))
            return Readable.Dxf;
        if (OfGlance(head) is { } read)
            return read;
        foreach (var (mark, zh, en) in OtherKinds)
            if (Starts(head, mark) || (mark[0] == 'S' && head.Length > 4 && Starts(head.AsSpan(4), mark)))
                throw Problem.Files.OtherKind(file.Name, zh, en);
        var text = WithoutBlanks(head);
        if (Starts(text, "{"u8))
            return Readable.Json;
        if (OfMarkup(text) is { } markup)
            throw Problem.Files.OtherKind(file.Name, markup.Zh, markup.En);
        if (file.Extension == ".shp")
            throw Problem.Files.DamagedShapefile(
                file.Name,
                0,
                "文件头不是 Shapefile 的标志 9994",
                "its header lacks the mark 9994 of a Shapefile"
            );
        if (file.Extension is ".dbf" or ".prj" or ".cpg" or ".shx")
            throw Problem.Files.IncompleteShapefile(file.Name, ".shp");
        if (file.Extension is ".csv" or ".tsv" && !head.Contains((byte)0))
            throw Problem.Files.NoCoordinateTable(file.Name);
        throw Problem.Files.UnknownKind(file.Name, Convert.ToHexString(head.AsSpan(0, Math.Min(8, head.Length))));
    }

    /// <summary>What a text is that may well be something else (<c>readme.txt</c>); <c>null</c> when it is none of the formats.</summary>
    public static Readable? OfText(FilePart file) => file.Length == 0 ? null : OfGlance(file.Head(HeadBytes));

    private static Readable? OfGlance(byte[] head)
    {
        foreach (var glance in FileText.Glances(head))
            if (SurveyTextReader.Begins(glance))
                return Readable.SurveyText;
            else if (VctReader.Begins(glance))
                return Readable.Vct;
            else if (KmlReader.Begins(glance))
                return Readable.Kml;
            else if (IsDrawing(glance))
                return Readable.Dxf;
            else if (TableReader.Begins(glance))
                return Readable.Table;
        return null;
    }

    /// <summary>A DXF text begins with the group 0 SECTION, perhaps behind remarks in groups 999.</summary>
    private static bool IsDrawing(string glance)
    {
        var lines = glance.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim()).ToList();
        var at = 0;
        while (at + 1 < lines.Count && lines[at] == "999")
            at += 2;
        return at + 1 < lines.Count && lines[at] == "0" && lines[at + 1] == "SECTION";
    }

    /// <summary>A zip that is really a document of another program, by the names of its entries.</summary>
    public static Wording? OfZip(IReadOnlyList<string> names)
    {
        bool Any(string start) => names.Any(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        if (Any("[Content_Types].xml"))
            return Any("xl/") ? null
                : Any("word/") ? new("Word 文档（docx）", "a Word document (docx)")
                : new("Office 文档", "an Office document");
        return Any("META-INF/MANIFEST.MF") ? new("Java 程序包", "a Java archive") : null;
    }

    private static Wording? OfMarkup(ReadOnlySpan<byte> text)
    {
        if (Starts(text, [0xFF, 0xFE]) || Starts(text, [0xFE, 0xFF]))
            return new("UTF-16 文本（请另存为 UTF-8）", "UTF-16 text (save it as UTF-8)");
        if (text.Length == 0 || text[0] != '<')
            return null;
        var start = Encoding.Latin1.GetString(text);
        bool Has(string mark) => start.Contains(mark, StringComparison.OrdinalIgnoreCase);
        return Has("<html") || Has("<!doctype html")
                ? new("网页（HTML），可能是下载时未登录", "a web page (HTML), perhaps saved without signing in")
            : Has("<gpx") ? new("GPX 航迹（只有点和线）", "a GPX track (points and lines only)")
            : Has("<osm") ? new("OpenStreetMap 数据（请另存为 GeoPackage）", "OpenStreetMap data (save it as GeoPackage)")
            : Has("FeatureCollection") || Has("opengis.net/gml") ? new("GML 文件", "a GML file")
            : new("XML 文本", "XML text");
    }

    private static ReadOnlySpan<byte> WithoutBlanks(ReadOnlySpan<byte> head)
    {
        if (Starts(head, [0xEF, 0xBB, 0xBF]))
            head = head[3..];
        return head.TrimStart(" \t\r\n"u8);
    }

    private static bool Starts(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark) => bytes.StartsWith(mark);
}
