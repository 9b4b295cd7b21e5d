using System.Buffers.Binary;
using System.Text;

namespace Weipian.Flow.Reports;

/// <summary>A copy of a photograph or scan that says in itself who took it and when: as a comment, which no viewer draws and every one
/// skips.</summary>
/// <remarks>The pixels and pages stay as they are. Taking the comment out again gives the bytes of the original, and with them its hash
/// (decision 0113). JPEG has a comment segment, PNG a text chunk, WebP a chunk of its own, PDF a line that begins with a percent
/// sign.</remarks>
public static class MarkedFile
{
    private const int SegmentBytesMax = 65_533;
    private const int PngHeadBytes = 33;
    private const uint CrcPolynomial = 0xEDB88320;

    /// <summary>Whether a file of this kind can carry the words.</summary>
    public static bool Carries(string contentType) => contentType is "image/jpeg" or "image/png" or "image/webp" or "application/pdf";

    /// <summary>Writes the copy; a file of another kind as it is.</summary>
    /// <param name="original">Read to its end.</param>
    public static async Task WriteAsync(Stream original, string contentType, string words, Stream into, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(into);
        var head = new byte[PngHeadBytes];
        var length = await original.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        var mark = Encoding.UTF8.GetBytes(words.ReplaceLineEndings(" "));
        mark = mark[..Math.Min(mark.Length, SegmentBytesMax)];
        // Where the mark goes in, and what stands at the end instead.
        var (at, within, after) = contentType switch
        {
            "image/jpeg" when length >= 2 => (2, Segment(mark), []),
            "image/png" when length == PngHeadBytes => (PngHeadBytes, TextChunk(mark), []),
            "image/webp" when length >= 12 => (0, [], WebpChunk(head, mark)),
            "application/pdf" => (0, [], (byte[])[.. "\n%"u8, .. mark, (byte)'\n']),
            _ => (0, Array.Empty<byte>(), Array.Empty<byte>()),
        };
        await into.WriteAsync(head.AsMemory(0, at), stop);
        await into.WriteAsync(within, stop);
        await into.WriteAsync(head.AsMemory(at, length - at), stop);
        await original.CopyToAsync(into, stop);
        await into.WriteAsync(after, stop);
    }

    private static byte[] Segment(byte[] mark)
    {
        var segment = new byte[4 + mark.Length];
        (segment[0], segment[1]) = (0xFF, 0xFE);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(mark.Length + 2));
        mark.CopyTo(segment, 4);
        return segment;
    }

    /// <summary>An international text chunk behind the head: keyword, no compression, no language, text.</summary>
    private static byte[] TextChunk(byte[] mark)
    {
        byte[] typed = [.. "iTXtComment"u8, 0, 0, 0, 0, 0, .. mark];
        var chunk = new byte[8 + typed.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, typed.Length - 4);
        typed.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + typed.Length), Crc(typed));
        return chunk;
    }

    /// <summary>A chunk at the end, of even length; the size in the head then counts it.</summary>
    private static byte[] WebpChunk(byte[] head, byte[] mark)
    {
        var padded = mark.Length + mark.Length % 2;
        var chunk = new byte[8 + padded];
        "WPMK"u8.CopyTo(chunk);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), mark.Length);
        mark.CopyTo(chunk, 8);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), size + (uint)chunk.Length);
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? CrcPolynomial : 0);
        }
        return ~crc;
    }
}
