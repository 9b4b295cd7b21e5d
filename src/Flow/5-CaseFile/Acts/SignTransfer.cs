using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The head of the office signs a transfer, or sends it back; a letter that was sent back keeps its number and goes
/// nowhere.</summary>
public static class SignTransfer
{
    public const string Act = "sign-transfer";

    public sealed record Request(Guid TransferId, [OneOf("approved", "returned")] string Outcome, string OpinionZh, string Reason);

    /// <returns>The id of the signature.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
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
                var signature = await SecondSignatures.SignAsync(
                    act,
                    SecondSignatures.Transfer,
                    transfer.Id,
                    SecondSignatures.InForce,
                    request.Outcome,
                    request.OpinionZh,
                    transfer.By,
                    stop
                );
                return signature.Id;
            },
            stop
        );
    }
}
