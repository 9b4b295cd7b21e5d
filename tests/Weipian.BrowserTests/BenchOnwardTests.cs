using System.Globalization;
using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>Where a verdict leads at the end of a queue, and how many of the day it is.</summary>
public sealed class BenchOnwardTests(Office office)
{
    private const string Queue = "/workbench?programme=2019-q2&queue=judge";

    [Fact]
    public async Task From_the_last_of_the_queue_a_verdict_leads_to_the_first_that_is_open_and_says_so()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        var numbers = await page.Locator(".card .card-number").AllInnerTextsAsync();
        var today = await TodayAsync(page);
        await visitor.OpenAsync($"{Queue}&patch={numbers[^1]}");
        await JudgeAsync(page);
        await page.WaitForSelectorAsync($".dossier:not([hidden]) [data-number='{numbers[0]}']");
        await page.WaitForSelectorAsync("[data-note]:has-text('第一个待处理')");
        await BenchPage.CardOf(page, numbers[^1]).Locator(".state-legal:not(.pending)").WaitForAsync();

        // The day counts over all programmes.
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=all");
        Assert.Equal(today + 1, await TodayAsync(page));
        await TakeBackAsync(visitor, numbers[^1]);
        Assert.Equal(today, await TodayAsync(page));
    }

    [Fact]
    public async Task Where_nothing_is_left_open_the_bench_says_that_the_queue_is_done()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        await visitor.OpenAsync(Queue);
        var page = visitor.Page;
        var number = await page.Locator(".card .card-number").Last.InnerTextAsync();
        await visitor.OpenAsync($"{Queue}&find={number}");
        await JudgeAsync(page);
        await page.WaitForSelectorAsync("[data-note]:has-text('已全部处理')");
        Assert.Equal(number, await BenchPage.NumberAsync(page));
        await BenchPage.CardOf(page, number).Locator(".state-legal:not(.pending)").WaitForAsync();
        await TakeBackAsync(visitor, number);
    }

    [Fact]
    public async Task Of_a_divided_patch_each_part_is_asked_for_once_and_then_the_next_patch()
    {
        await using var visitor = await office.SignInAsync("district-officer");
        const string divided = "37030620191T00006";
        await visitor.OpenAsync($"/workbench?programme=2019-q1&queue=judge&patch={divided}");
        var page = visitor.Page;
        var first = await ParcelAsync(page);
        await JudgeAsync(page);
        await page.WaitForFunctionAsync("p => document.querySelector('.verdict-bar[data-mode=decide]')?.dataset.parcel !== p", first);
        Assert.Equal(divided, await BenchPage.NumberAsync(page));
        // The receipt of the first part is there; the rows of the page may not have been read again yet.
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')");
        await JudgeAsync(page);
        await page.WaitForFunctionAsync(
            "d => ![d, undefined].includes(document.querySelector('.verdict-bar[data-mode=decide]')?.dataset.number)",
            divided
        );
        Assert.NotEqual(divided, await BenchPage.NumberAsync(page));
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')");

        // The last is taken back first.
        foreach (var isFirst in new[] { false, true })
        {
            await page.Keyboard.PressAsync("u");
            await page.WaitForFunctionAsync(
                """
                ([number, parcel, isFirst]) => {
                  const bar = document.querySelector('.verdict-bar[data-mode=decide]')?.dataset;
                  return bar?.number === number && (bar.parcel === parcel) === isFirst;
                }
                """,
                new object[] { divided, first, isFirst }
            );
        }
        visitor.HadNothingToComplain();
    }

    private static Task<string> ParcelAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.querySelector('.verdict-bar[data-mode=decide]').dataset.parcel");

    private static async Task JudgeAsync(IPage page)
    {
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("a");
        await page.WaitForSelectorAsync(".chosen:has-text('L1')");
        await BenchPage.WriteBasisAsync(page);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Other tests find the queue as it was.</summary>
    private static async Task TakeBackAsync(Visitor visitor, string number)
    {
        await visitor.OpenAsync($"/workbench?programme=2019-q2&queue=all&patch={number}");
        await visitor.Page.WaitForSelectorAsync(".verdict-bar button:has-text('撤回')");
        await visitor.Page.Keyboard.PressAsync("u");
        await BenchPage.CardOf(visitor.Page, number).Locator(".state-not-verified").WaitForAsync();
        visitor.HadNothingToComplain();
    }

    private static async Task<int> TodayAsync(IPage page) =>
        int.Parse(await page.GetAttributeAsync("[data-today]", "data-today") ?? "", CultureInfo.InvariantCulture);
}
