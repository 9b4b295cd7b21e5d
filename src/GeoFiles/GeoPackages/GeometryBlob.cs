using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Reads the geometry blobs of a GeoPackage: the GP header, then WKB in either byte order, with Z and M left out.</summary>
/// <remarks>OGC 12-128 (GeoPackage), clause 2.1.3; ISO and EWKB type numbers are both understood. No length in a blob is believed
/// before it was compared with the bytes there are.</remarks>
internal ref struct GeometryBlob
{
    private const int CollectionDepthMax = 16;

    /// <summary>Ends of a drawn line that lie closer are one point, in the unit of the drawing.</summary>
    private const double GapMax = 1e-6;

    private readonly ReadOnlySpan<byte> bytes;
    private int at;
    private GeometryFault? fault;

    private readonly bool closedLines;

    private GeometryBlob(ReadOnlySpan<byte> bytes, bool closedLines = false)
    {
        this.bytes = bytes;
        this.closedLines = closedLines;
    }

    /// <summary>The rings of a blob, or why there are none.</summary>
    /// <param name="closedLines">A line that ends where it begins counts as a polygon, as in drawings.</param>
    /// <param name="left">Points and lines beside the polygons of a collection.</param>
    public static GeometryFault? Read(ReadOnlySpan<byte> blob, out Shape? shape, out LeftAside? left, bool closedLines = false)
    {
        (shape, left) = (null, null);
        var reader = new GeometryBlob(blob, closedLines);
        if (!reader.SkipHeader())
            return reader.fault;
        var parts = new GeometryParts();
        if (parts.Finish(reader.Geometry(parts, depth: 0) ? null : reader.fault) is { } fault)
            return fault;
        (shape, left) = (new Shape(parts.Rings), parts.LeftAside);
        return null;
    }

    /// <summary>The WKB of a blob without its header: what a sealed content is computed from.</summary>
    public static ReadOnlySpan<byte> Wkb(ReadOnlySpan<byte> blob)
    {
        var reader = new GeometryBlob(blob);
        return reader.SkipHeader() ? blob[reader.at..] : [];
    }

    /// <summary>A multipolygon that we wrote ourselves (little-endian, two dimensions).</summary>
    /// <exception cref="InvalidDataException">The blob is not one of ours.</exception>
    public static MultiPolygon ReadStored(ReadOnlySpan<byte> blob, GeometryFactory factory)
    {
        var reader = new GeometryBlob(blob);
        if (!reader.SkipHeader() || !reader.OpenStored(6, out var count))
            throw new InvalidDataException("no multipolygon");
        var polygons = new Polygon[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.OpenStored(3, out var rings) || rings == 0)
                throw new InvalidDataException("no polygon");
            var shell = reader.StoredRing(factory);
            var holes = new LinearRing[rings - 1];
            for (var j = 0; j < holes.Length; j++)
                holes[j] = reader.StoredRing(factory);
            polygons[i] = factory.CreatePolygon(shell, holes);
        }
        return factory.CreateMultiPolygon(polygons);
    }

    private bool OpenStored(uint type, out int count)
    {
        count = 0;
        if (bytes.Length - at < 9 || bytes[at] != 1 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 1)..]) != type)
            return false;
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 5)..]);
        at += 9;
        if (stated > (bytes.Length - at) / 4)
            return false;
        count = (int)stated;
        return true;
    }

    private LinearRing StoredRing(GeometryFactory factory)
    {
        if (bytes.Length - at < 4)
            throw new InvalidDataException("no ring");
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        at += 4;
        if (count > (bytes.Length - at) / 16)
            throw new InvalidDataException("a ring is cut off");
        var sequence = factory.CoordinateSequenceFactory.Create((int)count, 2, 0);
        for (var i = 0; i < count; i++, at += 16)
        {
            sequence.SetX(i, BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]));
            sequence.SetY(i, BinaryPrimitives.ReadDoubleLittleEndian(bytes[(at + 8)..]));
        }
        return factory.CreateLinearRing(sequence);
    }

    private bool SkipHeader()
    {
        if (bytes.Length < 8 || bytes[0] != 'G' || bytes[1] != 'P')
            return Refuse("开头不是 GP 标志", "it does not begin with the mark GP");
        if ((bytes[3] & 0x20) != 0)
            return Refuse("使用了扩展的几何编码", "it uses an extended geometry encoding");
        int? envelope = ((bytes[3] >> 1) & 7) switch
        {
            0 => 0,
            1 => 32,
            2 or 3 => 48,
            4 => 64,
            _ => null,
        };
        if (envelope is null || bytes.Length < 8 + envelope)
            return Refuse("外包框标志无效", "its envelope flag is not valid");
        at = 8 + envelope.Value;
        return true;
    }

    private bool Geometry(GeometryParts parts, int depth)
    {
        if (depth > CollectionDepthMax)
            return Refuse("几何集合嵌套过深", "its collections are nested too deeply");
        if (!Open(out var littleEndian, out var type, out var dimensions))
            return false;
        switch (type)
        {
            case 3 or 17: // Polygon, Triangle
                return Polygon(parts.Rings, littleEndian, dimensions);
            case 6 or 7 or 15 or 16: // MultiPolygon, GeometryCollection, PolyhedralSurface, TIN
                return Members(parts, littleEndian, depth);
            case 2 when closedLines && depth == 0:
                return ClosedLine(parts.Rings, littleEndian, dimensions);
            case 1 or 2 or 4 or 5:
                return NoPolygon(parts, type, littleEndian, dimensions, depth);
            case >= 8 and <= 14:
                fault = GeometryFaults.Curve(
                    type switch
                    {
                        8 => "CIRCULARSTRING",
                        9 => "COMPOUNDCURVE",
                        10 => "CURVEPOLYGON",
                        11 => "MULTICURVE",
                        12 => "MULTISURFACE",
                        13 => "CURVE",
                        _ => "SURFACE",
                    }
                );
                return false;
            default:
                return Refuse($"未知的几何类型 {type}", $"the geometry type {type} is not known");
        }
    }

    private bool Members(GeometryParts parts, bool littleEndian, int depth)
    {
        if (!Count(littleEndian, 5, out var members))
            return false;
        for (var i = 0; i < members; i++)
            if (!Geometry(parts, depth + 1))
                return false;
        return true;
    }

    /// <summary>A point or line: a fault when it is all there is; passed over, and remembered, inside a collection.</summary>
    private bool NoPolygon(GeometryParts parts, uint type, bool littleEndian, int dimensions, int depth)
    {
        fault = type switch
        {
            1 => GeometryFaults.NotPolygon("点", "point"),
            4 => GeometryFaults.NotPolygon("多点", "multipoint"),
            _ => GeometryFaults.NotPolygon("线", "line"),
        };
        if (depth == 0)
            return false;
        fault = parts.Kept(fault);
        if (type is 4 or 5)
            return Members(parts, littleEndian, depth);
        var points = 1;
        if (type == 2 && !Count(littleEndian, 8 * dimensions, out points))
            return false;
        if ((bytes.Length - at) / (8 * dimensions) < points)
            return CutOff();
        at += 8 * dimensions * points;
        return true;
    }

    private bool Open(out bool littleEndian, out uint type, out int dimensions)
    {
        littleEndian = false;
        type = 0;
        dimensions = 2;
        if (bytes.Length - at < 5)
            return CutOff();
        if (bytes[at] > 1)
            return Refuse("字节序标志无效", "its byte order mark is not valid");
        littleEndian = bytes[at] == 1;
        at++;
        var stated = UInt32(littleEndian);
        var (z, m) = ((stated & 0x80000000) != 0, (stated & 0x40000000) != 0);
        if ((stated & 0x20000000) != 0)
        {
            if (bytes.Length - at < 4)
                return CutOff();
            at += 4; // The SRID of EWKB; the layer says it already.
        }
        stated &= 0x1FFFFFFF;
        var thousands = stated / 1000;
        if (thousands > 3)
            return Refuse($"未知的几何类型 {stated}", $"the geometry type {stated} is not known");
        type = stated % 1000;
        dimensions = 2 + (z || thousands is 1 or 3 ? 1 : 0) + (m || thousands is 2 or 3 ? 1 : 0);
        return true;
    }

    private bool Polygon(List<double[]> rings, bool littleEndian, int dimensions)
    {
        if (!Count(littleEndian, 4, out var count))
            return false;
        for (var r = 0; r < count; r++)
        {
            if (!Points(littleEndian, dimensions, out var ring))
                return false;
            if (ring.Length > 0)
                rings.Add(ring);
        }
        return true;
    }

    private bool ClosedLine(List<double[]> rings, bool littleEndian, int dimensions)
    {
        const int NumbersOfTriangle = 8; // three corners and the first again
        if (!Points(littleEndian, dimensions, out var line))
            return false;
        // The end of an arc is reckoned, so that it can miss the vertex it was drawn to by the last digits.
        if (line.Length >= NumbersOfTriangle && Math.Max(Math.Abs(line[0] - line[^2]), Math.Abs(line[1] - line[^1])) <= GapMax)
            (line[^2], line[^1]) = (line[0], line[1]);
        if (line.Length < NumbersOfTriangle || !Rings.IsClosed(line))
        {
            fault = GeometryFaults.NotPolygon("线", "line");
            return false;
        }
        rings.Add(line);
        return true;
    }

    private bool Points(bool littleEndian, int dimensions, out double[] points)
    {
        points = [];
        var stride = dimensions * 8;
        if (!Count(littleEndian, stride, out var count))
            return false;
        points = GC.AllocateUninitializedArray<double>(count * 2);
        if (dimensions == 2 && littleEndian && BitConverter.IsLittleEndian)
        {
            bytes.Slice(at, count * stride).CopyTo(MemoryMarshal.AsBytes(points.AsSpan()));
            at += count * stride;
        }
        else
            for (var i = 0; i < count; i++, at += stride)
                (points[2 * i], points[2 * i + 1]) = (Double(at, littleEndian), Double(at + 8, littleEndian));
        return true;
    }

    /// <summary>A count of things of at least so many bytes each; refused when the blob cannot hold them.</summary>
    private bool Count(bool littleEndian, int bytesEach, out int count)
    {
        count = 0;
        if (bytes.Length - at < 4)
            return CutOff();
        var stated = UInt32(littleEndian);
        if (stated > (bytes.Length - at) / bytesEach)
            return CutOff();
        count = (int)stated;
        return true;
    }

    private uint UInt32(bool littleEndian)
    {
        var value = littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
        at += 4;
        return value;
    }

    private readonly double Double(int place, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadDoubleLittleEndian(bytes[place..]) : BinaryPrimitives.ReadDoubleBigEndian(bytes[place..]);

    private bool CutOff() => Refuse("数据比声明的短", "it is shorter than it says");

    private bool Refuse(string zh, string en)
    {
        fault = GeometryFaults.Damaged(zh, en);
        return false;
    }
}
