using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>A visit on a phone: filled in, photographed, sent while the network is away, and received when it is back.</summary>
public sealed class VisitTests(Office office)
{
    private const int Width = 390;
    private const int Height = 844;

    /// <summary>Fingers in gloves.</summary>
    private const int TargetHeight = 48;

    /// <summary>The beginning and the end of a JPEG, with a comment between them.</summary>
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xFE, 0x00, 0x03, 0x2A, 0xFF, 0xD9];

    [Fact]
    public async Task A_visit_that_could_not_be_sent_stays_on_the_phone_and_goes_out_when_the_network_is_back()
    {
        await using var visitor = await office.SignInAsync("town-wangcun", Width, Height, touch: true);
        var page = visitor.Page;
        var (id, longitude, latitude) = await PatchAsync(page);
        Assert.Equal(0, await CamerasAsync(page, id));
        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await page.Context.SetGeolocationAsync(new() { Longitude = (float)longitude - 0.002f, Latitude = (float)latitude });
        await page.GotoAsync($"/verify/{id}");
        await ReadyAsync(page);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-position]').textContent.includes('±')");
        await PictureAsync(page, "visit-map");
        Assert.Empty(await SmallTargetsAsync(page));

        await page.ClickAsync("[data-to=photos]");
        await page.SetInputFilesAsync(
            "input[capture]",
            new FilePayload
            {
                Name = "现场.jpg",
                MimeType = "image/jpeg",
                Buffer = Photo,
            }
        );
        await page.WaitForSelectorAsync("[data-photos] li");
        await page.ClickAsync("[data-to=form]");
        await page.SelectOptionAsync("[name=use_on_ground]", "construction");
        await page.FillAsync("[name=party]", "某加工厂");
        await PictureAsync(page, "visit-form");
        Assert.Empty(await SmallTargetsAsync(page));

        // A dead battery: the page is gone, and what was filled in is not.
        await page.WaitForTimeoutAsync(600);
        await page.ReloadAsync();
        await ReadyAsync(page);
        Assert.Equal("某加工厂", await page.InputValueAsync("[name=party]"));
        Assert.Equal("1", await page.TextContentAsync("[data-count]"));
        visitor.HadNothingToComplain();

        await page.ClickAsync("[data-to=send]");
        await page.Context.SetOfflineAsync(true);
        await page.ClickAsync("[data-send]");
        await page.WaitForSelectorAsync("[data-outbox] li[data-state=waiting]");
        await PictureAsync(page, "visit-waiting");

        await page.Context.SetOfflineAsync(false);
        await page.WaitForSelectorAsync("[data-outbox] li[data-state=receipt]");
        await PictureAsync(page, "visit-receipt");
        Assert.Empty(await SmallTargetsAsync(page));
        Assert.Equal(1, await CamerasAsync(page, id));
    }

    private static Task ReadyAsync(IPage page) =>
        page.WaitForSelectorAsync("[data-field=ready]", new() { State = WaitForSelectorState.Attached });

    /// <summary>A patch that the town sees, and where it lies.</summary>
    private static async Task<(string Id, double Longitude, double Latitude)> PatchAsync(IPage page)
    {
        var list = await page.APIRequest.GetAsync("/api/patches?programme=2019-q1&limit=1");
        var id = (await list.JsonAsync())!.Value.GetProperty("patches")[0].GetProperty("id").GetString()!;
        var map = await page.APIRequest.GetAsync($"/api/patches/{id}/map");
        var extent = (await map.JsonAsync())!.Value.GetProperty("extent");
        return (id, extent[0].GetDouble(), extent[1].GetDouble());
    }

    /// <summary>How many photographs of the patch the server can place.</summary>
    private static async Task<int> CamerasAsync(IPage page, string id)
    {
        var map = await page.APIRequest.GetAsync($"/api/patches/{id}/map");
        return (await map.JsonAsync())!.Value.GetProperty("cameras").GetArrayLength();
    }

    private static async Task<IReadOnlyList<string>> SmallTargetsAsync(IPage page) =>
        await page.EvaluateAsync<string[]>(
            """
            least => [...document.querySelectorAll('.site-page :is(a, button, select, summary, input:not([type=checkbox]):not([type=file]))')]
              .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < least - 0.5)
              .map(e => `${e.tagName} ${e.name ?? ''} ${e.textContent.trim().slice(0, 20)} ${e.getBoundingClientRect().height}`)
            """,
            TargetHeight
        );

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WEIPIAN_PICTURES") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }
}
