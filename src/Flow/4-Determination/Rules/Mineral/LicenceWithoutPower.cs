namespace Weipian.Flow.Determinations;

/// <summary>The licence that was shown came from an authority without power, and no valid right covers the part (违法发证).</summary>
internal sealed class LicenceWithoutPower : Rule
{
    public override string Id => "mineral.licence-without-power";

    public override IReadOnlyList<string> Codes => ["MI12"];

    public override bool IsFoundByItself => true;

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(SiteChecks.Asserted(part, FactKeys.LicenceIssuedWithoutPower)))
            conditions.Add(MineralViolation.Shown(part));
        return Conclude(conditions, "MI12");
    }
}
