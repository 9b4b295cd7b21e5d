using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Weipian.Geo;
using Weipian.Tests.Geo;
using Weipian.Tests.Web.Determination;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Map;

/// <summary>The map follows the acts: a verdict changes the tiles that show its patch and no other, and a line is measured before it
/// divides.</summary>
public sealed class MapVerdictTests(DeterminationOffice at) : IClassFixture<DeterminationOffice>
{
    private const string Programme = DeterminationOffice.Programme;
    private const int Level = 17;

    [Fact]
    public async Task A_verdict_changes_the_tile_of_its_patch_and_leaves_the_others()
    {
        using var officer = await at.Office.SignedInAsync("district-officer");
        var before = await TilesAsync(officer);
        var (patch, parcel, number, proposed) = await ToJudgeAsync(officer);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/patches/{patch}/parcels/{parcel}/determination")
        {
            Content = JsonContent.Create(new { code = proposed, reason = "经核查。" }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await officer.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var after = await TilesAsync(officer);
        var changed = after.Where(t => t.Value.Tag != before[t.Key].Tag).ToList();
        Assert.NotEmpty(changed);
        Assert.All(changed, t => Assert.Contains(number, t.Value.States.Keys));
        Assert.All(changed, t => Assert.NotEqual("not-verified", t.Value.States[number]));
        Assert.True(changed.Count < after.Count);
        await FollowsTheSecondSignatureAsync(patch, parcel, number, after);
    }

    /// <summary>What was sent back is not verified, as in the list, and says so; with the signature taken back it is what it was.</summary>
    private async Task FollowsTheSecondSignatureAsync(Guid patch, Guid parcel, string number, Dictionary<TileAddress, Seen> before)
    {
        using var reviewer = await at.Office.SignedInAsync("district-reviewer");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/patches/{patch}/parcels/{parcel}/confirmation")
        {
            Content = JsonContent.Create(
                new
                {
                    outcome = "returned",
                    reasonCode = DeterminationOffice.Law.Book.Verdicts.Reasons.First(r => !r.Passes).Id,
                    reason = "补照片",
                }
            ),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await reviewer.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var showing = (await TilesAsync(reviewer)).Values.Where(t => t.States.ContainsKey(number)).ToList();
        Assert.NotEmpty(showing);
        Assert.All(showing, t => Assert.Equal("not-verified", t.States[number]));
        Assert.All(showing, t => Assert.Contains(number, t.Returned));

        var services = await at.Office.ServicesAsync();
        var row = (await services.GetRequiredService<ProgrammeRows>().SeenAsync(patch, new(true, null))).Row;
        Assert.Equal(row.State, showing[0].States[number]);
        await services
            .GetRequiredService<VerdictDesk>()
            .TakeBackAsync(new("district-reviewer", "district-reviewer"), row.Parcels[0], "看错");
        var again = await TilesAsync(reviewer);
        Assert.All(
            before.Where(t => t.Value.States.ContainsKey(number)),
            t => Assert.Equal(t.Value.States[number], again[t.Key].States[number])
        );
        Assert.DoesNotContain(again.Values, t => t.Returned.Contains(number));
    }

    [Fact]
    public async Task A_line_shows_parts_that_add_up_before_anything_is_written()
    {
        using var officer = await at.Office.SignedInAsync("district-officer");
        var list = await officer.GetFromJsonAsync<JsonElement>($"/api/patches?programme={Programme}&limit=1000");
        var patch = list.GetProperty("patches").EnumerateArray().First(p => p.GetProperty("areaSquareMetres").GetDouble() > 500);
        var (id, parcel) = (patch.GetProperty("id").GetGuid(), patch.GetProperty("parcels")[0].GetProperty("id").GetGuid());
        var map = await officer.GetFromJsonAsync<JsonElement>($"/api/patches/{id}/map");
        var box = map.GetProperty("extent").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var x = (box[0] + box[2]) / 2;
        using var beside = await officer.GetAsync($"/api/patches/{id}/parcels/{parcel}/split?line=0,0,1,1");
        Assert.Equal(
            "determination.line-does-not-divide",
            (await beside.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
        );
        var line = FormattableString.Invariant($"{x},{box[1] - 0.001},{x},{box[3] + 0.001}");
        var answer = await officer.GetFromJsonAsync<JsonElement>($"/api/patches/{id}/parcels/{parcel}/split?line={line}");
        var parts = answer.GetProperty("parts").EnumerateArray().ToList();
        Assert.True(parts.Count >= 2);
        Assert.Equal(answer.GetProperty("wholeMu").GetDecimal(), parts.Sum(p => p.GetProperty("areaMu").GetDecimal()));
        Assert.Equal(
            patch.GetProperty("parcels")[0].GetProperty("areaSquareMetres").GetDouble(),
            parts.Sum(p => p.GetProperty("areaSquareMetres").GetDouble()),
            1e-3
        );
        var now = await officer.GetFromJsonAsync<JsonElement>($"/api/patches/{id}");
        Assert.Equal(patch.GetProperty("parcels").GetArrayLength(), now.GetProperty("parcels").GetArrayLength());
        using var town = await at.Office.SignedInAsync("town-dajie");
        Assert.Equal(HttpStatusCode.NotFound, (await town.GetAsync($"/api/patches/{id}/parcels/{parcel}/split?line={line}")).StatusCode);
    }

    private static async Task<(Guid Patch, Guid Parcel, string Number, string Proposed)> ToJudgeAsync(HttpClient officer)
    {
        var list = await officer.GetFromJsonAsync<JsonElement>($"/api/patches?programme={Programme}&limit=1000");
        foreach (var patch in list.GetProperty("patches").EnumerateArray())
        {
            var parcels = patch.GetProperty("parcels").EnumerateArray().ToList();
            if (parcels.Count == 1 && parcels[0].GetProperty("code").ValueKind == JsonValueKind.Null)
                return (
                    patch.GetProperty("id").GetGuid(),
                    parcels[0].GetProperty("id").GetGuid(),
                    patch.GetProperty("number").GetString()!,
                    parcels[0].GetProperty("proposed").GetString()!
                );
        }
        throw new InvalidOperationException("nothing is left to judge");
    }

    private sealed record Seen(string Tag, IReadOnlyDictionary<string, string> States, IReadOnlySet<string> Returned);

    private static async Task<Dictionary<TileAddress, Seen>> TilesAsync(HttpClient officer)
    {
        var overview = await officer.GetFromJsonAsync<JsonElement>($"/api/programmes/{Programme}/map");
        var box = overview.GetProperty("box").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var tiles = new Dictionary<TileAddress, Seen>();
        foreach (var tile in TileAddress.Meeting(Level, new Extent(box[0], box[1], box[2], box[3])))
        {
            using var answer = await officer.GetAsync($"/tiles/patches/{Programme}/{tile.Level}/{tile.Column}/{tile.Row}.mvt");
            var features = TileReader.Read(await answer.Content.ReadAsByteArrayAsync());
            tiles[tile] = new(
                answer.Headers.ETag!.Tag,
                features
                    .Where(f => f.Layer == "patches")
                    .DistinctBy(f => f.Properties["n"])
                    .ToDictionary(f => f.Properties["n"], f => f.Properties["s"], StringComparer.Ordinal),
                features.Where(f => f.Properties.ContainsKey("r")).Select(f => f.Properties["n"]).ToHashSet(StringComparer.Ordinal)
            );
        }
        return tiles;
    }
}
