using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>Every page in a real browser: no script error, no violation of the content policy, no other host, in both languages and
/// themes.</summary>
public sealed class PagesTests(Office office)
{
    [Theory]
    [InlineData(
        "district-reviewer",
        "/",
        "/board",
        "/workbench?programme=2018-annual&queue=all",
        "/layers",
        "/status",
        "/journal",
        "/password"
    )]
    [InlineData("administrator", "/", "/people", "/layers", "/status")]
    [InlineData("town-wangcun", "/", "/board", "/workbench", "/layers")]
    [InlineData("finance", "/", "/board")]
    public async Task No_page_makes_the_browser_complain(string login, params string[] pages)
    {
        foreach (var language in new[] { "zh-CN", "en" })
        {
            await using var visitor = await office.SignInAsync(login, language: language == "en" ? "en" : null);
            foreach (var page in pages)
            {
                await visitor.OpenAsync(page);
                Assert.Equal(language, await visitor.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
            }
            visitor.HadNothingToComplain();
        }
    }

    [Fact]
    public async Task The_language_is_switched_on_the_page_one_is_on_and_stays()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync("/workbench?programme=2019-q1&queue=all");
        await visitor.Page.Keyboard.PressAsync("j");
        await visitor.Page.WaitForURLAsync("**patch=*");
        var address = visitor.Page.Url;
        await visitor.Page.ClickAsync("button[name=to][value=en]");
        await visitor.Page.WaitForSelectorAsync("html[lang=en]");
        Assert.Equal(address, visitor.Page.Url);
        await visitor.OpenAsync("/board");
        Assert.Contains("Violations still on the ground", await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("district-officer", "/workbench?programme=2018-annual&queue=judge")]
    [InlineData("town-wangcun", "/workbench?programme=2018-annual&queue=all")]
    [InlineData("office-head", "/calendar?on=2019-05-20")]
    public async Task The_start_page_says_what_a_seat_has_to_do_and_leads_there(string login, string leads)
    {
        await using var visitor = await office.SignInAsync(login);
        await visitor.OpenAsync("/?on=2019-05-20");
        var line = visitor.Page.Locator($".due-line[href^='{leads}']").First;
        await line.WaitForAsync();
        Assert.True(await visitor.Page.Locator(".due-line.late").CountAsync() > 0);
        await line.ClickAsync();
        await visitor.Page.WaitForURLAsync("**" + leads + "**");
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task Dark_is_chosen_by_the_person_or_by_the_system()
    {
        await using var visitor = await office.SignInAsync("government");
        var light = await GroundAsync(visitor.Page);
        await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        var bySystem = await GroundAsync(visitor.Page);
        Assert.NotEqual(light, bySystem);
        await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await visitor.Page.ClickAsync("button.to-dark");
        await visitor.Page.WaitForSelectorAsync("html[data-theme=dark]");
        Assert.Equal(bySystem, await GroundAsync(visitor.Page));
    }

    [Fact]
    public async Task The_administrator_hands_out_a_one_time_password_that_works_once()
    {
        await using var administrator = await office.SignInAsync("administrator");
        await administrator.OpenAsync("/people");
        var page = administrator.Page;
        var row = page.Locator("tr:has(td:text-is('town-zone'))");
        await page.WaitForTimeoutAsync(300);
        await row.Locator("button").ClickAsync();
        await row.Locator("button.first").ClickAsync();
        var password = await page.InnerTextAsync(".issued .password");

        await using var visitor = await office.NobodyAsync();
        await Office.EnterAsync(visitor.Page, "town-zone", password);
        await visitor.Page.WaitForURLAsync("**/password");
        await visitor.Page.FillAsync("[name=old]", password);
        await visitor.Page.FillAsync("[name=chosen]", "a new one of my own");
        await visitor.Page.FillAsync("[name=again]", "a new one of my own");
        await visitor.Page.ClickAsync("form.enter button");
        await visitor.Page.WaitForURLAsync("**why=done");
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task Nothing_is_wider_than_a_telephone()
    {
        await using var visitor = await office.SignInAsync("government", width: 390, height: 844, touch: true);
        foreach (var page in new[] { "/", "/board", "/workbench?programme=2018-annual&queue=all", "/layers", "/status" })
        {
            await visitor.OpenAsync(page);
            var wide = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
            Assert.True(wide <= 391, $"{page}: {wide} px");
        }
    }

    private static Task<string> GroundAsync(IPage page) =>
        page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
