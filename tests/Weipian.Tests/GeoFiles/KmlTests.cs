using System.Text;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>KML and KMZ, in and out.</summary>
public sealed class KmlTests : IDisposable
{
    private const string Start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>";
    private const string End = "</Document></kml>";

    private const string Square =
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>\n117.86,36.8,0 117.8611,36.8,0\n117.8611,36.8009,0 117.86,36.8009,0 117.86,36.8,0</coordinates></LinearRing></outerBoundaryIs></Polygon>";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private (SourceLayer Layer, IReadOnlyList<SourceFeature> Features) Read(string text, string name = "a.kml")
    {
        File.WriteAllText(scratch[name], text);
        return Opened(scratch[name]);
    }

    private static (SourceLayer Layer, IReadOnlyList<SourceFeature> Features) Opened(string path)
    {
        using var file = SourceFile.Open(path);
        var layer = Assert.Single(file.Layers);
        return (layer, [.. layer.Read()]);
    }

    private Problem Refused(string code, string text)
    {
        var problem = Assert.Throws<Problem>(() => Read(text));
        Assert.Equal(code, problem.Code);
        Assert.Contains("没有导入任何内容", problem.Chinese, StringComparison.Ordinal);
        return problem;
    }

    [Fact]
    public void Entities_are_never_expanded()
    {
        const string laughs = "<!DOCTYPE kml [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        var problem = Refused(
            "files.damaged-xml",
            Start.Replace("?>", "?>" + laughs, StringComparison.Ordinal) + "<Placemark><name>&b;</name></Placemark>" + End
        );
        Assert.Contains("DTD", problem.English, StringComparison.Ordinal);
        Refused("files.damaged-xml", "<!DOCTYPE kml SYSTEM \"file:///etc/passwd\">" + "<kml xmlns=\"http://www.opengis.net/kml/2.2\"/>");
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<Folder>", 10_000)) + string.Concat(Enumerable.Repeat("</Folder>", 10_000));
        Refused("files.limit-exceeded", Start + deep + End);
    }

    [Fact]
    public void A_file_that_was_cut_off() => Refused("files.damaged-xml", Start + "<Placemark>" + Square[..80]);

    [Fact]
    public void Placemarks_with_their_data_and_folders()
    {
        var (layer, features) = Read(
            Start
                + "<name>下发</name><Folder><name>一季度</name><Placemark><name>37030601</name><ExtendedData><Data name=\"JCMJ\"><value>14.71</value></Data>"
                + "<SchemaData schemaUrl=\"#s\"><SimpleData name=\"XMC\">周村区</SimpleData></SchemaData></ExtendedData>"
                + Square
                + "</Placemark></Folder>"
                + End
        );
        Assert.Equal((4326, "polygon", 1L), (layer.Epsg, layer.GeometryKind, layer.Count));
        var feature = Assert.Single(features);
        Assert.Equal(
            ("37030601", "14.71", "周村区", "下发/一季度"),
            (feature.Values["name"], feature.Values["JCMJ"], feature.Values["XMC"], feature.Values["folder"])
        );
        Assert.Equal([117.86, 36.8], Assert.Single(feature.Shape!.Rings)[..2]);
    }

    /// <summary>An empty layer says that there is no such thing in the district; a file whose content lies elsewhere does not.</summary>
    [Theory]
    [InlineData("<NetworkLink><Link><href>http://example.invalid/a.kml</href></Link></NetworkLink>", "network link")]
    [InlineData("<GroundOverlay/>", "GroundOverlay")]
    public void A_file_whose_content_lies_elsewhere_is_no_empty_layer(string content, string said)
    {
        File.WriteAllText(scratch["n.kml"], $"{Start}{content}</Document></kml>");
        var problem = Assert.Throws<Problem>(() => new LayerStore(scratch["layers"]).Add(new(scratch["n.kml"], "permanent-farmland")));
        Assert.Equal("files.no-polygons", problem.Code);
        Assert.Contains(said, problem.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<Placemark id=\"a\"><name>甲</name>{0}</Placemark>")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- <kml> was left out --><Folder><Placemark><name>甲</name>{0}</Placemark></Folder>")]
    public void A_fragment_without_the_element_kml_around_it(string text)
    {
        var (_, features) = Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Square));
        Assert.Null(Assert.Single(features).GeometryFault);
        Assert.Equal("甲", features[0].Values["name"]);
    }

    [Fact]
    public void Points_and_lines_are_told_and_polygons_beside_them_are_taken()
    {
        var (layer, features) = Read(
            Start
                + "<Placemark><Point><coordinates>117,36</coordinates></Point></Placemark>"
                + "<Placemark><LineString><coordinates>117,36 118,37</coordinates></LineString></Placemark>"
                + "<Placemark/>"
                + $"<Placemark><MultiGeometry><Point><coordinates>117,36</coordinates></Point>{Square}{Square.Replace("117.86", "117.96", StringComparison.Ordinal)}</MultiGeometry></Placemark>"
                + $"<Placemark>{Square.Replace("36.8009,0", "north", StringComparison.Ordinal)}</Placemark>"
                + "<NetworkLink><Link><href>http://127.0.0.1:1/x.kml</href></Link></NetworkLink>"
                + End
        );
        Assert.Equal(["not-polygon", "not-polygon", "null", null, "damaged"], features.Select(f => f.GeometryFault?.Kind));
        Assert.Equal(2, features[3].Shape!.Rings.Count);
        Assert.NotNull(features[3].LeftAside);
        Assert.Contains(layer.Defects, defect => defect.En.Contains("network links", StringComparison.Ordinal));
        Assert.Contains("north", features[4].GeometryFault!.En, StringComparison.Ordinal);
    }

    [Fact]
    public void In_GBK_when_the_declaration_says_so()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = (Start + "<Placemark><name>周村区</name>" + Square + "</Placemark>" + End).Replace(
            "UTF-8",
            "GBK",
            StringComparison.Ordinal
        );
        File.WriteAllBytes(scratch["g.kml"], Encoding.GetEncoding("GBK").GetBytes(text));
        var (layer, features) = Opened(scratch["g.kml"]);
        Assert.Equal(("GBK", "周村区"), (layer.Encoding, Assert.Single(features).Values["name"]));
    }

    [Theory]
    [InlineData("o.kml", "KML")]
    [InlineData("o.kmz", "KML (zip)")]
    public void What_is_written_is_read_again(string name, string format)
    {
        WrittenFeature[] features =
        [
            .. Drawn.Features(3),
            new(
                [new(Drawn.Square(117.9, 36.7, 0.001), []), new(Drawn.Square(117.91, 36.7, 0.001), [])],
                ["<&\"'>", null, null, null, null, null]
            ),
        ];
        Assert.Equal(4, KmlWriter.Write(scratch[name], "o", Drawn.Fields, features));
        using var file = SourceFile.Open(scratch[name]);
        Assert.Equal(format, file.Format);
        var read = Assert.Single(file.Layers).Read().ToList();
        Assert.Equal(4, read.Count);
        Assert.Equal(
            ("370306201800", "周村区", "12.5", "2018-03-01"),
            (((string)read[0].Values["JCBH"]!)[..12], read[0].Values["XMC"], read[0].Values["JCMJ"], read[0].Values["QSX"])
        );
        Assert.Equal("<&\"'>", read[3].Values["JCBH"]);
        Assert.Equal(2, read[3].Shape!.Rings.Count);
        Assert.Equal(features[0].Polygons[0].Shell.Order(), read[0].Shape!.Rings[0].Order());
    }

    [Fact]
    public void A_character_that_XML_does_not_have_is_not_written()
    {
        var feature = Drawn.Feature(1) with { Values = ["\u0001", null, null, null, null, null] };
        Assert.Equal(
            "files.unencodable-text",
            Assert.Throws<Problem>(() => KmlWriter.Write(scratch["o.kml"], "o", Drawn.Fields, [feature])).Code
        );
        Assert.Empty(scratch.Names);
    }

    [Fact]
    public void Written_KML_is_read_by_GDAL()
    {
        KmlWriter.Write(scratch["o.kml"], "o", Drawn.Fields, Drawn.Features(3));
        var told = Gdal.Run("ogrinfo", "-ro", "-al", "-so", scratch["o.kml"]);
        Assert.Contains("Feature Count: 3", told, StringComparison.Ordinal);
        Assert.Contains("JCBH", told, StringComparison.Ordinal);
    }
}
