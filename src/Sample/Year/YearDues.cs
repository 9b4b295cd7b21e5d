namespace Weipian.Sample.Year;

/// <summary>A line that must stand in the list of a seat: so many of something, by when.</summary>
/// <param name="Seat">The login.</param>
/// <param name="What">The kind of thing; of a date of the plan its id.</param>
/// <param name="Programme">Of patches and visits; null where the line is about no programme.</param>
/// <param name="Due">The last day in time; null where nothing sets one.</param>
public sealed record TrueDue(string Seat, string What, string? Programme, int Count, DateOnly? Due);

/// <summary>What every seat has to do on one day, when the work of that day is done.</summary>
public sealed record TrueDay(DateOnly On, IReadOnlyList<TrueDue> Dues);

/// <summary>A patch as the lists and figures of the year need it.</summary>
/// <param name="Units">Responsible units, largest share first; null where nobody answers.</param>
/// <param name="IsDoubtful">A part of it stays without a verdict.</param>
internal sealed record TruePatch(
    string Programme,
    string Number,
    IReadOnlyList<string?> Units,
    IReadOnlyList<TruePart> Parts,
    bool IsDoubtful,
    bool IsVisited
);

/// <summary>What is due on a day of the year, told from what the year plays and from the days of the plan and of the law.</summary>
internal sealed class YearDues(YearTruth year, IReadOnlyList<TruePatch> patches, DateOnly on)
{
    private const string Officer = "district-officer";
    private const string Reviewer = "district-reviewer";
    private const string Head = "office-head";
    private const string Government = "government";

    /// <summary>A case is closed within thirty days of its opening, and within fifteen more when extended (淄博市国土资源监察条例 18).</summary>
    private const int CloseDays = 30;

    private const int ExtensionDays = 15;

    /// <summary>By which day the plan wants the results of a programme (四（一）2, 四（二）2).</summary>
    private static readonly Dictionary<string, DateOnly> ResultsDue = new(StringComparer.Ordinal)
    {
        [PlayDates.Annual] = new(2019, 5, 8),
        ["2019-q1"] = new(2019, 7, 10),
        ["2019-q2"] = new(2019, 7, 10),
        ["2019-q3"] = new(2019, 10, 10),
    };

    /// <summary>Ten working days after its verdicts were confirmed a violation must be filed (自然资源行政处罚办法): the tenth, counted
    /// on the calendar of 2019.</summary>
    private static readonly Dictionary<string, DateOnly> FilingDue = new(StringComparer.Ordinal)
    {
        [PlayDates.Annual] = new(2019, 5, 21),
        ["2019-q1"] = new(2019, 7, 16),
        ["2019-q2"] = new(2019, 7, 23),
        ["2019-q3"] = new(2019, 10, 22),
    };

    /// <summary>历史遗留 (二（三）): by the end of May.</summary>
    private static readonly DateOnly BacklogDue = new(2019, 5, 31);

    /// <summary>What entered the ledger in 2019 is removed within one natural year (二（五）): by the end of the next.</summary>
    private static readonly DateOnly RemoveBy = new(2020, 12, 31);

    private readonly List<TrueDue> dues = [];

    public static TrueDay Of(YearTruth year, IReadOnlyList<TruePatch> patches, DateOnly on) =>
        new(on, new YearDues(year, patches, on).All());

    private List<TrueDue> All()
    {
        foreach (var unit in patches.SelectMany(p => p.Units).OfType<string>().Union(year.Tempers.Keys).Order(StringComparer.Ordinal))
            Town(unit);
        Patches();
        Cases();
        Measures();
        OnLedger();
        Papers();
        return
        [
            .. dues.OrderBy(d => d.Seat, StringComparer.Ordinal)
                .ThenBy(d => d.What, StringComparer.Ordinal)
                .ThenBy(d => d.Programme, StringComparer.Ordinal)
                .ThenBy(d => d.Due),
        ];
    }

    private void Add(string seat, string what, int count, DateOnly? due = null, string? programme = null)
    {
        if (count > 0)
            dues.Add(new(seat, what, programme, count, due));
    }

