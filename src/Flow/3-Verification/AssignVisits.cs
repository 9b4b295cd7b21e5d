using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Verification;

/// <summary>Gives the patches of a programme in a unit to its town to visit by a day (分派核查).</summary>
/// <remarks>Nothing is taken back: a later assignment of the same patch to the same unit takes the place of the earlier one.</remarks>
public static class AssignVisits
{
    public const string Act = "assign-visits";

    /// <summary>Only patches that nobody has visited, or whose visit was returned.</summary>
    public const string Open = "open-patches";

    /// <summary>Every patch, also those visited before: they are due anew.</summary>
    public const string Every = "every-patch";

    /// <param name="Programme">Id of a programme of the plan.</param>
    /// <param name="Unit">Id of a responsible unit of the plan.</param>
    /// <param name="DueOn">Last day, inclusive until 24:00; not before today.</param>
    /// <param name="Numbers">Numbers of patches; all of the unit when there are none.</param>
    public sealed record Request(
        string Programme,
        string Unit,
        DateOnly DueOn,
        [OneOf(Open, Every)] string Which,
        IReadOnlyList<string>? Numbers,
        string? NoteZh,
        string Reason
    );

    /// <param name="Superseded">Earlier assignments that these take the place of.</param>
    public sealed record Assigned(int Patches, int Superseded, DateOnly DueOn);

    /// <summary>Pure: which patches are given.</summary>
    /// <param name="ofUnit">Patches of the programme with a share of the unit: number by id.</param>
    /// <param name="visited">Those with a visit that counts and was not returned.</param>
    public static IReadOnlyList<Guid> Decide(
        Request request,
        WorkPlan plan,
        IReadOnlyDictionary<Guid, string> ofUnit,
        IReadOnlySet<Guid> visited,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(ofUnit);
        ArgumentNullException.ThrowIfNull(visited);
        if (plan.FindProgramme(request.Programme) is null)
            throw Problem.Chain.NotThere("卫片批次", "programme", request.Programme);
        if (plan.Units.FindResponsible(request.Unit)?.Id != request.Unit)
            throw Problem.Chain.NotThere("责任单位", "responsible unit", request.Unit);
        if (request.Which is not (Open or Every))
            throw Problem.Chain.BadValue("which", request.Which, $"{Open} 或 {Every}", $"{Open} or {Every}");
        if (request.DueOn < today)
            throw Problem.Verification.DueDayPast(request.DueOn, today);
        var byNumber = ofUnit.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
        foreach (var number in request.Numbers ?? [])
            if (!byNumber.ContainsKey(number))
                throw Problem.Chain.NotThere("该单位的图斑", "patch of this unit", number);
        var named = request.Numbers is { Count: > 0 } some ? some.Distinct(StringComparer.Ordinal).Select(n => byNumber[n]) : ofUnit.Keys;
        List<Guid> given =
        [
            .. named.Where(p => request.Which == Every || !visited.Contains(p)).OrderBy(p => ofUnit[p], StringComparer.Ordinal),
        ];
        return given.Count > 0 ? given : throw Problem.Verification.NothingToAssign(request.Unit, request.Programme);
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>verification.due-day-past</c>, <c>verification.nothing-to-assign</c></exception>
    public static Task<Assigned> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(actor, Act, request.Programme, request.Reason, act => WriteAsync(act, request, stop), stop);
    }

    private static async Task<Assigned> WriteAsync(ActScope act, Request request, CancellationToken stop)
    {
        var shares = await act
            .Db.PatchUnits.Where(u => act.Db.Patches.Any(p => p.Id == u.PatchId && p.ProgrammeId == request.Programme))
            .ToListAsync(stop);
        var replaced = shares.Where(u => u.SupersedesId is not null).Select(u => u.SupersedesId!.Value).ToHashSet();
        var ids = shares.Where(u => !replaced.Contains(u.Id) && u.ResponsibleUnit == request.Unit).Select(u => u.PatchId).ToHashSet();
        var numbers = await act
            .Db.Patches.Where(p => p.ProgrammeId == request.Programme)
            .Select(p => new { p.Id, p.Number })
            .ToListAsync(stop);
        var ofUnit = numbers.Where(p => ids.Contains(p.Id)).ToDictionary(p => p.Id, p => p.Number);
        var given = Decide(request, act.Store.Plan, ofUnit, await VisitedAsync(act.Db, request.Programme, stop), act.Today);
        var before = await act.Db.VisitAssignments.Where(a => a.Unit == request.Unit).ToListAsync(stop);
        var gone = before.Where(a => a.SupersedesId is not null).Select(a => a.SupersedesId!.Value).ToHashSet();
        var standing = before.Where(a => !gone.Contains(a.Id)).ToDictionary(a => a.PatchId, a => a.Id);
        var rows = given.Select(patch => RowOf(act, request, patch, standing)).ToList();
        await act.AddManyAsync(rows, stop);
        var answer = new Assigned(rows.Count, rows.Count(r => r.SupersedesId is not null), request.DueOn);
        act.Fact("unit", request.Unit);
        act.Fact("dueOn", request.DueOn.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        act.Fact("patches", answer.Patches);
        act.Fact("superseded", answer.Superseded);
        return answer;
    }

    private static VisitAssignment RowOf(ActScope act, Request request, Guid patch, Dictionary<Guid, Guid> standing) =>
        new()
        {
            Id = act.NewId(),
            PatchId = patch,
            Unit = request.Unit,
            DueOn = request.DueOn,
            NoteZh = string.IsNullOrWhiteSpace(request.NoteZh) ? null : request.NoteZh.Trim(),
            SupersedesId = standing.TryGetValue(patch, out var earlier) ? earlier : null,
            By = act.By.Login,
            At = act.At,
        };

    private static async Task<IReadOnlySet<Guid>> VisitedAsync(StoreContext db, string programme, CancellationToken stop)
    {
        var visits = await db
            .Visits.Where(v => db.Patches.Any(p => p.Id == v.PatchId && p.ProgrammeId == programme))
            .Select(v => new
            {
                v.Id,
                v.PatchId,
                v.SupersedesId,
            })
            .ToListAsync(stop);
        var returned = await db.VisitReturns.Select(r => r.VisitId).ToListAsync(stop);
        var uncounted = visits.Where(v => v.SupersedesId is not null).Select(v => v.SupersedesId!.Value).Concat(returned).ToHashSet();
        return visits.Where(v => !uncounted.Contains(v.Id)).Select(v => v.PatchId).ToHashSet();
    }
}
