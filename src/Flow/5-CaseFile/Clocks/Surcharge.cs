using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>What an unpaid fine has grown by (加处罚款): a share of it for each day, never more than its cap.</summary>
/// <param name="Days">Days after the last day to pay, without those on which review or suit was pending.</param>
/// <param name="Fen">Hundredths of a yuan, whole, rounded half up.</param>
/// <param name="IsCapped">The cap of the law was reached.</param>
public sealed record Surcharge(int Days, long Fen, bool IsCapped, Citation Basis)
{
    private const string PerDay = "cn/administrative-penalty-law/72#surcharge_per_day";
    private const string Cap = "cn/administrative-penalty-law/72#surcharge_cap";

    /// <param name="decidedOn">Picks the law.</param>
    public static Surcharge Of(long fineFen, int days, DateOnly decidedOn, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(law);
        var on = law.AsOf(decidedOn, SelectingDate.Decision);
        var share = on.Number(PerDay);
        var grown = fineFen * share.Value * days;
        var most = fineFen * on.Number(Cap).Value;
        return new(days, (long)Math.Round(Math.Min(grown, most), MidpointRounding.AwayFromZero), grown >= most, share.Citation);
    }

    /// <summary>Of a case on a day; null without a fine, or before the last day to pay has passed.</summary>
    public static Surcharge? Of(CaseCourse course, IReadOnlyList<CaseClock> clocks, LawBook law, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(course);
        var decided = course.Last(CaseStepKind.Decided);
        var due = CaseClocks.Find(clocks, CaseClocks.Payment)?.Deadline;
        var until = course.On(CaseStepKind.Paid) ?? today;
        if (decided?.Whole(CaseDetail.FineFen) is not > 0 || due is null || due.DaysLate(until) == 0)
            return null;
        var days = Math.Max(0, due.DaysLate(until) - course.ContestedDays(until));
        return Of(decided.Whole(CaseDetail.FineFen)!.Value, days, decided.On, law);
    }
}
