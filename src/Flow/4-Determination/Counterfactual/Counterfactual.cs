namespace Weipian.Flow.Determinations;

/// <summary>A smallest set of facts under which a parcel would have another outcome: were one of them not so, it would not.</summary>
/// <param name="Changes">What would have to be so, all of it.</param>
/// <param name="Code">The verdict that the rules would propose then.</param>
public sealed record Counterfactual(IReadOnlyList<FactChange> Changes, string Code);

/// <summary>What a parcel would need for another outcome.</summary>
/// <param name="Code">The verdict proposed as it stands.</param>
/// <param name="Lawful">Ways to a verdict that is legal or other, fewest facts first.</param>
/// <param name="Unlawful">For a doubtful parcel, ways to a violation.</param>
public sealed record Counterfactuals(string Code, IReadOnlyList<Counterfactual> Lawful, IReadOnlyList<Counterfactual> Unlawful)
{
    public static Counterfactuals None(string code) => new(code, [], []);
}

/// <summary>The outcomes that differ for the person who signs: lawful (legal or other), unlawful, doubtful.</summary>
public enum VerdictOutcome
{
    Lawful,
    Unlawful,
    Doubtful,
}

/// <summary>To which outcome a verdict belongs.</summary>
public static class VerdictOutcomes
{
    public static VerdictOutcome Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.TrimStart('M')[0] switch
        {
            'L' or 'O' => VerdictOutcome.Lawful,
            'I' => VerdictOutcome.Unlawful,
            _ => VerdictOutcome.Doubtful,
        };
    }
}
