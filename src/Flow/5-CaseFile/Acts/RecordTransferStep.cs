using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The body to which a matter was handed says that it came, answers, or reports the end: nothing transferred is lost from
/// view.</summary>
public static class RecordTransferStep
{
    public const string Act = "record-transfer-step";

    public const string Received = "received";
    public const string Replied = "replied";
    public const string Done = "done";

    private static readonly string[] Order = [Received, Replied, Done];

    public sealed record Request(
        Guid TransferId,
        [OneOf("received", "replied", "done")] string Kind,
        DateOnly On,
        string NoteZh,
        string Reason
    );

    /// <summary>Pure: the seat of that body, or an officer for a body without a seat; received, then replied, then done.</summary>
    /// <param name="body">The body of the seat that acts; null for none.</param>
    /// <param name="bodyHasSeat">The body of the transfer has a seat of its own.</param>
    public static void Decide(
        Transfer transfer,
        Request request,
        Actor actor,
        string? body,
        bool bodyHasSeat,
        bool isSigned,
        IReadOnlyList<TransferStep> steps,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(steps);
        OneOfAttribute.Check("Kind", request.Kind, Order);
        var isForOther = actor.Role == PlanRoles.DistrictOfficer && !bodyHasSeat;
        if (body != transfer.ToBody && !isForOther)
            throw Problem.CaseFile.OtherBody(actor.Login, transfer.ToBody);
        if (!isSigned)
            throw Problem.Chain.OutOfOrder("登记移送办理情况", "record what became of it", "移送尚未签批", "the transfer is not signed");
        if (steps.FirstOrDefault(s => s.Kind == request.Kind) is { } there)
            throw Problem.Chain.AlreadyDone("该环节", "This step", there.By, there.At);
        if (request.Kind != Received && steps.All(s => s.Kind != Received))
            throw Problem.Chain.OutOfOrder("登记移送办理情况", "record what became of it", "尚未签收", "it was not received yet");
        if (string.IsNullOrWhiteSpace(request.NoteZh))
            throw Problem.Chain.BadValue("NoteZh", "", "办理情况", "what was done");
        Cause sent = new("移送日期", "the day of sending", transfer.SentOn);
        Cause received = new("签收日期", "the receipt", steps.FirstOrDefault(s => s.Kind == Received)?.On);
        DayOrder.Require("日期", "The day", request.On, today, sent, received);
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.other-body</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.TransferId.ToString(),
            request.Reason,
            async act =>
            {
                var transfer =
                    await act.Db.Transfers.SingleOrDefaultAsync(t => t.Id == request.TransferId, stop)
                    ?? throw Problem.Chain.NotThere("移送", "transfer", request.TransferId.ToString());
                var steps = await act.Db.TransferSteps.Where(s => s.TransferId == transfer.Id).ToListAsync(stop);
                var signed = await SecondSignatures.IsApprovedAsync(
                    act.Db,
                    SecondSignatures.Transfer,
                    transfer.Id,
                    SecondSignatures.InForce,
                    stop
                );
                var plan = act.Store.Plan;
                var hasSeat = SeatBodies.HasSeat(plan, transfer.ToBody);
                Decide(transfer, request, actor, SeatBodies.Of(plan, actor), hasSeat, signed, steps, act.Today);
                var step = new TransferStep
                {
                    Id = act.NewId(),
                    TransferId = transfer.Id,
                    Kind = request.Kind,
                    On = request.On,
                    NoteZh = request.NoteZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(step);
                return step.Id;
            },
            stop
        );
    }
}
