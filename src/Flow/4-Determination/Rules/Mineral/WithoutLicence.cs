using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Mining, or exploring, where no licence of its kind covers the ground (无证).</summary>
internal sealed class WithoutLicence(string activity, string role, string code) : Rule
{
    public override string Id => $"mineral.without-{role}";

    public override IReadOnlyList<string> Codes => [code];

    public override IReadOnlyList<string> Roles => [role];

    public static WithoutLicence OfMining() => new(Activity.Mining, LayerRole.MiningRight, "MI1");

    public static WithoutLicence OfExploration() => new(Activity.Exploration, LayerRole.ExplorationRight, "MI7");

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (conditions.Holds(Activity.Is(part, activity)))
            conditions.Add([.. MineralViolation.Shown(part), LayerChecks.Outside(part, role)]);
        return Conclude(conditions, code);
    }
}
