using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Weipian.GeoFiles;

/// <summary>Writes GeoJSON (RFC 7946): longitude, latitude in degrees, no <c>crs</c> member, shells counter-clockwise.</summary>
public static class GeoJsonWriter
{
    private const int FlushBytes = 1 << 16;

    /// <summary>Writes a feature collection; the coordinates of the features must be degrees (EPSG:4490 or 4326).</summary>
    /// <returns>Features written.</returns>
    public static long Write(string path, string name, IReadOnlyList<WrittenField> fields, IEnumerable<WrittenFeature> features)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(features);
        using var unfinished = new UnfinishedFile(path);
        var written = 0L;
        using (var stream = new FileStream(unfinished.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FlushBytes))
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteString("name", name);
            json.WriteStartArray("features");
            foreach (var feature in features)
            {
                Feature(json, fields, feature);
                written++;
                if (json.BytesPending > FlushBytes)
                    json.Flush();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        unfinished.Complete();
        return written;
    }

    private static void Feature(Utf8JsonWriter json, IReadOnlyList<WrittenField> fields, WrittenFeature feature)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        for (var i = 0; i < fields.Count; i++)
            Property(json, fields[i].Name, feature.Values[i]);
        json.WriteEndObject();
        if (feature.Polygons.Count == 0)
            json.WriteNull("geometry");
        else
        {
            json.WriteStartObject("geometry");
            json.WriteString("type", feature.Polygons.Count == 1 ? "Polygon" : "MultiPolygon");
            json.WritePropertyName("coordinates");
            if (feature.Polygons.Count == 1)
                Polygon(json, feature.Polygons[0]);
            else
            {
                json.WriteStartArray();
                foreach (var polygon in feature.Polygons)
                    Polygon(json, polygon);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Property(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case long or int:
                json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(ValueText.Of(value));
                break;
        }
    }

    private static void Polygon(Utf8JsonWriter json, WrittenPolygon polygon)
    {
        json.WriteStartArray();
        Ring(json, Rings.Turned(polygon.Shell, counterClockwise: true));
        foreach (var hole in polygon.Holes)
            Ring(json, Rings.Turned(hole, counterClockwise: false));
        json.WriteEndArray();
    }

    private static void Ring(Utf8JsonWriter json, double[] ring)
    {
        json.WriteStartArray();
        for (var i = 0; i + 1 < ring.Length; i += 2)
        {
            json.WriteStartArray();
            json.WriteNumberValue(ring[i]);
            json.WriteNumberValue(ring[i + 1]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
