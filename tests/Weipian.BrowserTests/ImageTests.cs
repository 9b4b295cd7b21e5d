using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>Images under the maps: seen by their pixels, dated, swapped and leafed through by keys.</summary>
public sealed class ImageTests(Office office)
{
    private const string Drawn =
        "() => [...document.querySelectorAll('.map')].length === 2 && [...document.querySelectorAll('.map')].every(m => m.dataset.image && m.dataset.imageDrawn === m.dataset.image)";

    /// <summary>How many different colours, in steps of sixteen, the canvases of a side hold: a plain map has a handful.</summary>
    private const string Colours = """
        slot => {
          const seen = new Set();
          for (const canvas of document.querySelectorAll(`[data-map=${slot}] canvas`)) {
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            for (let i = 0; i < data.length; i += 4 * 7)
              if (data[i + 3] > 250) seen.add((data[i] >> 4) << 8 | (data[i + 1] >> 4) << 4 | data[i + 2] >> 4);
          }
          return seen.size;
        }
        """;

    [Fact]
    public async Task Both_sides_show_an_image_of_their_day_and_the_keys_change_which()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=all");
        var page = visitor.Page;
        await page.WaitForFunctionAsync(Drawn);
        await page.WaitForTimeoutAsync(500);
        foreach (var slot in new[] { "before", "after" })
            Assert.True(await page.EvaluateAsync<int>(Colours, slot) > 40, slot);
        Assert.StartsWith("2018-02-11", await DayAsync(page, "before"), StringComparison.Ordinal);
        Assert.StartsWith("2018-10-29", await DayAsync(page, "after"), StringComparison.Ordinal);

        await page.Keyboard.DownAsync(" ");
        Assert.StartsWith("2018-10-29", await DayAsync(page, "before"), StringComparison.Ordinal);
        await page.Keyboard.UpAsync(" ");
        Assert.StartsWith("2018-02-11", await DayAsync(page, "before"), StringComparison.Ordinal);

        await page.Keyboard.PressAsync(".");
        Assert.StartsWith("2019-02-16", await DayAsync(page, "after"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync(",");
        Assert.StartsWith("2018-10-29", await DayAsync(page, "after"), StringComparison.Ordinal);

        await page.Keyboard.PressAsync("s");
        Assert.Contains("│", await DayAsync(page, "after"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("s");
        Assert.DoesNotContain("│", await DayAsync(page, "after"), StringComparison.Ordinal);

        await page.Keyboard.PressAsync("j");
        await page.WaitForFunctionAsync(Drawn);
        await page.WaitForSelectorAsync("[data-change]");
        visitor.HadNothingToComplain();
    }

    private static Task<string> DayAsync(IPage page, string slot) => page.InnerTextAsync($"[data-map={slot}] .image-date");
}
