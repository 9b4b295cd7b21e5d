namespace Weipian.Flow.Determinations;

/// <summary>Finds the smallest sets of facts that would give a parcel another outcome. Pure.</summary>
/// <remarks>
/// A parcel is lawful as soon as one title holds throughout, so each title is asked by itself what it still misses, and what it answers is
/// followed fact by fact. What is found is then proved on the whole tree: the set is applied, every proper subset of it is applied too,
/// and only a set none of whose proper subsets has the outcome is kept.
/// </remarks>
public sealed class CounterfactualSearch
{
    private readonly CounterfactualGround ground;
    private readonly RuleTree tree;
    private readonly RuleLaw law;
    private readonly SupposedFacts supposed;
    private readonly int factsMax;
    private readonly int shownMax;
    private readonly int asksMax;

    public CounterfactualSearch(CounterfactualGround ground, RuleTree tree, RuleLaw law)
    {
        ArgumentNullException.ThrowIfNull(ground);
        (this.ground, this.tree, this.law) = (ground, tree, law);
        supposed = new(ground, law);
        factsMax = Limit(LawKeys.FactsOfOneSet);
        shownMax = Limit(LawKeys.SetsShown);
        asksMax = Limit(LawKeys.AsksOfOneTitle);
    }

    public Counterfactuals Find()
    {
        var now = Verdict([]);
        if (now is null || VerdictOutcomes.Of(now) == VerdictOutcome.Lawful)
            return Counterfactuals.None(now ?? RuleEngine.DoubtfulCode(tree.Kind));
        var lawful = tree.Titles.SelectMany(WaysOf);
        var unlawful = VerdictOutcomes.Of(now) == VerdictOutcome.Doubtful ? WaysToViolation() : [];
        return new(now, Smallest(lawful, VerdictOutcome.Lawful), Smallest(unlawful, VerdictOutcome.Unlawful));
    }

    private int Limit(string key) => (int)(law.Number(key)?.Value ?? 0);

    /// <summary>The verdict under some changes; null where the parts of the parcel would differ in outcome.</summary>
    private string? Verdict(IReadOnlyList<FactChange> changes)
    {
        // Facts under which two rules conflict lead to no verdict.
        var found = ground.Under(changes).Select(p => RuleEngine.Weigh(p, tree, law, out _)).ToList();
        if (found.Contains(null))
            return null;
        var codes = found.Select(d => d!.Code).ToList();
        return codes.Select(VerdictOutcomes.Of).Distinct().Count() == 1 ? codes[0] : null;
    }

    private bool Has(IReadOnlyList<FactChange> changes, VerdictOutcome outcome) =>
        Verdict(changes) is { } code && VerdictOutcomes.Of(code) == outcome;

    private List<IReadOnlyList<FactChange>> WaysOf(Rule title) =>
        Follow(
            parts => [.. parts.Select(p => title.Ask(p, law))],
            steps => steps.All(s => s.Outcome == Outcome.Yes),
            (steps, parts) => supposed.For(title, steps, parts)
        );

    private List<IReadOnlyList<FactChange>> WaysToViolation() =>
        Follow(
            parts => [.. parts.SelectMany(p => RuleEngine.Weigh(p, tree, law, out _)?.Steps ?? [])],
            steps => steps.All(s => s.Outcome != Outcome.Unknown) && steps.Any(s => s.Code is not null),
            (steps, parts) => supposed.For(steps.Where(s => s.Outcome == Outcome.Unknown), parts)
        );

    /// <summary>Breadth first: from each set to those with one fact more that changed what was answered.</summary>
    private List<IReadOnlyList<FactChange>> Follow(
        Func<IReadOnlyList<PartFacts>, IReadOnlyList<Step>> ask,
        Func<IReadOnlyList<Step>, bool> done,
        Func<IReadOnlyList<Step>, IReadOnlyList<PartFacts>, IEnumerable<FactChange>> further
    )
    {
        var found = new List<IReadOnlyList<FactChange>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<IReadOnlyList<FactChange>>([
            [],
        ]);
        for (var asked = 0; queue.Count > 0 && asked < asksMax; )
        {
            var changes = queue.Dequeue();
            var parts = ground.Under(changes);
            var steps = ask(parts);
            if (done(steps))
            {
                found.Add(changes);
                continue;
            }
            if (changes.Count == factsMax)
                continue;
            var answered = Told(steps);
            foreach (var change in further(steps, parts).Where(c => changes.All(held => held.Slot != c.Slot)))
            {
                FactChange[] more = [.. changes, change];
                if (!seen.Add(string.Join('|', more.Select(c => c.Zh).Order(StringComparer.Ordinal))))
                    continue;
                asked++;
                if (Told(ask(ground.Under(more))) != answered)
                    queue.Enqueue(more);
            }
        }
        return found;
    }

    private IReadOnlyList<Counterfactual> Smallest(IEnumerable<IReadOnlyList<FactChange>> candidates, VerdictOutcome outcome)
    {
        var kept = new List<Counterfactual>();
        var sets = new List<HashSet<string>>();
        foreach (var candidate in candidates.OrderBy(c => c.Count).ThenBy(c => c.Sum(Weight)).ThenBy(Text, StringComparer.Ordinal))
        {
            var named = candidate.Select(c => c.Zh).ToHashSet(StringComparer.Ordinal);
            if (sets.Any(s => s.IsSubsetOf(named)) || !Has(candidate, outcome) || Subsets(candidate).Any(s => Has(s, outcome)))
                continue;
            sets.Add(named);
            kept.Add(new(candidate, Verdict(candidate)!));
            if (kept.Count == shownMax)
                break;
        }
        return kept;
    }

    /// <summary>Every proper subset, the empty one too.</summary>
    public static IEnumerable<IReadOnlyList<FactChange>> Subsets(IReadOnlyList<FactChange> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        for (var mask = 0; mask < (1 << all.Count) - 1; mask++)
            yield return [.. all.Where((_, i) => (mask & (1 << i)) != 0)];
    }

    /// <summary>Permits and papers before findings: the ground is as it was found.</summary>
    private static int Weight(FactChange change) =>
        change switch
        {
            FieldWouldBe or ImageDayWouldBe => 0,
            FeatureWouldCover => 1,
            _ => 2,
        };

    private static string Text(IReadOnlyList<FactChange> changes) => string.Join('|', changes.Select(c => c.Zh));

    private static string Told(IReadOnlyList<Step> steps) =>
        string.Join('\n', steps.SelectMany(s => s.Checks.Select(c => $"{s.RuleId}{c.Outcome}{c.Defect}{c.En}")));
}

/// <summary>The parcel that is asked about: its ground and what the rules see of each part of it.</summary>
/// <param name="Geometry">Longitude, latitude.</param>
/// <param name="AreaSquareMetres">Statutory.</param>
public sealed record CounterfactualGround(
    NetTopologySuite.Geometries.MultiPolygon Geometry,
    double AreaSquareMetres,
    IReadOnlyList<PartFacts> Parts
)
{
    /// <summary>The parts under some changes.</summary>
    public IReadOnlyList<PartFacts> Under(IReadOnlyList<FactChange> changes) =>
        [.. Parts.Select(p => changes.Aggregate(p, (part, change) => change.On(part, Geometry)))];
}
