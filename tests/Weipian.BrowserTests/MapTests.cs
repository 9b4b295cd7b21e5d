using System.Globalization;
using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>The map of a programme in a real browser: what is drawn, by pixels; each tool by hand and by keys alone.</summary>
public sealed class MapTests(Office office)
{
    private const string Address = "/map?programme=2018-annual";

    /// <summary>Pixels of the map that are neither clear nor of the paper, and how many different colours they have.</summary>
    private const string Ink = """
        () => {
          const seen = new Set();
          let inked = 0;
          for (const canvas of document.querySelectorAll('[data-map] canvas')) {
            if (!canvas.width || !canvas.height) continue;
            // A copy is read: a canvas that is read itself is drawn more slowly from then on.
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] > 40) { inked++; seen.add((data[i] >> 4) << 8 | (data[i + 1] >> 4) << 4 | data[i + 2] >> 4); }
          }
          return [inked, seen.size];
        }
        """;

    [Fact]
    public async Task A_state_or_a_layer_that_is_switched_off_is_not_drawn()
    {
        await using var visitor = await OpenAsync("government");
        var page = visitor.Page;
        var all = await InkAsync(page);
        Assert.True(all[0] > 300, $"{all[0]} pixels");
        foreach (var state in await page.Locator("input[data-state]").AllAsync())
            await state.UncheckAsync();
        await page.WaitForTimeoutAsync(600);
        Assert.True((await InkAsync(page))[0] < all[0] / 10);
        await page.CheckAsync("input[data-state=not-verified]");
        await page.WaitForTimeoutAsync(600);
        Assert.True((await InkAsync(page))[0] > 0);
        await page.FocusAsync("[data-map=atlas]");
        await page.Keyboard.PressAsync("l");
        await page.Keyboard.PressAsync("1");
        Assert.True(await page.IsCheckedAsync("input[data-layer] >> nth=0"));
        await page.WaitForTimeoutAsync(1500);
        Assert.True((await InkAsync(page))[0] > 10 * all[0]);
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task A_place_is_gone_to_and_one_that_is_none_is_refused_in_words()
    {
        await using var visitor = await OpenAsync("town-wangcun");
        var page = visitor.Page;
        await page.FocusAsync("[data-map=atlas]");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.TypeAsync("117°51′00″ 36°48′00″");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-said]:has-text('117.8500000')");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-atlas]').dataset.centre === '117.850000,36.800000'");
        await page.FillAsync("[name=place]", "4073000 576750");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-said]:has-text('三度带')");
        await page.FillAsync("[name=place]", "王村镇");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-said].refusal:has-text('看不懂')");
    }

    /// <summary>Corners by keys at the middle of the map: a square of four steps, whose area the server's formula says.</summary>
    [Fact]
    public async Task An_area_is_measured_with_keys_alone()
    {
        await using var visitor = await OpenAsync("government");
        var page = visitor.Page;
        await page.FocusAsync("[data-map=atlas]");
        await page.Keyboard.PressAsync("a");
        foreach (var key in new[] { "Enter", "ArrowRight", "Enter", "ArrowDown", "Enter", "ArrowLeft", "Enter" })
            await page.Keyboard.PressAsync(key);
        await page.WaitForSelectorAsync("[data-map=atlas][data-measured='4']");
        var step =
            120
            * double.Parse(
                await page.EvaluateAsync<string>("() => document.querySelector('[data-atlas]').dataset.resolution"),
                CultureInfo.InvariantCulture
            );
        var said = await page.InnerTextAsync("[data-said]");
        var square = Number(said.Split('·')[1].Replace("m²", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal));
        // The plane of the screen is true within a few thousandths; the area itself is the server's.
        Assert.InRange(square, step * step * 0.99, step * step * 1.01);
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("", await page.InnerTextAsync("[data-said]"));
        visitor.HadNothingToComplain();
    }

    [Fact]
    public async Task The_spy_glass_shows_another_image_and_prints_its_day()
    {
        await using var visitor = await OpenAsync("government");
        var page = visitor.Page;
        await page.CheckAsync("input[name=image] >> nth=1");
        await page.WaitForTimeoutAsync(2000);
        Assert.StartsWith("2019-08-09", await page.InnerTextAsync("[data-image-day]"), StringComparison.Ordinal);
        var plain = await page.Locator("[data-map=atlas]").ScreenshotAsync();
        await page.SelectOptionAsync("select[name=through]", new SelectOptionValue { Index = 4 });
        await page.FocusAsync("[data-map=atlas]");
        await page.Keyboard.PressAsync("y");
        Assert.Equal("true", await page.GetAttributeAsync("[data-tool=spy]", "aria-pressed"));
        Assert.StartsWith("2018-02-11", await page.GetAttributeAsync("[data-map=atlas]", "data-lens"), StringComparison.Ordinal);
        await page.WaitForTimeoutAsync(2000);
        Assert.NotEqual(plain, await page.Locator("[data-map=atlas]").ScreenshotAsync());
        await page.Keyboard.PressAsync("y");
        Assert.Equal("false", await page.GetAttributeAsync("[data-tool=spy]", "aria-pressed"));
        visitor.HadNothingToComplain();
    }

    /// <summary>The same glass over the pair of the workbench: each side looks through to the other.</summary>
    [Fact]
    public async Task The_spy_glass_of_the_workbench_shows_the_other_side_with_its_day()
    {
        await using var visitor = await office.SignInAsync("government");
        await visitor.OpenAsync("/workbench?programme=2018-annual&queue=all");
        var page = visitor.Page;
        await page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('.map')].every(m => m.dataset.image && m.dataset.imageDrawn === m.dataset.image)"
        );
        await page.Keyboard.PressAsync("y");
        Assert.StartsWith("2018-10-29", await page.GetAttributeAsync("[data-map=before]", "data-lens"), StringComparison.Ordinal);
        Assert.StartsWith("2018-02-11", await page.GetAttributeAsync("[data-map=after]", "data-lens"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("y");
        Assert.Equal("", await page.GetAttributeAsync("[data-map=after]", "data-lens"));
    }

    [Fact]
    public async Task A_patch_that_is_pointed_at_leads_to_the_workbench()
    {
        await using var visitor = await OpenAsync("government");
        var page = visitor.Page;
        var place = await page.EvaluateAsync<int[]>(
            """
            () => {
              // A filled pixel of the signs: some patch is under it.
              for (const canvas of document.querySelectorAll('[data-map=atlas] canvas')) {
                const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                const box = canvas.getBoundingClientRect();
                for (let i = 0; i < data.length; i += 4)
                  if (data[i + 3] > 250 && box.top + Math.floor(i / 4 / width) > 200) return [box.left + (i / 4) % width + 1, box.top + Math.floor(i / 4 / width) + 1];
              }
              return [];
            }
            """
        );
        await page.Mouse.ClickAsync(place[0], place[1]);
        await page.WaitForSelectorAsync("[data-card]:not([hidden])");
        var number = await page.InnerTextAsync("[data-card] [data-number]");
        await page.ClickAsync("[data-card] [data-to=workbench]");
        await page.WaitForFunctionAsync("n => document.querySelector('[data-number]')?.textContent?.includes(n)", number);
    }

    [Theory]
    [InlineData("a4", "landscape", 297, 210)]
    [InlineData("a3", "portrait", 297, 420)]
    public async Task A_sheet_has_the_size_of_its_paper_and_what_belongs_on_it(string paper, string turn, int width, int height)
    {
        await using var visitor = await OpenAsync("government");
        var page = visitor.Page;
        await page.ClickAsync("[data-tool=print]");
        await page.WaitForURLAsync(url => url.Contains("/map/sheet", StringComparison.Ordinal));
        await page.SelectOptionAsync("[name=paper]", paper);
        await page.SelectOptionAsync("[name=turn]", turn);
        await page.ClickAsync(".sheet-form button[type=submit]");
        await page.WaitForSelectorAsync("[data-sheet=ready]");
        var box = (await page.Locator(".paper").BoundingBoxAsync())!;
        Assert.Equal(width / 25.4 * 96, box.Width, 1);
        Assert.Equal(height / 25.4 * 96, box.Height, 1);
        Assert.True((await InkAsync(page))[0] > 100);
        var words = await page.InnerTextAsync(".paper");
        foreach (var word in new[] { "比例尺", "1:", "真北", "图例", "制图日期", "区政府", "CGCS2000" })
            Assert.Contains(word, words, StringComparison.Ordinal);
        Assert.True(await page.Locator("[data-grid] text").CountAsync() >= 8);
        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => { const w = document.querySelector('.paper-words'); return w.scrollHeight <= w.clientHeight + 1; }"
            )
        );
        visitor.HadNothingToComplain();
    }

    private async Task<Visitor> OpenAsync(string login)
    {
        var visitor = await office.SignInAsync(login);
        await visitor.Page.GotoAsync(Address);
        await visitor.Page.WaitForSelectorAsync("[data-atlas=ready]");
        await visitor.Page.WaitForTimeoutAsync(300);
        return visitor;
    }

    private static double Number(string text) => double.Parse(text.Trim(), CultureInfo.InvariantCulture);

    private static Task<int[]> InkAsync(IPage page) => page.EvaluateAsync<int[]>(Ink);
}
