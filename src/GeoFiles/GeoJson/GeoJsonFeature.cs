using System.Text;
using System.Text.Json;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Parses the bytes of one GeoJSON feature, or of a bare geometry.</summary>
internal sealed class GeoJsonFeature
{
    private const int CollectionDepthMax = 16;

    public List<(string Name, object? Value)> Properties { get; } = [];

    public Shape? Shape { get; private set; }

    public GeometryFault? Fault { get; private set; } = GeometryFaults.Null;

    public LeftAside? LeftAside { get; private set; }

    /// <exception cref="JsonException">It is no feature; also InvalidOperationException for bytes that are not UTF-8.</exception>
    public static GeoJsonFeature Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("a feature must be an object");
        var feature = new GeoJsonFeature();
        feature.Read(ref reader, bytes);
        return feature;
    }

    private void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        var isGeometry = false;
        object? id = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = reader.GetString();
            reader.Read();
            switch (member)
            {
                case "properties" when reader.TokenType == JsonTokenType.StartObject:
                    ReadProperties(ref reader, bytes);
                    break;
                case "geometry" when reader.TokenType == JsonTokenType.StartObject:
                    ReadGeometry(bytes, (int)reader.TokenStartIndex, ref reader);
                    break;
                case "id":
                    id = Value(ref reader, bytes);
                    break;
                case "coordinates" or "geometries":
                    isGeometry = true;
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (id is not null && !Properties.Exists(property => string.Equals(property.Name, "id", StringComparison.OrdinalIgnoreCase)))
            Properties.Insert(0, ("id", id));
        if (isGeometry)
        {
            var whole = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
            whole.Read();
            ReadGeometry(bytes, 0, ref whole);
        }
    }

    private void ReadProperties(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            Properties.Add((name, Value(ref reader, bytes)));
        }
    }

    private static object? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var integer) ? integer
                    : reader.TryGetDouble(out var real) && double.IsFinite(real) ? real
                    : Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                return new GeoJsonText(Encoding.UTF8.GetString(bytes[from..(int)reader.BytesConsumed]));
            default:
                return null;
        }
    }

    private void ReadGeometry(ReadOnlySpan<byte> bytes, int from, ref Utf8JsonReader reader)
    {
        reader.Skip();
        var parts = new GeometryParts();
        Fault = parts.Finish(Geometry(bytes[from..(int)reader.BytesConsumed], parts, depth: 0));
        (Shape, LeftAside) = Fault is null ? (new Shape(parts.Rings), parts.LeftAside) : (null, null);
    }

    /// <summary>Collects the rings of a geometry; its members may come in any order.</summary>
    private static GeometryFault? Geometry(ReadOnlySpan<byte> bytes, GeometryParts parts, int depth)
    {
        if (depth > CollectionDepthMax)
            return GeometryFaults.Damaged("几何集合嵌套过深", "its collections are nested too deeply");
        string? type = null;
        ReadOnlySpan<byte> coordinates = [];
        ReadOnlySpan<byte> members = [];
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = reader.GetString();
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            if (member == "type" && reader.TokenType == JsonTokenType.String)
                type = reader.GetString();
            reader.Skip();
            if (member == "coordinates")
                coordinates = bytes[from..(int)reader.BytesConsumed];
            else if (member == "geometries")
                members = bytes[from..(int)reader.BytesConsumed];
        }
        return type switch
        {
            "Polygon" => Rings(coordinates, parts.Rings, levels: 2),
            "MultiPolygon" => Rings(coordinates, parts.Rings, levels: 3),
            "GeometryCollection" => Members(members, parts, depth),
            "Point" => GeometryFaults.NotPolygon("点", "point"),
            "MultiPoint" => GeometryFaults.NotPolygon("多点", "multipoint"),
            "LineString" or "MultiLineString" => GeometryFaults.NotPolygon("线", "line"),
            null => GeometryFaults.Damaged("没有 type", "it has no type"),
            _ => GeometryFaults.Damaged($"未知的类型“{type}”", $"its type “{type}” is not known"),
        };
    }

    private static GeometryFault? Members(ReadOnlySpan<byte> bytes, GeometryParts parts, int depth)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        if (bytes.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return GeometryFaults.Damaged("geometries 不是数组", "geometries is no array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                return GeometryFaults.Damaged("geometries 含有非对象", "geometries holds something that is no object");
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            if (parts.Kept(Geometry(bytes[from..(int)reader.BytesConsumed], parts, depth + 1)) is { } fault)
                return fault;
        }
        return null;
    }

    /// <param name="levels">How many arrays stand around a position: 2 in a polygon, 3 in a multipolygon.</param>
    private static GeometryFault? Rings(ReadOnlySpan<byte> bytes, List<double[]> rings, int levels)
    {
        var wrong = GeometryFaults.Damaged(
            "coordinates 的层次或数值不符合面的写法",
            "its coordinates are not nested or written as those of a polygon"
        );
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        if (bytes.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return wrong;
        var ring = new List<double>();
        var level = 1;
        while (reader.Read())
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray when level < levels:
                    level++;
                    break;
                case JsonTokenType.StartArray when level == levels:
                    if (!Position(ref reader, ring))
                        return wrong;
                    break;
                case JsonTokenType.EndArray:
                    if (level == levels && ring.Count > 0)
                    {
                        rings.Add([.. ring]);
                        ring.Clear();
                    }
                    if (--level == 0)
                        return null;
                    break;
                default:
                    return wrong;
            }
        return wrong;
    }

    /// <summary>Two numbers, and more that are left out (heights, measures).</summary>
    private static bool Position(ref Utf8JsonReader reader, List<double> ring)
    {
        var numbers = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var number))
                return false;
            if (numbers++ < 2)
                ring.Add(number);
        }
        return numbers >= 2;
    }
}

/// <summary>A value that is itself JSON: kept as it was written.</summary>
internal sealed record GeoJsonText(string Json);
