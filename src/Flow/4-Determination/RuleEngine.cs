using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Asks the rules of a tree about one part and concludes. Pure.</summary>
/// <remarks>
/// A use is lawful when any title holds, so the titles are one disjunction in three values: a yes decides, whatever else is unknown;
/// without a yes, one unknown title makes the part doubtful, because it might have been the yes; only when every title is known not to
/// hold does a violation follow. Hence what is missing can never make a verdict legal or illegal.
/// </remarks>
public static class RuleEngine
{
    public static Derivation Decide(PartFacts part, RuleTree tree, RuleLaw law)
    {
        var steps = new List<Step>();
        foreach (var rule in tree.Titles)
        {
            var step = rule.Ask(part, law);
            steps.Add(step);
            if (step.Outcome == Outcome.Yes)
                return Decided(step, steps);
        }
        if (steps.Any(s => s.Outcome == Outcome.Unknown))
            return Doubtful(tree.Kind, steps);
        if (steps.FirstOrDefault(s => s.Code is not null) is { } defect)
            return Decided(defect, steps);
        foreach (var rule in tree.Violations)
        {
            var step = rule.Ask(part, law);
            steps.Add(step);
            if (step.Outcome == Outcome.Yes)
                return Decided(step, steps);
            if (step.Outcome == Outcome.Unknown)
                return Doubtful(tree.Kind, steps);
        }
        return Doubtful(tree.Kind, steps);
    }

    /// <summary>Doubtful (存疑) of a kind of patch.</summary>
    public static string DoubtfulCode(string kind) => kind == PatchKind.Mineral ? "MD0" : "D0";

    private static Derivation Decided(Step by, List<Step> steps) => new(by.Code!, by.RuleId, by.Flags, by.Deciding, [], [], steps);

    private static Derivation Doubtful(string kind, List<Step> steps)
    {
        var unknown = steps.Where(s => s.Outcome == Outcome.Unknown).SelectMany(s => s.Checks).Where(c => c.Outcome == Outcome.Unknown);
        return new(
            DoubtfulCode(kind),
            DecidingRule: null,
            [],
            Deciding: null,
            [.. unknown.SelectMany(c => c.Missing).DistinctBy(m => m.What + m.En)],
            [.. unknown.Select(c => c.Contradiction).OfType<Contradiction>().Distinct()],
            steps
        );
    }
}
