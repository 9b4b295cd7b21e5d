using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Inside a village polygon (203) that the survey mapped, and when it was built cannot be found (203 范围、开天窗).</summary>
internal sealed class Village203 : Rule
{
    public override string Id => "land.village-203";

    public override IReadOnlyList<string> Codes => ["O16"];

    public override IReadOnlyList<string> Roles => [LayerRole.LandUse];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(LayerChecks.BaseClass(part, law, out var classes)))
            return Conclude(conditions, "O16");
        if (!conditions.Holds(InVillage(classes)) || !conditions.Holds(SiteChecks.GroundIs(part, Ground.Construction, Ground.Hardened)))
            return Conclude(conditions, "O16");
        conditions.Add(DateUnknown(part));
        return Conclude(conditions, "O16");
    }

    /// <summary>Whether the survey mapped the polygon as village land, by its class or by its settlement attribute.</summary>
    public static bool IsVillage(FeatureFacts feature, LandClass landClass) =>
        landClass.Use == LandUse.Village || feature.SettlementCode is "203" or "203A";

    private static Check InVillage(IReadOnlyList<(FeatureFacts Feature, LandClass Class)> classes)
    {
        var village = classes.Where(c => IsVillage(c.Feature, c.Class)).Select(c => c.Feature).ToList();
        return village.Count > 0
            ? new(Outcome.Yes, $"{Words.Zh(village[0])}属村庄（203）", $"{Words.En(village[0])} is village land (203)")
            {
                Features = [.. village.Select(v => v.Reference)],
            }
            : new(Outcome.No, "不在村庄（203）范围内", "not inside village land (203)");
    }

    private static Check DateUnknown(PartFacts part)
    {
        var known = SiteChecks.Answered(part, FactKeys.ConstructionDateKnown, out var answer);
        var dated = part.Site.Of(FactKeys.HistoryImageYear) ?? part.Site.Of(FactKeys.BuiltYear);
        if (answer?.Flag == false && dated is not null)
            return SiteChecks.Contradicts(
                "建设时间有无相矛盾",
                "whether the date of construction is known is contradictory",
                (Words.Zh(answer), Words.En(answer)),
                (Words.Zh(dated), Words.En(dated)),
                answer,
                dated
            );
        if (dated is not null)
            return new(Outcome.No, $"{Words.Zh(dated)}：建设时间可查", $"{Words.En(dated)}: the date is known");
        return answer is null || answer.Flag == false ? known : known with { Outcome = Outcome.No };
    }
}
