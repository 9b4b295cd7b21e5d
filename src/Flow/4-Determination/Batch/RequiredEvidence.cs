using System.Text.Json;
using System.Text.Json.Nodes;
using Weipian.Flow.Intake;
using Weipian.Flow.Verification;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>All that is on file for one parcel.</summary>
/// <param name="Visits">Visits of the patch that no later record corrects.</param>
/// <param name="Evidence">Photographs and files that came with visits.</param>
/// <param name="Documents">Papers of the patch that no later one replaces.</param>
/// <param name="Verdict">The verdict under which the parcel would leave; null while there is none.</param>
public sealed record ParcelOnFile(
    Patch Patch,
    Parcel Parcel,
    IReadOnlyList<Visit> Visits,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<AttachedDocument> Documents,
    Verdict? Verdict
);

/// <summary>One line of the checklist of a verdict (举证清单).</summary>
/// <param name="Met">On file.</param>
/// <param name="Later">It arises after the verdict, in its case, and is not asked for before.</param>
/// <param name="By">What meets it: a file by its name and the first digits of its hash, or the answer; null when nothing does.</param>
public sealed record EvidenceItem(VerdictNeed Need, bool Met, bool Later, string? By)
{
    /// <summary>The verdict must not leave without it, and it is not there.</summary>
    public bool Blocks => !Met && !Later;
}

/// <summary>The checklist of required evidence, checked: what a verdict asks for against what is on file. Pure.</summary>
/// <remarks>How each thing is met stands in the law book beside its words (<c>met_by</c>), so that whoever reviews the law reviews it.
/// </remarks>
public static class RequiredEvidence
{
    private const int HashDigits = 8;

    /// <summary>In the order of the catalogue; empty for no verdict.</summary>
    public static IReadOnlyList<EvidenceItem> Of(ParcelOnFile parcel)
    {
        ArgumentNullException.ThrowIfNull(parcel);
        return parcel.Verdict is null ? [] : [.. parcel.Verdict.Evidence.Select(need => ItemOf(need, parcel))];
    }

    private static EvidenceItem ItemOf(VerdictNeed need, ParcelOnFile parcel)
    {
        var by = need.MetBy.Select(way => Way(way, need, parcel)).FirstOrDefault(found => found is not null);
        return new(need, by is not null, need.IsAfterVerdict, by);
    }

    /// <summary>What meets a need in one of its ways; null when nothing does.</summary>
    private static string? Way(string way, VerdictNeed need, ParcelOnFile parcel)
    {
        var at = way.IndexOf(':', StringComparison.Ordinal);
        var (word, what) = at < 0 ? (way, "") : (way[..at], way[(at + 1)..]);
        return word switch
        {
            VerdictNeed.ByDocument => Paper(need, parcel),
            VerdictNeed.ByPicture => Picture(what, parcel),
            VerdictNeed.ByAnswer => Answer(what, parcel),
            VerdictNeed.ByFeature => HasFeature(what, parcel) ? LayerRoles.Chinese(what) : null,
            VerdictNeed.ByAreas => parcel.Parcel.AreaSquareMetres > 0 ? parcel.Parcel.Number : null,
            VerdictNeed.ByImageDates => parcel.Patch is { Before: { } before, After: { } after }
                ? $"{before:yyyy-MM-dd} – {after:yyyy-MM-dd}"
                : null,
            _ => null,
        };
    }

    private static string? Paper(VerdictNeed need, ParcelOnFile parcel) =>
        parcel.Documents.LastOrDefault(d => d.Kind == need.Id) is { } paper ? Named(paper.FileName, paper.Sha256) : null;

    /// <summary>A photograph of any kind, or one that came with a visit which lists this kind.</summary>
    private static string? Picture(string kind, ParcelOnFile parcel)
    {
        var visits = parcel.Visits.Where(v => kind.Length == 0 || Lists(v, kind)).Select(v => v.Id).ToHashSet();
        var shown = parcel.Evidence.LastOrDefault(e =>
            e.ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && e.VisitId is { } visit && visits.Contains(visit)
        );
        return shown is null ? null : Named(shown.FileName, shown.Sha256);
    }

    private static bool Lists(Visit visit, string kind) =>
        Read(visit, FactKeys.EvidenceKinds.Id) is { } listed
        && listed.Split(',', StringSplitOptions.TrimEntries).Contains(kind, StringComparer.Ordinal);

    private static string? Answer(string key, ParcelOnFile parcel) =>
        parcel.Visits.Select(v => Read(v, key)).LastOrDefault(a => !string.IsNullOrWhiteSpace(a) && a != "false");

    private static string? Read(Visit visit, string key)
    {
        using var form = JsonDocument.Parse(visit.FormJson);
        if (!form.RootElement.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
    }

    /// <summary>Whether a feature of the role lies under a piece of the parcel, as it was cut.</summary>
    private static bool HasFeature(string role, ParcelOnFile parcel) =>
        JsonNode.Parse(parcel.Parcel.AreasJson)?["pieces"] is JsonArray pieces
        && pieces
            .SelectMany(p => p!["features"] as JsonArray ?? [])
            .Any(f => string.Equals((string?)f!["role"], role, StringComparison.Ordinal));

    private static string Named(string name, string sha256) => $"{name} {sha256[..HashDigits]}";
}
