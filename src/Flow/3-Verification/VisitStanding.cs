using Weipian.Flow.Store;

namespace Weipian.Flow.Verification;

/// <summary>How a visit that is owed stands.</summary>
public enum VisitStage
{
    /// <summary>Assigned and not yet visited since.</summary>
    Due,

    /// <summary>The latest visit was sent back: the patch is due again.</summary>
    Returned,

    /// <summary>Visited.</summary>
    Done,
}

/// <summary>One patch as one unit has to visit it.</summary>
/// <param name="DueOn">Last day; null when the patch was never assigned and is due because its visit was returned.</param>
/// <param name="Latest">The latest visit of the unit, or of a seat of the district.</param>
/// <param name="Return">Why the latest visit came back.</param>
public sealed record VisitStanding(
    Guid PatchId,
    string Unit,
    VisitStage Stage,
    DateOnly? DueOn,
    string? NoteZh,
    Visit? Latest,
    VisitReturn? Return
)
{
    /// <summary>The last day is over and the visit is still owed.</summary>
    public bool IsLate(DateOnly today) => Stage != VisitStage.Done && DueOn is { } due && due < today;

    /// <summary>Pure: what every unit owes, from all rows of some patches. What was corrected counts no more.</summary>
    /// <param name="unitsOf">Responsible units of each patch.</param>
    /// <param name="unitOfSeat">The unit of a login; null for a seat of the district, whose visits count for every unit.</param>
    public static IReadOnlyList<VisitStanding> Of(
        IReadOnlyCollection<VisitAssignment> assignments,
        IReadOnlyCollection<Visit> visits,
        IReadOnlyCollection<VisitReturn> returns,
        ILookup<Guid, string> unitsOf,
        Func<string, string?> unitOfSeat
    )
    {
        ArgumentNullException.ThrowIfNull(assignments);
        ArgumentNullException.ThrowIfNull(visits);
        ArgumentNullException.ThrowIfNull(unitsOf);
        ArgumentNullException.ThrowIfNull(unitOfSeat);
        var replaced = assignments.Where(a => a.SupersedesId is not null).Select(a => a.SupersedesId!.Value).ToHashSet();
        var standing = assignments.Where(a => !replaced.Contains(a.Id)).ToDictionary(a => (a.PatchId, a.Unit));
        var corrected = visits.Where(v => v.SupersedesId is not null).Select(v => v.SupersedesId!.Value).ToHashSet();
        var counting = visits.Where(v => !corrected.Contains(v.Id)).ToLookup(v => v.PatchId);
        var sentBack = returns.ToDictionary(r => r.VisitId);
        var owed = standing.Keys.Concat(
            counting
                .SelectMany(v => v)
                .Where(v => sentBack.ContainsKey(v.Id))
                .SelectMany(v => (unitOfSeat(v.By) is { } own ? [own] : unitsOf[v.PatchId]).Select(unit => (v.PatchId, unit)))
        );
        return
        [
            .. owed.Distinct()
                .Select(key =>
                {
                    var assigned = standing.GetValueOrDefault(key);
                    // Who is asked to go is not answered by what the program took from a file.
                    var latest = counting[key.PatchId]
                        .Where(v => unitOfSeat(v.By) is not { } by || by == key.Item2)
                        .Where(v => assigned is null || v.By != Actor.Machine.Login)
                        .OrderBy(v => v.RecordedAt)
                        .ThenBy(v => v.Id)
                        .LastOrDefault();
                    return One(key, assigned, latest, latest is null ? null : sentBack.GetValueOrDefault(latest.Id));
                }),
        ];
    }

    private static VisitStanding One((Guid Patch, string Unit) key, VisitAssignment? assigned, Visit? latest, VisitReturn? back)
    {
        var stage =
            back is not null ? VisitStage.Returned
            : latest is not null && (assigned is null || latest.RecordedAt >= assigned.At) ? VisitStage.Done
            : VisitStage.Due;
        return new(key.Patch, key.Unit, stage, assigned?.DueOn, assigned?.NoteZh, latest, back);
    }
}
