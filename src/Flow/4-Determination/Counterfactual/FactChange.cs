using NetTopologySuite.Geometries;

namespace Weipian.Flow.Determinations;

/// <summary>One fact that is not so, supposed to be so: a permit over the ground, a layer that is loaded, an answer, a photo.</summary>
/// <param name="Slot">What it is about; of changes about one thing only one can be supposed.</param>
/// <param name="Zh">What would have to be so.</param>
/// <param name="En">The same in English.</param>
public abstract record FactChange(string Slot, string Zh, string En)
{
    /// <summary>The facts of a patch as they would be.</summary>
    /// <param name="patch">As it is.</param>
    /// <param name="ground">Longitude, latitude: the parcel that is asked about.</param>
    public abstract PatchFacts On(PatchFacts patch, MultiPolygon ground);

    /// <summary>What covers a part of the parcel, as it would be.</summary>
    internal virtual IReadOnlyList<FeatureFacts> Covering(IReadOnlyList<FeatureFacts> covering) => covering;

    /// <summary>A part of the parcel as it would be.</summary>
    internal PartFacts On(PartFacts part, MultiPolygon ground) =>
        part with
        {
            Patch = On(part.Patch, ground),
            Covering = [.. Covering(part.Covering)],
        };
}

/// <summary>A feature that would cover the parcel.</summary>
public sealed record FeatureWouldCover(FeatureFacts Feature, string Zh, string En) : FactChange($"role:{Feature.Role}", Zh, En)
{
    public override PatchFacts On(PatchFacts patch, MultiPolygon ground)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var held = patch.Role(Feature.Role);
        return Supposed.Role(patch, held with { Loaded = true, Features = [.. held.Features, Feature with { Geometry = ground }] });
    }

    internal override IReadOnlyList<FeatureFacts> Covering(IReadOnlyList<FeatureFacts> covering) =>
        [.. covering.Append(Feature).OrderBy(f => Supposed.Place(f.Role))];
}

/// <summary>A layer that would be loaded and hold nothing there.</summary>
public sealed record LayerWouldBeSilent(string Role, string Zh, string En) : FactChange($"role:{Role}", Zh, En)
{
    public override PatchFacts On(PatchFacts patch, MultiPolygon ground) => Supposed.Role(patch, new(Role, Loaded: true, [], []));
}

/// <summary>A field of a feature that would be filled in.</summary>
public sealed record FieldWouldBe(FeatureReference Feature, string Field, Func<FeatureFacts, FeatureFacts> Fill, string Zh, string En)
    : FactChange($"field:{Feature.Role}#{Feature.Number}.{Field}", Zh, En)
{
    public override PatchFacts On(PatchFacts patch, MultiPolygon ground)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var held = patch.Role(Feature.Role);
        return Supposed.Role(patch, held with { Features = [.. held.Features.Select(Filled)] });
    }

    internal override IReadOnlyList<FeatureFacts> Covering(IReadOnlyList<FeatureFacts> covering) => [.. covering.Select(Filled)];

    private FeatureFacts Filled(FeatureFacts feature) => feature.Reference == Feature ? Fill(feature) : feature;
}

/// <summary>An answer that a visit would give; it takes the place of all that was answered to the same question.</summary>
public sealed record AnswerWouldBe(FactKey Key, string Written, string Zh, string En) : FactChange($"answer:{Key.Id}", Zh, En)
{
    public override PatchFacts On(PatchFacts patch, MultiPolygon ground)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var visits = Supposed.Visits(patch).Select(v => Supposed.Without(v, Key)).ToList();
        visits[^1] = visits[^1] with { Answers = new Dictionary<string, string>(visits[^1].Answers) { [Key.Id] = Written } };
        return patch with { Site = new(visits) };
    }
}

/// <summary>An answer that would fall away, because it contradicts something else.</summary>
public sealed record AnswerWouldFall(FactKey Key, string Zh, string En) : FactChange($"answer:{Key.Id}", Zh, En)
{
    public override PatchFacts On(PatchFacts patch, MultiPolygon ground)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return patch with { Site = new(patch.Site.Visits.Select(v => Supposed.Without(v, Key))) };
    }
}

/// <summary>Evidence of a kind that every visit would bring.</summary>
public sealed record EvidenceWouldBeBrought(string Kind, string Zh, string En) : FactChange($"evidence:{Kind}", Zh, En)
{
    public override PatchFacts On(PatchFacts patch, MultiPolygon ground)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return patch with { Site = new(Supposed.Visits(patch).Select(Brings)) };
    }

    private VisitFacts Brings(VisitFacts visit)
    {
        var held = visit.Answers.GetValueOrDefault(FactKeys.EvidenceKinds.Id);
        var all = string.IsNullOrWhiteSpace(held) ? Kind : $"{held},{Kind}";
        return visit with { Answers = new Dictionary<string, string>(visit.Answers) { [FactKeys.EvidenceKinds.Id] = all } };
    }
}

/// <summary>The day of an image that would be known.</summary>
/// <param name="Which"><c>before</c> or <c>after</c>.</param>
public sealed record ImageDayWouldBe(string Which, DateOnly Day, string Zh, string En) : FactChange($"date:{Which}", Zh, En)
{
    public override PatchFacts On(PatchFacts patch, MultiPolygon ground)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return Which == "before" ? patch with { Before = Day } : patch with { After = Day };
    }
}

/// <summary>How supposed facts are put in place of held ones.</summary>
internal static class Supposed
{
    private static readonly Dictionary<string, int> Places = LayerRoles
        .InCutOrder.Select((r, i) => (r, i))
        .ToDictionary(p => p.r, p => p.i, StringComparer.Ordinal);

    public static int Place(string role) => Places.GetValueOrDefault(role, int.MaxValue);

    public static PatchFacts Role(PatchFacts patch, RoleFacts role) =>
        patch with
        {
            Roles = new Dictionary<string, RoleFacts>(patch.Roles, StringComparer.Ordinal) { [role.Role] = role },
        };

    /// <summary>The visits; one that nobody made yet where there was none.</summary>
    public static IReadOnlyList<VisitFacts> Visits(PatchFacts patch) =>
        patch.Site.Visits.Count > 0
            ? patch.Site.Visits
            : [new("supposed", patch.After ?? patch.Before ?? DateOnly.MinValue, new Dictionary<string, string>(), [])];

    public static VisitFacts Without(VisitFacts visit, FactKey key) =>
        visit with
        {
            Answers = visit.Answers.Where(a => a.Key != key.Id).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal),
        };
}
