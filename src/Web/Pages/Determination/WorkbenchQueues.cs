using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>The queues of the workbench and what is in them.</summary>
public static class WorkbenchQueues
{
    /// <summary>Names of the queues, in the order of the head line.</summary>
    public static IReadOnlyList<string> Names { get; } = ["judge", "confirm", "doubtful", "returned", "all"];

    /// <param name="find">Part of a number, of the unit as issued (a village), of the responsible unit's name, or of the change.</param>
    /// <param name="byParty">Patches that <paramref name="find"/> finds by a party.</param>
    /// <param name="unitName">The name of a responsible unit.</param>
    public static IReadOnlyList<PatchRow> Filter(
        IReadOnlyList<PatchRow> all,
        string queue,
        string? state,
        string? unit,
        string? find,
        string login,
        IReadOnlySet<Guid> byParty,
        Func<string?, string> unitName
    ) =>
        [
            .. all.Where(r =>
                IsIn(r, queue, login)
                && (string.IsNullOrEmpty(state) || r.State == state)
                && IsOf(r, unit)
                && (string.IsNullOrEmpty(find) || byParty.Contains(r.Id) || Matches(r, find, unitName))
            ),
        ];

    public static IReadOnlyList<(string Queue, int Count)> Count(
        IReadOnlyList<PatchRow> all,
        string? unit,
        string login,
        bool mayDecide,
        bool mayConfirm
    ) =>
        [
            .. Names
                .Where(q => q != "confirm" || mayConfirm || !mayDecide)
                .Select(q => (q, all.Count(r => IsIn(r, q, login) && IsOf(r, unit)))),
        ];

    private static bool IsIn(PatchRow row, string queue, string login) =>
        queue switch
        {
            "judge" => row.IsToJudge,
            "confirm" => row.Parcels.Any(p => p.Stage == ParcelStage.Decided && p.DecidedBy != login),
            "doubtful" => row.IsDoubtful,
            "returned" => row.IsReturned,
            _ => true,
        };

    private static bool IsOf(PatchRow row, string? unit) =>
        unit switch
        {
            null or "" => true,
            "none" => row.Units.Count == 0 || row.Units.Contains(null),
            _ => row.Units.Contains(unit),
        };

    private static bool Matches(PatchRow row, string find, Func<string?, string> unitName) =>
        row.Number.Contains(find, StringComparison.OrdinalIgnoreCase)
        || (row.IssuedUnit?.Contains(find, StringComparison.OrdinalIgnoreCase) ?? false)
        || row.Units.Any(u => u is not null && unitName(u).Contains(find, StringComparison.OrdinalIgnoreCase))
        || (row.Change?.Contains(find, StringComparison.OrdinalIgnoreCase) ?? false)
        || row.Parcels.Any(p => p.Code == find || p.Proposed == find);
}
