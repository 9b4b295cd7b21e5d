using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>An office in which shares are set high: what is hidden there would disturb other tests.</summary>
public sealed class GuardedOffice : Office;

/// <summary>Guards and the training ground as people meet them.</summary>
public sealed class GuardsTests(GuardedOffice office) : IClassFixture<GuardedOffice>
{
    private const string Programme = "2018-annual";
    private const int PatchesMax = 24;
    private const int PressesMax = 20;
    private const float GroundMilliseconds = 240_000;

    [Fact]
    public async Task The_proposal_comes_after_the_images_and_the_verdict_of_another_after_the_reading()
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
            head.HadNothingToComplain();
        }
        await using var officer = await office.SignInAsync("district-officer");
        await officer.OpenAsync($"/workbench?programme={Programme}&queue=judge");
        var page = officer.Page;
        for (var i = 0; i < PatchesMax && await page.Locator(".dossier:not([hidden]) [data-proposal-hidden]").CountAsync() == 0; i++)
        {
            await page.Keyboard.PressAsync("j");
            await page.WaitForTimeoutAsync(400);
        }
        Assert.Equal(1, await page.Locator(".dossier:not([hidden]) [data-proposal-hidden]").CountAsync());
        Assert.Equal(0, await page.Locator(".dossier:not([hidden]) .proposal").CountAsync());
        await page.ClickAsync(".dossier:not([hidden]) [data-look=before]");
        Assert.Equal(0, await page.Locator("[data-uncover]").CountAsync());
        await page.ClickAsync(".dossier:not([hidden]) [data-look=after]");
        await page.ClickAsync("[data-uncover]");
        await page.WaitForSelectorAsync(".dossier:not([hidden]) .proposal");
        officer.HadNothingToComplain();

        Assert.True(await DecideAsync(page) > 0);
        await using var reviewer = await office.SignInAsync("district-reviewer");
        await reviewer.OpenAsync("/readings");
        await reviewer.Page.WaitForSelectorAsync("[data-due]");
        await reviewer.Page.SelectOptionAsync("select[name=code]", new SelectOptionValue { Index = 1 });
        await reviewer.Page.FillAsync("textarea[name=basis]", "按影像判读");
        await reviewer.Page.ClickAsync(".reading-form button[type=submit]");
        await reviewer.Page.WaitForSelectorAsync("[data-given=second]");
        reviewer.HadNothingToComplain();
    }

    [Fact]
    public async Task A_newcomer_tries_the_keys_and_is_told_at_once_what_is_right()
    {
        await using var finance = await office.SignInAsync("finance", language: "en");
        await finance.OpenAsync("/training/first-hour");
        var page = finance.Page;
        await page.WaitForSelectorAsync("[data-training]");
        // The box is drawn again when the circuit has read how far the person is: what was pressed before is lost.
        for (var press = 0; press < PressesMax && await page.Locator("[data-wrong]").CountAsync() == 0; press++)
        {
            await page.FocusAsync("[data-key-box=next]");
            await page.Keyboard.PressAsync("x");
            await page.WaitForTimeoutAsync(500);
        }
        Assert.Contains("X", await page.InnerTextAsync("[data-wrong]"), StringComparison.Ordinal);
        await page.FocusAsync("[data-key-box=next]");
        await page.Keyboard.PressAsync("j");
        await page.WaitForSelectorAsync("[data-steps='1']");
        await finance.OpenAsync("/training/first-hour");
        await page.WaitForSelectorAsync("[data-steps='1']");
        await finance.OpenAsync("/training");
        await page.WaitForSelectorAsync("[data-exercise=verdict]", new PageWaitForSelectorOptions { Timeout = GroundMilliseconds });
        await page.ClickAsync("[data-exercise=verdict] >> nth=0");
        await page.WaitForSelectorAsync("[data-question=verdict]");
        await page.SelectOptionAsync("select[name=code]", new SelectOptionValue { Index = 1 });
        await page.ClickAsync(".reading-form button[type=submit]");
        await page.WaitForSelectorAsync("[data-graded]");
        await page.WaitForSelectorAsync("[data-graded] .proposal");
        finance.HadNothingToComplain();
        await using var reviewer = await office.SignInAsync("district-reviewer");
        await reviewer.OpenAsync("/training");
        Assert.Equal(0, await reviewer.Page.Locator("[data-standings]").CountAsync());
        await using var head = await office.SignInAsync("office-head");
        await head.OpenAsync("/training");
        await head.Page.WaitForSelectorAsync("[data-standings]");
    }

    /// <summary>First verdicts on what is open: half of them are drawn for a reading.</summary>
    private static async Task<int> DecideAsync(IPage page)
    {
        var api = page.Context.APIRequest;
        var found = await (await api.GetAsync($"/api/patches?programme={Programme}&queue=judge")).JsonAsync();
        var given = 0;
        foreach (var patch in found!.Value.GetProperty("patches").EnumerateArray().Take(12))
        foreach (var parcel in patch.GetProperty("parcels").EnumerateArray())
        {
            var kind = patch.GetProperty("kind").GetString();
            var answer = await api.PostAsync(
                $"/api/patches/{patch.GetProperty("id").GetString()}/parcels/{parcel.GetProperty("id").GetString()}/determination",
                new APIRequestContextOptions
                {
                    DataObject = new { code = kind == "mineral" ? "ML1" : "L1", reason = "手续齐全" },
                    Headers = new Dictionary<string, string> { ["Idempotency-Key"] = Guid.NewGuid().ToString() },
                }
            );
            if (answer.Ok)
                given++;
        }
        return given;
    }
}
