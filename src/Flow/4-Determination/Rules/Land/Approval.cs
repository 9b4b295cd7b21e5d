using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>
/// Inside an approved conversion or expropriation boundary, approved before works started, supplied where the use asks for it, and used
/// as approved (批准用地). Supply is asked before legality is concluded: converted but not supplied is 未供即用.
/// </summary>
internal sealed class Approval : Rule
{
    private const string Lawful = "L1";
    private const string OfFormerYear = "L6";
    private const string BeforeApproval = "I3";
    private const string NotSupplied = "I4";
    private const string OtherUse = "I6";

    public override string Id => "land.approval";

    public override IReadOnlyList<string> Codes => [Lawful, OfFormerYear, BeforeApproval, NotSupplied, OtherUse];

    public override IReadOnlyList<string> Roles => [LayerRole.Approval, LayerRole.Supply];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var covers = LayerChecks.Covers(part, LayerRole.Approval, out var approvals);
        if (covers.Outcome == Outcome.Yes)
            return Best([.. approvals.Select(a => AskOne(part, law, a))]);
        var conditions = new Conditions();
        conditions.Add(covers);
        return Conclude(conditions, Lawful);
    }

    private Step AskOne(PartFacts part, RuleLaw law, FeatureFacts approval)
    {
        var conditions = new Conditions();
        conditions.Add(
            new Check(Outcome.Yes, $"被{Words.Zh(approval)}覆盖", $"covered by {Words.En(approval)}") { Features = [approval.Reference] }
        );
        conditions.Add(WithoutPower(part, approval));
        conditions.Add(
            PermitTiming.Precedes(
                part,
                (Words.Zh(approval), Words.En(approval)),
                approval.Date,
                new("attribute:approval.date", $"{Words.Zh(approval)}的批准时间", $"date of {Words.En(approval)}"),
                BeforeApproval
            )
        );
        conditions.Add(Supplied(part, law, approval));
        conditions.Add(UseMatch.Agrees(part, law, [approval, .. part.CoveredBy(LayerRole.Supply)], OtherUse));
        var formerYear = approval.Date?.Year < part.Patch.ProgrammeYear;
        return Conclude(
            conditions,
            formerYear && law.HasVerdict(OfFormerYear) ? OfFormerYear : Lawful,
            approval.Document ?? $"{approval.LayerVersionId}#{approval.Number}",
            formerYear ? ["PJ"] : []
        );
    }

    private static IEnumerable<Check> WithoutPower(PartFacts part, FeatureFacts approval)
    {
        var said = part.Site.Of(FactKeys.ApprovedWithoutPower);
        if (part.Site.IsIllegible(FactKeys.ApprovedWithoutPower))
            return [SiteChecks.Answered(part, FactKeys.ApprovedWithoutPower, out _)];
        if (said?.Flag != true)
            return [];
        return
        [
            SiteChecks.Contradicts(
                "批准的效力有矛盾",
                "the force of the approval is in doubt",
                ($"{Words.Zh(approval)}在审批图层中有效", $"{Words.En(approval)} stands in the layer of approvals"),
                (Words.Zh(said), Words.En(said)),
                said
            ),
        ];
    }

    private static Check Supplied(PartFacts part, RuleLaw law, FeatureFacts approval)
    {
        var needed = UseMatch.NeedsSupply(part, law, approval, out var use);
        if (needed == false)
            return new(Outcome.Yes, $"用途“{use}”不需要供地", $"the use \"{use}\" asks for no supply");
        var covers = LayerChecks.Covers(part, LayerRole.Supply, out var supplies);
        if (covers.Outcome == Outcome.Unknown)
            return covers;
        if (supplies.Count == 0)
            return needed is null
                ? covers with
                {
                    Outcome = Outcome.Unknown,
                    Zh = covers.Zh + "；用途不明，是否需要供地不能认定",
                    En = covers.En + "; the use is not known, so whether it asks for supply is not either",
                    Missing = [SiteChecks.Ask(FactKeys.ActualUse)],
                }
                : covers with
                {
                    Defect = NotSupplied,
                    Zh = covers.Zh + "：已转用未供地即使用",
                    En = covers.En + ": converted, not supplied, and used",
                };
        return supplies
            .Select(s =>
                PermitTiming.Precedes(
                    part,
                    (Words.Zh(s), Words.En(s)),
                    s.Date,
                    new("attribute:supply.date", $"{Words.Zh(s)}的供地时间", $"date of {Words.En(s)}"),
                    NotSupplied
                ) with
                {
                    Features = [s.Reference],
                }
            )
            .OrderBy(c =>
                c.Outcome == Outcome.Yes ? 0
                : c.Outcome == Outcome.Unknown ? 1
                : 2
            )
            .First();
    }
}
