using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Overlaps inside a layer (rule 5101): what is skipped as certainly alone is nothing that measuring would have found.</summary>
public sealed class LayerOverlapsTests
{
    private static readonly JitteredCoverage Coverage = new(117.7, 36.7, 0.001, 60, 50, 5, 11, heavyTailed: true);

    private static PackedLayer Layer(IEnumerable<double[]> rings) => Layer(rings.Select(ring => new[] { ring }));

    private static PackedLayer Layer(IEnumerable<double[][]> shapes) =>
        PackedLayer.Build(
            shapes.Select((rings, i) => new LayerFeature(i + 1, "", ShapePreparation.Prepare(new Shape(rings), CoordinateSystem.Cgcs2000)))
        );

    private static IEnumerable<double[]> Cells => Enumerable.Range(0, Coverage.Count).Select(Coverage.Ring);

    /// <summary>Each pair measured, no feature left out.</summary>
    private static List<(int, int)> Measured(PackedLayer layer) =>
        [
            .. DeskOverlay
                .Measure(layer, layer)
                .Where(o => o.Patch < o.Feature && o.AreaSquareMetres > 1e-4)
                .Select(o => (o.Patch, o.Feature)),
        ];

    private static List<(int, int)> Found(PackedLayer layer) =>
        [.. LayerOverlaps.Within(layer).Where(o => o.AreaSquareMetres > 1e-4).Select(o => (o.Patch, o.Feature))];

    private static int Alone(PackedLayer layer) => FeaturesAlone.In(layer.View, default)?.Count(alone => alone) ?? 0;

    [Fact]
    public void In_a_clean_coverage_all_but_the_outer_features_are_alone()
    {
        using var layer = Layer(Cells);
        Assert.InRange(Alone(layer), Coverage.Count * 8 / 10, Coverage.Count);
        Assert.Empty(Found(layer));
    }

    [Theory]
    [InlineData(0.0002)] // inside one cell
    [InlineData(0.004)] // over several cells
    public void What_lies_on_a_coverage_is_found_with_all_it_lies_on(double size)
    {
        using var layer = Layer(Cells.Append(Square(117.7304, 36.7254, size)));
        Assert.NotEmpty(Found(layer));
        Assert.Equal(Measured(layer), Found(layer));
        Assert.True(Alone(layer) > Coverage.Count / 2);
    }

    /// <summary>All edges have their counterpart, and yet everything is covered twice.</summary>
    [Fact]
    public void A_coverage_that_comes_twice_overlaps_everywhere()
    {
        using var layer = Layer(Cells.Concat(Cells));
        Assert.True(Found(layer).Count >= Coverage.Count);
        Assert.Equal(Measured(layer), Found(layer));
    }

    /// <summary>A second sheet over the middle: inside it no edge is unmatched, and only the count of covers tells.</summary>
    [Fact]
    public void A_second_sheet_over_the_middle_is_found_as_far_as_it_reaches()
    {
        var middle = Enumerable.Range(0, Coverage.Count).Where(i => i % 60 is > 10 and < 50 && i / 60 is > 10 and < 40).ToList();
        using var layer = Layer(Cells.Concat(middle.Select(Coverage.Ring)));
        Assert.True(Found(layer).Count >= middle.Count);
        Assert.Equal(Measured(layer), Found(layer));
        Assert.InRange(Alone(layer), 100, Coverage.Count - middle.Count);
    }

    /// <summary>An island in a hole covers nothing twice; one that lies a metre aside does.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-5, 1)]
    public void An_island_in_a_hole_overlaps_only_where_it_does_not_fit(double aside, int overlaps)
    {
        double[][] around = [Square(117.7, 36.7, 0.01), Square(117.705, 36.705, 0.002)];
        using var layer = Layer([around, [Square(117.705 - aside, 36.705, 0.002)]]);
        Assert.Equal(overlaps, Found(layer).Count);
    }

    /// <summary>Faults of every kind, at random: cells that miss a vertex, lie a little aside, or are gone.</summary>
    [Fact]
    public void A_coverage_with_faults_gives_what_measuring_every_pair_gives()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var rings = Cells.Where(_ => random.Next(40) != 0).Select(ring => Faulty(ring, random)).ToList();
            using var layer = Layer(rings.Concat(Enumerable.Range(0, seed % 4).Select(i => Coverage.Patch(100 * seed + i, 0.002, 30))));
            Assert.NotEmpty(Found(layer));
            Assert.Equal(Measured(layer), Found(layer));
        }
    }

    private static double[] Faulty(double[] ring, Random random)
    {
        if (random.Next(30) != 0)
            return ring;
        if (random.Next(2) == 0)
            return [.. ring.Select(v => v + 1e-5)];
        var vertex = 2 * random.Next(1, ring.Length / 2 - 1);
        return [.. ring[..vertex], .. ring[(vertex + 2)..]];
    }

    private static double[] Square(double x, double y, double size) => [x, y, x + size, y, x + size, y + size, x, y + size, x, y];
}
