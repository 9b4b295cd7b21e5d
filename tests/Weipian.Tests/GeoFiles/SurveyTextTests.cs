using System.Text;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>勘测定界 TXT, in every form in which it comes.</summary>
public sealed class SurveyTextTests : IDisposable
{
    private const string Head = """
        [属性描述]
        格式版本号=1.01
        数据产生单位=
        数据产生日期=2019-5-1
        坐标系=2000国家大地坐标系
        几度分带=3
        投影类型=高斯克吕格
        计量单位=米
        带号=39
        精度=0.001
        转换参数=,,,,,,
        [地块坐标]

        """;

    /// <summary>The golden rectangle: 9804.6891 m² on the ellipsoid, 9806.114 m² in the plane.</summary>
    private const string Golden = """
        5,0.9806,1,某某地块,面,J50G001001,商服用地,0501,@
        J1,1,4074660.879,39576750.886
        J2,1,4074661.762,39576849.058
        J3,1,4074761.642,39576848.159
        J4,1,4074760.758,39576749.988
        J1,1,4074660.879,39576750.886

        """;

    private const double GoldenSquareMetres = 9804.6891;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private string Txt(string text, string encoding = "GBK", bool mark = false, string name = "界址.txt")
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var into = Encoding.GetEncoding(encoding);
        File.WriteAllBytes(scratch[name], [.. mark ? into.Preamble : [], .. into.GetBytes(text)]);
        return scratch[name];
    }

    private static (SourceLayer Layer, IReadOnlyList<SourceFeature> Features) Read(string path)
    {
        using var file = SourceFile.Open(path);
        var layer = Assert.Single(file.Layers);
        return (layer, [.. layer.Read()]);
    }

    private static double Measured(SourceLayer layer, SourceFeature feature)
    {
        var detection = CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent);
        Assert.NotNull(detection.Chosen);
        Assert.Null(feature.GeometryFault);
        return ShapePreparation.Prepare(feature.Shape!, detection.Chosen, detection.AxesSwapped).AreaSquareMetres;
    }

    private void Measures(string text, double squareMetres = GoldenSquareMetres)
    {
        var (layer, features) = Read(Txt(text));
        Assert.Equal(squareMetres, Measured(layer, Assert.Single(features)), 0.2);
    }

    private Problem Refused(string code, string text)
    {
        var path = Txt(text);
        var problem = Assert.Throws<Problem>(() => Read(path));
        Assert.Equal(code, problem.Code);
        Assert.Contains("没有导入任何内容", problem.Chinese, StringComparison.Ordinal);
        return problem;
    }

    [Fact]
    public void A_text_that_ends_before_its_last_plot_is_whole() =>
        Assert.Contains(
            "announces 5",
            Refused("files.truncated-coordinates", Head + Golden[..Golden.IndexOf("J4", StringComparison.Ordinal)]).English,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_last_line_that_was_cut_behind_its_ring_is_no_point() =>
        Refused("files.truncated-coordinates", Head + Golden[..(Golden.IndexOf("J4", StringComparison.Ordinal) + 17)]);

    [Fact]
    public void A_text_without_a_plot() => Refused("files.no-plots", Head);

    [Fact]
    public void Text_in_no_encoding()
    {
        File.WriteAllBytes(scratch["a.txt"], [.. Encoding.UTF8.GetBytes("[属性描述]\n备注="), 0x81, 0x0A]);
        var problem = Assert.Throws<Problem>(() => Read(scratch["a.txt"]));
        Assert.Equal("files.wrong-encoding", problem.Code);
        Assert.Contains("line 2", problem.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GBK", false, "GBK")]
    [InlineData("GB18030", false, "GBK")]
    [InlineData("UTF-8", false, "UTF-8")]
    [InlineData("UTF-8", true, "UTF-8")]
    [InlineData("utf-16", true, "UTF-16")]
    [InlineData("utf-16BE", true, "utf-16BE")]
    [InlineData("utf-16", false, "UTF-16")]
    [InlineData("utf-16BE", false, "utf-16BE")]
    public void Any_encoding(string encoding, bool mark, string told)
    {
        var (layer, features) = Read(Txt(Head + Golden, encoding, mark));
        Assert.Equal(told, layer.Encoding);
        var feature = Assert.Single(features);
        Assert.Equal("某某地块", feature.Values["地块名称"]);
        Assert.Equal((5L, 0.9806, "0501"), (feature.Values["界址点数"], feature.Values["地块面积"], feature.Values["地类编码"]));
        Assert.Equal(GoldenSquareMetres, Measured(layer, feature), 0.2);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Any_end_of_line(string end) => Measures((Head + Golden).ReplaceLineEndings(end));

    [Theory]
    [InlineData("J", "")] // numbers without a letter
    [InlineData("J", "K")] // another letter
    [InlineData("J1,1,4074660.879,39576750.886\n", "")] // neither the first point nor the closing one: a triangle is left
    public void Points_under_any_name(string old, string replaced) =>
        Measures(
            Head
                + (old.Length > 1 ? Golden.Replace("5,0.9806", "3,", StringComparison.Ordinal) : Golden)
                    .Replace(old, replaced, StringComparison.Ordinal)
                    .Replace("50G", "J50G", StringComparison.Ordinal),
            old.Length > 1 ? GoldenSquareMetres / 2 : GoldenSquareMetres
        );

    [Theory]
    [InlineData("5", true)]
    [InlineData("4", true)] // the closing point is there and not counted
    [InlineData("4", false)]
    [InlineData("5", false)] // the closing point is counted and not there
    [InlineData("", true)]
    [InlineData("", false)]
    public void With_or_without_the_closing_point_and_with_any_count(string count, bool closed)
    {
        var text = closed ? Golden : Golden[..Golden.LastIndexOf("J1", StringComparison.Ordinal)];
        Measures(Head + count + text[1..]);
    }

    [Fact]
    public void A_plot_in_the_middle_whose_count_is_wrong_is_refused_by_itself()
    {
        var (layer, features) = Read(Txt(Head + "9" + Golden[1..] + Golden));
        Assert.Equal(2, features.Count);
        Assert.Equal("damaged", features[0].GeometryFault?.Kind);
        Assert.Contains("9 boundary points", features[0].GeometryFault!.En, StringComparison.Ordinal);
        Assert.Equal(GoldenSquareMetres, Measured(layer, features[1]), 0.2);
    }

    [Fact]
    public void A_line_that_is_no_point_refuses_its_plot_and_is_shown()
    {
        var broken = Golden.Replace("J3,1,4074761.642", "J3,1,四〇七", StringComparison.Ordinal);
        var (_, features) = Read(Txt(Head + broken + Golden));
        Assert.Contains("line 16", features[0].GeometryFault!.En, StringComparison.Ordinal);
        Assert.Contains("四〇七", features[0].GeometryFault!.En, StringComparison.Ordinal);
        Assert.Null(features[1].GeometryFault);
    }

    [Fact]
    public void Empty_fields_stay_empty()
    {
        var (layer, features) = Read(
            Txt(Head + Golden.Replace("5,0.9806,1,某某地块,面,J50G001001,商服用地,0501,@", ",,,,,,,,@", StringComparison.Ordinal))
        );
        Assert.All(Assert.Single(features).Values.Values, Assert.Null);
        Assert.Equal(GoldenSquareMetres, Measured(layer, features[0]), 0.2);
    }

    [Fact]
    public void A_name_with_commas_is_put_together_again()
    {
        var (_, features) = Read(Txt(Head + Golden.Replace("某某地块", "某某地块,北区,二期", StringComparison.Ordinal)));
        Assert.Equal(("某某地块,北区,二期", "商服用地"), (features[0].Values["地块名称"], features[0].Values["地块用途"]));
    }

    [Fact]
    public void Several_plots_and_holes()
    {
        const string hole = """
            9,0.9706,2,有洞,面,,,,@
            J1,1,4074660.879,39576750.886
            J2,1,4074661.762,39576849.058
            J3,1,4074761.642,39576848.159
            J4,1,4074760.758,39576749.988
            J1,1,4074660.879,39576750.886
            J5,2,4074700,39576800
            J6,2,4074700,39576810
            J7,2,4074710,39576810
            J8,2,4074710,39576800
            J5,2,4074700,39576800
            """;
        var (layer, features) = Read(Txt(Head + Golden + hole));
        Assert.Equal(["1", "2"], features.Select(feature => feature.Values["地块编号"]));
        Assert.Equal(2, features[1].Shape!.Rings.Count);
        Assert.Equal(GoldenSquareMetres - 99.985, Measured(layer, features[1]), 0.2);
    }

    [Fact]
    public void Rings_that_carry_no_number_end_where_they_close()
    {
        var parts = Golden.Replace(",1,4", ",4", StringComparison.Ordinal);
        var second = parts[parts.IndexOf("J1", StringComparison.Ordinal)..].Replace("39576", "39577", StringComparison.Ordinal);
        var (layer, features) = Read(Txt(Head + "8" + parts[1..] + second));
        Assert.Equal(2, Assert.Single(features).Shape!.Rings.Count);
        Assert.Equal(2 * GoldenSquareMetres, Measured(layer, features[0]), 2.0);
    }

    [Theory]
    [InlineData("39576", "39576")]
    [InlineData("39576", "576")] // without the zone number
    public void Axes_the_other_way_round_are_put_right_and_said(string old, string replaced)
    {
        var text = string.Join(
            '\n',
            Golden
                .Replace(old, replaced, StringComparison.Ordinal)
                .Split('\n')
                .Select(line => line.Split(',') is [var name, var ring, var x, var y] ? $"{name},{ring},{y},{x}" : line)
        );
        var (layer, features) = Read(Txt(Head + text));
        Assert.Equal(GoldenSquareMetres, Measured(layer, Assert.Single(features)), 0.2);
        Assert.Contains(layer.Defects, defect => defect.Rule == "2101" && defect.En.Contains("easting first", StringComparison.Ordinal));
    }

    [Fact]
    public void The_zone_of_the_head_serves_coordinates_without_prefix() =>
        Measures(Head + Golden.Replace("39576", "576", StringComparison.Ordinal));

    [Fact]
    public void A_zone_that_contradicts_the_prefix_is_not_decided_by_us()
    {
        var (layer, _) = Read(Txt(Head.Replace("带号=39", "带号=40", StringComparison.Ordinal) + Golden));
        var detection = CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent);
        Assert.Null(detection.Chosen);
        Assert.Equal(4527, Assert.Single(detection.Candidates).Epsg);
    }

    [Theory]
    [InlineData("1980西安坐标系", "Xi'an 1980")]
    [InlineData("西安80", "Xi'an 1980")]
    [InlineData("1954年北京坐标系", "Beijing 1954")]
    [InlineData("北京54", "Beijing 1954")]
    public void An_older_datum_is_refused_by_name(string stated, string named)
    {
        foreach (var zone in (string[])["带号=39", "带号="])
        {
            var head = Head.Replace("2000国家大地坐标系", stated, StringComparison.Ordinal)
                .Replace("带号=39", zone, StringComparison.Ordinal);
            var (layer, _) = Read(Txt(head + Golden));
            var problem = Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent));
            Assert.Equal("geometry.older-datum", problem.Code);
            Assert.Contains(named, problem.English, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("坐标系=2000国家大地坐标系", "坐标系=某市独立坐标系", "geometry.unknown-datum")]
    [InlineData("计量单位=米", "计量单位=毫米", "geometry.unknown-projection")]
    [InlineData("投影类型=高斯克吕格", "投影类型=墨卡托", "geometry.unknown-projection")]
    [InlineData("几度分带=3", "几度分带=1.5", "geometry.unknown-projection")]
    public void A_system_that_cannot_be_measured_in_is_refused_by_name(string old, string stated, string code)
    {
        var (layer, _) = Read(Txt(Head.Replace(old, stated, StringComparison.Ordinal) + Golden));
        Assert.Equal(code, Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent)).Code);
    }

    [Fact]
    public void Degrees_latitude_first()
    {
        var head = Head.Replace("计量单位=米", "计量单位=度", StringComparison.Ordinal)
            .Replace("带号=39", "带号=", StringComparison.Ordinal);
        var (layer, features) = Read(
            Txt(head + "4,,1,,面,,,,@\n1,1,36.80,117.86\n2,1,36.80,117.8611\n3,1,36.8009,117.8611\n4,1,36.8009,117.86\n")
        );
        Assert.Equal(GoldenSquareMetres, Measured(layer, Assert.Single(features)), 1e-3);
    }

    [Fact]
    public void Blocks_that_are_not_known_are_left_aside_and_said()
    {
        var (layer, features) = Read(
            Txt(Head.Replace("[地块坐标]", "[权利人]\n张三\n李四\n[地块坐标]", StringComparison.Ordinal) + Golden + "[备注]\n无\n")
        );
        Assert.Equal(GoldenSquareMetres, Measured(layer, Assert.Single(features)), 0.2);
        Assert.Contains(layer.Defects, defect => defect.En == "2 lines of the block [权利人] were left aside");
    }

    [Fact]
    public void Parameters_in_the_head_are_said_and_not_applied()
    {
        var (layer, _) = Read(
            Txt(Head.Replace("转换参数=,,,,,,", "转换参数=-115.8,-154.4,-82.3,0,0,0,8", StringComparison.Ordinal) + Golden)
        );
        Assert.Contains(layer.Defects, defect => defect.Rule == "2101" && defect.En.Contains("-115.8", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_and_points_are_no_plots()
    {
        var (layer, features) = Read(
            Txt(Head + Golden.Replace(",面,", ",线,", StringComparison.Ordinal) + Golden.Replace(",面,", ",点,", StringComparison.Ordinal))
        );
        Assert.All(features, feature => Assert.Equal("not-polygon", feature.GeometryFault?.Kind));
        Assert.Equal("mixed", layer.GeometryKind);
    }

    [Fact]
    public void Plots_without_blocks_are_known_by_their_lines() => Measures(Golden);

    [Fact]
    public void In_a_zip_beside_a_note()
    {
        var text = Txt(Head + Golden);
        using (var zip = System.IO.Compression.ZipFile.Open(scratch["a.zip"], System.IO.Compression.ZipArchiveMode.Create))
        {
            System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(zip, text, "地块/界址.txt");
            using var note = new StreamWriter(zip.CreateEntry("说明.txt").Open());
            note.Write("请查收。");
        }
        using var file = SourceFile.Open(scratch["a.zip"]);
        Assert.Equal(("界址", "勘测定界 TXT (zip)"), (Assert.Single(file.Layers).Name, file.Format));
        Assert.Contains("说明.txt", Assert.Single(file.Defects).En, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again_to_the_millimetre()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        double[] shell = [39576750.886, 4074660.879, 39576849.058, 4074661.762, 39576848.159, 4074761.642, 39576749.988, 4074760.758];
        var hole = Drawn.Square(39576800, 4074700, 10);
        WrittenField[] fields = [new("JCBH", "text", 20), new("地块名称", "text", 20), new("DLBM", "text", 5)];
        WrittenFeature[] features =
        [
            new([new(shell, [hole])], ["37030601", "北郊镇", "0501"]),
            new([new(shell, []), new(Drawn.Square(39577000, 4074000, 50), [])], ["2", null, "1202"]),
        ];
        foreach (var encoding in (string[])["GBK", "UTF-8", "UTF-16"])
        {
            var path = scratch[$"{encoding}.txt"];
            Assert.Equal(2, SurveyTextWriter.Write(path, fields, features, zone, new(Encoding: encoding)));
            var (layer, read) = Read(path);
            Assert.Equal((encoding, 2L), (layer.Encoding, layer.Count));
            Assert.Equal(4527, CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent).Chosen!.Epsg);
            Assert.Equal(["37030601", "2"], read.Select(feature => feature.Values["地块编号"]));
            Assert.Equal(0.9706, read[0].Values["地块面积"]);
            for (var i = 0; i < 2; i++)
            {
                var written = features[i].Polygons.SelectMany(p => p.Holes.Prepend(p.Shell)).ToList();
                Assert.Equal(written.Count, read[i].Shape!.Rings.Count);
                foreach (var (a, b) in written.Zip(read[i].Shape!.Rings))
                    Assert.All(a.Zip(b), pair => Assert.Equal(pair.First, pair.Second, 5e-4));
            }
        }
    }

    [Fact]
    public void Degrees_commas_and_characters_outside_the_encoding_are_not_written()
    {
        WrittenField[] fields = [new("地块名称", "text", 20)];
        string Code(string name, CoordinateSystem crs) =>
            Assert
                .Throws<Problem>(() =>
                    SurveyTextWriter.Write(scratch["o.txt"], fields, [new([new(Drawn.Square(39576000, 4074000, 50), [])], [name])], crs)
                )
                .Code;
        Assert.Equal("files.write-limit", Code("a", Drawn.Cgcs2000));
        Assert.Equal("files.write-limit", Code("甲,乙", CoordinateSystem.FromEpsg(4527)));
        Assert.Equal("files.unencodable-text", Code("𠮷", CoordinateSystem.FromEpsg(4527)));
        Assert.Empty(scratch.Names);
    }
}
