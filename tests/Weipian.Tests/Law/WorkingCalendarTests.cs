namespace Weipian.Tests.Law;

public sealed class WorkingCalendarTests
{
    private static Weipian.Law.WorkingCalendar Calendar => RealLaw.Book.Calendar;

    [Fact]
    public void The_calendar_covers_2018_to_2026_and_refuses_the_rest()
    {
        Assert.Equal(new DateOnly(2018, 1, 1), Calendar.From);
        Assert.Equal(new DateOnly(2026, 12, 31), Calendar.Through);
        foreach (var outside in new[] { Calendar.From.AddDays(-1), Calendar.Through.AddDays(1) })
            Assert.Equal("law.calendar-not-covered", Assert.Throws<Problem>(() => Calendar.IsWorkingDay(outside)).Code);
    }

    [Fact] // the year of the plan, day by day as domain.md 15 lists it
    public void The_days_off_and_worked_of_2019_are_those_announced()
    {
        string[] off =
        [
            "2019-01-01",
            "2019-02-04",
            "2019-02-08",
            "2019-04-05",
            "2019-05-01",
            "2019-05-03",
            "2019-06-07",
            "2019-09-13",
            "2019-10-01",
            "2019-10-07",
        ];
        string[] worked = ["2019-02-02", "2019-02-03", "2019-04-28", "2019-05-05", "2019-09-29", "2019-10-12"];
        Assert.All(off, d => Assert.False(Calendar.IsWorkingDay(DateOnly.Parse(d)), d));
        Assert.All(worked, d => Assert.True(Calendar.IsWorkingDay(DateOnly.Parse(d)), d));
        Assert.False(Calendar.IsWorkingDay(new(2018, 12, 31)));
        Assert.True(Calendar.IsWorkingDay(new(2018, 12, 29)));
        Assert.Equal("劳动节", Calendar.NameOf(new(2019, 5, 2)));
        Assert.Null(Calendar.NameOf(new(2019, 5, 20)));
    }

    [Fact]
    public void Every_year_has_between_245_and_255_working_days()
    {
        for (var year = 2018; year <= 2026; year++)
            Assert.InRange(
                Calendar.WorkingDaysBetween(year == 2018 ? new(2018, 1, 1) : new(year - 1, 12, 31), new(year, 12, 31)),
                245,
                255
            );
    }

    [Fact]
    public void Adding_and_counting_working_days_are_each_other_s_inverse()
    {
        for (var day = new DateOnly(2019, 1, 1); day < new DateOnly(2019, 12, 1); day = day.AddDays(1))
        for (var count = 1; count <= 15; count += 7)
        {
            var reached = Calendar.AddWorkingDays(day, count);
            Assert.True(Calendar.IsWorkingDay(reached));
            Assert.Equal(count, Calendar.WorkingDaysBetween(day, reached));
        }
    }

    [Theory]
    [InlineData("2018-01-01,off,元旦,2018", "2018-01-06,off,元旦,2018", 2, 1)] // a Saturday is off anyway
    [InlineData("2018-01-01,off,元旦,2018", "2018-01-02,work,元旦,2018", 2, 1)] // a Tuesday is worked anyway
    [InlineData("2018-01-01,off,元旦,2018", "2017-12-29,off,元旦,2018", 2, 1)] // before the calendar
    [InlineData("2018-01-01,off,元旦,2018", "2018-01-01,closed,元旦,2018", 2, 12)]
    [InlineData("2018-01-01,off,元旦,2018", "2018-1-1,off,元旦,2018", 2, 1)]
    [InlineData("2018-01-01,off,元旦,2018", "2018-01-01,off,元旦", 2, 1)]
    [InlineData("2018-01-01,off,元旦,2018", "2018-02-15,off,春节,2018", 4, 1)] // the day occurs twice
    public void A_day_that_makes_no_sense_is_refused_at_its_place(string row, string instead, int line, int column)
    {
        var files = RealLaw.Files();
        files["calendars/working-days.csv"] = files["calendars/working-days.csv"].Replace(row, instead, StringComparison.Ordinal);
        var refused = Assert.Throws<Problem>(() => RealLaw.Read(files));
        Assert.Contains($"calendars/working-days.csv:{line}:{column}:", refused.English, StringComparison.Ordinal);
    }
}
