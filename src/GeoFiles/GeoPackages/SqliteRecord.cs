using System.Buffers.Binary;
using System.Numerics;

namespace Weipian.GeoFiles;

/// <summary>Writes rows in the record format of SQLite: the types of all values, then the values. One buffer, used again.</summary>
/// <remarks>sqlite.org/fileformat2.html, "Record Format". Values are not converted: they must be of the kind their column keeps.</remarks>
internal sealed class SqliteRecord
{
    /// <summary>Bytes of the longest number of varying length.</summary>
    public const int VarintMax = 9;

    /// <summary>So long a head says its own length in one byte.</summary>
    private const int ShortHeadMax = 127;

    private const ulong RealType = 7;
    private const ulong ZeroType = 8;
    private const ulong OneType = 9;
    private const ulong BlobType = 12;
    private const ulong TextType = 13;

    private byte[] types = new byte[ShortHeadMax];
    private int typeBytes;
    private byte[] body = new byte[4096];
    private int at;

    /// <summary>Begins a row; what was written before is forgotten.</summary>
    public void Begin() => (typeBytes, at) = (0, 0);

    public void Null() => Type(0);

    /// <summary>In as few bytes as hold it.</summary>
    public void Integer(long value)
    {
        if (value is 0 or 1)
        {
            Type(value == 0 ? ZeroType : OneType);
            return;
        }
        var bits = 65 - BitOperations.LeadingZeroCount((ulong)(value < 0 ? ~value : value));
        var (type, bytes) = bits switch
        {
            <= 8 => (1ul, 1),
            <= 16 => (2ul, 2),
            <= 24 => (3ul, 3),
            <= 32 => (4ul, 4),
            <= 48 => (5ul, 6),
            _ => (6ul, 8),
        };
        Type(type);
        var room = Room(bytes);
        for (var i = bytes - 1; i >= 0; i--, value >>= 8)
            room[i] = (byte)value;
    }

    /// <summary>A number; null when it is none, as SQLite has it.</summary>
    public void Real(double value)
    {
        if (double.IsNaN(value))
        {
            Null();
            return;
        }
        Type(RealType);
        BinaryPrimitives.WriteDoubleBigEndian(Room(sizeof(double)), value);
    }

    public void Blob(ReadOnlySpan<byte> bytes)
    {
        Type(BlobType + 2 * (ulong)bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
    }

    /// <summary>UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        Type(TextType + 2 * (ulong)text.Length);
        text.CopyTo(Room(text.Length));
    }

    /// <summary>How long the row is.</summary>
    public int Length => HeadBytes + at;

    /// <summary>How long the head is; the values follow it one after another.</summary>
    public int HeadBytes => typeBytes + (typeBytes < ShortHeadMax ? 1 : 2);

    /// <summary>Copies the row.</summary>
    public void CopyTo(Span<byte> target)
    {
        types.AsSpan(0, typeBytes).CopyTo(target[WriteVarint(target, (ulong)HeadBytes)..]);
        body.AsSpan(0, at).CopyTo(target[HeadBytes..]);
    }

    /// <summary>A number in seven bits a byte, the high ones first; how many bytes it took.</summary>
    public static int WriteVarint(Span<byte> target, ulong value)
    {
        if (value >> 56 != 0)
        {
            target[8] = (byte)value;
            value >>= 8;
            for (var i = 7; i >= 0; i--, value >>= 7)
                target[i] = (byte)(value | 0x80);
            return VarintMax;
        }
        var bytes = Math.Max(1, (70 - BitOperations.LeadingZeroCount(value)) / 7);
        for (var i = bytes - 1; i >= 0; i--, value >>= 7)
            target[i] = (byte)(i == bytes - 1 ? value & 0x7F : value | 0x80);
        return bytes;
    }

    private void Type(ulong type)
    {
        if (typeBytes + VarintMax > types.Length)
            Array.Resize(ref types, 2 * types.Length);
        typeBytes += WriteVarint(types.AsSpan(typeBytes), type);
    }

    private Span<byte> Room(int bytes)
    {
        if (at + bytes > body.Length)
            Array.Resize(ref body, Math.Max(body.Length * 2, at + bytes));
        at += bytes;
        return body.AsSpan(at - bytes, bytes);
    }
}
