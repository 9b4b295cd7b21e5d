namespace Weipian.Law;

/// <summary>The last day of a clock, with how it was derived.</summary>
/// <param name="LastDayInclusive">The act is in time until 24:00 of this day in Asia/Shanghai.</param>
/// <param name="Basis">Where the length of time comes from.</param>
/// <param name="UnrolledLastDay">What the plain count gave; differs from the last day only when this clock rolls forward.</param>
/// <param name="NextWorkingDay">The working day after a last day that is off and was not rolled; null when it is worked or the calendar
/// does not reach it.</param>
public sealed record Deadline(
    DateOnly LastDayInclusive,
    Citation Basis,
    string DerivationZh,
    string DerivationEn,
    DateOnly UnrolledLastDay,
    DateOnly? NextWorkingDay
)
{
    /// <summary>Counts a term from an event. The day of the event is not counted.</summary>
    public static Deadline After(DateOnly eventDay, LawValue<Term> term, WorkingCalendar calendar) =>
        After(eventDay, term.Value, term.Citation, calendar);

    /// <summary>The same for a term that comes from a plan.</summary>
    public static Deadline After(DateOnly eventDay, Term term, Citation basis, WorkingCalendar calendar)
    {
        var plain = term.Unit switch
        {
            TermUnit.Day => eventDay.AddDays(term.Amount),
            TermUnit.WorkingDay => calendar.AddWorkingDays(eventDay, term.Amount),
            // A month ends on the day of the same number, or on the last day of a shorter month (law/readings/0004-months.md).
            TermUnit.Month => eventDay.AddMonths(term.Amount),
            _ => eventDay.AddYears(term.Amount),
        };
        var last = term.RollsForward ? calendar.OnOrNextWorkingDay(plain) : plain;
        // A clock that does not roll needs no calendar; where the calendar does not reach, nothing is said about the day.
        var next = !term.RollsForward && calendar.Covers(plain) && !calendar.IsWorkingDay(plain) ? NextWorked(plain, calendar) : null;
        var zh = $"自{eventDay:O}起{term.Chinese}，当日不计，至{plain:O}";
        var en = $"{term.English} after {eventDay:O}, that day not counted: until {plain:O}";
        if (last != plain)
        {
            zh += $"；该日休息，顺延至{last:O}";
            en += $"; a day off, moved to {last:O}";
        }
        else if (next is { } worked)
        {
            zh += $"；该日休息，本期限不顺延（下一工作日为{worked:O}）";
            en += $"; a day off, and this clock does not move (next working day {worked:O})";
        }
        return new(last, basis, zh, en, plain, next);
    }

    /// <summary>Calendar days after the last day; zero when in time.</summary>
    public int DaysLate(DateOnly done) => Math.Max(0, done.DayNumber - LastDayInclusive.DayNumber);

    /// <summary>The same from an instant, taken as a day in Asia/Shanghai.</summary>
    public int DaysLate(DateTimeOffset done) => DaysLate(ChinaTime.DayOf(done));

    private static DateOnly? NextWorked(DateOnly day, WorkingCalendar calendar)
    {
        for (; calendar.Covers(day); day = day.AddDays(1))
            if (calendar.IsWorkingDay(day))
                return day;
        return null;
    }
}
