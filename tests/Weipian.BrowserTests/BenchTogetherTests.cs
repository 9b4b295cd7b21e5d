using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>Two reviewers on one patch, many patches with one keystroke, and a sheet of pairs.</summary>
public sealed class BenchTogetherTests(Office office)
{
    [Fact]
    public async Task The_second_on_a_patch_sees_the_lock_and_cannot_sign_until_the_first_has_gone_on()
    {
        var number = await DecidedAsync();
        var address = $"/workbench?programme=2019-q1&queue=all&patch={number}";
        await using var head = await office.SignInAsync("office-head");
        await head.OpenAsync(address);
        await head.Page.WaitForSelectorAsync("[data-lock=mine]");
        await head.Page.WaitForFunctionAsync(
            "() => /^0?\\d:\\d\\d|10:00/.test(document.querySelector('[data-lock] [data-seconds]').textContent)"
        );

        await using var reviewer = await office.SignInAsync("district-reviewer");
        await reviewer.OpenAsync(address);
        var page = reviewer.Page;
        await page.WaitForSelectorAsync("[data-lock=other]");
        await page.WaitForSelectorAsync(".verdict-bar [data-held]");
        await BenchPage.CardOf(page, number).Locator("[data-locked]").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".verdict-bar .refusal");
        Assert.Equal(0, await page.Locator(".verdict-bar select.reason").CountAsync());

        await head.OpenAsync("/board");
        await page.WaitForSelectorAsync("[data-lock=mine]");
        await page.WaitForSelectorAsync(".verdict-bar select.reason");
        await page.Keyboard.PressAsync("Enter");
        // The bench goes on to the next patch as soon as the signature is on its way: who signed stands where the patch is opened again.
        await page.WaitForFunctionAsync("n => document.querySelector('.dossier:not([hidden]) [data-number]').dataset.number !== n", number);
        await BenchPage.CardOf(page, number).Locator(".state-legal:not(.pending)").WaitForAsync();
        await reviewer.OpenAsync(address);
        await page.WaitForSelectorAsync(".verdict-bar:has-text('→ 区自然资源局审核')");
        reviewer.HadNothingToComplain();
    }

    /// <summary>A patch of the first quarter with a first verdict.</summary>
    private async Task<string> DecidedAsync()
    {
        await using var officer = await office.SignInAsync("district-officer");
        await officer.OpenAsync("/workbench?programme=2019-q1&queue=judge");
        var page = officer.Page;
        var number = await BenchPage.NumberAsync(page);
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("a");
        await page.WaitForSelectorAsync(".chosen:has-text('L1')");
        await page.Keyboard.PressAsync("Enter");
        await BenchPage.CardOf(page, number).Locator(".state-legal:not(.pending)").WaitForAsync();
        return number;
    }

    [Fact]
    public async Task B_shows_those_alike_and_each_that_is_ticked_gets_a_receipt_and_can_be_taken_back()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=judge");
        var page = visitor.Page;
        var items = page.Locator("[data-batch-item]");
        for (var i = 0; ; i++)
        {
            Assert.True(i < 16, "no two patches are alike");
            // What was sent back is answered alone, and without a proposal there is nothing to be like.
            if (await page.Locator(".verdict-bar[data-mode=decide][data-proposal]:not([data-verdict])").CountAsync() > 0)
            {
                await page.Keyboard.PressAsync("b");
                await page.WaitForSelectorAsync("[data-batch] [data-batch-item]");
                if (await items.CountAsync() >= 2)
                    break;
                await page.Keyboard.PressAsync("Escape");
                await page.WaitForSelectorAsync("[data-batch]", new() { State = WaitForSelectorState.Detached });
            }
            await BenchPage.NextAsync(page);
        }
        var count = await items.CountAsync();
        Assert.Equal(count, await page.Locator("[data-batch-item] img[src*='/before.jpg']").CountAsync());
        await items.Last.Locator("input[type=checkbox]").UncheckAsync();
        await page.FocusAsync("[data-batch-head]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("n => document.querySelectorAll('[data-receipt]').length === n", count - 1);
        Assert.Equal(0, await items.Last.Locator("[data-receipt]").CountAsync());
        var seals = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('[data-receipt]')].map(r => r.dataset.receipt)"
        );
        Assert.Equal(count - 1, seals.Distinct().Count());
        Assert.All(seals, s => Assert.Matches("^[0-9a-f]{64}$", s));
        for (var i = 0; i < count - 1; i++)
        {
            await page.Locator("[data-receipt] + button").First.ClickAsync();
            await page.WaitForFunctionAsync("n => document.querySelectorAll('[data-undone]').length === n", i + 1);
        }
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForSelectorAsync("[data-batch]", new() { State = WaitForSelectorState.Detached });
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task The_contact_sheet_is_reached_turned_and_left_by_keys_and_its_address_brings_it_back()
    {
        await using var visitor = await office.SignInAsync("district-reviewer");
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=all");
        var page = visitor.Page;
        await page.Keyboard.PressAsync("c");
        await page.WaitForURLAsync("**/contact-sheet?programme=2018-annual&queue=all");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('[data-pair]').length === 12");
        Assert.True(await page.Locator("[data-pair] .state svg").CountAsync() >= 12, "a pair has no shape for its state");
        Assert.Equal(24, await page.Locator("[data-pair] .pair-chips > figure > *").CountAsync());
        await page.Keyboard.PressAsync("PageDown");
        await page.WaitForURLAsync("**page=2**");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('[data-pair]').length < 12");
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("[data-contact=ready] [data-pair]");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        var second = await page.EvaluateAsync<string>("() => document.querySelectorAll('[data-pair]')[1].dataset.pair");
        Assert.Equal(second, await page.EvaluateAsync<string>("() => document.activeElement.dataset.pair"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/workbench?**patch=" + second + "**");
        await page.WaitForSelectorAsync($".dossier:not([hidden]) [data-number='{second}']");
        visitor.HadNothingToComplain();
    }
}
