namespace Weipian.Flow.Determinations;

/// <summary>Land destroyed by a disaster, with the county's proof (灾毁).</summary>
internal sealed class DisasterLand : Rule
{
    public override string Id => "land.disaster";

    public override IReadOnlyList<string> Codes => ["O15"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(SiteChecks.GroundIs(part, Ground.Disaster)))
            conditions.Add(SiteChecks.Answered(part, FactKeys.DisasterProofNumber, out _));
        return Conclude(conditions, "O15", part.Site.Of(FactKeys.DisasterProofNumber)?.Written);
    }
}
