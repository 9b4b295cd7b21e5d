using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>A town objects to one of its figures in a published evaluation (申诉).</summary>
public static class AppealEvaluation
{
    public const string Act = "appeal-evaluation";

    public sealed record Request(Guid EvaluationId, string IndicatorId, string Reason);

    /// <summary>Pure: a town about itself, on a figure that was published, once while it is open.</summary>
    /// <param name="of">Appeals and answers of this evaluation.</param>
    public static void Decide(Actor actor, Request request, EvaluationTable table, IReadOnlyList<EvaluationAppeal> of)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(of);
        if (table.Indicators.All(i => i.Id != request.IndicatorId))
            throw Problem.Chain.NotThere("指标", "indicator", request.IndicatorId);
        if (table.Units.All(u => u.Unit != actor.Unit))
            throw Problem.Chain.OtherUnit(actor.Login, actor.Unit ?? "—");
        var own = of.Where(a => a.AnswersId is null && a.Unit == actor.Unit && a.IndicatorId == request.IndicatorId);
        // One at a time; what was answered is asked again for another reason only.
        var reason = request.Reason.Trim();
        if (own.FirstOrDefault(a => a.ReasonZh == reason || of.All(b => b.AnswersId != a.Id)) is { } done)
            throw Problem.Chain.AlreadyDone("对该指标的申诉", "The appeal on this indicator", done.By, done.At);
    }

    /// <returns>The id of the appeal.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.EvaluationId.ToString(),
            request.Reason,
            async act =>
            {
                var evaluation =
                    await act.Db.Evaluations.SingleOrDefaultAsync(e => e.Id == request.EvaluationId, stop)
                    ?? throw Problem.Chain.NotThere("评价", "evaluation", request.EvaluationId.ToString());
                var snapshot = await act.Db.Snapshots.SingleAsync(s => s.Id == evaluation.SnapshotId, stop);
                var of = await act.Db.EvaluationAppeals.Where(a => a.EvaluationId == evaluation.Id).ToListAsync(stop);
                Decide(actor, request, EvaluationTable.FromJson(Snapshots.Read(store.Blobs, snapshot)), of);
                var row = new EvaluationAppeal
                {
                    Id = act.NewId(),
                    EvaluationId = evaluation.Id,
                    Unit = actor.Unit!,
                    IndicatorId = request.IndicatorId,
                    ReasonZh = request.Reason.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                Tell.Role(
                    act,
                    PlanRoles.OfficeHead,
                    "evaluation-appeal",
                    row.Id,
                    "有一件评价申诉待答复。",
                    "An appeal against an evaluation waits for an answer."
                );
                return row.Id;
            },
            stop
        );
    }
}
