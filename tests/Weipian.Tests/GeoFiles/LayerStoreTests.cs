using NetTopologySuite.Geometries;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>The content-addressed store of layers.</summary>
public sealed class LayerStoreTests : IDisposable
{
    private static readonly IReadOnlyList<WrittenField> LandUseFields =
    [
        new("DLBM", "text", 5),
        new("TBBH", "text", 8),
        new("KCXS", "real", 6, 4),
        new("TBMJ", "real", 18, 2),
        new("BZ", "text", 40),
    ];

    private readonly Scratch scratch = new();
    private readonly LayerStore store;

    public LayerStoreTests() => store = new LayerStore(scratch["layers"]);

    public void Dispose() => scratch.Dispose();

    private static WrittenFeature LandUse(int i, double[] shell) => new([new(shell, [])], ["0101", $"{i}", 0.12, 8000.5, "备注"]);

    /// <summary>Squares side by side, sharing edges.</summary>
    private static IEnumerable<WrittenFeature> Row(int count) =>
        Enumerable.Range(0, count).Select(i => LandUse(i + 1, Drawn.Square(117.8 + i * 0.001, 36.8, 0.001)));

    private string File_(IEnumerable<WrittenFeature> features, string name = "地类.gpkg", bool ringsAsGiven = false)
    {
        GeoPackageWriter.Write(scratch[name], "DLTB", LandUseFields, features, Drawn.Cgcs2000, ringsAsGiven);
        return scratch[name];
    }

    private static AddLayer LandUse(string path) => new(path, "land-use", new DateOnly(2018, 12, 31), CodeStandard: "gbt21010-2017");

    [Fact]
    public void A_layer_is_kept_with_its_fields_its_original_and_its_area()
    {
        var layer = store.Add(LandUse(File_(Row(5))));
        Assert.Equal(64, layer.Id.Length);
        Assert.Equal(5, layer.FeatureCount);
        Assert.Equal(0, layer.RefusedCount);
        Assert.Equal("地类.gpkg", layer.OriginalName);
        Assert.Equal(File.ReadAllBytes(scratch["地类.gpkg"]), File.ReadAllBytes(store.OriginalPath(layer)));
        Assert.Equal(["DLBM"], layer.Map.Columns["code"]);
        var third = store.Feature(layer, 3)!;
        Assert.Equal("0101", third.Fields["code"]);
        Assert.Equal("3", third.Fields["number"]);
        Assert.Equal(0.12, third.Fields["kcxs"]);
        Assert.Equal(8000.5, third.Fields["area"]);
        Assert.Contains("\"BZ\":\"备注\"", third.SourceJson, StringComparison.Ordinal);
        Assert.Equal(4490, third.Geometry.SRID);
        Assert.Equal(layer.AreaSquareMetres, store.Features(layer).Sum(feature => feature.AreaSquareMetres), 6);
        Assert.Equal(117.8, layer.Extent.MinX, 12);
        Assert.Equal(layer, store.Get(layer.Id) with { Defects = layer.Defects, Map = layer.Map });
    }

    [Fact]
    public void The_normalised_file_is_sound_and_other_programs_may_go_on_with_a_copy_of_it()
    {
        const int count = 3000;
        var features = Enumerable
            .Range(0, count)
            .Select(i => LandUse(i + 1, Round(117.8 + i % 60 * 0.001, 36.8 + i / 60 * 0.001, i % 50 == 7 ? 1500 : 3 + i % 40)));
        var layer = store.Add(LandUse(File_(features)));
        Assert.Equal(count, layer.FeatureCount);
        File.Copy(store.GeoPackagePath(layer), scratch["copy.gpkg"]);
        using var copy = SqliteFile.GoOn(scratch["copy.gpkg"]);
        Assert.Equal("ok", Text(copy, "PRAGMA integrity_check"));
        Assert.Equal($"{count}", Text(copy, "SELECT seq FROM sqlite_sequence WHERE name = 'features'"));
        Assert.Equal($"{count}", Text(copy, "SELECT count(*) FROM features f JOIN rtree_features_geom r ON r.id = f.fid"));
        copy.Execute("DROP TRIGGER rtree_features_geom_insert"); // asks functions that SQLite alone does not have
        copy.Execute("INSERT INTO features (source_row, area_m2) VALUES (1, 2)");
        Assert.Equal($"{count + 1}", Text(copy, "SELECT max(fid) FROM features"));
        Assert.Equal("ok", Text(copy, "PRAGMA integrity_check"));
        Assert.Empty(store.Verify(layer.Id));
    }

