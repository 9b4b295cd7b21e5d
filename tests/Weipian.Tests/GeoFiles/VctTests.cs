using System.Text;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>VCT, the text exchange of the land surveys: 3.0 and the forms before it.</summary>
public sealed class VctTests : IDisposable
{
    /// <summary>Two neighbours that share a line, the second with a hole; the golden rectangle is the first.</summary>
    internal const string Sound = """
        HeadBegin
        Datamark:LANDUSE-VCT
        Version:3.0
        CoordinateSystemType:P
        Dim:2
        XAxisDirection:E
        YAxisDirection:N
        XYUnit:M
        Spheroid:CGCS2000,6378137.0,298.257222101
        PrimeMeridian:Greenwich
        Projection:高斯-克吕格投影
        Parameters:117,1,39500000,0,3,39
        Separator:,
        HeadEnd

        FeatureCodeBegin
        2001010100,地类图斑,Polygon,DLTB
        1001010100,地类界线,Line,DLJX
        FeatureCodeEnd

        TableStructureBegin
        DLTB,4
        BSM,Int4
        DLBM,Char,5
        TBMJ,Float,15,2
        SJ,Date
        0
        TableStructureEnd

        PointBegin
        PointEnd

        LineBegin
        1
        1001010100
        Unknown
        1
        1
        11
        2
        39576849.058,4074661.762
        39576848.159,4074761.642
        0
        2
        1001010100
        Unknown
        1
        2
        11
        2
        39576848.159,4074761.642
        39576749.988,4074760.758
        11
        3
        39576749.988,4074760.758
        39576750.886,4074660.879
        39576849.058,4074661.762
        0
        3
        1001010100
        Unknown
        1
        1
        11
        4
        39576849.058,4074661.762
        39576949.058,4074661.762
        39576949.058,4074761.642
        39576848.159,4074761.642
        0
        4
        1001010100
        Unknown
        1
        1
        11
        5
        39576900,4074700
        39576910,4074700
        39576910,4074710
        39576900,4074710
        39576900,4074700
        0
        LineEnd

        PolygonBegin
        101
        2001010100
        Unknown
        100
        39576800,4074700
        21
        2
        1,2
        0
        102
        2001010100
        Unknown
        100
        39576890,4074690
        21
        4
        3,-1,0
        4
        0
        PolygonEnd

        AttributeBegin
        DLTB
        101,101,0101,9804.69,20181231
        102,102,"1202",9900.5,20181231
        TableEnd
        AttributeEnd

        """;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private IReadOnlyList<(SourceLayer Layer, IReadOnlyList<SourceFeature> Features)> Read(string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        File.WriteAllBytes(scratch["a.vct"], Encoding.GetEncoding("GB2312").GetBytes(text));
        using var file = SourceFile.Open(scratch["a.vct"]);
        Assert.Equal("VCT", file.Format);
        return [.. file.Layers.Select(layer => (layer, (IReadOnlyList<SourceFeature>)[.. layer.Read()]))];
    }

    private Problem Refused(string text)
    {
        var problem = Assert.Throws<Problem>(() => Read(text));
        Assert.Equal("files.damaged-vct", problem.Code);
        Assert.Contains("没有导入任何内容", problem.Chinese, StringComparison.Ordinal);
        return problem;
    }

