namespace Weipian.Flow.Determinations;

/// <summary>Military or secret land: no attributes are kept, only a note (特殊用地).</summary>
internal sealed class Military : Rule
{
    public override string Id => "land.military";

    public override IReadOnlyList<string> Codes => ["O9"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        conditions.Holds(SiteChecks.Asserted(part, FactKeys.Military));
        return Conclude(conditions, "O9");
    }
}
