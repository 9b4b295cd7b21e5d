using System.Buffers.Binary;
using System.Text;

namespace Weipian.Flow.Reports;

/// <summary>A TrueType face: widths, glyphs of characters, and a subset with only the glyphs that a document uses.</summary>
/// <remarks>Faces with cubic outlines (CFF) are not taken: there is no glyf table in them.</remarks>
public sealed class TrueTypeFont
{
    private const int ArgumentsAreWords = 1;
    private const int HasScale = 8;
    private const int MoreComponents = 32;
    private const int HasTwoScales = 64;
    private const int HasMatrix = 128;

    private readonly byte[] file;
    private readonly Dictionary<string, (int At, int Length)> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> glyphs = [];
    private readonly int[] offsets;
    private readonly int metrics;

    public TrueTypeFont(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        this.file = file;
        for (var i = 0; i < U16(4); i++)
        {
            var at = 12 + 16 * i;
            tables[Encoding.ASCII.GetString(file, at, 4)] = (I32(at + 8), I32(at + 12));
        }
        UnitsPerEm = U16(Table("head") + 18);
        Ascent = S16(Table("hhea") + 4);
        Descent = S16(Table("hhea") + 6);
        metrics = U16(Table("hhea") + 34);
        var count = U16(Table("maxp") + 4);
        var isLong = U16(Table("head") + 50) == 1;
        var loca = Table("loca");
        offsets = [.. Enumerable.Range(0, count + 1).Select(g => isLong ? I32(loca + 4 * g) : 2 * U16(loca + 2 * g))];
        ReadCharacters();
    }

    public static TrueTypeFont Load(string path) => new(File.ReadAllBytes(path));

    public int UnitsPerEm { get; }

    /// <summary>Above the baseline, in units of the face.</summary>
    public int Ascent { get; }

    /// <summary>Below the baseline, in units of the face; negative.</summary>
    public int Descent { get; }

    /// <summary>The glyph of a character, 0 where the face has none.</summary>
    public int GlyphOf(Rune rune) => glyphs.GetValueOrDefault(rune.Value);

    /// <summary>Width of a glyph in thousandths of the size.</summary>
    public int Width(int glyph) => U16(Table("hmtx") + 4 * Math.Min(glyph, metrics - 1)) * 1000 / UnitsPerEm;

    /// <summary>A face that holds only these glyphs, numbered 0, 1, 2 … in the order given; the first must be 0.</summary>
    /// <returns>The file, and the glyphs it came to hold: parts of composed glyphs are added at the end.</returns>
    public byte[] Subset(IReadOnlyList<int> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var kept = wanted.ToList();
        var outlines = new List<byte[]>();
        for (var i = 0; i < kept.Count; i++) // grows while composed glyphs name their parts
            outlines.Add(Outline(kept[i], kept));
        var glyf = new MemoryStream();
        var loca = new MemoryStream();
        var hmtx = new MemoryStream();
        for (var i = 0; i < kept.Count; i++)
        {
            Write32(loca, (int)glyf.Length);
            glyf.Write(outlines[i]);
            while (glyf.Length % 4 != 0)
                glyf.WriteByte(0);
            var metric = Table("hmtx") + 4 * Math.Min(kept[i], metrics - 1);
            hmtx.Write(file, metric, 4);
        }
        Write32(loca, (int)glyf.Length);
        return Assemble(kept.Count, glyf.ToArray(), loca.ToArray(), hmtx.ToArray());
    }

