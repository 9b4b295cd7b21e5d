using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Two rules that give one piece of ground opposite verdicts, and no row of the law says which goes first.</summary>
/// <param name="Title">The step that says lawful.</param>
/// <param name="Violation">The step that says unlawful.</param>
public sealed record RuleConflict(string Patch, Step Title, Step Violation)
{
    /// <summary>Of the refusal.</summary>
    public const string Code = "determination.rules-conflict";

    /// <summary>Names both rules, the verdict of each, and where each verdict stands.</summary>
    public Problem Refusal(RuleLaw law)
    {
        ArgumentNullException.ThrowIfNull(law);
        var (title, violation) = (RuleEngine.Cited(Title, law), RuleEngine.Cited(Violation, law));
        return Problem.Determination.RulesConflict(Patch, title.Zh, title.En, violation.Zh, violation.En);
    }
}

/// <summary>Asks the rules of a tree about one part and concludes. Pure.</summary>
/// <remarks>
/// A use is lawful when any title holds, so the titles are one disjunction in three values: a yes decides, whatever else is unknown;
/// without a yes, one unknown title makes the part doubtful, because it might have been the yes; only when every title is known not to
/// hold does a violation follow. Hence what is missing can never make a verdict legal or illegal.
/// A violation that is found by itself is asked beside a title that holds; the table of precedence says what follows where both hold, and
/// where it does not, the rules conflict and nothing is concluded.
/// </remarks>
public static class RuleEngine
{
    /// <exception cref="Problem"><c>determination.rules-conflict</c></exception>
    public static Derivation Decide(PartFacts part, RuleTree tree, RuleLaw law) => Decide(part, tree, law, new());

    /// <exception cref="Problem"><c>determination.rules-conflict</c></exception>
    /// <param name="memory">What the rules said about other parts of the patch under the law.</param>
    internal static Derivation Decide(PartFacts part, RuleTree tree, RuleLaw law, RuleMemory memory) =>
        Weigh(part, tree, law, memory, out var conflict) ?? throw conflict!.Refusal(law);

    /// <summary>The derivation; null when two rules conflict, and then which.</summary>
    public static Derivation? Weigh(PartFacts part, RuleTree tree, RuleLaw law, out RuleConflict? conflict) =>
        Weigh(part, tree, law, new(), out conflict);

    private static Derivation? Weigh(PartFacts part, RuleTree tree, RuleLaw law, RuleMemory memory, out RuleConflict? conflict)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(law);
        var derivation = Concluded(part, tree, law, memory, out conflict);
        return derivation is { DecidingRule: not null } && tree.WeighsContradictions ? Agreed(part, tree, law, derivation) : derivation;
    }

    /// <summary>A verdict that would be another if one of two answers that disagree were the true one is doubtful, and both are named.
    /// </summary>
    private static Derivation Agreed(PartFacts part, RuleTree tree, RuleLaw law, Derivation decided)
    {
        var denied = part
            .Site.Disagreements.Where(d =>
                Concluded(With(part, d.First), tree, law, new(), out _)?.Code
                != Concluded(With(part, d.Second), tree, law, new(), out _)?.Code
            )
            .Select(d => new Contradiction(Words.Zh(d.First), Words.En(d.First), Words.Zh(d.Second), Words.En(d.Second)))
            .ToList();
        return denied.Count == 0 ? decided : Doubtful(tree.Kind, [.. decided.Steps]) with { Missing = [], Contradictions = denied };
    }

    private static PartFacts With(PartFacts part, Answer answer) =>
        part with
        {
            Patch = part.Patch with { Site = part.Site.Agreeing(answer) },
            Read = null,
        };

    private static Derivation? Concluded(PartFacts part, RuleTree tree, RuleLaw law, RuleMemory memory, out RuleConflict? conflict)
    {
        conflict = null;
        var steps = new List<Step>();
        foreach (var rule in tree.Titles)
        {
            var step = memory.Ask(rule, part, law);
            steps.Add(step);
            if (step.Outcome == Outcome.Yes)
                return tree.WeighsContradictions ? Held(part, tree, law, memory, step, steps, out conflict) : Decided(step, steps);
        }
        if (steps.Any(s => s.Outcome == Outcome.Unknown))
            return Doubtful(tree.Kind, steps);
        if (steps.FirstOrDefault(s => s.Code is not null) is { } defect)
            return Decided(defect, steps);
        foreach (var rule in tree.Violations)
        {
            var step = memory.Ask(rule, part, law);
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

    /// <summary>A rule with the verdict it gives and where that verdict stands, in both languages.</summary>
    internal static (string Zh, string En) Cited(Step step, RuleLaw law) =>
        law.Verdict(step.Code!) is { } verdict
            ? (
                $"规则 {step.RuleId} 判为 {verdict.Code} {verdict.Chinese}（{verdict.Citation.Chinese}）",
                $"rule {step.RuleId} gives {verdict.Code} {verdict.English} ({verdict.Citation.English})"
            )
            : ($"规则 {step.RuleId} 判为 {step.Code}", $"rule {step.RuleId} gives {step.Code}");

    /// <summary>A title that holds, against every violation that holds by itself.</summary>
    private static Derivation? Held(
        PartFacts part,
        RuleTree tree,
        RuleLaw law,
        RuleMemory memory,
        Step title,
        List<Step> steps,
        out RuleConflict? conflict
    )
    {
        conflict = null;
        List<Step> against = [];
        foreach (var rule in tree.Violations.Where(r => r.IsFoundByItself))
        {
            var step = memory.Ask(rule, part, law);
            if (step.Outcome != Outcome.Yes)
                continue;
            switch (law.Relation(title.RuleId, rule.Id))
            {
                case RuleRelation.Over:
                    break;
                case RuleRelation.Contradicts:
                    against.Add(step);
                    break;
                default:
                    conflict = new(part.Patch.Number, title, step);
                    return null;
            }
        }
        if (against.Count == 0)
            return Decided(title, steps);
        var held = Cited(title, law);
        return Doubtful(tree.Kind, [.. steps, .. against]) with
        {
            Missing = [],
            Contradictions = [.. against.Select(s => Cited(s, law)).Select(a => new Contradiction(held.Zh, held.En, a.Zh, a.En))],
        };
    }

    private static Derivation Decided(Step by, List<Step> steps) => new(by.Code!, by.RuleId, by.Flags, by.Deciding, [], [], steps);

    private static Derivation Doubtful(string kind, List<Step> steps)
    {
        var unknown = steps.Where(s => s.Outcome == Outcome.Unknown).SelectMany(s => s.Checks).Where(c => c.Outcome == Outcome.Unknown);
        return new(
            DoubtfulCode(kind),
            DecidingRule: null,
            [],
            Deciding: null,
            [.. unknown.SelectMany(c => c.Missing).DistinctBy(m => (m.What, m.En))],
            [.. unknown.Select(c => c.Contradiction).OfType<Contradiction>().Distinct()],
            steps
        );
    }
}
