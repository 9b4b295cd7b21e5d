namespace Weipian.Flow.Determinations;

/// <summary>Reform pilots: mining land, low-hill gentle-slope land (改革试点).</summary>
internal sealed class Pilot : Rule
{
    public override string Id => "land.pilot";

    public override IReadOnlyList<string> Codes => ["L10"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(SiteChecks.DocumentBrought(part, FactKeys.PilotDocument, out var document)))
            conditions.Add(SiteChecks.GroundIs(part, Ground.Construction, Ground.Mining));
        return Conclude(conditions, "L10", document?.Written);
    }
}
