using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Writes geometry blobs of a GeoPackage: GP header with XY envelope, little-endian WKB multipolygon. One buffer, used
/// again.</summary>
internal sealed class GeometryBlobWriter : IPolygonWriter
{
    /// <summary>The coordinate system of what comes ring by ring.</summary>
    private const int Cgcs2000 = 4490;

    /// <summary>The head of GeoPackage before the WKB.</summary>
    public const int HeaderBytes = 8 + 32;

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
            BeginPolygon(1 + polygon.Holes.Count);
            Ring(polygon.Shell);
            foreach (var hole in polygon.Holes)
                Ring(hole);
        }
        return End();
    }

    /// <inheritdoc/>
    public void Begin(int polygons) => Begin(Cgcs2000, polygons);

    /// <inheritdoc/>
    public void BeginPolygon(int rings) => Header(3, rings);

    /// <inheritdoc/>
    public void Ring(ReadOnlySpan<double> closedPairs)
    {
        StartRing(closedPairs.Length / 2);
        var into = buffer.AsSpan(at, closedPairs.Length / 2 * 16);
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.AsBytes(closedPairs)[..into.Length].CopyTo(into);
        else
            for (var i = 0; 8 * i < into.Length; i++)
                BinaryPrimitives.WriteDoubleLittleEndian(into[(8 * i)..], closedPairs[i]);
        at += into.Length;
        Extent = Extent.Including(Extent.Of(closedPairs));
    }

    /// <summary>The blob of what came ring by ring; valid until the next call.</summary>
    public ReadOnlySpan<byte> End()
    {
        if (Extent.IsEmpty)
            buffer[3] |= 0b0001_0000;
        ReadOnlySpan<double> box = Extent.IsEmpty
            ? [double.NaN, double.NaN, double.NaN, double.NaN]
            : [Extent.MinX, Extent.MaxX, Extent.MinY, Extent.MaxY];
        for (var i = 0; i < 4; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(8 + 8 * i), box[i]);
        return buffer.AsSpan(0, at);
    }

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

    private void Header(uint type, int count)
    {
        Reserve(9);
        buffer[at] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(at + 1), type);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(at + 5), count);
        at += 9;
    }

    private void StartRing(int points)
    {
        Reserve(4 + points * 16);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(at), points);
        at += 4;
    }

    private void Reserve(int more)
    {
        if (at + more > buffer.Length)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, at + more));
    }
}
