using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Files as GDAL writes them that say too little or hold too much: mixed geometries, no projection, alphabets of a byte.
/// </summary>
public sealed class StrangeFilesTests : IDisposable
{
    private const string Polygon = "POLYGON ((117.86 36.8,117.8611 36.8,117.8611 36.8009,117.86 36.8009,117.86 36.8))";
    private const string Line = "LINESTRING (117.86 36.8,117.87 36.81)";
    private const string Point = "POINT (117.86 36.8)";
    private const string Lines = "MULTILINESTRING ((117.86 36.8,117.87 36.81),(117.88 36.8,117.87 36.81))";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    public static TheoryData<string, string> Formats =>
        new()
        {
            { "GeoJSON", "a.geojson" },
            { "GPKG", "a.gpkg" },
            { "LIBKML", "a.kml" },
            { "CSV", "a.csv" },
        };

    /// <summary>A table with its geometry as text, made into another format by GDAL.</summary>
    private string Made(string format, string name, params string[] geometries)
    {
        File.WriteAllLines(scratch["wkt.csv"], ["id,WKT", .. geometries.Select((wkt, i) => $"{i + 1},\"{wkt}\"")]);
        string[] more = format == "CSV" ? ["-lco", "GEOMETRY=AS_WKT"] : [];
        string[] read = ["-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO", "-a_srs", "EPSG:4326"];
        Gdal.Run("ogr2ogr", ["-f", format, scratch[name], scratch["wkt.csv"], .. read, .. more]);
        return scratch[name];
    }

    private StoredLayer Add(string path) => new LayerStore(scratch["layers"]).Add(new AddLayer(path, "land-use"));

