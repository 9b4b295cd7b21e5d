using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>An officer makes one violation (一宗违法) out of confirmed illegal parcels: one act of one party, however many patches show
/// it.</summary>
/// <remarks>Splitting an act over patches does not make it smaller: its areas are summed over all of its parcels.</remarks>
public static class FormViolation
{
    public const string Act = "form-violation";

    /// <param name="ParcelIds">Confirmed illegal parcels of one unit and one kind, of any patches.</param>
    /// <param name="StartedOn">Start of the act, where known; not after today.</param>
    /// <param name="IsNew">新增 (true) or 存量.</param>
    /// <param name="Unit">Id of the responsible unit; null takes the one that has the largest share.</param>
    public sealed record Request(
        IReadOnlyList<string> ParcelIds,
        string NameZh,
        string LocationZh,
        string UseZh,
        DateOnly? StartedOn,
        bool IsNew,
        bool KeyProject,
        string? Unit,
        string Reason
    );

    public sealed record Formed(Guid ViolationId, string Number);

    /// <summary>Pure: every parcel asked for is illegal and free, all are of one kind, one unit answers for all.</summary>
    /// <param name="free">Those of the asked parcels that are confirmed illegal and in no violation.</param>
    /// <param name="units">Responsible units of each patch, largest share first.</param>
    /// <returns>The unit that answers.</returns>
    public static string Decide(
        Request request,
        IReadOnlyCollection<string> asked,
        IReadOnlyList<IllegalParcel> free,
        ILookup<Guid, (string Unit, double AreaSquareMetres)> units,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(free);
        if (asked.Count == 0)
            throw Problem.Chain.BadValue("ParcelIds", "", "至少一个地块", "at least one parcel");
        var ids = free.Select(p => p.ParcelId.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (asked.FirstOrDefault(a => !ids.Contains(a)) is { } stranger)
            throw Problem.CaseFile.ParcelNotFree(stranger);
        if (free.Select(p => p.PatchKind).Distinct().Count() > 1)
            throw Problem.CaseFile.TwoKinds();
        foreach (var (field, text) in new[] { ("NameZh", request.NameZh), ("LocationZh", request.LocationZh), ("UseZh", request.UseZh) })
            if (string.IsNullOrWhiteSpace(text))
                throw Problem.Chain.BadValue(field, "", "文字说明", "some words");
        if (request.StartedOn > today)
            throw Problem.Chain.InFuture("违法行为开始日期", "The start of the act", request.StartedOn.Value, today);
        return UnitOf(request.Unit, free, units);
    }

    /// <exception cref="Problem"><c>case-file.*</c>, <c>chain.*</c></exception>
    public static Task<Formed> Handle(WeipianStore store, Actor actor, Request request, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            string.Join(' ', request.ParcelIds.Take(1)),
            request.Reason,
            async act =>
            {
                var draft = await DraftAsync(act, request, law, keep: null, stop);
                var violation = await ViolationRows.WriteAsync(act, draft, supersedes: null, stop);
                act.Fact("violation", violation.Number);
                return new Formed(violation.Id, violation.Number);
            },
            stop
        );
    }

    /// <param name="keep">The violation whose parcels count as free because it is being corrected.</param>
    internal static async Task<ViolationDraft> DraftAsync(
        ActScope act,
        Request request,
        LawBook law,
        Violation? keep,
        CancellationToken stop
    )
    {
        var asked = request.ParcelIds.Select(p => p.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var ids = asked.Select(a => Guid.TryParse(a, out var id) ? id : Guid.Empty).ToList();
        var keepId = keep?.Id;
        var taken = IllegalParcels.TakenIn(act.Db).Where(p => p.ViolationId != keepId).Select(p => p.ParcelId);
        var free = await IllegalParcels.OfAsync(act.Db, act.Db.Parcels.Where(p => ids.Contains(p.Id) && !taken.Contains(p.Id)), law, stop);
        var units = await IllegalParcels.UnitsAsync(act.Db, [.. free.Select(p => p.PatchId).Distinct()], stop);
        var unit = Decide(request, asked, free, units, act.Today);
        return new(free, unit, request.NameZh, request.LocationZh, request.UseZh, request.StartedOn, request.IsNew, request.KeyProject);
    }

    /// <summary>The unit that answers for every patch of the violation: the one asked for, else the one with the largest share.</summary>
    internal static string UnitOf(
        string? wanted,
        IReadOnlyList<IllegalParcel> parcels,
        ILookup<Guid, (string Unit, double AreaSquareMetres)> units
    )
    {
        var patches = parcels.Select(p => p.PatchId).Distinct().ToList();
        var common = patches
            .SelectMany(p => units[p])
            .GroupBy(u => u.Unit, StringComparer.Ordinal)
            .Where(g => patches.All(p => units[p].Any(u => u.Unit == g.Key)))
            .OrderByDescending(g => g.Sum(u => u.AreaSquareMetres))
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Key)
            .ToList();
        if (common.Count == 0)
            throw Problem.CaseFile.NoCommonUnit(parcels[0].PatchNumber);
        if (wanted is null)
            return common[0];
        return common.Contains(wanted, StringComparer.Ordinal)
            ? wanted
            : throw Problem.Chain.BadValue("Unit", wanted, string.Join("、", common), string.Join(", ", common));
    }
}
