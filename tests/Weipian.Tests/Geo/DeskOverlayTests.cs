using CsCheck;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>The areas of the kernel: they add up, they agree with constructed pieces, and they do not depend on threads.</summary>
public sealed class DeskOverlayTests
{
    private static readonly CoordinateSystem Degrees = CoordinateSystem.Cgcs2000;
    private static readonly int Runs = Environment.GetEnvironmentVariable("WEIPIAN_LONG") == "1" ? 20_000 : 1_000;

    [Fact]
    public void Over_a_clean_coverage_the_areas_add_up_to_the_patch()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 60, 60, 6, 1);
        using var layer = PackedLayer.Build(coverage.Features(i => (i % 7).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        using var patches = Layer(Enumerable.Range(0, 300).Select(i => coverage.Patch(i, 0.0005 * (1 + i % 12), 12 + i % 60)));
        var sums = DeskOverlay.Measure(patches, layer).GroupBy(o => o.Patch).ToDictionary(g => g.Key, g => g.Sum(o => o.AreaSquareMetres));
        Assert.Equal(patches.Count, sums.Count);
        for (var patch = 0; patch < patches.Count; patch++)
            Assert.Equal(patches.AreaSquareMetresOf(patch), sums[patch], 1e-6);
    }

    [Fact]
    public void What_lies_between_the_parts_of_a_patch_is_not_met_and_the_parts_still_add_up()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 300, 40, 4, 6);
        using var layer = PackedLayer.Build(coverage.Features(_ => ""));
        double[] East(double[] ring) => [.. ring.Select((v, i) => i % 2 == 0 ? v + 0.25 : v)];
        var near = coverage.Patch(3, 0.001, 30).Select((v, i) => i % 2 == 0 ? 117.71 + (v - coverage.Patch(3, 0.001, 30)[0]) : v).ToArray();
        using var patches = PackedLayer.Build([new LayerFeature(1, "", ShapePreparation.Prepare(new Shape([near, East(near)]), Degrees))]);
        var found = DeskOverlay.Measure(patches, layer);
        Assert.InRange(found.Count, 2, 60);
        Assert.All(found, overlap => Assert.True(overlap.AreaSquareMetres > 1e-3, $"{overlap.AreaSquareMetres}"));
        Assert.Equal(patches.AreaSquareMetresOf(0), found.Sum(overlap => overlap.AreaSquareMetres), 1e-6);
    }

    [Fact]
    public void Threads_change_neither_values_nor_order()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 40, 40, 4, 2);
        using var layer = PackedLayer.Build(coverage.Features(_ => ""));
        using var patches = Layer(Enumerable.Range(0, 500).Select(i => coverage.Patch(i, 0.001, 30)));
        var one = DeskOverlay.Measure(patches, layer, threads: 1);
        Assert.Equal(one, DeskOverlay.Measure(patches, layer, threads: 2));
        Assert.Equal(one, DeskOverlay.Measure(patches, layer, threads: 7));
        Assert.Equal(one.OrderBy(o => o.Patch).ThenBy(o => o.Feature), one);
    }

    [Fact]
    public void Several_layers_at_once_give_what_each_gives_alone()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 40, 40, 4, 2);
        using var cells = PackedLayer.Build(coverage.Features(_ => ""));
        using var nothing = PackedLayer.Build([]);
        using var stars = Layer(Enumerable.Range(1000, 200).Select(i => coverage.Patch(i, 0.002, 20)));
        using var patches = Layer(Enumerable.Range(0, 300).Select(i => coverage.Patch(i, 0.001, 30)));
        PackedLayer[] layers = [cells, nothing, stars, cells];
        var together = DeskOverlay.Measure(patches, layers, threads: 2);
        Assert.Equal(layers.Select(layer => DeskOverlay.Measure(patches, layer)), together);
        Assert.Empty(DeskOverlay.Measure(patches, Array.Empty<PackedLayer>()));
    }

    /// <summary>The digest stands for the bits of some four thousand areas. It is the same whatever registers a machine has, or replay
    /// breaks: tried with <c>DOTNET_EnableAVX512=0</c>, <c>DOTNET_EnableAVX2=0</c> and <c>DOTNET_EnableHWIntrinsic=0</c>.</summary>
    [Fact]
    public void The_bits_of_the_areas_are_those_recorded()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 40, 40, 12, 7);
        using var layer = PackedLayer.Build(coverage.Features(_ => ""));
        using var patches = PackedLayer.Build(new JitteredCoverage(117.7003, 36.7002, 0.0013, 28, 28, 9, 8).Features(_ => ""));
        var digest = 14695981039346656037UL;
        foreach (var overlap in DeskOverlay.Measure(patches, layer))
            digest = (digest ^ BitConverter.DoubleToUInt64Bits(overlap.AreaSquareMetres)) * 1099511628211UL;
        Assert.Equal(9137191630480546085UL, digest);
    }

    [Fact]
    public void Values_do_not_depend_on_the_order_in_which_features_came()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 20, 20, 4, 3);
        var features = coverage.Features(_ => "").ToList();
        using var forward = PackedLayer.Build(features);
        using var backward = PackedLayer.Build(features.AsEnumerable().Reverse());
        using var patches = Layer(Enumerable.Range(0, 50).Select(i => coverage.Patch(i, 0.001, 30)));
        var a = DeskOverlay.Measure(patches, forward).Select(o => (o.Patch, forward.NumberOf(o.Feature), o.AreaSquareMetres)).Order();
        var b = DeskOverlay.Measure(patches, backward).Select(o => (o.Patch, backward.NumberOf(o.Feature), o.AreaSquareMetres)).Order();
        Assert.Equal(a, b);
    }

    [Fact]
    public void A_patch_wholly_inside_a_feature_has_its_own_area_whatever_the_vertices_of_the_feature()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 9, 9, 4, 4);
        var around = Round(117.7045, 36.7045, 0.02, 27_000, 0.02);
        using var layer = Layer([around]);
        using var patches = Layer(Enumerable.Range(0, 20).Select(i => coverage.Patch(i, 0.0005, 20)));
        foreach (var overlap in DeskOverlay.Measure(patches, layer))
            Assert.Equal(patches.AreaSquareMetresOf(overlap.Patch), overlap.AreaSquareMetres, 1e-9);
        Assert.Equal(20, DeskOverlay.Measure(patches, layer).Count);
    }

    [Fact]
    public void A_feature_wholly_inside_a_patch_has_its_own_area()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.0002, 30, 30, 5, 5);
        using var layer = PackedLayer.Build(coverage.Features(_ => ""));
        using var patches = Layer([Round(117.703, 36.703, 0.02, 500, 0)]);
        var overlaps = DeskOverlay.Measure(patches, layer);
        Assert.Equal(900, overlaps.Count);
        foreach (var overlap in overlaps)
            Assert.Equal(layer.AreaSquareMetresOf(overlap.Feature), overlap.AreaSquareMetres, 1e-6);
    }

    [Fact]
    public void A_red_line_of_27000_vertices_agrees_with_its_pieces()
    {
        var redLine = Prepared(Round(117.75, 36.75, 0.05, 27_000, 0.001));
        using var layer = PackedLayer.Build([new LayerFeature(1, "", redLine)]);
        var rings = Enumerable
            .Range(0, 24)
            .Select(i => StatutoryPlaneTests.Star(117.75 + 0.05 * Math.Cos(i), 36.75 + 0.05 * Math.Sin(i), 0.002, 8 + i))
            .ToList();
        AssertAgreesWithPieces(rings, [redLine], 1e-6);
    }

    [Fact]
    public void Kernel_and_pieces_agree_within_1e_6_square_metres_on_random_polygons() =>
        Gen.Select(Polygon, Polygon)
            .Sample(
                (a, b) =>
                {
                    if (TryPrepare(a) is { } first && TryPrepare(b) is { } second)
                        Assert.Equal(PieceArea(first, second), KernelArea(first, second), 1e-6);
                },
                iter: Runs
            );

    [Fact]
    public void Kernel_and_pieces_agree_where_edges_coincide_touch_and_overlap() =>
        Gen.Select(Lattice, Lattice)
            .Sample(
                (a, b) =>
                {
                    if (TryPrepare(a) is { } first && TryPrepare(b) is { } second)
                        Assert.Equal(PieceArea(first, second), KernelArea(first, second), 1e-6);
                },
                iter: Runs
            );

    [Fact]
    public void Slivers_between_almost_equal_polygons_keep_their_area() =>
        Gen.Select(Polygon, Gen.Double[1e-13, 1e-6])
            .Sample(
                (ring, off) =>
                {
                    if (
                        TryPrepare(ring) is not { } first
                        || TryPrepare([.. ring.Select((v, i) => v + (i % 2 == 0 ? off : off / 3))]) is not { } second
                    )
                        return;
                    // What both share is the first without the sliver, and the same seen from the second.
                    var shared = KernelArea(first, second);
                    Assert.Equal(shared, KernelArea(second, first), 1e-6);
                    Assert.InRange(shared, 0, first.AreaSquareMetres + 1e-6);
                    Assert.InRange(first.AreaSquareMetres - shared, -1e-6, first.Geographic.Length * 1.3e10 * off + 1e-6);
                },
                iter: Runs
            );

    [Fact]
    public void Equal_polygons_share_all_and_neighbours_nothing()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 12, 12, 6, 6);
        using var layer = PackedLayer.Build(coverage.Features(_ => ""));
        var overlaps = DeskOverlay.Measure(layer, layer);
        Assert.Equal(layer.Count, overlaps.Count);
        foreach (var overlap in overlaps)
        {
            Assert.Equal(overlap.Patch, overlap.Feature);
            Assert.Equal(layer.AreaSquareMetresOf(overlap.Patch), overlap.AreaSquareMetres, 1e-8);
        }
    }

    [Fact]
    public void Holes_and_parts_count_as_they_should()
    {
        var ring = Prepared(Square(0, 0, 9), Square(3, 3, 3));
        var parts = Prepared(Square(1, 1, 1), Square(4, 4, 1), Square(20, 20, 1));
        Assert.Equal(Prepared(Square(1, 1, 1)).AreaSquareMetres, KernelArea(ring, parts), 1e-7);
        Assert.Equal(Prepared(Square(1, 1, 1)).AreaSquareMetres, KernelArea(parts, ring), 1e-7);
    }

    [Fact]
    public void An_empty_layer_measures_nothing()
    {
        using var empty = PackedLayer.Build([]);
        using var one = Layer([Square(0, 0, 1)]);
        Assert.Empty(DeskOverlay.Measure(one, empty));
        Assert.Empty(DeskOverlay.Measure(empty, one));
        Assert.Empty(DeskOverlay.Measure(empty, empty));
    }

    [Fact]
    public void A_measurement_can_be_stopped()
    {
        using var layer = Layer([Square(0, 0, 1)]);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => DeskOverlay.Measure(layer, layer, 0, stop.Token));
    }

    /// <summary>Any ring of a few vertices, crossing itself or not: preparation makes it valid.</summary>
    private static Gen<double[]> Polygon =>
        Gen.Select(Gen.Double[0, 0.004], Gen.Double[0, 0.004])
            .Array[3, 40]
            .Select(points =>
                points
                    .OrderBy(p => Math.Atan2(p.Item2 - 0.002, p.Item1 - 0.002))
                    .SelectMany(p => new[] { 117.8 + p.Item1, 36.8 + p.Item2 })
                    .ToArray()
            );

    private static Gen<double[]> Lattice =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6])
            .Array[3, 9]
            .Select(points => points.SelectMany(p => new[] { 117.8 + p.Item1 * 0.001, 36.8 + p.Item2 * 0.001 }).ToArray());

    private static PreparedShape? TryPrepare(params double[][] rings)
    {
        try
        {
            return Prepared(rings);
        }
        catch (Problem)
        {
            return null;
        }
    }

    private static PreparedShape Prepared(params double[][] rings) => ShapePreparation.Prepare(new Shape(rings), Degrees);

    private static PackedLayer Layer(IEnumerable<double[]> rings) =>
        PackedLayer.Build(rings.Select((r, i) => new LayerFeature(i + 1, "", Prepared(r))));

    private static double KernelArea(PreparedShape a, PreparedShape b)
    {
        using var first = PackedLayer.Build([new LayerFeature(1, "", a)]);
        using var second = PackedLayer.Build([new LayerFeature(1, "", b)]);
        return DeskOverlay.Measure(first, second, threads: 1).Sum(o => o.AreaSquareMetres);
    }

    private static double PieceArea(PreparedShape a, PreparedShape b) =>
        Pieces.AreaSquareMetres(Pieces.Intersection(a.Geographic, b.Geographic));

    private static void AssertAgreesWithPieces(List<double[]> patches, List<PreparedShape> features, double tolerance)
    {
        foreach (var patch in patches.Select(p => Prepared(p)))
        foreach (var feature in features)
        {
            var area = KernelArea(patch, feature);
            Assert.Equal(PieceArea(patch, feature), area, tolerance);
            Assert.Equal(area, KernelArea(feature, patch), tolerance);
        }
    }

    private static double[] Square(double x, double y, double size) =>
        [
            117.8 + x * 0.001,
            36.8 + y * 0.001,
            117.8 + (x + size) * 0.001,
            36.8 + y * 0.001,
            117.8 + (x + size) * 0.001,
            36.8 + (y + size) * 0.001,
            117.8 + x * 0.001,
            36.8 + (y + size) * 0.001,
        ];

    private static double[] Round(double longitude, double latitude, double radius, int vertices, double roughness)
    {
        var ring = new double[2 * vertices];
        for (var i = 0; i < vertices; i++)
        {
            var (angle, r) = (2 * Math.PI * i / vertices, radius * (1 + roughness * Math.Sin(i * 0.37)));
            (ring[2 * i], ring[2 * i + 1]) = (longitude + r * Math.Cos(angle), latitude + r * Math.Sin(angle));
        }
        return ring;
    }
}
