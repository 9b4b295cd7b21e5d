using Weipian.Flow.Plan;

namespace Weipian.Flow.CaseFiles;

/// <summary>What may happen in a case when, by whom, once or often, with which particulars: the order of a case as a table.</summary>
/// <param name="Kind">One of <see cref="CaseStepKind"/>.</param>
/// <param name="Zh">What the step is called in a sentence.</param>
/// <param name="Roles">Who records it: the officer what happened, the reviewer the legal check, the head of the office what is
/// signed.</param>
/// <param name="Needs">Steps that must have happened.</param>
/// <param name="Bars">Steps after which it cannot happen any more.</param>
/// <param name="Once">It happens once.</param>
/// <param name="Asks">Names of the request's parameters that it takes, beside the day and the reason.</param>
/// <param name="Document">Id of the document issued with it; null for none.</param>
public sealed record CaseStepRule(
    string Kind,
    string Zh,
    string En,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Needs,
    IReadOnlyList<string> Bars,
    bool Once,
    IReadOnlyList<string> Asks,
    string? Document = null
);

/// <summary>The table of <see cref="CaseStepRule"/>.</summary>
public static class CaseStepRules
{
    private const string Note = nameof(RecordCaseStep.Request.NoteZh);
    private const string Outcome = nameof(RecordCaseStep.Request.Outcome);
    private const string Until = nameof(RecordCaseStep.Request.Until);
    private const string Late = nameof(RecordCaseStep.Request.LateReasonZh);
    private const string Texts = nameof(RecordCaseStep.Request.Texts);
    private static readonly string[] Officer = [PlanRoles.DistrictOfficer];
    private static readonly string[] Reviewer = [PlanRoles.DistrictReviewer];
    private static readonly string[] Head = [PlanRoles.OfficeHead];

    public static IReadOnlyList<CaseStepRule> All { get; } =
    [
        new(CaseStepKind.Investigated, "调查终结", "end the investigation", Officer, [], [CaseStepKind.Decided], true, [Note]),
        new(
            CaseStepKind.Extended,
            "批准延期",
            "extend the time",
            Head,
            [],
            [CaseStepKind.Decided],
            false,
            [nameof(RecordCaseStep.Request.Rule), Note]
        ),
        new(
            CaseStepKind.Paused,
            "中止计时",
            "pause the time",
            Officer,
            [],
            [CaseStepKind.Decided],
            false,
            [nameof(RecordCaseStep.Request.Cause), Note]
        ),
        new(
            CaseStepKind.Resumed,
            "恢复计时",
            "let the time run again",
            Officer,
            [CaseStepKind.Paused],
            [CaseStepKind.Decided],
            false,
            [Note]
        ),
        new(
            CaseStepKind.Reviewed,
            "法制审核",
            "check the law",
            Reviewer,
            [CaseStepKind.Investigated],
            [CaseStepKind.Decided],
            false,
            [Outcome, Note]
        ),
        new(
            CaseStepKind.NoticeServed,
            "送达处罚告知书",
            "serve the notice",
            Officer,
            [CaseStepKind.Reviewed],
            [CaseStepKind.Decided],
            true,
            [nameof(RecordCaseStep.Request.Hearing), nameof(RecordCaseStep.Request.PenaltyZh), Texts],
            "penalty-notice"
        ),
        new(
            CaseStepKind.HearingRequested,
            "登记听证申请",
            "record the request for a hearing",
            Officer,
            [CaseStepKind.NoticeServed],
            [CaseStepKind.Decided],
            true,
            [Note, Late]
        ),
        new(
            CaseStepKind.HearingHeld,
            "登记听证",
            "record the hearing",
            Officer,
            [CaseStepKind.HearingRequested],
            [CaseStepKind.Decided],
            true,
            [nameof(RecordCaseStep.Request.NotifiedOn), Note]
        ),
        new(
            CaseStepKind.Decided,
            "作出决定",
            "decide",
            Head,
            [CaseStepKind.Reviewed],
            [],
            true,
            [
                Outcome,
                nameof(RecordCaseStep.Request.FineFen),
                nameof(RecordCaseStep.Request.Demolish),
                nameof(RecordCaseStep.Request.Confiscate),
                nameof(RecordCaseStep.Request.PenaltyZh),
                Texts,
                Late,
            ],
            "penalty-decision"
        ),
        .. AfterDecision,
        .. BeforeTheCourt,
    ];

    private static IEnumerable<CaseStepRule> AfterDecision =>
        [
            new(
                CaseStepKind.DecisionServed,
                "送达处罚决定书",
                "serve the decision",
                Officer,
                [CaseStepKind.Decided],
                [],
                true,
                [Note, Late]
            ),
            new(
                CaseStepKind.Paid,
                "登记缴款",
                "record the payment",
                Officer,
                [CaseStepKind.DecisionServed],
                [],
                true,
                [nameof(RecordCaseStep.Request.AmountFen), nameof(RecordCaseStep.Request.SurchargeFen), Late]
            ),
            new(
                CaseStepKind.PaymentPostponed,
                "批准延期（分期）缴纳",
                "postpone the payment",
                Head,
                [CaseStepKind.DecisionServed],
                [CaseStepKind.Paid],
                false,
                [Until, Note]
            ),
            Contest(
                CaseStepKind.ReviewApplied,
                "登记复议申请",
                "record the application for reconsideration",
                CaseStepKind.DecisionServed,
                Late
            ),
            Contest(CaseStepKind.ReviewDecided, "登记复议结果", "record the reconsideration", CaseStepKind.ReviewApplied, Outcome),
            Contest(CaseStepKind.SuitFiled, "登记起诉", "record the suit", CaseStepKind.DecisionServed, Late),
            Contest(CaseStepKind.SuitDecided, "登记裁判结果", "record the judgment", CaseStepKind.SuitFiled, Outcome),
        ];

    private static IEnumerable<CaseStepRule> BeforeTheCourt =>
        [
            new(
                CaseStepKind.DemandServed,
                "送达催告书",
                "serve the demand letter",
                Officer,
                [CaseStepKind.DecisionServed],
                [CaseStepKind.Executed],
                true,
                [Texts],
                "demand-letter"
            ),
            new(
                CaseStepKind.CourtApplied,
                "申请强制执行",
                "apply to the court",
                Head,
                [CaseStepKind.DemandServed],
                [CaseStepKind.Executed],
                true,
                [Texts, Late],
                "enforcement-application"
            ),
            Contest(CaseStepKind.CourtAccepted, "登记法院受理", "record the acceptance by the court", CaseStepKind.CourtApplied, Note),
            Contest(CaseStepKind.CourtRuled, "登记法院裁定", "record the ruling", CaseStepKind.CourtAccepted, Outcome),
            new(CaseStepKind.Executed, "登记执行完毕", "record the performance", Officer, [CaseStepKind.DecisionServed], [], true, [Note]),
            new(
                CaseStepKind.Closed,
                "结案",
                "close the case",
                Head,
                [],
                [],
                true,
                [nameof(RecordCaseStep.Request.Ground), nameof(RecordCaseStep.Request.NoTransferReasonZh), Note, Texts, Late],
                "closing-form"
            ),
        ];

    public static CaseStepRule For(string kind) => All.Single(r => r.Kind == kind);

    private static CaseStepRule Contest(string kind, string zh, string en, string after, string asks) =>
        new(kind, zh, en, Officer, [after], [], true, [Note, asks]);
}
