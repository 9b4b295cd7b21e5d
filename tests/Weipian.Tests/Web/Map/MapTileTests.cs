using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using Weipian.Geo;
using Weipian.Tests.Geo;
using Weipian.Tests.Web.Serving;
using Weipian.Web.Reading;
using Weipian.Web.Tiles;

namespace Weipian.Tests.Web.Map;

/// <summary>Tiles and questions of the map through the door: who gets what, in which grid, and what is sent twice.</summary>
public sealed class MapTileTests(OfficeProgram office)
{
    private const string Programme = "2018-annual";
    private const int Level = 15;

    [Fact]
    public async Task Nobody_gets_a_tile_without_a_seat_and_who_sees_no_patch_gets_none()
    {
        using var nobody = await office.NobodyAsync();
        using var finance = await office.SignedInAsync("finance");
        using var administrator = await office.SignedInAsync("administrator");
        foreach (
            var address in new[] { $"/tiles/patches/{Programme}/10/1/1.mvt", "/api/map/place?text=1", $"/api/programmes/{Programme}/map" }
        )
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await finance.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await administrator.GetAsync(address)).StatusCode);
        }
        foreach (
            var address in new[] { $"/tiles/layers/{new string('0', 64)}/10/1/1.mvt", "/tiles/images/x/10/1/1", "/tiles/bases/x/10/1/1" }
        )
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await finance.GetAsync(address)).StatusCode);
        }
    }

    [Theory]
    [InlineData("/tiles/patches/2018-annual/21/1/1.mvt", "map.no-such-tile", HttpStatusCode.NotFound)]
    [InlineData("/tiles/patches/2018-annual/3/8/1.mvt", "map.no-such-tile", HttpStatusCode.NotFound)]
    [InlineData("/tiles/patches/1999/3/1/1.mvt", "web.no-such-programme", HttpStatusCode.NotFound)]
    [InlineData("/tiles/layers/none/3/1/1.mvt", "files.no-such-stored-layer", null)]
    [InlineData("/tiles/images/none/3/1/1", "images.no-image", HttpStatusCode.NotFound)]
    [InlineData("/tiles/bases/none/3/1/1", "map.no-such-base", HttpStatusCode.NotFound)]
    [InlineData("/api/map/place?text=somewhere", "map.place-not-understood", null)]
    [InlineData("/api/map/measure?area=true&corners=1,2,3,4", "web.bad-request", HttpStatusCode.BadRequest)]
    [InlineData("/api/map/measure?corners=1,2,x,4", "web.bad-request", HttpStatusCode.BadRequest)]
    [InlineData("/api/map/measure?corners=117,NaN,117,36", "web.bad-request", HttpStatusCode.BadRequest)]
    [InlineData("/api/map/measure?area=true&corners=117,36,118,37,118,36,117,37", "map.ring-crosses-itself", null)]
    public async Task What_is_not_there_or_not_meant_is_refused_by_name(string address, string code, HttpStatusCode? status)
    {
        using var officer = await office.SignedInAsync("district-officer");
        using var answer = await officer.GetAsync(address);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(status ?? answer.StatusCode, answer.StatusCode);
    }

    /// <summary>Every patch of the programme is in the tiles of its box and of no other state than the list says; a town gets its own
    /// and none of another.</summary>
    [Theory]
    [InlineData("district-officer")]
    [InlineData("town-wangcun")]
    [InlineData("town-dajie")]
    [Requirement("R04")]
    public async Task Tiles_hold_exactly_what_the_seat_sees(string login)
    {
        using var seat = await office.SignedInAsync(login);
        var list = await seat.GetFromJsonAsync<JsonElement>($"/api/patches?programme={Programme}&limit=1000");
        var listed = list.GetProperty("patches")
            .EnumerateArray()
            .ToDictionary(p => p.GetProperty("number").GetString()!, p => p.GetProperty("state").GetString()!);
        var box = await BoxAsync();
        var drawn = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tile in TileAddress.Meeting(Level, box))
        foreach (var feature in await PatchesAsync(seat, tile))
            if (feature.Properties.TryGetValue("n", out var number))
                drawn[number] = feature.Properties["s"];
        Assert.Equal(listed.OrderBy(p => p.Key, StringComparer.Ordinal), drawn.OrderBy(p => p.Key, StringComparer.Ordinal));
        // From far away they are heaps, and none is lost.
        var far = TileAddress.Meeting(8, box).ToList();
        var counted = 0;
        foreach (var tile in far)
            counted += (await PatchesAsync(seat, tile)).Sum(f => f.Layer == "heaps" ? int.Parse(f.Properties["c"], null) : 0);
        Assert.Equal(listed.Count, counted);
    }

    [Fact]
    public async Task A_tile_that_did_not_change_is_not_sent_again()
    {
        using var officer = await office.SignedInAsync("district-officer");
        var tile = TileAddress.Meeting(Level, await BoxAsync()).First();
        var address = $"/tiles/patches/{Programme}/{tile.Level}/{tile.Column}/{tile.Row}.mvt";
        using var first = await officer.GetAsync(address);
        Assert.Equal("application/vnd.mapbox-vector-tile", first.Content.Headers.ContentType!.MediaType);
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await officer.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Layers_and_images_come_in_the_same_grid()
    {
        using var officer = await office.SignedInAsync("district-officer");
        var services = await office.ServicesAsync();
        var middle = await BoxAsync();
        var tile = TileAddress.Of(16, (middle.MinX + middle.MaxX) / 2, (middle.MinY + middle.MaxY) / 2);
        var land = (await services.GetRequiredService<LayerShelf>().AllAsync()).First(l => l.Role == "land-use");
        var features = TileReader.Read(
            await officer.GetByteArrayAsync($"/tiles/layers/{land.Id}/{tile.Level}/{tile.Column}/{tile.Row}.mvt")
        );
        Assert.NotEmpty(features);
        Assert.All(features, f => Assert.NotEmpty(f.Properties["c"]));
        Assert.Contains(features, f => f.Properties["t"].Length > 0);
        var image = (await services.GetRequiredService<ImageShelf>().AllAsync())[0];
        using var picture = SKBitmap.Decode(
            await officer.GetByteArrayAsync($"/tiles/images/{image.Id}/{tile.Level}/{tile.Column}/{tile.Row}")
        );
        Assert.Equal((256, 256), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task What_is_drawn_is_measured_by_the_statutory_formula()
    {
        using var town = await office.SignedInAsync("town-wangcun");
        var answer = await town.GetFromJsonAsync<JsonElement>(
            "/api/map/measure?area=true&corners=117.85,36.8,117.851,36.8,117.851,36.801,117.85,36.801"
        );
        var expected = StatutoryPlane.SignedArea([117.85, 36.8, 117.851, 36.8, 117.851, 36.801, 117.85, 36.801]);
        Assert.Equal(expected, answer.GetProperty("areaSquareMetres").GetDouble());
        Assert.Equal(Math.Round(expected * 3 / 2000, 2), answer.GetProperty("areaMu").GetDouble(), 0.0051);
        var place = await town.GetFromJsonAsync<JsonElement>("/api/map/place?text=" + Uri.EscapeDataString("117°51′00″ 36°48′00″"));
        Assert.Equal(117.85, place.GetProperty("longitude").GetDouble(), 1e-9);
    }

    /// <summary>A style for every state and every role there is, in every edition.</summary>
    [Fact]
    public void Everything_that_can_be_drawn_has_a_style()
    {
        var editions = MapStyles.Read(Path.Combine(Repository.Root, "src/Web/Map/styles"));
        Assert.Equal(editions.OrderBy(e => e.From), editions);
        foreach (var edition in editions)
        {
            Assert.Equal(PatchState.All.Order(StringComparer.Ordinal), edition.States.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(edition.States.Count, edition.States.Values.Select(s => s.Shape).Distinct().Count());
            Assert.Equal(
                Weipian.Flow.Intake.LayerRole.All.Order(StringComparer.Ordinal),
                edition.Layers.Keys.Order(StringComparer.Ordinal)
            );
        }
    }

    private async Task<Extent> BoxAsync()
    {
        using var officer = await office.SignedInAsync("district-officer");
        var answer = await officer.GetFromJsonAsync<JsonElement>($"/api/programmes/{Programme}/map");
        var box = answer.GetProperty("box").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        return new(box[0], box[1], box[2], box[3]);
    }

    private static async Task<IReadOnlyList<TileReader.Feature>> PatchesAsync(HttpClient seat, TileAddress tile) =>
        TileReader.Read(await seat.GetByteArrayAsync($"/tiles/patches/{Programme}/{tile.Level}/{tile.Column}/{tile.Row}.mvt"));
}
