using System.Buffers.Binary;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Writes the geometry of a polygon Shapefile (type 5) and its index.</summary>
/// <remarks>Esri, "Shapefile Technical Description", July 1998: lengths are in 16-bit words, record headers big-endian, content
/// little-endian.</remarks>
internal sealed class ShpWriter : IDisposable
{
    private const int HeaderBytes = 100;

    /// <summary>Programs hold byte offsets in 32 signed bits: above 2 GB they fail, though the format could hold twice as much.</summary>
    private const long BytesMax = int.MaxValue;

    private readonly string name;
    private readonly FileStream shp;
    private readonly FileStream? shx;
    private readonly bool ringsAsGiven;
    private byte[] buffer = new byte[4096];
    private Extent extent = Extent.Empty;
    private int records;

    public ShpWriter(string name, string shpPath, string? shxPath, bool ringsAsGiven)
    {
        this.name = name;
        this.ringsAsGiven = ringsAsGiven;
        shp = new FileStream(shpPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 18);
        shx = shxPath is null ? null : new FileStream(shxPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        shp.Write(new byte[HeaderBytes]);
        shx?.Write(new byte[HeaderBytes]);
    }

    public void Write(IReadOnlyList<WrittenPolygon> polygons)
    {
        var rings = new List<double[]>();
        foreach (var polygon in polygons)
        {
            rings.Add(ringsAsGiven ? polygon.Shell : Rings.Turned(polygon.Shell, counterClockwise: false));
            foreach (var hole in polygon.Holes)
                rings.Add(ringsAsGiven ? hole : Rings.Turned(hole, counterClockwise: true));
        }
        var content = rings.Count == 0 ? 4 : 44 + rings.Sum(ring => 4 + ring.Length * 8);
        if (shp.Position + 8 + content > BytesMax)
            throw Problem.Files.WriteLimit(name, ".shp 不能超过 2 GB", "a .shp cannot be larger than 2 GB");
        if (buffer.Length < 8 + content)
            buffer = new byte[(8 + content) * 2];
        BinaryPrimitives.WriteInt32BigEndian(buffer, ++records);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(4), content / 2);
        Content(rings);
        if (shx is not null)
        {
            Span<byte> entry = stackalloc byte[8];
            BinaryPrimitives.WriteInt32BigEndian(entry, (int)(shp.Position / 2));
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], content / 2);
            shx.Write(entry);
        }
        shp.Write(buffer, 0, 8 + content);
    }

    public void Complete()
    {
        Header(shp);
        if (shx is not null)
            Header(shx);
    }

    public void Dispose()
    {
        shp.Dispose();
        shx?.Dispose();
    }

    private void Content(List<double[]> rings)
    {
        var content = buffer.AsSpan(8);
        BinaryPrimitives.WriteInt32LittleEndian(content, rings.Count == 0 ? 0 : 5);
        if (rings.Count == 0)
            return;
        var box = Extent.Of(new Shape(rings));
        extent = extent.Including(box);
        Box(content[4..], box);
        BinaryPrimitives.WriteInt32LittleEndian(content[36..], rings.Count);
        BinaryPrimitives.WriteInt32LittleEndian(content[40..], rings.Sum(ring => ring.Length / 2));
        var (at, first) = (44 + 4 * rings.Count, 0);
        for (var r = 0; r < rings.Count; r++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(content[(44 + 4 * r)..], first);
            first += rings[r].Length / 2;
            foreach (var coordinate in rings[r])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(content[at..], coordinate);
                at += 8;
            }
        }
    }

    private void Header(FileStream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, 9994);
        BinaryPrimitives.WriteInt32BigEndian(header[24..], (int)(stream.Position / 2));
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], 1000);
        BinaryPrimitives.WriteInt32LittleEndian(header[32..], 5);
        Box(header[36..], extent.IsEmpty ? default : extent);
        stream.Position = 0;
        stream.Write(header);
    }

    private static void Box(Span<byte> at, Extent box)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(at, box.MinX);
        BinaryPrimitives.WriteDoubleLittleEndian(at[8..], box.MinY);
        BinaryPrimitives.WriteDoubleLittleEndian(at[16..], box.MaxX);
        BinaryPrimitives.WriteDoubleLittleEndian(at[24..], box.MaxY);
    }
}
