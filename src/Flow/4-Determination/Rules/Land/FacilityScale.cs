namespace Weipian.Flow.Determinations;

/// <summary>Is the land of ancillary and supporting facilities within what its kind allows?</summary>
internal static class FacilityScale
{
    public static IReadOnlyList<Check> Within(PartFacts part, RuleLaw law, string defect)
    {
        var kind = SiteChecks.Answered(part, FactKeys.FacilityKind, out var kindAnswer);
        var project = SiteChecks.Answered(part, FactKeys.ProjectAreaMu, out var projectAnswer);
        var ancillary = SiteChecks.Answered(part, FactKeys.AncillaryAreaMu, out var ancillaryAnswer);
        if (kindAnswer is null || projectAnswer?.Number is not { } projectMu || ancillaryAnswer?.Number is not { } ancillaryMu)
            return [kind, project, ancillary];
        return kindAnswer.Written == "grain_support"
            ? [kind, Grain(law, projectMu, ancillaryMu, defect)]
            :
            [
                kind,
                Share(law, kindAnswer.Written, projectMu, ancillaryMu, defect),
                Ceiling(law, LawKeys.FacilityArea(kindAnswer.Written), ancillaryMu, defect),
            ];
    }

    private static Check Ceiling(RuleLaw law, string key, decimal mu, string defect)
    {
        if (LawChecks.ReadArea(law, key, out var check) is not { } limit)
            return check;
        var over = mu - limit.Line.Stated;
        return new(
            over <= 0 ? Outcome.Yes : Outcome.No,
            $"附属设施 {Words.Of(mu)} 亩，{(over <= 0 ? "不超过" : "超过")} {Words.Of(limit.Line.Stated)} 亩",
            $"ancillary {Words.Of(mu)} mu: {(over <= 0 ? "not above" : "above")} {Words.Of(limit.Line.Stated)} mu"
        )
        {
            Law = [limit.Use],
            Defect = over <= 0 ? null : defect,
            Shortfall = over <= 0 ? null : new(over, "mu"),
        };
    }

    private static Check Share(RuleLaw law, string kind, decimal projectMu, decimal ancillaryMu, string defect)
    {
        if (LawChecks.Read(law, LawKeys.FacilityShare(kind), out var check) is not { } limit)
            return check;
        var allowed = projectMu * limit.Value;
        var over = ancillaryMu - allowed;
        return new(
            over <= 0 ? Outcome.Yes : Outcome.No,
            $"附属设施 {Words.Of(ancillaryMu)} 亩，项目用地 {Words.Of(projectMu)} 亩，允许 {Words.Of(allowed)} 亩",
            $"ancillary {Words.Of(ancillaryMu)} mu of a project of {Words.Of(projectMu)} mu; {Words.Of(allowed)} mu allowed"
        )
        {
            Law = [limit.Use],
            Defect = over <= 0 ? null : defect,
            Shortfall = over <= 0 ? null : new(over, "mu"),
        };
    }

    /// <summary>A base amount up to a scale of planting, more in proportion, and never above a ceiling.</summary>
    private static Check Grain(RuleLaw law, decimal plantedMu, decimal supportMu, string defect)
    {
        if (law.Region is not { } region)
            return LawChecks.NoRegion();
        if (LawChecks.ReadArea(law, LawKeys.GrainSupport, out var check) is not { } basis)
            return check;
        if (LawChecks.ReadArea(law, LawKeys.GrainPlanting(region), out check) is not { } per)
            return check;
        if (LawChecks.ReadArea(law, LawKeys.GrainSupportCeiling, out check) is not { } ceiling)
            return check;
        var scaled = basis.Line.Stated * Math.Max(1, plantedMu / per.Line.Stated);
        var allowed = Math.Min(ceiling.Line.Stated, scaled);
        var over = supportMu - allowed;
        return new(
            over <= 0 ? Outcome.Yes : Outcome.No,
            $"配套设施 {Words.Of(supportMu)} 亩，种植 {Words.Of(plantedMu)} 亩，允许 {Words.Of(allowed)} 亩",
            $"support {Words.Of(supportMu)} mu for {Words.Of(plantedMu)} mu planted; {Words.Of(allowed)} mu allowed"
        )
        {
            Law = [basis.Use, per.Use, ceiling.Use],
            Defect = over <= 0 ? null : defect,
            Shortfall = over <= 0 ? null : new(over, "mu"),
        };
    }
}
