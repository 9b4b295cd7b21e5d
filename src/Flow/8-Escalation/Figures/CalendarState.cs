using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>How a date of the plan stands on a day.</summary>
public enum CalendarStanding
{
    /// <summary>Its span or its month has not come near; nothing is late.</summary>
    Open,

    /// <summary>Done by its day.</summary>
    Done,

    /// <summary>Done after its day, with a reason.</summary>
    DoneLate,

    /// <summary>Not done, and its day is over.</summary>
    Late,

    /// <summary>Another level acts; it is waited for.</summary>
    Others,
}

/// <summary>One date of the plan as it stands on a day.</summary>
/// <param name="DaysLeft">To the end of the due day; negative when over.</param>
/// <param name="Units">Units of which something is left, where the date is theirs; empty otherwise.</param>
/// <param name="Sent">What was sent for it, one row for each recipient, until the day.</param>
public sealed record CalendarLine(
    PlanDate Date,
    CalendarStanding Standing,
    int DaysLeft,
    IReadOnlyList<string> Units,
    IReadOnlyList<Submission> Sent
)
{
    /// <summary>Whether a seat has something left to do for it.</summary>
    public bool IsLeftTo(WorkPlan plan, string role, string? unit) =>
        Standing is CalendarStanding.Open or CalendarStanding.Late
        && PlanDuties.RolesOf(plan, Date).Contains(role)
        && (role != PlanRoles.Town || Units.Contains(unit ?? "", StringComparer.Ordinal));
}

/// <summary>The calendar of the plan against what was done, on any day.</summary>
public static class CalendarState
{
    /// <summary>Reads what counts and judges every date of the plan.</summary>
    /// <param name="on">What was recorded until the end of this day in Asia/Shanghai counts.</param>
    public static async Task<IReadOnlyList<CalendarLine>> ReadAsync(
        StoreContext db,
        WorkPlan plan,
        DateOnly on,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plan);
        var until = ChinaTime.EndOf(on).UtcDateTime;
        var sent = (await db.Submissions.Where(s => s.SentAt < until).ToListAsync(stop)).ToLookup(s => s.CalendarId);
        var backlog = await LeftOfBacklogAsync(db, on, stop);
        var cutOffs = await CutOffsAsync(db, plan, on, stop);
        return [.. plan.Calendar.Dates.Select(d => Judge(plan, d, on, [.. sent[d.Id].OrderBy(s => s.SentAt)], backlog, cutOffs))];
    }

    /// <summary>Pure: how one date stands.</summary>
    /// <param name="backlogUnits">Units with historic violations that are not removed.</param>
    /// <param name="cutOffs">Ids of cut-offs after which nothing that was left stands outside the ledger.</param>
    public static CalendarLine Judge(
        WorkPlan plan,
        PlanDate date,
        DateOnly on,
        IReadOnlyList<Submission> sent,
        IReadOnlyCollection<string> backlogUnits,
        IReadOnlyCollection<string> cutOffs
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(date);
        ArgumentNullException.ThrowIfNull(sent);
        var left = date.Due.DayNumber - on.DayNumber;
        var towns = date.By.Contains(PlanDuties.ResponsibleUnits, StringComparer.Ordinal);
        IReadOnlyList<string> units = towns ? [.. plan.Units.Responsible.Select(u => u.Id).Where(backlogUnits.Contains)] : [];
        CalendarLine Line(CalendarStanding standing) => new(date, standing, left, units, sent);
        if (PlanDuties.IsOthers(plan, date))
            return Line(CalendarStanding.Others);
        // A start is reached, not done: the plan itself is the paper by which it happened.
        if (date.Kind == PlanDateKinds.Start)
            return Line(left > 0 ? CalendarStanding.Open : CalendarStanding.Done);
        if (PlanDuties.IsToBeSent(plan, date) && date.Recipients.All(r => sent.Any(s => s.Recipient == r)))
            return Line(sent.Any(s => s.LateDays > 0) ? CalendarStanding.DoneLate : CalendarStanding.Done);
        var done =
            !PlanDuties.IsToBeSent(plan, date)
            && (towns ? units.Count == 0 && left <= 0 : date.Kind == PlanDateKinds.CutOff && cutOffs.Contains(date.Id));
        return Line(
            done ? CalendarStanding.Done
            : left < 0 ? CalendarStanding.Late
            : CalendarStanding.Open
        );
    }

    /// <summary>Cut-offs that are over with everything that was left entered; one with nothing left needs no entry.</summary>
    private static async Task<HashSet<string>> CutOffsAsync(StoreContext db, WorkPlan plan, DateOnly on, CancellationToken stop)
    {
        var until = ChinaTime.EndOf(on).UtcDateTime;
        var entered = (await db.LedgerEntries.Where(e => e.At < until).Select(e => e.ViolationId).ToListAsync(stop)).ToHashSet();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var date in plan.Calendar.Dates.Where(d => d.Kind == PlanDateKinds.CutOff && d.Due < on))
        {
            var ofIt = db.Violations.Where(v => v.ProgrammeId != null && date.Programmes.Contains(v.ProgrammeId));
            var balances = await ViolationBalances.OfAsync(db, ofIt, date.Due, stop);
            if (balances.All(b => b.IsRemoved || entered.Contains(b.Violation.Id)))
                done.Add(date.Id);
        }
        return done;
    }

    private static async Task<HashSet<string>> LeftOfBacklogAsync(StoreContext db, DateOnly on, CancellationToken stop)
    {
        var historic = db.Violations.Where(v => v.Source == ViolationSource.Backlog);
        var balances = await ViolationBalances.OfAsync(db, historic, on, stop);
        return [.. balances.Where(b => !b.IsRemoved).Select(b => b.Violation.Unit)];
    }
}
