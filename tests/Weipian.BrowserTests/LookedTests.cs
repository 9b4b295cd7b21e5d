using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>An office in which every proposal is hidden until both images were looked at, and half the verdicts are read again.</summary>
public sealed class LookedOffice : Office;

/// <summary>Looking at both images is looking, without a button. What has to be read stands on the start page.</summary>
public sealed class LookedTests(LookedOffice office) : IClassFixture<LookedOffice>
{
    private const string Programme = "2018-annual";

    [Fact]
    public async Task A_proposal_appears_once_both_images_were_on_the_maps_and_readings_stand_on_the_start_page()
    {
        await using (var head = await office.SignInAsync("office-head"))
        {
            await head.OpenAsync("/review-figures");
            await head.DoAsync(
                "set-review-guards",
                ("KnownPerMille", "0"),
                ("SecondPerMille", "500"),
                ("HiddenPerMille", "500"),
                ("Reason", "试行")
            );
        }
        await using var officer = await office.SignInAsync("district-officer");
        await officer.OpenAsync($"/workbench?programme={Programme}&queue=judge");
        var page = officer.Page;
        await HiddenAsync(page);
        var number = await BenchPage.NumberAsync(page);
        Assert.Equal(0, await page.Locator(".dossier:not([hidden]) .proposal").CountAsync());
        // By itself, after five seconds in which both were drawn.
        await page.WaitForSelectorAsync(".dossier:not([hidden]) .proposal", new PageWaitForSelectorOptions { Timeout = 20_000 });
        Assert.Equal(number, await BenchPage.NumberAsync(page));
        Assert.Equal(0, await page.Locator(".dossier:not([hidden]) [data-proposal-hidden]").CountAsync());

        // Sooner, when the hand swaps them.
        await BenchPage.NextAsync(page);
        await HiddenAsync(page);
        await page.WaitForSelectorAsync("[data-map=after][data-image-drawn]");
        await page.Keyboard.DownAsync(" ");
        await page.WaitForTimeoutAsync(900);
        await page.Keyboard.UpAsync(" ");
        await page.WaitForSelectorAsync(".dossier:not([hidden]) .proposal", new PageWaitForSelectorOptions { Timeout = 10_000 });
        officer.HadNothingToComplain();

        // Who only pages through has looked at nothing.
        var looks = await page.APIRequest.GetAsync("/api/journal.csv?act=look-at-images");
        Assert.Equal(403, looks.Status);
        await using var reader = await office.SignInAsync("office-head");
        var told = await (await reader.Page.APIRequest.GetAsync("/api/journal.csv?act=look-at-images")).TextAsync();
        // A patch may have several parcels.
        Assert.InRange(told.Split('\n').Count(l => l.Contains("look-at-images", StringComparison.Ordinal)), 2, 5);

        await JudgeAsync(page);
        await using var reviewer = await office.SignInAsync("district-reviewer");
        await reviewer.OpenAsync("/");
        var due = reviewer.Page.Locator("a.due-line[href='/readings']");
        var count = int.Parse(await due.Locator(".due-count").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(count > 1, $"{count}");
        await due.ClickAsync();
        await reviewer.Page.WaitForSelectorAsync($"[data-due='{count}']");

        // Two who read at the same time read two parcels.
        await using var second = await office.SignInAsync("office-head");
        await second.OpenAsync("/readings");
        await reviewer.Page.WaitForSelectorAsync("[data-reading]");
        await second.Page.WaitForSelectorAsync("[data-reading]");
        Assert.NotEqual(await ShownAsync(reviewer.Page), await ShownAsync(second.Page));
    }

    private static Task<string> ShownAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.querySelector('[data-reading]').dataset.reading");

    /// <summary>Goes on until a proposal is hidden, quicker than anybody looks.</summary>
    private static async Task HiddenAsync(IPage page)
    {
        for (var i = 0; i < 24 && await page.Locator(".dossier:not([hidden]) [data-proposal-hidden]").CountAsync() == 0; i++)
        {
            await page.Keyboard.PressAsync("j");
            await page.WaitForTimeoutAsync(400);
        }
        Assert.Equal(1, await page.Locator(".dossier:not([hidden]) [data-proposal-hidden][data-awaits]").CountAsync());
    }

    private static async Task JudgeAsync(IPage page)
    {
        var api = page.Context.APIRequest;
        var found = await (await api.GetAsync($"/api/patches?programme={Programme}&queue=judge")).JsonAsync();
        foreach (var patch in found!.Value.GetProperty("patches").EnumerateArray().Take(12))
        foreach (var parcel in patch.GetProperty("parcels").EnumerateArray())
            await api.PostAsync(
                $"/api/patches/{patch.GetProperty("id").GetString()}/parcels/{parcel.GetProperty("id").GetString()}/determination",
                new APIRequestContextOptions
                {
                    DataObject = new { code = patch.GetProperty("kind").GetString() == "mineral" ? "ML1" : "L1", reason = "手续齐全" },
                    Headers = new Dictionary<string, string> { ["Idempotency-Key"] = Guid.NewGuid().ToString() },
                }
            );
    }
}
