using System.Globalization;

namespace Weipian.Law;

/// <summary>The last day of a clock, with how it was derived.</summary>
/// <param name="LastDayInclusive">The act is in time until 24:00 of this day in Asia/Shanghai.</param>
/// <param name="Basis">Where the length of time comes from.</param>
/// <param name="UnrolledLastDay">What the plain count gave; differs from the last day only when this clock rolls forward.</param>
/// <param name="NextWorkingDay">The working day after a last day that is off and was not rolled; null when it is worked or the calendar does not reach it.</param>
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
    public static Deadline After(DateOnly eventDay, Term term, Citation basis, WorkingCalendar calendar) =>
        throw new NotImplementedException();

    /// <summary>Calendar days after the last day; zero when in time.</summary>
    public int DaysLate(DateOnly done) => Math.Max(0, done.DayNumber - LastDayInclusive.DayNumber);

    /// <summary>The same from an instant, taken as a day in Asia/Shanghai.</summary>
    public int DaysLate(DateTimeOffset done) => DaysLate(ChinaTime.DayOf(done));

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? NextWorked(DateOnly day, WorkingCalendar calendar)
    {
        for (; calendar.Covers(day); day = day.AddDays(1))
            if (calendar.IsWorkingDay(day))
                return day;
        return null;
    }
}
