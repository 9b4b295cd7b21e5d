using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The head of the office signs that a violation is dealt with without a case, or sends it back.</summary>
public static class SignNonCaseHandling
{
    public const string Act = "sign-non-case-handling";

    public sealed record Request(Guid HandlingId, [OneOf("approved", "returned")] string Outcome, string OpinionZh, string Reason);

    /// <returns>The id of the signature.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.HandlingId.ToString(),
            request.Reason,
            async act =>
            {
                var handling =
                    await act.Db.NonCaseHandlings.SingleOrDefaultAsync(h => h.Id == request.HandlingId, stop)
                    ?? throw Problem.Chain.NotThere("非立案处理", "handling without case", request.HandlingId.ToString());
                if (await act.Db.CaseFiles.FirstOrDefaultAsync(c => c.ViolationId == handling.ViolationId, stop) is { } file)
                    throw Problem.Chain.OutOfOrder("签批", "sign it", $"已立案 {file.Number}", $"case {file.Number} was opened");
                var signature = await SecondSignatures.SignAsync(
                    act,
                    SecondSignatures.NonCase,
                    handling.Id,
                    SecondSignatures.InForce,
                    request.Outcome,
                    request.OpinionZh,
                    handling.By,
                    stop
                );
                return signature.Id;
            },
            stop
        );
    }
}
