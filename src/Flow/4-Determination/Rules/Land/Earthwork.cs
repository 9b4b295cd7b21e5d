namespace Weipian.Flow.Determinations;

/// <summary>Bulldozed soil, construction not certain: on the watch list and judged again next period (推填土).</summary>
internal sealed class Earthwork : Rule
{
    public override string Id => "land.earthwork";

    public override IReadOnlyList<string> Codes => ["O7"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Earthwork)))
            return Conclude(conditions, "O7");
        conditions.Add(SiteChecks.Brought(part, FactKeys.UseOnGround, EvidenceKind.PhotoFull, "图斑全景照片", "a photo of the full patch"));
        if (part.Site.Of(FactKeys.PermanentBuilding) is { Flag: true } building)
            conditions.Add(
                SiteChecks.Contradicts(
                    "核查结果自相矛盾",
                    "what was found contradicts itself",
                    ("实地情况为推填土", "the ground shows bare soil"),
                    (Words.Zh(building), Words.En(building)),
                    building
                )
            );
        return Conclude(conditions, "O7");
    }
}
