using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Verification;

/// <summary>Sends a visit back with a coded reason (退回补充核查): the patch is due again.</summary>
public static class ReturnVisit
{
    public const string Act = "return-visit";

    /// <param name="ReasonCode">A returning reason of the coded list of reviewers.</param>
    /// <param name="Reason">What is missing or wrong; never blank.</param>
    public sealed record Request(Guid VisitId, string ReasonCode, string Reason);

    /// <summary>Pure: refuses what is not there, was corrected or returned already, or is the returner's own; and an unknown
    /// reason.</summary>
    /// <param name="reasons">The coded reasons of reviewers.</param>
    public static void Decide(
        Request request,
        Visit? visit,
        Visit? correctedBy,
        VisitReturn? before,
        Actor by,
        IReadOnlyList<ReviewReason> reasons
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(reasons);
        if (visit is null)
            throw Problem.Chain.NotThere("核查记录", "visit", request.VisitId.ToString());
        if (visit.By == by.Login)
            throw Problem.Chain.SamePerson(by.Login, "退回核查", "return the visit");
        if (correctedBy is not null)
            throw Problem.Chain.OutOfOrder("退回该核查记录", "return this visit", "已有更正的核查记录", "a later record corrects it");
        if (before is not null)
            throw Problem.Chain.AlreadyDone("对该核查记录的退回", "The return of this visit", before.By, before.At);
        var returning = reasons.Where(r => !r.Passes).Select(r => r.Id).ToList();
        if (!returning.Contains(request.ReasonCode, StringComparer.Ordinal))
            throw Problem.Chain.BadValue(
                "reasonCode",
                request.ReasonCode,
                $"退回原因代码 {string.Join('、', returning)}",
                $"one of the returning reasons {string.Join(", ", returning)}"
            );
    }

    /// <returns>The id of the return.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        return store.ActAsync(
            actor,
            Act,
            request.VisitId.ToString(),
            request.Reason,
            async act =>
            {
                var visit = await act.Db.Visits.SingleOrDefaultAsync(v => v.Id == request.VisitId, stop);
                var correctedBy = await act.Db.Visits.FirstOrDefaultAsync(v => v.SupersedesId == request.VisitId, stop);
                var before = await act.Db.VisitReturns.FirstOrDefaultAsync(r => r.VisitId == request.VisitId, stop);
                Decide(request, visit, correctedBy, before, act.By, law.Verdicts.Reasons);
                var row = new VisitReturn
                {
                    Id = act.NewId(),
                    VisitId = request.VisitId,
                    ReasonCode = request.ReasonCode,
                    NoteZh = request.Reason.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("patch", visit!.PatchId.ToString());
                act.Fact("reasonCode", request.ReasonCode);
                return row.Id;
            },
            stop
        );
    }
}
