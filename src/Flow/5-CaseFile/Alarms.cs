using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>A violation that is neither a case, nor handled without one by signature, nor transferred: an alarm, not a silence.</summary>
/// <param name="LastDay">The last day to file; of the historic backlog that of the plan. Null where none is set.</param>
/// <param name="Waiting">What waits for a signature: <c>case-file</c>, <c>non-case-handling</c>, <c>transfer</c>; null for nothing.</param>
public sealed record CaseAlarm(Violation Violation, DateOnly VerifiedOn, DateOnly? LastDay, string? Waiting)
{
    public int DaysLate(DateOnly today) => LastDay is { } last ? Math.Max(0, today.DayNumber - last.DayNumber) : 0;
}

/// <summary>What must be filed and is not (该立案的立案).</summary>
public static class CaseAlarms
{
    /// <summary>The violations in alarm, those with the earliest last day first.</summary>
    public static async Task<IReadOnlyList<CaseAlarm>> OfAsync(
        StoreContext db,
        WorkPlan plan,
        LawBook law,
        DateOnly today,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(law);
        var settled = await SettledAsync(db, stop);
        var waiting = await WaitingAsync(db, stop);
        var open = await db.ViolationsInForce().Where(v => v.AreaSquareMetres > 0).OrderBy(v => v.Number).ToListAsync(stop);
        var unsettled = open.Where(v => !settled.Contains(v.Id)).ToList();
        var verified = await VerifiedDays.OfAsync(db, unsettled, stop);
        return
        [
            .. unsettled
                .Select(v => new CaseAlarm(v, verified[v.Id], LastDay(v, verified[v.Id], plan, law), waiting.GetValueOrDefault(v.Id)))
                .OrderBy(a => a.LastDay ?? DateOnly.MaxValue)
                .ThenBy(a => a.Violation.Number, StringComparer.Ordinal),
        ];
    }

    /// <summary>Violations whose matter has a signed end: a case that was opened, a handling or a transfer.</summary>
    public static async Task<IReadOnlySet<Guid>> SettledAsync(StoreContext db, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var cases = SecondSignatures.ApprovedIn(db, SecondSignatures.CaseFile);
        var handlings = SecondSignatures.ApprovedIn(db, SecondSignatures.NonCase);
        var transfers = SecondSignatures.ApprovedIn(db, SecondSignatures.Transfer);
        var all = await db
            .CaseFiles.Where(c => cases.Contains(c.Id))
            .Select(c => c.ViolationId)
            .Concat(db.NonCaseHandlings.Where(h => handlings.Contains(h.Id)).Select(h => h.ViolationId))
            .Concat(db.Transfers.Where(t => transfers.Contains(t.Id)).Select(t => t.ViolationId))
            .ToListAsync(stop);
        return all.ToHashSet();
    }

    /// <summary>What was prepared and waits for the second signature, by violation.</summary>
    private static async Task<Dictionary<Guid, string>> WaitingAsync(StoreContext db, CancellationToken stop)
    {
        var signed = db.Signatures.Where(s => s.Purpose == SecondSignatures.InForce || s.Outcome == SecondSignatures.Approved);
        var waiting = new Dictionary<Guid, string>();
        await AddAsync(
            db.Transfers.Where(t => !signed.Any(s => s.SubjectId == t.Id)).Select(t => t.ViolationId),
            SecondSignatures.Transfer
        );
        await AddAsync(
            db.NonCaseHandlings.Where(h => !signed.Any(s => s.SubjectId == h.Id)).Select(h => h.ViolationId),
            SecondSignatures.NonCase
        );
        await AddAsync(
            db.CaseFiles.Where(c => !signed.Any(s => s.SubjectId == c.Id)).Select(c => c.ViolationId),
            SecondSignatures.CaseFile
        );
        return waiting;

        async Task AddAsync(IQueryable<Guid> violations, string what)
        {
            foreach (var id in await violations.ToListAsync(stop))
                waiting[id] = what;
        }
    }

    private static DateOnly? LastDay(Violation violation, DateOnly verified, WorkPlan plan, LawBook law) =>
        violation.Source == ViolationSource.Backlog
            ? plan.Calendar.Dates.FirstOrDefault(d => d.Id == "historic-backlog")?.Due
            : CaseClocks.FilingOf(new CaseCourse(verified, null, []), law).Deadline?.LastDayInclusive;
}
