using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Cultivated land destroyed: landscape lake, soil taken, hardened, enclosed and piled up (破坏耕地).</summary>
internal sealed class FarmlandDestroyed : Rule
{
    public override string Id => "land.farmland-destroyed";

    public override IReadOnlyList<string> Codes => ["I9"];

    public override bool IsFoundByItself => true;

    public override IReadOnlyList<string> Roles => [LayerRole.LandUse];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Hardened, Ground.Storage, Ground.Lake, Ground.SoilTaking, Ground.Pond)))
            return Conclude(conditions, "I9");
        if (!conditions.Holds(LayerChecks.BaseClass(part, law, out var classes)))
            return Conclude(conditions, "I9");
        if (!conditions.Holds(Cultivated(classes)))
            return Conclude(conditions, "I9");
        conditions.Add(SiteChecks.FlagIs(part, FactKeys.PloughLayerDestroyed, expected: true));
        conditions.Add(ShownViolation.Of(part).Where(c => c.Missing.All(m => m.What != "answer:use_on_ground")));
        return Conclude(conditions, "I9");
    }

    private static Check Cultivated(IReadOnlyList<(FeatureFacts Feature, Law.LandClass Class)> classes) =>
        classes.Any(c => c.Class.IsCultivated)
            ? new(Outcome.Yes, "变化前为耕地", "cultivated land before the change")
            : new(Outcome.No, "变化前不是耕地", "no cultivated land before the change");
}
