namespace Weipian.Flow.Determinations;

/// <summary>The parcels of one patch, judged now: those the rules cut, or those a person drew.</summary>
internal static class PatchJudgement
{
    /// <param name="drawn">Parcels in force when a person drew them; empty lets the rules cut.</param>
    public static IReadOnlyList<JudgedParcel> Of(PatchFacts facts, string programme, IReadOnlyList<Parcel> drawn, DeterminationLaw law) =>
        Of(facts, programme, drawn, law, RuleBook.Of(facts.Kind));

    /// <param name="tree">An edition of the rules.</param>
    public static IReadOnlyList<JudgedParcel> Of(
        PatchFacts facts,
        string programme,
        IReadOnlyList<Parcel> drawn,
        DeterminationLaw law,
        RuleTree tree
    )
    {
        var read = new SortedDictionary<string, LawUse>(StringComparer.Ordinal);
        var rules = law.For(facts, read);
        var made = drawn.Count > 0 ? ParcelRows.MadeByHand : ParcelRows.MadeByRules;
        var parcels =
            drawn.Count > 0
                ? drawn.Select(p => PatchDetermination.JudgeParcel(facts, tree, rules, p.Ordinal, p.Number, p.Geometry))
                : PatchDetermination.Propose(facts, tree, rules).Parcels;
        return [.. parcels.Select(p => new JudgedParcel(facts, programme, p, made, law, read))];
    }

    /// <summary>The parcels in force that bind the rules: all of them as soon as one was drawn by a person.</summary>
    public static IReadOnlyList<Parcel> Binding(IReadOnlyList<Parcel> inForce) => inForce.Any(ParcelRows.IsMadeByHand) ? inForce : [];

    /// <summary>What was judged now, in the order of the parcels in force; null where the parcels are others.</summary>
    /// <remarks>After a split was taken back a parcel has a later number than its neighbours, and the ground that the rules cut.</remarks>
    public static IReadOnlyList<JudgedParcel>? Aligned(IReadOnlyList<Parcel> inForce, IReadOnlyList<JudgedParcel> judged)
    {
        if (inForce.Count != judged.Count)
            return null;
        var (left, aligned) = (judged.ToList(), new List<JudgedParcel>());
        foreach (var parcel in inForce)
        {
            var at = left.FindIndex(j => j.Parcel.Geometry.EqualsExact(parcel.Geometry));
            if (at < 0)
                return null;
            aligned.Add(left[at]);
            left.RemoveAt(at);
        }
        return aligned;
    }
}
