using System.Globalization;
using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>An office with the sample district, served by a process of its own.</summary>
public sealed class DistrictOffice : Office
{
    protected override string Sample => "district";
}

/// <summary>A day's work on the sample district: five hundred patches looked at, five hundred verdicts given, each by real keys.</summary>
public sealed class FiveHundredTests(DistrictOffice office) : IClassFixture<DistrictOffice>
{
    private const int Count = 500;

    /// <summary>A reader looks at least so long before the next key: quicker than anybody judges.</summary>
    private const int PauseMilliseconds = 300;

    private static readonly string[] Programmes = ["2018-annual", "2019-q1", "2019-q2", "2019-q3"];

    /// <summary>Whether the patch of the list is whole on screen: attributes and figures, both maps, and of each side the image that it
    /// says it shows, drawn.</summary>
    private const string Whole = """
        const whole = (number, patch) => {
          const [before, after] = ['before', 'after'].map(side => document.querySelector(`[data-map=${side}]`));
          const shown = document.querySelector('.dossier:not([hidden]) [data-number]')?.dataset.number;
          return shown && shown !== number && before.dataset.shown !== patch && before.dataset.shown === after.dataset.shown
            && document.querySelector('.card[aria-current] .card-number')?.textContent === shown
            && [before, after].every(m => !m.dataset.image || m.dataset.imageDrawn === m.dataset.image);
        };
        """;

    /// <summary>Waits for the next frame in which all is there, and says how long it took from the key; −1 when it never was. Of a patch of
    /// several parcels the next parcel is what comes after a verdict; nothing when the queue says that it is done.</summary>
    private static readonly string Arm = $$"""
        () => {
          {{Whole}}
          const bar = () => document.querySelector('.verdict-bar')?.dataset ?? {};
          const parcel = bar().parcel;
          const nextParcel = (number) => document.querySelector('.dossier:not([hidden]) [data-number]')?.dataset.number === number
            && bar().parcel && bar().parcel !== parcel && bar().mode === 'decide' && !bar().code;
          const number = document.querySelector('.dossier:not([hidden]) [data-number]').dataset.number;
          const isEnd = () => document.querySelector('[data-note]').textContent.includes('已全部处理');
          const patch = document.querySelector('[data-map=before]').dataset.shown;
          window.weipianTook = new Promise(resolve => {
            let began = 0;
            document.addEventListener('keydown', () => { began = performance.now(); }, { once: true, capture: true });
            const limit = performance.now() + 5000;
            const look = () => {
              if (began > 0 && (whole(number, patch) || nextParcel(number))) resolve(performance.now() - began);
              else if (began > 0 && isEnd()) resolve(null);
              else if (performance.now() > limit) resolve(-1);
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          });
        }
        """;

    [Fact]
    public async Task The_next_of_five_hundred_patches_is_whole_on_screen()
    {
        SkipUnlessLong();
        await using var visitor = await office.SignInAsync("government");
        var (page, times, missed) = (visitor.Page, new List<double>(), 0);
        foreach (var programme in Programmes)
        {
            await visitor.OpenAsync($"/workbench?programme={programme}&queue=all");
            await page.WaitForTimeoutAsync(1500);
            var rows = int.Parse(await page.InnerTextAsync(".queues a[aria-current] .figures"), CultureInfo.InvariantCulture);
            for (var i = 1; i < rows && times.Count + missed < Count; i++)
            {
                await page.EvaluateAsync(Arm);
                await page.Keyboard.PressAsync("j");
                Note(await page.EvaluateAsync<double>("() => window.weipianTook"), times, ref missed);
                await page.WaitForTimeoutAsync(PauseMilliseconds);
            }
        }
        await ReportAsync("next patch whole, district", times, missed);
        Assert.Equal(Count, times.Count + missed);
        Assert.True(missed <= Count / 100, $"{missed} of {Count} were not whole in five seconds");
        // The aim is 100 ms at the 95th percentile on a quiet machine (docs/performance.md); tests run beside other work.
        Assert.True(times[times.Count / 2] < 300, $"p50 {times[times.Count / 2]:0} ms");
    }

    [Fact]
    public async Task Five_hundred_verdicts_are_given_by_keys()
    {
        SkipUnlessLong();
        await using var visitor = await office.SignInAsync("district-officer");
        var (page, times, missed) = (visitor.Page, new List<double>(), 0);
        var (written, last) = (0, 0);
        var began = TimeProvider.System.GetTimestamp();
        foreach (var programme in Programmes)
        {
            await visitor.OpenAsync($"/workbench?programme={programme}&queue=judge");
            await page.WaitForTimeoutAsync(1500);
            for (var isOpen = true; isOpen && times.Count + missed < Count; )
            {
                written += await ChooseAsync(page) ? 0 : 1;
                await page.EvaluateAsync(Arm);
                await page.Keyboard.PressAsync("Enter");
                var took = await page.EvaluateAsync<double?>("() => window.weipianTook");
                isOpen = took is not null;
                if (took is { } milliseconds)
                    Note(milliseconds, times, ref missed);
                else
                    last++;
                if (missed > Count / 100 || await page.Locator("[data-faults]").CountAsync() > 0)
                    Assert.Fail(
                        $"after {times.Count} verdicts: {await page.InnerTextAsync(".dossier:not([hidden]) [data-number]")}: {await page.InnerTextAsync(".bench-foot")}"
                    );
            }
        }
        var each = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds / Math.Max(1, times.Count + missed + last);
        await ReportAsync(
            $"next patch after a verdict, district; {each:0} ms a patch in all, {written} with a typed basis, {last} at the end of a queue",
            times,
            missed
        );
        Assert.Equal(Count, times.Count + missed);
        await page.WaitForFunctionAsync("() => !localStorage.getItem('weipian-verdicts')");
        Assert.Equal(0, await page.Locator("[data-faults]").CountAsync());
        Assert.True(times[times.Count / 2] < 600, $"p50 {times[times.Count / 2]:0} ms");
    }

    /// <summary>Takes the proposal; without one the patch is said doubtful, with a sentence that is typed. True when there was a
    /// proposal.</summary>
    private static async Task<bool> ChooseAsync(IPage page)
    {
        var said = await page.InnerTextAsync("[data-note]");
        await page.Keyboard.PressAsync("a");
        await page.WaitForFunctionAsync(
            """
            said => {
              const note = document.querySelector('[data-note]').textContent;
              return document.querySelector('.chosen') || (note && note !== said);
            }
            """,
            said
        );
        var isProposed = await page.Locator(".chosen").CountAsync() > 0;
        if (!isProposed)
        {
            await page.Keyboard.PressAsync("0");
            await page.WaitForSelectorAsync(".chosen");
        }
        await BenchPage.WriteBasisAsync(page);
        return isProposed;
    }

    private static void SkipUnlessLong()
    {
        if (Environment.GetEnvironmentVariable("WEIPIAN_LONG") != "1")
            Assert.Skip("minutes, and a district: only with ./check --long");
    }

    private static void Note(double took, List<double> times, ref int missed)
    {
        if (took < 0)
            missed++;
        else
            times.Add(took);
    }

    private static async Task ReportAsync(string what, List<double> times, int missed)
    {
        times.Sort();
        double At(double share) => times[(int)(share * (times.Count - 1))];
        await Console.Error.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: p50 {At(0.5):0} ms, p90 {At(0.9):0} ms, p95 {At(0.95):0} ms, p99 {At(0.99):0} ms, n {times.Count}, not whole {missed}"
            )
        );
    }
}
