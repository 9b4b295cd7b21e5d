using System.Net;
using System.Text.Json;
using Weipian.Web.Serving;

namespace Weipian.Tests.Web.Serving;

/// <summary>The catalogue as STAC, the parts of change support, and how far it can be trusted, over HTTP.</summary>
public sealed class ImageEndpointTests(OfficeProgram office)
{
    private const string Programme = "2018-annual";

    [Theory]
    [InlineData("0")]
    [InlineData("much")]
    [InlineData("-5")]
    public void A_limit_of_chips_that_is_no_number_of_megabytes_is_refused(string value)
    {
        var refused = Assert.Throws<Problem>(() => ImageSettings.Read(name => name == ImageSettings.ChipsSetting ? value : null));
        Assert.Equal("web.bad-setting", refused.Code);
        Assert.Equal(512L << 20, ImageSettings.Read(_ => null).ChipBytesMax);
        Assert.Equal("/m.onnx", ImageSettings.Read(name => name == ImageSettings.ModelSetting ? " /m.onnx " : null).ModelPath);
    }

    [Fact]
    public async Task An_image_that_is_not_there_has_no_item_and_finance_sees_none()
    {
        using var officer = await office.SignedInAsync("district-officer");
        using var missing = await officer.GetAsync("/api/images/ffff0000ffff/stac");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("images.no-such-image", await missing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var finance = await office.SignedInAsync("finance");
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.GetAsync("/api/images/stac")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await finance.GetAsync($"/api/programmes/{Programme}/change-reliability")).StatusCode);
    }

    [Fact]
    public async Task The_catalogue_is_a_collection_of_items_and_each_is_one_by_the_beginning_of_its_id()
    {
        using var officer = await office.SignedInAsync("district-officer");
        using var answer = await officer.GetAsync("/api/images/stac");
        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.MediaType);
        var items = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("features");
        Assert.Equal(5, items.GetArrayLength());
        var id = items[0].GetProperty("id").GetString()!;
        var one = JsonDocument.Parse(await officer.GetStringAsync($"/api/images/{id[..10]}/stac")).RootElement;
        Assert.Equal(id, one.GetProperty("id").GetString());
        Assert.Equal("SYNTHETIC-1", one.GetProperty("properties").GetProperty("platform").GetString());
    }

    [Fact]
    public async Task The_number_comes_with_its_parts_and_the_name_of_the_measure()
    {
        using var officer = await office.SignedInAsync("district-officer");
        var patches = JsonDocument.Parse(await officer.GetStringAsync($"/api/patches?programme={Programme}")).RootElement;
        foreach (var id in patches.GetProperty("patches").EnumerateArray().Select(p => p.GetProperty("id").GetGuid()))
        {
            using var asked = await officer.GetAsync($"/api/patches/{id}/change");
            if (asked.StatusCode == HttpStatusCode.NotFound)
                continue;
            var found = JsonDocument.Parse(await asked.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal("weipian-2", found.GetProperty("measure").GetString());
            if (found.GetProperty("score").ValueKind == JsonValueKind.Null)
                continue;
            var signs = found.GetProperty("signs");
            var (d, s) = (signs.GetProperty("difference").GetDouble(), signs.GetProperty("structure").GetDouble());
            Assert.Equal(JsonValueKind.Null, signs.GetProperty("greenness").ValueKind);
            Assert.Equal(1 - (1 - d) * (1 - s), found.GetProperty("score").GetDouble(), 1e-9);
            Assert.Equal(JsonValueKind.Null, found.GetProperty("model").ValueKind);
            return;
        }
        Assert.Fail("no patch of the village has a number");
    }

    /// <summary>The sample of the tests has signed verdicts of few patches or none: then it says so and gives no share.</summary>
    [Fact]
    public async Task Of_few_confirmed_verdicts_no_share_is_given()
    {
        using var officer = await office.SignedInAsync("district-officer");
        using var unknown = await officer.GetAsync("/api/programmes/2099-q9/change-reliability");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var sheet = JsonDocument.Parse(await officer.GetStringAsync($"/api/programmes/{Programme}/change-reliability")).RootElement;
        var own = sheet.GetProperty("own");
        Assert.Equal(5, own.GetProperty("bins").GetArrayLength());
        if (own.GetProperty("count").GetInt32() < 30)
            Assert.Equal(JsonValueKind.Null, own.GetProperty("brier").ValueKind);
        Assert.Equal(JsonValueKind.Null, sheet.GetProperty("model").ValueKind);
    }
}
