using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>The unit of a column of areas, told by its geometry.</summary>
public sealed class AreaUnitsTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private LayerReport Inspected(string column, Func<int, double> stated, int count = 10)
    {
        // Squares of 100 m: 15 mu, 10 000 m², 1 ha in the plane.
        var zone = CoordinateSystem.FromEpsg(4527);
        var features = Enumerable
            .Range(0, count)
            .Select(i => new WrittenFeature(
                [new(Drawn.Square(39576000 + i * 200, 4074000, 100), [])],
                [$"{i}", stated(i), "20180101", "20180601"]
            ));
        WrittenField[] fields = [new("JCBH", "text", 10), new(column, "real", 16, 4), new("QSX", "text", 8), new("HSX", "text", 8)];
        GeoPackageWriter.Write(scratch[$"{column}.gpkg"], "a", fields, features, zone);
        return Assert.Single(Inspection.Inspect(scratch[$"{column}.gpkg"]).Layers);
    }

    [Theory]
    [InlineData(15, "mu")]
    [InlineData(14.7, "mu")]
    [InlineData(10_000, "m2")]
    [InlineData(1.02, "ha")]
    public void Whatever_the_column_is_called(double stated, string unit)
    {
        foreach (var column in (string[])["JCMJ", "MJ"])
        {
            var report = Inspected(column, _ => stated).AreaUnit!;
            Assert.Equal((column, unit, 10, 10), (report.Column, report.Unit, report.Compared, report.Agreeing));
            File.Delete(scratch[$"{column}.gpkg"]);
        }
    }

    [Fact]
    public void Areas_that_fit_no_unit_are_not_guessed()
    {
        var report = Inspected("JCMJ", i => 77 + i).AreaUnit!;
        Assert.Null(report.Unit);
        Assert.Contains("no unit", report.Basis.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_one_unit_and_half_of_another_are_not_guessed() =>
        Assert.Null(Inspected("JCMJ", i => i % 2 == 0 ? 15 : 10_000).AreaUnit!.Unit);

    [Fact]
    public void One_record_does_not_go_before_the_name_of_the_column()
    {
        var units = new AreaUnits();
        units.Compare(15.0, 10_000);
        Assert.Equal(("mu", false), (units.Unit, units.IsCertain));
        units.Compare("15.1", 10_000);
        units.Compare(0, 10_000);
        units.Compare("十五", 10_000);
        units.Compare(15L, 10_000);
        Assert.True(units.IsCertain);
    }

    [Fact]
    public void The_place_on_earth_of_every_candidate_is_told()
    {
        var zone = CoordinateSystem.FromEpsg(4548);
        WrittenFeature[] features = [new([new(Drawn.Square(576000, 4074000, 100), [])], ["1"])];
        ShapefileWriter.Write(scratch["a.shp"], "a", [new("JCBH", "text", 10)], features, zone, new(WritePrj: false));
        var layer = Assert.Single(Inspection.Inspect(scratch["a.shp"]).Layers);
        Assert.Null(layer.Crs);
        Assert.Null(layer.Records);
        var candidate = layer.CrsCandidates.Single(c => c.Epsg == 4548);
        Assert.Equal(117.85, candidate.Longitude!.Value, 0.01);
        Assert.Equal(36.79, candidate.Latitude!.Value, 0.01);
        Assert.True(layer.CrsCandidates.Count > 5);
        Assert.All(layer.CrsCandidates, c => Assert.NotNull(c.Longitude));
    }

    [Fact]
    public void Taken_repaired_and_refused_are_all_the_records()
    {
        var zone = CoordinateSystem.FromEpsg(4527);
        double[] bowTie = [39577000, 4074000, 39577100, 4074100, 39577100, 4074000, 39577000, 4074100];
        WrittenFeature[] features =
        [
            new([new(Drawn.Square(39576000, 4074000, 100), [])], ["1"]),
            new([new(bowTie, [])], ["2"]),
            new([], ["3"]),
        ];
        ShapefileWriter.Write(scratch["a.shp"], "a", [new("JCBH", "text", 10)], features, zone, new(RingsAsGiven: true));
        var layer = Assert.Single(Inspection.Inspect(scratch["a.shp"]).Layers);
        Assert.Equal(new RecordCounts(1, 1, 1), layer.Records);
        Assert.Equal(3, layer.Count);
    }
}
