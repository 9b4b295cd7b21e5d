using System.IO.Compression;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>What is read through GDAL, and what GDAL makes of what we write and we of what it writes.</summary>
public sealed class GdalFormatsTests : IDisposable
{
    private const string Drawing =
        "0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n5\n1A\n100\nAcDbEntity\n8\nDK\n100\nAcDbPolyline\n90\n4\n70\n1\n10\n39576750.886\n20\n4074660.879\n10\n39576849.058\n20\n4074661.762\n10\n39576848.159\n20\n4074761.642\n10\n39576749.988\n20\n4074760.758\n0\nLINE\n5\n1B\n100\nAcDbEntity\n8\n0\n100\nAcDbLine\n10\n39576750\n20\n4074660\n11\n39576850\n21\n4074660\n0\nENDSEC\n0\nEOF\n";

    /// <summary>A polyline with an arc, a circle, an old polyline, an old polyline with an arc: all of them closed.</summary>
    private const string Curves =
        "0\nSECTION\n2\nENTITIES\n"
        + "0\nLWPOLYLINE\n5\n1A\n100\nAcDbEntity\n8\nDK\n100\nAcDbPolyline\n90\n3\n70\n1\n10\n0\n20\n0\n42\n0.5\n10\n100\n20\n0\n10\n100\n20\n100\n"
        + "0\nCIRCLE\n5\n1C\n100\nAcDbEntity\n8\nDK\n100\nAcDbCircle\n10\n500\n20\n500\n40\n50\n"
        + "0\nPOLYLINE\n5\n2A\n8\nDK\n66\n1\n70\n1\n0\nVERTEX\n5\n2F\n8\nDK\n10\n0\n20\n0\n0\nVERTEX\n8\nDK\n10\n9\n20\n0\n42\n0.0\n0\nVERTEX\n8\nDK\n10\n9\n20\n9\n0\nSEQEND\n"
        + "0\nPOLYLINE\n5\n2B\n8\nDK\n66\n1\n70\n1\n0\nVERTEX\n8\nDK\n10\n0\n20\n0\n0\nVERTEX\n8\nDK\n10\n9\n20\n0\n42\n-1\n0\nVERTEX\n8\nDK\n10\n9\n20\n9\n0\nSEQEND\n"
        + "0\nENDSEC\n0\nEOF\n";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static List<SourceFeature> Features(string path, string format)
    {
        using var file = SourceFile.Open(path);
        Assert.Equal(format, file.Format);
        Assert.Equal(64, file.Sha256.Length);
        return [.. Assert.Single(file.Layers).Read()];
    }

    [Fact]
    public void Without_GDAL_the_package_is_named()
    {
        File.WriteAllText(scratch["a.dxf"], Drawing);
        Directory.CreateDirectory(scratch["a.gdb"]);
        File.WriteAllBytes(scratch["a.gdb/a00000001.gdbtable"], [3, 0, 0, 0]);
        const string setting = "WEIPIAN_OGR2OGR";
        var program = Environment.GetEnvironmentVariable(setting);
        foreach (var source in (string[])["a.dxf", "a.gdb"])
            try
            {
                Environment.SetEnvironmentVariable(setting, scratch["none/ogr2ogr"]);
                var problem = Assert.Throws<Problem>(() => SourceFile.Open(scratch[source]));
                Assert.Equal("files.gdal-missing", problem.Code);
                Assert.Contains("gdal-bin", problem.Chinese, StringComparison.Ordinal);
                Assert.Contains("gdal-bin", problem.English, StringComparison.Ordinal);
            }
            finally
            {
                Environment.SetEnvironmentVariable(setting, program);
            }
    }

