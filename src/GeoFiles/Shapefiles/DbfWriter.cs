using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Writes the attribute table of a Shapefile (dBASE III). Text that does not fit or cannot be encoded refuses; nothing is cut
/// off.</summary>
internal sealed class DbfWriter : IDisposable
{
    private const int NameBytesMax = 10;
    private const int TextBytesMax = 254;
    private const int RecordBytesMax = 65535;
    private const byte Blank = (byte)' ';

    private readonly string name;
    private readonly Encoding encoding;
    private readonly Column[] columns;
    private readonly FileStream stream;
    private readonly byte[] record;
    private int records;

    private sealed record Column(string Name, char Type, int Width, int Decimals);

    public DbfWriter(string name, string path, IReadOnlyList<WrittenField> fields, Encoding encoding)
    {
        this.name = name;
        this.encoding = encoding;
        columns = Columns(fields);
        if (columns.Length > 255 || 1 + columns.Sum(column => column.Width) > RecordBytesMax)
            throw Problem.Files.WriteLimit(
                name,
                $".dbf 最多 255 个字段、每行 {RecordBytesMax} 字节",
                $"a .dbf has at most 255 fields and {RecordBytesMax} bytes per row"
            );
        record = new byte[1 + columns.Sum(column => column.Width)];
        stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 18);
        WriteHeader();
    }

    public void Write(IReadOnlyList<object?> values)
    {
        records++;
        record.AsSpan().Fill(Blank);
        var at = 1;
        for (var i = 0; i < columns.Length; i++)
        {
            Value(record.AsSpan(at, columns[i].Width), columns[i], values[i]);
            at += columns[i].Width;
        }
        stream.Write(record);
    }

    public void Complete()
    {
        stream.WriteByte(0x1A);
        stream.Position = 4;
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(count, records);
        stream.Write(count);
    }

    public void Dispose() => stream.Dispose();

    private void Value(Span<byte> field, Column column, object? value)
    {
        switch (column.Type)
        {
            case 'L':
                field[0] = value switch
                {
                    true => (byte)'T',
                    false => (byte)'F',
                    _ => (byte)'?',
                };
                break;
            case 'D':
                Put(
                    field,
                    column,
                    value is DateOnly day ? day.ToString("yyyyMMdd", CultureInfo.InvariantCulture) : ValueText.Of(value),
                    right: false
                );
                break;
            case 'N':
                Put(field, column, Digits(column, value), right: true);
                break;
            default:
                Put(field, column, ValueText.Of(value), right: false);
                break;
        }
    }

    private static string? Digits(Column column, object? value) =>
        value switch
        {
            double number when !double.IsFinite(number) => null, // A dbf has no word for it.
            double number when Math.Abs(number) > 1e27 => number.ToString("E", CultureInfo.InvariantCulture), // too large for decimal
            double or float or decimal => Convert
                .ToDecimal(value, CultureInfo.InvariantCulture)
                .ToString($"F{column.Decimals}", CultureInfo.InvariantCulture),
            _ => ValueText.Of(value),
        };

    private void Put(Span<byte> field, Column column, string? text, bool right)
    {
        if (string.IsNullOrEmpty(text))
            return;
        byte[] bytes;
        try
        {
            bytes = encoding.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Problem.Files.UnencodableText(name, records, column.Name, text, TextEncodings.NameOf(encoding));
        }
        if (bytes.Length > field.Length)
            throw Problem.Files.ValueDoesNotFit(name, records, column.Name, text, field.Length);
        bytes.CopyTo(right ? field[(field.Length - bytes.Length)..] : field);
    }

    /// <summary>Names are cut to ten bytes without splitting a character, and numbered when they meet.</summary>
    private Column[] Columns(IReadOnlyList<WrittenField> fields)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. fields.Select(field => ToColumn(field, taken))];
    }

    private Column ToColumn(WrittenField field, HashSet<string> taken)
    {
        var wanted = Cut(field.Name, NameBytesMax);
        for (var n = 1; !taken.Add(wanted); n++)
            wanted = Cut(field.Name, NameBytesMax - 1 - n.ToString(CultureInfo.InvariantCulture).Length) + $"_{n}";
        return field.Type switch
        {
            "integer" => new(wanted, 'N', Math.Clamp(field.Length ?? 18, 1, 20), 0),
            "real" => new(wanted, 'N', Math.Clamp(field.Length ?? 24, 1, 32), Math.Clamp(field.Decimals ?? 6, 0, 15)),
            "date" => new(wanted, 'D', 8, 0),
            "boolean" => new(wanted, 'L', 1, 0),
            _ => new(wanted, 'C', Math.Clamp(field.Length ?? TextBytesMax, 1, TextBytesMax), 0),
        };
    }

    private string Cut(string text, int bytes)
    {
        var length = text.Length;
        while (length > 0 && (encoding.GetByteCount(text.AsSpan(0, length)) > bytes || char.IsHighSurrogate(text[length - 1])))
            length--;
        return text[..length];
    }

    private void WriteHeader()
    {
        var header = new byte[32 + 32 * columns.Length + 1];
        header[0] = 3;
        // A fixed day of last change (2000-01-01): the same features give the same file.
        (header[1], header[2], header[3]) = (100, 1, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)header.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(10), (ushort)record.Length);
        header[29] = encoding.CodePage is 936 or 54936 ? (byte)0x4D : (byte)0;
        for (var i = 0; i < columns.Length; i++)
        {
            var field = header.AsSpan(32 + 32 * i, 32);
            encoding.GetBytes(columns[i].Name, field);
            field[11] = (byte)columns[i].Type;
            field[16] = (byte)columns[i].Width;
            field[17] = (byte)columns[i].Decimals;
        }
        header[^1] = 0x0D;
        stream.Write(header);
    }
}
