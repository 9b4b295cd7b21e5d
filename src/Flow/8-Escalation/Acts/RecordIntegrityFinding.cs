using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>Records that a unit falsified, concealed or sat on a case, as found in a spot check, a review of data or an acceptance on
/// site.</summary>
/// <remarks>Never by the unit concerned. A finding is no measure: what follows is proposed and decided by others.</remarks>
public static class RecordIntegrityFinding
{
    public const string Act = "record-integrity-finding";

    private static readonly string[] Kinds = ["falsified", "concealed", "sat-on"];
    private static readonly string[] Places = ["spot-check", "data-review", "site-acceptance"];

    /// <param name="ViolationNumber">The violation it is about; empty when it is about none.</param>
    /// <param name="FoundInId">The result, return or acceptance in which it was found.</param>
    public sealed record Request(
        string Unit,
        string? ViolationNumber,
        [OneOf("falsified", "concealed", "sat-on")] string Kind,
        [OneOf("spot-check", "data-review", "site-acceptance")] string FoundIn,
        Guid? FoundInId,
        DateOnly FoundOn,
        string FactsZh,
        string Reason
    );

    /// <param name="Immediate">The areas of the plan make it serious: interview or accountability starts at once.</param>
    public sealed record Recorded(Guid Id, bool Immediate);

    /// <summary>Pure: a unit of the plan, not one's own, with facts, on a day that has come.</summary>
    public static void Decide(Actor actor, Request request, WorkPlan plan, Violation? violation, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        if (actor.Unit == request.Unit || actor.Role == PlanRoles.Town)
            throw Problem.Escalation.ConcernedUnit(actor.Login, request.Unit);
        if (plan.Units.Responsible.All(u => u.Id != request.Unit))
            throw Problem.Chain.NotThere("责任单位", "responsible unit", request.Unit);
        OneOfAttribute.Check("Kind", request.Kind, Kinds);
        OneOfAttribute.Check("FoundIn", request.FoundIn, Places);
        if (violation is not null && violation.Unit != request.Unit)
            throw Problem.Chain.BadValue("ViolationNumber", violation.Number, "该单位的违法", "a violation of that unit");
        if (request.FoundOn > today)
            throw Problem.Chain.InFuture("发现日期", "The day of the finding", request.FoundOn, today);
        if (string.IsNullOrWhiteSpace(request.FactsZh))
            throw Problem.Chain.BadValue("FactsZh", "", "查明的事实", "the facts found");
    }

    /// <exception cref="Problem"><c>escalation.concerned-unit</c>, <c>chain.*</c></exception>
    public static Task<Recorded> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(actor, Act, request.Unit, request.Reason, act => WriteAsync(act, request, stop), stop);
    }

    private static async Task<Recorded> WriteAsync(ActScope act, Request request, CancellationToken stop)
    {
        var plan = act.Store.Plan;
        var violation = await ViolationAsync(act.Db, request.ViolationNumber, stop);
        Decide(act.By, request, plan, violation, act.Today);
        // Nobody deceives about what no image shows yet; about a whole unit findings are made because the plan asks for them.
        var cause = violation is null ? Cause.Plan(plan) : Cause.Images(await FirstImageAsync(act.Db, violation.Id));
        DayOrder.RequireNotBefore("发现日期", "The day of the finding", request.FoundOn, cause);
        var (about, facts) = (violation?.Id, request.FactsZh.Trim());
        var same = act.Db.IntegrityFindings.Where(f => f.Unit == request.Unit && f.Kind == request.Kind && f.FoundOn == request.FoundOn);
        if (await same.FirstOrDefaultAsync(f => f.ViolationId == about && f.FactsZh == facts, stop) is { } done)
            throw Problem.Chain.AlreadyDone("同一认定", "The same finding", done.By, done.At);
        var finding = new IntegrityFinding
        {
            Id = act.NewId(),
            Unit = request.Unit,
            ViolationId = about,
            Kind = request.Kind,
            FoundIn = request.FoundIn,
            FoundInId = request.FoundInId,
            FoundOn = request.FoundOn,
            FactsZh = facts,
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(finding);
        var ground = plan.Grounds.FirstOrDefault(g => g.Id == GroundIds.Integrity);
        var immediate =
            violation is not null
            && ground is not null
            && ImmediateTrigger.Of(violation, [finding], ground.Thresholds.Select(plan.Threshold)).IsMet;
        act.Fact("immediate", immediate);
        Tell.Role(
            act,
            PlanRoles.OfficeHead,
            "integrity-finding",
            finding.Id,
            immediate ? "有一项认定达到立即启动约谈或问责的标准。" : "有一项新的弄虚作假、瞒案不报或压案不查认定。",
            immediate ? "A finding reaches the line for interview or accountability at once." : "A new integrity finding was recorded."
        );
        return new(finding.Id, immediate);
    }

    /// <summary>The first later image of its patches; null for one without a patch.</summary>
    private static Task<DateOnly?> FirstImageAsync(StoreContext db, Guid violation) =>
        (
            from parcel in db.ViolationParcels
            join patch in db.Patches on parcel.PatchId equals patch.Id
            where parcel.ViolationId == violation
            select patch.After
        ).MinAsync();

    private static async Task<Violation?> ViolationAsync(StoreContext db, string? number, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(number))
            return null;
        var violation =
            await db.Violations.SingleOrDefaultAsync(v => v.Number == number.Trim(), stop)
            ?? throw Problem.Chain.NotThere("违法", "violation", number);
        var next = await db.Violations.FirstOrDefaultAsync(v => v.SupersedesId == violation.Id, stop);
        return next is null
            ? violation
            : throw Problem.Chain.OutOfOrder(
                "认定",
                "find about it",
                $"该宗违法已由 {next.Number} 取代",
                $"violation {next.Number} took its place"
            );
    }
}
