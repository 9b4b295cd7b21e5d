namespace Weipian.Flow.Determinations;

/// <summary>A road of farming: width within the limits, outside the national road network, serving farm production (农村道路).</summary>
internal sealed class RuralRoad : Rule
{
    public override string Id => "land.rural-road";

    public override IReadOnlyList<string> Codes => ["O3"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Road)))
            return Conclude(conditions, "O3");
        conditions.Add(
            SiteChecks.FlagIs(part, FactKeys.ServesFarming, expected: true),
            SiteChecks.FlagIs(part, FactKeys.InRoadNetwork, expected: false)
        );
        var known = SiteChecks.Answered(part, FactKeys.RoadWidthMetres, out var width);
        if (width?.Number is not { } metres)
        {
            conditions.Add(known);
            return Conclude(conditions, "O3");
        }
        if (law.Region is not { } region)
        {
            conditions.Add(LawChecks.NoRegion());
            return Conclude(conditions, "O3");
        }
        conditions.Add(
            LawChecks.AtLeast(law, LawKeys.RuralRoadWidthMin(region), metres, "路宽（米）", "road width (m)"),
            LawChecks.AtMost(law, LawKeys.RuralRoadWidthMax(region), metres, "路宽（米）", "road width (m)"),
            SiteChecks.Brought(part, FactKeys.RoadWidthMetres, EvidenceKind.PhotoWidth, "可证明路宽的照片", "a photo that proves the width")
        );
        return Conclude(conditions, "O3");
    }
}
