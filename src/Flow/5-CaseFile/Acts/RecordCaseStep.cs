using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Records the next step of a case on a day, with its particulars and its document, in the order of
/// <see cref="CaseStepRules"/>.</summary>
public static class RecordCaseStep
{
    public const string Act = "record-case-step";

    /// <param name="Kind">One of <see cref="CaseStepKind"/>.</param>
    /// <param name="On">The day of the event; not after today.</param>
    /// <param name="NoteZh">What happened, in words.</param>
    /// <param name="Rule">Of an extension: by which rule.</param>
    /// <param name="Cause">Of a pause: why the time rests.</param>
    /// <param name="Outcome">Of a check, a decision, a reconsideration, a judgment, a ruling.</param>
    /// <param name="Until">Of a postponed payment: the new last day.</param>
    /// <param name="NotifiedOn">Of a hearing: the day on which it was announced.</param>
    /// <param name="Hearing">Of the notice: the intended penalty gives a right to a hearing.</param>
    /// <param name="PenaltyZh">The penalty, intended or imposed.</param>
    /// <param name="FineFen">Hundredths of a yuan; 0 for none.</param>
    /// <param name="Texts">Further texts of the document: <c>field=text</c> on each line.</param>
    /// <param name="Ground">Of closing: the condition that is met.</param>
    /// <param name="NoTransferReasonZh">Why a case above a criminal line is closed without a transfer.</param>
    /// <param name="LateReasonZh">Why the step comes after its last day.</param>
    public sealed record Request(
        Guid CaseFileId,
        [OneOf(
            "investigated",
            "extended",
            "paused",
            "resumed",
            "reviewed",
            "notice-served",
            "hearing-requested",
            "hearing-held",
            "decided",
            "decision-served",
            "paid",
            "payment-postponed",
            "review-applied",
            "review-decided",
            "suit-filed",
            "suit-decided",
            "demand-served",
            "court-applied",
            "court-accepted",
            "court-ruled",
            "executed",
            "closed"
        )]
            string Kind,
        DateOnly On,
        string? NoteZh,
        [OneOf("zibo", "ministry")] string? Rule,
        [OneOf("appraisal", "hearing", "other-department", "announcement", "mail")] string? Cause,
        string? Outcome,
        DateOnly? Until,
        DateOnly? NotifiedOn,
        bool Hearing,
        string? PenaltyZh,
        long? FineFen,
        bool Demolish,
        bool Confiscate,
        long? AmountFen,
        long? SurchargeFen,
        IReadOnlyList<string>? Texts,
        [OneOf("executed", "court-applied", "transferred", "no-penalty", "terminated", "execution-terminated")] string? Ground,
        string? NoTransferReasonZh,
        string? LateReasonZh,
        string Reason
    )
    {
        /// <summary>A step without particulars, to be filled in.</summary>
        public static Request Of(Guid caseFile, string kind, DateOnly on, string reason) =>
            new(
                caseFile,
                kind,
                on,
                NoteZh: null,
                Rule: null,
                Cause: null,
                Outcome: null,
                Until: null,
                NotifiedOn: null,
                Hearing: false,
                PenaltyZh: null,
                FineFen: null,
                Demolish: false,
                Confiscate: false,
                AmountFen: null,
                SurchargeFen: null,
                Texts: null,
                Ground: null,
                NoTransferReasonZh: null,
                LateReasonZh: null,
                Reason: reason
            );
    }

    public sealed record Recorded(Guid StepId, int Ordinal, string? Document);

    /// <summary>Pure: the table of steps, and what each kind asks for beside it.</summary>
    public static void Decide(CaseInHand hand, Request request, Actor actor, CaseLaw law, CaseMatter matter, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(hand);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(law);
        OneOfAttribute.Check("Kind", request.Kind, CaseStepKind.All);
        var rule = CaseStepRules.For(request.Kind);
        if (!rule.Roles.Contains(actor.Role))
            throw Problem.Store.ActNotAllowed(actor.Login, actor.Role, $"{Act} {request.Kind}", rule.Roles);
        if (!hand.IsFilingSigned)
            throw Problem.Chain.OutOfOrder(rule.Zh, rule.En, "立案尚未签批", "the opening of the case is not signed");
        RequireOrder(hand.Course, rule);
        RequireDay(hand, rule, request.On, today);
        CaseStepChecks.Require(hand, request, actor, law.Book, matter, today);
        RequireNew(hand.Course, rule, request);
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.*</c>, <c>store.act-not-allowed</c></exception>
    public static Task<Recorded> Handle(WeipianStore store, Actor actor, Request request, CaseLaw law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            request.CaseFileId.ToString(),
            request.Reason,
            async act =>
            {
                var file =
                    await act.Db.CaseFiles.SingleOrDefaultAsync(c => c.Id == request.CaseFileId, stop)
                    ?? throw Problem.Chain.NotThere("案件", "case", request.CaseFileId.ToString());
                var hand = await CaseInHand.OfAsync(act.Db, await act.Db.ViolationAsync(file.ViolationId, stop), stop);
                var matter = await CaseMatter.OfAsync(act.Db, hand.Violation, law.Book, stop);
                Decide(hand, request, actor, law, matter, act.Today);
                return await WriteAsync(act, hand, request, law, stop);
            },
            stop
        );
    }

