using System.Globalization;
using System.Text;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Flow.Intake;

/// <summary>One record of an issued patch file on its way in.</summary>
internal sealed class IssuedRecord
{
    public required long Row { get; init; }
    public string? Number { get; init; }
    public required string Kind { get; init; }
    public string? Change { get; init; }
    public DateOnly? Before { get; set; }
    public DateOnly? After { get; set; }
    public double? IssuedAreaSquareMetres { get; init; }
    public string? County { get; init; }
    public string? Unit { get; init; }
    public string? Cluster { get; init; }
    public (double X, double Y)? IssuedCentre { get; init; }
    public required string AttributesJson { get; init; }
    public Shape? Shape { get; init; }
    public PreparedShape? Prepared { get; set; }
    public bool Refused { get; set; }

    /// <summary>Every column as issued, in the order of the file.</summary>
    public static string Attributes(FeatureValues values)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in values)
        {
            if (text.Length > 1)
                text.Append(',');
            CanonicalJson.AppendText(text, HiddenText.Shown(name));
            text.Append(':');
            AppendValue(text, value);
        }
        return text.Append('}').ToString();
    }

    private static void AppendValue(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case long whole:
                text.Append(whole.ToString(CultureInfo.InvariantCulture));
                break;
            case double real when double.IsFinite(real):
                text.Append(CanonicalJson.Number(real));
                break;
            case DateOnly day:
                CanonicalJson.AppendText(text, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTime moment:
                CanonicalJson.AppendText(text, moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
                break;
            default:
                CanonicalJson.AppendText(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }
}

/// <summary>The findings of one import, in the order in which they were made; a hard one refuses its record.</summary>
internal sealed class FindingList
{
    private readonly List<QualityFinding> findings = [];

    /// <summary>By record; what concerns the file as a whole first.</summary>
    public IReadOnlyList<QualityFinding> Ordered => [.. findings.OrderBy(f => f.Row)];

    public void File(string rule, string kind, string zh, string en) => findings.Add(new(0, null, rule, kind, false, zh, en));

    public void Soft(IssuedRecord record, string rule, string kind, string zh, string en) => Add(record, rule, kind, false, zh, en, null);

    public void SoftAt(IssuedRecord record, string rule, string kind, string zh, string en, (double Longitude, double Latitude) at) =>
        Add(record, rule, kind, false, zh, en, at);

    public void Hard(IssuedRecord record, string rule, string kind, string zh, string en)
    {
        Add(record, rule, kind, true, zh, en, null);
        record.Refused = true;
    }

    private void Add(
        IssuedRecord record,
        string rule,
        string kind,
        bool hard,
        string zh,
        string en,
        (double Longitude, double Latitude)? at
    )
    {
        var place = at ?? Centre(record);
        findings.Add(new(record.Row, record.Number, rule, kind, hard, zh, en, place?.Longitude, place?.Latitude));
    }

    private static (double Longitude, double Latitude)? Centre(IssuedRecord record)
    {
        if (record.Prepared is not { } prepared)
            return null;
        var box = prepared.Geographic.EnvelopeInternal;
        return (box.Centre.X, box.Centre.Y);
    }
}
