namespace Weipian.Flow.Determinations;

/// <summary>Oilfield well sites and other special programmes by their own documents (油田/特殊专项).</summary>
internal sealed class Oilfield : Rule
{
    public override string Id => "land.oilfield";

    public override IReadOnlyList<string> Codes => ["L9"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(SiteChecks.DocumentBrought(part, FactKeys.OilfieldDocument, out var document)))
            conditions.Add(SiteChecks.GroundIs(part, Ground.Construction, Ground.Mining));
        return Conclude(conditions, "L9", document?.Written);
    }
}
