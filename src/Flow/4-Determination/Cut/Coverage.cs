using System.Collections;

namespace Weipian.Flow.Determinations;

/// <summary>The features that cover a face, in cut order, and those of each role.</summary>
/// <param name="all">In cut order.</param>
/// <param name="byRole">By the place of the role in <see cref="LayerRoles.InCutOrder"/>; null where none covers the face.</param>
internal sealed class Coverage(IReadOnlyList<FeatureFacts> all, RoleCoverage?[] byRole) : IReadOnlyList<FeatureFacts>
{
    private readonly RoleCoverage?[] byRole = byRole;

    public int Count => all.Count;

    public FeatureFacts this[int index] => all[index];

    public IReadOnlyList<FeatureFacts> Of(string role) => (IReadOnlyList<FeatureFacts>?)byRole[LayerRoles.PlaceOf(role)] ?? [];

    /// <summary>Whether the features of a role are the same, without looking at them: equal ones of a patch are one list.</summary>
    /// <param name="place">Of the role in <see cref="LayerRoles.InCutOrder"/>.</param>
    public bool IsSameAt(int place, Coverage other) => ReferenceEquals(byRole[place], other.byRole[place]);

    public IEnumerator<FeatureFacts> GetEnumerator() => all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Keeps one list of each set of features of a role that covers faces of a patch.</summary>
internal sealed class CoverageBook
{
    private readonly List<RoleCoverage>[] held = [.. LayerRoles.InCutOrder.Select(_ => new List<RoleCoverage>())];

    /// <param name="covering">In cut order.</param>
    public Coverage Of(IReadOnlyList<FeatureFacts> covering)
    {
        var byRole = new RoleCoverage?[held.Length];
        foreach (var features in covering.GroupBy(f => LayerRoles.PlaceOf(f.Role)))
            byRole[features.Key] = Kept(held[features.Key], [.. features]);
        return new(covering, byRole);
    }

    private static RoleCoverage Kept(List<RoleCoverage> kept, FeatureFacts[] features)
    {
        foreach (var known in kept)
            if (known.SequenceEqual(features, ReferenceEqualityComparer.Instance))
                return known;
        var made = new RoleCoverage(features);
        kept.Add(made);
        return made;
    }
}

/// <summary>The features of one role that cover a face; one object for all faces of a patch that they cover.</summary>
internal sealed class RoleCoverage(FeatureFacts[] features) : IReadOnlyList<FeatureFacts>
{
    private Check? covers;

    public int Count => features.Length;

    public FeatureFacts this[int index] => features[index];

    /// <summary>What rules say of the coverage by itself, whatever the law; worked out once.</summary>
    public Check Covers(Func<IReadOnlyList<FeatureFacts>, Check> tell) => covers ??= tell(this);

    public IEnumerator<FeatureFacts> GetEnumerator() => ((IEnumerable<FeatureFacts>)features).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
