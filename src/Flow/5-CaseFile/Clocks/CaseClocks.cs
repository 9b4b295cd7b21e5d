using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>Every clock of a case, from what has happened so far. Pure: the same course and the same law give the same days.</summary>
/// <remarks>
/// No number stands here: each length of time is a value of <c>law/</c> with its article. Where two texts disagree both are shown; the
/// stricter one warns.
/// </remarks>
public static class CaseClocks
{
    public const string Filing = "filing";
    public const string CloseZibo = "close-zibo";
    public const string Decision = "decision";
    public const string DecisionPenaltyLaw = "decision-penalty-law";
    public const string Statement = "statement";
    public const string HearingRequest = "hearing-request";
    public const string HearingNotice = "hearing-notice";
    public const string Service = "service";
    public const string Payment = "payment";
    public const string Reconsideration = "reconsideration";
    public const string Suit = "suit";
    public const string SuitAfterReview = "suit-after-review";
    public const string Demand = "demand";
    public const string CourtByCoercionLaw = "court-coercion-law";
    public const string CourtByInterpretation = "court-interpretation";
    public const string CourtAcceptance = "court-acceptance";
    public const string CourtRuling = "court-ruling";
    public const string HandOver = "hand-over";
    public const string MajorReport = "major-report";

    private const string FilingDays = "cn/natural-resources-penalty-measures/filing#filing_days_max";
    private const string ZiboDays = "cn/zibo-land-supervision-regulation/18#close_days_max";
    private const string ZiboExtension = "cn/zibo-land-supervision-regulation/18#extension_days_max";
    private const string DecisionDays = "cn/natural-resources-penalty-measures/decision#decision_days_max";
    private const string DecisionExtension = "cn/natural-resources-penalty-measures/decision#extension_days_max";
    private const string PenaltyLawDays = "cn/administrative-penalty-law/60#decision_days_max";
    private const string StatementDays = "cn/natural-resources-penalty-measures/notice#statement_days";
    private const string HearingRequestDays = "cn/administrative-penalty-law/64#hearing_request_days";
    private const string HearingNoticeDays = "cn/administrative-penalty-law/64#hearing_notice_days_min";
    private const string ServiceDays = "cn/administrative-penalty-law/61#service_days_max";
    private const string PayDays = "cn/administrative-penalty-law/67#pay_days";
    private const string ReconsiderationDays = "cn/administrative-reconsideration-law/application#application_days";
    private const string DemolitionSuitDays = "cn/land-administration-law/83#demolition_suit_days";
    private const string SuitMonths = "cn/administrative-litigation-law/46#suit_months";
    private const string SuitAfterReviewDays = "cn/administrative-litigation-law/45#suit_after_review_days";
    private const string DemandDays = "cn/administrative-coercion-law/54#demand_days_min";
    private const string CourtMonths = "cn/administrative-coercion-law/53#court_application_months_max";
    private const string CourtMonthsFromSuit = "cn/litigation-interpretation-2018/156#court_application_months_max";
    private const string AcceptanceDays = "cn/administrative-coercion-law/56#acceptance_days_max";
    private const string RulingDays = "cn/administrative-coercion-law/57#ruling_days_max";
    private const string HandOverDays = "cn/land-administration-law-regulation/58#handover_days_max";
    private const string ReportDays = "cn/ministry-case-guide-2016/report#report_days_max";
    private const string ReportFarmland = "cn/ministry-case-guide-2016/report#permanent_farmland_min";
    private const string ReportCultivated = "cn/ministry-case-guide-2016/report#other_farmland_min";

    /// <summary>All clocks that have started, in the order of the case.</summary>
    public static IReadOnlyList<CaseClock> Of(CaseCourse course, LawBook law, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(law);
        return
        [
            FilingOf(course, law),
            .. course.FiledOn is { } filed ? Deciding(course, filed, law, today) : [],
            .. course.On(CaseStepKind.NoticeServed) is { } noticed ? Noticed(course, noticed, law) : [],
            .. course.Last(CaseStepKind.Decided) is { } decided ? Decided(course, decided, law) : [],
            .. course.On(CaseStepKind.DecisionServed) is { } served ? Served(course, served, law) : [],
            .. Court(course, law),
        ];
    }

    /// <summary>A case is opened within so many working days after the facts were verified.</summary>
    public static CaseClock FilingOf(CaseCourse course, LawBook law) =>
        After(Filing, course.VerifiedOn, FilingDays, SelectingDate.Event, law, course.FiledOn);

