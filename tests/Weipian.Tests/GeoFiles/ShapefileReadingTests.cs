using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Shapefiles as they come: parts missing, records odd, text in every encoding.</summary>
public sealed class ShapefileReadingTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private string Written(int count = 3, ShapefileOptions? options = null, string name = "tb.shp")
    {
        ShapefileWriter.Write(scratch[name], "tb", Drawn.Fields, Drawn.Features(count), Drawn.Cgcs2000, options);
        return scratch[name];
    }

    private static List<SourceFeature> ReadAll(SourceFile file, string? layer = null) => [.. file.Layer(layer).Read()];

    [Fact]
    public void Reading_back_gives_the_values_that_were_written()
    {
        using var file = SourceFile.Open(Written());
        var layer = file.Layer(null);
        Assert.Equal("Shapefile", file.Format);
        Assert.Equal(3, layer.Count);
        Assert.Equal("polygon", layer.GeometryKind);
        Assert.Equal("GBK", layer.Encoding);
        Assert.Contains("tb.cpg", layer.EncodingBasis.En, StringComparison.Ordinal);
        Assert.Equal(["text", "text", "real", "integer", "date", "boolean"], layer.Fields.Select(field => field.Type));
        Assert.Equal(117.8, layer.Extent.MinX, 9);
        Assert.Equal(117.805, layer.Extent.MaxX, 9);
        var second = layer.Read().ElementAt(1);
        Assert.Equal(2, second.Row);
        Assert.Equal("37030620180001", second.Values["jcbh"]);
        Assert.Equal("周村区", second.Values["XMC"]);
        Assert.Equal(13.5, second.Values["JCMJ"]);
        Assert.Equal(1L, second.Values["OBJECTID"]);
        Assert.Equal(new DateOnly(2018, 3, 2), second.Values["QSX"]);
        Assert.Equal(false, second.Values["SFYN"]);
        Assert.Equal(2, second.Shape!.Rings.Count);
        Assert.Equal(10, second.Shape.Rings[0].Length);
    }

    [Fact]
    public void Rings_are_handed_on_as_they_lie_in_the_file()
    {
        // A bow-tie, not closed: nothing is mended while reading.
        var bow = new WrittenFeature([new([117.8, 36.8, 117.9, 36.9, 117.9, 36.8, 117.8, 36.9], [])], []);
        ShapefileWriter.Write(scratch["bow.shp"], "bow", [], [bow], Drawn.Cgcs2000, new(RingsAsGiven: true));
        using var file = SourceFile.Open(scratch["bow.shp"]);
        Assert.Equal(bow.Polygons[0].Shell, Assert.Single(ReadAll(file)).Shape!.Rings[0]);
    }

    [Fact]
    public void Several_layers_of_one_zip_are_told_apart_and_one_must_be_chosen()
    {
        WrittenLayer[] layers =
        [
            new("图斑", Drawn.Fields, Drawn.Features(3), Drawn.Cgcs2000),
            new("地类", Drawn.Fields, Drawn.Features(2), Drawn.Cgcs2000),
        ];
        ShapefileWriter.WriteZip(scratch["a.zip"], layers, new(ZipNamesInGbk: true));
        using var file = SourceFile.Open(scratch["a.zip"]);
        Assert.Equal("Shapefile (zip)", file.Format);
        Assert.Equal(["图斑", "地类"], file.Layers.Select(layer => layer.Name));
        Assert.Equal("files.several-layers", Assert.Throws<Problem>(() => file.Layer(null)).Code);
        var none = Assert.Throws<Problem>(() => file.Layer("道路"));
        Assert.Equal("files.no-such-layer", none.Code);
        Assert.Contains("图斑, 地类", none.English, StringComparison.Ordinal);
        Assert.Equal(2, file.Layer("地类").Count);
    }

    [Fact]
    public void A_missing_shx_and_prj_are_said_and_the_records_found()
    {
        using var file = SourceFile.Open(Written(5, new(WriteShx: false, WritePrj: false)));
        Assert.Equal(5, ReadAll(file).Count);
        Assert.Null(file.Layer(null).CrsText);
        Assert.Equal(["1201", "2101"], file.Layer(null).Defects.Select(defect => defect.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_dbf_leaves_geometry_without_attributes_and_says_so()
    {
        var path = Written();
        File.Delete(scratch["tb.dbf"]);
        using var file = SourceFile.Open(path);
        Assert.Empty(file.Layer(null).Fields);
        Assert.Equal(3, ReadAll(file).Count(feature => feature.Shape is not null));
        Assert.Contains(file.Layer(null).Defects, defect => defect.En.Contains(".dbf is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_with_a_wrong_length_is_stepped_over_by_its_own_counts()
    {
        var path = Written(3, new(WriteShx: false));
        var bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(100 + 4), 2); // the first record says it has four bytes
        File.WriteAllBytes(path, bytes);
        using var file = SourceFile.Open(path);
        Assert.All(ReadAll(file), feature => Assert.NotNull(feature.Shape));
        Assert.Contains(file.Layer(null).Defects, defect => defect.Row == 1);
    }

    [Fact]
    public void An_index_that_points_outside_is_left_aside()
    {
        var path = Written();
        var index = File.ReadAllBytes(scratch["tb.shx"]);
        BinaryPrimitives.WriteInt32BigEndian(index.AsSpan(100), 1);
        File.WriteAllBytes(scratch["tb.shx"], index);
        using var file = SourceFile.Open(path);
        Assert.Equal(3, ReadAll(file).Count);
        Assert.Contains(file.Layer(null).Defects, defect => defect.En.Contains("left aside", StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_that_do_not_fit_the_record_spoil_that_feature_only()
    {
        var path = Written();
        var bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(100 + 8 + 40), 1_000_000); // points of the first record
        File.WriteAllBytes(path, bytes);
        using var file = SourceFile.Open(path);
        var features = ReadAll(file);
        Assert.Equal("damaged", features[0].GeometryFault!.Kind);
        Assert.NotNull(features[1].Shape);
    }

    [Fact]
    public void Null_shapes_keep_their_row_and_say_why_there_is_no_geometry()
    {
        WrittenFeature[] features = [new([], ["1"]), Drawn.Feature(0) with { Values = ["2"] }];
        ShapefileWriter.Write(scratch["n.shp"], "n", [new("ID", "text", 2)], features, Drawn.Cgcs2000);
        using var file = SourceFile.Open(scratch["n.shp"]);
        var read = ReadAll(file);
        Assert.Equal("null", read[0].GeometryFault!.Kind);
        Assert.Equal("2", read[1].Values["ID"]);
    }

    [Fact]
    public void Rows_marked_as_deleted_are_left_out_and_the_others_keep_their_number()
    {
        var path = Written();
        var dbf = File.ReadAllBytes(scratch["tb.dbf"]);
        var header = BinaryPrimitives.ReadUInt16LittleEndian(dbf.AsSpan(8));
        var row = BinaryPrimitives.ReadUInt16LittleEndian(dbf.AsSpan(10));
        dbf[header + row] = (byte)'*';
        File.WriteAllBytes(scratch["tb.dbf"], dbf);
        using var file = SourceFile.Open(path);
        Assert.Equal([1L, 3L], ReadAll(file).Select(feature => feature.Row));
        Assert.Equal(2, file.Layer(null).Count);
    }

    [Theory]
    [InlineData(15)] // PolygonZ
    [InlineData(25)] // PolygonM
    public void Heights_and_measures_are_left_out(int type)
    {
        double[] ring = Drawn.Square(117.8, 36.8, 0.001);
        File.WriteAllBytes(scratch["z.shp"], OnePolygon(type, ring));
        using var file = SourceFile.Open(scratch["z.shp"]);
        Assert.Equal(ring, Assert.Single(ReadAll(file)).Shape!.Rings[0]);
    }

    [Theory]
    [InlineData("utf-8", "UTF-8")]
    [InlineData("65001", "UTF-8")]
    [InlineData("GBK", "GBK")]
    [InlineData("936", "GBK")]
    [InlineData("cp936", "GBK")]
    [InlineData("ANSI 936", "GBK")]
    [InlineData("GB2312", "GBK")]
    [InlineData("gb18030", "GB18030")]
    [InlineData("54936", "GB18030")]
    [InlineData("OEM 936\r\n", "GBK")]
    public void Every_spelling_of_a_cpg_is_understood(string cpg, string encoding)
    {
        var path = Written(2, new(encoding == "UTF-8" ? "UTF-8" : "GBK"));
        File.WriteAllText(scratch["tb.cpg"], cpg);
        using var file = SourceFile.Open(path);
        Assert.Equal(encoding, file.Layer(null).Encoding);
        Assert.All(ReadAll(file), feature => Assert.Equal("周村区", feature.Values["XMC"]));
    }

    [Theory]
    [InlineData("GBK", "GB18030")]
    [InlineData("UTF-8", "UTF-8")]
    public void Without_any_statement_the_text_itself_decides(string written, string found)
    {
        var path = Written(2, new(written, WriteCpg: false));
        Patch(scratch["tb.dbf"], at: 29, value: 0);
        using var file = SourceFile.Open(path);
        Assert.Equal(found, file.Layer(null).Encoding);
        Assert.StartsWith("not said", file.Layer(null).EncodingBasis.En, StringComparison.Ordinal);
        Assert.All(ReadAll(file), feature => Assert.Equal("周村区", feature.Values["XMC"]));
    }

    [Theory]
    [InlineData(0x4D)]
    [InlineData(0x7A)]
    public void The_language_driver_of_Chinese_programs_means_GBK(byte driver)
    {
        var path = Written(2, new(WriteCpg: false));
        Patch(scratch["tb.dbf"], at: 29, value: driver);
        using var file = SourceFile.Open(path);
        Assert.Equal("GBK", file.Layer(null).Encoding);
        Assert.Contains($"0x{driver:X2}", file.Layer(null).EncodingBasis.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_driver_that_the_text_contradicts_gives_way_and_that_is_said()
    {
        var path = Written(3, new("UTF-8", WriteCpg: false));
        Patch(scratch["tb.dbf"], at: 29, value: 0x4D);
        using var file = SourceFile.Open(path);
        Assert.Equal("UTF-8", file.Layer(null).Encoding);
        Assert.Contains(file.Layer(null).Defects, defect => defect.En.Contains("all of the text is UTF-8", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GBK", "UTF-8", "GB18030")]
    [InlineData("UTF-8", "GBK", "UTF-8")]
    public void A_cpg_that_the_text_contradicts_refuses_and_names_the_encoding_that_fits(string written, string said, string fitting)
    {
        var path = Written(3, new(written));
        File.WriteAllText(scratch["tb.cpg"], said);
        var problem = Assert.Throws<Problem>(() => SourceFile.Open(path));
        Assert.Equal("files.wrong-encoding", problem.Code);
        Assert.Contains("row 1, field XMC", problem.English, StringComparison.Ordinal);
        Assert.Contains($"--encoding {fitting}", problem.English, StringComparison.Ordinal);
        Assert.Contains($"--encoding {fitting}", problem.Chinese, StringComparison.Ordinal);
        using var file = SourceFile.Open(path, fitting);
        Assert.All(ReadAll(file), feature => Assert.Equal("周村区", feature.Values["XMC"]));
    }

    [Fact]
    public void The_order_of_the_user_goes_first_and_is_tested_too()
    {
        var path = Written(3, new("GBK"));
        Assert.Equal("files.wrong-encoding", Assert.Throws<Problem>(() => SourceFile.Open(path, "utf8")).Code);
        Assert.Equal("files.unknown-encoding", Assert.Throws<Problem>(() => SourceFile.Open(path, "klingon")).Code);
    }

    [Fact]
    public void A_rare_character_of_a_name_is_read_though_the_file_says_GBK()
    {
        WrittenFeature[] features = [Drawn.Feature(0) with { Values = ["𠮷田"] }];
        ShapefileWriter.Write(scratch["r.shp"], "r", [new("XM", "text", 20)], features, Drawn.Cgcs2000, new("GB18030", WriteCpg: false));
        using var file = SourceFile.Open(scratch["r.shp"]);
        Assert.Equal("𠮷田", Assert.Single(ReadAll(file)).Values["XM"]);
    }

    /// <summary>Almost any bytes are valid GB18030: those of Western words would become rare characters.</summary>
    [Theory]
    [InlineData("Côte d'Ivoire", "windows-1252")]
    [InlineData("São Tomé e Príncipe", "windows-1252")]
    [InlineData("Suaçuí", "windows-1252")]
    [InlineData("朱镕基", "GB18030")]
    [InlineData("B类", "GB18030")]
    public void Western_text_without_any_statement_is_told_from_Chinese(string name, string encoding)
    {
        WrittenFeature[] features = [Drawn.Feature(0) with { Values = [name] }];
        ShapefileWriter.Write(scratch["w.shp"], "w", [new("XM", "text", 30)], features, Drawn.Cgcs2000, new(encoding, WriteCpg: false));
        Patch(scratch["w.dbf"], at: 29, value: 0);
        using var file = SourceFile.Open(scratch["w.shp"]);
        Assert.Equal(encoding, file.Layer(null).Encoding);
        Assert.Equal(name, Assert.Single(ReadAll(file)).Values["XM"]);
        Assert.Equal(
            encoding == "windows-1252",
            file.Layer(null).Defects.Any(defect => defect.Rule == "1201" && defect.En.Contains("Western", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_character_cut_at_the_end_of_its_field_is_left_out_and_said()
    {
        WrittenFeature[] features = [Drawn.Feature(0) with { Values = ["周村区北郊镇"] }];
        ShapefileWriter.Write(scratch["c.shp"], "c", [new("XM", "text", 12)], features, Drawn.Cgcs2000);
        var dbf = File.ReadAllBytes(scratch["c.dbf"]);
        dbf[^2] = 0xD6; // the last byte of the row: half a character
        dbf[^3] = (byte)'A';
        File.WriteAllBytes(scratch["c.dbf"], dbf);
        using var file = SourceFile.Open(scratch["c.shp"]);
        Assert.Equal("周村区北郊A", Assert.Single(ReadAll(file)).Values["XM"]);
        Assert.Contains(file.Layer(null).Defects, defect => defect.Rule == "3102" && defect.Row == 1);
    }

    [Fact]
    public void Columns_of_one_name_are_numbered()
    {
        var path = Written();
        var dbf = File.ReadAllBytes(scratch["tb.dbf"]);
        Encoding.ASCII.GetBytes("JCBH\0").CopyTo(dbf, 64);
        File.WriteAllBytes(scratch["tb.dbf"], dbf);
        using var file = SourceFile.Open(path);
        Assert.Equal(["JCBH", "JCBH_2"], file.Layer(null).Fields.Take(2).Select(field => field.Name));
    }

    [Fact]
    public void Numbers_that_did_not_fit_and_days_that_are_none_are_not_invented()
    {
        var path = Written(1);
        var dbf = File.ReadAllBytes(scratch["tb.dbf"]);
        var header = BinaryPrimitives.ReadUInt16LittleEndian(dbf.AsSpan(8));
        Encoding.ASCII.GetBytes(new string('*', 16)).CopyTo(dbf, header + 1 + 20 + 30);
        Encoding.ASCII.GetBytes("20189999").CopyTo(dbf, header + 1 + 20 + 30 + 16 + 10);
        File.WriteAllBytes(scratch["tb.dbf"], dbf);
        using var file = SourceFile.Open(path);
        var values = Assert.Single(ReadAll(file)).Values;
        Assert.Null(values["JCMJ"]);
        Assert.Equal("20189999", values["QSX"]);
    }

    [Fact]
    public void A_zip_packed_on_a_Mac_is_read_without_its_shadows()
    {
        Written(2);
        using (var zip = ZipFile.Open(scratch["mac.zip"], ZipArchiveMode.Create))
            foreach (var part in Directory.GetFiles(scratch.Folder, "tb.*"))
            {
                zip.CreateEntryFromFile(part, "图层/" + Path.GetFileName(part));
                zip.CreateEntry("__MACOSX/图层/._" + Path.GetFileName(part));
            }
        using var file = SourceFile.Open(scratch["mac.zip"]);
        Assert.Equal(2, Assert.Single(file.Layers).Count);
    }

    [Theory]
    [InlineData("nts/BJmultipolygon.shp", 18, "GBK")]
    [InlineData("nts/AllNulls.shp", 1, "UTF-8")]
    [InlineData("nts/UnifiedChecksMaterialNullInMiddle.shp", 3, "")]
    [InlineData("nts/crustal_test_bugged.shp", 19, "GB18030")]
    [InlineData("nts/DEPARTEMENT.SHP", 96, "UTF-8")]
    [InlineData("nts/error_union.shp", 511, "windows-1252")]
    [InlineData("mapshaper/shapefile/six_counties.shp", 6, "UTF-8")]
    [InlineData("mapshaper/shapefile/polygons.shp", 3, "")]
    [InlineData("mapshaper/dbf/ldid/chinese.shp", 1, "GBK")]
    [InlineData("mapshaper/dbf/cpg/big5.shp", 1, "Big5")]
    public void Odd_files_of_the_corpora_are_read(string name, int count, string encoding)
    {
        using var file = SourceFile.Open(SharedData.Require($"corpora/shapefiles/{name}"));
        Assert.Equal(count, file.Layer(null).Count);
        Assert.Equal(count, ReadAll(file).Count);
        Assert.Equal(encoding, file.Layer(null).Encoding);
    }

    [Fact]
    public void The_dbf_of_two_encodings_in_the_corpora_give_their_Chinese()
    {
        using var gbk = SourceFile.Open(SharedData.Require("corpora/shapefiles/mapshaper/dbf/ldid/chinese.shp"));
        Assert.Equal("简体", Assert.Single(ReadAll(gbk)).Values.Values.First());
        using var big5 = SourceFile.Open(SharedData.Require("corpora/shapefiles/mapshaper/dbf/cpg/big5.shp"));
        Assert.Equal("國語", Assert.Single(ReadAll(big5)).Values.Values.First());
    }

    private static void Patch(string path, int at, byte value)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] = value;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>A .shp with one ring of the type, heights and measures behind its points.</summary>
    private static byte[] OnePolygon(int type, double[] ring)
    {
        var points = ring.Length / 2;
        var more = (type == 15 ? 2 : 1) * (16 + 8 * points);
        var bytes = new byte[100 + 8 + 48 + 8 * ring.Length + more];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 9994);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), bytes.Length / 2);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 1000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), type);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(100), 1);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(104), (bytes.Length - 108) / 2);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(108), type);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(144), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(148), points);
        for (var i = 0; i < ring.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(156 + 8 * i), ring[i]);
        return bytes;
    }
}