    private byte[] Assemble(int count, byte[] glyf, byte[] loca, byte[] hmtx)
    {
        var head = Copy("head");
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        var hhea = Copy("hhea");
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)count);
        var maxp = Copy("maxp");
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)count);
        var parts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = glyf,
            ["head"] = head,
            ["hhea"] = hhea,
            ["hmtx"] = hmtx,
            ["loca"] = loca,
            ["maxp"] = maxp,
        };
        foreach (var hints in (string[])["cvt ", "fpgm", "prep"])
            if (tables.ContainsKey(hints))
                parts[hints] = Copy(hints);
        return Container(parts);
    }

    private static byte[] Container(SortedDictionary<string, byte[]> parts)
    {
        var result = new MemoryStream();
        Write32(result, 0x00010000);
        Write16(result, parts.Count);
        var power = (int)Math.Log2(parts.Count);
        Write16(result, 16 << power);
        Write16(result, power);
        Write16(result, 16 * parts.Count - (16 << power));
        var at = 12 + 16 * parts.Count;
        foreach (var (tag, content) in parts)
        {
            result.Write(Encoding.ASCII.GetBytes(tag));
            Write32(result, (int)Checksum(content));
            Write32(result, at);
            Write32(result, content.Length);
            at += (content.Length + 3) / 4 * 4;
        }
        foreach (var content in parts.Values)
        {
            result.Write(content);
            while (result.Length % 4 != 0)
                result.WriteByte(0);
        }
        return result.ToArray();
    }

    private static uint Checksum(byte[] content)
    {
        uint sum = 0;
        for (var i = 0; i < content.Length; i++)
            sum += (uint)content[i] << (8 * (3 - i % 4));
        return sum;
    }

    /// <summary>The outline of a glyph; parts of a composed one are renumbered to where they stand in <paramref name="kept"/>.</summary>
    private byte[] Outline(int glyph, List<int> kept)
    {
        var from = offsets[glyph];
        var length = offsets[glyph + 1] - from;
        var outline = file.AsSpan(Table("glyf") + from, length).ToArray();
        if (length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return outline;
        int flags;
        var at = 10;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at));
            var part = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at + 2));
            var place = kept.IndexOf(part);
            if (place < 0)
            {
                place = kept.Count;
                kept.Add(part);
            }
            BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(at + 2), (ushort)place);
            at += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2);
            at +=
                (flags & HasScale) != 0 ? 2
                : (flags & HasTwoScales) != 0 ? 4
                : (flags & HasMatrix) != 0 ? 8
                : 0;
        } while ((flags & MoreComponents) != 0);
        return outline;
    }

    /// <summary>Reads the character map with 32-bit codes where there is one, else the one with 16-bit codes.</summary>
    private void ReadCharacters()
    {
        var cmap = Table("cmap");
        var maps = Enumerable.Range(0, U16(cmap + 2)).Select(i => cmap + I32(cmap + 4 + 8 * i + 4)).ToList();
        if (maps.Find(m => U16(m) == 12) is var wide and > 0)
            ReadWide(wide);
        else if (maps.Find(m => U16(m) == 4) is var narrow and > 0)
            ReadNarrow(narrow);
    }

    private void ReadWide(int map)
    {
        for (var g = 0; g < I32(map + 12); g++)
        {
            var group = map + 16 + 12 * g;
            var first = I32(group);
            for (var c = first; c <= I32(group + 4); c++)
                glyphs[c] = I32(group + 8) + c - first;
        }
    }

    private void ReadNarrow(int map)
    {
        var segments = U16(map + 6) / 2;
        for (var s = 0; s < segments; s++)
        {
            var end = U16(map + 14 + 2 * s);
            var start = U16(map + 16 + 2 * segments + 2 * s);
            var delta = U16(map + 16 + 4 * segments + 2 * s);
            var rangeAt = map + 16 + 6 * segments + 2 * s;
            var range = U16(rangeAt);
            for (var c = start; c <= end && c != 0xFFFF; c++)
            {
                var glyph = range == 0 ? c + delta : U16(rangeAt + range + 2 * (c - start));
                glyphs[c] = (range != 0 && glyph != 0 ? glyph + delta : glyph) & 0xFFFF;
            }
        }
    }

    private byte[] Copy(string tag) => file.AsSpan(tables[tag].At, tables[tag].Length).ToArray();

    private int Table(string tag) =>
        tables.TryGetValue(tag, out var table) ? table.At : throw new InvalidDataException($"the font has no table {tag}");

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    private int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));

    private static void Write16(Stream to, int value) => to.Write([(byte)(value >> 8), (byte)value]);

    private static void Write32(Stream to, int value) =>
        to.Write([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
}
