namespace Weipian.Flow.Determinations;

/// <summary>A thin residual that borders on nothing (边角细缝), as the first edition judged it: a parcel of its own.</summary>
/// <remarks>Kept for the verdicts that were sealed by it.</remarks>
internal sealed class SliverAlone : Rule
{
    public override string Id => "land.sliver";

    public override IReadOnlyList<string> Codes => ["O10"];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        conditions.Add(
            part.Around is { IsSliver: true } around
                ? new Check(
                    Outcome.Yes,
                    "面积或平均宽度低于细碎图形的界限，且没有相邻部分可以归并",
                    "below the sliver line of area or mean width, with no neighbour to join"
                )
                {
                    Law = around.SliverLaw,
                }
                : new Check(Outcome.No, "不是边角细缝", "no sliver")
        );
        return Conclude(conditions, "O10");
    }
}