    private static double Measured(SourceLayer layer, SourceFeature feature)
    {
        Assert.Null(feature.GeometryFault);
        var detection = CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent);
        Assert.Equal(4527, detection.Chosen!.Epsg);
        return ShapePreparation.Prepare(feature.Shape!, detection.Chosen, detection.AxesSwapped).AreaSquareMetres;
    }

    [Fact]
    public void A_file_that_was_cut_off_is_refused_wherever_it_ends()
    {
        var lines = Sound.Split('\n');
        for (var cut = 1; cut <= Array.IndexOf(lines, "AttributeEnd"); cut++)
            Refused(string.Join('\n', lines[..cut]));
    }

    [Fact]
    public void Polygons_by_lines_with_their_attributes()
    {
        var (layer, features) = Assert.Single(Read(Sound));
        Assert.Equal(("DLTB", "GBK", 2L), (layer.Name, layer.Encoding, layer.Count));
        Assert.Equal(
            ("0101", 9804.69, new DateOnly(2018, 12, 31)),
            (features[0].Values["DLBM"], features[0].Values["TBMJ"], features[0].Values["SJ"])
        );
        Assert.Equal("1202", features[1].Values["DLBM"]);
        Assert.Equal(9804.6891, Measured(layer, features[0]), 0.2);
        Assert.Equal(2, features[1].Shape!.Rings.Count);
        Assert.Equal(9912.0, Measured(layer, features[1]), 30.0);
    }

    [Theory]
    [InlineData("4\n3,-1,0\n4\n", "3\n3,0\n4\n", "do not close")]
    [InlineData("3,-1,0\n4\n", "3,1,0\n4\n", "does not meet")]
    [InlineData("3,-1,0\n4\n", "3,-9,0\n4\n", "not there")]
    public void Lines_that_make_no_ring_refuse_their_polygon_only(string old, string changed, string said)
    {
        var (layer, features) = Assert.Single(Read(Sound.Replace(old, changed, StringComparison.Ordinal)));
        Assert.Contains(said, features[1].GeometryFault!.En, StringComparison.Ordinal);
        Assert.Equal(9804.6891, Measured(layer, features[0]), 0.2);
    }

    [Theory]
    [InlineData("39576849.058,4074661.762\n39576848", "39576849.058\n39576848", "pair")]
    [InlineData("102\n2001010100", "101\n2001010100", "two objects")]
    [InlineData("PolygonBegin", "Polygone", "begins no section")]
    [InlineData("11\n5\n", "11\n-5\n", "beyond reason")]
    public void Grammar_that_is_broken_refuses_the_file_with_the_line(string old, string changed, string said) =>
        Assert.Contains(said, Refused(Sound.Replace(old, changed, StringComparison.Ordinal)).English, StringComparison.Ordinal);

    /// <summary>The golden rectangle by its coordinates, with a hole of a hundred square metres.</summary>
    private static readonly string Direct = Sound.Replace(
        "101\n2001010100\nUnknown\n100\n39576800,4074700\n21\n2\n1,2\n0\n",
        "101\n2001010100\nUnknown\n1\n39576800,4074700\n2\n11\n5\n39576750.886,4074660.879\n39576849.058,4074661.762\n"
            + "39576848.159,4074761.642\n39576749.988,4074760.758\n39576750.886,4074660.879\n"
            + "11\n5\n39576800,4074700\n39576810,4074700\n39576810,4074710\n39576800,4074710\n39576800,4074700\n0\n",
        StringComparison.Ordinal
    );

    [Fact]
    public void Polygons_by_their_coordinates()
    {
        var (layer, features) = Assert.Single(Read(Direct));
        Assert.Equal(2, features[0].Shape!.Rings.Count);
        Assert.Equal(9804.6891 - 100, Measured(layer, features[0]), 0.3);
        Assert.Equal(2, features[1].Shape!.Rings.Count);
    }

    [Theory]
    [InlineData("13", "curve", "CIRCLE")]
    [InlineData("14", "curve", "ELLIPSE")]
    [InlineData("99", "damaged", "form 99")]
    public void Rings_of_another_form_refuse_their_polygon_only(string form, string kind, string said)
    {
        var at = Direct.IndexOf("\n2\n11\n5\n39576750", StringComparison.Ordinal);
        var (layer, features) = Assert.Single(
            Read(Direct[..at] + $"\n2\n{form}\n5\n39576750" + Direct[(at + "\n2\n11\n5\n39576750".Length)..])
        );
        Assert.Equal(kind, features[0].GeometryFault!.Kind);
        Assert.Contains(said, features[0].GeometryFault!.En, StringComparison.Ordinal);
        Assert.Equal(9912.0, Measured(layer, features[1]), 30.0);
    }

    /// <summary>The form of the second land survey, whose head says Topo: with lines (1) and without (0).</summary>
    private static string Earlier(int topology, string polygons) =>
        $"""
            HeadBegin
            Datamark: LANDUSE.VCT
            Version: 2.0
            Unit: M
            Dim: 2
            Topo: {topology}
            Coordinate: M
            Projection: Gauss-Krueger Projection
            Spheroid: CGCS2000
            Parameters: 6378137,6356752.31414
            Meridinan: 117
            MinX: 39576749.988
            MinY: 4074660.879
            Separator: ,
            HeadEnd
            FeatureCodeBegin
            2001,地类图斑,Polygon,0,0,0,DLTB
            FeatureCodeEnd
            TableStructureBegin
            DLTB,2
            BSM,Integer,10
            DLBM,Char,5
            TableStructureEnd
            LineBegin
            1
            1001
            DLJX
            1
            3
            39576750.886,4074660.879
            39576849.058,4074661.762
            39576848.159,4074761.642
            2
            1001
            DLJX
            1
            3
            39576750.886,4074660.879
            39576749.988,4074760.758
            39576848.159,4074761.642
            LineEnd
            PolygonBegin
            101
            2001
            DLTB
            39576800,4074700
            {polygons}
            PolygonEnd
            AttributeBegin
            DLTB
            101,0101
            TableEnd
            AttributeEnd

            """;

    [Theory]
    [InlineData(1, "2\n1,-2")]
    [InlineData(1, "2\n1,-2\n0")]
    [InlineData(0, "4\n39576750.886,4074660.879\n39576849.058,4074661.762\n39576848.159,4074761.642\n39576749.988,4074760.758\n0")]
    public void The_form_of_the_second_land_survey(int topology, string polygons)
    {
        var (layer, features) = Assert.Single(Read(Earlier(topology, polygons)));
        Assert.Equal("DLTB", layer.Name);
        Assert.Equal("0101", Assert.Single(features).Values["DLBM"]);
        Assert.Equal(9804.6891, Measured(layer, features[0]), 0.2);
    }

    [Fact]
    public void The_second_land_survey_on_the_ellipsoid_of_1975_is_refused_by_name()
    {
        var text = Earlier(1, "2\n1,-2")
            .Replace("Spheroid: CGCS2000", "Spheroid: IAG-75 Spheroid", StringComparison.Ordinal)
            .Replace("6378137,6356752.31414", "6378140,6356755", StringComparison.Ordinal);
        var (layer, _) = Assert.Single(Read(text));
        var problem = Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent));
        Assert.Equal("geometry.older-datum", problem.Code);
    }

    [Fact]
    public void Objects_without_attributes_and_attributes_without_objects_are_both_records()
    {
        var (layer, features) = Assert.Single(Read(Sound.Replace("102,102,", "103,103,", StringComparison.Ordinal)));
        Assert.Equal([null, "null", null], features.Select(feature => feature.GeometryFault?.Kind));
        Assert.Contains(layer.Defects, defect => defect is { Rule: "3501", Row: 3 });
    }

    [Fact]
    public void An_older_datum_is_refused_by_name()
    {
        var (layer, _) = Assert.Single(
            Read(Sound.Replace("CGCS2000,6378137.0,298.257222101", "1980西安坐标系,6378140,298.257", StringComparison.Ordinal))
        );
        var problem = Assert.Throws<Problem>(() => CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent));
        Assert.Equal("geometry.older-datum", problem.Code);
    }
}
