using System.Buffers;
using System.Text;

namespace Weipian.Geo;

/// <summary>Writes a vector tile (Mapbox Vector Tile 2.1): layers of points and polygons with properties that are texts or whole
/// numbers.</summary>
public sealed class VectorTile
{
    private const int LayersField = 3;
    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>Appends a layer; one without features is left away.</summary>
    public VectorTile Add(VectorTileLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer.Count > 0)
            ProtocolBuffer.Bytes(bytes, LayersField, layer.ToBytes());
        return this;
    }

    public byte[] ToBytes() => bytes.WrittenSpan.ToArray();
}

/// <summary>One layer of a vector tile while it is being written.</summary>
/// <param name="name">Its name; unique in a tile.</param>
public sealed class VectorTileLayer(string name)
{
    private const int Version = 2;
    private const int MoveTo = 1;
    private const int LineTo = 2;
    private const int ClosePath = 7;
    private const int Point = 1;
    private const int Polygon = 3;

    private readonly ArrayBufferWriter<byte> features = new();
    private readonly List<string> keys = [];
    private readonly Dictionary<string, int> keyPlaces = new(StringComparer.Ordinal);
    private readonly List<object> values = [];
    private readonly Dictionary<object, int> valuePlaces = [];
    private readonly ArrayBufferWriter<byte> feature = new();
    private readonly ArrayBufferWriter<byte> packed = new();
    private readonly ArrayBufferWriter<byte> tags = new();

    /// <summary>Features so far.</summary>
    public int Count { get; private set; }

    /// <param name="id">An id that the reader gets back; it need not be unique in the world, only among the tiles of one source.</param>
    /// <param name="properties">Values are <see cref="string"/> or <see cref="long"/>.</param>
    public void AddPoint(long id, int x, int y, params ReadOnlySpan<(string Key, object Value)> properties)
    {
        packed.ResetWrittenCount();
        Command(MoveTo, 1);
        ProtocolBuffer.ZigZag(packed, x);
        ProtocolBuffer.ZigZag(packed, y);
        Write(id, Point, properties);
    }

    /// <param name="rings">As <see cref="TileShape.Fit"/> gives them, of one polygon or of several after each other.</param>
    /// <param name="id">As of a point.</param>
    /// <param name="properties">As of a point.</param>
    public void AddPolygon(long id, IEnumerable<int[]> rings, params ReadOnlySpan<(string Key, object Value)> properties)
    {
        ArgumentNullException.ThrowIfNull(rings);
        packed.ResetWrittenCount();
        var (x, y) = (0, 0);
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Length; i += 2)
            {
                if (i == 0)
                    Command(MoveTo, 1);
                else if (i == 2)
                    Command(LineTo, ring.Length / 2 - 1);
                ProtocolBuffer.ZigZag(packed, ring[i] - x);
                ProtocolBuffer.ZigZag(packed, ring[i + 1] - y);
                (x, y) = (ring[i], ring[i + 1]);
            }
            Command(ClosePath, 1);
        }
        Write(id, Polygon, properties);
    }

    internal byte[] ToBytes()
    {
        var layer = new ArrayBufferWriter<byte>();
        ProtocolBuffer.Number(layer, 15, Version);
        ProtocolBuffer.Text(layer, 1, name);
        layer.Write(features.WrittenSpan);
        foreach (var key in keys)
            ProtocolBuffer.Text(layer, 3, key);
        foreach (var value in values)
        {
            var one = new ArrayBufferWriter<byte>();
            if (value is string text)
                ProtocolBuffer.Text(one, 1, text);
            else
                ProtocolBuffer.Number(one, 4, (ulong)(long)value);
            ProtocolBuffer.Bytes(layer, 4, one.WrittenSpan);
        }
        ProtocolBuffer.Number(layer, 5, TileShape.Units);
        return layer.WrittenSpan.ToArray();
    }

    private void Command(int command, int count) => ProtocolBuffer.Varint(packed, (ulong)(command | count << 3));

    private void Write(long id, int type, ReadOnlySpan<(string Key, object Value)> properties)
    {
        feature.ResetWrittenCount();
        ProtocolBuffer.Number(feature, 1, (ulong)id);
        tags.ResetWrittenCount();
        foreach (var (key, value) in properties)
        {
            ProtocolBuffer.Varint(tags, (ulong)PlaceOf(keys, keyPlaces, key));
            ProtocolBuffer.Varint(tags, (ulong)PlaceOf(values, valuePlaces, value));
        }
        ProtocolBuffer.Bytes(feature, 2, tags.WrittenSpan);
        ProtocolBuffer.Number(feature, 3, (ulong)type);
        ProtocolBuffer.Bytes(feature, 4, packed.WrittenSpan);
        ProtocolBuffer.Bytes(features, 2, feature.WrittenSpan);
        Count++;
    }

    private static int PlaceOf<T>(List<T> all, Dictionary<T, int> places, T one)
        where T : notnull
    {
        if (places.TryGetValue(one, out var place))
            return place;
        all.Add(one);
        return places[one] = all.Count - 1;
    }
}

/// <summary>The few forms of Protocol Buffers that a vector tile needs.</summary>
internal static class ProtocolBuffer
{
    private const int VarintType = 0;
    private const int LengthType = 2;

    public static void Number(IBufferWriter<byte> to, int field, ulong value)
    {
        Varint(to, (ulong)(field << 3 | VarintType));
        Varint(to, value);
    }

    public static void Text(IBufferWriter<byte> to, int field, string value) => Bytes(to, field, Encoding.UTF8.GetBytes(value));

    public static void Bytes(IBufferWriter<byte> to, int field, ReadOnlySpan<byte> value)
    {
        Varint(to, (ulong)(field << 3 | LengthType));
        Varint(to, (ulong)value.Length);
        to.Write(value);
    }

    public static void ZigZag(IBufferWriter<byte> to, int value) => Varint(to, (uint)(value << 1 ^ value >> 31));

    public static void Varint(IBufferWriter<byte> to, ulong value)
    {
        var place = to.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            place[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        place[length++] = (byte)value;
        to.Advance(length);
    }
}
