using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Restoration inside an approved project, in its term (生态修复、矿山修复).</summary>
internal sealed class Restoration : Rule
{
    public override string Id => "land.restoration";

    public override IReadOnlyList<string> Codes => ["O14"];

    public override IReadOnlyList<string> Roles => [LayerRole.RestorationProject];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(SiteChecks.GroundIs(part, Ground.Restoration)))
            return Conclude(conditions, "O14");
        if (!conditions.Holds(LayerChecks.Covers(part, LayerRole.RestorationProject, out var projects)))
            return Conclude(conditions, "O14");
        conditions.Add(RestorationTerm.InTerm(part, projects));
        return Conclude(conditions, "O14", projects[0].Document);
    }
}

/// <summary>Is a restoration project in its term at the image after?</summary>
internal static class RestorationTerm
{
    public static Check InTerm(PartFacts part, IReadOnlyList<FeatureFacts> projects)
    {
        if (part.Patch.After is not { } after)
            return PermitTiming.NoImageDate("after", "后时相", "date of the image after");
        if (projects.FirstOrDefault(p => p.Date is not null) is not { } dated)
            return LayerChecks.AttributeMissing(projects[0], "date", "批准时间", "date");
        var running = projects.FirstOrDefault(p => p.Date <= after && (p.Expiry is null || after <= p.Expiry));
        return running is not null
            ? new(Outcome.Yes, $"{Words.Zh(running)}在期内", $"{Words.En(running)} is in its term")
            : new(
                Outcome.No,
                $"{Words.Zh(dated)}在后时相 {Words.Of(after)} 不在期内",
                $"{Words.En(dated)} is not in its term at the image of {Words.Of(after)}"
            );
    }
}
