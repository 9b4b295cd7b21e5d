using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>Who holds which post, who sits where, who is in the leading group: asked for any day.</summary>
public sealed class MembershipTests : IDisposable
{
    private static readonly Actor Administrator = new("administrator", PlanRoles.Administrator);
    private static readonly Actor Head = new("office-head", PlanRoles.OfficeHead);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_membership_without_post_name_basis_or_of_a_day_to_come_is_refused()
    {
        using var store = await StoreAsync();
        var today = store.Today;
        foreach (
            var wrong in new SeatPerson.Request[]
            {
                new("post", "no-such-post", "李样", today, "通知", "test"),
                new("seat", "no-such-seat", "李样", today, "通知", "test"),
                new("body", "finance", "李样", today, "通知", "test"),
                new("seat", "finance", " ", today, "通知", "test"),
                new("seat", "finance", "李样", today, "", "test"),
                new("seat", "finance", "李样", today.AddDays(1), "通知", "test"),
                new("seat", "finance", "李样", new DateOnly(2001, 1, 1), "通知", "test"),
            }
        )
            await Assert.ThrowsAsync<Problem>(() => SeatPerson.Handle(store, Administrator, wrong));
        await Assert.ThrowsAsync<Problem>(() =>
            SeatPerson.Handle(store, new("finance", PlanRoles.Finance), new("seat", "finance", "李样", today, "通知", "test"))
        );
    }

    [Fact]
    [Requirement("R05")]
    public async Task One_person_holds_several_posts_and_who_sat_where_is_asked_for_any_day()
    {
        using var store = await StoreAsync();
        var first = new DateOnly(2019, 5, 2);
        var seat = await SeatPerson.Handle(store, Administrator, new("seat", "finance", "李样", first, "通知一", "test"));
        await SeatPerson.Handle(store, Administrator, new("post", store.Plan.Posts[0].Id, "李样", first, "通知一", "test"));
        await Assert.ThrowsAsync<Problem>(() =>
            SeatPerson.Handle(store, Administrator, new("seat", "finance", "李样", first, "通知一", "test"))
        );
        await Assert.ThrowsAsync<Problem>(() => UnseatPerson.Handle(store, Administrator, new(seat, first.AddDays(-1), "通知二", "test")));
        await UnseatPerson.Handle(store, Administrator, new(seat, new DateOnly(2019, 8, 31), "通知二", "test"));
        await Assert.ThrowsAsync<Problem>(() =>
            UnseatPerson.Handle(store, Administrator, new(seat, new DateOnly(2019, 8, 31), "通知二", "test"))
        );
        await SeatPerson.Handle(store, Administrator, new("seat", "finance", "王例", new DateOnly(2019, 9, 1), "通知二", "test"));
        using var books = new Weipian.Web.Reading.OfficeBooks(new DataFolder(folder.Path), TimeProvider.System);
        var desk = new Weipian.Web.Reading.PostDesk(books);
        Assert.Equal(["李样"], await OnAsync(desk, new DateOnly(2019, 8, 31)));
        Assert.Equal(["王例"], await OnAsync(desk, new DateOnly(2019, 9, 1)));
        Assert.Empty(await OnAsync(desk, new DateOnly(2019, 5, 1)));
        Assert.Equal(2, (await desk.HoldersOnAsync(first)).Count(h => h.Row.PersonZh == "李样"));
    }

    [Fact]
    [Requirement("R05")]
    public async Task A_change_of_the_leading_group_is_a_dated_row_and_the_group_of_an_earlier_day_stays_as_it_was()
    {
        using var store = await StoreAsync();
        var issued = store.Plan.Document.IssuedOn!.Value;
        var (leaving, day) = (store.Plan.LeadingGroup!.On(issued).First(m => m.Role == "member").Post, new DateOnly(2019, 9, 2));
        await Assert.ThrowsAsync<Problem>(() =>
            ChangeLeadingGroup.Handle(store, Administrator, new(leaving, "leaves", day, "通知", "test"))
        );
        await Assert.ThrowsAsync<Problem>(() => ChangeLeadingGroup.Handle(store, Head, new(leaving, "member", day, "通知", "test")));
        await Assert.ThrowsAsync<Problem>(() => ChangeLeadingGroup.Handle(store, Head, new("no-such-post", "member", day, "通知", "test")));
        await ChangeLeadingGroup.Handle(store, Head, new(leaving, "leaves", day, "通知", "test"));
        await using var db = store.Read();
        var changes = await db.GroupChanges.ToListAsync();
        var before = ChangeLeadingGroup.MembersOn(store.Plan, changes, day.AddDays(-1));
        var after = ChangeLeadingGroup.MembersOn(store.Plan, changes, day);
        Assert.Contains(before, m => m.Post == leaving);
        Assert.DoesNotContain(after, m => m.Post == leaving);
        Assert.Equal(before.Count - 1, after.Count);
        var refused = Assert.Throws<Problem>(() => NotifyPosts.Decide(store.Plan, new(leaving, "通知", null, "x"), day, changes));
        Assert.Equal("chain.bad-value", refused.Code);
    }

    private static async Task<IEnumerable<string>> OnAsync(Weipian.Web.Reading.PostDesk desk, DateOnly day) =>
        (await desk.HoldersOnAsync(day)).Where(h => h.Row.Kind == "seat" && h.Row.Subject == "finance").Select(h => h.Row.PersonZh);

    private async Task<WeipianStore> StoreAsync()
    {
        await Installations.InitialiseAsync(folder, Installations.Zhoucun);
        return WeipianStore.Open(new DataFolder(folder.Path));
    }
}
