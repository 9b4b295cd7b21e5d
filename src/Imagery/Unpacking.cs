using System.IO.Compression;
using SkiaSharp;

namespace Weipian.Imagery;

/// <summary>Turns the bytes of one tile or strip into samples, by the compressions of TIFF 6.0 that images of the field come in.</summary>
internal static class Unpacking
{
    /// <summary>The segment APP14 that tells a decoder not to take three components for luminance and colour.</summary>
    private static readonly byte[] PlainColours = [0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0];

    private const int JpegBlock = 16;

    /// <returns>So many bytes came out; no more than fit.</returns>
    public static int Deflate(byte[] packed, Span<byte> into)
    {
        using var source = new MemoryStream(packed, writable: false);
        using var inflate = new ZLibStream(source, CompressionMode.Decompress);
        return inflate.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
    }

    /// <summary>PackBits (TIFF 6.0 section 9).</summary>
    /// <returns>So many bytes came out; no more than fit.</returns>
    public static int PackBits(ReadOnlySpan<byte> packed, Span<byte> into)
    {
        var (from, to) = (0, 0);
        while (from < packed.Length && to < into.Length)
        {
            var head = (sbyte)packed[from++];
            if (head >= 0)
            {
                var count = Math.Min(Math.Min(head + 1, packed.Length - from), into.Length - to);
                packed.Slice(from, count).CopyTo(into[to..]);
                (from, to) = (from + count, to + count);
            }
            else if (head != -128 && from < packed.Length)
            {
                var count = Math.Min(1 - head, into.Length - to);
                into.Slice(to, count).Fill(packed[from++]);
                to += count;
            }
        }
        return to;
    }

    /// <summary>LZW with early change (TIFF 6.0 section 13): codes of 9 to 12 bits, high bit first.</summary>
    /// <returns>So many bytes came out; no more than fit.</returns>
    public static int Lzw(ReadOnlySpan<byte> packed, Span<byte> into)
    {
        const int Clear = 256;
        const int End = 257;
        const int First = 258;
        const int Codes = 4096;
        var prefix = new short[Codes];
        var suffix = new byte[Codes];
        var lengths = new int[Codes];
        for (var i = 0; i < Clear; i++)
            (suffix[i], lengths[i]) = ((byte)i, 1);
        var (bits, held, from, to, next, width, last) = (0u, 0, 0, 0, First, 9, -1);
        while (to < into.Length)
        {
            while (held < width && from < packed.Length)
                (bits, held) = ((bits << 8) | packed[from++], held + 8);
            if (held < width)
                return to;
            var code = (int)((bits >> (held - width)) & ((1u << width) - 1));
            held -= width;
            if (code == End)
                return to;
            if (code == Clear)
            {
                (next, width, last) = (First, 9, -1);
                continue;
            }
            if (code > next || (code == next && last < 0))
                throw new InvalidDataException("LZW");
            var known = code < next ? code : last;
            var length = lengths[known] + (code < next ? 0 : 1);
            var first = Spell(prefix, suffix, lengths, known, into[to..]);
            if (code == next && to + length - 1 < into.Length)
                into[to + length - 1] = first;
            if (last >= 0 && next < Codes)
            {
                (prefix[next], suffix[next], lengths[next]) = ((short)last, first, lengths[last] + 1);
                next++;
            }
            to += length;
            last = code;
            width =
                next >= 2047 ? 12
                : next >= 1023 ? 11
                : next >= 511 ? 10
                : 9;
        }
        return into.Length;
    }

    /// <summary>A tile that is a JPEG of its own but for its tables, which stand once in the directory (technical note 2).</summary>
    /// <returns>Samples as the tile has them: grey, or red, green, blue.</returns>
    public static byte[] Jpeg(byte[] packed, byte[] tables, int width, int height, int bands, bool isRgb)
    {
        // Tables: SOI … EOI. Tile: SOI …. Together: the tables without their EOI, the tile without its SOI.
        var whole = tables.Length > 4 ? [.. tables[..^2], .. packed[2..]] : packed;
        if (isRgb)
            whole = [.. whole[..2], .. PlainColours, .. whole[2..]];
        using var data = SKData.CreateCopy(whole);
        using var codec = SKCodec.Create(data) ?? throw new InvalidDataException("JPEG");
        // What it says of its own size is checked before room is made for it; encoders round up to blocks of 16.
        if (codec.Info.Width > width + JpegBlock || codec.Info.Height > height + JpegBlock)
            throw new InvalidDataException($"JPEG {codec.Info.Width} × {codec.Info.Height}");
        var colour = bands == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888;
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, colour, SKAlphaType.Opaque);
        var pixels = new byte[info.BytesSize];
        unsafe
        {
            fixed (byte* place = pixels)
                if (codec.GetPixels(info, (nint)place) is not SKCodecResult.Success)
                    throw new InvalidDataException("JPEG");
        }
        var samples = new byte[width * height * bands];
        var step = bands == 1 ? 1 : 4;
        for (var y = 0; y < Math.Min(height, info.Height); y++)
        for (var x = 0; x < Math.Min(width, info.Width); x++)
        for (var b = 0; b < bands; b++)
            samples[(y * width + x) * bands + b] = pixels[y * info.RowBytes + x * step + b];
        return samples;
    }

    /// <summary>Samples of one bit, the highest of a byte first; every line begins with a byte of its own.</summary>
    public static void Bits(ReadOnlySpan<byte> bytes, Span<ushort> into, int line)
    {
        var lineBytes = (line + 7) / 8;
        for (var i = 0; i < into.Length; i++)
            into[i] = (ushort)((bytes[i / line * lineBytes + i % line / 8] >> (7 - i % line % 8)) & 1);
    }

    /// <summary>Undoes horizontal differencing (TIFF 6.0 section 14).</summary>
    public static void Undifference(Span<byte> row, int bands)
    {
        for (var i = bands; i < row.Length; i++)
            row[i] = (byte)(row[i] + row[i - bands]);
    }

    /// <summary>The same for 16 bits in the order of the machine.</summary>
    public static void Undifference(Span<ushort> row, int bands)
    {
        for (var i = bands; i < row.Length; i++)
            row[i] = (ushort)(row[i] + row[i - bands]);
    }

    private static byte Spell(short[] prefix, byte[] suffix, int[] lengths, int code, Span<byte> into)
    {
        for (var i = lengths[code] - 1; i > 0; i--)
        {
            if (i < into.Length)
                into[i] = suffix[code];
            code = prefix[code];
        }
        if (into.Length > 0)
            into[0] = suffix[code];
        return suffix[code];
    }
}
