using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Weipian.Flow.Reports;

/// <summary>A paper as PDF: A4, the glyphs it uses embedded, text that can be copied, page numbers; the same bytes for the same
/// paper.</summary>
/// <remarks>Own writer, decision 0060: a general library embeds the whole face or is not free.</remarks>
public static class PdfFile
{
    public const string ContentType = "application/pdf";

    public static byte[] Of(Paper paper, TrueTypeFont font)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(font);
        var ink = new PdfInk(font);
        var pages = new PdfLayout(ink).Lay(paper);
        var objects = new List<byte[]>
        {
            Ascii("<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>"),
            Array.Empty<byte>(), // the pages, once they are numbered
            Ascii(
                "<< /Type /Font /Subtype /Type0 /BaseFont /WEIPIA+NotoSansSC /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
            ),
            Ascii(ink.DescendantFont()),
            Ascii(ink.Descriptor()),
            Stream(Encoding.ASCII.GetBytes(ink.ToUnicode())),
            Stream(ink.FontFile(), raw: true),
            Ascii($"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(paper.Title))}> /Producer (Weipian) >>"),
        };
        const int Information = 8;
        var kids = new StringBuilder();
        foreach (var page in pages)
        {
            objects.Add(Stream(Encoding.ASCII.GetBytes(page)));
            objects.Add(
                Ascii(
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Resources << /Font << /F1 3 0 R >> >> "
                        + $"/Contents {objects.Count} 0 R >>"
                )
            );
            kids.Append(CultureInfo.InvariantCulture, $"{objects.Count} 0 R ");
        }
        objects[1] = Ascii($"<< /Type /Pages /Count {pages.Count} /Kids [{kids}] >>");
        return Assemble(objects, Information);
    }

    private static byte[] Assemble(List<byte[]> objects, int information)
    {
        using var file = new MemoryStream();
        file.Write(Ascii("%PDF-1.7\n%"));
        file.Write([0xE5, 0x8D, 0xAB, 0xE7, (byte)'\n']);
        var places = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            places.Add(file.Length);
            file.Write(Ascii($"{i + 1} 0 obj\n"));
            file.Write(objects[i]);
            file.Write(Ascii("\nendobj\n"));
        }
        var table = file.Length;
        file.Write(Ascii($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var place in places)
            file.Write(Ascii(place.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n"));
        file.Write(Ascii($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info {information} 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();
    }

    /// <param name="raw">The stream is a font program, which states its own length.</param>
    private static byte[] Stream(byte[] content, bool raw = false)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        var length = raw ? $" /Length1 {content.Length}" : "";
        return
        [
            .. Ascii($"<< /Filter /FlateDecode /Length {packed.Length}{length} >>\nstream\n"),
            .. packed.ToArray(),
            .. Ascii("\nendstream"),
        ];
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}

/// <summary>The face of one PDF: which glyphs were used, under which numbers, for which characters.</summary>
internal sealed class PdfInk(TrueTypeFont font)
{
    private readonly Dictionary<Rune, int> numbers = [];
    private readonly List<int> glyphs = [0];
    private readonly List<string> texts = [""];

    /// <summary>Width of a text at a size, in points.</summary>
    public double Width(string text, double size) => text.EnumerateRunes().Sum(r => font.Width(font.GlyphOf(r))) * size / 1000;

    /// <summary>A text as the string that a content stream shows. A character the face lacks is told by its code point, never left
    /// blank.</summary>
    public string Show(string text)
    {
        var codes = new StringBuilder("<");
        foreach (var rune in Known(text).EnumerateRunes())
            codes.Append(NumberOf(rune).ToString("X4", CultureInfo.InvariantCulture));
        return codes.Append('>').ToString();
    }

    /// <summary>The text with what the face lacks written as <c>[U+20BB7]</c>.</summary>
    public string Known(string text) =>
        text.EnumerateRunes().All(Has)
            ? text
            : string.Concat(text.EnumerateRunes().Select(r => Has(r) ? r.ToString() : $"[U+{r.Value:X4}]"));

    public string DescendantFont() =>
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /WEIPIA+NotoSansSC /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        + "/Supplement 0 >> /FontDescriptor 5 0 R /CIDToGIDMap /Identity /DW 1000 /W [0 ["
        + string.Join(' ', glyphs.Select(g => font.Width(g).ToString(CultureInfo.InvariantCulture)))
        + "]] >>";

    public string Descriptor() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /FontDescriptor /FontName /WEIPIA+NotoSansSC /Flags 4 /FontBBox [-1000 -300 2000 1200] /ItalicAngle 0 /Ascent {font.Ascent * 1000 / font.UnitsPerEm} /Descent {font.Descent * 1000 / font.UnitsPerEm} /CapHeight 733 /StemV 80 /FontFile2 7 0 R >>"
        );

    public byte[] FontFile() => font.Subset(glyphs);

    public string ToUnicode()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
                + "/Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                + "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        );
        foreach (var lines in Enumerable.Range(1, glyphs.Count - 1).Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{lines.Length} beginbfchar\n");
            foreach (var number in lines)
                map.Append(
                    CultureInfo.InvariantCulture,
                    $"<{number:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(texts[number]))}>\n"
                );
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private bool Has(Rune rune) => font.GlyphOf(rune) != 0;

    private int NumberOf(Rune rune)
    {
        if (numbers.TryGetValue(rune, out var number))
            return number;
        number = glyphs.Count;
        numbers[rune] = number;
        glyphs.Add(font.GlyphOf(rune));
        texts.Add(rune.ToString());
        return number;
    }
}
