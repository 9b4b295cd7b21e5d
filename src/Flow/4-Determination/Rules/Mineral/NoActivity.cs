namespace Weipian.Flow.Determinations;

/// <summary>No exploration or mining at the patch and around it in the year (伪变化).</summary>
internal sealed class NoActivity : Rule
{
    public override string Id => "mineral.no-activity";

    public override IReadOnlyList<string> Codes => ["MO1"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(Activity.Is(part, Activity.None)))
            conditions.Add(
                SiteChecks.Brought(part, FactKeys.MiningActivity, EvidenceKind.PhotoFull, "图斑全景照片", "a photo of the full patch")
            );
        return Conclude(conditions, "MO1");
    }
}
