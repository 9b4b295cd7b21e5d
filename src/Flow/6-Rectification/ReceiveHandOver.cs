using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Rectification;

/// <summary>The finance bureau receives what was confiscated: its receipt, with the condition it found.</summary>
public static class ReceiveHandOver
{
    public const string Act = "receive-hand-over";

    public sealed record Request(Guid HandOverId, DateOnly ReceivedOn, string ConditionZh, string Reason);

    /// <summary>Pure: once, on a day that has come and is not before the letter.</summary>
    public static void Decide(Request request, HandOver sent, HandOverReceipt? earlier, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(sent);
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("接收", "The receipt", earlier.By, earlier.At);
        if (request.ReceivedOn > today)
            throw Problem.Chain.InFuture("接收日期", "The day of receipt", request.ReceivedOn, today);
        if (request.ReceivedOn < sent.SentOn)
            throw Problem.Chain.BeforeCause("接收日期", "The day of receipt", request.ReceivedOn, "移交日期", "the hand-over", sent.SentOn);
        if (string.IsNullOrWhiteSpace(request.ConditionZh))
            throw Problem.Rectification.ProofMissing("接收时状况", "condition when received");
    }

    /// <returns>The id of the hand-over.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>rectification.proof-missing</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.HandOverId.ToString(),
            request.Reason,
            async act =>
            {
                var sent =
                    await act.Db.HandOvers.SingleOrDefaultAsync(h => h.Id == request.HandOverId, stop)
                    ?? throw Problem.Chain.NotThere("移交", "hand-over", request.HandOverId.ToString());
                var earlier = await act.Db.HandOverReceipts.SingleOrDefaultAsync(r => r.HandOverId == sent.Id, stop);
                Decide(request, sent, earlier, act.Today);
                act.Db.Add(
                    new HandOverReceipt
                    {
                        HandOverId = sent.Id,
                        ReceivedOn = request.ReceivedOn,
                        ConditionZh = request.ConditionZh.Trim(),
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                act.Fact("receiveBy", sent.ReceiveBy is { } by ? $"{by:yyyy-MM-dd}" : null);
                return sent.Id;
            },
            stop
        );
    }
}
