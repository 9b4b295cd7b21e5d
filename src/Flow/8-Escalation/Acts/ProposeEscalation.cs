using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>The office proposes a measure against a unit on a ground of the plan; the government decides (R44).</summary>
/// <remarks>
/// The figures are frozen with every id behind them. A ground whose line the data reach needs no more; any other needs a reason that the
/// proposer signs, because no number of the plan decides it.
/// </remarks>
public static class ProposeEscalation
{
    public const string Act = "propose-escalation";

    /// <summary>What the government decides on by a proposal; other measures of a plan have acts of their own.</summary>
    private static readonly string[] Measures = ["warning-interview", "accountability", "discipline-transfer", "public-circular"];

    /// <param name="Measure">One that the plan names under the ground.</param>
    /// <param name="FindingId">The integrity finding that the ground rests on; only where it needs one.</param>
    /// <param name="SeriousZh">Why the matter is serious where no line says so.</param>
    public sealed record Request(
        string Unit,
        string GroundId,
        [OneOf("warning-interview", "accountability", "discipline-transfer", "public-circular")] string Measure,
        Guid? FindingId,
        string? SeriousZh,
        string Reason
    );

    /// <param name="Immediate">Finding, land class and area of the plan are met: it starts at once.</param>
    public sealed record Proposed(Guid Id, bool Immediate);

    /// <summary>Pure: may this be proposed, and is it immediate?</summary>
    /// <param name="sheet">The ground as it stands for the unit; null where the product computes nothing of it.</param>
    /// <param name="trigger">The violation of the finding against the areas of the plan.</param>
    public static bool Decide(
        Request request,
        WorkPlan plan,
        GroundSheet? sheet,
        IntegrityFinding? finding,
        ImmediateTrigger? trigger,
        EscalationProposal? undecided
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Units.Responsible.All(u => u.Id != request.Unit))
            throw Problem.Chain.NotThere("责任单位", "responsible unit", request.Unit);
        var ground =
            plan.Grounds.FirstOrDefault(g => g.Id == request.GroundId) ?? throw Problem.Chain.NotThere("情形", "ground", request.GroundId);
        var allowed = ground.Measures.Intersect(Measures).ToList();
        if (!allowed.Contains(request.Measure))
            throw Problem.Escalation.NoSuchMeasure(ground.Name.Zh, ground.Name.En, request.Measure, string.Join(", ", allowed));
        if (undecided is not null)
            throw Problem.Chain.AlreadyDone("同一建议", "The same proposal", undecided.By, undecided.At);
        var needsFinding = ground.Id == GroundIds.Integrity;
        if (needsFinding && finding?.Unit != request.Unit)
            throw Problem.Escalation.FindingNeeded(ground.Name.Zh, ground.Name.En);
        var immediate = needsFinding && trigger is { IsMet: true };
        var reached = immediate || (!needsFinding && sheet is { IsReached: true });
        if (!reached && string.IsNullOrWhiteSpace(request.SeriousZh))
            throw Problem.Escalation.SignedReasonNeeded(ground.Name.Zh, ground.Name.En);
        return immediate;
    }

    /// <param name="law">The law of the day.</param>
    /// <param name="indicators">The definitions that figures are reckoned by.</param>
    /// <exception cref="Problem"><c>escalation.*</c>, <c>chain.*</c></exception>
    public static Task<Proposed> Handle(
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
        ArgumentNullException.ThrowIfNull(indicators);
        return store.ActAsync(
            actor,
            Act,
            request.Unit,
            request.Reason,
            act => WriteAsync(act, request, law, indicators[FarmlandRatio.IndicatorId], stop),
            stop
        );
    }

    private static async Task<Proposed> WriteAsync(
        ActScope act,
        Request request,
        LawBook law,
        IndicatorDefinition farmland,
        CancellationToken stop
    )
    {
        var plan = act.Store.Plan;
        var scope = new FigureScope([.. plan.Programmes.Select(p => p.Id)], WithBacklog: true);
        var sheet = await SheetAsync(act, request, law, farmland, scope, stop);
        var finding = request.FindingId is { } id ? await act.Db.IntegrityFindings.SingleOrDefaultAsync(f => f.Id == id, stop) : null;
        var trigger = await TriggerAsync(act, request, finding, stop);
        var immediate = Decide(request, plan, sheet, finding, trigger, await UndecidedAsync(act, request, stop));
        var serious = string.IsNullOrWhiteSpace(request.SeriousZh) ? null : request.SeriousZh.Trim();
        var row = new EscalationProposal
        {
            Id = act.NewId(),
            Measure = request.Measure,
            Unit = request.Unit,
            GroundId = request.GroundId,
            Immediate = immediate,
            FiguresJson = GroundFiguresJson.Of(act.Today, scope.Period, sheet, trigger, finding, serious),
            ReasonZh = request.Reason.Trim(),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(row);
        act.Fact("immediate", immediate);
        Tell.Role(
            act,
            PlanRoles.Government,
            "escalation-proposal",
            row.Id,
            "有一项督导问责建议待区政府决定。",
            "A proposal waits for the decision of the government."
        );
        return new(row.Id, immediate);
    }

    private static async Task<GroundSheet?> SheetAsync(
        ActScope act,
        Request request,
        LawBook law,
        IndicatorDefinition farmland,
        FigureScope scope,
        CancellationToken stop
    )
    {
        var plan = act.Store.Plan;
        var records = await GroundFigures.RecordsAsync(act.Db, plan, act.Today, stop);
        if (!records.TryGetValue(request.Unit, out var record))
            return null;
        var facts = await FigureReader.ReadAsync(act.Db, law, scope, act.Today, stop);
        return GroundFigures
            .Of(request.Unit, facts.Of(request.Unit), record, plan, law, farmland)
            .FirstOrDefault(s => s.Ground.Id == request.GroundId);
    }

    private static async Task<ImmediateTrigger?> TriggerAsync(
        ActScope act,
        Request request,
        IntegrityFinding? finding,
        CancellationToken stop
    )
    {
        var plan = act.Store.Plan;
        if (finding?.ViolationId is not { } id || plan.Grounds.FirstOrDefault(g => g.Id == request.GroundId) is not { } ground)
            return null;
        var violation = await act.Db.Violations.SingleAsync(v => v.Id == id, stop);
        return ImmediateTrigger.Of(violation, [finding], ground.Thresholds.Select(plan.Threshold));
    }

    private static Task<EscalationProposal?> UndecidedAsync(ActScope act, Request request, CancellationToken stop) =>
        act.Db.EscalationProposals.FirstOrDefaultAsync(
            p =>
                p.Unit == request.Unit
                && p.GroundId == request.GroundId
                && p.Measure == request.Measure
                && !act.Db.GovernmentDecisions.Any(d => d.ProposalId == p.Id),
            stop
        );
}
