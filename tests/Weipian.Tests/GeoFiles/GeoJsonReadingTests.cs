using System.Text;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>GeoJSON in all the forms RFC 7946 allows, and some it does not.</summary>
public sealed class GeoJsonReadingTests : IDisposable
{
    private const string Polygon = "{\"type\":\"Polygon\",\"coordinates\":[[[117.8,36.8],[117.9,36.8],[117.9,36.9],[117.8,36.8]]]}";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private List<SourceFeature> Read(string text, byte[]? mark = null)
    {
        using var file = Open(text, mark);
        return [.. file.Layer(null).Read()];
    }

    private SourceFile Open(string text, byte[]? mark = null)
    {
        File.WriteAllBytes(scratch["a.geojson"], [.. mark ?? [], .. Encoding.UTF8.GetBytes(text)]);
        return SourceFile.Open(scratch["a.geojson"]);
    }

    [Fact]
    public void Reading_back_gives_the_values_that_were_written()
    {
        GeoJsonWriter.Write(scratch["b.geojson"], "图斑", Drawn.Fields, Drawn.Features(3));
        using var file = SourceFile.Open(scratch["b.geojson"]);
        var layer = file.Layer(null);
        Assert.Equal("GeoJSON", file.Format);
        Assert.Equal(4326, layer.Epsg);
        Assert.Equal(3, layer.Count);
        var second = layer.Read().ElementAt(1);
        Assert.Equal("周村区", second.Values["XMC"]);
        Assert.Equal(13.5, second.Values["JCMJ"]);
        Assert.Equal("2018-03-02", second.Values["QSX"]);
        Assert.Equal(2, second.Shape!.Rings.Count);
    }

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":null,\"geometry\":@}]}")]
    [InlineData("{\"features\":[{\"geometry\":@,\"type\":\"Feature\"}],\"type\":\"FeatureCollection\"}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"properties\":{\"a\":1},\"features\":[{\"geometry\":@}]}")]
    [InlineData("{\"type\":\"Feature\",\"geometry\":@,\"properties\":{\"a\":1}}")]
    [InlineData("{\"geometry\":@,\"type\":\"Feature\"}")]
    [InlineData("@")]
    [InlineData("{\"type\":\"GeometryCollection\",\"geometries\":[@]}")]
    [InlineData("  \r\n { \"type\" : \"FeatureCollection\" , \"features\" : [ { \"geometry\" : @ } ] }  \n")]
    public void Collections_features_and_bare_geometries_are_read(string form)
    {
        var text = form.Replace("@", Polygon);
        double[] ring = [117.8, 36.8, 117.9, 36.8, 117.9, 36.9, 117.8, 36.8];
        Assert.Equal(ring, Assert.Single(Assert.Single(Read(text)).Shape!.Rings));
        Assert.Equal(ring, Assert.Single(Assert.Single(Read(text, [0xEF, 0xBB, 0xBF])).Shape!.Rings));
    }

    [Fact]
    public void An_obsolete_crs_member_is_noted_and_not_followed()
    {
        using var file = Open(
            "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4527\"}},\"features\":[{\"geometry\":"
                + Polygon
                + "}]}"
        );
        Assert.Equal(4326, file.Layer(null).Epsg);
        var defect = Assert.Single(file.Layer(null).Defects);
        Assert.Contains("EPSG:4527", defect.En, StringComparison.Ordinal);
        Assert.Contains("not followed", defect.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("{\"type\":\"Point\",\"coordinates\":[1,2]}", "not-polygon")]
    [InlineData("{\"type\":\"MultiLineString\",\"coordinates\":[[[1,2],[3,4]]]}", "not-polygon")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[]}", "empty")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[1,2,3]]}", "damaged")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[\"1\",2]]]}", "damaged")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[1]]]}", "damaged")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[[1,2]]]]}", "damaged")]
    [InlineData("{\"type\":\"Polygon\"}", "damaged")]
    [InlineData("{\"type\":\"CircularString\",\"coordinates\":[]}", "damaged")]
    [InlineData("{\"coordinates\":[]}", "damaged")]
    public void A_geometry_that_is_no_polygon_spoils_its_feature_only(string geometry, string kind)
    {
        var features = Read(
            "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":" + geometry + "},{\"geometry\":" + Polygon + "}]}"
        );
        Assert.Equal(kind, features[0].GeometryFault!.Kind);
        Assert.NotNull(features[1].Shape);
    }

    [Fact]
    public void Members_that_differ_between_features_become_one_table()
    {
        using var file = Open(
            "{\"type\":\"FeatureCollection\",\"features\":["
                + "{\"id\":7,\"properties\":{\"a\":1,\"b\":\"x\"}},{\"properties\":{\"A\":2.5,\"a\":3,\"c\":{\"d\":[1]}}},{\"properties\":{\"a\":\"y\"}}]}"
        );
        var layer = file.Layer(null);
        Assert.Equal(["id", "a", "b", "A_2", "c"], layer.Fields.Select(field => field.Name));
        Assert.Equal(["integer", "text", "text", "real", "json"], layer.Fields.Select(field => field.Type));
        var rows = layer.Read().ToList();
        Assert.Equal(7L, rows[0].Values["id"]);
        Assert.Equal("{\"d\":[1]}", rows[1].Values["c"]);
        Assert.Equal(2.5, rows[1].Values["A_2"]);
        Assert.Null(rows[2].Values["b"]);
    }

    [Fact]
    public void A_long_text_is_read_feature_by_feature()
    {
        const int count = 20_000;
        GeoJsonWriter.Write(scratch["long.geojson"], "t", Drawn.Fields, Enumerable.Range(0, count).Select(i => Drawn.Feature(i % 100)));
        using var file = SourceFile.Open(scratch["long.geojson"]);
        Assert.Equal(count, file.Layer(null).Count);
        Assert.Equal(count, file.Layer(null).Read().Count(feature => feature.Shape!.Rings.Count == 2));
    }

    [Fact]
    public void The_outline_of_Zhoucun_is_read()
    {
        using var file = SourceFile.Open(SharedData.Require("real/zhoucun/zhoucun_370306_cgcs2000_derived.geojson"));
        Assert.Equal("周村区", Assert.Single(file.Layer(null).Read()).Values["name"]);
        Assert.Equal(117.6892, file.Layer(null).Extent.MinX, 3);
    }

    [Fact]
    public void No_text_of_the_JSON_test_suite_brings_the_reader_down()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Require("corpora/shapefiles/mapshaper/json/JSONTestSuite/test_parsing")))
            try
            {
                using var file = SourceFile.Open(path);
                _ = file.Layer(null).Read().Count();
            }
            catch (Problem problem)
            {
                Assert.StartsWith("files.", problem.Code, StringComparison.Ordinal);
            }
    }
}