    [Fact]
    public void What_GDAL_cannot_read_is_refused_with_its_words()
    {
        _ = Gdal.Run("ogrinfo", "--version");
        Directory.CreateDirectory(scratch["a.gdb"]);
        File.WriteAllBytes(scratch["a.gdb/a00000001.gdbtable"], [3, 0, 0, 0]);
        File.WriteAllBytes(scratch["a.dwg"], "AC1015 nothing"u8.ToArray());
        foreach (var source in (string[])["a.gdb", "a.dwg"])
        {
            var problem = Assert.Throws<Problem>(() => SourceFile.Open(scratch[source]));
            Assert.Equal("files.gdal-failed", problem.Code);
            Assert.DoesNotContain(Path.GetTempPath(), problem.English, StringComparison.Ordinal);
        }
        File.WriteAllBytes(scratch["b.dwg"], "AC1032 nothing"u8.ToArray());
        var release = Assert.Throws<Problem>(() => SourceFile.Open(scratch["b.dwg"]));
        Assert.Equal("files.drawing-version", release.Code);
        Assert.Contains("AutoCAD 2018", release.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void Arcs_in_polylines_become_chords_within_a_millimetre_and_other_curves_are_refused()
    {
        _ = Gdal.Run("ogrinfo", "--version");
        File.WriteAllText(scratch["a.dxf"], Curves);
        var features = Features(scratch["a.dxf"], "DXF (GDAL)");
        Assert.Equal(
            [("1A", null), ("1C", "curve"), ("2A", null), ("2B", null)],
            features.Select(feature => ((string)feature.Values["EntityHandle"]!, feature.GeometryFault?.Kind))
        );
        Assert.Contains("CIRCLE", features[1].GeometryFault!.En, StringComparison.Ordinal);
        Assert.Equal(["arc-in-chords", null, null, "arc-in-chords"], features.Select(feature => feature.Repair?.Kind));
        Assert.Contains("1 arcs (greatest radius 62.5)", features[0].Repair!.En, StringComparison.Ordinal);

        // A bulge of a half: four times the angle whose tangent it is, on a chord of 100; of minus one, half a circle inwards.
        var angle = 4 * Math.Atan(0.5);
        Assert.Equal(5000 + 62.5 * 62.5 / 2 * (angle - Math.Sin(angle)), PlaneArea(features[0]), 0.1);
        Assert.Equal(Math.Abs(40.5 - Math.PI * 4.5 * 4.5 / 2), PlaneArea(features[3]), 0.01);

        // Without handles nobody can tell which of the polylines has the arc: the layer says that there are some.
        File.WriteAllText(scratch["old.dxf"], System.Text.RegularExpressions.Regex.Replace(Curves, "\n5\n2[ABF]", ""));
        using var old = SourceFile.Open(scratch["old.dxf"]);
        Assert.Equal([null, "curve", null, null], old.Layers[0].Read().Select(feature => feature.GeometryFault?.Kind));
        Assert.Contains(
            old.Layers[0].Defects,
            defect => defect.Rule == "4101" && defect.En.Contains("2 polylines have arcs", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_arc_in_chords_is_listed_with_its_place_and_counts_as_repaired()
    {
        _ = Gdal.Run("ogrinfo", "--version");
        File.WriteAllText(
            scratch["a.dxf"],
            Drawing.Replace("20\n4074660.879\n10", "20\n4074660.879\n42\n0.2\n10", StringComparison.Ordinal)
        );
        Assert.Equal(new RecordCounts(0, 1, 1), Assert.Single(Inspection.Inspect(scratch["a.dxf"]).Layers).Records);
        var stored = new LayerStore(scratch["layers"]).Add(new(scratch["a.dxf"], "land-use"));
        var arc = Assert.Single(stored.Defects, defect => defect.Kind == "arc-in-chords");
        Assert.Equal((117.86, 36.80), (Math.Round(arc.Longitude!.Value, 6), Math.Round(arc.Latitude!.Value, 6)));
        Assert.Equal(1, arc.Number);
    }

    [Fact]
    public void Small_numbers_of_a_drawing_are_not_taken_for_degrees()
    {
        _ = Gdal.Run("ogrinfo", "--version");
        const string Square =
            "0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n5\n1A\n100\nAcDbEntity\n8\n0\n100\nAcDbPolyline\n90\n3\n70\n1\n"
            + "10\n0\n20\n0\n10\n80\n20\n0\n10\n80\n20\n60\n0\nENDSEC\n0\nEOF\n";
        File.WriteAllText(scratch["a.dxf"], Square);
        var layer = Assert.Single(Inspection.Inspect(scratch["a.dxf"]).Layers);
        Assert.Null(layer.Crs);
        Assert.Equal(4490, Assert.Single(layer.CrsCandidates).Epsg);
        var problem = Assert.Throws<Problem>(() => new LayerStore(scratch["layers"]).Add(new(scratch["a.dxf"], "land-use")));
        Assert.Equal("files.crs-undecided", problem.Code);
        Assert.Contains("--crs", problem.Chinese, StringComparison.Ordinal);
    }

    /// <summary>Of the ring in the plane of the drawing.</summary>
    private static double PlaneArea(SourceFeature feature)
    {
        var ring = Assert.Single(feature.Shape!.Rings);
        var sum = 0.0;
        for (var i = 0; i + 3 < ring.Length; i += 2)
            sum += ring[i] * ring[i + 3] - ring[i + 2] * ring[i + 1];
        return Math.Abs(sum / 2);
    }

    [Fact]
    public void Closed_lines_of_a_drawing_are_plots()
    {
        _ = Gdal.Run("ogrinfo", "--version");
        File.WriteAllText(scratch["a.dxf"], Drawing);
        var features = Features(scratch["a.dxf"], "DXF (GDAL)");
        Assert.Equal([null, "not-polygon"], features.Select(feature => feature.GeometryFault?.Kind));
        Assert.Equal("DK", features[0].Values["Layer"]);
        var area = ShapePreparation.Prepare(features[0].Shape!, CoordinateSystem.FromEpsg(4527)).AreaSquareMetres;
        Assert.Equal(9804.6891, area, 0.2);
    }

    /// <summary>Drawings that the Debian package z88-data brings; no program here writes a DWG.</summary>
    [Fact]
    public void A_real_DWG_is_read_with_all_its_layers_and_an_older_form_is_named()
    {
        _ = Gdal.Run("ogrinfo", "--version");
        const string Real = "/usr/share/z88/b16step5.dwg";
        if (!File.Exists(Real))
            Assert.Skip("needs drawings (Debian package z88-data)");
        using (var file = SourceFile.Open(Real))
        {
            Assert.Equal("DWG (GDAL)", file.Format);
            Assert.Equal(["0", "Z88KNR", "Z88EIO", "Z88NET"], file.Layers.Select(layer => layer.Name));
            var counted = Gdal.Run("ogrinfo", "-so", "-al", Real);
            foreach (var layer in file.Layers)
            {
                Assert.Contains(
                    $"Feature Count: {layer.Count}\n",
                    counted[counted.IndexOf($"Layer name: {layer.Name}\n", StringComparison.Ordinal)..],
                    StringComparison.Ordinal
                );
                Assert.Equal(layer.Count, layer.Read().Count(feature => feature.GeometryFault is not null));
            }
        }
        var other = Assert.Throws<Problem>(() => SourceFile.Open("/usr/share/z88/b16_n.dwg"));
        Assert.Equal("files.drawing-version", other.Code);
        Assert.Contains("AutoCAD 2004", other.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_geodatabase_as_a_folder_and_in_a_zip()
    {
        GeoPackageWriter.Write(scratch["s.gpkg"], "DLTB", Drawn.Fields, Drawn.Features(5), Drawn.Cgcs2000);
        var made = Gdal.Run("ogr2ogr", "-f", "OpenFileGDB", scratch["周村.gdb"], scratch["s.gpkg"]);
        Assert.True(Directory.Exists(scratch["周村.gdb"]), made);
        using (var zip = ZipFile.Open(scratch["a.zip"], ZipArchiveMode.Create))
            foreach (var file in Directory.EnumerateFiles(scratch["周村.gdb"]))
                zip.CreateEntryFromFile(file, $"数据/周村.gdb/{Path.GetFileName(file)}");
        foreach (
            var (path, format) in (ReadOnlySpan<(string, string)>)
                [(scratch["周村.gdb"], "FileGDB (GDAL)"), (scratch["a.zip"], "FileGDB (GDAL) (zip)")]
        )
        {
            var features = Features(path, format);
            Assert.Equal(5, features.Count);
            Assert.Equal(("周村区", 12.5), (features[0].Values["XMC"], features[0].Values["JCMJ"]));
            Assert.Equal(2, features[0].Shape!.Rings.Count);
        }
        var stored = new LayerStore(scratch["layers"]).Add(new(scratch["周村.gdb"], "land-use"));
        Assert.Equal(("周村.gdb.zip", 5L), (stored.OriginalName, stored.FeatureCount));
    }

    [Theory]
    [InlineData("GPKG", "r.gpkg")]
    [InlineData("ESRI Shapefile", "r.shp")]
    [InlineData("GeoJSON", "r.geojson")]
    [InlineData("KML", "r.kml")]
    [InlineData("CSV", "r.csv")]
    public void There_and_back_through_GDAL_nothing_moves(string driver, string name)
    {
        GeoPackageWriter.Write(scratch["s.gpkg"], "tb", Drawn.Fields, Drawn.Features(20), Drawn.Cgcs2000);
        string[] options =
            driver == "CSV" ? ["-lco", "GEOMETRY=AS_WKT"]
            : driver == "ESRI Shapefile" ? ["-lco", "ENCODING=GBK"]
            : [];
        Gdal.Run("ogr2ogr", ["-f", driver, scratch[name], scratch["s.gpkg"], .. options]);
        using var file = SourceFile.Open(scratch[name]);
        var read = Assert.Single(file.Layers).Read().ToList();
        Assert.Equal(20, read.Count);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(read[i].GeometryFault);
            var expected = Prepared(new Shape([Drawn.Features(20)[i].Polygons[0].Shell, Drawn.Features(20)[i].Polygons[0].Holes[0]]));
            var found = Prepared(read[i].Shape!);
            Assert.Equal(expected, found, 1e-3);
            if (driver != "KML")
                Assert.Equal("周村区", read[i].Values["XMC"]);
        }

        static double Prepared(Shape shape) => ShapePreparation.Prepare(shape, Drawn.Cgcs2000).AreaSquareMetres;
    }

    [Fact]
    public void GDAL_reads_what_we_write_and_hands_it_back()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        WrittenFeature[] features =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i => new WrittenFeature(
                    [new(Drawn.Square(39576000 + i * 200, 4074000, 100), [Drawn.Square(39576020 + i * 200, 4074020, 10)])],
                    Drawn.Feature(i).Values
                )),
        ];
        ShapefileWriter.Write(scratch["w.shp"], "w", Drawn.Fields, features, zone);
        GeoPackageWriter.Write(scratch["w.gpkg"], "w", Drawn.Fields, features, zone);
        foreach (var name in (string[])["w.shp", "w.gpkg"])
        {
            Gdal.Run("ogr2ogr", "-f", "GPKG", scratch[$"{name}.back.gpkg"], scratch[name]);
            using var file = SourceFile.Open(scratch[$"{name}.back.gpkg"]);
            var layer = Assert.Single(file.Layers);
            Assert.Equal(4527, CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent).Chosen!.Epsg);
            var read = layer.Read().ToList();
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(features[i].Polygons[0].Shell.Order(), read[i].Shape!.Rings[0].Order());
                Assert.Equal($"37030620180{i:D3}", read[i].Values["JCBH"]);
            }
        }
    }
}
