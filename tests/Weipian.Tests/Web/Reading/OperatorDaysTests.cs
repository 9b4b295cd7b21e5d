using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Reading;

/// <summary>The days of an operator: pauses, undo, returns, and that a sum shows nobody.</summary>
public sealed class OperatorDaysTests
{
    private static readonly DateTime Nine = new(2019, 5, 6, 1, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Too_few_seats_of_a_day_are_not_added_up()
    {
        var two = Enumerable.Range(0, 20).Select(i => Given(i % 2 == 0 ? "a" : "b", i)).ToList();
        Assert.Empty(OperatorDays.Together(two, 3));
        var day = Assert.Single(OperatorDays.Together([.. two, Given("c", 30)], 3));
        Assert.Equal(21, day.Given);
        // Only two of the three have a pace.
        Assert.Null(day.Median);
    }

    [Fact]
    public void Too_few_steps_have_no_time() => Assert.Null(OperatorDays.Of([Given("a", 0), Given("a", 1)])[0].Median);

    [Fact]
    public void Median_and_ninety_percent_leave_pauses_and_nights_out()
    {
        // Ten steps of 1 … 10 half minutes, then lunch, then the next day.
        double at = 0;
        var moments = new List<OperatorDays.Moment> { Given("a", 0) };
        for (var step = 1; step <= 10; step++)
            moments.Add(Given("a", at += step / 2.0));
        moments.Add(Given("a", at + 60));
        moments.Add(Given("a", 24 * 60));
        var days = OperatorDays.Of(moments);
        Assert.Equal([new DateOnly(2019, 5, 7), new DateOnly(2019, 5, 6)], days.Select(d => d.On));
        Assert.Equal(
            (12, 10, TimeSpan.FromMinutes(2.5), TimeSpan.FromMinutes(4.5)),
            (days[1].Given, days[1].Steps, days[1].Median, days[1].P90)
        );
    }

    [Fact]
    public void Taken_back_and_sent_back_are_counted_on_their_days()
    {
        var day = Assert.Single(
            OperatorDays.Of([
                Given("a", 0),
                new("a", Nine.AddMinutes(1), OperatorDays.DayAct.Withdrawn),
                new("a", Nine.AddMinutes(2), OperatorDays.DayAct.Returned),
            ])
        );
        // What another did to the verdict is no step of one's own.
        Assert.Equal((1, 1, 1, 1), (day.Given, day.Withdrawn, day.Returned, day.Steps));
    }

    private static OperatorDays.Moment Given(string by, double minutes) => new(by, Nine.AddMinutes(minutes), OperatorDays.DayAct.Given);
}
