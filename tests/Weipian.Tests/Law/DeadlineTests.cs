using System.Globalization;
using Weipian.Law;

namespace Weipian.Tests.Law;

public sealed class DeadlineTests
{
    private static readonly Citation Somewhere = new("某规定", "Some rule", null, Confidence.Derived, null, null, []);

    private static WorkingCalendar Calendar => RealLaw.Book.Calendar;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Last(string from, Term term) =>
        Deadline.After(Day(from), term, Somewhere, Calendar).LastDayInclusive.ToString("O");

    private static Deadline Of(string from, string key, SelectingDate by) =>
        Deadline.After(Day(from), RealLaw.Book.AsOf(Day(from), by).Term(key), Calendar);

    [Fact] // CK1
    public void Ten_working_days_from_26_April_2019_skip_May_Day_and_count_the_worked_Sundays()
    {
        var deadline = Of("2019-04-26", "cn/natural-resources-penalty-measures/filing#filing_days_max", SelectingDate.Event);
        Assert.Equal(Day("2019-05-13"), deadline.LastDayInclusive);
        Assert.Null(deadline.NextWorkingDay);
        Assert.Equal("国土资源行政处罚办法", deadline.Basis.Instrument);
    }

    [Fact] // CK2
    public void A_case_of_6_May_2019_has_the_deadlines_of_Zibo_and_of_the_ministry()
    {
        const string Zibo = "cn/zibo-land-supervision-regulation/18#";
        const string Ministry = "cn/natural-resources-penalty-measures/decision#";
        var internally = Of("2019-05-06", Zibo + "close_days_max", SelectingDate.Filing);
        Assert.Equal(Day("2019-06-05"), internally.LastDayInclusive);
        var law = RealLaw.Book.AsOf(Day("2019-05-06"), SelectingDate.Filing);
        Assert.Equal(
            Day("2019-06-20"),
            Deadline.After(internally.LastDayInclusive, law.Term(Zibo + "extension_days_max"), Calendar).LastDayInclusive
        );
        var decided = Of("2019-05-06", Ministry + "decision_days_max", SelectingDate.Filing);
        Assert.Equal(Day("2019-07-05"), decided.LastDayInclusive);
        var extended = Deadline.After(decided.LastDayInclusive, law.Term(Ministry + "extension_days_max"), Calendar);
        Assert.Equal(Day("2019-08-04"), extended.LastDayInclusive);
        Assert.Equal(DayOfWeek.Sunday, extended.LastDayInclusive.DayOfWeek);
        Assert.Equal(Day("2019-08-05"), extended.NextWorkingDay);
        Assert.Contains("不顺延", extended.DerivationZh, StringComparison.Ordinal);
    }

    [Fact] // CK2, the switch on
    public void A_clock_whose_switch_is_on_moves_off_a_Sunday()
    {
        var deadline = Deadline.After(Day("2019-07-05"), new Term(30, TermUnit.Day, RollsForward: true), Somewhere, Calendar);
        Assert.Equal(Day("2019-08-05"), deadline.LastDayInclusive);
        Assert.Equal(Day("2019-08-04"), deadline.UnrolledLastDay);
        Assert.Contains("moved to 2019-08-05", deadline.DerivationEn, StringComparison.Ordinal);
    }

    [Fact] // CK3
    public void Thirty_days_from_an_interview_of_20_July_2019_end_on_19_August() =>
        Assert.Equal("2019-08-19", Last("2019-07-20", new(30, TermUnit.Day)));

    [Fact] // CK4
    public void Working_days_and_calendar_days_from_5_June_2019_differ()
    {
        Assert.Equal("2019-06-13", Last("2019-06-05", new(5, TermUnit.WorkingDay)));
        Assert.Equal("2019-06-08", Last("2019-06-05", new(3, TermUnit.Day)));
        Assert.Equal("2019-06-10", Last("2019-06-05", new(3, TermUnit.Day, RollsForward: true)));
        Assert.Equal("2019-06-11", Last("2019-06-05", new(3, TermUnit.WorkingDay)));
    }

    [Fact] // CK4 by the book: the unit of the span changed with the law
    public void A_hearing_is_asked_for_in_three_days_before_the_law_of_2021_and_in_five_working_days_since()
    {
        const string Key = "cn/administrative-penalty-law/64#hearing_request_days";
        Assert.Equal(Day("2019-06-08"), Of("2019-06-05", Key, SelectingDate.Event).LastDayInclusive);
        Assert.Equal(new Term(3, TermUnit.Day), RealLaw.Book.AsOf(new(2021, 7, 14), SelectingDate.Event).Term(Key).Value);
        Assert.Equal(new Term(5, TermUnit.WorkingDay), RealLaw.Book.AsOf(new(2021, 7, 15), SelectingDate.Event).Term(Key).Value);
    }

