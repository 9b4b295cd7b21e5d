namespace Weipian.Flow.Determinations;

/// <summary>Words of <see cref="FactKeys.ActivityKind"/>.</summary>
internal static class Activity
{
    public const string Mining = "mining";
    public const string Exploration = "exploration";
    public const string WorksByProduct = "works_byproduct";
    public const string Restoration = "restoration";
    public const string SandOrSoil = "sand_or_soil";
    public const string None = "none";

    /// <summary>Whether the activity on the ground is this one; another means that the rule does not apply.</summary>
    public static Check Is(PartFacts part, string kind)
    {
        var known = SiteChecks.Answered(part, FactKeys.ActivityKind, out var answer);
        var seen = part.Site.Of(FactKeys.MiningActivity);
        if (answer is null)
            return seen?.Flag == false && kind == None ? SiteChecks.Answered(part, FactKeys.MiningActivity, out _) : known;
        if (seen?.Flag is { } active && active != (answer.Written != None))
            return SiteChecks.Contradicts(
                "核查结果自相矛盾",
                "what was found contradicts itself",
                (Words.Zh(seen), Words.En(seen)),
                (Words.Zh(answer), Words.En(answer)),
                seen,
                answer
            );
        return answer.Written == kind
            ? known
            : known with
            {
                Outcome = Outcome.No,
                Zh = known.Zh + "，本规则不适用",
                En = known.En + ": the rule does not apply",
            };
    }
}
