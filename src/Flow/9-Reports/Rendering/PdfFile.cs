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

    /// <param name="rare">A face for characters that <paramref name="font"/> lacks; asked for only when there is one.</param>
    public static byte[] Of(Paper paper, TrueTypeFont font, Func<TrueTypeFont?>? rare = null)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(font);
        const int FirstFont = 3;
        const int Information = 8;
        var ink = new PdfInk(font, rare);
        var pages = new PdfLayout(ink).Lay(paper);
        var objects = new List<byte[]>
        {
            Ascii("<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>"),
            Array.Empty<byte>(), // the pages, once they are numbered
        };
        Add(objects, ink.Main, FirstFont);
        objects.Add(
            Ascii($"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(paper.Title))}> /Producer (Weipian) >>")
        );
        var fonts = $"/F1 {FirstFont} 0 R";
        if (ink.Rare is { } second)
        {
            fonts += $" /F2 {Information + 1} 0 R";
            Add(objects, second, Information + 1);
        }
        var kids = new StringBuilder();
        foreach (var page in pages)
        {
            objects.Add(Stream(Encoding.ASCII.GetBytes(page)));
            objects.Add(
                Ascii(
                    $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Resources << /Font << {fonts} >> >> "
                        + $"/Contents {objects.Count} 0 R >>"
                )
            );
            kids.Append(CultureInfo.InvariantCulture, $"{objects.Count} 0 R ");
        }
        objects[1] = Ascii($"<< /Type /Pages /Count {pages.Count} /Kids [{kids}] >>");
        return Assemble(objects, Information);
    }

    /// <summary>The five objects of a face, from a number on.</summary>
    private static void Add(List<byte[]> objects, PdfFace face, int first) =>
        objects.AddRange([
            Ascii(
                $"<< /Type /Font /Subtype /Type0 /BaseFont /{face.Name} /Encoding /Identity-H /DescendantFonts [{first + 1} 0 R] "
                    + $"/ToUnicode {first + 3} 0 R >>"
            ),
            Ascii(face.DescendantFont(first + 2)),
            Ascii(face.Descriptor(first + 4)),
            Stream(Encoding.ASCII.GetBytes(face.ToUnicode())),
            Stream(face.FontFile(), raw: true),
        ]);

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

/// <summary>The faces of one PDF: the ordinary one, and one for rare characters where a text needs it.</summary>
internal sealed class PdfInk(TrueTypeFont font, Func<TrueTypeFont?>? rare)
{
    private readonly Lazy<PdfFace?> second = new(() => rare?.Invoke() is { } face ? new("WEIPIB+Rare", face) : null);

    public PdfFace Main { get; } = new("WEIPIA+NotoSansSC", font);

    /// <summary>The face of rare characters; null where no text needed it, or there is none.</summary>
    public PdfFace? Rare => second.IsValueCreated && second.Value?.IsUsed == true ? second.Value : null;

    /// <summary>Width of a text at a size, in points.</summary>
    public double Width(string text, double size) => text.EnumerateRunes().Sum(r => (FaceOf(r) ?? Main).Width(r)) * size / 1000;

    /// <summary>The operators that show a text: runs of one face. A character that no face has is told by its code point, never left
    /// blank.</summary>
    public string Show(string text, double size)
    {
        var shown = new StringBuilder();
        PdfFace? last = null;
        foreach (var rune in Known(text).EnumerateRunes())
        {
            var face = FaceOf(rune) ?? Main;
            if (face != last)
                shown
                    .Append(last is null ? "" : "> Tj ")
                    .Append(CultureInfo.InvariantCulture, $"/{(face == Main ? "F1" : "F2")} {size:0.##} Tf <");
            shown.Append(face.NumberOf(rune).ToString("X4", CultureInfo.InvariantCulture));
            last = face;
        }
        return shown.Append(last is null ? "" : "> Tj").ToString();
    }

    /// <summary>The text with what the faces lack written as <c>[U+20BB7]</c>.</summary>
    public string Known(string text) =>
        text.EnumerateRunes().All(r => FaceOf(r) is not null)
            ? text
            : string.Concat(text.EnumerateRunes().Select(r => FaceOf(r) is not null ? r.ToString() : $"[U+{r.Value:X4}]"));

    private PdfFace? FaceOf(Rune rune) =>
        Main.Has(rune) ? Main
        : second.Value?.Has(rune) == true ? second.Value
        : null;
}

/// <summary>One face of a PDF: which glyphs were used, under which numbers, for which characters.</summary>
internal sealed class PdfFace(string name, TrueTypeFont font)
{
    private readonly Dictionary<Rune, int> numbers = [];
    private readonly List<int> glyphs = [0];
    private readonly List<string> texts = [""];

    public string Name => name;

    public bool IsUsed => numbers.Count > 0;

    public bool Has(Rune rune) => font.GlyphOf(rune) != 0;

    /// <summary>Width of a character in thousandths of the size.</summary>
    public int Width(Rune rune) => font.Width(font.GlyphOf(rune));

    public string DescendantFont(int descriptor) =>
        $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        + $"/Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [0 ["
        + string.Join(' ', glyphs.Select(g => font.Width(g).ToString(CultureInfo.InvariantCulture)))
        + "]] >>";

    public string Descriptor(int file) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-1000 -300 2000 1200] /ItalicAngle 0 "
        )
        + string.Create(
            CultureInfo.InvariantCulture,
            $"/Ascent {font.Ascent * 1000 / font.UnitsPerEm} /Descent {font.Descent * 1000 / font.UnitsPerEm} /CapHeight 733 /StemV 80 "
        )
        + $"/FontFile2 {file} 0 R >>";

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

    /// <summary>The number of a character in this PDF; it is used from now on.</summary>
    public int NumberOf(Rune rune)
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
