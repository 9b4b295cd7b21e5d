using System.Net;
using Weipian.Tests.Web.Serving;

namespace Weipian.Tests.Web.SignIn;

/// <summary>Roles by pages, as the permission matrix of the domain has it: written here once more, on purpose.</summary>
public sealed class PageMatrixTests(OfficeProgram office)
{
    private const string Everyone =
        "town-wangcun district-officer district-reviewer office-head government finance discipline administrator";

    [Theory]
    [InlineData("/", Everyone)]
    [InlineData("/board", "town-wangcun district-officer district-reviewer office-head government finance discipline")]
    [InlineData("/workbench", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/law", Everyone)]
    [InlineData("/layers/drift", "district-officer district-reviewer office-head government")]
    [InlineData("/what-if", "district-officer district-reviewer office-head government")]
    [InlineData("/batches", "district-officer district-reviewer office-head government")]
    [InlineData("/verify", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/layers", "town-wangcun district-officer district-reviewer office-head government administrator")]
    [InlineData("/calendar", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/records", "district-officer district-reviewer office-head government finance")]
    [InlineData("/escalation", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/spot-checks", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/accountability", "office-head government discipline")]
    [InlineData("/evaluation", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/status", "district-officer district-reviewer office-head government administrator")]
    [InlineData("/journal", "district-reviewer office-head government discipline")]
    [InlineData("/people", "administrator")]
    [InlineData("/cases", "town-wangcun district-officer district-reviewer office-head government discipline")]
    [InlineData("/violations", "district-officer")]
    [InlineData("/holds", "district-officer")]
    [InlineData("/department", "finance discipline")]
    [InlineData("/api/holds/inquiries", "district-officer")]
    [InlineData("/reports", "district-officer district-reviewer office-head government")]
    [InlineData("/reconciliation", "district-officer district-reviewer office-head government")]
    [InlineData("/api/reports", "district-officer district-reviewer office-head government")]
    [InlineData("/measures", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/hand-overs", "district-officer district-reviewer office-head government finance")]
    [InlineData("/programme-acceptance", "district-officer district-reviewer office-head government")]
    [InlineData("/ledger", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/ledger/survey", "district-officer district-reviewer office-head government")]
    [InlineData("/ledger/deduction", "district-officer district-reviewer office-head government")]
    [InlineData("/ledger/credit", "district-officer district-reviewer office-head government")]
    [InlineData("/ledger/city", "district-officer district-reviewer office-head government")]
    [InlineData("/password", Everyone)]
    [InlineData("/api/programmes", "town-wangcun district-officer district-reviewer office-head government finance discipline")]
    [InlineData("/api/patches?programme=2018-annual", "town-wangcun district-officer district-reviewer office-head government")]
    [InlineData("/api/layers", "town-wangcun district-officer district-reviewer office-head government administrator")]
    [InlineData("/api/journal", "district-reviewer office-head government discipline")]
    [InlineData("/openapi.json", Everyone)]
    public async Task A_page_opens_to_the_roles_that_have_it_and_is_refused_to_all_others(string page, string allowed)
    {
        var may = allowed.Split(' ');
        foreach (var login in Everyone.Split(' '))
        {
            using var browser = await office.SignedInAsync(login);
            using var answer = await browser.GetAsync(page);
            var expected = may.Contains(login) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
            Assert.True(answer.StatusCode == expected, $"{login} {page}: {answer.StatusCode}, expected {expected}");
        }
    }

    [Theory]
    [InlineData("district-officer", "待判定图斑", "href=\"/workbench\"")]
    [InlineData("town-wangcun", "本单位图斑尚未审定", "href=\"/workbench\"")]
    [InlineData("government", "方案节点", "href=\"/journal\"")]
    [InlineData("finance", "现在没有要办的事", "href=\"/board\"")]
    [InlineData("administrator", "现在没有要办的事", "href=\"/people\"")]
    public async Task The_start_page_has_the_work_and_the_places_of_the_seat_and_no_others(string login, string work, string place)
    {
        using var browser = await office.SignedInAsync(login);
        var page = await browser.GetStringAsync("/");
        Assert.Contains(work, page, StringComparison.Ordinal);
        Assert.Contains(place, page, StringComparison.Ordinal);
        var places = Weipian.Web.Shell.Places.All;
        Assert.All(
            places.Where(p => !Weipian.Web.SignIn.Permission.Allows(p.Permission, RoleOf(login))),
            p => Assert.DoesNotContain($"href=\"{p.Address}\"", page, StringComparison.Ordinal)
        );
    }

    private static string RoleOf(string login) => login.StartsWith("town-", StringComparison.Ordinal) ? "town" : login;

    [Fact]
    public async Task A_refused_page_says_so_in_words_and_shows_nothing_of_it()
    {
        using var finance = await office.SignedInAsync("finance");
        using var answer = await finance.GetAsync("/workbench");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("无权查看", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-move", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_names_its_permission()
    {
        var pages = typeof(Weipian.Web.SignIn.Permission)
            .Assembly.GetTypes()
            .Where(t => t.GetCustomAttributes(typeof(Microsoft.AspNetCore.Components.RouteAttribute), inherit: false).Length > 0)
            .ToList();
        Assert.True(pages.Count >= 8);
        Assert.All(
            pages,
            page =>
                Assert.True(
                    page.GetCustomAttributes(inherit: false)
                        .Any(a =>
                            a
                                is Microsoft.AspNetCore.Authorization.AuthorizeAttribute { Policy: not null }
                                    or Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute
                        ),
                    $"{page.Name} has neither a policy nor is it open"
                )
        );
    }
}
