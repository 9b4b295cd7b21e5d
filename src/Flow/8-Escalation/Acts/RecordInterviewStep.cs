using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Records what happens after an interview: the town commits itself and reports, the government accepts, does not accept, or
/// releases (R41, R42).</summary>
/// <remarks>A hand-over to discipline inspection is an act of its own and ends the interview.</remarks>
public static class RecordInterviewStep
{
    public const string Act = "record-interview-step";

    private static readonly string[] Kinds =
    [
        InterviewStepKind.Committed,
        InterviewStepKind.Fulfilled,
        InterviewStepKind.Accepted,
        InterviewStepKind.NotAccepted,
        InterviewStepKind.Released,
    ];

    /// <summary>What a town says about itself; the rest is the government's.</summary>
    private static readonly string[] OfTown = [InterviewStepKind.Committed, InterviewStepKind.Fulfilled];

    /// <param name="DueOn">Day of a commitment, not after the last day of acceptance.</param>
    /// <param name="CommitmentId">The commitment that was kept.</param>
    /// <param name="LateReasonZh">Why acceptance comes after its last day; only then.</param>
    public sealed record Request(
        Guid InterviewId,
        [OneOf("committed", "fulfilled", "accepted", "not-accepted", "released")] string Kind,
        DateOnly On,
        DateOnly? DueOn,
        Guid? CommitmentId,
        string NoteZh,
        string? LateReasonZh,
        string Reason
    );

    /// <summary>Pure: by the right seat, in order, in time or with a reason.</summary>
    public static void Decide(Actor actor, Request request, InterviewClock clock, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(clock);
        var interview = clock.Interview;
        OneOfAttribute.Check("Kind", request.Kind, Kinds);
        RequireSeat(actor, request, interview);
        DayOrder.Require("日期", "The day", request.On, today, new Cause("约谈日期", "the interview", interview.StartedOn));
        if (string.IsNullOrWhiteSpace(request.NoteZh))
            throw Problem.Chain.BadValue("NoteZh", "", "情况说明", "what happened");
        if (clock.IsEnded)
            throw OutOfOrder("该约谈已经解除或移送", "the interview was released or handed over");
        if (clock.Steps.FirstOrDefault(s => IsSame(s, request)) is { } done)
            throw Problem.Chain.AlreadyDone("当日的同一步骤", "The same step of that day", done.By, done.At);
        switch (request.Kind)
        {
            case InterviewStepKind.Committed:
                RequireCommitment(request, interview);
                break;
            case InterviewStepKind.Fulfilled:
                RequireFulfilment(request, clock);
                break;
            case InterviewStepKind.Released:
                if (clock.Stage != InterviewStage.Accepted)
                    throw OutOfOrder("整改尚未验收通过", "the rectification was not accepted");
                RequireAfterLast(request, "解除日期", "The day of the release", clock);
                break;
            default:
                RequireAcceptance(request, clock);
                break;
        }
    }

    /// <returns>The id of the step.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>store.act-not-allowed</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.InterviewId.ToString(),
            request.Reason,
            async act =>
            {
                var interview = await ReadAsync(act.Db, request.InterviewId, stop);
                var steps = await act.Db.InterviewSteps.Where(s => s.InterviewId == interview.Id).ToListAsync(stop);
                Decide(actor, request, InterviewClock.Of(interview, steps, act.Today), act.Today);
                var row = RowOf(act, request);
                act.Db.Add(row);
                act.Fact("kind", row.Kind);
                return row.Id;
            },
            stop
        );
    }

    /// <exception cref="Problem"><c>chain.not-there</c></exception>
    internal static async Task<Interview> ReadAsync(StoreContext db, Guid id, CancellationToken stop) =>
        await db.Interviews.SingleOrDefaultAsync(i => i.Id == id, stop) ?? throw Problem.Chain.NotThere("约谈", "interview", id.ToString());

    private static void RequireSeat(Actor actor, Request request, Interview interview)
    {
        var town = OfTown.Contains(request.Kind);
        if (town != (actor.Role == PlanRoles.Town))
            throw Problem.Store.ActNotAllowed(
                actor.Login,
                actor.Role,
                $"{Act} {request.Kind}",
                [town ? PlanRoles.Town : PlanRoles.Government]
            );
        if (town && actor.Unit != interview.Unit)
            throw Problem.Chain.OtherUnit(actor.Login, interview.Unit);
    }

    private static void RequireCommitment(Request request, Interview interview)
    {
        if (request.DueOn is not { } due || due < request.On || due > interview.AcceptBy)
            throw Problem.Chain.BadValue(
                "DueOn",
                $"{request.DueOn:yyyy-MM-dd}",
                $"承诺之日至 {interview.AcceptBy:yyyy-MM-dd} 之间的日期",
                $"a day from that of the commitment to {interview.AcceptBy:yyyy-MM-dd}"
            );
    }

    private static void RequireFulfilment(Request request, InterviewClock clock)
    {
        var promise =
            clock.OpenCommitments.FirstOrDefault(c => c.Id == request.CommitmentId)
            ?? throw Problem.Chain.NotThere("未兑现的承诺", "open commitment", request.CommitmentId?.ToString() ?? "—");
        DayOrder.RequireNotBefore("兑现日期", "The day it was kept", request.On, new Cause("承诺日期", "the commitment", promise.On));
    }

    private static void RequireAfterLast(Request request, string whatZh, string whatEn, InterviewClock clock)
    {
        Cause last = new("上一步日期", "the step before", clock.Steps.Max(s => (DateOnly?)s.On));
        DayOrder.RequireNotBefore(whatZh, whatEn, request.On, last);
    }

    private static void RequireAcceptance(Request request, InterviewClock clock)
    {
        if (clock.Stage == InterviewStage.Accepted)
            throw OutOfOrder("整改已经验收通过", "the rectification was accepted already");
        RequireAfterLast(request, "验收日期", "The day of acceptance", clock);
        var late = request.On.DayNumber - clock.Interview.AcceptBy.DayNumber;
        if (late > 0 && string.IsNullOrWhiteSpace(request.LateReasonZh))
            throw Problem.Chain.LateWithoutReason("约谈整改验收", "The acceptance after the interview", clock.Interview.AcceptBy, late);
    }

    /// <summary>A town commits itself to several things, a rectification may fail twice: only the same again is no further step.</summary>
    private static bool IsSame(InterviewStep step, Request request) =>
        step.Kind == request.Kind && step.On == request.On && step.DueOn == DueOf(request) && step.NoteZh == NoteOf(request);

    private static Problem OutOfOrder(string zh, string en) => Problem.Chain.OutOfOrder("办理这一步", "do this step", zh, en);

    private static InterviewStep RowOf(ActScope act, Request request) =>
        new()
        {
            Id = act.NewId(),
            InterviewId = request.InterviewId,
            Kind = request.Kind,
            On = request.On,
            DueOn = DueOf(request),
            CommitmentId = request.Kind == InterviewStepKind.Fulfilled ? request.CommitmentId : null,
            NoteZh = NoteOf(request),
            By = act.By.Login,
            At = act.At,
        };

    private static DateOnly? DueOf(Request request) => request.Kind == InterviewStepKind.Committed ? request.DueOn : null;

    private static string NoteOf(Request request) =>
        string.IsNullOrWhiteSpace(request.LateReasonZh)
            ? request.NoteZh.Trim()
            : $"{request.NoteZh.Trim()}（逾期原因：{request.LateReasonZh.Trim()}）";
}
