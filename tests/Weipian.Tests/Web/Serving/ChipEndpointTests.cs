using System.Diagnostics;
using System.Net;
using System.Text.Json;
using SkiaSharp;

namespace Weipian.Tests.Web.Serving;

/// <summary>Chips of a patch: who sees them, which image they show, how long a pair takes.</summary>
public sealed class ChipEndpointTests(OfficeProgram office)
{
    private const string Programme = "2018-annual";

    [Fact]
    public async Task Nobody_sees_a_chip_without_a_seat_and_a_stranger_to_patches_is_refused()
    {
        var (id, _) = await AnyAsync();
        using var nobody = await office.NobodyAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync($"/chips/{id}/after.jpg")).StatusCode);
        using var finance = await office.SignedInAsync("finance");
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.GetAsync($"/chips/{id}/after.jpg")).StatusCode);
    }

    [Fact]
    public async Task A_patch_or_an_image_that_is_not_there_is_not_found()
    {
        var (id, _) = await AnyAsync();
        using var officer = await office.SignedInAsync("district-officer");
        Assert.Contains("web.no-such-patch", await RefusedAsync(officer, $"/chips/{Guid.NewGuid()}/after.jpg"), StringComparison.Ordinal);
        Assert.Contains("images.no-image", await RefusedAsync(officer, $"/chips/{id}/{new string('0', 64)}.jpg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_two_chips_of_a_patch_are_of_its_two_days_and_differ()
    {
        var (id, series) = await AnyAsync();
        using var officer = await office.SignedInAsync("district-officer");
        var before = await officer.GetByteArrayAsync($"/chips/{id}/before.jpg?size=256");
        var after = await officer.GetByteArrayAsync($"/chips/{id}/after.jpg?size=256");
        using var picture = SKBitmap.Decode(before);
        Assert.Equal((256, 256), (picture.Width, picture.Height));
        Assert.NotEqual(before, after);
        Assert.Equal(["2018-02-11", "2018-10-29"], series.Where(i => i.Slot is not null).Select(i => i.On));
        Assert.Equal(5, series.Count);
        Assert.Equal(before, await officer.GetByteArrayAsync($"/chips/{id}/{series[0].Id}.jpg?size=256"));
        Assert.NotEqual(before, await officer.GetByteArrayAsync($"/chips/{id}/before.jpg?size=256&burnt=true"));
        Assert.NotEqual(before, await officer.GetByteArrayAsync($"/chips/{id}/before.jpg?size=256&degrees=true"));
    }

    [Fact]
    public async Task What_the_pairs_of_the_village_say_agrees_with_the_truth()
    {
        using var officer = await office.SignedInAsync("district-officer");
        var (changed, same, silent) = (new List<double>(), new List<double>(), 0);
        var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(office.Data.Path, "sample", "truth-of-images.json")));
        var told = truth
            .RootElement.EnumerateArray()
            .ToDictionary(t => t.GetProperty("Number").GetString()!, t => t.GetProperty("Changed"));
        foreach (var (id, number) in await PatchesAsync(officer))
        {
            using var asked = await officer.GetAsync($"/api/patches/{id}/change");
            if (asked.StatusCode == HttpStatusCode.NotFound)
                continue;
            var answer = JsonDocument.Parse(await asked.Content.ReadAsStringAsync()).RootElement;
            if (answer.GetProperty("score").ValueKind != JsonValueKind.Number)
                silent++;
            else if (told[number].ValueKind is JsonValueKind.True or JsonValueKind.False)
                (told[number].GetBoolean() ? changed : same).Add(answer.GetProperty("score").GetDouble());
        }
        Assert.True(changed.Count > 5, $"{changed.Count} changed, {same.Count} same, {silent} silent");
        Assert.True(silent >= 1, "the cloud hangs over one patch");
        Assert.True(changed.Average() > 0.7, $"{changed.Average():F2}");
    }

    /// <summary>The aim is 80 ms on a quiet machine; a machine that other tests share gets more.</summary>
    [Fact]
    public async Task A_pair_of_chips_is_rendered_quickly()
    {
        using var officer = await office.SignedInAsync("district-officer");
        var times = new List<double>();
        foreach (var (id, _) in await PatchesAsync(officer))
        {
            // A patch that was issued without a day has no image on that side.
            if (!(await officer.GetStringAsync($"/api/patches/{id}/images")).Contains("\"before\"", StringComparison.Ordinal))
                continue;
            var began = Stopwatch.GetTimestamp();
            // A size that nobody asked for before: nothing comes from the disk.
            await officer.GetByteArrayAsync($"/chips/{id}/before.jpg?size=511");
            await officer.GetByteArrayAsync($"/chips/{id}/after.jpg?size=511");
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        times.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"chip pair: p50 {times[times.Count / 2]:F0} ms, p95 {times[(int)(times.Count * 0.95)]:F0} ms, n {times.Count}"
        );
        // The quickest speaks of the program, the others of whatever runs beside it.
        Assert.InRange(times[0], 0, 400);
    }

    private sealed record Shown(string Id, string On, string? Slot);

    private async Task<(Guid Id, IReadOnlyList<Shown> Series)> AnyAsync()
    {
        using var officer = await office.SignedInAsync("district-officer");
        foreach (var (id, _) in await PatchesAsync(officer))
        {
            var answer = JsonDocument.Parse(await officer.GetStringAsync($"/api/patches/{id}/images")).RootElement;
            var series = answer
                .GetProperty("images")
                .EnumerateArray()
                .Select(i => i.Deserialize<Shown>(JsonSerializerOptions.Web)!)
                .ToList();
            if (series.Count(i => i.Slot is not null) == 2)
                return (id, series);
        }
        throw new InvalidOperationException("no patch of the village has a pair of images");
    }

    private static async Task<List<(Guid Id, string Number)>> PatchesAsync(HttpClient officer)
    {
        var answer = JsonDocument.Parse(await officer.GetStringAsync($"/api/patches?programme={Programme}")).RootElement;
        return
        [
            .. answer
                .GetProperty("patches")
                .EnumerateArray()
                .Select(p => (p.GetProperty("id").GetGuid(), p.GetProperty("number").GetString()!)),
        ];
    }

    private static async Task<string> RefusedAsync(HttpClient seat, string address)
    {
        using var answer = await seat.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
