using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>The holder explores inside a valid licence block (探矿权有效).</summary>
internal sealed class ExplorationLicence : Rule
{
    private const string Lawful = "ML3";
    private const string WithoutLicence = "MI7";

    public override string Id => "mineral.exploration-licence";

    public override IReadOnlyList<string> Codes => [Lawful, WithoutLicence, "MI9", "MI10", "MI12"];

    public override IReadOnlyList<string> Roles => [LayerRole.ExplorationRight];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var exploring = Activity.Is(part, Activity.Exploration);
        var covers = LayerChecks.Covers(part, LayerRole.ExplorationRight, out var licences);
        if (exploring.Outcome != Outcome.No && covers.Outcome == Outcome.Yes)
            return Best([.. licences.Select(l => AskOne(part, exploring, l))]);
        var conditions = new Conditions();
        conditions.Add(exploring, covers);
        return Conclude(conditions, Lawful);
    }

    private Step AskOne(PartFacts part, Check exploring, FeatureFacts licence)
    {
        var conditions = new Conditions();
        conditions.Add(
            exploring,
            new Check(Outcome.Yes, $"在{Words.Zh(licence)}范围内", $"inside {Words.En(licence)}") { Features = [licence.Reference] }
        );
        conditions.Add(
            MiningRights.Unblemished(part, FactKeys.LicenceIssuedWithoutPower, "MI12"),
            MiningRights.Unblemished(part, FactKeys.IllegalTransfer, "MI9"),
            MiningRights.Unblemished(part, FactKeys.OtherMineralViolation, "MI10"),
            PermitTiming.Precedes(
                part,
                (Words.Zh(licence), Words.En(licence)),
                licence.Date,
                new("attribute:exploration-right.date", $"{Words.Zh(licence)}的有效期起", $"first day of {Words.En(licence)}"),
                WithoutLicence
            )
        );
        MiningRights.RunsAt(part, licence, WithoutLicence, out var term);
        conditions.Add(term);
        return Conclude(conditions, Lawful, licence.Document ?? $"{licence.LayerVersionId}#{licence.Number}");
    }
}
