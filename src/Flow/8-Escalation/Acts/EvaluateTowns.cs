using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>The leading group evaluates the daily enforcement of every town for a period (日常执法评价): the table is frozen with the lists
/// behind it and never changes (R60).</summary>
/// <remarks>A period is evaluated again only after an appeal was upheld; the earlier table stays as it was published.</remarks>
public static class EvaluateTowns
{
    public const string Act = "evaluate-towns";

    /// <summary>Kind of the snapshot.</summary>
    public const string SnapshotKind = "evaluation-of-towns";

    /// <param name="Period">Programme ids joined by <c>+</c>.</param>
    public sealed record Request(string Period, string OpinionZh, string Reason);

    public sealed record Evaluated(Guid Id, Guid SnapshotId, string ContentSha256);

    /// <summary>Pure: programmes of the plan, each once, in its order; not published before, unless an appeal was upheld since.</summary>
    public static FigureScope Decide(
        Request request,
        WorkPlan plan,
        IReadOnlyList<Evaluation> earlier,
        IReadOnlyList<EvaluationAppeal> answers
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(earlier);
        var asked = request.Period.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.FirstOrDefault(p => plan.FindProgramme(p) is null) is { } stranger)
            throw Problem.Chain.NotThere("工作批次", "programme", stranger);
        var programmes = plan.Programmes.Select(p => p.Id).Where(p => asked.Contains(p, StringComparer.Ordinal)).ToList();
        if (programmes.Count == 0)
            throw Problem.Chain.BadValue("Period", request.Period, "一个或几个工作批次", "one or several programmes");
        if (string.IsNullOrWhiteSpace(request.OpinionZh))
            throw Problem.Chain.BadValue("OpinionZh", "", "评价意见", "an opinion");
        var scope = new FigureScope(programmes);
        var last = earlier.Where(e => e.Period == scope.Period).MaxBy(e => e.At);
        if (last is not null && !answers.Any(a => a.EvaluationId == last.Id && a.Outcome == "upheld"))
            throw Problem.Chain.AlreadyDone("该时段的评价", "The evaluation of this period", last.By, last.At);
        return scope;
    }

    /// <param name="law">The law of the day.</param>
    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Evaluated> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        LawBook law,
        IndicatorBook indicators,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.Period,
            request.Reason,
            async act =>
            {
                var earlier = await act.Db.Evaluations.ToListAsync(stop);
                var answers = await act.Db.EvaluationAppeals.Where(a => a.AnswersId != null).ToListAsync(stop);
                var scope = Decide(request, store.Plan, earlier, answers);
                var facts = await FigureReader.ReadAsync(act.Db, law, scope, act.Today, stop);
                var table = EvaluationTable.Of(facts, store.Plan.Units.Responsible.Select(u => u.Id), indicators, law);
                var snapshot = Snapshots.Freeze(act, SnapshotKind, scope.Period, act.Today, table.ToJson());
                var row = new Evaluation
                {
                    Id = act.NewId(),
                    Period = scope.Period,
                    On = act.Today,
                    SnapshotId = snapshot.Id,
                    OpinionZh = request.OpinionZh.Trim(),
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(row);
                act.Fact("snapshotSha256", snapshot.ContentSha256);
                foreach (var unit in store.Plan.Units.Responsible)
                    Tell.Unit(
                        act,
                        unit.Id,
                        "evaluation",
                        row.Id,
                        $"日常执法评价已公布（{scope.Period}），可以申诉。",
                        $"The evaluation of {scope.Period} was published; your unit may appeal."
                    );
                return new Evaluated(row.Id, snapshot.Id, snapshot.ContentSha256);
            },
            stop
        );
    }
}
