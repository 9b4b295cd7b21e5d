using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>
/// The holder mines inside a valid licence area; a renewal accepted before the licence ran out counts as valid (采矿权有效). Where the
/// mining is lawful and its land is not, the patch goes to the tree of land.
/// </summary>
internal sealed class MiningLicence : Rule
{
    private const string Lawful = "ML1";
    private const string Renewing = "ML2";
    private const string LandUnlawful = "MO4";
    private const string WithoutLicence = "MI1";
    private const string Expired = "MI3";

    public override string Id => "mineral.mining-licence";

    public override IReadOnlyList<string> Codes =>
        [Lawful, Renewing, LandUnlawful, WithoutLicence, Expired, "MI4", "MI5", "MI6", "MI11", "MI12"];

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
            MiningRights.Unblemished(part, FactKeys.LicenceIssuedWithoutPower, "MI12"),
            MiningRights.Unblemished(part, FactKeys.IllegalTransfer, "MI4"),
            MiningRights.Unblemished(part, FactKeys.Destructive, "MI5"),
            MiningRights.Unblemished(part, FactKeys.CompensationFeeUnpaid, "MI11"),
            MiningRights.Unblemished(part, FactKeys.OtherMineralViolation, "MI6"),
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
        var landUnlawful = part.Site.Of(FactKeys.MineLandLegal)?.Flag == false;
        return Conclude(
            conditions,
            landUnlawful ? LandUnlawful
                : renewing ? Renewing
                : Lawful,
            licence.Document ?? $"{licence.LayerVersionId}#{licence.Number}"
        );
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
