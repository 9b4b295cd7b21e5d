using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>
/// The holder mines inside a valid licence area; a renewal accepted before the licence ran out counts as valid (采矿权有效).
/// </summary>
internal sealed class MiningLicence : Rule
{
    private const string Lawful = "ML1";
    private const string Renewing = "ML3";
    private const string WithoutLicence = "MI1";
    private const string Expired = "MI3";

    public override string Id => "mineral.mining-licence";

    public override IReadOnlyList<string> Codes => [Lawful, Renewing, WithoutLicence, Expired, "MI6", "MI7", "MI8"];

    public override IReadOnlyList<string> Roles => [LayerRole.MiningRight];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var mining = Activity.Is(part, Activity.Mining);
        var covers = LayerChecks.Covers(part, LayerRole.MiningRight, out var licences);
        if (mining.Outcome != Outcome.No && covers.Outcome == Outcome.Yes)
            return Best([.. licences.Select(l => AskOne(part, mining, l))]);
        var conditions = new Conditions();
        conditions.Add(mining, covers);
        return Conclude(conditions, Lawful);
    }

    private Step AskOne(PartFacts part, Check mining, FeatureFacts licence)
    {
        var conditions = new Conditions();
        conditions.Add(
            mining,
            new Check(Outcome.Yes, $"在{Words.Zh(licence)}范围内", $"inside {Words.En(licence)}") { Features = [licence.Reference] }
        );
        conditions.Add(
            MiningRights.Unblemished(part, FactKeys.LicenceIssuedWithoutPower, "MI8"),
            MiningRights.Unblemished(part, FactKeys.IllegalTransfer, "MI6"),
            MiningRights.Unblemished(part, FactKeys.Destructive, "MI7"),
            PermitTiming.Precedes(
                part,
                (Words.Zh(licence), Words.En(licence)),
                licence.Date,
                new("attribute:mining-right.date", $"{Words.Zh(licence)}的有效期起", $"first day of {Words.En(licence)}"),
                WithoutLicence
            ),
            SameMineral(part, licence)
        );
        var renewing = MiningRights.RunsAt(part, licence, Expired, out var term);
        conditions.Add(term);
        return Conclude(conditions, renewing ? Renewing : Lawful, licence.Document ?? $"{licence.LayerVersionId}#{licence.Number}");
    }

    private static Check SameMineral(PartFacts part, FeatureFacts licence)
    {
        var mined = part.Site.Of(FactKeys.Mineral);
        if (mined is null || licence.Kind is null || string.Equals(mined.Written.Trim(), licence.Kind.Trim(), StringComparison.Ordinal))
            return new(
                Outcome.Yes,
                $"没有证据表明开采矿种与{Words.Zh(licence)}不同",
                $"nothing says that another mineral than that of {Words.En(licence)} is mined"
            );
        return new(
            Outcome.No,
            $"{Words.Zh(mined)}，{Words.Zh(licence)}许可矿种为“{licence.Kind}”",
            $"{Words.En(mined)}, but {Words.En(licence)} is for \"{licence.Kind}\""
        )
        {
            Defect = WithoutLicence,
            Evidence = SiteChecks.Files(mined),
        };
    }
}
