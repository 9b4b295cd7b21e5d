namespace Weipian.Flow.Determinations;

/// <summary>Sand, stone or earth taken for ordinary works, without the marks of mining (砂石取土).</summary>
internal sealed class SandAndSoil : Rule
{
    public override string Id => "mineral.sand-and-soil";

    public override IReadOnlyList<string> Codes => ["MO5"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(Activity.Is(part, Activity.SandOrSoil)))
            conditions.Add(
                SiteChecks.Brought(part, FactKeys.MiningActivity, EvidenceKind.PhotoFull, "图斑全景照片", "a photo of the full patch")
            );
        return Conclude(conditions, "MO5");
    }
}
