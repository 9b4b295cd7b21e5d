using System.Collections;

namespace Weipian.Flow.Determinations;

/// <summary>The features that cover a face, in cut order, and those of each role.</summary>
/// <param name="all">In cut order.</param>
/// <param name="byRole">By the place of the role in <see cref="LayerRoles.InCutOrder"/>; null where none covers the face.</param>
internal sealed class Coverage(IReadOnlyList<FeatureFacts> all, IReadOnlyList<FeatureFacts>?[] byRole) : IReadOnlyList<FeatureFacts>
{
    private readonly IReadOnlyList<FeatureFacts>?[] byRole = byRole;

    public int Count => all.Count;

    public FeatureFacts this[int index] => all[index];

    public IReadOnlyList<FeatureFacts> Of(string role) => byRole[LayerRoles.PlaceOf(role)] ?? [];

    /// <summary>Whether the features of a role are the same, without looking at them: equal ones of a patch are one list.</summary>
    /// <param name="place">Of the role in <see cref="LayerRoles.InCutOrder"/>.</param>
    public bool IsSameAt(int place, Coverage other) => ReferenceEquals(byRole[place], other.byRole[place]);

    public IEnumerator<FeatureFacts> GetEnumerator() => all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Keeps one list of each set of features of a role that covers faces of a patch.</summary>
internal sealed class CoverageBook
{
    private readonly List<FeatureFacts[]>[] held = [.. LayerRoles.InCutOrder.Select(_ => new List<FeatureFacts[]>())];

    /// <param name="covering">In cut order.</param>
    public Coverage Of(IReadOnlyList<FeatureFacts> covering)
    {
        var byRole = new IReadOnlyList<FeatureFacts>?[held.Length];
        foreach (var features in covering.GroupBy(f => LayerRoles.PlaceOf(f.Role)))
            byRole[features.Key] = Kept(held[features.Key], [.. features]);
        return new(covering, byRole);
    }

    private static FeatureFacts[] Kept(List<FeatureFacts[]> kept, FeatureFacts[] features)
    {
        foreach (var known in kept)
            if (known.AsSpan().SequenceEqual(features, SameFeature))
                return known;
        kept.Add(features);
        return features;
    }

    private static readonly IEqualityComparer<FeatureFacts> SameFeature = ReferenceEqualityComparer.Instance;
}
