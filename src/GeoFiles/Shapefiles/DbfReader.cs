using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Reads the rows of a .dbf one after the other. Not for several threads.</summary>
internal sealed class DbfReader(DbfTable table, Encoding encoding) : IDisposable
{
    private readonly FileStream stream = table.File.Open(1 << 20);
    private readonly byte[] row = new byte[table.RowBytes];

    // Names of classes and units repeat from row to row: a value like the one before is the same string.
    private readonly byte[] before = new byte[table.RowBytes];
    private readonly string?[] textBefore = new string?[table.Columns.Count];

    /// <summary>The values of a row (0-based), or <c>null</c> when it is marked as deleted.</summary>
    /// <exception cref="Problem">files.truncated-dbf</exception>
    public object?[]? Read(long number)
    {
        var position = table.HeaderBytes + number * table.RowBytes;
        if (stream.Position != position)
            stream.Position = position;
        if (stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
            throw Problem.Files.TruncatedDbf(table.File.Name, table.StatedRows, number);
        if (row[0] == '*')
            return null;
        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = table.Columns[i].IsText ? Repeated(i, number) : Value(table.Columns[i], Field(row, i));
        return values;
    }

    /// <summary>True when the row (0-based) is marked as deleted.</summary>
    public bool IsDeleted(long number)
    {
        stream.Position = table.HeaderBytes + number * table.RowBytes;
        return stream.ReadByte() == '*';
    }

    public void Dispose() => stream.Dispose();

    private ReadOnlySpan<byte> Field(byte[] bytes, int column) => bytes.AsSpan(table.Columns[column].Offset, table.Columns[column].Width);

    private string? Repeated(int column, long number)
    {
        var field = Field(row, column);
        if (textBefore[column] is { } same && field.SequenceEqual(Field(before, column)))
            return same;
        field.CopyTo(before.AsSpan(table.Columns[column].Offset));
        return textBefore[column] = Text(table.Columns[column], field, number);
    }

    private static object? Value(DbfTable.Column column, ReadOnlySpan<byte> field) =>
        column.Type switch
        {
            'N' or 'F' => Number(field, column.Decimals == 0 && column.Width <= 18),
            'D' => Date(field),
            'L' => Logical(field),
            'I' or '+' when field.Length == 4 => (long)BinaryPrimitives.ReadInt32LittleEndian(field),
            'O' or 'B' when field.Length == 8 => Finite(BinaryPrimitives.ReadDoubleLittleEndian(field)),
            'Y' when field.Length == 8 => BinaryPrimitives.ReadInt64LittleEndian(field) / 10_000.0,
            'T' or '@' when field.Length == 8 => Moment(field),
            _ => null,
        };

    private string? Text(DbfTable.Column column, ReadOnlySpan<byte> field, long number)
    {
        var bytes = DbfText.Trimmed(field, encoding);
        if (bytes.Length == 0)
            return null;
        try
        {
            return DbfText.Decode(encoding, bytes, DbfText.MayBeCut(field, bytes));
        }
        catch (DecoderFallbackException)
        {
            // The survey read the same bytes: the file changed meanwhile.
            throw Problem.Files.WrongEncoding(
                table.File.Name,
                TextEncodings.NameOf(encoding),
                "读取时",
                "while reading",
                $"第 {number + 1} 行字段 {Encoding.Latin1.GetString(column.RawName)} ",
                $"row {number + 1}, field {Encoding.Latin1.GetString(column.RawName)}",
                DbfText.Undecodable(encoding, bytes),
                null
            );
        }
    }

    private static object? Number(ReadOnlySpan<byte> field, bool whole)
    {
        var digits = field.Trim(" \0"u8);
        if (digits.Length == 0 || digits.IndexOfAnyExcept((byte)'*') < 0)
            return null; // Blank, or stars: the program that wrote it had no room for the number.
        if (digits[0] == '+')
            digits = digits[1..];
        if (whole && Utf8Parser.TryParse(digits, out long integer, out var used) && used == digits.Length)
            return integer;
        if (Utf8Parser.TryParse(digits, out double real, out used) && used == digits.Length)
            return Finite(real);
        var text = Encoding.Latin1.GetString(digits);
        return double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out real) ? Finite(real) : text;
    }

    private static object? Finite(double value) => double.IsFinite(value) ? value : null;

    private static object? Date(ReadOnlySpan<byte> field)
    {
        var digits = field.Trim(" \0"u8);
        if (digits.Length == 0 || digits.IndexOfAnyExcept((byte)'0') < 0)
            return null;
        var text = Encoding.Latin1.GetString(digits);
        return DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : text;
    }

    private static object? Logical(ReadOnlySpan<byte> field) =>
        field.Length == 0
            ? null
            : field[0] switch
            {
                (byte)'T' or (byte)'t' or (byte)'Y' or (byte)'y' or (byte)'1' => true,
                (byte)'F' or (byte)'f' or (byte)'N' or (byte)'n' or (byte)'0' => false,
                _ => null,
            };

    /// <summary>Julian day and milliseconds of the day, as Visual FoxPro stores them.</summary>
    private static object? Moment(ReadOnlySpan<byte> field)
    {
        const int JulianDayOfYearOne = 1_721_426;
        var day = BinaryPrimitives.ReadInt32LittleEndian(field) - JulianDayOfYearOne;
        var milliseconds = BinaryPrimitives.ReadInt32LittleEndian(field[4..]);
        return day < 0 || day > DateOnly.MaxValue.DayNumber || milliseconds is < 0 or >= 86_400_000
            ? null
            : DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue).AddMilliseconds(milliseconds);
    }
}
