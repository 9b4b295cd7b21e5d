namespace Weipian.Flow.Determinations;

/// <summary>The site shows the same use as before: tarpaulin, crop rotation, an artefact of the image (伪变化).</summary>
internal sealed class Unchanged : Rule
{
    public override string Id => "land.unchanged";

    public override IReadOnlyList<string> Codes => ["O1"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(SiteChecks.GroundIs(part, Ground.Unchanged, Ground.Field)))
            conditions.Add(
                SiteChecks.Brought(part, FactKeys.UseOnGround, EvidenceKind.PhotoFull, "图斑全景照片", "a photo of the full patch")
            );
        return Conclude(conditions, "O1");
    }
}
