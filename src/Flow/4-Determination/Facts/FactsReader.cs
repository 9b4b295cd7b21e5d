using System.Text.Json;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Flow.Determinations;

/// <summary>Reads from the store what the rules may know of a patch: the layers named to it, the visits named to it, nothing
/// else.</summary>
public sealed class FactsReader(WeipianStore store)
{
    /// <summary>How far beyond the box of a patch features are still asked for, degrees: they may touch it.</summary>
    private const double ReachTolerance = 0.0002;

    private static readonly string[] SettlementColumns = ["CZCSXM", "czcsxm"];

    private readonly string county = store.Plan.Territory.County ?? "";
    private readonly Dictionary<string, StoredLayer> layers = new(StringComparer.Ordinal);

    /// <param name="inForce">Layer versions that speak about the patch; a role with none is not loaded.</param>
    /// <param name="visits">Visits that count, with their evidence: those that no later record corrects.</param>
    /// <param name="like">Facts of the same patch whose roles are taken over where they rest on the same layers.</param>
    public PatchFacts Read(
        Patch patch,
        int programmeYear,
        IReadOnlyList<LayerVersion> inForce,
        IReadOnlyList<Visit> visits,
        IReadOnlyList<Evidence> evidence,
        PatchFacts? like = null
    )
    {
        ArgumentNullException.ThrowIfNull(patch);
        return new()
        {
            Number = patch.Number,
            Kind = patch.Kind,
            ProgrammeYear = programmeYear,
            Before = patch.Before,
            After = patch.After,
            Change = patch.Change,
            County = string.IsNullOrWhiteSpace(patch.County) ? county : patch.County.Trim(),
            Geometry = patch.Geometry,
            Roles = LayerRole.All.ToDictionary(r => r, r => RoleOf(r, patch, inForce, like?.Role(r)), StringComparer.Ordinal),
            Site = new(visits.Select(v => VisitOf(v, evidence))),
        };
    }

    private RoleFacts RoleOf(string role, Patch patch, IReadOnlyList<LayerVersion> inForce, RoleFacts? like)
    {
        var versions = inForce.Where(v => v.Role == role).OrderBy(v => v.Id, StringComparer.Ordinal).ToList();
        if (like is not null && like.Layers.Select(c => c.LayerVersionId).SequenceEqual(versions.Select(v => v.Id), StringComparer.Ordinal))
            return like;
        if (versions.Count == 0)
            return RoleFacts.NotLoaded(role);
        var features = LayerRoles.InCutOrder.Contains(role) ? versions.SelectMany(v => FeaturesOf(v, patch)) : [];
        return new(role, Loaded: true, [.. versions.Select(v => new LayerConsulted(v.Id, v.AsOf))], [.. features]);
    }

    private IEnumerable<FeatureFacts> FeaturesOf(LayerVersion version, Patch patch)
    {
        var box = patch.Geometry.EnvelopeInternal;
        var within = new Extent(box.MinX - ReachTolerance, box.MinY - ReachTolerance, box.MaxX + ReachTolerance, box.MaxY + ReachTolerance);
        return store.Layers.Features(LayerOf(version.Id), within).OrderBy(f => f.Number).Select(f => FeatureOf(f, version));
    }

    private StoredLayer LayerOf(string id)
    {
        lock (layers)
            return layers.TryGetValue(id, out var layer) ? layer : layers[id] = store.Layers.Get(id);
    }

    private static FeatureFacts FeatureOf(StoredFeature feature, LayerVersion version) =>
        new()
        {
            Role = version.Role,
            LayerVersionId = version.Id,
            Number = feature.Number,
            LayerAsOf = version.AsOf,
            Geometry = feature.Geometry,
            Code = Text(feature, "code"),
            Standard = Text(feature, "standard") ?? version.CodeStandard,
            ProjectName = Text(feature, "number"),
            Document = Text(feature, "document"),
            Date = Day(feature, "date"),
            Expiry = Day(feature, "expiry"),
            Use = Text(feature, "use"),
            Party = Text(feature, "party"),
            Kind = Text(feature, "kind"),
            DeductionCoefficient = feature.Fields.Get("kcxs") is double kcxs ? (decimal)kcxs : null,
            SettlementCode = version.Role == LayerRole.LandUse ? Settlement(feature.SourceJson) : null,
        };

    private static string? Text(StoredFeature feature, string field) =>
        (feature.Fields.Get(field) as string)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The first day that the field names; a field that names none is as good as empty.</summary>
    private static DateOnly? Day(StoredFeature feature, string field) =>
        DateText.Parse(feature.Fields.Get(field)).Days is [var first, ..] ? first : null;

    private static string? Settlement(string sourceJson)
    {
        using var source = JsonDocument.Parse(sourceJson);
        foreach (var column in SettlementColumns)
            if (source.RootElement.TryGetProperty(column, out var value) && value.ToString().Trim() is { Length: > 0 } code)
                return code;
        return null;
    }

    private static VisitFacts VisitOf(Visit visit, IReadOnlyList<Evidence> evidence)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        using var form = JsonDocument.Parse(visit.FormJson);
        foreach (var property in form.RootElement.EnumerateObject())
            if (property.Value.ValueKind != JsonValueKind.Null)
                answers[property.Name] =
                    property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
        return new(
            visit.Id.ToString(),
            visit.VisitedOn,
            answers,
            [
                .. evidence
                    .Where(e => e.VisitId == visit.Id || e.VisitId is null)
                    .OrderBy(e => e.Sha256, StringComparer.Ordinal)
                    .ThenBy(e => e.FileName, StringComparer.Ordinal)
                    .Select(e => new EvidenceReference(e.Sha256, e.FileName, e.ContentType)),
            ]
        );
    }
}
