using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weipian.Sample.Files;

/// <summary>What is true, and what officers found, as JSON beside the files: for tests and for people who want to compare.</summary>
internal static class TruthFile
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A form as one flat JSON object.</summary>
    public static string Form(IReadOnlyDictionary<string, object> facts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable with { Indented = false }))
            Form(json, facts);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void WriteTruth(string path, SampleSize size, ulong number, IReadOnlyList<PatchTruth> truth)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, Readable);
        json.WriteStartObject();
        json.WriteString("what", "Synthetic district of Weipian: the truth per patch, fixed before any rule ran (合成数据)");
        json.WriteString("size", size.ToString().ToLowerInvariant());
        json.WriteNumber("number", number);
        json.WriteStartArray("patches");
        foreach (var patch in truth)
            Patch(json, patch);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteVisits(string path, IReadOnlyList<SampleVisit> visits)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, Readable);
        json.WriteStartArray();
        foreach (var visit in visits)
        {
            json.WriteStartObject();
            json.WriteString("programme", visit.Programme);
            json.WriteString("patch", visit.PatchNumber);
            json.WriteString("on", Day(visit.VisitedOn));
            json.WriteString("unit", visit.Unit);
            json.WritePropertyName("form");
            Form(json, visit.Facts);
            json.WriteStartArray("evidence");
            foreach (var file in visit.Evidence)
                json.WriteStringValue(Path.GetFileName(file.Path));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Patch(Utf8JsonWriter json, PatchTruth patch)
    {
        json.WriteStartObject();
        json.WriteString("programme", patch.Programme);
        json.WriteString("number", patch.Number);
        json.WriteString("kind", patch.Kind);
        json.WriteStartArray("parts");
        foreach (var part in patch.Parts)
        {
            json.WriteStartObject();
            json.WriteString("code", part.Code);
            json.WriteNumber("area_m2", Math.Round(part.AreaSquareMetres, 2));
            json.WriteBoolean("pj", part.ApprovedInFormerYear);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("units");
        foreach (var unit in patch.Units)
        {
            json.WriteStartObject();
            json.WriteString("code", unit.UnitCode);
            json.WriteNumber("share", Math.Round(unit.Share, 4));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("cases");
        foreach (var name in patch.Cases)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("doubt", patch.Doubt);
        json.WriteBoolean("visited", patch.IsVisited);
        json.WriteString("persists_from", patch.PersistsFrom);
        json.WriteString("zh", patch.Zh);
        json.WriteString("en", patch.En);
        json.WriteEndObject();
    }

    private static void Form(Utf8JsonWriter json, IReadOnlyDictionary<string, object> facts)
    {
        json.WriteStartObject();
        foreach (var (key, value) in facts.OrderBy(f => f.Key, StringComparer.Ordinal))
            switch (value)
            {
                case bool flag:
                    json.WriteBoolean(key, flag);
                    break;
                case int whole:
                    json.WriteNumber(key, whole);
                    break;
                case double real:
                    json.WriteNumber(key, real);
                    break;
                case DateOnly day:
                    json.WriteString(key, Day(day));
                    break;
                default:
                    json.WriteString(key, (string)value);
                    break;
            }
        json.WriteEndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
