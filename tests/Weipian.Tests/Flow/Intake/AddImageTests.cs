using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Imagery;

namespace Weipian.Tests.Flow.Intake;

/// <summary>Images: kept as received, named by content, of the day somebody says.</summary>
public sealed class AddImageTests : IAsyncLifetime
{
    private static readonly Actor Officer = new("district-officer", "district-officer");
    private static readonly DateOnly Day = new(2018, 10, 29);

    private readonly TemporaryFolder folder = new();
    private WeipianStore store = null!;

    public async ValueTask InitializeAsync() => store = await Installations.StartAsync(folder, Installations.Zhoucun);

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string File(TiffMaker made, string name = "image.tif")
    {
        var path = folder.File(name);
        System.IO.File.WriteAllBytes(path, made.Bytes());
        return path;
    }

    private Task<AddImage.Added> AddAsync(string path, DateOnly? on, Actor? by = null) =>
        AddImage.Handle(store, by ?? Officer, new AddImage.Request(path, on, "GF-2"));

    private async Task RefusedAsync(string code, string path, DateOnly? on)
    {
        var refusal = await Assert.ThrowsAsync<Problem>(() => AddAsync(path, on));
        Assert.Equal(code, refusal.Code);
        await using var db = store.Read();
        Assert.Empty(await db.Images.ToListAsync());
    }

    [Fact]
    public Task Without_a_day_it_is_refused() => RefusedAsync("images.no-date", File(new()), null);

    [Fact]
    public Task A_day_that_has_not_come_is_refused() => RefusedAsync("images.date-in-future", File(new()), store.Today.AddDays(1));

    [Fact]
    public Task An_image_of_another_place_is_refused() =>
        RefusedAsync(
            "images.elsewhere",
            File(
                new()
                {
                    Crs = 4490,
                    Corner = (12.3, 45.4),
                    Scale = 1e-5,
                }
            ),
            Day
        );

    [Fact]
    public Task A_system_stated_wrongly_puts_the_image_elsewhere() => RefusedAsync("images.elsewhere", File(new() { Crs = 4542 }), Day);

    [Fact]
    public Task What_is_no_image_is_refused()
    {
        var path = folder.File("no.tif");
        System.IO.File.WriteAllText(path, "a letter");
        return RefusedAsync("images.not-tiff", path, Day);
    }

    [Fact]
    public async Task Names_of_bands_that_are_too_few_are_refused_and_the_file_stays()
    {
        var path = File(new() { Bands = 4 });
        var request = new AddImage.Request(path, Day, "GF-2", Bands: ["blue", "green", "red"], Move: true);
        var refusal = await Assert.ThrowsAsync<Problem>(() => AddImage.Handle(store, Officer, request));
        Assert.Equal("images.band-names", refusal.Code);
        Assert.True(System.IO.File.Exists(path));
    }

    [Fact]
    public async Task A_file_that_is_moved_is_kept_once_and_one_that_is_refused_stays()
    {
        var path = File(new());
        var bytes = await System.IO.File.ReadAllBytesAsync(path);
        var moved = await AddImage.Handle(store, Officer, new AddImage.Request(path, Day, "GF-2", Move: true));
        Assert.False(System.IO.File.Exists(path));
        Assert.Equal(bytes, store.Blobs.Get(moved.Image.Id));
        await System.IO.File.WriteAllBytesAsync(path, bytes);
        var refusal = await Assert.ThrowsAsync<Problem>(() =>
            AddImage.Handle(store, Officer, new AddImage.Request(path, Day.AddDays(1), "GF-2", Move: true))
        );
        Assert.Equal("images.already-dated", refusal.Code);
        Assert.True(System.IO.File.Exists(path));
    }

