using Weipian.Flow.Determinations;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Reading;

/// <summary>Pace and care of those who judge: what counts, what is a pause, and that a sum shows nobody.</summary>
public sealed class ReviewFiguresTests
{
    private static readonly DateTime Nine = new(2019, 5, 6, 1, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void One_seat_is_not_added_up_with_itself() => Assert.Null(ReviewFigures.Together([Of("a")["a"]], 2));

    [Fact]
    public void Too_few_steps_have_no_pace()
    {
        var figures = Of("a");
        Assert.Null(figures["a"].Pace);
        Assert.Equal(2, figures["a"].Given);
    }

    [Fact]
    public void The_median_leaves_pauses_out()
    {
        double[] minutes = [0, 1, 2, 3, 63, 64, 64.5];
        var verdicts = minutes
            .Select(m => new ReviewFigures.VerdictGiven(Guid.NewGuid(), Guid.NewGuid(), "L1", "a", Nine.AddMinutes(m)))
            .ToList();
        Assert.Equal(TimeSpan.FromMinutes(1), ReviewFigures.Of(verdicts, [], [])["a"].Pace);
    }

    [Fact]
    public void Taken_back_sent_back_and_as_proposed_are_counted_apart()
    {
        var (parcel, other) = (Guid.NewGuid(), Guid.NewGuid());
        var first = new ReviewFigures.VerdictGiven(Guid.NewGuid(), parcel, "I1", "officer", Nine);
        var taken = new ReviewFigures.VerdictGiven(Guid.NewGuid(), parcel, VerdictState.Withdrawn, "officer", Nine.AddMinutes(1));
        var again = new ReviewFigures.VerdictGiven(Guid.NewGuid(), parcel, "L1", "officer", Nine.AddMinutes(2));
        var unproposed = new ReviewFigures.VerdictGiven(Guid.NewGuid(), other, "L1", "officer", Nine.AddMinutes(3));
        var figures = ReviewFigures.Of(
            [first, taken, again, unproposed],
            [
                new(again.Id, "reviewer", Nine.AddMinutes(4), Returned: true),
                new(unproposed.Id, "reviewer", Nine.AddMinutes(5), Returned: false),
            ],
            // The later proposal was not there when the first verdict was given.
            [new(parcel, "I1", Nine.AddMinutes(-5)), new(parcel, "L1", Nine.AddMinutes(1.5)), new(other, "L1", Nine.AddHours(1))]
        );
        Assert.Equal(new ReviewFigures(3, 1, 2, 1, 2, 2, 0, 0, null), figures["officer"]);
        Assert.Equal(new ReviewFigures(0, 0, 0, 0, 0, 0, 1, 1, null), figures["reviewer"]);
        Assert.Equal(new ReviewFigures(3, 1, 2, 1, 2, 2, 1, 1, null), ReviewFigures.Together([.. figures.Values], 2));
    }

    private static IReadOnlyDictionary<string, ReviewFigures> Of(string by) =>
        ReviewFigures.Of(
            [new(Guid.NewGuid(), Guid.NewGuid(), "L1", by, Nine), new(Guid.NewGuid(), Guid.NewGuid(), "L1", by, Nine.AddSeconds(30))],
            [],
            []
        );
}
