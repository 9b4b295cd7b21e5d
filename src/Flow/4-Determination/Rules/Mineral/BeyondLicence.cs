using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Outside the licence and touching it, by its holder (越界): of mining, of exploration.</summary>
internal sealed class BeyondLicence(string activity, string role, string code) : Rule
{
    public override string Id => $"mineral.beyond-{role}";

    public override IReadOnlyList<string> Codes => [code];

    public override IReadOnlyList<string> Roles => [role];

    public static BeyondLicence OfMining() => new(Activity.Mining, LayerRole.MiningRight, "MI2");

    public static BeyondLicence OfExploration() => new(Activity.Exploration, LayerRole.ExplorationRight, "MI8");

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var conditions = new Conditions();
        if (!conditions.Holds(Activity.Is(part, activity)))
            return Conclude(conditions, code);
        var touching = part.Around?.Touching.Where(f => f.Role == role).ToList() ?? [];
        if (touching.Count == 0)
        {
            conditions.Add(new Check(Outcome.No, "不与许可范围相接", "touches no licence area"));
            return Conclude(conditions, code);
        }
        var party = part.Site.Of(FactKeys.Party);
        var own = party is null
            ? touching[0]
            : touching.FirstOrDefault(f =>
                f.Party is null || string.Equals(f.Party.Trim(), party.Written.Trim(), StringComparison.Ordinal)
            );
        conditions.Add(
            own is not null
                ? new Check(Outcome.Yes, $"与{Words.Zh(own)}相接，超出许可范围", $"touches {Words.En(own)}, outside its area")
                {
                    Features = [own.Reference],
                    Evidence = party is null ? [] : SiteChecks.Files(party),
                }
                : new Check(
                    Outcome.No,
                    $"{Words.Zh(party!)}，不是相接许可的权利人",
                    $"{Words.En(party!)} does not hold the licence it touches"
                )
        );
        if (own is not null)
            conditions.Add(MineralViolation.Shown(part));
        return Conclude(conditions, code, own?.Document);
    }
}
