namespace Weipian.Flow.Determinations;

/// <summary>Military land: false change with the note 特殊用地, no attributes.</summary>
internal sealed class MineralMilitary : Rule
{
    public override string Id => "mineral.military";

    public override IReadOnlyList<string> Codes => ["MO1"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        conditions.Holds(SiteChecks.Asserted(part, FactKeys.Military));
        return Conclude(conditions, "MO1", deciding: null, "特殊用地");
    }
}
