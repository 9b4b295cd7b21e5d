using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>A second person sends the verdict back with a coded reason: material missing, place or area wrong, another verdict
/// due.</summary>
public static class ReturnVerdict
{
    /// <param name="DeterminationId">The verdict that was on the screen.</param>
    /// <param name="ReasonCode">A returning reason of the coded list.</param>
    /// <param name="Reason">What is wrong; never blank.</param>
    public sealed record Request(Guid DeterminationId, string ReasonCode, string Reason);

    public sealed record Returned(Guid ConfirmationId);

    /// <exception cref="Problem"><c>determination.*</c></exception>
    public static Task<Returned> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DeterminationLaw law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        VerdictRoles.Require(VerdictRoles.MayConfirm, actor, "退回判定", "return a verdict");
        SecondSignature.RequireReason(request.ReasonCode, passes: false, law.Book.Verdicts.Reasons);
        return store.ActAsync(
            actor,
            "return-verdict",
            request.DeterminationId.ToString(),
            request.Reason,
            async act =>
            {
                var (row, _) = await SecondSignature.WriteAsync(
                    act,
                    request.DeterminationId,
                    ConfirmationOutcome.Returned,
                    request.ReasonCode,
                    request.Reason,
                    law,
                    stop
                );
                return new Returned(row.Id);
            },
            stop
        );
    }
}
