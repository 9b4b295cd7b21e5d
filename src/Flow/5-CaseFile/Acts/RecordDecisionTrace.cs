using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Records who decided what on the way to a violation (既查违法事实也查决策过程): by post, never by name.</summary>
public static class RecordDecisionTrace
{
    public const string Act = "record-decision-trace";

    /// <param name="On">Day of the decision, where known; not after today.</param>
    /// <param name="WhatZh">What was decided, and by which paper.</param>
    public sealed record Request(Guid ViolationId, DateOnly? On, string PostZh, string WhatZh, string Reason);

    public static void Decide(Request request, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.On > today)
            throw Problem.Chain.InFuture("决策日期", "The day of the decision", request.On.Value, today);
        if (string.IsNullOrWhiteSpace(request.PostZh))
            throw Problem.Chain.BadValue("PostZh", "", "职务", "a post");
        if (string.IsNullOrWhiteSpace(request.WhatZh))
            throw Problem.Chain.BadValue("WhatZh", "", "决策内容", "what was decided");
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.violation-replaced</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ViolationId.ToString(),
            request.Reason,
            async act =>
            {
                var violation = await act.Db.ViolationAsync(request.ViolationId, stop);
                Decide(request, act.Today);
                var (post, what) = (request.PostZh.Trim(), request.WhatZh.Trim());
                var same = act.Db.DecisionTraces.Where(t => t.ViolationId == violation.Id && t.On == request.On);
                if (await same.FirstOrDefaultAsync(t => t.PostZh == post && t.WhatZh == what, stop) is { } done)
                    throw Problem.Chain.AlreadyDone("该决策痕迹", "This trace of a decision", done.By, done.At);
                var trace = new DecisionTrace
                {
                    Id = act.NewId(),
                    ViolationId = violation.Id,
                    On = request.On,
                    PostZh = post,
                    WhatZh = what,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(trace);
                return trace.Id;
            },
            stop
        );
    }
}
