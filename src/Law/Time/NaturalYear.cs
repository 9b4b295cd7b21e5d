namespace Weipian.Law;

/// <summary>A natural year (自然年): 1 January to 31 December. "Within one natural year" means the next one (a reading).</summary>
public static class NaturalYear
{
    /// <summary>The natural year after the one in which <paramref name="day"/> lies; both ends inclusive.</summary>
    public static (DateOnly From, DateOnly Through) Next(DateOnly day) => (new(day.Year + 1, 1, 1), new(day.Year + 1, 12, 31));

    /// <summary>Last day of the natural year in which <paramref name="day"/> lies: the cut-off is its end.</summary>
    public static DateOnly LastDay(DateOnly day) => new(day.Year, 12, 31);
}
