namespace Weipian.Flow.Determinations;

/// <summary>Hydraulic works, slope protection, pipe galleries, viaducts, power facilities, with their plan figure (附属构筑物).</summary>
internal sealed class AncillaryWorks : Rule
{
    public override string Id => "land.ancillary-works";

    public override IReadOnlyList<string> Codes => ["O13"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Structure)))
            return Conclude(conditions, "O13");
        conditions.Add(
            SiteChecks.Answered(part, FactKeys.StructureKind, out _),
            SiteChecks.Answered(part, FactKeys.PlanFigureNumber, out var figure)
        );
        return Conclude(conditions, "O13", figure?.Written);
    }
}
