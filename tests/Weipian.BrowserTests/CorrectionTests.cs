using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>An office whose head has signed the batch of the annual programme.</summary>
public sealed class OfficeWithBatch : Office
{
    protected override IReadOnlyList<string> Played => ["--play", "--until", "2019-05-08"];
}

/// <summary>A verdict that left with a signed batch: corrected on the workbench only with the reason, as a further version.</summary>
public sealed class CorrectionTests(OfficeWithBatch office) : IClassFixture<OfficeWithBatch>
{
    private const string Queue = "/workbench?programme=2018-annual&queue=all";

    [Fact]
    public async Task A_locked_verdict_is_corrected_with_its_reason_alone_and_both_versions_stay_in_sight()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        var number = await LockedAsync(page);

        // Without the reason of the correction: refused, and the sentence names the batch.
        await CorrectAsync(page, why: null);
        await page.WaitForSelectorAsync($".bench-foot .notice.refusal:has-text('{number}'):has-text('签发锁定')");
        await visitor.OpenAsync($"{Queue}&patch={number}");
        await page.WaitForSelectorAsync(".verdict-bar button:has-text('更正')");
        Assert.Equal(0, await page.Locator("[data-correction]").CountAsync());
        // One version alone is told by the bar of the verdict.
        var before = Math.Max(1, await page.Locator("[data-stories] [data-version]").CountAsync());

        await CorrectAsync(page, why: "引用的批准文号有误");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.card .pending').length === 0");
        await visitor.OpenAsync($"{Queue}&patch={number}");
        await page.WaitForSelectorAsync("[data-correction]:has-text('引用的批准文号有误')");
        Assert.Equal(before + 1, await page.Locator("[data-stories] [data-version]").CountAsync());
        Assert.Equal(1, await page.Locator("[data-stories] .versions .past:has-text('随第 1 批上报锁定')").CountAsync());

        // The same on the page of the patch, which is printed.
        await visitor.OpenAsync($"/patches/{number}?programme=2018-annual");
        await page.WaitForSelectorAsync("[data-correction]:has-text('引用的批准文号有误')");
        Assert.Equal(before + 1, await page.Locator("[data-stories] [data-version]").CountAsync());
    }

    /// <summary>Takes the proposal again as a correction; the page writes in the background.</summary>
    private static async Task CorrectAsync(IPage page, string? why)
    {
        await page.ClickAsync(".verdict-bar button:has-text('更正')");
        await page.WaitForSelectorAsync("[data-why]");
        await page.Keyboard.PressAsync("a");
        await page.WaitForSelectorAsync(".chosen");
        if (why is not null)
            await page.FillAsync("[data-why]", why);
        var number = await NumberAsync(page);
        await page.ClickAsync(".verdict-bar .act.first:not([disabled])");
        await page.WaitForFunctionAsync(
            "n => document.querySelector('.dossier:not([hidden]) [data-number]')?.dataset.number !== n",
            number
        );
    }

    private static Task<string> NumberAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.querySelector('.dossier:not([hidden]) [data-number]').dataset.number");

    /// <summary>Goes on to a patch of one parcel whose verdict may be corrected.</summary>
    private static async Task<string> LockedAsync(IPage page)
    {
        await page.WaitForSelectorAsync("[data-map=before][data-shown]:not([data-shown=''])");
        for (var step = 0; step < 12; step++)
        {
            var whole = await page.Locator(".dossier:not([hidden]) .parts [role=tab]").CountAsync() == 0;
            if (whole && await page.Locator(".verdict-bar button:has-text('更正')").CountAsync() == 1)
                return await NumberAsync(page);
            await page.Keyboard.PressAsync("j");
            await page.WaitForTimeoutAsync(600);
        }
        throw new InvalidOperationException("no locked verdict");
    }
}
