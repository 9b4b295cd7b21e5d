namespace Weipian.Flow.Determinations;

/// <summary>Used without a valid chain of permits (非法占地): every layer was consulted, nothing makes it lawful.</summary>
internal sealed class Occupation : Rule
{
    public override string Id => "land.occupation";

    public override IReadOnlyList<string> Codes => ["I1"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        conditions.Add(ShownViolation.Of(part));
        if (conditions.Outcome == Outcome.Yes)
            conditions.Add(
                new Check(Outcome.Yes, "以上各项均不成立：没有有效用地手续", "none of the above holds: no valid title to the land")
            );
        return Conclude(conditions, "I1");
    }
}
