using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Reads the records of a .shp one after the other. Not for several threads.</summary>
/// <remarks>Esri, "Shapefile Technical Description", July 1998. Rings are handed on raw; Z and M are left out.</remarks>
internal sealed class ShpReader(FilePart shp, ShpIndex index) : IDisposable
{
    /// <summary>A polygon record holds a type, a box, two counts …</summary>
    private const int PolygonHeaderBytes = 44;

    /// <summary>No single record may be longer: 1 GB, sixty million vertices.</summary>
    private const int RecordBytesMax = 1 << 30;

    private readonly FileStream stream = shp.Open(1 << 20);
    private byte[] buffer = new byte[1 << 16];

    /// <summary>The type of the record read last (0 null, 5/15/25 polygon …).</summary>
    public int LastType { get; private set; }

    /// <summary>The rings of a record, or why there are none.</summary>
    public GeometryFault? Read(int record, out Shape? shape)
    {
        shape = null;
        var length = index.Lengths[record];
        if (length > RecordBytesMax)
            throw Problem.Files.LimitExceeded(
                shp.Name,
                $"第 {record + 1} 条记录的字节数",
                $"the size of record {record + 1} in bytes",
                length,
                RecordBytesMax
            );
        if (buffer.Length < length)
            buffer = new byte[Math.Max(buffer.Length * 2, length)];
        stream.Position = index.Offsets[record];
        var content = buffer.AsSpan(0, length);
        if (stream.ReadAtLeast(content, length, throwOnEndOfStream: false) < length)
            throw Problem.Files.TruncatedShapefile(shp.Name, record + 1, index.Offsets[record] + length, shp.Length);
        var type = BinaryPrimitives.ReadInt32LittleEndian(content);
        LastType = type;
        return IsPolygonType(type) ? Polygon(content, out shape) : FaultOf(type);
    }

    public void Dispose() => stream.Dispose();

    public static bool IsPolygonType(int type) => type is 5 or 15 or 25;

    public static bool IsKnownType(int type) => type is 0 or 31 || (type is > 0 and < 30 && type % 10 is 1 or 3 or 5 or 8);

    /// <summary><c>polygon, line, point</c> or <c>none</c>.</summary>
    public static string KindOf(int type) =>
        type switch
        {
            5 or 15 or 25 => "polygon",
            3 or 13 or 23 => "line",
            1 or 11 or 21 or 8 or 18 or 28 => "point",
            _ => "none",
        };

    /// <summary>The bytes that a polygon record needs by its own counts; <c>null</c> when the counts cannot be true.</summary>
    public static long? NeededBytes(ReadOnlySpan<byte> content)
    {
        long parts = BinaryPrimitives.ReadInt32LittleEndian(content[36..]);
        long points = BinaryPrimitives.ReadInt32LittleEndian(content[40..]);
        return parts < 0 || points < 0 || parts > points ? null : PolygonHeaderBytes + 4 * parts + 16 * points;
    }

    private static GeometryFault FaultOf(int type) =>
        type switch
        {
            0 => GeometryFaults.Null,
            1 or 11 or 21 => GeometryFaults.NotPolygon("点", "point"),
            8 or 18 or 28 => GeometryFaults.NotPolygon("多点", "multipoint"),
            3 or 13 or 23 => GeometryFaults.NotPolygon("线", "line"),
            31 => GeometryFaults.NotPolygon("多面体（MultiPatch）", "multipatch"),
            _ => GeometryFaults.Damaged($"类型编号 {type} 无效", $"its type {type} is not valid"),
        };

    private static GeometryFault? Polygon(ReadOnlySpan<byte> content, out Shape? shape)
    {
        shape = null;
        if (content.Length < PolygonHeaderBytes)
            return GeometryFaults.Damaged("记录过短", "the record is too short");
        if (NeededBytes(content) is not { } needed || needed > content.Length)
            return GeometryFaults.Damaged("环数或点数与记录长度不符", "its counts do not fit the length of the record");
        var parts = BinaryPrimitives.ReadInt32LittleEndian(content[36..]);
        var points = BinaryPrimitives.ReadInt32LittleEndian(content[40..]);
        if (parts == 0 || points == 0)
            return GeometryFaults.Empty;
        var starts = content.Slice(PolygonHeaderBytes, 4 * parts);
        var coordinates = content.Slice(PolygonHeaderBytes + 4 * parts, 16 * points);
        var rings = new List<double[]>(parts);
        for (var i = 0; i < parts; i++)
        {
            var from = BinaryPrimitives.ReadInt32LittleEndian(starts[(4 * i)..]);
            var to = i + 1 < parts ? BinaryPrimitives.ReadInt32LittleEndian(starts[(4 * i + 4)..]) : points;
            if (from < 0 || to < from || to > points || (i == 0 && from != 0))
                return GeometryFaults.Damaged($"第 {i + 1} 个环的起点无效", $"the start of ring {i + 1} is not valid");
            if (to > from)
                rings.Add(Doubles(coordinates[(16 * from)..(16 * to)]));
        }
        shape = new Shape(rings);
        return null;
    }

    private static double[] Doubles(ReadOnlySpan<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.Cast<byte, double>(bytes).ToArray();
        var values = new double[bytes.Length / 8];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
        return values;
    }
}
