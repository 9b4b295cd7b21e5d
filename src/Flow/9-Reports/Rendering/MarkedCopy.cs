using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Weipian.Flow.Reports;

/// <summary>A copy of a published Word or Excel file with a line at the foot of every page that says who took it and when; of a
/// package the archive says it.</summary>
/// <remarks>The published file itself never changes: its bytes are what the journal sealed.</remarks>
public static class MarkedCopy
{
    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>The copy; a file of another kind as it is.</summary>
    public static byte[] Of(byte[] file, string contentType, string watermark)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(watermark);
        if (contentType == "application/zip")
            return Commented(file, watermark);
        if (contentType.StartsWith("text/csv", StringComparison.Ordinal))
            return MarkedCsv.Of(file, watermark);
        if (contentType is not (WordFile.ContentType or WorkbookFile.ContentType))
            return file;
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
        return PartsFile.Of([.. zip.Entries.Select(e => (e.FullName, Marked(e, watermark)))]);
    }

    /// <summary>A package keeps its files, which its manifest lists with their hashes: the words stand in the comment of the
    /// archive.</summary>
    private static byte[] Commented(byte[] file, string watermark)
    {
        using var copy = new MemoryStream();
        copy.Write(file);
        using (var zip = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true, Encoding.UTF8))
            zip.Comment = watermark;
        return copy.ToArray();
    }

    private static byte[] Marked(ZipArchiveEntry entry, string watermark)
    {
        using var stream = entry.Open();
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        var isFooter = entry.FullName.StartsWith("word/footer", StringComparison.Ordinal);
        if (!isFooter && !entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal))
            return whole.ToArray();
        whole.Position = 0;
        var root = XDocument.Load(whole).Root!;
        if (isFooter)
            root.Add(WordFile.WatermarkLine(watermark));
        else if (root.Descendants(S + "oddFooter").FirstOrDefault() is { } foot)
            foot.Value += "&L&7" + PaperText.Clean(watermark).Replace("&", "&&", StringComparison.Ordinal);
        return PartsFile.Xml(root);
    }
}
