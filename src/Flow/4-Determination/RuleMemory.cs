using System.Numerics;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>What the rules said about parts of one patch under one law: a rule is asked again only where what it read reads otherwise.
/// </summary>
/// <remarks>
/// Rules are pure. Beside the patch, its visits and the law, which are the same for all parts here, a rule sees a part only through
/// what <see cref="PartReading"/> takes note of. Where all that it read the last time reads the same, its first
/// question has the same answer, hence it asks the same second one, and so on to the same step. Not for several threads at once.
/// </remarks>
internal sealed class RuleMemory
{
    private readonly Dictionary<Rule, List<Said>> said = new(ReferenceEqualityComparer.Instance);

    /// <param name="part">A part of the one patch, with a reading that is this memory's to clear.</param>
    public Step Ask(Rule rule, PartFacts part, RuleLaw law)
    {
        if (part is not { Read: { } read, Covering: Coverage covering })
            return rule.Ask(part, law);
        if (!said.TryGetValue(rule, out var before))
            said[rule] = before = [];
        var around = part.Around;
        foreach (var known in before)
            if (known.Holds(covering, around))
                return known.Step;
        read.Clear();
        var step = rule.Ask(part, law);
        before.Add(new(read.Roles, covering, read.IsOfAround, around, step));
        return step;
    }

    /// <param name="Roles">Bits of the places in <see cref="LayerRoles.InCutOrder"/>.</param>
    private readonly record struct Said(uint Roles, Coverage Covering, bool IsOfAround, Surroundings? Around, Step Step)
    {
        public bool Holds(Coverage covering, Surroundings? around)
        {
            if (IsOfAround && !ReferenceEquals(Around, around))
                return false;
            for (var left = Roles; left != 0; left &= left - 1)
                if (!Covering.IsSameAt(BitOperations.TrailingZeroCount(left), covering))
                    return false;
            return true;
        }
    }
}

/// <summary>What a rule has read of a part, beside its patch and the law.</summary>
internal sealed class PartReading
{
    private readonly Dictionary<IReadOnlyList<FeatureFacts>, (Check, IReadOnlyList<(FeatureFacts, LandClass)>)> baseClasses = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>Bits of the places in <see cref="LayerRoles.InCutOrder"/>.</summary>
    public uint Roles { get; private set; }

    public bool IsOfAround { get; private set; }

    public void NoteRole(string role) => Roles |= 1u << LayerRoles.PlaceOf(role);

    public void NoteAll() => Roles = (1u << LayerRoles.InCutOrder.Count) - 1;

    public void NoteAround() => IsOfAround = true;

    /// <summary>What the land-use features over a part say of its class, which many rules ask; told once under the one law.</summary>
    public (Check, IReadOnlyList<(FeatureFacts, LandClass)>) BaseClass(
        IReadOnlyList<FeatureFacts> landUse,
        Func<(Check, IReadOnlyList<(FeatureFacts, LandClass)>)> tell
    )
    {
        if (!baseClasses.TryGetValue(landUse, out var told))
            baseClasses[landUse] = told = tell();
        return told;
    }

    public void Clear() => (Roles, IsOfAround) = (0, false);
}
