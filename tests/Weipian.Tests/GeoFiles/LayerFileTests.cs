using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Every format that is written, chosen by the name of the file, is read again by our own readers.</summary>
public sealed class LayerFileTests : IDisposable
{
    private static readonly Geometry Golden = new WKTReader().Read(
        "POLYGON ((117.86 36.80, 117.8611 36.80, 117.8611 36.8009, 117.86 36.8009, 117.86 36.80), (117.8602 36.8002, 117.8604 36.8004, 117.8604 36.8002, 117.8602 36.8002))"
    );

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private long Write(string name) =>
        LayerFile.Write(
            scratch[name],
            "pieces",
            [new("number", "text", 20), new("area_m2", "real")],
            [(Golden, ["甲一", 12.5]), (Golden, ["2", null])]
        );

    [Theory]
    [InlineData("a.docx")]
    [InlineData("a")]
    public void An_extension_of_no_format_is_refused_and_nothing_is_left(string name)
    {
        Assert.Equal("files.unknown-output", Assert.Throws<Problem>(() => Write(name)).Code);
        Assert.Empty(scratch.Names);
    }

    [Theory]
    [InlineData("a.gpkg", "GeoPackage")]
    [InlineData("a.shp", "Shapefile")]
    [InlineData("a.zip", "Shapefile (zip)")]
    [InlineData("a.geojson", "GeoJSON")]
    [InlineData("a.kml", "KML")]
    [InlineData("a.KMZ", "KML (zip)")]
    [InlineData("a.txt", "勘测定界 TXT")]
    public void What_is_written_measures_the_same_when_it_is_read(string name, string format)
    {
        Assert.Equal(2, Write(name));
        using var file = SourceFile.Open(scratch[name]);
        Assert.Equal(format, file.Format);
        var layer = Assert.Single(file.Layers);
        var detection = CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent);
        var read = layer.Read().ToList();
        Assert.Equal(2, read.Count);
        var rings = new Shape([.. ((Polygon)Golden).InteriorRings.Prepend(((Polygon)Golden).ExteriorRing).Select(Pairs)]);
        var expected = ShapePreparation.Prepare(rings, Drawn.Cgcs2000).AreaSquareMetres;
        foreach (var feature in read)
        {
            var found = ShapePreparation.Prepare(feature.Shape!, detection.Chosen!, detection.AxesSwapped);
            Assert.Equal(expected, found.AreaSquareMetres, format == "勘测定界 TXT" ? 0.3 : 1e-4);
            Assert.Empty(found.Repairs);
        }
        Assert.Equal("甲一", read[0].Values.Get("number") ?? read[0].Values.Get("地块编号"));
    }

    private static double[] Pairs(LineString ring) => [.. ring.Coordinates.SelectMany(c => new[] { c.X, c.Y })];
}
