using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Escalation;
using Weipian.Flow.Plan;
using Weipian.Law;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.Escalation;

/// <summary>What the plan wants by a day, who has to do it, and what late means.</summary>
[Requirement("R80")]
[Requirement("R81")]
[Requirement("R82")]
public sealed class CalendarTests
{
    private static readonly WorkPlan Plan = WorkPlan.Load(Installations.Zhoucun);

    private static SubmitDue.Request Send(string date, string? reason = null, string? to = null, DateOnly? on = null) =>
        new(date, to, on, null, null, reason, "报送");

    [Theory]
    [InlineData("town")]
    [InlineData("district-reviewer")]
    [InlineData("government")]
    public async Task Only_the_head_of_the_office_signs_what_leaves_the_district(string role)
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-09");
        await EscalationOffice.RefusedAsync(
            "store.act-not-allowed",
            () => SubmitDue.Handle(office.Store, new(role, role, "wangcun"), Send("2019-results-first"), RealLaw.Book)
        );
    }

    /// <summary>CK7: due on 2019-07-10, sent ten minutes after midnight in China: late by one day, and a reason is needed.</summary>
    [Fact]
    public async Task Ten_minutes_after_midnight_is_one_day_late_and_needs_a_reason()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-01");
        office.Go(ChinaTime.EndOf(new DateOnly(2019, 7, 10)).AddMinutes(10));
        await EscalationOffice.RefusedAsync(
            "chain.late-without-reason",
            () => SubmitDue.Handle(office.Store, EscalationOffice.OfficeHead, Send("2019-results-first"), RealLaw.Book)
        );
        var sent = await SubmitDue.Handle(
            office.Store,
            EscalationOffice.OfficeHead,
            Send("2019-results-first", "数据复核延误"),
            RealLaw.Book
        );
        Assert.Equal(1, sent.LateDays);
        await using var db = office.Store.Read();
        var row = Assert.Single(await db.Submissions.ToListAsync());
        Assert.Equal(("city-leading-group-office", 1, "数据复核延误"), (row.Recipient, row.LateDays, row.LateReasonZh));
        var line = (await CalendarState.ReadAsync(db, Plan, office.Store.Today)).Single(l => l.Date.Id == "2019-results-first");
        Assert.Equal(CalendarStanding.DoneLate, line.Standing);
    }

    [Fact]
    public async Task The_last_minute_of_the_due_day_is_in_time()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-01");
        office.Go(ChinaTime.EndOf(new DateOnly(2019, 7, 10)).AddMinutes(-1));
        var sent = await SubmitDue.Handle(office.Store, EscalationOffice.OfficeHead, Send("2019-results-first"), RealLaw.Book);
        Assert.Equal(0, sent.LateDays);
        await EscalationOffice.RefusedAsync(
            "chain.already-done",
            () => SubmitDue.Handle(office.Store, EscalationOffice.OfficeHead, Send("2019-results-first"), RealLaw.Book)
        );
    }

    [Fact]
    public async Task It_goes_to_whom_the_plan_names_and_only_where_something_is_to_be_sent()
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-14");
        Task Send14(string date, string? to = null, DateOnly? on = null) =>
            SubmitDue.Handle(office.Store, EscalationOffice.OfficeHead, Send(date, "补报", to, on), RealLaw.Book);
        await EscalationOffice.RefusedAsync("chain.not-there", () => Send14("2031-something"));
        await EscalationOffice.RefusedAsync("escalation.nothing-to-send", () => Send14("historic-backlog"));
        // The city evaluates and reports to the province: nothing of it leaves this district.
        await EscalationOffice.RefusedAsync("escalation.nothing-to-send", () => Send14("2019-evaluation-first"));
        await EscalationOffice.RefusedAsync("escalation.wrong-recipient", () => Send14("2018-annual-summary", "city-bureau"));
        await EscalationOffice.RefusedAsync("chain.in-future", () => Send14("2018-annual-summary", on: new DateOnly(2019, 6, 15)));
        await Send14("2018-annual-summary", on: new DateOnly(2019, 6, 1));
        await Send14("2018-annual-acceptance");
        await using var db = office.Store.Read();
        var sent = await db.Submissions.OrderBy(s => s.CalendarId).ToListAsync();
        Assert.Equal(
            [("2018-annual-acceptance", "city-bureau", 0), ("2018-annual-summary", "city-leading-group-office", 0)],
            [.. sent.Select(s => (s.CalendarId, s.Recipient, s.LateDays))]
        );
    }

    [Theory]
    [InlineData("historic-backlog", "town")]
    [InlineData("2018-annual-summary", "office-head")]
    [InlineData("2018-annual-acceptance", "government,office-head")]
    [InlineData("2018-annual-start", "government,office-head")]
    [InlineData("2019-cut-off", "office-head")]
    [InlineData("2019-evaluation-first", "office-head")]
    public void Every_date_has_its_seats(string date, string roles) =>
        Assert.Equal(roles.Split(','), PlanDuties.RolesOf(Plan, Plan.Calendar.Find(date)!).Order(StringComparer.Ordinal));

    /// <summary>On 9 July the results of the first two quarters are due tomorrow, what was to be sent in spring is late, and the city's
    /// evaluation is nobody's here.</summary>
    [Fact]
    public async Task On_the_ninth_of_July_the_calendar_says_what_is_due_and_what_is_late()
    {
        using var office = await EscalationOffice.OpenAsync("2019-05-20");
        var backlog = await office.ViolationAsync("wangcun", area: 900, programme: null);
        var gone = await office.ViolationAsync("nanjiao", area: 500, programme: null);
        await office.MeasureAsync(gone, "2019-05-31", accepted: 500);
        office.Go("2019-07-09");
        await using var db = office.Store.Read();
        var lines = (await CalendarState.ReadAsync(db, Plan, office.Store.Today)).ToDictionary(l => l.Date.Id);
        Assert.Equal((CalendarStanding.Open, 1), (lines["2019-results-first"].Standing, lines["2019-results-first"].DaysLeft));
        Assert.Equal(
            (CalendarStanding.Late, -62),
            (lines["2018-annual-data-filling"].Standing, lines["2018-annual-data-filling"].DaysLeft)
        );
        Assert.Equal(CalendarStanding.Done, lines["2018-annual-start"].Standing);
        Assert.Equal(CalendarStanding.Others, lines["2019-evaluation-first"].Standing);
        Assert.Equal(CalendarStanding.Late, lines["historic-backlog"].Standing);
        Assert.Equal([backlog.Unit], lines["historic-backlog"].Units);
        Assert.True(lines["historic-backlog"].IsLeftTo(Plan, "town", "wangcun"));
        Assert.False(lines["historic-backlog"].IsLeftTo(Plan, "town", "nanjiao"));
        Assert.True(lines["2019-results-first"].IsLeftTo(Plan, "office-head", null));
        Assert.False(lines["2019-results-first"].IsLeftTo(Plan, "town", "wangcun"));
    }

    /// <summary>After the cut-off the office is late as long as something that was left stands on no entry of the ledger.</summary>
    [Fact]
    public async Task A_cut_off_is_done_once_everything_left_is_on_the_ledger()
    {
        using var office = await EscalationOffice.OpenAsync("2019-12-20");
        async Task<CalendarStanding> OnAsync(string day)
        {
            office.Go(day);
            await using var db = office.Store.Read();
            return (await CalendarState.ReadAsync(db, Plan, office.Store.Today)).Single(l => l.Date.Id == "2019-cut-off").Standing;
        }
        Assert.Equal(CalendarStanding.Done, await OnAsync("2020-01-01"));
        office.Go("2019-12-20");
        var left = await office.ViolationAsync("wangcun", area: 900);
        Assert.Equal(CalendarStanding.Open, await OnAsync("2019-12-31"));
        Assert.Equal(CalendarStanding.Late, await OnAsync("2020-01-01"));
        await office.EnterAsync(left);
        Assert.Equal(CalendarStanding.Done, await OnAsync("2020-01-02"));
    }
}
