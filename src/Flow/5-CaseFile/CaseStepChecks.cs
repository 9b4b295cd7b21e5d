using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>What each kind of step asks for beside its place in the order. Pure.</summary>
internal static class CaseStepChecks
{
    /// <summary>Why the time may rest: what the rule does not count.</summary>
    private static readonly string[] Causes = ["appraisal", "hearing", "other-department", "announcement", "mail"];

    private static readonly string[] Grounds =
    [
        CaseStepKind.Executed,
        CaseStepKind.CourtApplied,
        "transferred",
        CaseDetail.NoPenalty,
        CaseDetail.Terminated,
        "execution-terminated",
    ];

    private static readonly string[] Contested = ["upheld", "changed", "revoked"];
    private static readonly string[] Rulings = ["granted", "refused"];

    public static void Require(CaseInHand hand, RecordCaseStep.Request request, Actor actor, LawBook law, CaseMatter matter, DateOnly today)
    {
        var step = new Asked(hand, request, actor, CaseClocks.Of(hand.Course, law, today), law);
        switch (request.Kind)
        {
            case CaseStepKind.Extended:
                Extended(step);
                break;
            case CaseStepKind.Paused or CaseStepKind.Resumed:
                Rest(step);
                break;
            case CaseStepKind.Investigated:
                Words("NoteZh", request.NoteZh, "查明的事实", "the facts found");
                break;
            case CaseStepKind.Reviewed:
                Reviewed(step);
                break;
            case CaseStepKind.NoticeServed:
                Noticed(step);
                break;
            case CaseStepKind.HearingRequested or CaseStepKind.HearingHeld:
                Hearing(step);
                break;
            case CaseStepKind.Decided:
                Decided(step);
                break;
            case CaseStepKind.Closed:
                Closed(step, matter);
                break;
            default:
                AfterDecision(step);
                break;
        }
    }

    /// <summary>A step as it was asked for, with the clocks as they stand.</summary>
    private sealed record Asked(CaseInHand Hand, RecordCaseStep.Request Request, Actor By, IReadOnlyList<CaseClock> Clocks, LawBook Law)
    {
        public CaseCourse Course => Hand.Course;

        public CaseStepRule Rule => CaseStepRules.For(Request.Kind);

        public CaseClock? Clock(string id) => CaseClocks.Find(Clocks, id);

        public void Late(string clock) => Lateness.Require(Clock(clock), Request.On, Request.LateReasonZh, Rule.Zh, $"To {Rule.En}");

        /// <summary>The step comes only after the last day of a clock.</summary>
        public void After(string clock)
        {
            if (Clock(clock)?.Deadline is { } floor && Request.On <= floor.LastDayInclusive)
                throw Problem.CaseFile.TooEarly(
                    Rule.Zh,
                    Rule.En,
                    Request.On,
                    floor.LastDayInclusive,
                    floor.Basis.Chinese,
                    floor.Basis.English
                );
        }

        public Problem Not(string becauseZh, string becauseEn) => Problem.Chain.OutOfOrder(Rule.Zh, Rule.En, becauseZh, becauseEn);

        public void OneOf(string field, string? value, IReadOnlyList<string> allowed) => OneOfAttribute.Check(field, value ?? "", allowed);
    }

    /// <summary>Each rule is extended once, and only while its time runs.</summary>
    private static void Extended(Asked step)
    {
        step.OneOf("Rule", step.Request.Rule, [CaseDetail.RuleZibo, CaseDetail.RuleMinistry]);
        var rule = step.Request.Rule!;
        if (step.Course.IsExtendedBy(rule))
            throw step.Not("该期限已经延长过一次", "this time was extended once already");
        var clock = step.Clock(rule == CaseDetail.RuleZibo ? CaseClocks.CloseZibo : CaseClocks.Decision);
        if (clock?.Deadline is not { } deadline)
            throw step.Not("该规定没有可延长的期限", "that rule sets no time to extend");
        if (step.Request.On > deadline.LastDayInclusive)
            throw step.Not(
                $"期限已于{deadline.LastDayInclusive:yyyy-MM-dd}届满",
                $"the time ran out on {deadline.LastDayInclusive:yyyy-MM-dd}"
            );
    }

    private static void Rest(Asked step)
    {
        var resumes = step.Request.Kind == CaseStepKind.Resumed;
        if (step.Course.IsPaused != resumes)
            throw resumes ? step.Not("计时没有中止", "the time is not paused") : step.Not("计时已经中止", "the time is paused already");
        if (!resumes)
            step.OneOf("Cause", step.Request.Cause, Causes);
    }

