using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Farmland turned to orchard, forest or pond without construction (农业结构调整).</summary>
/// <remarks>
/// The trees of 2018 and 2019 hold no row for it on permanent basic farmland: there the rule says that a person must decide.
/// </remarks>
internal sealed class Restructuring : Rule
{
    public override string Id => "land.restructuring";

    public override IReadOnlyList<string> Codes => ["O5"];

    public override IReadOnlyList<string> Roles => [LayerRole.PermanentFarmland];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Orchard, Ground.Forest, Ground.Pond)))
            return Conclude(conditions, "O5");
        conditions.Add(
            SiteChecks.FlagIs(part, FactKeys.PermanentBuilding, expected: false),
            SiteChecks.FlagIs(part, FactKeys.PloughLayerDestroyed, expected: false),
            SiteChecks.Brought(part, FactKeys.UseOnGround, EvidenceKind.PhotoFull, "图斑全景照片", "a photo of the full patch"),
            OffPermanentFarmland(part)
        );
        return Conclude(conditions, "O5");
    }

    private static Check OffPermanentFarmland(PartFacts part)
    {
        var outside = LayerChecks.Outside(part, LayerRole.PermanentFarmland);
        return outside.Outcome != Outcome.No
            ? outside
            : outside with
            {
                Outcome = Outcome.Unknown,
                Zh = outside.Zh + "；本期判定目录没有永久基本农田上结构调整的条目，须由人认定",
                En = outside.En + "; the tree of this period has no row for it on permanent basic farmland: a person must decide",
                Missing = [new("law:reading", "永久基本农田上农业结构调整的认定", "a reading for restructuring on permanent farmland")],
            };
    }
}
