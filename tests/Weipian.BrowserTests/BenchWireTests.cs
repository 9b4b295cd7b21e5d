namespace Weipian.BrowserTests;

/// <summary>The network goes in the middle of a verdict: nothing is lost, it is amber until it is sent, and it is sent once.</summary>
public sealed class BenchWireTests(Office office)
{
    private const string Queue = "/workbench?programme=2019-q2&queue=judge";

    [Fact]
    public async Task A_verdict_that_is_finished_without_the_network_waits_amber_and_is_written_once()
    {
        await using var wire = new CutWire(await office.AddressAsync());
        await using var visitor = await office.SignInAsync("district-officer", through: wire.Address);
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        var number = await BenchPage.NumberAsync(page);
        var patch = await page.GetAttributeAsync(".verdict-bar", "data-patch");
        await page.WaitForSelectorAsync("textarea[data-commit]");
        await page.WaitForFunctionAsync("() => document.querySelector('textarea[data-commit]').value !== ''");
        wire.Cut();
        await page.WaitForSelectorAsync("[data-away]:not([hidden])");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("a");
        await page.WaitForSelectorAsync("[data-away]:has-text('I1')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-away][data-count='1']");
        await BenchPage.CardOf(page, number).And(page.Locator("[data-waiting]")).WaitForAsync();
        Assert.Equal(0, await VersionsAsync(patch!));

        wire.Join();
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')", null, new() { Timeout = 60_000 });
        Assert.Equal(1, await VersionsAsync(patch!));
        await BenchPage.CardOf(page, number).Locator(".state-illegal:not(.pending)").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(0, await page.Locator(".card[data-waiting]").CountAsync());
    }

    /// <summary>The commit went out, the answer did not come back, and the page is loaded anew: what is kept is known again.</summary>
    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_known_again_after_a_reload_and_not_written_twice()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync("/workbench?programme=2019-q3&queue=judge");
        var page = visitor.Page;
        await BenchPage.NextAsync(page);
        var number = await BenchPage.NumberAsync(page);
        var patch = await page.GetAttributeAsync(".verdict-bar", "data-patch");
        await page.WaitForFunctionAsync("() => document.querySelector('textarea[data-commit]')?.value");
        await page.Keyboard.PressAsync("0");
        await page.WaitForSelectorAsync(".verdict-bar[data-code='D0']");
        // What the browser keeps at the moment of the commit, as if its receipt had never come.
        await page.Keyboard.PressAsync("Enter");
        var kept = await page.EvaluateAsync<string>("() => localStorage.getItem('weipian-verdicts')");
        Assert.Contains("D0", kept, StringComparison.Ordinal);
        await BenchPage.CardOf(page, number).Locator(".state-doubtful:not(.pending)").WaitForAsync();
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')");
        await page.EvaluateAsync("kept => localStorage.setItem('weipian-verdicts', kept)", kept);
        await visitor.OpenAsync("/workbench?programme=2019-q3&queue=all");
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')");
        Assert.Equal(1, await VersionsAsync(patch!));
        Assert.Equal(0, await page.Locator(".bench-foot .refusal").CountAsync());
        visitor.HadNothingToComplain();
    }

    /// <summary>How many verdicts the journal tells of this patch.</summary>
    private async Task<int> VersionsAsync(string patch)
    {
        await using var reader = await office.SignInAsync("office-head");
        var answer = await reader.Page.APIRequest.GetAsync(new Uri(await office.AddressAsync(), $"/api/patches/{patch}").ToString());
        var parcels = (await answer.JsonAsync())!
            .Value.GetProperty("parcels")
            .EnumerateArray()
            .Select(p => p.GetProperty("id").GetString());
        var journal = await reader.Page.APIRequest.GetAsync(
            new Uri(await office.AddressAsync(), "/api/journal.csv?act=decide-verdict").ToString()
        );
        var lines = (await journal.TextAsync()).Split('\n');
        return parcels.Sum(id => lines.Count(l => l.Contains(id!, StringComparison.Ordinal)));
    }
}
