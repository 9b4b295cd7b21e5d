namespace Weipian.Flow.Determinations;

/// <summary>Approved by an authority without power (非法批地).</summary>
internal sealed class ApprovedWithoutPower : Rule
{
    public override string Id => "land.approved-without-power";

    public override IReadOnlyList<string> Codes => ["I2"];

    public override bool IsFoundByItself => true;

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.Asserted(part, FactKeys.ApprovedWithoutPower)))
            return Conclude(conditions, "I2");
        conditions.Add(SiteChecks.Answered(part, FactKeys.ApprovalDocument, out var document));
        conditions.Add(ShownViolation.Of(part));
        return Conclude(conditions, "I2", document?.Written);
    }
}
