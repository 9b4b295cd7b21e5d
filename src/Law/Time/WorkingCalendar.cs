namespace Weipian.Law;

/// <summary>Which days are worked: weekends, the yearly holidays, and the weekend days worked in exchange (调休).</summary>
public sealed class WorkingCalendar
{
    private readonly Dictionary<DateOnly, (bool Worked, string Name)> exceptions;

    internal WorkingCalendar(
        DateOnly from,
        DateOnly through,
        Dictionary<DateOnly, (bool Worked, string Name)> exceptions,
        Citation citation
    ) => (From, Through, this.exceptions, Citation) = (from, through, exceptions, citation);

    /// <summary>Where the days come from.</summary>
    public Citation Citation { get; }

    /// <summary>
    /// First and last day the calendar covers, inclusive. Anything outside is refused: next year's days are not published yet.
    /// </summary>
    public DateOnly From { get; }

    /// <inheritdoc cref="From"/>
    public DateOnly Through { get; }

    public bool Covers(DateOnly day) => day >= From && day <= Through;

    /// <summary>Refuses a day outside the calendar.</summary>
    public bool IsWorkingDay(DateOnly day)
    {
        if (!Covers(day))
            throw Problem.Law.CalendarNotCovered(day, From, Through);
        return exceptions.TryGetValue(day, out var exception)
            ? exception.Worked
            : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    /// <summary>
    /// The working day number <paramref name="count"/> after <paramref name="day"/>, which is not counted. Count is positive.
    /// </summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
                count--;
        }
        return day;
    }

    /// <summary>The day itself when it is worked, else the next one that is.</summary>
    public DateOnly OnOrNextWorkingDay(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>
    /// Working days after <paramref name="after"/> up to and including <paramref name="through"/>; zero when there are none between.
    /// </summary>
    public int WorkingDaysBetween(DateOnly after, DateOnly through)
    {
        var count = 0;
        for (var day = after.AddDays(1); day <= through; day = day.AddDays(1))
            if (IsWorkingDay(day))
                count++;
        return count;
    }

    /// <summary>Name in Chinese of the holiday to which an exception of the calendar belongs; null on an ordinary day.</summary>
    public string? NameOf(DateOnly day) => exceptions.TryGetValue(day, out var exception) ? exception.Name : null;
}