    private static void RequireOrder(CaseCourse course, CaseStepRule rule)
    {
        var last = course.Last(rule.Kind)?.Row;
        if (rule.Once && last is not null)
            throw Problem.Chain.AlreadyDone(rule.Zh, $"To {rule.En}", last.By, last.At);
        if (course.Last(CaseStepKind.Closed) is { } closed)
            throw Problem.Chain.AlreadyDone("结案", "Closing", closed.Row.By, closed.Row.At);
        if (rule.Needs.FirstOrDefault(n => !course.Has(n)) is { } missing)
        {
            var first = CaseStepRules.For(missing);
            throw Problem.Chain.OutOfOrder(rule.Zh, rule.En, $"尚未{first.Zh}", $"nobody did this yet: {first.En}");
        }
        if (rule.Bars.FirstOrDefault(course.Has) is { } barred)
        {
            var done = CaseStepRules.For(barred);
            throw Problem.Chain.OutOfOrder(rule.Zh, rule.En, $"已经{done.Zh}", $"this was done already: {done.En}");
        }
    }

    /// <summary>A payment may be postponed again, but not twice by the same words of the same day.</summary>
    private static void RequireNew(CaseCourse course, CaseStepRule rule, Request request)
    {
        if (course.Last(rule.Kind)?.Row is { } last && last.On == request.On && last.DetailsJson == Details(request))
            throw Problem.Chain.AlreadyDone(rule.Zh, $"To {rule.En}", last.By, last.At);
    }

    private static void RequireDay(CaseInHand hand, CaseStepRule rule, DateOnly on, DateOnly today)
    {
        Cause filed = new("立案日期", "the day of filing", hand.File!.FiledOn);
        DayOrder.Require($"{rule.Zh}日期", $"The day to {rule.En}", on, today, [filed, .. rule.Needs.Select(Needed)]);

        Cause Needed(string need)
        {
            var first = CaseStepRules.For(need);
            return new($"{first.Zh}日期", $"the day to {first.En}", hand.Course.On(need));
        }
    }

    private static async Task<Recorded> WriteAsync(ActScope act, CaseInHand hand, Request request, CaseLaw law, CancellationToken stop)
    {
        var document = await CaseStepPapers.IssueAsync(act, hand, request, law, stop);
        var step = new CaseStep
        {
            Id = act.NewId(),
            CaseFileId = hand.File!.Id,
            Ordinal = hand.Course.Steps.Count + 1,
            Kind = request.Kind,
            On = request.On,
            DetailsJson = Details(request),
            DocumentId = document?.Id,
            LateReasonZh = Lateness.Text(request.LateReasonZh),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(step);
        if (IsEndOfHold(hand, request))
            await Holds.LiftAsync(act, hand.Violation.Id, HoldCause.DecisionExecuted, step.Id, request.Reason, stop);
        act.Fact("case", hand.File.Number);
        act.Fact("step", request.Kind);
        return new(step.Id, step.Ordinal, document?.Number);
    }

    /// <summary>Where nothing on the ground has to be removed, performing the decision ends the cause of the hold: minerals that were
    /// taken are paid for. Land that was taken waits for its acceptance.</summary>
    private static bool IsEndOfHold(CaseInHand hand, Request request) =>
        request is { Kind: CaseStepKind.Closed, Ground: CaseStepKind.Executed }
        && hand.Violation.Kind == Intake.PatchKind.Mineral
        && hand.Course.Last(CaseStepKind.Decided)?.Flag(CaseDetail.Demolish) == false;

    internal static string Details(Request request)
    {
        var details = new JsonObject();
        Put(CaseDetail.Note, Lateness.Text(request.NoteZh));
        Put(CaseDetail.Rule, request.Rule);
        Put(CaseDetail.Cause, request.Cause);
        Put(CaseDetail.Outcome, request.Outcome);
        Put(CaseDetail.Until, request.Until?.ToString("O", CultureInfo.InvariantCulture));
        Put(CaseDetail.NotifiedOn, request.NotifiedOn?.ToString("O", CultureInfo.InvariantCulture));
        Put(CaseDetail.Hearing, request.Hearing ? true : null);
        Put(CaseDetail.PenaltyWords, Lateness.Text(request.PenaltyZh));
        Put(CaseDetail.FineFen, request.FineFen);
        Put(CaseDetail.Demolish, request.Kind == CaseStepKind.Decided ? request.Demolish : null);
        Put(CaseDetail.Confiscate, request.Kind == CaseStepKind.Decided ? request.Confiscate : null);
        Put(CaseDetail.AmountFen, request.AmountFen);
        Put(CaseDetail.SurchargeFen, request.SurchargeFen);
        Put(CaseDetail.Ground, request.Ground);
        Put(CaseDetail.NoTransferReason, Lateness.Text(request.NoTransferReasonZh));
        return CanonicalJson.Of(details);

        void Put(string name, JsonNode? value)
        {
            if (value is not null)
                details[name] = value;
        }
    }
}
