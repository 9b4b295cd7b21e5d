using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>Parcels divided and put back together on the workbench, with line, key and undo.</summary>
public sealed class PartsOnBenchTests(Office office)
{
    [Fact]
    public async Task A_parcel_is_divided_its_parts_are_merged_by_key_and_the_merge_is_undone()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync("/workbench?programme=2019-q2&queue=judge");
        var page = visitor.Page;
        var number = await WholeAsync(page);
        await DivideAsync(page);
        var parts = await page.Locator(".dossier:not([hidden]) .parts [role=tab]").CountAsync();
        Assert.True(parts >= 2, "the parts are not shown");

        // Without a reason nothing can be sent; Esc leaves it as it was.
        await page.Keyboard.PressAsync("g");
        await page.WaitForSelectorAsync("[data-merge-commit][disabled]");
        Assert.Equal(parts, await page.Locator("[data-part]:checked").CountAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForSelectorAsync("[data-merge]");

        await page.Keyboard.PressAsync("g");
        await page.FillAsync("[data-merge-reason]", "界线有误，恢复原状");
        await page.ClickAsync("[data-merge-commit]:not([disabled])");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.dossier:not([hidden]) .parts [role=tab]').length === 0");
        await page.WaitForSelectorAsync($"[data-story='{number}_1']:has-text('已并宗')");
        await page.WaitForSelectorAsync($"[data-story='{number}_2']:has-text('已并宗')");
        Assert.Equal(2, await page.Locator($"[data-story='{number}']").CountAsync());

        // Taken back: the parts are there again, under numbers that were never used.
        await page.Keyboard.PressAsync("u");
        await page.WaitForFunctionAsync("n => document.querySelectorAll('.dossier:not([hidden]) .parts [role=tab]').length === n", parts);
        await page.WaitForSelectorAsync($"[data-story='{number}_{parts + 1}']:has-text('现行')");
        await page.WaitForSelectorAsync(".verdict-bar .classes");
    }

    [Fact]
    public async Task A_split_is_undone_by_the_same_key_as_a_verdict()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=judge");
        var page = visitor.Page;
        var number = await WholeAsync(page);
        await DivideAsync(page);
        await page.Keyboard.PressAsync("u");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.dossier:not([hidden]) .parts [role=tab]').length === 0");
        await page.WaitForSelectorAsync($"[data-story='{number}_1']:has-text('已并宗')");
    }

    /// <summary>Goes on to a patch of one parcel that is large enough to be divided on the map.</summary>
    private static async Task<string> WholeAsync(IPage page)
    {
        await page.WaitForSelectorAsync("[data-map=before][data-shown]:not([data-shown=''])");
        for (var step = 0; step < 8; step++)
        {
            await BenchPage.NextAsync(page);
            if (
                await page.Locator(".dossier:not([hidden]) .parts [role=tab]").CountAsync() == 0
                && await page.Locator("[data-split]").CountAsync() == 1
            )
                return await page.EvaluateAsync<string>(
                    "() => document.querySelector('.dossier:not([hidden]) [data-number]').dataset.number"
                );
        }
        throw new InvalidOperationException("no patch of one parcel");
    }

    private static async Task DivideAsync(IPage page)
    {
        await page.Keyboard.PressAsync("x");
        await page.WaitForSelectorAsync("[data-drawing=line]");
        var map = (await page.Locator("[data-map=before]").BoundingBoxAsync())!;
        var middle = map.Y + map.Height / 2;
        await page.Mouse.ClickAsync(map.X + 12, middle);
        await page.WaitForTimeoutAsync(400); // or the two ends are one double click
        await page.Mouse.DblClickAsync(map.X + map.Width - 12, middle - 6);
        await page.FillAsync("[data-split-reason]", "按现场界线划分");
        await page.ClickAsync("[data-split-commit]:not([disabled])");
        await page.WaitForSelectorAsync(".dossier:not([hidden]) .parts [role=tab]");
        await page.WaitForSelectorAsync("[data-merge]");
    }
}
