using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>An office of its own: signatures are taken back and words left lying there.</summary>
public sealed class KeptOffice : Office;

/// <summary>Cards with their images and days, words that outlive a reload, signatures that are taken back, keys that say why.</summary>
public sealed class BenchKeptTests(KeptOffice office) : IClassFixture<KeptOffice>
{
    private const string Judge = "/workbench?programme=2018-annual&queue=judge";

    [Fact]
    public async Task A_card_has_both_chips_and_the_days_that_are_left()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=all");
        var page = visitor.Page;
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.card img[data-state=there]').length >= 8");
        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => [...document.querySelectorAll('.card img[data-state=there]')].every(i => i.naturalWidth >= 64)"
            )
        );
        Assert.Matches("^-?[0-9]+$", await page.GetAttributeAsync(".card-due >> nth=0", "data-days"));
        // Cards that are scrolled in have their own images, and what stood there before is gone.
        await page.EvaluateAsync("() => document.querySelector('.cards').scrollTop = 1e9");
        await page.WaitForFunctionAsync(
            """
            () => { const list = document.querySelector('.cards').getBoundingClientRect();
              const seen = [...document.querySelectorAll('.card img[data-chip]')].filter(i => i.getBoundingClientRect().top < list.bottom && i.getBoundingClientRect().bottom > list.top);
              return seen.length >= 8 && seen.every(i => i.dataset.shown === i.dataset.chip && i.getAttribute('src') === i.dataset.chip); }
            """
        );
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task What_was_typed_outlives_the_next_patch_and_a_reload_and_nothing_of_it_stands_in_the_address()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync(Judge);
        var page = visitor.Page;
        await BenchPage.NextAsync(page);
        var number = await BenchPage.NumberAsync(page);
        await TypeAsync(page, "现场有围墙，待补权属证明");
        await page.Keyboard.PressAsync("Escape");
        await BenchPage.NextAsync(page);
        Assert.Equal(0, await page.Locator("[data-restored]").CountAsync());
        await BenchPage.NextAsync(page, "k");
        await page.WaitForSelectorAsync("[data-restored]");
        Assert.Equal("现场有围墙，待补权属证明", await page.InputValueAsync("textarea[data-commit]"));
        Assert.DoesNotContain("现场", Uri.UnescapeDataString(page.Url), StringComparison.Ordinal);

        await page.ReloadAsync();
        await page.WaitForSelectorAsync("[data-restored]");
        Assert.Equal(number, await BenchPage.NumberAsync(page));
        Assert.Equal("现场有围墙，待补权属证明", await page.InputValueAsync("textarea[data-commit]"));
        await page.ClickAsync("[data-discard]");
        await page.WaitForSelectorAsync("[data-restored]", new() { State = WaitForSelectorState.Detached });
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-drafts')");

        // A verdict takes its words along.
        await TypeAsync(page, "按现场核查");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("0");
        await page.WaitForSelectorAsync(".verdict-bar[data-code$='D0']");
        Assert.Contains(
            "按现场核查",
            await page.EvaluateAsync<string>("() => localStorage.getItem('weipian-drafts')"),
            StringComparison.Ordinal
        );
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-drafts')");

        // Signing out leaves nothing; nor does another seat find anything.
        await TypeAsync(page, "留在这里的话");
        await page.EvaluateAsync(
            """
            () => { const form = document.createElement('form'); form.action = '/session/end'; document.body.append(form);
              form.dispatchEvent(new SubmitEvent('submit', { bubbles: true })); form.remove(); }
            """
        );
        Assert.Null(await page.EvaluateAsync<string?>("() => localStorage.getItem('weipian-drafts')"));
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task A_confirmation_is_taken_back_by_the_key_of_undo_and_given_again()
    {
        await using var officer = await office.SignInAsync("district-officer");
        await officer.OpenAsync("/workbench?programme=2019-q1&queue=judge");
        await officer.Page.Keyboard.PressAsync("a");
        await officer.Page.WaitForSelectorAsync(".chosen");
        var number = await BenchPage.NumberAsync(officer.Page);
        await officer.Page.Keyboard.PressAsync("Enter");
        await BenchPage.CardOf(officer.Page, number).Locator(".state:not(.pending):not(.state-not-verified)").First.WaitForAsync();

        await using var reviewer = await office.SignInAsync("district-reviewer");
        await reviewer.OpenAsync($"/workbench?programme=2019-q1&queue=confirm&patch={number}");
        var page = reviewer.Page;
        await page.WaitForSelectorAsync(".verdict-bar[data-mode=confirmed]");
        if (await page.GetAttributeAsync(".verdict-bar", "data-final") == "false")
            await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".verdict-bar:not([data-mode]) button.act");
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')");
        await page.Keyboard.PressAsync("u");
        await page.WaitForSelectorAsync(".verdict-bar[data-mode=confirmed][data-taken-back='1']");
        await page.WaitForSelectorAsync("[data-taken-back]:not(.verdict-bar)");

        // The other signature counts, and is not taken for the one that was taken back.
        await page.Keyboard.PressAsync("r");
        await page.WaitForSelectorAsync(".verdict-bar[data-mode=returned]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')");
        await reviewer.OpenAsync($"/workbench?programme=2019-q1&queue=returned&patch={number}");
        Assert.Equal(1, await BenchPage.CardOf(page, number).CountAsync());
        reviewer.HadNothingToComplain();
    }

    [Fact]
    public async Task A_key_that_can_do_nothing_says_why()
    {
        await using var officer = await office.SignInAsync("district-officer");
        await officer.OpenAsync("/workbench?programme=2019-q3&queue=judge");
        var page = officer.Page;
        foreach (var key in new[] { "r", "u" })
            await SaysAsync(page, key);
        await page.Keyboard.PressAsync("j");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-note]').textContent === ''");
        for (var i = 0; i < 12 && await page.Locator(".dossier:not([hidden]) .parts [role=tab]").CountAsync() > 0; i++)
            await BenchPage.NextAsync(page);
        foreach (var key in new[] { "n", "g" })
            await SaysAsync(page, key);
        await officer.OpenAsync("/workbench?programme=2018-annual&queue=all");
        var count = await page.InnerTextAsync(".queues a[aria-current] .figures");
        var rows = int.Parse(count, System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 1; i < rows && await page.Locator(".dossier:not([hidden]) .files li").CountAsync() > 0; i++)
            await BenchPage.NextAsync(page);
        await SaysAsync(page, "p");

        await using var government = await office.SignInAsync("government");
        await government.OpenAsync("/workbench?programme=2019-q3&queue=all");
        foreach (var key in new[] { "a", "b", "g", "x", "r", "u", "t", "1", "Enter" })
            await SaysAsync(government.Page, key);
    }

    /// <summary>What was sent back is decided one by one; the bar says so where B is pressed.</summary>
    [Fact]
    public async Task B_says_in_the_bar_why_there_is_no_batch()
    {
        await using var officer = await office.SignInAsync("district-officer");
        await officer.OpenAsync("/workbench?programme=2019-q2&queue=judge");
        await officer.Page.Keyboard.PressAsync("0");
        await officer.Page.WaitForSelectorAsync(".verdict-bar[data-code='D0']");
        var number = await BenchPage.NumberAsync(officer.Page);
        await TypeAsync(officer.Page, "证据不足");
        await officer.Page.Keyboard.PressAsync("Enter");
        await BenchPage.CardOf(officer.Page, number).Locator(".state-doubtful:not(.pending)").WaitForAsync();
        await using (var reviewer = await office.SignInAsync("district-reviewer"))
        {
            await reviewer.OpenAsync($"/workbench?programme=2019-q2&queue=confirm&patch={number}");
            await reviewer.Page.Keyboard.PressAsync("r");
            await reviewer.Page.WaitForSelectorAsync(".verdict-bar[data-mode=returned]");
            await reviewer.Page.Keyboard.PressAsync("Enter");
            await reviewer.Page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')");
            await reviewer.Page.WaitForSelectorAsync(".card .card-why");
        }
        await officer.OpenAsync($"/workbench?programme=2019-q2&queue=returned&patch={number}");
        await officer.Page.WaitForSelectorAsync(".verdict-bar[data-mode=decide]");
        await officer.Page.Keyboard.PressAsync("b");
        await officer.Page.WaitForSelectorAsync(".verdict-bar .refusal");
        Assert.Equal(0, await officer.Page.Locator("[data-batch]").CountAsync());
        await officer.Page.Keyboard.PressAsync("0");
        await officer.Page.WaitForSelectorAsync(".verdict-bar .refusal", new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task Spy_glass_part_and_the_later_map_come_back_with_the_address()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=all");
        var page = visitor.Page;
        await page.WaitForSelectorAsync("[data-map=after][data-image]");
        await page.Keyboard.PressAsync("y");
        await BenchPage.ViewSaysAsync(page, "y:1");
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await BenchPage.ViewSaysAsync(page, "c:");
        await BenchPage.ViewSaysAsync(page, "d:");
        await page.WaitForTimeoutAsync(500);
        var view = await ViewAsync(page);
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("[data-map=after]:not([data-lens='']).map[data-lens]");
        await page.WaitForSelectorAsync("[data-map=after][data-mirror=apart]");
        await page.WaitForTimeoutAsync(800);
        Assert.Equal(view, await ViewAsync(page));
        await page.Keyboard.PressAsync("y");
        await BenchPage.ViewIsSilentAsync(page, "y:");

        var (programme, number) = await InPartsAsync(page);
        await visitor.OpenAsync($"/workbench?programme={programme}&queue=all&patch={number}");
        await page.WaitForSelectorAsync(".dossier:not([hidden]) .parts [role=tab]");
        var before = await page.InnerTextAsync(".dossier:not([hidden]) .parts [aria-selected=true]");
        await page.Keyboard.PressAsync("n");
        await page.WaitForFunctionAsync("() => location.search.includes('part=')");
        await page.WaitForFunctionAsync(
            "p => document.querySelector('.dossier:not([hidden]) .parts [aria-selected=true]')?.innerText !== p",
            before
        );
        var part = await page.InnerTextAsync(".dossier:not([hidden]) .parts [aria-selected=true]");
        await page.ReloadAsync();
        await page.WaitForFunctionAsync(
            "p => document.querySelector('.dossier:not([hidden]) .parts [aria-selected=true]')?.innerText === p",
            part
        );
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task A_parcel_is_divided_by_keys_alone()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync("/workbench?programme=2019-q2&queue=judge");
        var page = visitor.Page;
        await page.WaitForSelectorAsync("[data-map=before][data-shown]:not([data-shown=''])");
        await BenchPage.NextAsync(page);
        for (
            var i = 0;
            i < 12
                && (
                    await page.Locator(".dossier:not([hidden]) .parts [role=tab]").CountAsync() > 0
                    || await page.Locator("[data-split]").CountAsync() == 0
                );
            i++
        )
            await BenchPage.NextAsync(page);
        await page.Keyboard.PressAsync("x");
        await page.WaitForSelectorAsync("[data-drawing=line]");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForSelectorAsync("[data-laid^='0;0.00']");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForSelectorAsync("[data-laid^='5;']");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await page.WaitForSelectorAsync("[data-laid^='4.5;']");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.WaitForSelectorAsync("[data-laid]:not([data-laid$=';0.00'])");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-line-at]').textContent.includes('4.5')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-split-preview]");
        await page.Keyboard.PressAsync("Escape");

        // Written: an azimuth is taken, words are not.
        await page.Keyboard.PressAsync("x");
        await page.FillAsync("[data-line-text]", "somewhere");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".split-bar .refusal");
        await page.FillAsync("[data-line-text]", "90 1");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-split-preview]");
        await page.FillAsync("[data-split-reason]", "按现场界线划分");
        await page.FocusAsync("[data-split-commit]:not([disabled])");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".dossier:not([hidden]) .parts [role=tab]");
        await page.Keyboard.PressAsync("u");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.dossier:not([hidden]) .parts [role=tab]').length === 0");
    }

    [Fact]
    public async Task The_buttons_of_the_key_sheet_are_on_a_low_screen_too()
    {
        await using var visitor = await office.SignInAsync("government", height: 700);
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=all");
        await visitor.Page.Keyboard.PressAsync("?");
        var button = (await visitor.Page.Locator("[data-change-keys]").BoundingBoxAsync())!;
        var sheet = (await visitor.Page.Locator(".key-sheet").BoundingBoxAsync())!;
        Assert.True(button.Y + button.Height <= sheet.Y + sheet.Height, $"{button.Y + button.Height} > {sheet.Y + sheet.Height}");
        Assert.True(sheet.Y + sheet.Height <= 700);
        // Nothing covers it.
        Assert.True(
            await visitor.Page.EvaluateAsync<bool>(
                """
                () => { const b = document.querySelector('[data-change-keys]'), r = b.getBoundingClientRect();
                  return b.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }
                """
            )
        );
    }

    [Fact]
    public async Task The_first_hour_asks_for_the_keys_that_the_seat_has()
    {
        await using var visitor = await office.SignInAsync("discipline");
        await visitor.OpenAsync("/training/first-hour");
        await visitor.Page.WaitForSelectorAsync("[data-hour-key]:text-is('J')");
        await using var officer = await office.SignInAsync("office-head");
        await officer.OpenAsync("/workbench?programme=2018-annual&queue=all");
        await officer.Page.Keyboard.PressAsync("?");
        await officer.Page.ClickAsync("[data-change-keys]");
        await officer.Page.ClickAsync("[data-action=next]");
        await officer.Page.WaitForSelectorAsync(".key-choice.waits");
        await officer.Page.Keyboard.PressAsync("q");
        await officer.Page.WaitForSelectorAsync("[data-action=next] kbd:text-is('Q')");
        await officer.OpenAsync("/training/first-hour");
        await officer.Page.WaitForSelectorAsync("[data-hour-key]:text-is('Q')");
    }

    /// <summary>A patch of several parcels.</summary>
    private static async Task<(string Programme, string Number)> InPartsAsync(IPage page)
    {
        foreach (var programme in new[] { "2018-annual", "2019-q1", "2019-q2", "2019-q3" })
        {
            var found = await (await page.APIRequest.GetAsync($"/api/patches?programme={programme}&queue=all")).JsonAsync();
            foreach (var patch in found!.Value.GetProperty("patches").EnumerateArray())
                if (patch.GetProperty("parcels").GetArrayLength() > 1)
                    return (programme, patch.GetProperty("number").GetString()!);
        }
        throw new InvalidOperationException("no patch of several parcels");
    }

    private static Task<string> ViewAsync(IPage page) =>
        page.EvaluateAsync<string>("() => new URLSearchParams(location.search).get('view')");

    private static async Task TypeAsync(IPage page, string text)
    {
        await page.WaitForSelectorAsync("textarea[data-commit]");
        await page.FillAsync("textarea[data-commit]", text);
        await page.WaitForTimeoutAsync(300);
    }

    private static async Task SaysAsync(IPage page, string key)
    {
        await page.EvaluateAsync("() => { document.activeElement?.blur(); }");
        await page.Keyboard.PressAsync(key);
        try
        {
            await page.WaitForFunctionAsync(
                "() => document.querySelector('[data-note]')?.textContent || document.querySelector('.verdict-bar .refusal') || document.querySelector('.split-bar .refusal')",
                null,
                new() { Timeout = 8000 }
            );
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{key} is silent");
        }
        await page.Keyboard.PressAsync("Escape");
    }
}
