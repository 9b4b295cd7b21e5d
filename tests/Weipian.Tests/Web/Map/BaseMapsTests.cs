using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Weipian.Tests.Flow.Store;
using Weipian.Web.Tiles;

namespace Weipian.Tests.Web.Map;

/// <summary>Base maps: only the hosts of the file are asked, the key stays in the house, and only pictures come in.</summary>
public sealed class BaseMapsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""[{"id":"A b","nameZh":"甲","nameEn":"a","kind":"xyz","url":"http://h/{z}/{x}/{y}"}]""", "id")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"xyz","url":"http://{x}.h/{z}/{y}"}]""", "url")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"xyz","url":"file:///etc/{z}/{x}/{y}"}]""", "url")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"xyz","url":"http://me:secret@h/{z}/{x}/{y}"}]""", "url")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"xyz","url":"http://h/{z}/{x}"}]""", "{y}")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"ftp"}]""", "kind")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"cog","file":"/nowhere.tif"}]""", "/nowhere.tif")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"wmts","url":"http://h/","grid":"round"}]""", "grid")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"wmts","url":"http://h/","keyFrom":"A_KEY_NOT_SET"}]""", "A_KEY_NOT_SET")]
    [InlineData("""[{"id":"a","nameZh":"甲","nameEn":"a","kind":"wmts","url":"http://h/","colour":"red"}]""", "colour")]
    [InlineData(
        """[{"id":"a","nameZh":"甲","nameEn":"a","kind":"wmts","url":"http://h/"},{"id":"a","nameZh":"乙","nameEn":"b","kind":"wmts","url":"http://h/"}]""",
        "a"
    )]
    [InlineData("""{}""", "JSON")]
    public void A_file_that_cannot_be_meant_is_refused(string json, string names)
    {
        var path = Path.Combine(folder.Path, "bases.json");
        File.WriteAllText(path, json);
        var refused = Assert.Throws<Problem>(() => BaseMapFile.Read(path));
        Assert.Equal("map.bad-base-file", refused.Code);
        Assert.Contains(names, refused.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_grid_or_the_file_does_not_have_is_not_asked_for()
    {
        await using var service = await FakeTileService.StartAsync();
        using var maps = new BaseMaps([Wmts(service)]);
        await RefusedAsync(maps, "other", 5, 20, 5, "map.no-such-base");
        await RefusedAsync(maps, "tdt", 19, 20, 5, "map.no-such-tile");
        await RefusedAsync(maps, "tdt", 5, 32, 5, "map.no-such-tile");
        await RefusedAsync(maps, "tdt", 0, 0, 0, "map.no-such-tile");
        Assert.Empty(service.Asked);
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_or_elsewhere_is_refused_and_names_no_key()
    {
        await using var service = await FakeTileService.StartAsync();
        using var maps = new BaseMaps([Wmts(service)]);
        service.Answer = c => c.Response.WriteAsync("<html>403: bad tk</html>");
        await RefusedAsync(maps, "tdt", 5, 20, 5, "map.base-unreachable");
        service.Answer = c =>
        {
            c.Response.Redirect("http://127.0.0.1:1/elsewhere");
            return Task.CompletedTask;
        };
        await RefusedAsync(maps, "tdt", 5, 20, 5, "map.base-unreachable");
        service.Answer = c => c.Response.Body.WriteAsync(new byte[3 << 20]).AsTask();
        await RefusedAsync(maps, "tdt", 5, 20, 5, "map.base-unreachable");
        service.Answer = c =>
        {
            c.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        await RefusedAsync(maps, "tdt", 5, 20, 5, "map.base-unreachable");
    }

    /// <summary>The level of two tiles is 1 for one service and 0 for another; rows and columns are the same.</summary>
    [Theory]
    [InlineData(1, "5")]
    [InlineData(0, "4")]
    public async Task A_wmts_is_asked_in_its_own_levels_with_the_key_and_once(int firstLevel, string matrix)
    {
        await using var service = await FakeTileService.StartAsync();
        using var maps = new BaseMaps([Wmts(service) with { FirstLevel = firstLevel }]);
        var tile = await maps.TileAsync("tdt", 5, 26, 4, CancellationToken.None);
        Assert.Equal("image/png", tile.ContentType);
        Assert.Equal(FakeTileService.Png(), tile.Bytes);
        Assert.Equal(tile, await maps.TileAsync("tdt", 5, 26, 4, CancellationToken.None));
        var asked = Assert.Single(service.Asked);
        Assert.StartsWith("/img_c/wmts?", asked, StringComparison.Ordinal);
        foreach (
            var part in new[] { $"TILEMATRIX={matrix}&", "TILEROW=4&", "TILECOL=26&", "LAYER=img&", "TILEMATRIXSET=c&", "&tk=very-secret" }
        )
            Assert.Contains(part, asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tiles_by_level_column_and_row_are_asked_at_their_address()
    {
        await using var service = await FakeTileService.StartAsync();
        var map = new BaseMap(
            "xyz",
            "甲",
            "a",
            BaseMapKind.Xyz,
            service.Address + "/{z}/{x}/{y}.png",
            Grid: BaseMapGrid.Mercator,
            LevelMin: 0
        );
        using var maps = new BaseMaps([map]);
        await maps.TileAsync("xyz", 3, 6, 7, CancellationToken.None);
        await RefusedAsync(maps, "xyz", 3, 8, 0, "map.no-such-tile");
        Assert.Equal("/3/6/7.png", Assert.Single(service.Asked));
    }

    [Fact]
    public async Task An_archive_on_the_disk_is_read_with_its_rows_from_the_south()
    {
        var path = Path.Combine(folder.Path, "map.mbtiles");
        WriteArchive(path, "png");
        using var maps = new BaseMaps([new("local", "甲", "a", BaseMapKind.MbTiles, File: path, LevelMin: 0)]);
        Assert.Equal("image/png", (await maps.TileAsync("local", 3, 6, 2, CancellationToken.None)).ContentType);
        await RefusedAsync(maps, "local", 3, 6, 5, "map.no-such-tile");
        var vectors = Path.Combine(folder.Path, "vectors.mbtiles");
        WriteArchive(vectors, "pbf");
        var map = new BaseMap("local", "甲", "a", BaseMapKind.MbTiles, File: vectors);
        Assert.Equal("map.bad-base-file", Assert.Throws<Problem>(() => new BaseMaps([map])).Code);
        File.WriteAllText(vectors, "no archive");
        Assert.Equal("map.bad-base-file", Assert.Throws<Problem>(() => new BaseMaps([map])).Code);
    }

    private static void WriteArchive(string path, string format)
    {
        using var file = new SqliteConnection($"Data Source={path};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = """
            CREATE TABLE metadata (name TEXT, value TEXT);
            CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
            INSERT INTO metadata VALUES ('format', $format);
            INSERT INTO tiles VALUES (3, 6, 5, $picture);
            """;
        command.Parameters.AddWithValue("$format", format);
        command.Parameters.AddWithValue("$picture", FakeTileService.Png());
        command.ExecuteNonQuery();
    }

    private static BaseMap Wmts(FakeTileService service) =>
        new("tdt", "影像", "Imagery", BaseMapKind.Wmts, service.Address + "/img_c/wmts", Layer: "img", Key: "very-secret");

    private static async Task RefusedAsync(BaseMaps maps, string id, int level, int column, int row, string code)
    {
        var refused = await Assert.ThrowsAsync<Problem>(() => maps.TileAsync(id, level, column, row, CancellationToken.None));
        Assert.Equal(code, refused.Code);
        Assert.DoesNotContain("very-secret", refused.English + refused.Chinese, StringComparison.Ordinal);
    }
}
