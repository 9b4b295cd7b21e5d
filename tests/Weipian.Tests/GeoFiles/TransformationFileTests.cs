using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>The file of <c>--transform</c>, and what becomes of a layer that was read with it.</summary>
public sealed class TransformationFileTests : IDisposable
{
    private static readonly string Examples = Path.Combine(Repository.Root, "docs", "examples");

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private Problem Refused(string text)
    {
        File.WriteAllText(scratch["p.txt"], text);
        return Assert.Throws<Problem>(() => TransformationFile.Read(scratch["p.txt"]));
    }

    [Theory]
    [InlineData("from = Xi'an 1980", "rotation")]
    [InlineData("from = Xi'an 1980\nrotation = left", "line 2")]
    [InlineData("from = Xi'an 1980\nrotation = position-vector\ndx = 1\ndy = 2\ndz = 3\nrx = 0\nry = 0\nrz = 0", "lacks scale")]
    [InlineData("from = Xi'an 1980\nrotation = position-vector\ndx = eins", "“eins”")]
    [InlineData("from = Xi'an 1980\nfrom = Beijing 1954", "twice")]
    [InlineData("Δx = 3", "“Δx”")]
    [InlineData("nothing", "“nothing”")]
    [InlineData("from = EPSG:2363\nto = EPSG:4527\nresidual-max = 1\npoint = K1, 1, 2, 3", "line 4")]
    [InlineData("from = Xi'an 1980\nto = EPSG:4527\nresidual-max = 1\npoint = K1, 1, 2, 3, 4", "line 1")]
    [InlineData("from = EPSG:2363\nto = EPSG:4527\npoint = K1, 1, 2, 3, 4", "lacks residual-max")]
    public void What_is_not_understood_or_missing_is_named(string text, string said)
    {
        var problem = Refused(text);
        Assert.Equal("files.transformation-syntax", problem.Code);
        Assert.Contains(said, problem.English, StringComparison.Ordinal);
        Assert.Contains("没有导入任何内容", problem.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_can_be_read()
    {
        Assert.IsType<SevenParameters>(TransformationFile.Read(Path.Combine(Examples, "transform-seven-parameters.txt")));
        var fit = Assert.IsType<LocalFit>(TransformationFile.Read(Path.Combine(Examples, "transform-control-points.txt")));
        Assert.Contains("4 control points", fit.StatementEn, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_read_with_it_lies_elsewhere_and_says_so()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        WrittenFeature[] features = [new([new(Drawn.Square(39576000, 4074000, 100), [])], ["1"])];
        ShapefileWriter.Write(scratch["a.shp"], "a", [new("DLBM", "text", 5)], features, zone, new(WritePrj: false));
        File.WriteAllText(
            scratch["a.prj"],
            """PROJCS["Xian_1980_3_Degree_GK_Zone_39",GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",39500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"""
        );
        var store = new LayerStore(scratch["layers"]);
        Assert.Equal("geometry.older-datum", Assert.Throws<Problem>(() => store.Add(new(scratch["a.shp"], "land-use"))).Code);
        var assumed = store.Add(new(scratch["a.shp"], "land-use", AssumeDatum: true));
        var way = TransformationFile.Read(Path.Combine(Examples, "transform-seven-parameters.txt"));
        var moved = store.Add(new(scratch["a.shp"], "land-use", Transformation: way));
        Assert.NotEqual(assumed.Id, moved.Id);
        Assert.Equal((true, false), (assumed.Assumed, moved.Assumed));
        Assert.Contains("seven parameters", moved.CrsStatement.En, StringComparison.Ordinal);
        Assert.Contains("七参数", moved.CrsStatement.Zh, StringComparison.Ordinal);
        Assert.InRange(Math.Abs(moved.Extent.MinX - assumed.Extent.MinX) * 89_000, 50, 200);
        Assert.Equal(assumed.AreaSquareMetres, moved.AreaSquareMetres, 0.5);
        Assert.Empty(store.Verify(moved.Id));
    }
}