    private static double[] Round(double longitude, double latitude, int corners) =>
        [
            .. Enumerable
                .Range(0, corners + 1)
                .Select(i => 2 * Math.PI * (i % corners) / corners)
                .SelectMany(angle => new[] { longitude + 0.0004 * Math.Cos(angle), latitude + 0.0004 * Math.Sin(angle) }),
        ];

    private static string Text(SqliteFile file, string query)
    {
        using var statement = file.Prepare(query);
        Assert.True(statement.Step());
        return statement.Text(0);
    }

    [Fact]
    public void The_same_content_twice_is_one_layer_in_whatever_format_it_comes()
    {
        var first = store.Add(LandUse(File_(Row(5))));
        Assert.Equal(first.Id, store.Add(LandUse(File_(Row(5), "again.gpkg"))).Id);
        ShapefileWriter.Write(scratch["地类.zip"], "DLTB", LandUseFields, Row(5), Drawn.Cgcs2000);
        GeoPackageWriter.Write(scratch["fid.gpkg"], "DLTB", LandUseFields, Row(5).Reverse(), Drawn.Cgcs2000);
        Assert.NotEqual(first.Id, store.Add(LandUse(scratch["fid.gpkg"])).Id);
        Assert.Equal(2, store.Ids().Count);
        Assert.Equal("地类.gpkg", store.Get(first.Id).OriginalName);
    }

