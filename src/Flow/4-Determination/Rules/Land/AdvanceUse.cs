using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>
/// Inside an approved advance-use boundary (先行用地), approved before works started, and not expired at the image after, or the main
/// application lodged before it expired.
/// </summary>
internal sealed class AdvanceUse : Rule
{
    private const string Lawful = "L5";
    private const string WithoutApproval = "I3";

    public override string Id => "land.advance-use";

    public override IReadOnlyList<string> Codes => [Lawful, WithoutApproval];

    public override IReadOnlyList<string> Roles => [LayerRole.AdvanceUse];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var covers = LayerChecks.Covers(part, LayerRole.AdvanceUse, out var permits);
        if (covers.Outcome == Outcome.Yes)
            return Best([.. permits.Select(p => AskOne(part, p))]);
        var conditions = new Conditions();
        conditions.Add(covers);
        return Conclude(conditions, Lawful);
    }

    private Step AskOne(PartFacts part, FeatureFacts permit)
    {
        var conditions = new Conditions();
        conditions.Add(
            new Check(Outcome.Yes, $"被{Words.Zh(permit)}覆盖", $"covered by {Words.En(permit)}") { Features = [permit.Reference] }
        );
        conditions.Add(
            PermitTiming.Precedes(
                part,
                (Words.Zh(permit), Words.En(permit)),
                permit.Date,
                new("attribute:advance-use.date", $"{Words.Zh(permit)}的批准时间", $"date of {Words.En(permit)}"),
                WithoutApproval
            )
        );
        conditions.Add(InTermOrLodged(part, permit));
        conditions.Add(SiteChecks.Answered(part, FactKeys.UseOnGround, out _));
        return Conclude(conditions, Lawful, permit.Document ?? $"{permit.LayerVersionId}#{permit.Number}");
    }

    private static Check InTermOrLodged(PartFacts part, FeatureFacts permit)
    {
        if (permit.Expiry is not { } expiry)
            return LayerChecks.AttributeMissing(permit, "expiry", "有效期", "term");
        if (part.Patch.After is not { } after)
            return PermitTiming.NoImageDate("after", "后时相", "date of the image after");
        if (after <= expiry)
            return new(
                Outcome.Yes,
                $"{Words.Zh(permit)}有效期至 {Words.Of(expiry)}，后时相 {Words.Of(after)} 在期内",
                $"{Words.En(permit)} runs to {Words.Of(expiry)}; the image of {Words.Of(after)} lies in its term"
            );
        var known = SiteChecks.Answered(part, FactKeys.MainApplicationLodgedOn, out var lodged);
        if (lodged?.Day is not { } day)
            return known;
        var late = day > expiry;
        return known with
        {
            Outcome = late ? Outcome.No : Outcome.Yes,
            Defect = late ? WithoutApproval : null,
            Shortfall = late ? new(day.DayNumber - expiry.DayNumber, "day") : null,
            Zh = $"{Words.Zh(permit)}有效期至 {Words.Of(expiry)}，{Words.Zh(lodged)}：{(late ? "逾期报批" : "期内已报批")}",
            En = $"{Words.En(permit)} ran to {Words.Of(expiry)}, {Words.En(lodged)}: {(late ? "too late" : "lodged in time")}",
        };
    }
}
