using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Writes geometry blobs of a GeoPackage: GP header with XY envelope, little-endian WKB multipolygon. One buffer, used
/// again.</summary>
internal sealed class GeometryBlobWriter
{
    private const int HeaderBytes = 8 + 32;

    private byte[] buffer = new byte[4096];
    private int at;

    /// <summary>The box of the geometry written last.</summary>
    public Extent Extent { get; private set; }

    /// <summary>The blob of polygons as given; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(IReadOnlyList<WrittenPolygon> polygons, int srsId)
    {
        Begin(srsId, polygons.Count);
        foreach (var polygon in polygons)
        {
            PolygonHeader(1 + polygon.Holes.Count);
            Ring(polygon.Shell);
            foreach (var hole in polygon.Holes)
                Ring(hole);
        }
        return End();
    }

    /// <summary>The blob of a multipolygon; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(MultiPolygon geometry, int srsId)
    {
        Begin(srsId, geometry.NumGeometries);
        for (var i = 0; i < geometry.NumGeometries; i++)
        {
            var polygon = (Polygon)geometry.GetGeometryN(i);
            PolygonHeader(1 + polygon.NumInteriorRings);
            Ring(polygon.Shell.CoordinateSequence);
            for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
                Ring(((LinearRing)polygon.GetInteriorRingN(hole)).CoordinateSequence);
        }
        return End();
    }

    /// <summary>The WKB part of what was written last.</summary>
    public ReadOnlySpan<byte> LastWkb => buffer.AsSpan(HeaderBytes, at - HeaderBytes);

    private void Begin(int srsId, int polygons)
    {
        Extent = Extent.Empty;
        at = HeaderBytes;
        buffer[0] = (byte)'G';
        buffer[1] = (byte)'P';
        buffer[2] = 0; // version 1
        buffer[3] = 0b0000_0011; // XY envelope, little-endian
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(4), srsId);
        Header(6, polygons);
    }

    private ReadOnlySpan<byte> End()
    {
        if (Extent.IsEmpty)
            buffer[3] |= 0b0001_0000;
        double[] box = Extent.IsEmpty
            ? [double.NaN, double.NaN, double.NaN, double.NaN]
            : [Extent.MinX, Extent.MaxX, Extent.MinY, Extent.MaxY];
        for (var i = 0; i < 4; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(8 + 8 * i), box[i]);
        return buffer.AsSpan(0, at);
    }

    private void PolygonHeader(int rings) => Header(3, rings);

    private void Header(uint type, int count)
    {
        Reserve(9);
        buffer[at] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(at + 1), type);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(at + 5), count);
        at += 9;
    }

    private void Ring(ReadOnlySpan<double> pairs)
    {
        StartRing(pairs.Length / 2);
        var into = buffer.AsSpan(at, pairs.Length / 2 * 16);
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.AsBytes(pairs)[..into.Length].CopyTo(into);
        else
            for (var i = 0; 8 * i < into.Length; i++)
                BinaryPrimitives.WriteDoubleLittleEndian(into[(8 * i)..], pairs[i]);
        at += into.Length;
        Extent = Extent.Including(Extent.Of(pairs));
    }

    private void Ring(CoordinateSequence sequence)
    {
        if (sequence is PackedDoubleCoordinateSequence { Dimension: 2 } packed)
        {
            Ring(packed.GetRawCoordinates());
            return;
        }
        StartRing(sequence.Count);
        for (var i = 0; i < sequence.Count; i++)
            Point(sequence.GetX(i), sequence.GetY(i));
    }

    private void StartRing(int points)
    {
        Reserve(4 + points * 16);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(at), points);
        at += 4;
    }

    private void Point(double x, double y)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(at), x);
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(at + 8), y);
        at += 16;
        Extent = Extent.Including(x, y);
    }

    private void Reserve(int more)
    {
        if (at + more > buffer.Length)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, at + more));
    }
}
