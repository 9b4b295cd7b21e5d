using System.Text.Json;
using Microsoft.Playwright;

namespace Weipian.BrowserTests;

/// <summary>Visits on a phone: filled in, photographed, sent while the network is away, received once when it is back, and made again when
/// the district sends them back.</summary>
public sealed class VisitTests(Office office)
{
    private const string Town = "town-wangcun";
    private const int Width = 390;
    private const int Height = 844;

    /// <summary>Fingers in gloves.</summary>
    private const int TargetHeight = 48;

    /// <summary>Where the photographer stands west of the patch, degrees; some forty metres.</summary>
    private const double Beside = 0.0005;

    private static readonly DateTime TakenAt = new(2019, 5, 20, 2, 30, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_visit_that_could_not_be_sent_stays_on_the_phone_and_goes_out_when_the_network_is_back()
    {
        await using var visitor = await office.SignInAsync(Town, Width, Height, touch: true);
        var page = visitor.Page;
        var patch = await PatchAsync(page, 0);
        Assert.Empty(await CamerasAsync(page, patch));
        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await page.Context.SetGeolocationAsync(new() { Longitude = (float)patch.West - 0.002f, Latitude = (float)patch.Middle });
        await OpenAsync(page, patch.Id);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-position]').textContent.includes('±')");
        await page.WaitForSelectorAsync($"[data-map=field][data-shown='{patch.Id}']");
        await PictureAsync(page, "visit-map");
        Assert.Empty(await SmallTargetsAsync(page));

        await TakeAsync(page, await PhotoAsync(page, patch));
        await FillAsync(page, "某加工厂");
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
        var waiting = page.Locator("[data-outbox] li[data-state=waiting]");
        await waiting.WaitForAsync();
        Assert.Contains("在本机，等待报送", await waiting.InnerTextAsync(), StringComparison.Ordinal);
        await PictureAsync(page, "visit-waiting");

        var answer = await page.RunAndWaitForResponseAsync(() => page.Context.SetOfflineAsync(false), "**/api/visits");
        var place = (await answer.JsonAsync())!.Value.GetProperty("files")[0].GetProperty("place");
        Assert.Equal("exif", place.GetProperty("source").GetString());
        Assert.Equal(90, place.GetProperty("bearingDegrees").GetDouble());
        Assert.Equal(TakenAt, place.GetProperty("takenAt").GetDateTime());
        await page.WaitForSelectorAsync("[data-outbox] li[data-state=receipt]");
        visitor.MissedTheNetworkAndNothingElse();
        await PictureAsync(page, "visit-receipt");
        Assert.Empty(await SmallTargetsAsync(page));
        var camera = Assert.Single(await CamerasAsync(page, patch));
        Assert.Equal(patch.West - Beside, camera.GetProperty("longitude").GetDouble(), 5);
        Assert.Equal(patch.Middle, camera.GetProperty("latitude").GetDouble(), 5);
        Assert.True(camera.GetProperty("looksAtPatch").GetBoolean());
        Assert.InRange(camera.GetProperty("metres").GetDouble(), 1, 100);
        await SeesOneVisitAsync(visitor, patch, "某加工厂");
    }

    [Fact]
    public async Task A_visit_whose_answer_was_lost_on_the_way_is_sent_again_and_stands_once_on_the_server()
    {
        await using var visitor = await office.SignInAsync(Town, Width, Height, touch: true);
        var page = visitor.Page;
        var patch = await PatchAsync(page, 1);
        await OpenAsync(page, patch.Id);
        await TakeAsync(page, await PhotoAsync(page, patch));
        await FillAsync(page, "某砖厂");
        var lost = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync(
            "**/api/visits",
            async route =>
            {
                var answer = await route.FetchAsync();
                await route.AbortAsync("connectionreset");
                lost.TrySetResult(answer.Status);
            }
        );
        await page.ClickAsync("[data-to=send]");
        await page.ClickAsync("[data-send]");
        Assert.Equal(200, await lost.Task.WaitAsync(TimeSpan.FromMinutes(1)));
        await page.WaitForSelectorAsync("[data-outbox] li[data-state=waiting]");
        await page.UnrouteAsync("**/api/visits");
        Assert.Empty(await SmallTargetsAsync(page));
        await page.ClickAsync("[data-outbox] [data-now]");
        await page.WaitForSelectorAsync("[data-outbox] li[data-state=receipt]");
        visitor.MissedTheNetworkAndNothingElse();
        Assert.Single(await CamerasAsync(page, patch));
        await SeesOneVisitAsync(visitor, patch, "某砖厂");
    }

