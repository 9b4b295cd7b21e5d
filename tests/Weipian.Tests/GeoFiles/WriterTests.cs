using System.Globalization;
using System.IO.Compression;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>What we write is read by programs that are not ours.</summary>
public sealed class WriterTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("GBK", true)]
    [InlineData("GBK", false)]
    [InlineData("UTF-8", true)]
    public void A_shapefile_is_read_by_GDAL_with_its_Chinese_text(string encoding, bool cpg)
    {
        var path = scratch["图斑.shp"];
        ShapefileWriter.Write(path, "图斑", Drawn.Fields, Drawn.Features(3), Drawn.Cgcs2000, new(encoding, cpg));
        var said = Gdal.Run("ogrinfo", "-al", path);
        Assert.Contains("XMC (String) = 周村区", said, StringComparison.Ordinal);
        Assert.Contains("JCMJ (Real) = 13.50", said, StringComparison.Ordinal);
        Assert.Contains("QSX (Date) = 2018/03/02", said, StringComparison.Ordinal);
        Assert.Contains("Feature Count: 3", said, StringComparison.Ordinal);
        Assert.Contains("China Geodetic Coordinate System 2000", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4527)]
    [InlineData(4548)]
    [InlineData(4498)]
    [InlineData(4509)]
    [InlineData(4513)]
    [InlineData(4554)]
    public void The_prj_of_every_zone_is_understood_as_the_zone_it_is(int epsg)
    {
        var crs = CoordinateSystem.FromEpsg(epsg);
        var (x, y) = crs.FromGeographic(crs.CentralMeridianDegrees + 0.5, 36.8);
        var path = scratch["zone.shp"];
        var feature = new WrittenFeature([new(Drawn.Square(x, y, 100), [])], []);
        ShapefileWriter.Write(path, "zone", [], [feature], crs);
        var back = Gdal.Run("ogr2ogr", "-f", "CSV", "/vsistdout/", path, "-t_srs", "EPSG:4490", "-lco", "GEOMETRY=AS_WKT");
        var numbers = back[(back.LastIndexOf('(') + 1)..].Split([' ', ',', ')'], StringSplitOptions.RemoveEmptyEntries);
        // WKT of EPSG:4490 from GDAL: longitude first, the traditional order.
        Assert.Equal(crs.CentralMeridianDegrees + 0.5, double.Parse(numbers[0], CultureInfo.InvariantCulture), 5);
        Assert.Equal(36.8, double.Parse(numbers[1], CultureInfo.InvariantCulture), 2);
    }

    [Fact]
    public void A_geopackage_is_read_by_GDAL_and_its_tree_finds_by_place()
    {
        var path = scratch["图斑.gpkg"];
        GeoPackageWriter.Write(path, "卫片图斑", Drawn.Fields, Drawn.Features(400), Drawn.Cgcs2000);
        var all = Gdal.Run("ogrinfo", "-so", "-al", path);
        Assert.Contains("Feature Count: 400", all, StringComparison.Ordinal);
        Assert.DoesNotContain("arning", all, StringComparison.Ordinal);
        Assert.Contains("[\"EPSG\",4490]", all, StringComparison.Ordinal);
        var found = Gdal.Run("ogrinfo", "-al", "-geom=NO", "-spat", "118.0001", "36.8", "118.0002", "36.81", path);
        Assert.Contains("Feature Count: 1", found, StringComparison.Ordinal);
        Assert.Contains("JCBH (String) = 37030620180100", found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tree_written_at_once_passes_the_check_of_SQLite()
    {
        var path = scratch["tree.gpkg"];
        GeoPackageWriter.Write(path, "t", Drawn.Fields, Drawn.Features(5000), Drawn.Cgcs2000);
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rtreecheck('rtree_t_geom')";
        Assert.Equal("ok", command.ExecuteScalar());
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", command.ExecuteScalar());
        command.CommandText = "SELECT count(*) FROM rtree_t_geom WHERE maxx >= 118.0 AND minx <= 118.0005";
        Assert.Equal(1L, command.ExecuteScalar());
    }

    [Fact]
    public void GeoJson_is_read_by_GDAL()
    {
        var path = scratch["图斑.geojson"];
        GeoJsonWriter.Write(path, "图斑", Drawn.Fields, Drawn.Features(3));
        var said = Gdal.Run("ogrinfo", "-al", path);
        Assert.Contains("XMC (String) = 周村区", said, StringComparison.Ordinal);
        Assert.Contains("Feature Count: 3", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_layers_go_into_one_zip_and_the_same_features_give_the_same_bytes()
    {
        WrittenLayer[] Layers() =>
            [new("图斑", Drawn.Fields, Drawn.Features(3), Drawn.Cgcs2000), new("地类", Drawn.Fields, Drawn.Features(2), Drawn.Cgcs2000)];
        Assert.Equal(5, ShapefileWriter.WriteZip(scratch["a.zip"], Layers()));
        ShapefileWriter.WriteZip(scratch["b.zip"], Layers());
        Assert.Equal(File.ReadAllBytes(scratch["a.zip"]), File.ReadAllBytes(scratch["b.zip"]));
        using var zip = ZipFile.OpenRead(scratch["a.zip"]);
        Assert.Equal(10, zip.Entries.Count);
    }

    [Fact]
    public void A_value_that_does_not_fit_refuses_and_leaves_nothing()
    {
        var wide = new WrittenFeature([], ["0123456789-0123456789"]);
        var problem = Assert.Throws<Problem>(() =>
            ShapefileWriter.Write(scratch["a.zip"], "a", [new("JCBH", "text", 20)], [wide], Drawn.Cgcs2000)
        );
        Assert.Equal("files.value-does-not-fit", problem.Code);
        Assert.Empty(scratch.Names);
    }

    [Fact]
    public void A_character_outside_the_encoding_refuses_and_leaves_nothing()
    {
        var rare = new WrittenFeature([], ["𠮷"]); // U+20BB7 is in GB18030 but not in GBK
        var problem = Assert.Throws<Problem>(() =>
            ShapefileWriter.Write(scratch["a.shp"], "a", [new("XM", "text", 20)], [rare], Drawn.Cgcs2000)
        );
        Assert.Equal("files.unencodable-text", problem.Code);
        Assert.Empty(scratch.Names);
        ShapefileWriter.Write(scratch["b.shp"], "b", [new("XM", "text", 20)], [rare], Drawn.Cgcs2000, new("GB18030"));
    }

    [Fact]
    public void A_null_geometry_is_written_as_a_null_shape()
    {
        var none = new WrittenFeature([], ["1"]);
        ShapefileWriter.Write(
            scratch["a.shp"],
            "a",
            [new("ID", "text", 2)],
            [none, Drawn.Feature(0) with { Values = ["2"] }],
            Drawn.Cgcs2000
        );
        GeoPackageWriter.Write(scratch["a.gpkg"], "a", [new("ID", "text", 2)], [none], Drawn.Cgcs2000);
        Assert.Contains("Feature Count: 2", Gdal.Run("ogrinfo", "-al", scratch["a.shp"]), StringComparison.Ordinal);
        Assert.Contains("Feature Count: 1", Gdal.Run("ogrinfo", "-al", scratch["a.gpkg"]), StringComparison.Ordinal);
    }
}
