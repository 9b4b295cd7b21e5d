using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>The structure of a .dbf: its columns and where its rows are.</summary>
internal sealed class DbfTable
{
    private const int FieldBytes = 32;
    private const int FieldsMax = 2048;

    /// <summary>A column as it lies in a row.</summary>
    /// <param name="RawName">The bytes of the name, in the encoding of the table.</param>
    public sealed record Column(byte[] RawName, char Type, int Offset, int Width, int Decimals)
    {
        public bool IsText => Type is 'C' or 'V';
    }

    private DbfTable(FilePart file, IReadOnlyList<Column> columns, int headerBytes, int rowBytes, long statedRows, byte languageDriver)
    {
        File = file;
        Columns = columns;
        HeaderBytes = headerBytes;
        RowBytes = rowBytes;
        StatedRows = statedRows;
        LanguageDriver = languageDriver;
    }

    public FilePart File { get; }

    public IReadOnlyList<Column> Columns { get; }

    public int HeaderBytes { get; }

    public int RowBytes { get; }

    /// <summary>Rows the header says there are.</summary>
    public long StatedRows { get; }

    /// <summary>Rows that are whole in the file.</summary>
    public long WholeRows => Math.Max(0, (File.Length - HeaderBytes) / RowBytes);

    /// <summary>Byte 29 of the header.</summary>
    public byte LanguageDriver { get; }

    /// <exception cref="Problem">files.empty, files.truncated-dbf, files.damaged-dbf</exception>
    public static DbfTable Open(FilePart file)
    {
        if (file.Length == 0)
            throw Problem.Files.Empty(file.Name);
        var start = file.Head(FieldBytes);
        if (start.Length < FieldBytes)
            throw Problem.Files.DamagedDbf(file.Name, "文件头不完整", "its header is cut off");
        var headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        var rowBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(10));
        var header = file.Head(headerBytes);
        if (headerBytes < FieldBytes + 1 || header.Length < headerBytes || rowBytes == 0)
            throw Problem.Files.DamagedDbf(
                file.Name,
                $"文件头写明头长 {headerBytes}、行长 {rowBytes}，与文件不符",
                $"its header says {headerBytes} bytes of header and {rowBytes} per row, which cannot be"
            );
        var columns = Fields(file, header, rowBytes);
        long rows = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(4));
        return new DbfTable(file, columns, headerBytes, rowBytes, rows, start[29]);
    }

    private static List<Column> Fields(FilePart file, byte[] header, int rowBytes)
    {
        var columns = new List<Column>();
        var offset = 1; // behind the mark of deletion
        for (var at = FieldBytes; at + FieldBytes <= header.Length && header[at] != 0x0D && columns.Count < FieldsMax; at += FieldBytes)
        {
            var name = header.AsSpan(at, 11);
            var end = name.IndexOf((byte)0);
            var type = char.ToUpperInvariant((char)header[at + 11]);
            int width = header[at + 16];
            int decimals = header[at + 17];
            if (type == 'C' && decimals > 0 && offset + width + 256 * decimals <= rowBytes)
                (width, decimals) = (width + 256 * decimals, 0); // Clipper and FoxPro: texts longer than 255.
            if (offset + width > rowBytes)
                throw Problem.Files.DamagedDbf(
                    file.Name,
                    $"第 {columns.Count + 1} 个字段超出行长 {rowBytes}",
                    $"field {columns.Count + 1} reaches beyond the row of {rowBytes} bytes"
                );
            columns.Add(new Column(name[..(end < 0 ? 11 : end)].ToArray(), type, offset, width, decimals));
            offset += width;
        }
        return columns;
    }

    /// <summary>The columns as the product names them.</summary>
    public IReadOnlyList<SourceField> Describe(Encoding encoding)
    {
        var names = FieldPlaces.Distinct(Columns.Select((column, i) => NameOf(column, encoding, i)));
        return
        [
            .. Columns.Select(
                (column, i) => new SourceField(names[i], TypeOf(column), column.Width, column.Type is 'N' or 'F' ? column.Decimals : null)
            ),
        ];
    }

    private static string NameOf(Column column, Encoding encoding, int place)
    {
        try
        {
            // A name cut in the middle of a character keeps what is whole.
            var name = DbfText.Decode(encoding, column.RawName, mayBeCut: true).Trim();
            return name.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"FIELD_{place + 1}") : name;
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(column.RawName).Trim();
        }
    }

    private static string TypeOf(Column column) =>
        column.Type switch
        {
            'N' or 'F' => column.Decimals == 0 && column.Width <= 18 ? "integer" : "real",
            'I' or '+' => "integer",
            'O' or 'Y' => "real",
            'B' when column.Width == 8 => "real",
            'D' => "date",
            'L' => "boolean",
            'T' or '@' => "timestamp",
            'C' or 'V' => "text",
            _ => "binary", // memo, picture, general: their contents lie in another file
        };
}
