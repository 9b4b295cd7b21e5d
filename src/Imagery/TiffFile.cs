using System.Buffers.Binary;
using System.Text;

namespace Weipian.Imagery;

/// <summary>The structure of a TIFF: its directories and their entries, classic or BigTIFF, either byte order. Decodes no pixel.</summary>
/// <remarks>Follows TIFF 6.0 (1992) and the BigTIFF layout; everything is read at its offset, so that size does not matter.</remarks>
internal sealed class TiffFile
{
    private const int DirectoriesMax = 64;
    private const int EntriesMax = 4096;
    private const long ValuesMax = 64L << 20;

    private readonly Stream stream;
    private readonly Lock turn = new();
    private readonly bool little;
    private readonly bool big;

    private TiffFile(Stream stream, string name, bool little, bool big)
    {
        (this.stream, Name, this.little, this.big) = (stream, name, little, big);
        Length = stream.Length;
    }

    /// <summary>Name of the file, for refusals.</summary>
    public string Name { get; }

    public long Length { get; }

    public bool IsLittleEndian => little;

    public IReadOnlyList<TiffDirectory> Directories { get; private set; } = [];

    /// <exception cref="Problem">images.not-tiff, images.truncated, images.damaged</exception>
    public static TiffFile Open(Stream stream, string name)
    {
        var head = new byte[16];
        stream.Position = 0;
        var got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var isLittle = head[0] == 'I' && head[1] == 'I';
        if (got < 8 || (!isLittle && !(head[0] == 'M' && head[1] == 'M')))
            throw Problem.Images.NotTiff(name);
        var version = isLittle ? head[2] : head[3];
        if (version is not (42 or 43))
            throw Problem.Images.NotTiff(name);
        var file = new TiffFile(stream, name, isLittle, version == 43);
        file.ReadDirectories(file.big ? file.Long(head.AsSpan(8)) : file.Int(head.AsSpan(4)));
        return file;
    }

    /// <summary>Bytes at a place; safe for several threads.</summary>
    /// <exception cref="Problem">images.truncated</exception>
    public byte[] Read(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > Length || count > Length - offset)
            throw Problem.Images.Truncated(Name, offset + count, Length);
        var bytes = new byte[count];
        lock (turn)
        {
            stream.Position = offset;
            stream.ReadExactly(bytes);
        }
        return bytes;
    }

    public ushort Short(ReadOnlySpan<byte> at) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    public uint Int(ReadOnlySpan<byte> at) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);

    public long Long(ReadOnlySpan<byte> at) =>
        little ? BinaryPrimitives.ReadInt64LittleEndian(at) : BinaryPrimitives.ReadInt64BigEndian(at);

    public double Real(ReadOnlySpan<byte> at) =>
        little ? BinaryPrimitives.ReadDoubleLittleEndian(at) : BinaryPrimitives.ReadDoubleBigEndian(at);

    private void ReadDirectories(long offset)
    {
        var found = new List<TiffDirectory>();
        var seen = new HashSet<long>();
        while (offset != 0)
        {
            if (!seen.Add(offset) || found.Count == DirectoriesMax)
                throw Problem.Images.Damaged(Name, "IFD");
            var (width, size) = big ? (8, 20) : (2, 12);
            var head = Read(offset, width);
            var count = big ? Long(head) : Short(head);
            if (count is < 1 or > EntriesMax)
                throw Problem.Images.Damaged(Name, "IFD");
            var body = Read(offset + width, count * size + (big ? 8 : 4));
            var entries = new Dictionary<int, TiffEntry>();
            for (var i = 0; i < count; i++)
            {
                var at = body.AsSpan((int)i * size, size);
                var values = big ? Long(at[4..]) : Int(at[4..]);
                entries[Short(at)] = new(Short(at[2..]), values, at[(big ? 12 : 8)..].ToArray());
            }
            found.Add(new(this, entries));
            var next = body.AsSpan((int)count * size);
            offset = big ? Long(next) : Int(next);
        }
        Directories = found.Count > 0 ? found : throw Problem.Images.Damaged(Name, "IFD");
    }

    /// <summary>The bytes of the values of an entry, and how wide one is.</summary>
    internal (byte[] Bytes, int Width) ValuesOf(TiffEntry entry)
    {
        var width = entry.Type switch
        {
            1 or 2 or 6 or 7 => 1,
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => throw Problem.Images.Damaged(Name, $"type {entry.Type}"),
        };
        var size = entry.Count * width;
        if (entry.Count < 0 || size > ValuesMax)
            throw Problem.Images.Damaged(Name, "IFD");
        if (size <= entry.Place.Length)
            return (entry.Place[..(int)size], width);
        return (Read(big ? Long(entry.Place) : Int(entry.Place), size), width);
    }
}

/// <summary>One entry as it stands in a directory.</summary>
/// <param name="Place">The values themselves when they fit, else where they are.</param>
internal sealed record TiffEntry(ushort Type, long Count, byte[] Place);

/// <summary>One directory: an image or one of its overviews.</summary>
internal sealed class TiffDirectory(TiffFile file, IReadOnlyDictionary<int, TiffEntry> entries)
{
    public TiffFile File => file;

    public bool Has(int tag) => entries.ContainsKey(tag);

    public long One(int tag, long otherwise) => Whole(tag) is { Length: > 0 } all ? all[0] : otherwise;

    /// <summary>Whole numbers of a tag; empty when it is not there.</summary>
    public long[] Whole(int tag)
    {
        if (!entries.TryGetValue(tag, out var entry))
            return [];
        var (bytes, width) = file.ValuesOf(entry);
        var values = new long[entry.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var at = bytes.AsSpan(i * width);
            values[i] = width switch
            {
                1 => at[0],
                2 => file.Short(at),
                4 => file.Int(at),
                _ => file.Long(at),
            };
        }
        return values;
    }

    /// <summary>Doubles of a tag; empty when it is not there or of another type.</summary>
    public double[] Reals(int tag)
    {
        if (!entries.TryGetValue(tag, out var entry) || entry.Type != 12)
            return [];
        var (bytes, width) = file.ValuesOf(entry);
        return [.. Enumerable.Range(0, (int)entry.Count).Select(i => file.Real(bytes.AsSpan(i * width)))];
    }

    public byte[] Bytes(int tag) => entries.TryGetValue(tag, out var entry) ? file.ValuesOf(entry).Bytes : [];

    public string Text(int tag) => Encoding.ASCII.GetString(Bytes(tag)).TrimEnd('\0').Trim();
}
