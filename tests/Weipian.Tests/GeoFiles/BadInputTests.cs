using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Bad input ends in one sentence in both languages, and nothing is left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private Problem Refused(string code, string path, params string[] said)
    {
        var problem = Assert.Throws<Problem>(() => Drain(path));
        Assert.Equal(code, problem.Code);
        foreach (var words in said.Append(Path.GetFileName(path)))
            Assert.Contains(words, problem.English, StringComparison.Ordinal);
        Assert.Contains("没有导入任何内容", problem.Chinese, StringComparison.Ordinal);
        Assert.Contains("Nothing was taken", problem.English, StringComparison.Ordinal);
        return problem;
    }

    private static void Drain(string path)
    {
        using var file = SourceFile.Open(path);
        foreach (var layer in file.Layers)
            _ = layer.Read().Count();
    }

    private string Shapefile(string name = "tb.shp")
    {
        ShapefileWriter.Write(scratch[name], "tb", Drawn.Fields, Drawn.Features(20), Drawn.Cgcs2000);
        return scratch[name];
    }

    private string Zip(params (string Name, byte[] Content)[] entries)
    {
        var path = scratch["a.zip"];
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
            using (var stream = zip.CreateEntry(name).Open())
                stream.Write(content);
        return path;
    }

    private string Bytes(string name, byte[] bytes)
    {
        File.WriteAllBytes(scratch[name], bytes);
        return scratch[name];
    }

    private static void Cut(string path, double share)
    {
        using var stream = File.OpenWrite(path);
        stream.SetLength((long)(stream.Length * share));
    }

    [Fact]
    public void An_empty_file() => Refused("files.empty", Bytes("a.zip", []), "0 bytes");

    [Fact]
    public void A_file_that_is_not_there() =>
        Assert.Equal("files.unreadable", Assert.Throws<Problem>(() => SourceFile.Open(scratch["none.zip"])).Code);

    [Theory]
    [InlineData("255044462D312E370A", "PDF")]
    [InlineData("FFD8FFE000104A46", "JPEG")]
    [InlineData("526172211A0701", "RAR")]
    [InlineData("377ABCAF271C0004", "7-Zip")]
    [InlineData("D0CF11E0A1B11AE1", "Office")]
    [InlineData("1F8B080000000000", "gzip")]
    [InlineData("4865616442656769", "bytes", "files.unknown-kind")] // half of the first word of a VCT
    [InlineData("5B CAF4 D0D4 C3E8 CAF6 5D", "survey text", "files.no-plots")] // [属性描述] in GBK
    public void A_file_of_another_kind_is_named_whatever_it_is_called(string hex, string named, string code = "files.other-kind")
    {
        foreach (var name in (string[])["a.zip", "a.gpkg", "a.geojson"])
            Refused(code, Bytes(name, Convert.FromHexString(hex.Replace(" ", ""))), named);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "web page")]
    [InlineData("<?xml version=\"1.0\"?><kml>", "XML", "files.damaged-xml")]
    [InlineData("HeadBegin\r\nDatamark:LANDUSE-VCT", "VCT", "files.damaged-vct")]
    [InlineData("[1,2]", "JSON array")]
    [InlineData("!table\r\n!version 300", "MapInfo table")]
    [InlineData("Version 300\r\nCharset \"WindowsLatin1\"", "MapInfo interchange")]
    [InlineData("<?xml version=\"1.0\"?><gpx version=\"1.1\">", "GPX")]
    public void A_text_of_another_kind_is_named_whatever_it_is_called(string start, string named, string code = "files.other-kind")
    {
        foreach (var name in (string[])["a.zip", "a.shp", "a.gpkg", "a.geojson"])
            Refused(code, Bytes(name, Encoding.UTF8.GetBytes(start)), named);
    }

    [Fact]
    public void A_Word_document_and_an_Excel_workbook_without_content_are_named()
    {
        Refused("files.other-kind", Zip(("[Content_Types].xml", []), ("word/document.xml", [])), "Word");
        File.Delete(scratch["a.zip"]);
        Refused("files.no-coordinate-table", Zip(("[Content_Types].xml", []), ("xl/nothing.xml", [])));
    }

    [Fact]
    public void Bytes_of_no_known_kind() => Refused("files.unknown-kind", Bytes("a.zip", [1, 2, 3, 4]), "01020304");

    [Fact]
    public void A_truncated_zip()
    {
        ShapefileWriter.Write(scratch["a.zip"], "tb", Drawn.Fields, Drawn.Features(50), Drawn.Cgcs2000);
        Cut(scratch["a.zip"], 0.7);
        Refused("files.truncated-archive", scratch["a.zip"]);
    }

    [Fact]
    public void A_zip_with_a_changed_byte_inside()
    {
        ShapefileWriter.Write(scratch["a.zip"], "tb", Drawn.Fields, Drawn.Features(50), Drawn.Cgcs2000);
        var bytes = File.ReadAllBytes(scratch["a.zip"]);
        bytes[400] ^= 0x55;
        Refused("files.damaged-archive", Bytes("a.zip", bytes));
    }

    [Fact]
    public void A_zip_bomb_is_stopped_before_it_unfolds()
    {
        using (var zip = ZipFile.Open(scratch["bomb.zip"], ZipArchiveMode.Create))
        using (var stream = zip.CreateEntry("a.shp", CompressionLevel.SmallestSize).Open())
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 300; i++) // 300 MB of nothing in 300 KB
                stream.Write(zeros);
        }
        Refused("files.archive-bomb", scratch["bomb.zip"], "a.shp", "268,435,456");
    }

    [Fact]
    public void A_zip_of_too_many_entries() =>
        Refused(
            "files.archive-bomb",
            Zip([.. Enumerable.Range(0, 10_001).Select(i => ($"{i}.txt", Array.Empty<byte>()))]),
            "10,001",
            "number of entries"
        );

    [Theory]
    [InlineData("../../etc/a.shp")]
    [InlineData("/etc/a.shp")]
    [InlineData("C:\\Windows\\a.shp")]
    [InlineData("ok/..\\..\\a.shp")]
    public void A_path_outside_the_archive(string name) => Refused("files.archive-path", Zip((name, [1])), name);

    [Fact]
    public void An_archive_in_an_archive() => Refused("files.nested-archive", Zip(("图斑.zip", [1])), "图斑.zip");

    [Fact]
    public void An_archive_without_layers() => Refused("files.archive-without-layers", Zip(("readme.txt", [1])), "readme.txt");

    [Fact]
    public void An_encrypted_entry()
    {
        var path = Zip(("a.shp", new byte[200]));
        var bytes = File.ReadAllBytes(path);
        bytes[6] |= 1; // local header
        var directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        bytes[directory + 8] |= 1;
        Refused("files.encrypted-archive", Bytes("a.zip", bytes), "a.shp");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_truncated_shp(bool withIndex)
    {
        var path = Shapefile();
        if (!withIndex)
            File.Delete(scratch["tb.shx"]);
        Cut(path, 0.5);
        Refused("files.truncated-shapefile", path);
    }

    [Fact]
    public void A_shp_cut_between_two_records()
    {
        var path = Shapefile();
        File.Delete(scratch["tb.shx"]);
        File.Delete(scratch["tb.dbf"]);
        var record = 8 + 2 * BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(path).AsSpan(104));
        using (var stream = File.OpenWrite(path))
            stream.SetLength(100 + 5 * record);
        Refused("files.truncated-shapefile", path, "record 6");
    }

    [Fact]
    public void A_truncated_dbf()
    {
        var path = Shapefile();
        Cut(scratch["tb.dbf"], 0.6);
        Assert.Contains("20 rows", Assert.Throws<Problem>(() => Drain(path)).English, StringComparison.Ordinal);
        Assert.Equal("files.truncated-dbf", Assert.Throws<Problem>(() => Drain(path)).Code);
    }

    [Fact]
    public void Shapes_and_rows_that_do_not_pair()
    {
        var path = Shapefile();
        ShapefileWriter.Write(scratch["other.shp"], "other", Drawn.Fields, Drawn.Features(19), Drawn.Cgcs2000);
        File.Copy(scratch["other.dbf"], scratch["tb.dbf"], overwrite: true);
        var problem = Assert.Throws<Problem>(() => Drain(path));
        Assert.Equal("files.unpaired-records", problem.Code);
        Assert.Contains("20 shapes", problem.English, StringComparison.Ordinal);
        Assert.Contains("19 rows", problem.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_shapefile_without_the_shp()
    {
        Shapefile();
        Refused("files.incomplete-shapefile", scratch["tb.dbf"], ".shp");
        Refused("files.incomplete-shapefile", scratch["tb.shx"], ".shp");
    }

    [Fact]
    public void An_sqlite_database_that_is_no_geopackage()
    {
        using (var connection = new SqliteConnection($"Data Source={scratch["a.gpkg"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE JCTB (JCBH TEXT)";
            command.ExecuteNonQuery();
        }
        Refused("files.not-geopackage", scratch["a.gpkg"], "JCTB");
    }

    [Fact]
    public void A_truncated_geopackage()
    {
        GeoPackageWriter.Write(scratch["a.gpkg"], "t", Drawn.Fields, Drawn.Features(2000), Drawn.Cgcs2000);
        Cut(scratch["a.gpkg"], 0.5);
        Refused("files.damaged-geopackage", scratch["a.gpkg"]);
    }

    [Fact]
    public void A_view_registered_as_a_layer_is_not_run()
    {
        GeoPackageWriter.Write(scratch["a.gpkg"], "t", Drawn.Fields, Drawn.Features(2), Drawn.Cgcs2000);
        Tampering.Sql(
            scratch["a.gpkg"],
            "CREATE VIEW v AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT i AS fid, NULL AS geom FROM c",
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'features', 'v', 4490)",
            "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POLYGON', 4490, 0, 0)"
        );
        using var file = SourceFile.Open(scratch["a.gpkg"]);
        Assert.Equal("t", Assert.Single(file.Layers).Name);
        Assert.Contains("view", Assert.Single(file.Defects).En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_geopackage_that_another_program_still_writes()
    {
        GeoPackageWriter.Write(scratch["a.gpkg"], "t", Drawn.Fields, Drawn.Features(2), Drawn.Cgcs2000);
        using var connection = new SqliteConnection($"Data Source={scratch["a.gpkg"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; UPDATE gpkg_contents SET description = 'x'";
        command.ExecuteNonQuery();
        Refused("files.geopackage-in-use", scratch["a.gpkg"]);
    }

    [Fact]
    public void Text_of_a_geopackage_in_another_encoding()
    {
        GeoPackageWriter.Write(scratch["a.gpkg"], "t", Drawn.Fields, Drawn.Features(3), Drawn.Cgcs2000);
        Tampering.Sql(scratch["a.gpkg"], "UPDATE t SET XMC = CAST(x'D6DCB4E5C7F8' AS TEXT) WHERE fid = 2");
        Refused("files.wrong-encoding", scratch["a.gpkg"], "layer t, row 2, field XMC", "D6DC", "--encoding GB18030");
    }

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"", "feature 1")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":NaN}]}", "feature 1")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]} x", "behind the end")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[1]}", "must be an object")]
    public void Damaged_GeoJson(string text, string said) =>
        Refused("files.damaged-geojson", Bytes("a.geojson", Encoding.UTF8.GetBytes(text)), said);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"type\":\"Topology\",\"objects\":{}}")]
    public void Json_that_is_no_GeoJson(string text) => Refused("files.not-geojson", Bytes("a.json", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void GeoJson_in_GBK()
    {
        var text =
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"XMC\":\"周村区\"}}]}";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Refused("files.damaged-geojson", Bytes("a.geojson", Encoding.GetEncoding("GBK").GetBytes(text)));
    }

    [Fact]
    public void Nothing_is_left_in_the_temporary_folder_after_a_refusal()
    {
        int Left() => Directory.EnumerateDirectories(Path.GetTempPath(), ".weipian-*").Count();
        var before = Left();
        Zip(("a.shp", new byte[200]), ("a.dbf", [1, 2, 3]));
        Assert.Throws<Problem>(() => Drain(scratch["a.zip"]));
        Assert.True(Left() <= before);
        Assert.Equal(["a.zip"], scratch.Names);
    }
}
