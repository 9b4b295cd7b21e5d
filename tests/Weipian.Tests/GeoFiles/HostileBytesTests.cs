using System.IO.Compression;
using System.Text;
using CsCheck;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Whatever bytes come, a reader answers with features or with one refusal: no other exception, no end of memory, no
/// hang.</summary>
public sealed class HostileBytesTests : IDisposable
{
    private static readonly int Tries = Environment.GetEnvironmentVariable("WEIPIAN_LONG") == "1" ? 20_000 : 500;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>All that is allocated on the way, freed or not: an upper bound of what is held.</summary>
    private const long BytesMax = 500L << 20;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>Bytes changed, cut off or doubled at random places.</summary>
    internal static Gen<byte[]> Mutated(byte[] sound) =>
        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, 9])
            .Array[1, 12]
            .Select(changes =>
            {
                var bytes = (byte[])sound.Clone();
                foreach (var (at, value, kind) in changes)
                    if (kind == 0)
                        bytes = bytes[..Math.Max(1, at % (bytes.Length + 1))];
                    else if (at < bytes.Length)
                        bytes[at] =
                            kind < 4 ? (byte)(bytes[at] ^ (1 << (value % 8)))
                            : kind < 6 ? (byte)0xFF
                            : value;
                return bytes;
            });

    private void Survives(byte[] sound, string name, params (string Name, byte[] Bytes)[] beside)
    {
        foreach (var (other, bytes) in beside)
            File.WriteAllBytes(scratch[other], bytes);
        Mutated(sound).Sample(bytes => Read(name, bytes), iter: Tries, threads: 1, print: bytes => Convert.ToBase64String(bytes));
    }

    /// <summary>A reader that hangs does so again; one that waited for a busy machine does not.</summary>
    private bool Read(string name, byte[] bytes) => ReadWithinLimits(name, bytes) || ReadWithinLimits(name, bytes);

    /// <summary>Looks all through the file, repairs included; what could not be taken is counted, and nothing is lost between.</summary>
    private bool ReadWithinLimits(string name, byte[] bytes)
    {
        File.WriteAllBytes(scratch[name], bytes);
        var (clock, allocated) = (TimeProvider.System.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            var path = scratch["a." + (name.EndsWith("zip", StringComparison.Ordinal) ? "zip" : Whole(name))];
            foreach (var layer in Inspection.Inspect(path).Layers)
                if (layer.Records is { } records)
                    Assert.Equal(layer.Count, records.Taken + records.Repaired + records.Refused);
        }
        catch (Problem problem)
        {
            Assert.StartsWith("files.", problem.Code, StringComparison.Ordinal);
            Assert.Contains("没有导入任何内容", problem.Chinese, StringComparison.Ordinal);
        }
        return TimeProvider.System.GetElapsedTime(clock) < Longest && GC.GetAllocatedBytesForCurrentThread() - allocated < BytesMax;
    }

    /// <summary>The file to open when a part of it was changed.</summary>
    private static string Whole(string name) =>
        Path.GetExtension(name) is ".shx" or ".dbf" or ".cpg" or ".prj" ? "shp" : Path.GetExtension(name)[1..];

    private (byte[] Shp, byte[] Shx, byte[] Dbf) Shapefile()
    {
        ShapefileWriter.Write(scratch["s.shp"], "s", Drawn.Fields, Drawn.Features(5), Drawn.Cgcs2000);
        return (File.ReadAllBytes(scratch["s.shp"]), File.ReadAllBytes(scratch["s.shx"]), File.ReadAllBytes(scratch["s.dbf"]));
    }

    [Fact]
    public void Of_a_shp()
    {
        var (shp, shx, dbf) = Shapefile();
        Survives(shp, "a.shp", ("a.shx", shx), ("a.dbf", dbf));
    }

    [Fact]
    public void Of_a_shp_without_index() => Survives(Shapefile().Shp, "a.shp");

    [Fact]
    public void Of_a_shx()
    {
        var (shp, shx, _) = Shapefile();
        Survives(shx, "a.shx", ("a.shp", shp));
    }

    [Fact]
    public void Of_a_dbf()
    {
        var (shp, shx, dbf) = Shapefile();
        Survives(dbf, "a.dbf", ("a.shp", shp), ("a.shx", shx));
    }

    [Fact]
    public void Of_a_zip()
    {
        ShapefileWriter.Write(scratch["s.zip"], "s", Drawn.Fields, Drawn.Features(5), Drawn.Cgcs2000);
        Survives(File.ReadAllBytes(scratch["s.zip"]), "a.zip");
    }

    [Fact]
    public void Of_a_geopackage()
    {
        GeoPackageWriter.Write(scratch["s.gpkg"], "s", Drawn.Fields, Drawn.Features(200), Drawn.Cgcs2000);
        Survives(File.ReadAllBytes(scratch["s.gpkg"]), "a.gpkg");
    }

    [Fact]
    public void Of_a_GeoJson()
    {
        GeoJsonWriter.Write(scratch["s.geojson"], "s", Drawn.Fields, Drawn.Features(5));
        Survives(File.ReadAllBytes(scratch["s.geojson"]), "a.geojson");
    }

    [Fact]
    public void Of_a_survey_text()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        WrittenFeature[] features =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(i => new WrittenFeature(
                    [new(Drawn.Square(39576000 + i * 200, 4074000, 100), [Drawn.Square(39576020 + i * 200, 4074020, 10)])],
                    Drawn.Feature(i).Values
                )),
        ];
        SurveyTextWriter.Write(scratch["s.txt"], Drawn.Fields, features, zone);
        Survives(File.ReadAllBytes(scratch["s.txt"]), "a.txt");
    }

    [Theory]
    [InlineData("kml")]
    [InlineData("kmz")]
    public void Of_a_KML(string extension)
    {
        KmlWriter.Write(scratch[$"s.{extension}"], "s", Drawn.Fields, Drawn.Features(5));
        Survives(File.ReadAllBytes(scratch[$"s.{extension}"]), $"a.{extension}");
    }

    [Fact]
    public void Of_a_table_of_polygons() =>
        Survives(
            Encoding.UTF8.GetBytes(
                "JCBH,XMC,WKT\n1,周村区,\"POLYGON ((117.86 36.80, 117.8611 36.80, 117.8611 36.8009, 117.86 36.80))\"\n2,,\"MULTIPOLYGON (((117.87 36.80, 117.8711 36.80, 117.8711 36.8009, 117.87 36.80)))\"\n"
            ),
            "a.csv"
        );

    private const string Points =
        "地块编号,点号,圈号,X坐标,Y坐标,用途\n甲,J1,1,4074660.879,39576750.886,商服\n甲,J2,1,4074661.762,39576849.058,\n甲,J3,1,4074761.642,39576848.159,\n甲,J4,1,4074760.758,39576749.988,\n乙,J1,1,36°48′0″,117°51′36″,\n乙,J2,1,36.8,117.87,\n乙,J3,1,36.81,117.87,\n";

    [Fact]
    public void Of_a_list_of_points() => Survives(Encoding.UTF8.GetBytes(Points), "a.csv");

    [Fact]
    public void Of_a_workbook() =>
        Survives(CoordinateWorkbook.Of("界址点", [.. Points.Split('\n').Select(line => line.Split(','))]), "a.xlsx");

    [Theory]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/sharedStrings.xml")]
    [InlineData("xl/worksheets/sheet1.xml")]
    public void Of_a_part_inside_a_workbook(string part)
    {
        string[][] rows = [.. Points.Split('\n').Select(line => line.Split(','))];
        var sound = CoordinateWorkbook.Parts("界址点", rows).Single(p => p.Path == part).Text;
        Mutated(Encoding.UTF8.GetBytes(sound))
            .Sample(
                bytes => Read("a.xlsx", CoordinateWorkbook.Of("界址点", rows, (part, bytes))),
                iter: Tries,
                threads: 1,
                print: bytes => Convert.ToBase64String(bytes)
            );
    }

    [Fact]
    public void Of_a_VCT() => Survives(Encoding.UTF8.GetBytes(VctTests.Sound), "a.vct");

    [Theory]
    [InlineData("transform-seven-parameters.txt")]
    [InlineData("transform-control-points.txt")]
    public void Of_a_transformation(string example)
    {
        var sound = File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "examples", example));
        Mutated(sound)
            .Sample(
                bytes =>
                {
                    File.WriteAllBytes(scratch["t.txt"], bytes);
                    try
                    {
                        Assert.NotEmpty(TransformationFile.Read(scratch["t.txt"]).StatementEn);
                    }
                    catch (Problem problem)
                    {
                        Assert.Matches("^(files|geometry)\\.", problem.Code);
                    }
                },
                iter: Tries,
                threads: 1
            );
    }

    public static TheoryData<string, string> Deep { get; } =
        new()
        {
            { "a.geojson", Nested("{\"type\":\"GeometryCollection\",\"geometries\":[", "]}", 50_000) },
            { "b.geojson", "{\"type\":\"Polygon\",\"coordinates\":" + Nested("[", "]", 200_000) + "}" },
            { "a.kml", "<kml xmlns=\"http://www.opengis.net/kml/2.2\">" + Nested("<Folder>", "</Folder>", 100_000) + "</kml>" },
            { "b.kml", "<kml xmlns=\"x\"><Placemark>" + Nested("<MultiGeometry>", "</MultiGeometry>", 100_000) + "</Placemark></kml>" },
            { "a.csv", "number,WKT\n1,\"POLYGON " + Nested("(", ")", 500_000) + "\"\n" },
            { "b.csv", "number,WKT\n1,\"POLYGON((1 2,3 4,5 6))\"\n" + new string('"', 1_000_001) },
            { "c.csv", "X,Y\n" + new string(',', 3_000_000) },
            { "a.txt", "[地块坐标]\n" + new string('[', 1_000_000) },
            { "b.txt", "[地块坐标]\n999999999999,,,,面,,,,@\nJ1,99999999999999999999,1e999,1e308\n" },
            { "a.vct", "HeadBegin\n" + string.Concat(Enumerable.Repeat("HeadBegin\n", 100_000)) },
            { "b.vct", "HeadBegin\nHeadEnd\nLineBegin\n1\nc\ns\n1\n50000000\n11\n50000000\n1,2\n" },
            { "d.vct", "HeadBegin\nHeadEnd\nPolygonBegin\n1\nc\ns\n1\n1,2\n50000000\n11\n50000000\n1,2\n" },
            { "e.vct", "HeadBegin\nTopo:0\nHeadEnd\nPolygonBegin\n1\nc\ns\n1,2\n50000000\n1,2\n" },
            { "f.vct", "HeadBegin\nTopo:1\nHeadEnd\nPolygonBegin\n1\nc\ns\n1,2\n50000000\n-9223372036854775808\n" },
            { "c.vct", "HeadBegin\nHeadEnd\nPolygonBegin\n1\nc\ns\n100\n1,2\n21\n-9223372036854775808\n0\nPolygonEnd\n" },
            { "c.kml", "<!DOCTYPE kml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><kml>&a;</kml>" },
        };

    private static string Nested(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));

    [Theory]
    [MemberData(nameof(Deep))]
    public void Nesting_counts_and_entities_that_were_made_to_hurt(string name, string text)
    {
        File.WriteAllText(scratch[name], text);
        var (clock, allocated) = (TimeProvider.System.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            foreach (var layer in Inspection.Inspect(scratch[name]).Layers)
                if (layer.Records is { } records)
                    Assert.Equal(layer.Count, records.Taken + records.Repaired + records.Refused);
        }
        catch (Problem problem)
        {
            Assert.StartsWith("files.", problem.Code, StringComparison.Ordinal);
        }
        Assert.True(TimeProvider.System.GetElapsedTime(clock) < Longest);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < BytesMax);
    }

    [Theory]
    [InlineData("a.kmz", "doc.kml")]
    [InlineData("a.zip", "a.txt")]
    [InlineData("b.zip", "a.vct")]
    [InlineData("a.xlsx", "xl/worksheets/sheet1.xml")]
    public void A_bomb_under_any_name_is_stopped(string name, string entry)
    {
        using (var zip = ZipFile.Open(scratch[name], ZipArchiveMode.Create))
        {
            if (name.EndsWith(".xlsx", StringComparison.Ordinal))
                zip.CreateEntry("[Content_Types].xml");
            using var stream = zip.CreateEntry(entry, CompressionLevel.SmallestSize).Open();
            var blanks = new byte[1 << 20];
            blanks.AsSpan().Fill((byte)' ');
            for (var i = 0; i < 300; i++)
                stream.Write(blanks);
        }
        Assert.Equal("files.archive-bomb", Assert.Throws<Problem>(() => SourceFile.Open(scratch[name])).Code);
    }
}
