using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>A feature of a file made ready to be stored.</summary>
/// <param name="Placed">Its rings in the plane, in the store of the intake.</param>
/// <param name="Record">The row of the normalised file, in the bytes of its batch.</param>
/// <param name="Wkb">The geometry without the head of GeoPackage, a part of <paramref name="Record"/>.</param>
/// <param name="Fields">In the order of the contract: UTF-8 text, double or null; never empty text.</param>
/// <param name="SourceJson">All original columns, UTF-8, a part of <paramref name="Record"/>.</param>
/// <param name="Defects">Repairs and values that could not be read; without a number yet.</param>
internal sealed record NormalisedFeature(
    long SourceRow,
    PlacedShape Placed,
    ArraySegment<byte> Record,
    ArraySegment<byte> Wkb,
    Extent Extent,
    object?[] Fields,
    ArraySegment<byte> SourceJson,
    IReadOnlyList<LayerDefect> Defects
)
{
    /// <summary>The code as text; "" when there is none.</summary>
    public string Code => Fields[LayerTable.Places.Of("code")] is byte[] code ? Encoding.UTF8.GetString(code) : "";
}

/// <summary>Makes features ready: geometry repaired and in degrees, contract fields picked, the original columns kept as JSON.</summary>
/// <param name="store">Takes the rings in the plane.</param>
/// <remarks>Safe for several threads.</remarks>
internal sealed class Normaliser(SourceLayer layer, FieldMap map, CoordinateSystem crs, bool axesSwapped, RingStore store)
{
    private static readonly string[] DateFields = ["before", "after", "date", "expiry"];

    private static readonly JsonWriterOptions JsonForm = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly bool[] AreNumbers = [.. FieldMap.FieldNames.Select(LayerTable.IsNumber)];
    private static readonly bool[] AreDates = [.. FieldMap.FieldNames.Select(field => DateFields.Contains(field))];

    /// <summary>For each field of the contract the places of the columns that may hold it, in the order in which they are asked.</summary>
    private readonly int[][] places =
    [
        .. FieldMap.FieldNames.Select(field =>
            map.Columns.GetValueOrDefault(field)?.Select(column => PlaceOf(layer, column)).ToArray() ?? []
        ),
    ];

    private static readonly IReadOnlyList<LayerDefect> NoDefects = [];

    private readonly JsonEncodedText[] fieldNames = [.. layer.Fields.Select(field => JsonEncodedText.Encode(field.Name, JsonForm.Encoder))];

    // One of each per thread: a layer has millions of features.
    [ThreadStatic]
    private static GeometryBlobWriter? blobs;

    [ThreadStatic]
    private static SqliteRecord? records;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? jsons;

    /// <summary>The feature, or the finding that refuses it.</summary>
    /// <param name="bytes">Where its row goes.</param>
    public (NormalisedFeature? Feature, LayerDefect? Refused) Normalise(SourceFeature source, BatchBytes bytes)
    {
        if (source.Shape is null)
            return (null, Refused(source.Row, $"未采用：{source.GeometryFault!.Zh}", $"not taken: {source.GeometryFault.En}"));
        var writer = blobs ??= new GeometryBlobWriter();
        PlacedShape placed;
        try
        {
            placed = ShapePreparation.Place(source.Shape, crs, axesSwapped, store, writer);
        }
        catch (Problem problem)
        {
            return (null, Refused(source.Row, problem.Chinese, problem.English));
        }
        List<LayerDefect>? defects = null;
        if (source.Repair is { } repair)
            (defects ??= []).Add(RepairWording.Of(repair, source.Row, crs, axesSwapped));
        if (source.LeftAside is { } left)
            (defects ??= []).Add(new("1201", false, LeftAside.Kind, source.Row, null, left.Zh, left.En));
        foreach (var note in placed.Repairs)
            (defects ??= []).Add(RepairWording.Of(note, source.Row));
        var fields = new object?[FieldMap.FieldNames.Count];
        for (var i = 0; i < fields.Length; i++)
            if (places[i].Length > 0)
                fields[i] = Field(source, i, ref defects);
        var blob = writer.End();
        var json = Json(source.Values);
        var record = records ??= new SqliteRecord();
        LayerTable.WriteRecord(record, blob, source.Row, placed.AreaSquareMetres, fields, json);
        var row = bytes.Take(record.Length);
        record.CopyTo(row);
        var wkb = row.Slice(record.HeadBytes + GeometryBlobWriter.HeaderBytes, blob.Length - GeometryBlobWriter.HeaderBytes);
        return (
            new NormalisedFeature(source.Row, placed, row, wkb, writer.Extent, fields, row[^json.Length..], defects ?? NoDefects),
            null
        );
    }

    private static LayerDefect Refused(long row, string zh, string en) => new("1201", true, "refused", row, null, zh, en);

    private static int PlaceOf(SourceLayer layer, string column)
    {
        for (var i = 0; i < layer.Fields.Count; i++)
            if (string.Equals(layer.Fields[i].Name, column, StringComparison.OrdinalIgnoreCase))
                return i;
        throw new ArgumentException($"no column {column}", nameof(column)); // FieldMap.Check has refused it
    }

    private object? Field(SourceFeature source, int at, ref List<LayerDefect>? defects)
    {
        if (FieldMap.FirstOf(source, places[at]) is not { } value)
            return null;
        var field = FieldMap.FieldNames[at];
        if (AreNumbers[at])
            return Number(value) ?? (object?)NotRead(source.Row, field, value, "数字", "a number", ref defects);
        if (AreDates[at])
        {
            var (days, fault) = DateText.Parse(value);
            if (fault is null)
                return days.Count == 0
                    ? null
                    : Encoding.UTF8.GetBytes(
                        string.Join(',', days.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
                    );
            NotRead(source.Row, field, value, "日期", "a date", ref defects);
        }
        var text = ValueText.Of(value)?.Trim();
        return string.IsNullOrEmpty(text) ? null : Encoding.UTF8.GetBytes(text);
    }

    private static object? NotRead(long row, string field, object value, string zh, string en, ref List<LayerDefect>? defects)
    {
        var text = ValueText.Of(value);
        (defects ??= []).Add(
            new("3101", false, "field-value", row, null, $"{field} 的值“{text}”不是{zh}", $"the value “{text}” of {field} is not {en}")
        );
        return null;
    }

    private static double? Number(object value) =>
        value switch
        {
            double real => real,
            long whole => whole,
            string text
                when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) => real,
            _ => null,
        };

    /// <summary>All original columns; valid until the next call.</summary>
    private ReadOnlySpan<byte> Json(FeatureValues values)
    {
        var (buffer, json) = jsons ??= NewJson();
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        for (var i = 0; i < fieldNames.Length; i++)
        {
            json.WritePropertyName(fieldNames[i]);
            switch (values.At(i))
            {
                case null:
                    json.WriteNullValue();
                    break;
                case long whole:
                    json.WriteNumberValue(whole);
                    break;
                case double real:
                    json.WriteNumberValue(real);
                    break;
                case bool truth:
                    json.WriteBooleanValue(truth);
                    break;
                case var other:
                    json.WriteStringValue(ValueText.Of(other));
                    break;
            }
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewJson()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        return (buffer, new Utf8JsonWriter(buffer, JsonForm));
    }
}
