namespace Weipian.Flow.Determinations;

/// <summary>A village house with its rural housing permit, one plot to a household (宅基地).</summary>
internal sealed class VillageHouse : Rule
{
    public override string Id => "land.village-house";

    public override IReadOnlyList<string> Codes => ["L8", "I1", "I3"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.DocumentBrought(part, FactKeys.RuralPermitNumber, out var permit)))
            return Conclude(conditions, "L8");
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Construction)))
            return Conclude(conditions, "L8");
        var date = SiteChecks.Answered(part, FactKeys.RuralPermitOn, out var day);
        conditions.Add(
            day is null
                ? date
                : PermitTiming.Precedes(part, (Words.Zh(permit!), Words.En(permit!)), day.Day, SiteChecks.Ask(FactKeys.RuralPermitOn), "I3")
        );
        conditions.Add(SiteChecks.FlagIs(part, FactKeys.OneHouseholdOnePlot, expected: true, defect: "I1"));
        return Conclude(conditions, "L8", permit?.Written);
    }
}
