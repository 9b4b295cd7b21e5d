using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>Every key of the workbench does what the sheet says, and another key does it where a person chose another.</summary>
public sealed class BenchKeysTests(Office office)
{
    private const string Queue = "/workbench?programme=2018-annual&queue=all";

    [Fact]
    public async Task A_key_that_is_taken_is_refused_and_a_free_one_is_taken_and_stays_with_the_seat()
    {
        await using var visitor = await office.SignInAsync("office-head");
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        await page.Keyboard.PressAsync("?");
        await page.ClickAsync("[data-change-keys]");
        await page.ClickAsync("[data-action=next]");
        await page.WaitForSelectorAsync(".key-choice.waits");
        await page.Keyboard.PressAsync("u");
        await page.WaitForSelectorAsync(".key-sheet .refusal");
        Assert.Equal("J", await page.InnerTextAsync("[data-action=next] kbd"));
        await page.ClickAsync("[data-action=next]");
        await page.WaitForSelectorAsync(".key-choice.waits");
        await page.Keyboard.PressAsync("q");
        await page.WaitForSelectorAsync("[data-action=next] kbd:text-is('Q')");
        await page.ClickAsync("[data-change-keys]");

        await page.ReloadAsync();
        await visitor.OpenAsync(Queue);
        var first = await BenchPage.NumberAsync(page);
        await page.Keyboard.PressAsync("j");
        await page.WaitForTimeoutAsync(400);
        Assert.Equal(first, await BenchPage.NumberAsync(page));
        await BenchPage.NextAsync(page, "q");

        await using (var other = await office.SignInAsync("government"))
        {
            await other.OpenAsync(Queue);
            await BenchPage.NextAsync(other.Page);
        }
        await page.Keyboard.PressAsync("?");
        Assert.Equal("Q", await page.InnerTextAsync("[data-key=next]"));
        await page.ClickAsync("[data-reset-keys]");
        await page.WaitForSelectorAsync("[data-key=next]:text-is('J')");
        await page.Keyboard.PressAsync("?");
        await BenchPage.NextAsync(page);
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task Every_mode_of_the_maps_has_its_key_and_the_address_brings_it_back()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        await page.WaitForSelectorAsync("[data-map=after][data-image]");
        await page.Keyboard.PressAsync("m");
        await page.WaitForSelectorAsync("[data-map=after][data-mirror=apart]");
        await page.Keyboard.PressAsync("s");
        await page.Keyboard.PressAsync("]");
        await BenchPage.ViewSaysAsync(page, "s:55");
        await page.Keyboard.PressAsync("[");
        await BenchPage.ViewSaysAsync(page, "s:50");
        await page.Keyboard.PressAsync("o");
        await BenchPage.ViewSaysAsync(page, "o:1");
        await page.Keyboard.PressAsync(".");
        await BenchPage.ViewSaysAsync(page, "l:");
        await page.Keyboard.PressAsync("l");
        await page.Keyboard.PressAsync("1");
        await BenchPage.ViewSaysAsync(page, "h:land-use");
        await page.Keyboard.PressAsync("v");
        await BenchPage.ViewSaysAsync(page, "v:1");
        var day = await page.InnerTextAsync("[data-map=after] .image-date");

        await page.ReloadAsync();
        await page.WaitForFunctionAsync("d => document.querySelector('[data-map=after] .image-date')?.innerText === d", day);
        await page.WaitForSelectorAsync("[data-map=after][data-mirror=apart]");
        await page.WaitForSelectorAsync(".layer[aria-pressed=false] >> nth=0");
        await page.WaitForSelectorAsync(".layer[aria-pressed=true]:has(kbd:text-is('V'))");
        foreach (var part in new[] { "s:50", "i:1", "o:1", "l:", "h:land-use", "v:1" })
            await BenchPage.ViewSaysAsync(page, part);

        await page.Keyboard.PressAsync("m");
        await page.WaitForSelectorAsync("[data-map=after][data-mirror=together]");
        await page.Keyboard.PressAsync("f");
        await BenchPage.ViewSaysAsync(page, "f:1");
        await page.Keyboard.PressAsync("f");
        await BenchPage.ViewIsSilentAsync(page, "f:");
        visitor.HadNothingToComplain();
    }

    /// <summary>Together they show one place; apart the later one stays where it was.</summary>
    [Fact]
    public async Task Moving_the_earlier_map_moves_the_later_one_only_while_they_are_together_and_Z_brings_both_back()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        var fitted = await ScaleAsync(page, "after");
        await ZoomAsync(page);
        await page.WaitForFunctionAsync("s => document.querySelector('[data-map=after] .ol-scale-line-inner').innerText !== s", fitted);
        Assert.Equal(await ScaleAsync(page, "before"), await ScaleAsync(page, "after"));
        await BenchPage.ViewSaysAsync(page, "c:");
        await page.Keyboard.PressAsync("z");
        await page.WaitForFunctionAsync("s => document.querySelector('[data-map=after] .ol-scale-line-inner').innerText === s", fitted);
        await BenchPage.ViewIsSilentAsync(page, "c:");

