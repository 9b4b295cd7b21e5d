namespace Weipian.Flow.Determinations;

/// <summary>Is the land used for what was permitted?</summary>
internal static class UseMatch
{
    /// <param name="permits">Features that state a use, the first that does speaks; blank ones are passed over.</param>
    /// <param name="defect">Verdict when the use on the ground is another.</param>
    public static Check Agrees(PartFacts part, RuleLaw law, IReadOnlyList<FeatureFacts> permits, string defect)
    {
        var known = SiteChecks.Answered(part, FactKeys.ActualUse, out var actual);
        if (actual is null)
            return known;
        var stated = permits.FirstOrDefault(p => !string.IsNullOrWhiteSpace(p.Use));
        if (stated?.Use is not { } permitted)
            return LayerChecks.AttributeMissing(permits[0], "use", "批准用途", "permitted use");
        var agree = law.Uses.Agree(permitted, actual.Written);
        if (agree is null)
            return known with
            {
                Outcome = Outcome.Unknown,
                Zh = $"{Words.Zh(stated)}的用途“{permitted}”与{Words.Zh(actual)}不能对应：用途表中没有",
                En = $"the use \"{permitted}\" of {Words.En(stated)} cannot be compared with {Words.En(actual)}: not in the table of uses",
                Missing = [new("law:rules/uses", "用途对照", "a row in the table of uses")],
                Features = [stated.Reference],
            };
        return known with
        {
            Outcome = agree.Value ? Outcome.Yes : Outcome.No,
            Defect = agree.Value ? null : defect,
            Zh = $"{Words.Zh(stated)}批准用途“{permitted}”，{Words.Zh(actual)}：{(agree.Value ? "一致" : "不一致")}",
            En = $"{Words.En(stated)} permits \"{permitted}\", {Words.En(actual)}: {(agree.Value ? "they agree" : "they differ")}",
            Features = [stated.Reference],
        };
    }

    /// <summary>Whether the use asks for supply (供地); null when the table of uses cannot tell.</summary>
    public static bool? NeedsSupply(PartFacts part, RuleLaw law, FeatureFacts approval, out string use)
    {
        var stated = string.IsNullOrWhiteSpace(approval.Use) ? part.Site.Of(FactKeys.ActualUse)?.Written : approval.Use;
        use = stated ?? "";
        var uses = stated is null ? [] : law.Uses.Named(stated);
        if (uses.Count == 0)
            return null;
        return uses.Any(u => u.NeedsSupply);
    }
}
