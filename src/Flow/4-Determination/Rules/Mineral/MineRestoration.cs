using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Restoration inside an approved project, in its term (治理修复).</summary>
internal sealed class MineRestoration : Rule
{
    public override string Id => "mineral.restoration";

    public override IReadOnlyList<string> Codes => ["MO2"];

    public override IReadOnlyList<string> Roles => [LayerRole.RestorationProject];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(Activity.Is(part, Activity.Restoration)))
            return Conclude(conditions, "MO2");
        if (conditions.Holds(LayerChecks.Covers(part, LayerRole.RestorationProject, out var projects)))
            conditions.Add(RestorationTerm.InTerm(part, projects));
        return Conclude(conditions, "MO2", projects.Count > 0 ? projects[0].Document : null);
    }
}
