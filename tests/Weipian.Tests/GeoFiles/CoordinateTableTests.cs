using System.Text;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Tables of coordinates: CSV with WKT, lists of boundary points, Excel workbooks.</summary>
public sealed class CoordinateTableTests : IDisposable
{
    private const string Golden = "POLYGON ((117.86 36.80, 117.8611 36.80, 117.8611 36.8009, 117.86 36.8009, 117.86 36.80))";
    private const double GoldenSquareMetres = 9804.6891;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private (SourceLayer Layer, IReadOnlyList<SourceFeature> Features) Csv(string text, string encoding = "UTF-8")
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        File.WriteAllBytes(scratch["a.csv"], Encoding.GetEncoding(encoding).GetBytes(text));
        using var file = SourceFile.Open(scratch["a.csv"]);
        Assert.Equal("CSV", file.Format);
        var layer = Assert.Single(file.Layers);
        return (layer, [.. layer.Read()]);
    }

    private static double Measured(SourceLayer layer, SourceFeature feature)
    {
        Assert.Null(feature.GeometryFault);
        var detection = CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent);
        return ShapePreparation.Prepare(feature.Shape!, detection.Chosen!, detection.AxesSwapped).AreaSquareMetres;
    }

    [Fact]
    public void A_table_without_coordinates_is_refused()
    {
        File.WriteAllText(scratch["a.csv"], "JCBH,XMC\n1,周村区\n");
        Assert.Equal("files.no-coordinate-table", Assert.Throws<Problem>(() => SourceFile.Open(scratch["a.csv"])).Code);
        Workbook(
            "b.xlsx",
            [
                ["编号", "名称"],
                ["1", "甲"],
            ]
        );
        var problem = Assert.Throws<Problem>(() => SourceFile.Open(scratch["b.xlsx"]));
        Assert.Equal("files.no-coordinate-table", problem.Code);
        Assert.Contains("没有导入任何内容", problem.Chinese, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",", "UTF-8")]
    [InlineData("\t", "GBK")]
    [InlineData(";", "GBK")]
    public void Polygons_as_text(string separator, string encoding)
    {
        var (layer, features) = Csv(
            $"JCBH{separator}XMC{separator}geom\n1{separator}\"周村\"\"区\"{separator}\"{Golden}\"\n2{separator}{separator}\n3{separator}x{separator}POINT (117 36)\n",
            encoding
        );
        Assert.Equal(encoding, layer.Encoding);
        Assert.Equal(("1", "周村\"区"), (features[0].Values["JCBH"], features[0].Values["XMC"]));
        Assert.Equal(GoldenSquareMetres, Measured(layer, features[0]), 1e-3);
        Assert.Equal([null, "null", "not-polygon"], features.Select(feature => feature.GeometryFault?.Kind));
    }

    [Theory]
    [InlineData("SRID=4490;POLYGON((117 36,118 36,118 37,117 36))", 1, null)]
    [InlineData("MULTIPOLYGON Z (((117 36 1,118 36 1,118 37 1,117 36 1)),((119 36 1,120 36 1,120 37 1)))", 2, null)]
    [InlineData("POLYGONZ((117 36 0,118 36 0,118 37 0),(117.5 36.1 0,117.6 36.1 0,117.6 36.2 0))", 2, null)]
    [InlineData("POLYGON EMPTY", 0, "empty")]
    [InlineData("CURVEPOLYGON((0 0,1 1,1 0,0 0))", 0, "curve")]
    [InlineData("POLYGON((117 36,118 36,118", 0, "damaged")]
    [InlineData("POLYGON((117 36,118,118 37))", 0, "damaged")]
    [InlineData("POLYGON(((117 36,118 36,118 37)))", 0, "damaged")]
    [InlineData("POLYGON((117 36,118 36,118 37))x", 0, "damaged")]
    [InlineData("POLYGON((a b))", 0, "damaged")]
    public void The_text_of_a_polygon(string wkt, int rings, string? fault)
    {
        var (_, features) = Csv($"number,wkt\n0,\"{Golden}\"\n1,\"{wkt}\"\n");
        Assert.Equal((fault, rings), (features[1].GeometryFault?.Kind, features[1].Shape?.Rings.Count ?? 0));
    }

    [Fact]
    public void A_list_of_points_by_plot()
    {
        var (layer, features) = Csv(
            "地块编号,点号,X坐标(m),Y坐标(m),地块用途\n"
                + "甲,J1,4074660.879,39576750.886,商服\n甲,J2,4074661.762,39576849.058,\n甲,J3,4074761.642,39576848.159,\n甲,J4,4074760.758,39576749.988,\n甲,J1,4074660.879,39576750.886,\n"
                + "乙,J1,4075660.879,39576750.886,住宅\n,J2,4075661.762,39576849.058,\n,J3,4075761.642,39576848.159,\n合计,,,,\n",
            "GBK"
        );
        Assert.Equal(["甲", "乙"], features.Select(feature => feature.Values["地块编号"]));
        Assert.Equal(["商服", "住宅"], features.Select(feature => feature.Values["地块用途"]));
        Assert.Equal(4527, CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent).Chosen!.Epsg);
        Assert.Equal(GoldenSquareMetres, Measured(layer, features[0]), 0.2);
        Assert.Contains(layer.Defects, defect => defect.En == "1 rows without coordinates were left aside");
    }

    [Fact]
    public void Degrees_minutes_and_seconds_with_the_longitude_first()
    {
        var (layer, features) = Csv(
            "图斑编号,经度,纬度\n1,117°51′36″,36°48′0″\n1,117°51'39.96\",36°48'0\"\n1,117.8611,36.8009\n1,117°51′36″,36°48′3.24″\n"
        );
        Assert.Equal(GoldenSquareMetres, Measured(layer, Assert.Single(features)), 1.0);
    }

    [Theory]
    [InlineData("36,80", "117,86", "36,8009", "117,8611")]
    [InlineData("4074660,879", "39576750,886", "4074761,642", "39576848,159")]
    [InlineData("4,074,660.879", "39,576,750.886", "4,074,761.642", "39,576,848.159")]
    public void A_comma_that_cannot_part_thousands_is_a_decimal_one(string south, string west, string north, string east)
    {
        var (layer, features) = Csv($"X;Y\n{south};{west}\n{south};{east}\n{north};{east}\n{north};{west}\n");
        Assert.Equal(GoldenSquareMetres, Measured(layer, Assert.Single(features)), 20.0);
    }

    [Fact]
    public void Without_a_column_of_plots_an_empty_row_ends_one()
    {
        var (layer, features) = Csv(
            "X,Y\n36.80,117.86\n36.80,117.8611\n36.8009,117.8611\n36.8009,117.86\n\n37.80,117.86\n37.80,117.8611\n37.8009,117.8611\n37.8009,117.86\n"
        );
        Assert.Equal(2, features.Count);
        Assert.Equal(GoldenSquareMetres, Measured(layer, features[0]), 1e-3);
    }

    [Fact]
    public void A_number_that_is_none_refuses_its_plot_and_names_the_row()
    {
        var (_, features) = Csv(
            "地块编号,X,Y\n1,36.80,117.86\n1,三十六,117.8611\n1,36.8009,117.8611\n2,36.80,117.86\n2,36.80,117.8611\n2,36.8009,117.8611\n"
        );
        Assert.Contains("row 3", features[0].GeometryFault!.En, StringComparison.Ordinal);
        Assert.Null(features[1].GeometryFault);
    }

    private void Workbook(string name, string[][] rows, string? sheetXml = null) =>
        File.WriteAllBytes(
            scratch[name],
            sheetXml is null
                ? CoordinateWorkbook.Of("界址点", rows)
                : CoordinateWorkbook.Of("界址点", rows, ("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes(sheetXml)))
        );

    [Fact]
    public void A_workbook_with_a_title_above_its_head_and_merged_numbers()
    {
        Workbook(
            "a.xlsx",
            [
                ["某某项目界址点成果表"],
                ["地块编号", "点号", "纵坐标X（m）", "横坐标Y（m）"],
                ["地块一", "J1", "4074660.879", "39576750.886"],
                ["", "J2", "4074661.762", "39576849.058"],
                ["", "J3", "4074761.642", "39576848.159"],
                ["", "J4", "4074760.758", "39576749.988"],
            ]
        );
        using var file = SourceFile.Open(scratch["a.xlsx"]);
        var layer = Assert.Single(file.Layers);
        Assert.Equal(("Excel", "界址点"), (file.Format, layer.Name));
        var feature = Assert.Single(layer.Read());
        Assert.Equal("地块一", feature.Values["地块编号"]);
        Assert.Equal(GoldenSquareMetres, Measured(layer, feature), 0.2);
    }

    /// <summary>A cell merged over both rows of a head stands in the upper one; without its column two plots would become one.</summary>
    [Fact]
    public void A_workbook_with_a_head_of_two_rows()
    {
        Workbook(
            "a.xlsx",
            [
                ["某某项目界址点成果表"],
                ["坐标系：2000国家大地坐标系", "单位：米"],
                ["地块编号", "点号", "坐标", "", "备注"],
                ["", "", "X(m)", "Y(m)", ""],
                ["A1", "J1", "4074660.879", "39576750.886"],
                ["", "J2", "4074661.762", "39576849.058"],
                ["", "J3", "4074761.642", "39576848.159"],
                ["", "J4", "4074760.758", "39576749.988"],
                ["A2", "J1", "4074660.879", "39577050.886"],
                ["", "J2", "4074661.762", "39577149.058"],
                ["", "J3", "4074761.642", "39577148.159"],
                ["", "J4", "4074760.758", "39577049.988"],
            ]
        );
        using var file = SourceFile.Open(scratch["a.xlsx"]);
        var features = file.Layers[0].Read().ToList();
        Assert.Equal(["A1", "A2"], features.Select(feature => feature.Values["地块编号"]));
        Assert.All(features, feature => Assert.Equal(GoldenSquareMetres, Measured(file.Layers[0], feature), 0.2));
    }

    [Fact]
    public void Without_a_column_of_plots_the_first_point_number_begins_the_next()
    {
        var (layer, features) = Csv(
            "点号,X,Y\nJ1,36.80,117.86\nJ2,36.80,117.8611\nJ3,36.8009,117.8611\nJ4,36.8009,117.86\nJ1,36.80,117.86\n"
                + "J1,36.80,117.87\nJ2,36.80,117.8711\nJ3,36.8009,117.8711\nJ4,36.8009,117.87\n"
        );
        Assert.Equal(2, features.Count);
        Assert.All(features, feature => Assert.Equal(GoldenSquareMetres, Measured(layer, feature), 1e-3));
    }

    [Fact]
    public void Entities_and_far_columns_in_a_workbook_are_refused()
    {
        Workbook(
            "a.xlsx",
            [
                ["X", "Y"],
            ],
            "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet>&a;</worksheet>"
        );
        Assert.Equal("files.damaged-xml", Assert.Throws<Problem>(() => SourceFile.Open(scratch["a.xlsx"])).Code);
        Workbook(
            "b.xlsx",
            [
                ["X", "Y"],
            ],
            "<worksheet><sheetData><row><c r=\"ZZZZ1\"><v>1</v></c></row></sheetData></worksheet>"
        );
        Assert.Equal("files.limit-exceeded", Assert.Throws<Problem>(() => SourceFile.Open(scratch["b.xlsx"])).Code);
    }
}
