using System.Text.Json;
using Weipian.Flow.CaseFiles;
using Weipian.Law;
using Weipian.Tests.Law;
using static Weipian.Tests.Flow.CaseFiles.DistrictOfViolations;

namespace Weipian.Tests.Flow.CaseFiles;

/// <summary>The clocks of a case: the worked cases CK1 to CK7, and the days on either side of each line.</summary>
public sealed class CaseClockTests
{
    private static LawBook Book => RealLaw.Book;

    [Fact] // CK1
    public void A_case_is_opened_within_ten_working_days_of_the_verified_facts()
    {
        var clock = CaseClocks.FilingOf(Course("2019-04-26", null), Book);
        Assert.Equal(Day("2019-05-13"), clock.Deadline!.LastDayInclusive);
        Assert.Equal(0, clock.DaysLate(Day("2019-05-13")));
        Assert.Equal(1, clock.DaysLate(Day("2019-05-14")));
        Assert.Contains("10个工作日", clock.Deadline.DerivationZh, StringComparison.Ordinal);
    }

    [Fact] // CK2
    public void Zibo_and_the_ministry_give_different_days_and_each_extension_moves_its_own()
    {
        var plain = Clocks(Course("2019-04-26", "2019-05-06"));
        Assert.Equal(Day("2019-06-05"), Last(plain, CaseClocks.CloseZibo));
        Assert.Equal(Day("2019-07-05"), Last(plain, CaseClocks.Decision));
        Assert.Null(CaseClocks.Find(plain, CaseClocks.DecisionPenaltyLaw));

        var local = Clocks(Course("2019-04-26", "2019-05-06", Step("extended", "2019-05-20", new { rule = "zibo" })));
        Assert.Equal(Day("2019-06-20"), Last(local, CaseClocks.CloseZibo));
        Assert.Equal(Day("2019-07-05"), Last(local, CaseClocks.Decision));

        var national = Clocks(Course("2019-04-26", "2019-05-06", Step("extended", "2019-05-20", new { rule = "ministry" })));
        Assert.Equal(Day("2019-06-05"), Last(national, CaseClocks.CloseZibo));
        var extended = CaseClocks.Find(national, CaseClocks.Decision)!.Deadline!;
        Assert.Equal(Day("2019-08-04"), extended.LastDayInclusive);
        Assert.Equal(Day("2019-08-05"), extended.NextWorkingDay);
        Assert.Contains("经批准延长", extended.DerivationZh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pause_moves_the_national_clock_by_its_days_and_an_open_one_until_today()
    {
        var rested = Course(
            "2019-04-26",
            "2019-05-06",
            Step("paused", "2019-05-10", new { cause = "appraisal" }),
            Step("resumed", "2019-05-30")
        );
        Assert.Equal(Day("2019-07-25"), Last(Clocks(rested), CaseClocks.Decision));
        Assert.Equal(Day("2019-06-05"), Last(Clocks(rested), CaseClocks.CloseZibo));
        var resting = Course("2019-04-26", "2019-05-06", Step("paused", "2019-05-10", new { cause = "appraisal" }));
        Assert.Equal(Day("2019-07-10"), Last(CaseClocks.Of(resting, Book, Day("2019-05-15")), CaseClocks.Decision));
    }

    [Fact]
    public void Ninety_days_appear_with_the_law_of_2021()
    {
        Assert.Null(CaseClocks.Find(Clocks(Course("2021-07-01", "2021-07-14")), CaseClocks.DecisionPenaltyLaw));
        var since = Clocks(Course("2021-07-01", "2021-07-15"));
        Assert.Equal(Day("2021-10-13"), Last(since, CaseClocks.DecisionPenaltyLaw));
        Assert.Equal(Day("2021-09-13"), Last(since, CaseClocks.Decision));
    }

    [Fact] // CK4
    public void The_times_to_answer_and_to_ask_for_a_hearing_are_those_of_the_day()
    {
        var then = Clocks(Course("2019-04-26", "2019-05-06", Step("notice-served", "2019-06-05", new { hearing = true })));
        Assert.Equal(Day("2019-06-08"), Last(then, CaseClocks.Statement));
        Assert.Equal(Day("2019-06-08"), Last(then, CaseClocks.HearingRequest));
        Assert.Equal(Day("2019-06-10"), CaseClocks.Find(then, CaseClocks.HearingRequest)!.Deadline!.NextWorkingDay);
        var now = Clocks(Course("2024-05-06", "2024-05-10", Step("notice-served", "2024-06-05", new { hearing = true })));
        // Five working days over the dragon-boat Monday.
        Assert.Equal(Day("2024-06-13"), Last(now, CaseClocks.Statement));
        Assert.Equal(Day("2024-06-13"), Last(now, CaseClocks.HearingRequest));
        Assert.Null(
            CaseClocks.Find(Clocks(Course("2019-04-26", "2019-05-06", Step("notice-served", "2019-06-05"))), CaseClocks.HearingRequest)
        );
    }

    [Fact] // CK5
    public void Two_texts_give_two_windows_to_the_court_and_the_earlier_warns()
    {
        var clocks = Clocks(Demolition());
        Assert.Equal(Day("2019-08-16"), Last(clocks, CaseClocks.Suit));
        Assert.Equal(Day("2019-09-30"), Last(clocks, CaseClocks.Reconsideration));
        Assert.Equal(Day("2019-12-30"), Last(clocks, CaseClocks.CourtByCoercionLaw));
        Assert.Equal(Day("2019-11-16"), Last(clocks, CaseClocks.CourtByInterpretation));
        Assert.Equal(Day("2019-11-18"), CaseClocks.Find(clocks, CaseClocks.CourtByInterpretation)!.Deadline!.NextWorkingDay);
        Assert.Equal(Day("2019-11-16"), CaseClocks.CourtWarnsOn(clocks));
        var demanded = Clocks(Demolition(Step("demand-served", "2019-10-08")));
        // Ten working days, one of them the worked Saturday of 12 October.
        Assert.Equal(Day("2019-10-21"), Last(demanded, CaseClocks.Demand));
    }

    [Fact]
    public void Without_demolition_a_suit_takes_months_and_a_postponed_payment_moves_the_court()
    {
        var fine = Course(
            "2019-04-26",
            "2019-05-06",
            Step("decided", "2019-07-30", new { outcome = "penalty", fineFen = 100 }),
            Step("decision-served", "2019-08-01")
        );
        Assert.Equal(Day("2020-02-01"), CaseClocks.Find(Clocks(fine), CaseClocks.Suit)!.Deadline!.UnrolledLastDay);
        Assert.Equal(Day("2019-08-16"), Last(Clocks(fine), CaseClocks.Payment));
        var postponed = Demolition(Step("payment-postponed", "2019-08-10", new { until = "2019-12-01" }));
        var clocks = Clocks(postponed);
        Assert.Equal(Day("2019-12-01"), Last(clocks, CaseClocks.Payment));
        Assert.Equal(Day("2020-03-01"), Last(clocks, CaseClocks.CourtByInterpretation));
    }

    [Theory] // CK6
    [InlineData(60_000, 40, 60_000, true)]
    [InlineData(60_000, 33, 59_400, false)]
    [InlineData(60_000, 34, 60_000, true)]
    [InlineData(60_000, 1, 1_800, false)]
    [InlineData(60_000, 0, 0, false)]
    public void An_unpaid_fine_grows_by_three_hundredths_a_day_and_never_beyond_itself(int yuan, int days, int grown, bool capped)
    {
        var surcharge = Surcharge.Of(yuan * 100L, days, Day("2019-08-01"), Book);
        Assert.Equal((grown * 100L, capped), (surcharge.Fen, surcharge.IsCapped));
    }

    [Fact]
    public void The_surcharge_rests_while_the_decision_is_contested()
    {
        var course = Demolition(Step("suit-filed", "2019-08-16"), Step("suit-decided", "2019-08-26"));
        var clocks = CaseClocks.Of(course, Book, Day("2019-08-31"));
        Assert.Equal(Day("2019-08-16"), Last(clocks, CaseClocks.Payment));
        // Fifteen days late, ten of them in court.
        Assert.Equal(5, Surcharge.Of(course, clocks, Book, Day("2019-08-31"))!.Days);
        Assert.Null(Surcharge.Of(course, clocks, Book, Day("2019-08-16")));
    }

    [Fact]
    public void A_confiscation_of_2019_has_no_day_of_hand_over_and_says_why()
    {
        var then = CaseClocks.Find(Clocks(Demolition()), CaseClocks.HandOver)!;
        Assert.Null(then.Deadline);
        Assert.Equal("law.unset", then.NotSet!.Code);
        var now = Course("2021-08-01", "2021-08-10", Step("decided", "2021-09-10", new { outcome = "penalty", confiscate = true }));
        Assert.Equal(Day("2021-12-09"), Last(Clocks(now), CaseClocks.HandOver));
    }

    [Fact]
    public void A_clock_beyond_the_published_calendar_has_no_day_and_says_why()
    {
        var clock = CaseClocks.FilingOf(Course("2026-12-28", null), Book);
        Assert.Null(clock.Deadline);
        Assert.StartsWith("law.", clock.NotSet!.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Court_clocks_follow_the_application()
    {
        var clocks = Clocks(Demolition(Step("court-applied", "2019-11-11"), Step("court-accepted", "2019-11-14")));
        Assert.Equal(Day("2019-11-18"), Last(clocks, CaseClocks.CourtAcceptance));
        Assert.Equal(Day("2019-11-25"), Last(clocks, CaseClocks.CourtRuling));
    }

    private static CaseCourse Demolition(params CaseStep[] further) =>
        Course(
            "2019-04-26",
            "2019-05-06",
            [
                Step(
                    "decided",
                    "2019-07-30",
                    new
                    {
                        outcome = "penalty",
                        fineFen = 6_000_000,
                        demolish = true,
                        confiscate = true,
                    }
                ),
                Step("decision-served", "2019-08-01"),
                .. further,
            ]
        );

    private static CaseCourse Course(string verified, string? filed, params CaseStep[] steps) =>
        new(Day(verified), filed is null ? null : Day(filed), steps);

    private static CaseStep Step(string kind, string on, object? details = null) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            CaseFileId = Guid.Empty,
            Ordinal = 1,
            Kind = kind,
            On = Day(on),
            DetailsJson = JsonSerializer.Serialize(details ?? new { }),
            By = "district-officer",
            At = default,
        };

    private static IReadOnlyList<CaseClock> Clocks(CaseCourse course) => CaseClocks.Of(course, Book, Day("2024-12-31"));

    private static DateOnly Last(IReadOnlyList<CaseClock> clocks, string id) => CaseClocks.Find(clocks, id)!.Deadline!.LastDayInclusive;
}
