using System.Globalization;
using Weipian.Sample;

namespace Weipian.BrowserTests;

/// <summary>An office of its own with a programme of a hundred thousand patches.</summary>
public sealed class CrowdedOffice : Office
{
    protected override async Task FillAsync()
    {
        await base.FillAsync();
        var file = Path.Combine(Path.GetTempPath(), $"weipian-crowd-{Guid.NewGuid():N}.geojson");
        try
        {
            CrowdedProgramme.Write(file, 100_000);
            await RunAsync("patch", "import", file, "--programme", "2019-q2");
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <summary>The map stays fluid under a hundred thousand patches: frames and long tasks while it is dragged, from far to near.</summary>
public sealed class CrowdedMapTests(CrowdedOffice office) : IClassFixture<CrowdedOffice>
{
    /// <summary>The 95th percentile of frames.</summary>
    private const double FrameMillisecondsMax = 50;

    private const string Watch = """
        () => {
          const watch = (globalThis.watch = { frames: [], long: [], on: true, last: performance.now() });
          watch.observer = new PerformanceObserver(list => list.getEntries().forEach(e => watch.long.push(e.duration)));
          watch.observer.observe({ type: 'longtask' });
          const frame = now => { watch.frames.push(now - watch.last); watch.last = now; if (watch.on) requestAnimationFrame(frame); };
          requestAnimationFrame(frame);
        }
        """;

    private const string Seen = """
        () => {
          watch.on = false;
          watch.observer.disconnect();
          const frames = watch.frames.slice(2).sort((a, b) => a - b);
          return [frames.length, frames[Math.floor(frames.length / 2)], frames[Math.floor(frames.length * 0.95)], watch.long.length, Math.max(0, ...watch.long)];
        }
        """;

    [Fact]
    public async Task Dragging_a_hundred_thousand_patches_keeps_its_frames()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null, "only with ./check --long");
        await using var visitor = await office.SignInAsync("government");
        var page = visitor.Page;
        await page.GotoAsync("/map?programme=2019-q2");
        await page.WaitForSelectorAsync("[data-atlas=ready]", new() { Timeout = 120_000 });
        for (var closer = 0; closer < 5; closer++)
        {
            await page.WaitForTimeoutAsync(1500);
            await page.EvaluateAsync(Watch);
            await page.Mouse.MoveAsync(900, 450);
            await page.Mouse.DownAsync();
            for (var i = 0; i < 120; i++)
            {
                var reach = i < 60 ? i : 120 - i;
                await page.Mouse.MoveAsync(900 - reach * 9, 450 - reach * 3);
                await page.WaitForTimeoutAsync(16);
            }
            await page.Mouse.UpAsync();
            var seen = await page.EvaluateAsync<double[]>(Seen);
            TestContext.Current.TestOutputHelper!.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"step {closer}: {seen[0]} frames, p50 {seen[1]:F1} ms, p95 {seen[2]:F1} ms, long tasks {seen[3]}, longest {seen[4]:F0} ms"
                )
            );
            Assert.InRange(seen[2], 0, FrameMillisecondsMax);
            await page.FocusAsync("[data-map=atlas]");
            for (var i = 0; i < 3; i++)
                await page.Keyboard.PressAsync("+");
        }
        visitor.HadNothingToComplain();
    }
}
