namespace Weipian.Flow.Determinations;

/// <summary>A patch that is nothing but a thin residual: it has no other part to go to (边角细缝).</summary>
internal sealed class Sliver : Rule
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
                    "面积或平均宽度低于细碎图形的界限，且图斑没有其他部分可以归并",
                    "below the sliver line of area or mean width, with no other part of the patch to join"
                )
                {
                    Law = around.SliverLaw,
                }
                : new Check(Outcome.No, "不是边角细缝", "no sliver")
        );
        return Conclude(conditions, "O10");
    }
}