        await page.Keyboard.PressAsync("m");
        await ZoomAsync(page);
        await page.WaitForFunctionAsync("s => document.querySelector('[data-map=before] .ol-scale-line-inner').innerText !== s", fitted);
        Assert.Equal(fitted, await ScaleAsync(page, "after"));
    }

    private static Task<string> ScaleAsync(IPage page, string side) => page.InnerTextAsync($"[data-map={side}] .ol-scale-line-inner");

    private static async Task ZoomAsync(IPage page)
    {
        var box = (await page.Locator("[data-map=before]").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await page.Mouse.WheelAsync(0, 600);
        await page.WaitForTimeoutAsync(700);
    }

    [Fact]
    public async Task E_walks_the_derivation_P_shows_the_photographs_and_slash_finds()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        await page.Keyboard.PressAsync("e");
        await page.WaitForSelectorAsync(".dossier:not([hidden]) .step.walked");
        for (var i = 0; i < 12 && await page.Locator(".dossier:not([hidden]) .files li").CountAsync() == 0; i++)
            await BenchPage.NextAsync(page);
        await page.Keyboard.PressAsync("p");
        await page.WaitForSelectorAsync(".photo-view img");
        var which = await page.GetAttributeAsync(".photo-view", "data-photo");
        await page.WaitForSelectorAsync($"[data-map=after][data-photo='{which}']");
        var count = int.Parse(
            (await page.InnerTextAsync(".photo-which")).Split('/')[^1],
            System.Globalization.CultureInfo.InvariantCulture
        );
        for (var i = 0; i < count; i++)
            await page.Keyboard.PressAsync("p");
        await page.WaitForSelectorAsync(".photo-view", new() { State = WaitForSelectorState.Detached });

        var number = await BenchPage.NumberAsync(page);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(number);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**find=" + number + "**");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.card').length === 1");
        await visitor.OpenAsync(Queue + "&find=" + Uri.EscapeDataString("王村"));
        Assert.True(await page.Locator(".card").CountAsync() > 0, "no patch of the town is found by its name");
        visitor.HadNothingToComplain();
    }

    /// <summary>Figure to ground, ground to figure, and what the ground is: layer, version, day, rule and clause.</summary>
    [Fact]
    public async Task A_figure_lights_its_ground_and_the_ground_tells_what_it_is()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        await page.ClickAsync(".dossier:not([hidden]) [data-figure] >> nth=0");
        await page.WaitForSelectorAsync("[data-map=after][data-lit='1']");
        await page.ClickAsync(".dossier:not([hidden]) .measure >> nth=0");
        await page.WaitForSelectorAsync("[data-explain] li time");
        Assert.Matches("#\\d+", await page.InnerTextAsync("[data-explain] li >> nth=0"));
        await page.ClickAsync("[data-explain] header button");
        await page.WaitForSelectorAsync("[data-explain]", new() { State = WaitForSelectorState.Detached });
        Assert.Equal("0", await page.GetAttributeAsync("[data-map=after]", "data-lit"));

        var box = (await page.Locator("[data-map=before]").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await page.WaitForSelectorAsync(".dossier:not([hidden]) .measure.lit");
        await page.WaitForSelectorAsync("[data-explain]");

        var deciding = page.Locator(".dossier:not([hidden]) .step.deciding [data-ground]");
        for (var i = 0; i < 15 && await deciding.CountAsync() == 0; i++)
            await BenchPage.NextAsync(page);
        await deciding.First.ClickAsync();
        await page.WaitForSelectorAsync(".dossier:not([hidden]) [data-ground][aria-pressed=true]");
        await page.WaitForSelectorAsync("[data-explain] .explain-rule cite");
    }

    [Fact]
    public async Task T_writes_the_basis_N_goes_to_the_next_part_and_R_asks_for_a_coded_reason()
    {
        await using (var officer = await office.SignInAsync("district-officer"))
        {
            await officer.OpenAsync("/workbench?programme=2018-annual&queue=judge");
            await officer.Page.Keyboard.PressAsync("t");
            await officer.Page.WaitForFunctionAsync("() => document.activeElement.matches('textarea[data-commit]')");
            await officer.Page.Keyboard.PressAsync("Escape");
            await officer.Page.WaitForFunctionAsync("() => document.activeElement === document.body");
            await officer.Page.Keyboard.PressAsync("a");
            await officer.Page.WaitForSelectorAsync(".chosen");
            var number = await BenchPage.NumberAsync(officer.Page);
            await officer.Page.Keyboard.PressAsync("Enter");
            await BenchPage.CardOf(officer.Page, number).Locator(".state:not(.pending):not(.state-not-verified)").First.WaitForAsync();
            await using var reviewer = await office.SignInAsync("district-reviewer");
            await reviewer.OpenAsync($"/workbench?programme=2018-annual&queue=confirm&patch={number}");
            await reviewer.Page.WaitForSelectorAsync(".verdict-bar[data-mode=confirmed]");
            await reviewer.Page.Keyboard.PressAsync("r");
            await reviewer.Page.WaitForSelectorAsync(".verdict-bar[data-mode=returned] select.reason");
            var reason = await reviewer.Page.InnerTextAsync("select.reason option:checked");
            await reviewer.Page.Keyboard.PressAsync("Enter");
            await reviewer.OpenAsync($"/workbench?programme=2018-annual&queue=returned&patch={number}");
            Assert.Contains(reason, await BenchPage.CardOf(reviewer.Page, number).InnerTextAsync(), StringComparison.Ordinal);
            reviewer.HadNothingToComplain();
        }
    }
}
