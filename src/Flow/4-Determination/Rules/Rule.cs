namespace Weipian.Flow.Determinations;

/// <summary>One rule of determination in one dated version: pure, one file each.</summary>
/// <remarks>
/// A rule is a conjunction. First it asks whether it applies at all; when it does not, it says no and nothing follows from that. When it
/// applies, a condition that fails may name a <em>defect</em>: the violation that remains if no other rule makes the use lawful.
/// Numbers come from <see cref="RuleLaw"/>; the verdict that a rule gives stands with its span and citation in <c>law/verdicts</c>.
/// </remarks>
public abstract class Rule
{
    /// <summary><c>land.approval</c>.</summary>
    public abstract string Id { get; }

    /// <summary>Changes whenever the logic changes; two versions of a rule have disjoint spans of days.</summary>
    public virtual string Version => "1";

    /// <summary>Every verdict the rule can give or leave as a defect.</summary>
    public abstract IReadOnlyList<string> Codes { get; }

    /// <summary>A violation that is found by itself and is not what remains when no title holds: asked also beside a title that holds.
    /// </summary>
    public virtual bool IsFoundByItself => false;

    /// <summary>Layer roles whose silence the rule relies on.</summary>
    public virtual IReadOnlyList<string> Roles => [];

    /// <summary>Asks the rule about one part.</summary>
    public abstract Step Ask(PartFacts part, RuleLaw law);

    /// <summary>The step that follows from a list of conditions, all of which must hold.</summary>
    /// <param name="conditions">In the order asked.</param>
    /// <param name="code">The verdict when all hold.</param>
    private protected Step Conclude(Conditions conditions, string code, string? deciding = null, params IReadOnlyList<string> flags)
    {
        var outcome = conditions.Outcome;
        return new(
            Id,
            Version,
            outcome,
            outcome switch
            {
                Outcome.Yes => code,
                Outcome.No => conditions.Defect,
                _ => null,
            },
            conditions.Checks,
            outcome == Outcome.Yes ? flags : [],
            outcome == Outcome.Unknown ? null : deciding
        );
    }

    /// <summary>Of several features that could each carry the rule, the one that carries it furthest.</summary>
    private protected static Step Best(IReadOnlyList<Step> steps) =>
        steps
            .OrderBy(s =>
                s.Outcome == Outcome.Yes ? 0
                : s.Outcome == Outcome.Unknown ? 1
                : 2
            )
            .First();
}

/// <summary>Conditions of one rule: all must hold.</summary>
internal sealed class Conditions
{
    private readonly List<Check> checks = [];

    public IReadOnlyList<Check> Checks => checks;

    /// <summary>Unknown if anything is: a defect beside a gap is not certain either, because the gap could be another defect.</summary>
    public Outcome Outcome
    {
        get
        {
            if (checks.Any(c => c.Outcome == Outcome.No && c.Defect is null))
                return Outcome.No;
            if (checks.Any(c => c.Outcome == Outcome.Unknown))
                return Outcome.Unknown;
            return checks.Any(c => c.Outcome == Outcome.No) ? Outcome.No : Outcome.Yes;
        }
    }

    /// <summary>The first defect met; null when the rule does not apply.</summary>
    public string? Defect =>
        checks.Any(c => c.Outcome == Outcome.No && c.Defect is null) ? null : checks.FirstOrDefault(c => c.Outcome == Outcome.No)?.Defect;

    /// <summary>Adds a condition; false when asking on is pointless, because it did not hold.</summary>
    public bool Holds(Check check)
    {
        checks.Add(check);
        return check.Outcome == Outcome.Yes;
    }

    /// <summary>Adds conditions without asking how they came out.</summary>
    public void Add(params IEnumerable<Check> more) => checks.AddRange(more);
}
