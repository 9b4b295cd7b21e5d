using System.Text.Json;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>What <c>weipian inspect</c> says of a file.</summary>
public sealed class InspectionTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static LayerReport Only(FileReport report) => Assert.Single(report.Layers);

    [Fact]
    public void Layers_fields_samples_encoding_and_extent_are_told()
    {
        ShapefileWriter.Write(scratch["图斑.zip"], "图斑", Drawn.Fields, Drawn.Features(7), Drawn.Cgcs2000);
        var report = Inspection.Inspect(scratch["图斑.zip"]);
        Assert.Equal("Shapefile (zip)", report.Format);
        Assert.Equal(64, report.Sha256.Length);
        var layer = Only(report);
        Assert.Equal((7L, "polygon", "GBK"), (layer.Count, layer.GeometryKind, layer.Encoding));
        Assert.Equal(4490, layer.Crs!.Epsg);
        Assert.Equal("patch", layer.RoleGuess);
        Assert.Equal("JCBH", layer.MapGuess["number"]);
        Assert.Equal(7L, layer.GeometryCounts["polygon"]);
        var name = layer.Fields.Single(field => field.Name == "XMC");
        Assert.Equal((7L, "周村区"), (name.Filled, Assert.Single(name.Samples)));
        Assert.Equal(5, layer.Fields.Single(field => field.Name == "JCBH").Samples.Count);
        Assert.True(layer.AreaSquareMetres > 0);
        Assert.Contains("HSX", Assert.Single(layer.Defects).En, StringComparison.Ordinal);
    }

    [Fact]
    public void Defects_are_counted_by_the_national_rules()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        double[] Ring(double x, double y) => Drawn.Square(39_576_000 + x, 4_074_000 + y, 100);
        WrittenFeature[] features =
        [
            new([new(Ring(0, 0), [])], ["1", "20180101", "20180601"]),
            new([new(Ring(50, 0), [])], ["2", "20180101", "六月"]),
            new([new([39_577_000, 4_074_000, 39_577_100, 4_074_100, 39_577_100, 4_074_000, 39_577_000, 4_074_100], [])], ["3", null, null]),
            new([], ["4", null, null]),
        ];
        WrittenField[] fields = [new("JCBH", "text", 10), new("QSX", "text", 10), new("HSX", "text", 10)];
        ShapefileWriter.Write(scratch["a.shp"], "a", fields, features, zone, new(WritePrj: false, RingsAsGiven: true));
        var layer = Only(Inspection.Inspect(scratch["a.shp"]));
        Assert.Equal(4527, layer.Crs!.Epsg);
        Assert.Equal(1L, layer.GeometryCounts["null"]);
        Assert.Equal(["1201", "2101", "3101", "4101", "5101"], layer.DefectCounts.Keys);
        Assert.Contains(layer.Defects, defect => defect is { Rule: "1201", Hard: true, Row: 4 });
        Assert.Contains(layer.Defects, defect => defect is { Rule: "3101", Row: 2 });
        Assert.Contains(layer.Defects, defect => defect is { Rule: "4101", Row: 3, Hard: false });
        Assert.Contains(
            layer.Defects,
            defect => defect is { Rule: "5101", Row: 1 } && defect.En.Contains("record 2", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Candidates_are_shown_when_the_coordinate_system_is_open()
    {
        var crs = CoordinateSystem.FromEpsg(4548);
        var feature = new WrittenFeature([new(Drawn.Square(576_000, 4_074_000, 100), [])], []);
        ShapefileWriter.Write(scratch["a.shp"], "a", [], [feature], crs, new(WritePrj: false));
        var layer = Only(Inspection.Inspect(scratch["a.shp"]));
        Assert.Null(layer.Crs);
        Assert.Null(layer.AreaSquareMetres);
        Assert.Contains(layer.CrsCandidates, candidate => candidate.Epsg == 4548);
        Assert.Contains(layer.Defects, defect => defect is { Rule: "2101", Hard: true });
    }

    [Fact]
    public void An_older_datum_is_named_and_the_rest_still_told()
    {
        ShapefileWriter.Write(scratch["a.shp"], "a", Drawn.Fields, Drawn.Features(2), Drawn.Cgcs2000);
        File.WriteAllText(
            scratch["a.prj"],
            "GEOGCS[\"GCS_Xian_1980\",DATUM[\"D_Xian_1980\",SPHEROID[\"Xian_1980\",6378140.0,298.257]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"
        );
        var layer = Only(Inspection.Inspect(scratch["a.shp"]));
        Assert.Null(layer.Crs);
        Assert.Equal(2L, layer.Count);
        Assert.Contains(
            layer.Defects,
            defect => defect is { Rule: "2101", Hard: true } && defect.En.Contains("1980", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Findings_without_end_are_counted_and_only_the_first_shown()
    {
        var features = Enumerable.Range(0, 500).Select(_ => new WrittenFeature([], ["1"]));
        GeoPackageWriter.Write(scratch["a.gpkg"], "a", [new("ID", "text")], features, Drawn.Cgcs2000);
        var layer = Only(Inspection.Inspect(scratch["a.gpkg"]));
        Assert.Equal(500L, layer.DefectCounts["1201"]);
        Assert.Equal(Inspection.DefectsShownMax, layer.Defects.Count(defect => defect.Rule == "1201"));
    }

    [Fact]
    public void The_report_is_one_JSON_document_and_nothing_is_written()
    {
        GeoJsonWriter.Write(scratch["a.geojson"], "a", Drawn.Fields, Drawn.Features(2));
        var text = JsonSerializer.Serialize(Inspection.Inspect(scratch["a.geojson"]), JsonSerializerOptions.Web);
        Assert.Equal("GeoJSON", JsonDocument.Parse(text).RootElement.GetProperty("format").GetString());
        Assert.Equal(["a.geojson"], scratch.Names);
    }

    [Fact]
    public void Every_file_of_the_corpora_is_told_or_refused()
    {
        var root = SharedData.Require("corpora/shapefiles");
        var read = 0;
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            try
            {
                read += Inspection.Inspect(path).Layers.Count;
            }
            catch (Problem problem)
            {
                Assert.StartsWith("files.", problem.Code, StringComparison.Ordinal);
            }
        Assert.True(read > 80, $"{read} layers");
    }
}
