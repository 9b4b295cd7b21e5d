using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Approved temporary land (临时用地), in its term at the image after and at the visit, with no lasting building.</summary>
internal sealed class Temporary : Rule
{
    private const string Lawful = "O4";
    private const string Unlawful = "I7";

    /// <summary>The land is no longer used: what expired has been given back.</summary>
    private static readonly string[] GivenBack = [Ground.Unchanged, Ground.Field, Ground.Restoration, Ground.Orchard, Ground.Forest];

    public override string Id => "land.temporary";

    public override IReadOnlyList<string> Codes => [Lawful, Unlawful];

    public override IReadOnlyList<string> Roles => [LayerRole.TemporaryLand];

    public override Step Ask(PartFacts part, RuleLaw law)
    {
        var covers = LayerChecks.Covers(part, LayerRole.TemporaryLand, out var permits);
        if (covers.Outcome == Outcome.Yes)
            return Best([.. permits.Select(p => AskOne(part, law, p))]);
        var conditions = new Conditions();
        conditions.Add(covers);
        return Conclude(conditions, Lawful);
    }

    private Step AskOne(PartFacts part, RuleLaw law, FeatureFacts permit)
    {
        var conditions = new Conditions();
        conditions.Add(
            new Check(Outcome.Yes, $"被{Words.Zh(permit)}覆盖", $"covered by {Words.En(permit)}") { Features = [permit.Reference] }
        );
        var deciding = permit.Document ?? $"{permit.LayerVersionId}#{permit.Number}";
        if (permit.Date is not { } start)
        {
            conditions.Add(LayerChecks.AttributeMissing(permit, "date", "起始日期", "first day"));
            return Conclude(conditions, Lawful, deciding);
        }
        if (permit.Expiry is not { } end)
        {
            conditions.Add(LayerChecks.AttributeMissing(permit, "expiry", "截止日期", "last day"));
            return Conclude(conditions, Lawful, deciding);
        }
        conditions.Add(LongestTerm(law, permit, start, end));
        if (part.Patch.After is { } after)
            conditions.Add(InTerm(permit, start, end, after, "后时相", "image after"));
        else
            conditions.Add(PermitTiming.NoImageDate("after", "后时相", "date of the image after"));
        conditions.Add(OnTheDayOfVisit(part, permit, start, end));
        conditions.Add(
            SiteChecks.FlagIs(part, FactKeys.PermanentBuilding, expected: false, Unlawful),
            UseMatch.Agrees(part, law, [permit], Unlawful)
        );
        return Conclude(conditions, Lawful, deciding);
    }

    private static Check InTerm(FeatureFacts permit, DateOnly start, DateOnly end, DateOnly day, string zh, string en)
    {
        var early = start.DayNumber - day.DayNumber;
        var late = day.DayNumber - end.DayNumber;
        var inside = early <= 0 && late <= 0;
        return new(
            inside ? Outcome.Yes : Outcome.No,
            $"{Words.Zh(permit)}期限 {Words.Of(start)} 至 {Words.Of(end)}，{zh} {Words.Of(day)} "
                + (
                    inside ? "在期内"
                    : early > 0 ? "尚未开始"
                    : "已到期"
                ),
            $"{Words.En(permit)} runs from {Words.Of(start)} to {Words.Of(end)}; {en} {Words.Of(day)}: "
                + (
                    inside ? "in its term"
                    : early > 0 ? "not yet valid"
                    : "expired"
                )
        )
        {
            Defect = inside ? null : Unlawful,
            Shortfall = inside ? null : new(Math.Max(early, late), "day"),
        };
    }

    private static Check OnTheDayOfVisit(PartFacts part, FeatureFacts permit, DateOnly start, DateOnly end)
    {
        var known = SiteChecks.Answered(part, FactKeys.UseOnGround, out var ground);
        if (ground is null)
            return known;
        var check = InTerm(permit, start, end, ground.Visit.VisitedOn, "核查日", "day of the visit");
        if (check.Outcome == Outcome.No && GivenBack.Contains(ground.Written))
            return known with { Zh = $"{check.Zh}；{Words.Zh(ground)}：已恢复", En = $"{check.En}; {Words.En(ground)}: given back" };
        return check with { Evidence = SiteChecks.Files(ground) };
    }

    private static Check LongestTerm(RuleLaw law, FeatureFacts permit, DateOnly start, DateOnly end)
    {
        if (law.Years(LawKeys.TemporaryTerm) is not { } years)
            return LawChecks.NoValue(LawKeys.TemporaryTerm);
        var latest = start.AddYears((int)years.Value);
        return end <= latest
            ? new(
                Outcome.Yes,
                $"{Words.Zh(permit)}期限不超过 {Words.Of(years.Value)} 年",
                $"the term of {Words.En(permit)} is not above {Words.Of(years.Value)} years"
            )
            {
                Law = [years.Use],
            }
            : new(
                Outcome.No,
                $"{Words.Zh(permit)}期限至 {Words.Of(end)}，超过 {Words.Of(years.Value)} 年（至 {Words.Of(latest)}）",
                $"{Words.En(permit)} runs to {Words.Of(end)}, beyond {Words.Of(years.Value)} years ({Words.Of(latest)})"
            )
            {
                Defect = Unlawful,
                Shortfall = new(end.DayNumber - latest.DayNumber, "day"),
                Law = [years.Use],
            };
    }
}
