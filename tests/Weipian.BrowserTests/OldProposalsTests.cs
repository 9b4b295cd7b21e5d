using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

[assembly: AssemblyFixture(typeof(Weipian.BrowserTests.OfficeOfYesterday))]

namespace Weipian.BrowserTests;

/// <summary>An office whose proposals of two programmes were made by the law book of yesterday.</summary>
public sealed class OfficeOfYesterday : Office
{
    /// <summary>That of the tests; the other one is only looked at.</summary>
    public const string Programme = "2019-q2";

    private const string LookedAt = "2019-q3";

    protected override async Task FillAsync()
    {
        await base.FillAsync();
        var today = DeterminationLaw.Load(Path.Combine(AppContext.BaseDirectory, "law"));
        var yesterday = DeterminationLaw.Read(
            today.Files.Select(f => f.Path == "book.yaml" ? f with { Content = (byte[])[.. f.Content.Span, .. "\n# yesterday\n"u8] } : f)
        );
        using var store = WeipianStore.Open(Data);
        foreach (var programme in new[] { Programme, LookedAt })
            Assert.True((await ProposeVerdicts.Handle(store, Actor.Machine, new(programme), yesterday)).Written > 0);
    }
}

/// <summary>The law book changed after the proposals: the bench says so before a verdict is refused, and renews them where asked.</summary>
public sealed class OldProposalsTests(OfficeOfYesterday office)
{
    private const string Queue = $"/workbench?programme={OfficeOfYesterday.Programme}&queue=judge";
    private const string Notice = "[data-old-proposals]";

    [Fact]
    public async Task They_are_refused_said_above_the_list_renewed_by_a_button_and_then_taken()
    {
        await using (var government = await office.SignInAsync("government"))
        {
            await government.OpenAsync(Queue.Replace("judge", "all", StringComparison.Ordinal));
            Assert.Equal(0, await government.Page.Locator(Notice).CountAsync());
        }
        await using var officer = await office.SignInAsync("district-officer");
        await officer.OpenAsync(Queue);
        var page = officer.Page;
        await page.WaitForSelectorAsync($"{Notice} button:has-text('按现行法规重新生成')");
        await page.Keyboard.PressAsync("j");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.card')[1].getAttribute('aria-current')");
        var second = await BenchPage.NumberAsync(page);
        await TakeProposalAsync(page);
        await page.WaitForSelectorAsync($"[data-faults]:has-text('{second}')");

        await officer.OpenAsync($"{Queue}&patch={second}");
        await page.ClickAsync($"{Notice} button");
        await page.WaitForFunctionAsync($"() => !document.querySelector('{Notice}')");
        Assert.Equal(second, await BenchPage.NumberAsync(page));
        await TakeProposalAsync(page);
        await BenchPage
            .CardOf(page, second)
            .Locator(".state-legal:not(.pending), .state-illegal:not(.pending), .state-other:not(.pending)")
            .WaitForAsync();
        Assert.Equal(0, await page.Locator("[data-faults]").CountAsync());
        officer.HadNothingToComplain();
    }

    private static async Task TakeProposalAsync(Microsoft.Playwright.IPage page)
    {
        await page.Keyboard.PressAsync("a");
        await page.WaitForSelectorAsync(".chosen");
        await BenchPage.WriteBasisAsync(page);
        await page.Keyboard.PressAsync("Enter");
    }
}
