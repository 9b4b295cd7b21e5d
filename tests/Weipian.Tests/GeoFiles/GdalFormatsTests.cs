using System.IO.Compression;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>What is read through GDAL, and what GDAL makes of what we write and we of what it writes.</summary>
public sealed class GdalFormatsTests : IDisposable
{
    private const string Drawing =
        "0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n5\n1A\n100\nAcDbEntity\n8\nDK\n100\nAcDbPolyline\n90\n4\n70\n1\n10\n39576750.886\n20\n4074660.879\n10\n39576849.058\n20\n4074661.762\n10\n39576848.159\n20\n4074761.642\n10\n39576749.988\n20\n4074760.758\n0\nLINE\n5\n1B\n100\nAcDbEntity\n8\n0\n100\nAcDbLine\n10\n39576750\n20\n4074660\n11\n39576850\n21\n4074660\n0\nENDSEC\n0\nEOF\n";

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
        File.WriteAllBytes(scratch["a.dwg"], "AC1032 nothing"u8.ToArray());
        foreach (var source in (string[])["a.gdb", "a.dwg"])
            Assert.Equal("files.gdal-failed", Assert.Throws<Problem>(() => SourceFile.Open(scratch[source])).Code);
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