    private static bool IsDoubt(FileDefect defect) => defect.En.Contains("not certain", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Of_a_collection_the_polygon_is_taken_and_the_rest_is_listed(string format, string name)
    {
        var path = Made(
            format,
            name,
            $"GEOMETRYCOLLECTION ({Line},{Polygon},{Point})",
            $"GEOMETRYCOLLECTION ({Point},{Polygon})",
            $"GEOMETRYCOLLECTION ({Lines},GEOMETRYCOLLECTION ({Polygon}))",
            $"GEOMETRYCOLLECTION ({Line},{Point})"
        );
        var stored = Add(path);
        Assert.Equal((4L, 3L, 1L), (stored.SourceCount, stored.FeatureCount, stored.RefusedCount));
        Assert.Equal(3 * 9804.6891, stored.AreaSquareMetres, 1e-3);
        var left = stored.Defects.Where(defect => defect.Kind == LeftAside.Kind).ToList();
        Assert.Equal([1L, 2, 3], left.Select(defect => defect.SourceRow!.Value));
        Assert.All(left, defect => Assert.Equal(("1201", false), (defect.Rule, defect.Hard)));
        Assert.Equal([true, false, true], left.Select(defect => defect.En.Contains("lines", StringComparison.Ordinal)));
        Assert.Contains("a line", Assert.Single(stored.Defects, defect => defect.Hard).En, StringComparison.Ordinal);

        var report = Assert.Single(Inspection.Inspect(path).Layers);
        Assert.Equal((3L, 0L, 1L), (report.Records!.Taken, report.Records.Repaired, report.Records.Refused));
        Assert.Equal(3, report.Defects.Count(defect => defect.En.Contains("left aside", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("POLYGON ((9.4 47.0,9.5 47.0,9.5 47.1,9.4 47.0))")] // far away
    [InlineData("POLYGON ((0 0,100 0,100 80,0 0))")] // a local grid
    public void Small_numbers_outside_China_without_a_projection_are_a_question(string wkt)
    {
        Made("ESRI Shapefile", "a.shp", wkt);
        File.Delete(scratch["a.prj"]);
        var problem = Assert.Throws<Problem>(() => Add(scratch["a.shp"]));
        Assert.Equal("files.crs-undecided", problem.Code);
        Assert.Contains("outside China", problem.English, StringComparison.Ordinal);
        Assert.Contains("EPSG:4490", problem.Chinese, StringComparison.Ordinal);

        var report = Assert.Single(Inspection.Inspect(scratch["a.shp"]).Layers);
        Assert.Null(report.Crs);
        var candidate = Assert.Single(report.CrsCandidates);
        Assert.Equal(4490, candidate.Epsg);
        Assert.NotNull(candidate.Longitude);
        Assert.Contains(report.Defects, defect => defect is { Rule: "2101", Hard: true });

        var ordered = new AddLayer(scratch["a.shp"], "land-use", Crs: CoordinateSystem.Cgcs2000);
        Assert.Equal(1, new LayerStore(scratch["layers"]).Add(ordered).FeatureCount);
    }

    /// <summary>A Shapefile of GDAL in that encoding without a .cpg and with that language driver in its header.</summary>
    private string Unsaid(string encoding, byte languageDriver, params string[] names)
    {
        File.WriteAllLines(scratch["names.csv"], ["name,WKT", .. names.Select(name => $"{name},\"{Polygon}\"")]);
        string[] read = ["-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO", "-a_srs", "EPSG:4490"];
        Gdal.Run("ogr2ogr", ["-f", "ESRI Shapefile", "-lco", $"ENCODING={encoding}", scratch["a.shp"], scratch["names.csv"], .. read]);
        File.Delete(scratch["a.cpg"]);
        const int LanguageDriver = 29;
        var dbf = File.ReadAllBytes(scratch["a.dbf"]);
        dbf[LanguageDriver] = languageDriver;
        File.WriteAllBytes(scratch["a.dbf"], dbf);
        return scratch["a.shp"];
    }

    [Theory]
    [InlineData("CP1251", "windows-1251", "Москва", "Ростов", "поле")]
    [InlineData("KOI8-R", "koi8-r", "Москва", "Ростов", "поле")]
    [InlineData("CP1253", "windows-1253", "Λάρισα", "Σπάρτη", "Πειραιάς")]
    public void An_alphabet_in_one_byte_a_letter_is_a_question(string encoding, string named, params string[] names)
    {
        var path = Unsaid(encoding, 0, names);
        using (var file = SourceFile.Open(path))
        {
            var layer = Assert.Single(file.Layers);
            Assert.Contains("not certain", layer.EncodingBasis.En, StringComparison.Ordinal);
            var doubt = Assert.Single(layer.Defects, IsDoubt);
            Assert.Contains($"{named}“{names[0]}”", doubt.En, StringComparison.Ordinal);
            Assert.Contains($"{named}“{names[0]}”", doubt.Zh, StringComparison.Ordinal);
        }
        Assert.Contains(Add(path).Defects, defect => defect.En.Contains(named, StringComparison.Ordinal));
        using var ordered = SourceFile.Open(path, named);
        Assert.Equal(names, ordered.Layers[0].Read().Select(feature => feature.Values["name"]));
        Assert.DoesNotContain(ordered.Layers[0].Defects, IsDoubt);
    }

    [Theory]
    [InlineData(0, "周村区", "南郊镇", "水浇地")]
    [InlineData(0, "鑫淼", "旮旯村")] // rare characters, but words of no other script
    [InlineData(0x4D, "甲")]
    public void Chinese_is_certain(byte languageDriver, params string[] names)
    {
        using var file = SourceFile.Open(Unsaid("GBK", languageDriver, names));
        Assert.Equal(names, file.Layers[0].Read().Select(feature => feature.Values["name"]));
        Assert.DoesNotContain(file.Layers[0].Defects, IsDoubt);
    }

    /// <summary>Programs put their own code page into the header of whatever they copy.</summary>
    [Fact]
    public void A_Western_code_page_over_Chinese_text_is_doubted()
    {
        using var file = SourceFile.Open(Unsaid("GBK", 0x03, "周村区", "南郊镇水浇地"));
        var doubt = Assert.Single(file.Layers[0].Defects, IsDoubt);
        Assert.Contains("GB18030“周村区”", doubt.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_in_one_byte_a_letter_is_a_question_too()
    {
        var text = $"name;WKT\r\nМосква;\"{Polygon}\"\r\nРостов;\"{Polygon}\"\r\n";
        File.WriteAllBytes(scratch["a.csv"], System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes(text));
        using var file = SourceFile.Open(scratch["a.csv"]);
        var doubt = Assert.Single(file.Layers[0].Defects, IsDoubt);
        Assert.Contains("windows-1251“Москва", doubt.En, StringComparison.Ordinal);
    }
}