    [Fact] // CK5
    public void After_a_decision_served_on_1_August_2019_suit_review_and_court_follow()
    {
        var law = RealLaw.Book.AsOf(Day("2019-08-01"), SelectingDate.Event);
        var suit = Deadline.After(Day("2019-08-01"), law.Term("cn/land-administration-law/83#demolition_suit_days"), Calendar);
        Assert.Equal(Day("2019-08-16"), suit.LastDayInclusive);
        var review = Deadline.After(
            Day("2019-08-01"),
            law.Term("cn/administrative-reconsideration-law/application#application_days"),
            Calendar
        );
        Assert.Equal(Day("2019-09-30"), review.LastDayInclusive);
        var window = law.Term("cn/administrative-coercion-law/53#court_application_months_max");
        Assert.Equal(Day("2019-12-30"), Deadline.After(review.LastDayInclusive, window, Calendar).LastDayInclusive);
        var earlier = Deadline.After(suit.LastDayInclusive, window, Calendar);
        Assert.Equal(Day("2019-11-16"), earlier.LastDayInclusive);
        Assert.Equal(Day("2019-11-18"), earlier.NextWorkingDay);
    }

    [Theory]
    [InlineData("2021-07-15", "2021-10-13")] // the first day article 60 is in force
    [InlineData("2023-12-02", "2024-03-01")] // crosses 29 February
    public void Ninety_days_follow_the_filing_day(string filed, string last) =>
        Assert.Equal(Day(last), Of(filed, "cn/administrative-penalty-law/60#decision_days_max", SelectingDate.Filing).LastDayInclusive);

    [Theory]
    [InlineData("2019-01-31", 1, "2019-02-28")]
    [InlineData("2020-01-31", 1, "2020-02-29")]
    [InlineData("2019-08-31", 3, "2019-11-30")]
    public void A_month_ends_on_the_same_number_or_on_the_last_day_of_a_shorter_month(string from, int months, string last) =>
        Assert.Equal(last, Last(from, new(months, TermUnit.Month)));

    [Fact] // CK7
    public void Ten_minutes_past_midnight_in_China_is_a_day_late()
    {
        var deadline = new Deadline(Day("2019-07-10"), Somewhere, "", "", Day("2019-07-10"), null);
        Assert.Equal(1, deadline.DaysLate(new DateTimeOffset(2019, 7, 11, 0, 10, 0, TimeSpan.FromHours(8))));
        Assert.Equal(0, deadline.DaysLate(new DateTimeOffset(2019, 7, 10, 15, 59, 59, TimeSpan.Zero)));
        Assert.Equal(1, deadline.DaysLate(new DateTimeOffset(2019, 7, 10, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(0, deadline.DaysLate(Day("2019-06-30")));
        Assert.Equal(new DateTimeOffset(2019, 7, 11, 0, 0, 0, TimeSpan.FromHours(8)), ChinaTime.EndOf(Day("2019-07-10")));
    }

    [Fact]
    public void A_natural_year_is_the_next_January_to_December()
    {
        Assert.Equal((Day("2020-01-01"), Day("2020-12-31")), NaturalYear.Next(Day("2019-12-31")));
        Assert.Equal(Day("2019-12-31"), NaturalYear.LastDay(Day("2019-01-01")));
    }

    [Fact]
    public void A_clock_that_does_not_roll_runs_past_the_calendar_and_says_nothing_about_the_day()
    {
        var deadline = Deadline.After(Day("2026-12-20"), new Term(60, TermUnit.Day), Somewhere, Calendar);
        Assert.Equal(Day("2027-02-18"), deadline.LastDayInclusive);
        Assert.Null(deadline.NextWorkingDay);
    }

    [Fact]
    public void Working_days_past_the_calendar_are_refused()
    {
        var refused = Assert.Throws<Problem>(() => Last("2026-12-25", new(10, TermUnit.WorkingDay)));
        Assert.Equal("law.calendar-not-covered", refused.Code);
        Assert.Contains("2026-12-31", refused.Chinese, StringComparison.Ordinal);
    }
}
