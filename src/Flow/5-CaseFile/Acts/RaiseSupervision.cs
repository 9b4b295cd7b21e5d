using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The bureau or the office raises listed supervision, a public circular, joint enforcement or a report to the government, on a
/// ground of the plan; the government signs it.</summary>
public static class RaiseSupervision
{
    public const string Act = "raise-supervision";

    /// <summary>The measures of the plan that a kind stands for: the plan calls joint work investigation in one place and enforcement in
    /// another.</summary>
    private static readonly Dictionary<string, string[]> Measures = new(StringComparer.Ordinal)
    {
        [SupervisionKind.Listed] = ["listed-supervision"],
        [SupervisionKind.Circular] = ["public-circular"],
        [SupervisionKind.Joint] = ["joint-enforcement", "joint-investigation"],
        [SupervisionKind.GovernmentReport] = ["report-to-government"],
    };

    /// <param name="ViolationId">What it is about; null for a matter of a whole unit.</param>
    /// <param name="GroundId">A ground of the plan that leads to such a measure.</param>
    /// <param name="DueOn">The last day, set by whoever raises it: the plan sets none.</param>
    public sealed record Request(
        [OneOf("listed-supervision", "public-circular", "joint-enforcement", "report-to-government")] string Kind,
        Guid? ViolationId,
        string? Unit,
        string GroundId,
        string ReasonZh,
        DateOnly RaisedOn,
        DateOnly? DueOn,
        string Reason
    );

    /// <summary>Pure: something it is about, a ground that leads to it, a reason, days in their order; what is listed has a last
    /// day.</summary>
    /// <param name="verdict">Of the violation; null for a matter of a whole unit.</param>
    public static void Decide(Request request, WorkPlan plan, Cause? verdict, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        OneOfAttribute.Check("Kind", request.Kind, SupervisionKind.All);
        if (request.ViolationId is null && request.Unit is null)
            throw Problem.Chain.BadValue("ViolationId、Unit", "", "一宗违法或一个责任单位", "a violation or a unit");
        if (request.Unit is { } unit)
            OneOfAttribute.Check("Unit", unit, [.. plan.Units.Responsible.Select(u => u.Id)]);
        var wanted = Measures[request.Kind];
        OneOfAttribute.Check("GroundId", request.GroundId, [.. plan.Grounds.Where(g => g.Measures.Any(wanted.Contains)).Select(g => g.Id)]);
        if (string.IsNullOrWhiteSpace(request.ReasonZh))
            throw Problem.Chain.BadValue("ReasonZh", "", "提出的理由", "why");
        DayOrder.Require("提出日期", "The day it is raised", request.RaisedOn, today, verdict ?? Cause.Plan(plan));
        if (request.DueOn is { } due)
            DayOrder.RequireNotBefore("期限", "The last day", due, new Cause("提出日期", "the day it is raised", request.RaisedOn));
        if (request.Kind is SupervisionKind.Listed or SupervisionKind.Joint && request.DueOn is null)
            throw Problem.Chain.BadValue("DueOn", "", "期限（方案未定，由提出者确定）", "a last day: the plan sets none");
    }

    /// <returns>The id of the supervision.</returns>
    /// <exception cref="Problem"><c>chain.*</c>, <c>case-file.violation-replaced</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.ViolationId?.ToString() ?? request.Unit ?? request.Kind,
            request.Reason,
            async act =>
            {
                var violation = request.ViolationId is { } id ? await act.Db.ViolationAsync(id, stop) : null;
                Cause? verdict = violation is null ? null : await VerifiedDays.CauseAsync(act.Db, violation, stop);
                Decide(request, act.Store.Plan, verdict, act.Today);
                var same = act.Db.Supervisions.Where(s => s.Kind == request.Kind && s.RaisedOn == request.RaisedOn);
                var (about, unit) = (violation?.Id, request.Unit ?? violation?.Unit);
                if (
                    await same.FirstOrDefaultAsync(s => s.ViolationId == about && s.Unit == unit && s.GroundId == request.GroundId, stop) is
                    { } done
                )
                    throw Problem.Chain.AlreadyDone("当日的同一督办", "The same supervision of that day", done.By, done.At);
                var supervision = new Supervision
                {
                    Id = act.NewId(),
                    Kind = request.Kind,
                    ViolationId = about,
                    Unit = unit,
                    GroundId = request.GroundId,
                    ReasonZh = request.ReasonZh.Trim(),
                    RaisedOn = request.RaisedOn,
                    DueOn = request.DueOn,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(supervision);
                act.Fact("kind", request.Kind);
                return supervision.Id;
            },
            stop
        );
    }
}