    /// <summary>Every field that STAC asks of an item, and those of the catalogue under their names in its extensions.</summary>
    [Fact]
    public async Task An_image_is_passed_on_as_a_stac_item()
    {
        var request = new AddImage.Request(
            File(new() { Bands = 4, Scale = 0.8 }),
            Day,
            "GF-2",
            Bands: ["blue", "green", "red", "近红外"],
            Instrument: "PMS1"
        );
        var image = (await AddImage.Handle(store, Officer, request)).Image;
        var item = System.Text.Json.JsonDocument.Parse(ImageStac.Item(image).ToJsonString()).RootElement;
        Assert.Equal("Feature", item.GetProperty("type").GetString());
        Assert.Equal("1.0.0", item.GetProperty("stac_version").GetString());
        Assert.Equal(image.Id, item.GetProperty("id").GetString());
        Assert.Equal(
            [image.West, image.South, image.East, image.North],
            item.GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble())
        );
        var ring = item.GetProperty("geometry").GetProperty("coordinates")[0];
        Assert.Equal(33, ring.GetArrayLength());
        Assert.Equal(ring[0].ToString(), ring[32].ToString());
        var told = item.GetProperty("properties");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, told.GetProperty("datetime").ValueKind);
        Assert.Equal("2018-10-28T16:00:00Z", told.GetProperty("start_datetime").GetString());
        Assert.Equal("2018-10-29T15:59:59Z", told.GetProperty("end_datetime").GetString());
        Assert.Equal(0.8, told.GetProperty("gsd").GetDouble(), 0.001);
        Assert.Equal(4548, told.GetProperty("proj:epsg").GetInt32());
        Assert.Equal("[80,100]", told.GetProperty("proj:shape").ToString());
        Assert.Equal(("GF-2", "[\"PMS1\"]"), (told.GetProperty("platform").GetString(), told.GetProperty("instruments").ToString()));
        Assert.Equal(0, item.GetProperty("links").GetArrayLength());
        var asset = item.GetProperty("assets").GetProperty("image");
        Assert.Equal("1220" + image.Id, asset.GetProperty("file:checksum").GetString());
        Assert.Equal(
            ["blue", "green", "red", "nir"],
            asset.GetProperty("eo:bands").EnumerateArray().Select(b => b.GetProperty("common_name").GetString())
        );
    }

    [Fact]
    public async Task A_seat_without_the_right_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<Problem>(() => AddAsync(File(new()), Day, new("finance", "finance")));
        Assert.Equal("store.act-not-allowed", refusal.Code);
    }

    [Fact]
    public async Task The_same_content_with_another_day_is_refused_and_with_the_same_day_was_there()
    {
        var path = File(new());
        var first = await AddAsync(path, Day);
        Assert.False(first.WasThere);
        Assert.True((await AddAsync(path, Day)).WasThere);
        var refusal = await Assert.ThrowsAsync<Problem>(() => AddAsync(path, Day.AddDays(1)));
        Assert.Equal("images.already-dated", refusal.Code);
        await using var db = store.Read();
        Assert.Single(await db.Images.ToListAsync());
    }

    [Fact]
    public async Task The_bytes_the_sheet_and_the_entry_of_the_journal_are_kept()
    {
        var path = File(new() { Scale = 0.8 });
        var image = (await AddAsync(path, Day)).Image;
        Assert.Equal(await System.IO.File.ReadAllBytesAsync(path), store.Blobs.Get(image.Id));
        var sheet = image.Sheet();
        Assert.Equal(
            (Day, "GF-2", 100, 80, 3, 4548),
            (sheet.Datetime, sheet.Platform, sheet.Width, sheet.Height, sheet.Bands, sheet.CrsEpsg)
        );
        Assert.Equal(0.8, image.ResolutionMetres, 0.001);
        Assert.Equal(sheet.Footprint[0], sheet.Footprint[^1]);
        await using var db = store.Read();
        var entry = await db.Journal.OrderBy(j => j.Seq).LastAsync();
        Assert.Equal(("add-image", "district-officer"), (entry.Act, entry.Actor));
        Assert.Contains(image.Id, entry.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_byte_of_an_image_is_found()
    {
        var image = (await AddAsync(File(new()), Day)).Image;
        Assert.True((await VerifyStore.Handle(store)).IsSound);
        var path = store.Blobs.PathOf(image.Id);
        var bytes = await System.IO.File.ReadAllBytesAsync(path);
        bytes[^20] ^= 1;
        await System.IO.File.WriteAllBytesAsync(path, bytes);
        Assert.Contains((await VerifyStore.Handle(store)).Findings, f => f.Kind == "blob-damaged" && f.Where == image.Id);
        System.IO.File.Delete(path);
        Assert.Contains((await VerifyStore.Handle(store)).Findings, f => f.Kind == "blob-missing" && f.Where == image.Id);
    }
}

/// <summary>Which image is before and which after.</summary>
public sealed class ImageChoiceTests
{
    private static readonly DateOnly Before = new(2018, 3, 1);
    private static readonly DateOnly After = new(2018, 10, 1);

    private static (string? Before, string? After) Choose(DateOnly? before, DateOnly? after, params string[] images) =>
        ImageChoice.Of(images, i => DateOnly.Parse(i, System.Globalization.CultureInfo.InvariantCulture), before, after);

    [Fact]
    public void A_patch_without_its_days_has_no_image() => Assert.Equal((null, null), Choose(null, null, "2018-03-01", "2018-10-01"));

    [Fact]
    public void More_than_a_quarter_away_is_no_image() => Assert.Equal((null, null), Choose(Before, After, "2017-11-01", "2019-02-01"));

    [Fact]
    public void The_nearest_day_is_taken_on_either_side() =>
        Assert.Equal(("2018-02-20", "2018-10-15"), Choose(Before, After, "2018-01-10", "2018-02-20", "2018-08-20", "2018-10-15"));

    [Fact]
    public void Of_two_equally_near_the_pair_spans_the_longer_time() =>
        Assert.Equal(("2018-02-27", "2018-10-03"), Choose(Before, After, "2018-02-27", "2018-03-03", "2018-09-29", "2018-10-03"));

    [Fact]
    public void One_image_is_never_both()
    {
        Assert.Equal(("2018-05-01", null), Choose(new(2018, 4, 1), new(2018, 6, 1), "2018-05-01"));
        Assert.Equal((null, "2018-05-01"), Choose(null, new(2018, 6, 1), "2018-05-01"));
    }
}
