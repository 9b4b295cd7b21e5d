using System.Buffers.Binary;

namespace Weipian.GeoFiles;

/// <summary>Where the records of a .shp begin and how long their contents are.</summary>
/// <remarks>
/// The .shx is used when all its entries lie inside the .shp and begin with a record header; otherwise, and when it is missing, the
/// records are walked one by one. A record whose stated length is wrong is stepped over by the length its own counts give.
/// </remarks>
internal sealed class ShpIndex
{
    private const int HeaderBytes = 100;

    private ShpIndex(long[] offsets, int[] lengths, List<FileDefect> defects)
    {
        Offsets = offsets;
        Lengths = lengths;
        Defects = defects;
    }

    /// <summary>Byte offset of the content of each record (behind its header of eight bytes).</summary>
    public long[] Offsets { get; }

    /// <summary>Bytes of content of each record.</summary>
    public int[] Lengths { get; }

    public IReadOnlyList<FileDefect> Defects { get; }

    /// <param name="expected">Rows of the .dbf, when there is one: tells a file that was cut off between two records.</param>
    /// <exception cref="Problem">files.truncated-shapefile, files.damaged-shapefile</exception>
    public static ShpIndex Build(FilePart shp, FilePart? shx, long? expected)
    {
        using var stream = shp.Open();
        var header = new byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            throw Problem.Files.TruncatedShapefile(shp.Name, 0, HeaderBytes, shp.Length);
        var stated = 2L * BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(24));
        var defects = new List<FileDefect>();
        if (shx is null)
            defects.Add(Soft("缺少 .shx 索引，已逐条扫描 .shp", "the .shx is missing; the records were found by walking the .shp"));
        else if (FromIndex(shp, shx, stream, defects) is { } indexed)
            return indexed;
        var index = Walk(shp, stream, defects);
        if (stated > shp.Length && index.Offsets.Length != (expected ?? -1))
            throw Problem.Files.TruncatedShapefile(shp.Name, index.Offsets.Length + 1, stated, shp.Length);
        if (stated != shp.Length)
            defects.Add(
                Soft(
                    $".shp 文件头写明 {stated} 字节，实际 {shp.Length} 字节；所有记录完整",
                    $"the header of the .shp says {stated} bytes, it has {shp.Length}; all records are whole"
                )
            );
        return index;
    }

    private static ShpIndex? FromIndex(FilePart shp, FilePart shx, FileStream stream, List<FileDefect> defects)
    {
        if (shx.Length < HeaderBytes || (shx.Length - HeaderBytes) % 8 != 0 || shx.Length > int.MaxValue)
            return Ignored("其长度不合规", "its length is not that of an index");
        var entries = shx.Head((int)shx.Length).AsSpan(HeaderBytes);
        var (offsets, lengths) = (new long[entries.Length / 8], new int[entries.Length / 8]);
        var header = new byte[8];
        var wrongLengths = 0;
        for (var i = 0; i < offsets.Length; i++)
        {
            var offset = 2L * BinaryPrimitives.ReadUInt32BigEndian(entries[(8 * i)..]);
            var length = 2L * BinaryPrimitives.ReadUInt32BigEndian(entries[(8 * i + 4)..]);
            if (offset < HeaderBytes || length < 4)
                return Ignored($"第 {i + 1} 条指向文件之外", $"entry {i + 1} points outside the file");
            if (offset + 8 + length > shp.Length)
                throw Problem.Files.TruncatedShapefile(shp.Name, i + 1, offset + 8 + length, shp.Length);
            stream.Position = offset;
            stream.ReadExactly(header);
            var inRecord = 2L * BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            if (inRecord != length)
                wrongLengths++;
            (offsets[i], lengths[i]) = (
                offset + 8,
                (int)Math.Min(int.MaxValue, Math.Max(length, Math.Min(inRecord, shp.Length - offset - 8)))
            );
        }
        if (wrongLengths > 0)
            defects.Add(
                Soft(
                    $"{wrongLengths} 条记录的长度与 .shx 不一致，按坐标个数读取",
                    $"the lengths of {wrongLengths} records differ from the .shx; they were read by their own counts"
                )
            );
        return new ShpIndex(offsets, lengths, defects);

        ShpIndex? Ignored(string zh, string en)
        {
            defects.Add(Soft($".shx 索引已忽略：{zh}", $"the .shx was left aside: {en}"));
            return null;
        }
    }

    private static ShpIndex Walk(FilePart shp, FileStream stream, List<FileDefect> defects)
    {
        var (offsets, lengths) = (new List<long>(), new List<int>());
        var header = new byte[8 + 44];
        for (long at = HeaderBytes; at < shp.Length; )
        {
            var record = offsets.Count + 1;
            if (at + 12 > shp.Length)
            {
                if (shp.Length - at < 8 && IsZero(stream, at))
                    break; // Padding behind the last record.
                throw Problem.Files.TruncatedShapefile(shp.Name, record, at + 12, shp.Length);
            }
            stream.Position = at;
            var read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            var length = 2L * BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            var type = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
            var needed = ShpReader.IsPolygonType(type) && read == header.Length ? ShpReader.NeededBytes(header.AsSpan(8)) : 4;
            if (!ShpReader.IsKnownType(type) || needed is null)
                throw Problem.Files.DamagedShapefile(
                    shp.Name,
                    record,
                    $"类型编号 {type} 或坐标个数无效",
                    $"its type {type} or its counts are not valid"
                );
            if (length < needed)
            {
                defects.Add(
                    new FileDefect(
                        "1201",
                        false,
                        record,
                        "记录长度有误，按坐标个数读取",
                        "the length of the record is wrong; it was read by its own counts"
                    )
                );
                length = needed.Value;
            }
            if (at + 8 + length > shp.Length)
            {
                if (at + 8 + needed > shp.Length || length > int.MaxValue)
                    throw Problem.Files.TruncatedShapefile(shp.Name, record, at + 8 + length, shp.Length);
                length = shp.Length - at - 8; // The last record is whole; only its stated length is too long.
            }
            offsets.Add(at + 8);
            lengths.Add((int)length);
            at += 8 + length;
        }
        return new ShpIndex([.. offsets], [.. lengths], defects);
    }

    private static bool IsZero(FileStream stream, long at)
    {
        stream.Position = at;
        for (int value; (value = stream.ReadByte()) >= 0; )
            if (value != 0)
                return false;
        return true;
    }

    private static FileDefect Soft(string zh, string en) => new("1201", false, null, zh, en);
}
