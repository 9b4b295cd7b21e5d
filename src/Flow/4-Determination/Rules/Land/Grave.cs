namespace Weipian.Flow.Determinations;

/// <summary>An earth grave that was there before (土坟).</summary>
internal sealed class Grave : Rule
{
    public override string Id => "land.grave";

    public override IReadOnlyList<string> Codes => ["O11"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Grave)))
            return Conclude(conditions, "O11");
        conditions.Add(
            SiteChecks.FlagIs(part, FactKeys.GraveExisting, expected: true),
            SiteChecks.Brought(part, FactKeys.UseOnGround, EvidenceKind.PhotoFull, "照片", "a photo")
        );
        return Conclude(conditions, "O11");
    }
}
