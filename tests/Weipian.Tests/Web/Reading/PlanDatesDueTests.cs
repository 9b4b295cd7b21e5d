using Weipian.Flow.Escalation;
using Weipian.Tests.Flow.Escalation;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Reading;

/// <summary>The dates of the plan as each seat has them before it: what is late, what is near, and nothing of others.</summary>
[Requirement("R80")]
[Requirement("R81")]
public sealed class PlanDatesDueTests
{
    private static readonly string[] Office =
    [
        "2018-annual-data-filling",
        "2018-annual-summary",
        "2018-annual-acceptance",
        "2019-results-first",
    ];

    /// <summary>On 9 July nothing was sent. The office signs all that leaves the district; the leading group accepts with it.</summary>
    [Theory]
    [InlineData("office-head", "2018-annual-data-filling 2018-annual-summary 2018-annual-acceptance 2019-results-first")]
    [InlineData("government", "2018-annual-acceptance")]
    [InlineData("district-officer", "")]
    [InlineData("district-reviewer", "")]
    [InlineData("town-wangcun", "")]
    [InlineData("finance", "")]
    [InlineData("discipline", "")]
    [InlineData("administrator", "")]
    [InlineData("dept-transport", "")]
    [InlineData("permit-desk", "")]
    public async Task On_the_ninth_of_July_a_seat_has_its_own_dates(string login, string dates)
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-09");
        Assert.Equal(dates.Split(' ', StringSplitOptions.RemoveEmptyEntries), await DatesAsync(office, login));
    }

    [Fact]
    public async Task What_was_sent_is_due_no_more_and_what_lies_a_month_ahead_is_not_yet()
    {
        using var office = await EscalationOffice.OpenAsync("2019-07-09");
        await SubmitDue.Handle(
            office.Store,
            EscalationOffice.OfficeHead,
            new("2019-results-first", null, null, null, null, null, "报送"),
            Weipian.Tests.Law.RealLaw.Book
        );
        Assert.Equal(Office[..3], await DatesAsync(office, "office-head"));
        office.Go("2019-09-08");
        Assert.Equal(Office[..3], await DatesAsync(office, "office-head"));
        // Due on 10 October: thirty-one days ahead.
        office.Go("2019-09-09");
        string[] expected = [.. Office.Take(3), "2019-results-second"];
        Assert.Equal(expected, await DatesAsync(office, "office-head"));
    }

    [Fact]
    public async Task The_backlog_is_due_to_the_town_that_has_some_of_it_left_and_to_no_other()
    {
        using var office = await EscalationOffice.OpenAsync("2019-05-20");
        var violation = await office.ViolationAsync("wangcun", area: 1000, programme: null);
        Assert.Equal(["historic-backlog"], await DatesAsync(office, "town-wangcun"));
        Assert.Empty(await DatesAsync(office, "town-nanjiao"));
        var item = Assert.Single(await ItemsAsync(office, "town-wangcun"));
        Assert.Equal(
            (new DateOnly(2019, 5, 31), 11, false),
            (item.Due, item.DaysLeft(office.Store.Today), item.IsLate(office.Store.Today))
        );
        office.Go("2019-06-01");
        Assert.True(Assert.Single(await ItemsAsync(office, "town-wangcun")).IsLate(office.Store.Today));
        await office.MeasureAsync(violation, "2019-06-30", accepted: 1000);
        Assert.Empty(await DatesAsync(office, "town-wangcun"));
    }

    [Fact]
    public async Task A_cut_off_is_due_to_the_office_until_what_was_left_stands_on_the_ledger()
    {
        using var office = await EscalationOffice.OpenAsync("2020-01-02");
        var violation = await office.ViolationAsync("wangcun", area: 1000);
        Assert.Contains("2019-cut-off", await DatesAsync(office, "office-head"));
        Assert.DoesNotContain("2019-cut-off", await DatesAsync(office, "town-wangcun"));
        await office.EnterAsync(violation);
        Assert.DoesNotContain("2019-cut-off", await DatesAsync(office, "office-head"));
    }

    private static async Task<IReadOnlyList<DueItem>> ItemsAsync(EscalationOffice office, string login)
    {
        using var books = new OfficeBooks(office.Data, office.Clock);
        return await new PlanDatesDue(books, new EscalationDesk(books)).DueAsync(DueSeats.Of(books.Plan, login, books.Today));
    }

    /// <summary>Ids of the dates, as their lines lead to them on the calendar.</summary>
    private static async Task<string[]> DatesAsync(EscalationOffice office, string login) =>
        [.. (await ItemsAsync(office, login)).Select(i => i.Address.Split('#')[1])];
}