    [Fact]
    public async Task A_visit_that_is_asked_for_arrives_comes_back_with_a_reason_and_is_made_a_second_time()
    {
        await using var town = await office.SignInAsync(Town, Width, Height, touch: true);
        await using var district = await office.SignInAsync("district-officer");
        var patch = await PatchAsync(town.Page, 2);
        string List(string show) => $"/verify?programme={patch.Programme}&show={show}";
        await town.HasDoneAsync(List("due"));

        await district.OpenAsync("/verify");
        await district.DoAsync(
            "assign-visits",
            ("Programme", patch.Programme),
            ("Unit", "wangcun"),
            ("Which", "every-patch"),
            ("Numbers", patch.Number),
            ("NoteZh", "核实是否开工"),
            ("Reason", "分派")
        );
        Assert.Equal(1, await town.DueAsync(List("due")));
        await town.FollowAsync(List("due"), patch.Number);
        await ReadyAsync(town.Page);
        Assert.Contains("核实是否开工", await town.Page.InnerTextAsync(".site-due"), StringComparison.Ordinal);
        await FillAsync(town.Page, "某沙场");
        await SendAsync(town.Page);
        await town.HasDoneAsync(List("due"));

        await district.FollowAsync(List("arrived"));
        var row = district.Page.Locator($".visit-rows li:has-text('{patch.Number}')");
        await SeatAtWork.DoAsync(row.Locator("[data-act='return-visit']"), ("ReasonCode", "R03"), ("Reason", "照片未反映全貌，补充核查"));
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await town.FollowAsync(List("returned"), patch.Number);
        await ReadyAsync(town.Page);
        Assert.Contains("照片未反映全貌，补充核查", await town.Page.InnerTextAsync(".site-due"), StringComparison.Ordinal);
        Assert.Equal("某沙场", await town.Page.InputValueAsync("[name=party]"));
        await TakeAsync(town.Page, await PhotoAsync(town.Page, patch));
        await FillAsync(town.Page, "某沙场（补拍）");
        await SendAsync(town.Page);
        await town.HasDoneAsync(List("returned"));

        await district.FollowAsync(List("arrived"), patch.Number);
        await SeesOneVisitAsync(district, patch, "某沙场（补拍）");
        town.HadNothingToComplain();
        district.HadNothingToComplain();
    }

    private static async Task OpenAsync(IPage page, string patch)
    {
        await page.GotoAsync($"/verify/{patch}");
        await ReadyAsync(page);
    }

    private static Task ReadyAsync(IPage page) =>
        page.WaitForSelectorAsync("[data-field=ready]", new() { State = WaitForSelectorState.Attached });

    private static async Task TakeAsync(IPage page, FilePayload photo)
    {
        await page.ClickAsync("[data-to=photos]");
        await page.SetInputFilesAsync("input[capture]", photo);
        await page.WaitForSelectorAsync("[data-photos] li");
    }

    private static async Task FillAsync(IPage page, string party)
    {
        await page.ClickAsync("[data-to=form]");
        await page.SelectOptionAsync("[name=use_on_ground]", "construction");
        await page.FillAsync("[name=party]", party);
    }

    private static async Task SendAsync(IPage page)
    {
        var receipts = page.Locator("[data-outbox] li[data-state=receipt]");
        var before = await receipts.CountAsync();
        await page.ClickAsync("[data-to=send]");
        await page.ClickAsync("[data-send]");
        await receipts.Nth(before).WaitForAsync();
    }

    /// <summary>What the screen shows as the camera would write it: east of the photographer lies the patch.</summary>
    private static async Task<FilePayload> PhotoAsync(IPage page, Patch patch)
    {
        var jpeg = await page.ScreenshotAsync(new() { Type = ScreenshotType.Jpeg, Quality = 60 });
        return new FilePayload
        {
            Name = "现场.jpg",
            MimeType = "image/jpeg",
            Buffer = CameraPhoto.Placed(jpeg, patch.West - Beside, patch.Middle, bearingDegrees: 90, TakenAt),
        };
    }

    /// <summary>The page of the patch shows one visit that names this party, and nothing twice.</summary>
    private static async Task SeesOneVisitAsync(Visitor visitor, Patch patch, string party)
    {
        await visitor.Page.GotoAsync($"/patches/{patch.Number}");
        var visits = visitor.Page.Locator($".visit:has(dd:text-is('{party}'))");
        await visits.First.WaitForAsync();
        Assert.Equal(1, await visits.CountAsync());
    }

    private sealed record Patch(string Programme, string Id, string Number, double West, double Middle);

    /// <summary>A patch that the town sees, and where it lies.</summary>
    private static async Task<Patch> PatchAsync(IPage page, int index)
    {
        const string Programme = "2019-q1";
        var list = await page.APIRequest.GetAsync($"/api/patches?programme={Programme}&limit=10");
        var patch = (await list.JsonAsync())!.Value.GetProperty("patches")[index];
        var id = patch.GetProperty("id").GetString()!;
        var map = await page.APIRequest.GetAsync($"/api/patches/{id}/map");
        var extent = (await map.JsonAsync())!.Value.GetProperty("extent");
        var middle = (extent[1].GetDouble() + extent[3].GetDouble()) / 2;
        return new(Programme, id, patch.GetProperty("number").GetString()!, extent[0].GetDouble(), middle);
    }

    /// <summary>The photographs of the patch that the server can place.</summary>
    private static async Task<IReadOnlyList<JsonElement>> CamerasAsync(IPage page, Patch patch)
    {
        var map = await page.APIRequest.GetAsync($"/api/patches/{patch.Id}/map");
        return [.. (await map.JsonAsync())!.Value.GetProperty("cameras").EnumerateArray()];
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
