using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>The office upholds or rejects an appeal. The published table stays as it is; upheld, the period may be evaluated
/// again.</summary>
public static class AnswerAppeal
{
    public const string Act = "answer-appeal";

    private static readonly string[] Outcomes = ["upheld", "rejected"];

    public sealed record Request(Guid AppealId, [OneOf("upheld", "rejected")] string Outcome, string Reason);

    /// <summary>Pure: an appeal, answered once.</summary>
    public static void Decide(Request request, EvaluationAppeal appeal, EvaluationAppeal? answer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(appeal);
        OneOfAttribute.Check("Outcome", request.Outcome, Outcomes);
        if (appeal.AnswersId is not null)
            throw Problem.Chain.NotThere("申诉", "appeal", appeal.Id.ToString());
        if (answer is not null)
            throw Problem.Chain.AlreadyDone("答复", "The answer", answer.By, answer.At);
    }

    /// <returns>The id of the answer.</returns>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.AppealId.ToString(),
            request.Reason,
            async act =>
            {
                var appeal =
                    await act.Db.EvaluationAppeals.SingleOrDefaultAsync(a => a.Id == request.AppealId, stop)
                    ?? throw Problem.Chain.NotThere("申诉", "appeal", request.AppealId.ToString());
                Decide(request, appeal, await act.Db.EvaluationAppeals.SingleOrDefaultAsync(a => a.AnswersId == appeal.Id, stop));
                var row = new EvaluationAppeal
                {
                    Id = act.NewId(),
                    EvaluationId = appeal.EvaluationId,
                    Unit = appeal.Unit,
                    IndicatorId = appeal.IndicatorId,
                    ReasonZh = request.Reason.Trim(),
                    AnswersId = appeal.Id,
                    Outcome = request.Outcome,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                Tell.Unit(
                    act,
                    appeal.Unit,
                    "evaluation-appeal",
                    row.Id,
                    request.Outcome == "upheld" ? "你单位的评价申诉成立。" : "你单位的评价申诉未获支持。",
                    request.Outcome == "upheld" ? "Your appeal was upheld." : "Your appeal was rejected."
                );
                return row.Id;
            },
            stop
        );
    }
}