    /// <summary>The law is checked by somebody who does not handle the case.</summary>
    private static void Reviewed(Asked step)
    {
        step.OneOf("Outcome", step.Request.Outcome, [CaseDetail.Approved, CaseDetail.Returned]);
        RequireOther(step, [step.Hand.File!.By, step.Hand.File.OfficerOne, step.Hand.File.OfficerTwo]);
        if (step.Course.IsReviewed)
            throw step.Not("审核已经通过", "the check was passed already");
    }

    private static void Noticed(Asked step)
    {
        if (!step.Course.IsReviewed)
            throw step.Not("法制审核没有通过", "the check of the law was not passed");
        Words("PenaltyZh", step.Request.PenaltyZh, "拟作出的处罚", "the intended penalty");
    }

    private static void Hearing(Asked step)
    {
        if (step.Course.Last(CaseStepKind.NoticeServed)?.Flag(CaseDetail.Hearing) != true)
            throw step.Not("告知书没有告知听证权利", "the notice gave no right to a hearing");
        if (step.Request.Kind == CaseStepKind.HearingRequested)
        {
            step.Late(CaseClocks.HearingRequest);
            return;
        }
        if (step.Request.NotifiedOn is not { } told)
            throw Problem.Chain.BadValue("NotifiedOn", "", "通知听证的日期", "the day it was announced");
        var asked = step.Course.On(CaseStepKind.HearingRequested)!.Value;
        if (told < asked)
            throw Problem.Chain.BeforeCause("通知日期", "The day of the announcement", told, "申请日期", "the request", asked);
        var floor = CaseClocks.HearingNoticeOf(told, step.Law).Deadline;
        if (floor is not null && step.Request.On < floor.LastDayInclusive)
            throw Problem.CaseFile.TooEarly(
                step.Rule.Zh,
                step.Rule.En,
                step.Request.On,
                floor.LastDayInclusive.AddDays(-1),
                floor.Basis.Chinese,
                floor.Basis.English
            );
    }

    /// <summary>A penalty comes after the notice, the time to answer it and the hearing that was asked for; another person signs
    /// it.</summary>
    private static void Decided(Asked step)
    {
        step.OneOf("Outcome", step.Request.Outcome, [CaseDetail.Penalty, CaseDetail.NoPenalty]);
        RequireOther(step, [step.Hand.File!.By, step.Course.Last(CaseStepKind.Reviewed)!.Row.By]);
        if (!step.Course.IsReviewed)
            throw step.Not("法制审核没有通过", "the check of the law was not passed");
        if (step.Course.IsPaused)
            throw step.Not("计时中止期间", "the time is paused");
        step.Late(CaseClocks.Decision);
        if (step.Request.Outcome == CaseDetail.NoPenalty)
            return;
        Words("PenaltyZh", step.Request.PenaltyZh, "处罚内容", "the penalty");
        if (step.Request.FineFen < 0)
            throw Problem.Chain.BadValue("FineFen", $"{step.Request.FineFen}", "不小于零", "zero or more");
        if (!step.Course.Has(CaseStepKind.NoticeServed))
            throw step.Not("尚未送达处罚告知书", "the notice was not served");
        step.After(CaseClocks.Statement);
        if (step.Course.Last(CaseStepKind.NoticeServed)?.Flag(CaseDetail.Hearing) != true)
            return;
        if (!step.Course.Has(CaseStepKind.HearingRequested))
            step.After(CaseClocks.HearingRequest);
        else if (!step.Course.Has(CaseStepKind.HearingHeld))
            throw step.Not("当事人要求听证，尚未举行", "the hearing that was asked for was not held");
    }

    private static void AfterDecision(Asked step)
    {
        var decided = step.Course.Last(CaseStepKind.Decided)!;
        if (decided.Text(CaseDetail.Outcome) != CaseDetail.Penalty)
            throw step.Not("决定不予处罚", "the decision imposes no penalty");
        switch (step.Request.Kind)
        {
            case CaseStepKind.DecisionServed:
                step.Late(CaseClocks.Service);
                break;
            case CaseStepKind.Paid:
                Paid(step, decided.Whole(CaseDetail.FineFen) ?? 0);
                break;
            case CaseStepKind.PaymentPostponed:
                if (step.Request.Until is not { } until || until <= step.Request.On)
                    throw Problem.Chain.BadValue(
                        "Until",
                        $"{step.Request.Until:yyyy-MM-dd}",
                        "批准日之后的一天",
                        "a day after the approval"
                    );
                break;
            case CaseStepKind.ReviewApplied:
                step.Late(CaseClocks.Reconsideration);
                break;
            case CaseStepKind.SuitFiled:
                step.Late(step.Clock(CaseClocks.SuitAfterReview) is null ? CaseClocks.Suit : CaseClocks.SuitAfterReview);
                break;
            case CaseStepKind.ReviewDecided or CaseStepKind.SuitDecided:
                step.OneOf("Outcome", step.Request.Outcome, Contested);
                break;
            case CaseStepKind.CourtApplied:
                CourtApplied(step);
                break;
            case CaseStepKind.CourtRuled:
                step.OneOf("Outcome", step.Request.Outcome, Rulings);
                break;
            case CaseStepKind.Executed when decided.Whole(CaseDetail.FineFen) > 0 && !step.Course.Has(CaseStepKind.Paid):
                throw step.Not("罚款没有缴清", "the fine was not paid");
        }
    }