    private void Town(string unit)
    {
        var seat = "town-" + unit;
        foreach (var days in PlayDates.Programmes)
        {
            var mine = patches.Where(p => p.Programme == days.Programme && p.Units.Contains(unit)).ToList();
            // Given out some days before the verdicts, and never visited.
            var again = Again is { } a && a.Programme == days.Programme && a.Units[0] == unit && days.Confirmed <= on ? a : null;
            if (days.Assigned <= on)
                Add(seat, "visits", mine.Count(p => !p.IsVisited && p != again), days.Decided, days.Programme);
            if (again is not null)
                Add(seat, "visits-returned", 1, again.IsVisited ? null : days.Decided, days.Programme);
            Add(seat, "all", mine.Count(p => IsOpen(p, days.Confirmed)), ResultsDue[days.Programme], days.Programme);
        }
        // The towns serve their notices on the day on which the cases are opened.
        Add(seat, "turn-stop-notice", year.Violations.Count(v => v.Unit == unit && DaysOf(v).Formed <= on && DaysOf(v).Opened > on));
        if (year.Backlog.Any(b => b.Unit == unit && !(b.RemovedOn <= on)))
            Add(seat, "historic-backlog", 1, BacklogDue);
    }

    /// <summary>The doubtful patch to which a town goes again; the visit comes back and is not made good.</summary>
    private TruePatch? Again =>
        patches
            .Where(p => p.IsDoubtful && p.Units.Count > 0 && p.Units[0] is not null)
            .OrderBy(p => PlayDates.Programmes.ToList().FindIndex(d => d.Programme == p.Programme))
            .ThenBy(p => p.Number, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>The doubtful stay open; the others are done on the day of their programme.</summary>
    private bool IsOpen(TruePatch patch, DateOnly done) => patch.IsDoubtful || done > on;

    private void Patches()
    {
        foreach (var days in PlayDates.Programmes)
        {
            var all = patches.Where(p => p.Programme == days.Programme).ToList();
            Add(Officer, "judge", all.Count(p => IsOpen(p, days.Decided)), ResultsDue[days.Programme], days.Programme);
            if (days.Decided <= on && days.Confirmed > on)
                Add(Reviewer, "confirm", all.Count(p => !p.IsDoubtful), ResultsDue[days.Programme], days.Programme);
            foreach (var seat in new[] { Officer, Head })
                Add(seat, "unassigned", all.Count(p => p.Units.Contains(null)), programme: days.Programme);
        }
    }

    private void Cases()
    {
        var unfiled = year.Violations.Where(v => DaysOf(v).Formed <= on && DaysOf(v).Opened > on).ToList();
        foreach (var (seat, seen) in Everywhere(unfiled, Officer, Government))
            Add(seat, "file-cases", seen.Count, seen.Min(v => (DateOnly?)FilingDue[v.Programme]));
        var unsigned = year.Violations.Where(v => DaysOf(v).Opened <= on && DaysOf(v).Signed > on).ToList();
        Add(Head, "sign-cases", unsigned.Count, unsigned.Min(v => (DateOnly?)FilingDue[v.Programme]));
        var open = year.Violations.Where(v => v.IsCase && DaysOf(v).Signed <= on && !(v.ClosedOn <= on)).ToList();
        foreach (var seat in new[] { Officer, Head })
            Add(seat, "case-clocks", open.Count, open.Min(v => (DateOnly?)CloseBy(v)));
        // A case whose time rests from its signing to its investigation is nobody's turn meanwhile.
        Turn(Officer, "turn-investigated", open.Where(v => DaysOf(v).Investigated > on && !year.Is(YearCourse.Paused, v.Patch)));
        Turn(Reviewer, "turn-reviewed", open.Where(v => DaysOf(v).Investigated <= on && DaysOf(v).Reviewed > on));
        // Decided, served and paid, and something is still on the ground; what the court has is the court's.
        Turn(Officer, "turn-executed", open.Where(v => DaysOf(v).Paid <= on && v.Fate != ViolationFate.Court));
    }

    private void Turn(string seat, string what, IEnumerable<TrueViolation> cases)
    {
        var its = cases.ToList();
        Add(seat, what, its.Count, its.Min(v => (DateOnly?)CloseBy(v)));
    }

    private void Measures()
    {
        var open = year
            .Violations.Where(v => DaysOf(v).Served <= on && !(v.RemovedOn <= on))
            .SelectMany(v => Enumerable.Repeat((v.Unit, DaysOf(v).Due), MeasuresOf(v)))
            .Concat(year.Backlog.Where(b => !(b.RemovedOn <= on)).Select(b => (b.Unit, Due: BacklogDue)))
            .ToList();
        foreach (var group in open.GroupBy(m => (m.Unit, IsLate: m.Due < on)))
            Add("town-" + group.Key.Unit, "measures", group.Count(), group.Min(m => m.Due));
        var late = open.Where(m => m.Due < on).ToList();
        foreach (var seat in new[] { Head, Government })
            Add(seat, "measures-late", late.Count, late.Min(m => (DateOnly?)m.Due));
        var without = year.Violations.Count(v =>
            DaysOf(v).Formed <= on && !(v.RemovedOn <= on) && (DaysOf(v).Served > on || MeasuresOf(v) == 0)
        );
        Add(Officer, "without-measure", without);
    }

    private void OnLedger()
    {
        // What was left on the day on which its programme was counted, and was not struck off since.
        var entries = year
            .Violations.Where(v => EnteredOn(v) is { } entered && entered <= on && !(ClosedOnLedger(v) <= on))
            .Select(v => v.Unit)
            .Concat(year.Backlog.Where(b => b.RemovedOn is null && PlayDates.EndOfYear <= on).Select(b => b.Unit))
            .ToList();
        foreach (var group in entries.GroupBy(u => u))
            Add("town-" + group.Key, "ledger", group.Count(), RemoveBy);
        Add(Government, "ledger", entries.Count, RemoveBy);
    }

    private void Papers()
    {
        foreach (var days in PlayDates.Programmes)
        {
            var mine = year.Violations.Where(v => v.Programme == days.Programme).ToList();
            if (days.Signed <= on && days.Noticed > on)
                Add("dept-planning", "transfers", mine.Count(v => v.Fate == ViolationFate.Transferred), days.Served);
            if (days.Opened <= on && days.Investigated > on && mine.Count > 0)
                Add("dept-transport", "reply", 1, days.Investigated);
        }
        foreach (var sent in year.Submissions.Where(s => s.SentOn > on && s.Due <= on.AddMonths(1)))
        {
            Add(Head, sent.CalendarId, 1, sent.Due);
            Add(Officer, "make-report", 1, sent.Due);
        }
        if (new DateOnly(2019, 10, 28) <= on && on < new DateOnly(2020, 2, 10))
            Add("discipline", "record-result", year.Interviews.Count(i => !i.Released));
    }

    /// <summary>The lines of the towns, each its own, and of the seats that see all.</summary>
    private static IEnumerable<(string Seat, List<TrueViolation> Seen)> Everywhere(List<TrueViolation> all, params string[] seats) =>
        all.GroupBy(v => "town-" + v.Unit).Select(g => (g.Key, g.ToList())).Concat(seats.Select(s => (s, all)));

    private static ProgrammeDays DaysOf(TrueViolation violation) => PlayDates.Of(violation.Programme);

    private static int MeasuresOf(TrueViolation violation) =>
        violation.Fate switch
        {
            ViolationFate.Transferred or ViolationFate.Court => 0,
            ViolationFate.Confiscated => 2,
            _ => 1,
        };

    private DateOnly CloseBy(TrueViolation violation) =>
        DaysOf(violation).Opened.AddDays(CloseDays + (IsExtended(violation) ? ExtensionDays : 0));

    private bool IsExtended(TrueViolation violation) => year.Is(YearCourse.Paused, violation.Patch) && DaysOf(violation).Investigated <= on;

    private DateOnly? EnteredOn(TrueViolation violation)
    {
        var counted = violation.Programme == PlayDates.Annual ? PlayDates.AnnualAccepted : PlayDates.EndOfYear;
        return year.Is(YearCourse.Rebuilt, violation.Patch) ? PlayDates.Reopened
            : violation.RemovedOn <= counted ? null
            : counted;
    }

    private static DateOnly? ClosedOnLedger(TrueViolation violation) => violation.RemovedOn is null ? null : DaysOf(violation).LateClosed;
}
