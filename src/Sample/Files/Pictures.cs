using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Weipian.Sample.Files;

/// <summary>Small pictures that stand for photographs: sky, ground, a shape, and the word SYNTHETIC across them.</summary>
internal static class Pictures
{
    private const int Width = 160;
    private const int Height = 120;

    // Five rows of three bits for the letters of SYNTHETIC, the leftmost bit first.
    private static readonly Dictionary<char, int[]> Letters = new()
    {
        ['S'] = [7, 4, 7, 1, 7],
        ['Y'] = [5, 5, 2, 2, 2],
        ['N'] = [5, 7, 7, 7, 5],
        ['T'] = [7, 2, 2, 2, 2],
        ['H'] = [5, 5, 7, 5, 5],
        ['E'] = [7, 4, 7, 4, 7],
        ['I'] = [7, 2, 2, 2, 7],
        ['C'] = [7, 4, 4, 4, 7],
    };

    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>A PNG, the same bytes for the same dice.</summary>
    public static byte[] Png(Dice dice)
    {
        var pixels = new byte[Height * (Width * 3 + 1)];
        var horizon = dice.Whole(38, 60);
        var (left, wide, tall) = (dice.Whole(20, 70), dice.Whole(30, 60), dice.Whole(15, 35));
        var ground = dice.Whole(90, 150);
        for (var y = 0; y < Height; y++)
        for (var x = 0; x < Width; x++)
        {
            var building = x > left && x < left + wide && y > horizon + 8 - tall && y < horizon + 14;
            var (r, g, b) =
                building ? (170, 160, 150)
                : y < horizon ? (150 + y, 180 + y / 2, 225)
                : (ground + (x * 7 + y * 13) % 9, ground - 10 + y / 4, 70);
            if (IsLetter(x, y))
                (r, g, b) = (200, 30, 30);
            var at = y * (Width * 3 + 1) + 1 + 3 * x;
            (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)r, (byte)g, (byte)b);
        }
        return Encode(pixels);
    }

    private static bool IsLetter(int x, int y)
    {
        const string Word = "SYNTHETIC";
        const int Scale = 4;
        var (column, row) = ((x - 8) / Scale, (y - 92) / Scale);
        if (x < 8 || y < 92 || row > 4 || column / 4 >= Word.Length || column % 4 == 3)
            return false;
        return (Letters[Word[column / 4]][row] >> (2 - column % 4) & 1) == 1;
    }

    private static byte[] Encode(byte[] pixels)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(pixels);
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9]) = (8, 2);
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(Stream png, string name, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    private static uint Crc(byte[] body)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in body)
            crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var c = i;
            for (var k = 0; k < 8; k++)
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[i] = c;
        }
        return table;
    }
}