    /// <summary>The fine is paid whole; what it has grown by is paid too, or a reason says why not.</summary>
    private static void Paid(Asked step, long fineFen)
    {
        if (fineFen <= 0)
            throw step.Not("决定没有罚款", "the decision imposes no fine");
        if (step.Request.AmountFen != fineFen)
            throw Problem.Chain.BadValue("AmountFen", $"{step.Request.AmountFen}", $"{fineFen}（分）", $"{fineFen} fen");
        var due = step.Clock(CaseClocks.Payment)?.Deadline;
        var grown = Surcharge.Of(step.Course, step.Clocks, step.Law, step.Request.On)?.Fen ?? 0;
        if ((step.Request.SurchargeFen ?? 0) < grown && due is not null)
            Lateness.Require(
                step.Clock(CaseClocks.Payment),
                step.Request.On,
                step.Request.LateReasonZh,
                step.Rule.Zh,
                $"To {step.Rule.En}"
            );
    }

    /// <summary>The court is asked after the demand was waited for and the decision can be contested no more; the stricter text
    /// warns.</summary>
    private static void CourtApplied(Asked step)
    {
        step.After(CaseClocks.Demand);
        step.After(step.Clock(CaseClocks.SuitAfterReview) is null ? CaseClocks.Suit : CaseClocks.SuitAfterReview);
        if (step.Course.Has(CaseStepKind.SuitFiled) && !step.Course.Has(CaseStepKind.SuitDecided))
            throw step.Not("诉讼尚未终结", "a suit is pending");
        if (step.Course.Has(CaseStepKind.ReviewApplied) && !step.Course.Has(CaseStepKind.ReviewDecided))
            throw step.Not("复议尚未终结", "a reconsideration is pending");
        if (CaseClocks.CourtWarnsOn(step.Clocks) is { } last)
        {
            var strict = step.Clocks.First(c => c.Deadline?.LastDayInclusive == last && !c.IsFloor);
            Lateness.Require(strict, step.Request.On, step.Request.LateReasonZh, step.Rule.Zh, $"To {step.Rule.En}");
        }
    }

    /// <summary>A case is closed under one of the conditions only; above a criminal line it is transferred, or somebody writes why
    /// not.</summary>
    private static void Closed(Asked step, CaseMatter matter)
    {
        step.OneOf("Ground", step.Request.Ground, Grounds);
        var decided = step.Course.Last(CaseStepKind.Decided);
        var isMet = step.Request.Ground switch
        {
            CaseStepKind.Executed => step.Course.Has(CaseStepKind.Executed),
            CaseStepKind.CourtApplied => step.Course.Has(CaseStepKind.CourtAccepted),
            "transferred" => matter.HasTransfer,
            CaseDetail.NoPenalty => decided?.Text(CaseDetail.Outcome) == CaseDetail.NoPenalty,
            "execution-terminated" => step.Course.Has(CaseStepKind.CourtRuled),
            _ => decided is null && !string.IsNullOrWhiteSpace(step.Request.NoteZh),
        };
        if (!isMet)
            throw Problem.CaseFile.ClosingConditionNotMet(step.Hand.File!.Number, step.Request.Ground!);
        if (matter.CrimeLines.Count > 0 && !matter.HasCrimeTransfer && string.IsNullOrWhiteSpace(step.Request.NoTransferReasonZh))
            throw Problem.CaseFile.CrimeLineReached(
                step.Hand.File!.Number,
                matter.CrimeLines[0].Basis.Chinese,
                matter.CrimeLines[0].Basis.English
            );
        step.Late(CaseClocks.CloseZibo);
    }

    private static void RequireOther(Asked step, IEnumerable<string> others)
    {
        if (others.Contains(step.By.Login, StringComparer.Ordinal))
            throw Problem.Chain.SamePerson(step.By.Login, step.Rule.Zh, step.Rule.En);
    }

    private static void Words(string field, string? text, string wantedZh, string wantedEn)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Problem.Chain.BadValue(field, "", wantedZh, wantedEn);
    }
}