    /// <summary>Cases of these areas are reported to the government and the superior; null when the violation is smaller.</summary>
    public static CaseClock? MajorReportOf(Violation violation, DateOnly verifiedOn, DateOnly? reportedOn, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(violation);
        ArgumentNullException.ThrowIfNull(law);
        var on = law.AsOf(verifiedOn, SelectingDate.Event);
        var farmland = new SquareMetres(violation.PermanentFarmlandSquareMetres);
        var other = CrimeLines.OrdinaryCultivated(violation);
        var isMajor =
            (on.IsSet(ReportFarmland) && on.Area(ReportFarmland).Value.IsReachedBy(farmland))
            || (on.IsSet(ReportCultivated) && on.Area(ReportCultivated).Value.IsReachedBy(other));
        return isMajor ? After(MajorReport, verifiedOn, ReportDays, SelectingDate.Event, law, reportedOn) : null;
    }

    /// <summary>The clock with this id among those that have started.</summary>
    public static CaseClock? Find(IReadOnlyList<CaseClock> clocks, string id) => clocks.FirstOrDefault(c => c.Id == id);

    /// <summary>The last day to apply to the court by the stricter of the two texts; null before the times to contest are known.</summary>
    public static DateOnly? CourtWarnsOn(IReadOnlyList<CaseClock> clocks)
    {
        ArgumentNullException.ThrowIfNull(clocks);
        return clocks.Where(c => c.Id is CourtByCoercionLaw or CourtByInterpretation).Select(c => c.Deadline?.LastDayInclusive).Min();
    }

    /// <summary>Three rules say how long a case may take; pauses count for the national ones, each extension for its own.</summary>
    private static IEnumerable<CaseClock> Deciding(CaseCourse course, DateOnly filed, LawBook law, DateOnly today)
    {
        var on = law.AsOf(filed, SelectingDate.Filing);
        var closed = course.On(CaseStepKind.Closed);
        var decided = course.On(CaseStepKind.Decided) ?? closed;
        var rested = course.PausedDays(decided ?? today);
        if (on.IsSet(ZiboDays))
            yield return CaseClock.Of(
                CloseZibo,
                filed,
                () => Extended(filed, ZiboDays, course.IsExtendedBy(CaseDetail.RuleZibo) ? ZiboExtension : null, on),
                closed
            );
        yield return CaseClock.Of(
            Decision,
            filed,
            () =>
                Rested(Extended(filed, DecisionDays, course.IsExtendedBy(CaseDetail.RuleMinistry) ? DecisionExtension : null, on), rested),
            decided
        );
        if (on.IsSet(PenaltyLawDays))
            yield return CaseClock.Of(
                DecisionPenaltyLaw,
                filed,
                () => Rested(Extended(filed, PenaltyLawDays, extension: null, on), rested),
                decided
            );
    }

    private static IEnumerable<CaseClock> Noticed(CaseCourse course, DateOnly noticed, LawBook law)
    {
        yield return After(Statement, noticed, StatementDays, SelectingDate.Event, law, isFloor: true);
        if (course.Last(CaseStepKind.NoticeServed)!.Flag(CaseDetail.Hearing) == false)
            yield break;
        var asked = course.On(CaseStepKind.HearingRequested);
        yield return After(HearingRequest, noticed, HearingRequestDays, SelectingDate.Event, law, asked, isFloor: true);
        if (course.Last(CaseStepKind.HearingHeld)?.Day(CaseDetail.NotifiedOn) is { } told)
            yield return HearingNoticeOf(told, law);
    }

    /// <summary>A hearing is announced so long before it.</summary>
    public static CaseClock HearingNoticeOf(DateOnly told, LawBook law) =>
        After(HearingNotice, told, HearingNoticeDays, SelectingDate.Event, law, isFloor: true);

    private static IEnumerable<CaseClock> Decided(CaseCourse course, CaseCourse.Step decided, LawBook law)
    {
        if (decided.Text(CaseDetail.Outcome) == CaseDetail.NoPenalty)
            yield break;
        yield return After(Service, decided.On, ServiceDays, SelectingDate.Event, law, course.On(CaseStepKind.DecisionServed));
        if (decided.Flag(CaseDetail.Confiscate))
            yield return After(HandOver, decided.On, HandOverDays, SelectingDate.Decision, law);
    }

    private static IEnumerable<CaseClock> Served(CaseCourse course, DateOnly served, LawBook law)
    {
        var decision = course.Last(CaseStepKind.Decided);
        if (decision?.Whole(CaseDetail.FineFen) > 0)
            yield return PaymentOf(course, served, law);
        yield return After(
            Reconsideration,
            served,
            ReconsiderationDays,
            SelectingDate.Event,
            law,
            course.On(CaseStepKind.ReviewApplied),
            isFloor: true
        );
        yield return SuitOf(course, served, law);
        if (course.On(CaseStepKind.ReviewDecided) is { } reviewed)
            yield return After(
                SuitAfterReview,
                reviewed,
                SuitAfterReviewDays,
                SelectingDate.Event,
                law,
                course.On(CaseStepKind.SuitFiled),
                isFloor: true
            );
    }

