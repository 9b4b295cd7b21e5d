using System.Text;
using Weipian.Flow.Reports;

namespace Weipian.Tests.Flow.Reports;

/// <summary>A copy of a photograph or scan names who took it and when, and gives the original back once the words are taken out.</summary>
public sealed class MarkedFileTests
{
    private const string Words = "王村镇 · 李样 · 2019-05-08 09:00";
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, 0x00, 0x00, 0xFF, 0xD9];
    private static readonly byte[] Webp = [.. "RIFF"u8, 16, 0, 0, 0, .. "WEBPVP8 "u8, 4, 0, 0, 0, 1, 2, 3, 4];
    private static readonly byte[] Pdf = "%PDF-1.4\n%%EOF"u8.ToArray();

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    public async Task What_has_no_place_for_words_stays_as_it_is(string kind)
    {
        Assert.False(MarkedFile.Carries(kind));
        Assert.Equal(Png, await MarkedAsync(Png, kind));
        Assert.Empty(await MarkedAsync([], "image/png"));
        Assert.Equal(Png[..20], await MarkedAsync(Png[..20], "image/png"));
    }

    [Fact]
    public async Task The_words_stand_in_every_kind_and_the_original_is_what_is_left_without_them()
    {
        foreach (var (kind, file) in new[] { ("image/jpeg", Jpeg), ("image/png", Png), ("image/webp", Webp), ("application/pdf", Pdf) })
        {
            var copy = await MarkedAsync(file, kind);
            var words = Encoding.UTF8.GetBytes(Words);
            Assert.True(copy.AsSpan().IndexOf(words) > 0, kind);
            var added = copy.Length - file.Length;
            var at = kind switch
            {
                "image/jpeg" => 2,
                "image/png" => 33,
                _ => file.Length,
            };
            byte[] left = [.. copy[..at], .. copy[(at + added)..]];
            if (kind == "image/webp")
                left[4] = file[4];
            Assert.Equal(file, left);
        }
    }

    [Fact]
    public async Task A_reader_of_png_takes_the_chunk_by_its_sum_and_a_reader_of_webp_the_size_in_its_head()
    {
        var png = await MarkedAsync(Png, "image/png");
        Assert.Equal("iTXt", Encoding.ASCII.GetString(png, 37, 4));
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        Assert.Equal("IDAT", Encoding.ASCII.GetString(png, 33 + 12 + length + 4, 4));
        Assert.Equal(
            System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(33 + 8 + length)),
            CrcByDivision(png.AsSpan(37, 4 + length))
        );
        var webp = await MarkedAsync(Webp, "image/webp");
        Assert.Equal(webp.Length - 8, System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(webp.AsSpan(4)));
    }

    /// <summary>The sum of PNG by a table, as its specification gives it.</summary>
    private static uint CrcByDivision(ReadOnlySpan<byte> bytes)
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++)
                c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
        var crc = 0xFFFFFFFF;
        foreach (var b in bytes)
            crc = table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc ^ 0xFFFFFFFF;
    }

    private static async Task<byte[]> MarkedAsync(byte[] file, string kind)
    {
        using var into = new MemoryStream();
        await MarkedFile.WriteAsync(new MemoryStream(file), kind, Words, into);
        return into.ToArray();
    }
}
