using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Outside the approved boundary and touching the approved parcel of the same project (超占); otherwise it is occupation.</summary>
internal sealed class BeyondBoundary : Rule
{
    private static readonly string[] Approving = [LayerRole.Approval, LayerRole.LinkageNewBuild, LayerRole.AdvanceUse];

    public override string Id => "land.beyond-boundary";

    public override IReadOnlyList<string> Codes => ["I5"];

    public override IReadOnlyList<string> Roles => Approving;

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        var touching = part.Around?.Touching.Where(f => Approving.Contains(f.Role)).ToList() ?? [];
        if (touching.Count == 0)
        {
            conditions.Add(new Check(Outcome.No, "不与已批准的地块相接", "touches no approved parcel"));
            return Conclude(conditions, "I5");
        }
        var same = SameProject(part, touching, out var check);
        if (!conditions.Holds(check))
            return Conclude(conditions, "I5");
        conditions.Add(ShownViolation.Of(part));
        return Conclude(conditions, "I5", same?.Document);
    }

    /// <summary>
    /// One patch shows one change: what touches the approved parcel belongs to its project unless the site names another. Both ways the
    /// use is unlawful; the name only chooses between two rows.
    /// </summary>
    private static FeatureFacts? SameProject(PartFacts part, List<FeatureFacts> touching, out Check check)
    {
        var name = part.Site.Of(FactKeys.ProjectName);
        var same = name is null
            ? touching[0]
            : touching.FirstOrDefault(f => f.ProjectName is null || string.Equals(f.ProjectName, name.Written, StringComparison.Ordinal));
        check = same is not null
            ? new(
                Outcome.Yes,
                $"与{Words.Zh(same)}相接，同一项目：超出批准范围",
                $"touches {Words.En(same)}, the same project: beyond its boundary"
            )
            {
                Features = [same.Reference],
                Evidence = name is null ? [] : SiteChecks.Files(name),
            }
            : new(
                Outcome.No,
                $"{Words.Zh(name!)}，与相接的已批准项目不同",
                $"{Words.En(name!)}: another project than the approved one it touches"
            );
        return same;
    }
}
