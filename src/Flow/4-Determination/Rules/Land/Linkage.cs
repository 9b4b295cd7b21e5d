using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Inside an approved new-build plot of an increase-decrease linkage project (增减挂钩建新区).</summary>
internal sealed class Linkage : Rule
{
    public override string Id => "land.linkage";

    public override IReadOnlyList<string> Codes => ["L4", "I3"];

    public override IReadOnlyList<string> Roles => [LayerRole.LinkageNewBuild];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var covers = LayerChecks.Covers(part, LayerRole.LinkageNewBuild, out var plots);
        if (covers.Outcome == Outcome.Yes)
            return Best([.. plots.Select(p => AskOne(part, p))]);
        var conditions = new Conditions();
        conditions.Add(covers);
        return Conclude(conditions, "L4");
    }

    private Step AskOne(PartFacts part, FeatureFacts plot)
    {
        var conditions = new Conditions();
        conditions.Add(new Check(Outcome.Yes, $"被{Words.Zh(plot)}覆盖", $"covered by {Words.En(plot)}") { Features = [plot.Reference] });
        if (plot.Document is null)
            conditions.Add(LayerChecks.AttributeMissing(plot, "document", "项目区批准文号", "approval number of the project area"));
        conditions.Add(
            PermitTiming.Precedes(
                part,
                (Words.Zh(plot), Words.En(plot)),
                plot.Date,
                new("attribute:linkage-new-build.date", $"{Words.Zh(plot)}的批准时间", $"date of {Words.En(plot)}"),
                "I3"
            )
        );
        conditions.Add(SiteChecks.Answered(part, FactKeys.UseOnGround, out _));
        return Conclude(conditions, "L4", plot.Document ?? $"{plot.LayerVersionId}#{plot.Number}");
    }
}