    /// <summary>A fine is paid within the days of the law, or by the day to which it was postponed.</summary>
    private static CaseClock PaymentOf(CaseCourse course, DateOnly served, LawBook law)
    {
        var clock = After(Payment, served, PayDays, SelectingDate.Event, law, course.On(CaseStepKind.Paid));
        var postponed = course.Last(CaseStepKind.PaymentPostponed)?.Day(CaseDetail.Until);
        return clock.Deadline is { } plain && postponed is { } until && until > plain.LastDayInclusive
            ? clock with
            {
                Deadline = plain with
                {
                    LastDayInclusive = until,
                    NextWorkingDay = null,
                    DerivationZh = $"{plain.DerivationZh}；经批准延期至{until:O}",
                    DerivationEn = $"{plain.DerivationEn}; postponed by approval to {until:O}",
                },
            }
            : clock;
    }

    /// <summary>An order to demolish is contested in days, everything else in months.</summary>
    private static CaseClock SuitOf(CaseCourse course, DateOnly served, LawBook law) =>
        After(
            Suit,
            served,
            course.Last(CaseStepKind.Decided)?.Flag(CaseDetail.Demolish) == true ? DemolitionSuitDays : SuitMonths,
            SelectingDate.Event,
            law,
            course.On(CaseStepKind.SuitFiled),
            isFloor: true
        );

    /// <summary>The demand, and the window to the court by both texts: they count from different days.</summary>
    private static IEnumerable<CaseClock> Court(CaseCourse course, LawBook law)
    {
        if (course.On(CaseStepKind.DemandServed) is { } demanded)
            yield return After(Demand, demanded, DemandDays, SelectingDate.Event, law, isFloor: true);
        var applied = course.On(CaseStepKind.CourtApplied);
        if (course.On(CaseStepKind.DecisionServed) is { } served && Contest(course, served, law) is var (suitEnds, allEnd))
        {
            if (allEnd is { } end)
                yield return After(CourtByCoercionLaw, end, CourtMonths, SelectingDate.Event, law, applied);
            if (suitEnds is { } suit)
                yield return After(CourtByInterpretation, suit, CourtMonthsFromSuit, SelectingDate.Event, law, applied);
        }
        if (applied is { } on)
            yield return After(CourtAcceptance, on, AcceptanceDays, SelectingDate.Event, law, course.On(CaseStepKind.CourtAccepted));
        if (course.On(CaseStepKind.CourtAccepted) is { } accepted)
            yield return After(CourtRuling, accepted, RulingDays, SelectingDate.Event, law, course.On(CaseStepKind.CourtRuled));
    }

    /// <summary>The last day to sue, and the last day on which the decision can be contested at all; a postponed payment is waited
    /// for.</summary>
    private static (DateOnly? Suit, DateOnly? All) Contest(CaseCourse course, DateOnly served, LawBook law)
    {
        var ends = Served(course, served, law).ToList();
        var postponed = course.Last(CaseStepKind.PaymentPostponed)?.Day(CaseDetail.Until);
        var suit = Find(ends, SuitAfterReview) ?? Find(ends, Suit);
        var review = Find(ends, Reconsideration)?.Deadline?.LastDayInclusive;
        var last = suit?.Deadline?.LastDayInclusive;
        return (Latest(last, postponed), Latest(Latest(last, review), postponed));
    }

    private static DateOnly? Latest(DateOnly? one, DateOnly? other) =>
        one is null || other is null ? one ?? other
        : one > other ? one
        : other;

    private static CaseClock After(
        string id,
        DateOnly from,
        string key,
        SelectingDate by,
        LawBook law,
        DateOnly? done = null,
        bool isFloor = false
    ) => CaseClock.Of(id, from, () => Deadline.After(from, law.AsOf(from, by).Term(key), law.Calendar), done, isFloor);

    private static Deadline Extended(DateOnly from, string key, string? extension, LawAsOf law)
    {
        var plain = Deadline.After(from, law.Term(key), law.Book.Calendar);
        if (extension is null)
            return plain;
        var longer = Deadline.After(plain.LastDayInclusive, law.Term(extension), law.Book.Calendar);
        return longer with
        {
            Basis = plain.Basis,
            DerivationZh = $"{plain.DerivationZh}；经批准延长，{longer.DerivationZh}",
            DerivationEn = $"{plain.DerivationEn}; extended by approval: {longer.DerivationEn}",
        };
    }

    private static Deadline Rested(Deadline plain, int days) =>
        days == 0
            ? plain
            : plain with
            {
                LastDayInclusive = plain.LastDayInclusive.AddDays(days),
                NextWorkingDay = null,
                DerivationZh = $"{plain.DerivationZh}；扣除不计入的{days}日，至{plain.LastDayInclusive.AddDays(days):O}",
                DerivationEn = $"{plain.DerivationEn}; {days} days do not count: until {plain.LastDayInclusive.AddDays(days):O}",
            };
}