    [Fact]
    public void Role_day_and_standard_belong_to_the_identity()
    {
        var path = File_(Row(2));
        string[] ids =
        [
            store.Add(LandUse(path)).Id,
            store.Add(LandUse(path) with { Role = "survey-change" }).Id,
            store.Add(LandUse(path) with { AsOf = new DateOnly(2019, 12, 31) }).Id,
            store.Add(LandUse(path) with { CodeStandard = "tdt1055-2019" }).Id,
        ];
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public void The_normalised_file_opens_in_GDAL_in_EPSG_4490()
    {
        var layer = store.Add(LandUse(File_(Row(5))));
        var said = Gdal.Run("ogrinfo", "-al", "-so", store.GeoPackagePath(layer), "features");
        Assert.Contains("Feature Count: 5", said, StringComparison.Ordinal);
        Assert.Contains("[\"EPSG\",4490]", said, StringComparison.Ordinal);
        Assert.DoesNotContain("arning", said, StringComparison.Ordinal);
        var found = Gdal.Run(
            "ogrinfo",
            "-al",
            "-spat",
            "117.8025",
            "36.8001",
            "117.8026",
            "36.8002",
            store.GeoPackagePath(layer),
            "features"
        );
        Assert.Contains("Feature Count: 1", found, StringComparison.Ordinal);
        Assert.Contains("number (String) = 3", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_of_a_box_are_found_and_only_those()
    {
        var layer = store.Add(LandUse(File_(Row(200))));
        var found = store.Features(layer, new Extent(117.8105, 36.8002, 117.8125, 36.8003)).Select(feature => feature.Number);
        Assert.Equal([11L, 12L, 13L], found);
        Assert.Empty(store.Features(layer, new Extent(10, 10, 11, 11)));
    }

    [Fact]
    public void A_projected_layer_is_stored_in_degrees()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        var square = WrittenFeature.From(Square(117.86, 36.8, 0.001), zone, "0101", "1", 0.0, 1.0, null);
        ShapefileWriter.Write(scratch["p.zip"], "DLTB", LandUseFields, [square], zone);
        var layer = store.Add(LandUse(scratch["p.zip"]));
        Assert.Equal(4527, layer.CrsEpsg);
        Assert.Contains("4527", layer.CrsStatement.En, StringComparison.Ordinal);
        var box = store.Feature(layer, 1)!.Geometry.EnvelopeInternal;
        Assert.Equal(117.86, box.MinX, 9);
        Assert.Equal(36.801, box.MaxY, 9);
    }

    [Fact]
    public void A_swapped_axis_is_understood_and_said()
    {
        var layer = store.Add(LandUse(File_([LandUse(1, Drawn.Square(36.8, 117.8, 0.001))])));
        Assert.True(layer.AxesSwapped);
        Assert.Equal(117.8, layer.Extent.MinX, 12);
    }

    [Fact]
    public void A_missing_prj_with_one_candidate_is_understood_and_with_several_refused()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        var square = WrittenFeature.From(Square(117.86, 36.8, 0.001), zone, "0101", "1", 0.0, 1.0, null);
        ShapefileWriter.Write(scratch["p.zip"], "DLTB", LandUseFields, [square], zone, new(WritePrj: false));
        var layer = store.Add(LandUse(scratch["p.zip"]));
        Assert.Equal(4527, layer.CrsEpsg);
        Assert.Contains(layer.Defects, defect => defect.Rule == "2101");

        var bare = CoordinateSystem.FromEpsg(4548);
        square = WrittenFeature.From(Square(117.86, 36.8, 0.001), bare, "0101", "1", 0.0, 1.0, null);
        ShapefileWriter.Write(scratch["q.zip"], "DLTB", LandUseFields, [square], bare, new(WritePrj: false));
        var problem = Assert.Throws<Problem>(() => store.Add(LandUse(scratch["q.zip"])));
        Assert.Equal("files.crs-undecided", problem.Code);
        Assert.Contains("4548", problem.English, StringComparison.Ordinal);
        Assert.Equal(4548, store.Add(LandUse(scratch["q.zip"]) with { Crs = bare }).CrsEpsg);
        Assert.Equal(4548, store.Add(LandUse(scratch["q.zip"]) with { Within = new Extent(117.5, 36.5, 118, 37) }).CrsEpsg);
    }

    [Fact]
    public void Beijing_1954_is_refused_by_name_and_taken_only_by_order()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        var square = WrittenFeature.From(Square(117.86, 36.8, 0.001), zone, "0101", "1", 0.0, 1.0, null);
        ShapefileWriter.Write(scratch["b.shp"], "b", LandUseFields, [square], zone);
        File.WriteAllText(
            scratch["b.prj"],
            "PROJCS[\"Beijing_1954_3_Degree_GK_Zone_39\",GEOGCS[\"GCS_Beijing_1954\",DATUM[\"D_Beijing_1954\",SPHEROID[\"Krasovsky_1940\",6378245.0,298.3]],"
                + "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",39500000.0],"
                + "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",117.0],PARAMETER[\"Scale_Factor\",1.0],"
                + "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
        );
        Assert.Equal("geometry.older-datum", Assert.Throws<Problem>(() => store.Add(LandUse(scratch["b.shp"]))).Code);
        var assumed = store.Add(LandUse(scratch["b.shp"]) with { AssumeDatum = true });
        Assert.True(assumed.Assumed);
        Assert.Contains("Beijing 1954", assumed.CrsStatement.En, StringComparison.Ordinal);
        Assert.Equal("original.zip", Path.GetFileName(store.OriginalPath(assumed)));
    }

    [Fact]
    public void A_bow_tie_is_repaired_and_listed_with_its_place_and_areas()
    {
        double[] bow = [117.8, 36.8, 117.801, 36.801, 117.801, 36.8, 117.8, 36.801, 117.8, 36.8];
        var layer = store.Add(LandUse(File_([LandUse(1, Drawn.Square(117.9, 36.8, 0.001)), LandUse(2, bow)])));
        var repair = Assert.Single(layer.Defects, defect => defect.Rule == "4101");
        Assert.Equal("self-crossing", repair.Kind);
        Assert.Equal((2L, 2L, false), (repair.SourceRow, repair.Number, repair.Hard));
        Assert.Equal(117.8005, repair.Longitude!.Value, 6);
        Assert.True(repair.AreaAfter > repair.AreaBefore);
        Assert.Equal(2, store.Feature(layer, 2)!.Geometry.NumGeometries);
    }

    [Fact]
    public void What_cannot_be_used_is_refused_one_by_one_and_listed()
    {
        WrittenFeature[] features =
        [
            LandUse(1, Drawn.Square(117.8, 36.8, 0.001)),
            new([], ["0101", "2", null, null, null]),
            LandUse(3, [double.NaN, 36.8, 117.8, 36.9, 117.9, 36.9, double.NaN, 36.8]),
            LandUse(4, Drawn.Square(117.9, 36.8, 0.001)),
        ];
        var layer = store.Add(LandUse(File_(features)));
        Assert.Equal((2L, 2L, 4L), (layer.FeatureCount, layer.RefusedCount, layer.SourceCount));
        Assert.Equal([2L, 3L], layer.Defects.Where(defect => defect.Hard).Select(defect => defect.SourceRow!.Value));
        Assert.Equal([1L, 4L], store.Features(layer).Select(feature => feature.SourceRow));
    }

    [Fact]
    public void Overlaps_inside_a_layer_are_listed_and_shared_edges_are_not()
    {
        var features = Row(10).Append(LandUse(11, Drawn.Square(117.8005, 36.8, 0.001)));
        var layer = store.Add(LandUse(File_(features)));
        var overlaps = layer.Defects.Where(defect => defect.Rule == "5101").ToList();
        Assert.Equal(2, overlaps.Count);
        var half = store.Feature(layer, 1)!.AreaSquareMetres / 2;
        Assert.All(overlaps, overlap => Assert.Equal(half, overlap.AreaAfter!.Value, 0));
    }

    [Fact]
    public void Dates_of_permits_are_stored_alike_and_unreadable_ones_said()
    {
        WrittenField[] fields = [new("PZWH", "text", 40), new("PZRQ", "text", 20)];
        WrittenFeature Permit(int i, string date) => new([new(Drawn.Square(117.8 + i, 36.8, 0.001), [])], [$"鲁政土字〔2018〕{i}号", date]);
        GeoPackageWriter.Write(
            scratch["p.gpkg"],
            "p",
            fields,
            [Permit(1, "2018年3月5日"), Permit(2, "20180305,20180410"), Permit(3, "春天")],
            Drawn.Cgcs2000
        );
        var layer = store.Add(new AddLayer(scratch["p.gpkg"], "approval"));
        Assert.Equal(["2018-03-05", "2018-03-05,2018-04-10", "春天"], store.Features(layer).Select(feature => feature.Fields["date"]));
        Assert.Equal(3L, Assert.Single(layer.Defects, defect => defect.Rule == "3101").SourceRow);
    }

    [Theory]
    [InlineData(AreaConvention.Formula)]
    [InlineData(AreaConvention.Source)]
    public void The_packed_cache_is_rebuilt_to_the_same_bytes(AreaConvention convention)
    {
        var layer = store.Add(LandUse(File_(Row(50))));
        byte[] first;
        using (var packed = store.Packed(layer, convention))
        {
            Assert.Equal(50, packed.Count);
            Assert.Equal(["0101"], packed.Codes);
            first = Bytes(packed);
        }
        store.DropCache();
        Assert.DoesNotContain(Directory.EnumerateFiles(scratch["layers"], "*.packed", SearchOption.AllDirectories), _ => true);
        using var again = store.Packed(layer, convention);
        Assert.Equal(first, Bytes(again));
        Assert.Empty(store.Verify(layer.Id));
    }

    [Fact]
    public void A_cache_that_is_not_whole_is_made_again()
    {
        var layer = store.Add(LandUse(File_(Row(50))));
        var cache = Assert.Single(Directory.EnumerateFiles(scratch["layers"], "*.packed", SearchOption.AllDirectories));
        File.WriteAllBytes(cache, [1, 2, 3]);
        using var packed = store.Packed(layer);
        Assert.Equal(50, packed.Count);
    }

    [Fact]
    public void Verify_finds_and_names_what_was_changed()
    {
        var layer = store.Add(LandUse(File_(Row(50))));
        Assert.Empty(store.Verify(layer.Id));
        Sql(layer, "UPDATE features SET code = '0102' WHERE fid = 7");
        Assert.Equal(["normalised"], store.Verify(layer.Id).Select(found => found.Part));
        Sql(layer, "UPDATE features SET code = '0101' WHERE fid = 7");
        Assert.Empty(store.Verify(layer.Id));
        Sql(layer, "DELETE FROM features WHERE fid = 50");
        Assert.Equal(["normalised"], store.Verify(layer.Id).Select(found => found.Part));
    }

    [Fact]
    public void Verify_finds_a_changed_byte_of_the_original_the_sheet_and_the_cache()
    {
        var layer = store.Add(LandUse(File_(Row(50))));
        var folder = Path.GetDirectoryName(store.GeoPackagePath(layer))!;
        foreach (var (name, part) in (ReadOnlySpan<(string, string)>)[("original.gpkg", "original"), ("formula.packed", "cache")])
        {
            var path = Path.Combine(folder, name);
            var sound = File.ReadAllBytes(path);
            var changed = (byte[])sound.Clone();
            changed[changed.Length / 2] ^= 1;
            File.WriteAllBytes(path, changed);
            Assert.Equal([part], store.Verify(layer.Id).Select(found => found.Part));
            File.WriteAllBytes(path, sound);
        }
        var sheet = Path.Combine(folder, "layer.json");
        File.WriteAllText(sheet, File.ReadAllText(sheet).Replace("land-use", "approval"));
        Assert.Equal(["normalised"], store.Verify(layer.Id).Select(found => found.Part));
        File.WriteAllText(sheet, "{");
        Assert.Equal(["sheet"], store.Verify(layer.Id).Select(found => found.Part));
        Assert.Equal("files.stored-layer-damaged", Assert.Throws<Problem>(() => store.Get(layer.Id)).Code);
    }

    [Fact]
    public void A_refused_layer_leaves_nothing_in_the_store()
    {
        File.WriteAllText(scratch["no.geojson"], "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":null}]}");
        Assert.Equal("files.nothing-usable", Assert.Throws<Problem>(() => store.Add(LandUse(scratch["no.geojson"]))).Code);
        Assert.Equal("files.filter-field", Assert.Throws<Problem>(() => store.Add(LandUse(File_(Row(2))) with { Where = "X = 1" })).Code);
        Assert.Equal(
            "files.nothing-selected",
            Assert.Throws<Problem>(() => store.Add(LandUse(File_(Row(2))) with { Where = "DLBM = 'x'" })).Code
        );
        Assert.Equal("files.unknown-role", Assert.Throws<Problem>(() => store.Add(LandUse(File_(Row(2))) with { Role = "x" })).Code);
        Assert.Equal(
            "files.map-column",
            Assert.Throws<Problem>(() => store.Add(LandUse(File_(Row(2))) with { Map = FieldMap.Parse(["code=X"]) })).Code
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch["layers"]));
    }

    [Fact]
    public void A_layer_that_was_broken_off_is_swept_away_by_the_next()
    {
        store.Add(LandUse(File_(Row(2))));
        var left = Directory.CreateDirectory(Path.Combine(scratch["layers"], ".adding-0123")).FullName;
        File.WriteAllText(Path.Combine(left, "lock"), "");
        File.WriteAllText(Path.Combine(left, "layer.gpkg"), "half");
        Assert.Single(store.Ids());
        store.Add(LandUse(File_(Row(3))));
        Assert.False(Directory.Exists(left));
        Assert.Equal(2, store.Ids().Count);
    }

    [Fact]
    public void A_layer_of_another_process_on_its_way_is_left_alone()
    {
        var left = Directory.CreateDirectory(Path.Combine(scratch["layers"], ".adding-0123")).FullName;
        using (new FileStream(Path.Combine(left, "lock"), FileMode.Create, FileAccess.Write, FileShare.None))
            store.Add(LandUse(File_(Row(3))));
        Assert.True(Directory.Exists(left));
    }

    [Fact]
    public void An_order_to_stop_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => store.Add(LandUse(File_(Row(3))), stop: stop.Token));
        Assert.Empty(store.Ids());
    }

    [Fact]
    public void An_unknown_layer_is_said()
    {
        Assert.Equal("files.no-such-stored-layer", Assert.Throws<Problem>(() => store.Get(new string('0', 64))).Code);
        Assert.Equal("files.no-such-stored-layer", Assert.Throws<Problem>(() => store.Get("../../etc")).Code);
    }

    [Fact]
    public void The_land_use_of_Liechtenstein_and_the_land_cover_of_Veneto_are_kept()
    {
        var path = SharedData.Require("real/liechtenstein/osm-later.gpkg");
        var layer = store.Add(
            new AddLayer(path, "land-use", Where: "landuse IS NOT NULL", Map: FieldMap.Parse(["code=landuse"]), CodeStandard: "none")
        );
        Assert.Equal(3_149, layer.SourceCount);
        Assert.Equal(0, layer.RefusedCount);
        Assert.Contains("WGS 84", layer.CrsStatement.En, StringComparison.Ordinal);
        Assert.Empty(store.Verify(layer.Id));
        var veneto = store.Add(
            new AddLayer(
                SharedData.Require("real/veneto/veneto-padova-10-comuni.gpkg"),
                "land-use",
                Map: FieldMap.Parse(["code=landuse,natural"])
            )
        );
        Assert.Equal(10_532, veneto.SourceCount);
        Assert.Contains(veneto.Defects, defect => defect.Rule == "4101");
    }

    private static Polygon Square(double x, double y, double side) =>
        new GeometryFactory().CreatePolygon([.. Drawn.Square(x, y, side).Chunk(2).Select(pair => new Coordinate(pair[0], pair[1]))]);

    private static byte[] Bytes(PackedLayer packed)
    {
        using var stream = new MemoryStream();
        packed.Write(stream);
        return stream.ToArray();
    }

    private void Sql(StoredLayer layer, string statement) => Tampering.Sql(store.GeoPackagePath(layer), statement);
}
