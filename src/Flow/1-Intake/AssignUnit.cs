using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Intake;

/// <summary>The office says who answers for what lies in a statutory unit to which the plan gives no responsible one (分派责任单位).</summary>
/// <remarks>
/// For every share of a programme in that unit, and only where the plan is silent: what the plan gives to a town stays with the town.
/// A later assignment takes the place of an earlier one; a violation that was formed meanwhile keeps its unit.
/// </remarks>
public static class AssignUnit
{
    public const string Act = "assign-unit";

    /// <param name="Programme">Id of a programme of the plan.</param>
    /// <param name="StatutoryUnit">Code of the unit in which the shares lie; empty for what lies in none.</param>
    /// <param name="Unit">Id of the responsible unit that answers for them from now on.</param>
    public sealed record Request(string Programme, string? StatutoryUnit, string Unit, string Reason);

    public sealed record Assigned(int Shares);

    /// <summary>Pure: the shares that change hands.</summary>
    /// <param name="standing">Shares of the programme in the statutory unit that nothing has replaced.</param>
    public static IReadOnlyList<PatchUnit> Decide(Request request, WorkPlan plan, IReadOnlyList<PatchUnit> standing)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(standing);
        if (plan.FindProgramme(request.Programme) is null)
            throw Problem.Chain.NotThere("卫片批次", "programme", request.Programme);
        if (plan.Units.FindResponsible(request.Unit)?.Id != request.Unit)
            throw Problem.Chain.NotThere("责任单位", "responsible unit", request.Unit);
        var code = CodeOf(request);
        if (plan.Units.ResponsibleFor(code) is { } named)
            throw Problem.Intake.PlanNamesTheUnit(code, named.Name.Zh, named.Name.En);
        List<PatchUnit> moved = [.. standing.Where(s => s.ResponsibleUnit != request.Unit)];
        return moved.Count > 0 ? moved : throw Problem.Intake.NoShareToAssign(code, request.Programme);
    }

    /// <exception cref="Problem"><c>chain.not-there</c>, <c>intake.plan-names-the-unit</c>, <c>intake.no-share-to-assign</c></exception>
    public static Task<Assigned> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(actor, Act, request.Programme, request.Reason, act => WriteAsync(act, request, stop), stop);
    }

    private static async Task<Assigned> WriteAsync(ActScope act, Request request, CancellationToken stop)
    {
        var code = CodeOf(request);
        var inProgramme = act.Db.Patches.Where(p => p.ProgrammeId == request.Programme).Select(p => p.Id);
        var standing = await act
            .Db.PatchUnits.Where(u => u.StatutoryUnit == code && inProgramme.Contains(u.PatchId))
            .Where(u => !act.Db.PatchUnits.Any(later => later.SupersedesId == u.Id))
            .ToListAsync(stop);
        var moved = Decide(request, act.Store.Plan, standing);
        await act.AddManyAsync([.. moved.Select(share => RowOf(act, request, share))], stop);
        act.Fact("statutoryUnit", code);
        act.Fact("unit", request.Unit);
        act.Fact("shares", moved.Count);
        return new(moved.Count);
    }

    private static string CodeOf(Request request) => request.StatutoryUnit?.Trim() ?? "";

    private static PatchUnit RowOf(ActScope act, Request request, PatchUnit share) =>
        new()
        {
            Id = act.NewId(),
            PatchId = share.PatchId,
            StatutoryUnit = share.StatutoryUnit,
            ResponsibleUnit = request.Unit,
            AreaSquareMetres = share.AreaSquareMetres,
            SupersedesId = share.Id,
        };
}
