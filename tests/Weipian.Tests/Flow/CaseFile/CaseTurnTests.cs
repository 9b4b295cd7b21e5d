using Weipian.Flow.CaseFiles;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>Whose turn it is in a case, step by step, by the real law.</summary>
public sealed class CaseTurnTests
{
    private static readonly DateOnly Verified = new(2019, 7, 2);
    private static readonly DateOnly Filed = new(2019, 7, 3);
    private static readonly CaseCourse Opened = new(Verified, Filed, []);

    [Fact]
    public void A_case_that_is_closed_or_rests_is_nobody_s_turn()
    {
        Assert.Null(Turn(Opened.With(CaseStepKind.Closed, Filed), Filed));
        var rests = Opened.With(CaseStepKind.Paused, Filed);
        Assert.Null(Turn(rests, Filed));
        Assert.Equal(CaseStepKind.Investigated, Turn(rests.With(CaseStepKind.Resumed, Filed), Filed));
    }

    [Fact]
    public void Nobody_decides_before_the_time_to_answer_the_notice_is_over()
    {
        var noticed = Noticed("{}");
        Assert.Null(Turn(noticed, new(2019, 7, 10)));
        Assert.Null(Turn(noticed, new(2019, 7, 11)));
        Assert.Equal(CaseStepKind.Decided, Turn(noticed, new(2019, 7, 31)));
    }

    [Fact]
    public void A_hearing_that_was_asked_for_is_held_before_the_decision()
    {
        var asked = Noticed("""{"hearing":true}""").With(CaseStepKind.HearingRequested, new(2019, 7, 11));
        Assert.Equal(CaseStepKind.HearingHeld, Turn(asked, new(2019, 7, 31)));
        Assert.Equal(CaseStepKind.Decided, Turn(asked.With(CaseStepKind.HearingHeld, new(2019, 7, 25)), new(2019, 7, 31)));
    }

    [Fact]
    public void A_check_that_sent_the_case_back_is_the_reviewer_s_turn_again()
    {
        var returned = Opened.With(CaseStepKind.Investigated, Filed).With(CaseStepKind.Reviewed, Filed, """{"outcome":"returned"}""");
        Assert.Equal(CaseStepKind.Reviewed, Turn(returned, Filed));
    }

    [Theory]
    [InlineData("""{"outcome":"no-penalty"}""", CaseStepKind.Closed)]
    [InlineData("""{"outcome":"penalty"}""", CaseStepKind.DecisionServed)]
    public void After_the_decision_it_is_served_or_the_case_is_over(string decision, string turn) =>
        Assert.Equal(turn, Turn(Decided(decision), new(2019, 8, 1)));

    [Fact]
    public void A_fine_is_paid_a_decision_performed_or_brought_to_the_court_and_the_case_closed()
    {
        DateOnly on = new(2019, 8, 1);
        var fined = Decided("""{"outcome":"penalty","fineFen":3000000}""").With(CaseStepKind.DecisionServed, on);
        Assert.Equal(CaseStepKind.Paid, Turn(fined, on));
        Assert.Equal(CaseStepKind.Executed, Turn(fined.With(CaseStepKind.Paid, on), on));
        Assert.Equal(CaseStepKind.Closed, Turn(fined.With(CaseStepKind.Paid, on).With(CaseStepKind.Executed, on), on));
        var court = Decided("""{"outcome":"penalty"}""").With(CaseStepKind.DecisionServed, on).With(CaseStepKind.CourtApplied, on);
        Assert.Equal(CaseStepKind.CourtAccepted, Turn(court, on));
        Assert.Equal(CaseStepKind.Closed, Turn(court.With(CaseStepKind.CourtAccepted, on), on));
    }

    private static CaseCourse Noticed(string details) =>
        Opened
            .With(CaseStepKind.Investigated, Filed)
            .With(CaseStepKind.Reviewed, Filed, """{"outcome":"approved"}""")
            .With(CaseStepKind.NoticeServed, new(2019, 7, 10), details);

    private static CaseCourse Decided(string decision) => Noticed("{}").With(CaseStepKind.Decided, new(2019, 7, 31), decision);

    private static string? Turn(CaseCourse course, DateOnly today) =>
        CaseTurn.Of(course, CaseClocks.Of(course, RealLaw.Book, today), today);
}
