using CsCheck;
using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Pieces cover what they should, add up, and keep the vertices they were given.</summary>
public sealed class PiecesTests
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("WEIPIAN_LONG") == "1" ? 20_000 : 300;

    private static readonly Gen<double[]> Ring = Gen.Select(Gen.Double[0, 0.004], Gen.Double[0, 0.004])
        .Array[3, 25]
        .Select(points => points.SelectMany(p => new[] { 117.8 + p.Item1, 36.8 + p.Item2 }).ToArray());

    [Fact]
    public void What_is_shared_and_what_is_left_add_up_to_the_whole() =>
        Gen.Select(Ring, Ring)
            .Sample(
                (a, b) =>
                {
                    if (TryPrepared(a) is not { } first || TryPrepared(b) is not { } second)
                        return;
                    var shared = Pieces.AreaSquareMetres(Pieces.Intersection(first, second));
                    var left = Pieces.AreaSquareMetres(Pieces.Difference(first, second));
                    var all = Pieces.AreaSquareMetres(Pieces.Union([first, second]));
                    var tolerance = Tolerance(first, second);
                    Assert.Equal(Pieces.AreaSquareMetres(first), shared + left, tolerance);
                    Assert.Equal(Pieces.AreaSquareMetres(first) + Pieces.AreaSquareMetres(second) - shared, all, tolerance);
                },
                iter: Runs
            );

    [Fact]
    public void A_vertex_that_came_in_comes_out_with_the_same_bits()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 6, 6, 5, 1);
        var cells = Enumerable.Range(0, coverage.Count).Select(i => Prepared(coverage.Ring(i))).ToList();
        var known = cells.SelectMany(c => c.Coordinates).Select(c => (c.X, c.Y)).ToHashSet();
        var union = Pieces.Union(cells);
        Assert.Equal(1, union.NumGeometries);
        Assert.All(union.Coordinates, c => Assert.Contains((c.X, c.Y), known));
        Assert.Equal(cells.Sum(Pieces.AreaSquareMetres), Pieces.AreaSquareMetres(union), 1e-6);
        Assert.Equal(4490, union.SRID);
    }

    [Fact]
    public void Neighbours_share_no_polygon_and_nothing_is_left_of_a_thing_without_itself()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 2, 1, 5, 1);
        var (west, east) = (Prepared(coverage.Ring(0)), Prepared(coverage.Ring(1)));
        Assert.True(Pieces.Intersection(west, east).IsEmpty);
        Assert.True(Pieces.Difference(west, west).IsEmpty);
        Assert.True(Pieces.Union([]).IsEmpty);
        Assert.Equal(Pieces.AreaSquareMetres(west), Pieces.AreaSquareMetres(Pieces.Difference(west, east)), 1e-8);
    }

    [Fact]
    public void Cutting_a_patch_along_a_coverage_leaves_nothing_over()
    {
        var coverage = new JitteredCoverage(117.7, 36.7, 0.001, 30, 30, 6, 8);
        var cells = Enumerable.Range(0, coverage.Count).Select(i => Prepared(coverage.Ring(i))).ToList();
        for (var i = 0; i < 20; i++)
        {
            var patch = Prepared(coverage.Patch(i, 0.002, 40));
            var parts = cells
                .Where(c => c.EnvelopeInternal.Intersects(patch.EnvelopeInternal))
                .Select(c => Pieces.Intersection(patch, c))
                .ToList();
            Assert.Equal(Pieces.AreaSquareMetres(patch), parts.Sum(Pieces.AreaSquareMetres), 1e-6);
            Assert.All(parts.Where(p => !p.IsEmpty), p => Assert.IsType<MultiPolygon>(p));
        }
    }

    [Fact]
    public void A_measured_piece_lies_in_both_is_valid_and_has_the_area_of_the_kernel() =>
        Gen.Select(Ring.Array[1, 3], Ring.Array[1, 3])
            .Sample(
                (a, b) =>
                {
                    // Scribbles with parts and holes: preparation makes them valid, and their edges cross each other many times.
                    if (TryPrepared(a) is not { } first || TryPrepared(b) is not { } second)
                        return;
                    AssertMeasured(first, second);
                    AssertMeasured(second, first);
                },
                iter: Runs
            );

    [Fact]
    public void A_measured_piece_is_right_where_corners_and_edges_touch() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5])
            .Array[3, 9]
            .Array[2, 2]
            .Sample(
                rings =>
                {
                    var laid = rings.Select(r => r.SelectMany(p => new[] { 117.8 + p.Item1 * 0.001, 36.8 + p.Item2 * 0.001 }).ToArray());
                    var shapes = laid.Select(r => TryPrepared(r)).ToList();
                    if (shapes[0] is { } first && shapes[1] is { } second)
                        AssertMeasured(first, second);
                },
                iter: Runs
            );

    [Fact]
    public void Rings_that_cross_nothing_are_in_the_piece_as_holes_and_islands()
    {
        var outer = Prepared(Square(0, 0, 9), Square(3, 3, 3), Square(4, 4, 1), Square(7.2, 7.2, 0.5));
        var across = Prepared(Square(-1, 2, 8), Square(6.2, 2.5, 0.3));
        AssertMeasured(outer, across);
        AssertMeasured(across, outer);
        var piece = (MultiPolygon)Measured(outer, across);
        Assert.Equal(2, piece.NumGeometries);
        Assert.Equal(2, piece.Geometries.Cast<Polygon>().Sum(p => p.NumInteriorRings));
    }

    [Fact]
    public void What_lies_wholly_inside_is_not_cut()
    {
        var (large, small) = (Prepared(Square(0, 0, 9)), Prepared(Square(2, 2, 3)));
        Assert.Same(small, Measured(large, small));
        Assert.Same(small, Measured(small, large));
    }

    private static void AssertMeasured(MultiPolygon a, MultiPolygon b)
    {
        var shared = Kernel(a, b);
        if (shared == 0)
            return;
        var piece = Measured(a, b);
        var tolerance = Tolerance(a, b);
        Assert.Equal(shared, Pieces.AreaSquareMetres(piece), tolerance);
        Assert.Equal(shared, ExactArea.Shared(piece, a), tolerance);
        Assert.Equal(shared, ExactArea.Shared(piece, b), tolerance);
        ShapePreparationTests.AssertValid(new PreparedShape(Assert.IsType<MultiPolygon>(piece), shared, []));
        // In the plane, in which edges are straight; of a sliver of nanometres the sign is rounding.
        Assert.All(
            ((MultiPolygon)piece).Geometries,
            part =>
                Assert.True(StatutoryPlane.SignedArea([.. ((Polygon)part).Shell.Coordinates.SelectMany(c => new[] { c.X, c.Y })]) > -1e-6)
        );
    }

    /// <summary>Where boundaries cross, degrees are rounded: by two nanometres at most along both, and a scribble has kilometres.</summary>
    private static double Tolerance(MultiPolygon a, MultiPolygon b) => 2e-6 + 2e-9 * 112_000 * (a.Length + b.Length);

    private static Geometry Measured(MultiPolygon a, MultiPolygon b) =>
        Pieces.Measured(a, Pieces.AreaSquareMetres(a), b, Pieces.AreaSquareMetres(b), Kernel(a, b));

    private static double Kernel(MultiPolygon a, MultiPolygon b)
    {
        using var first = PackedLayer.Build([new LayerFeature(1, "", PreparedShape.FromStored(a))]);
        using var second = PackedLayer.Build([new LayerFeature(1, "", PreparedShape.FromStored(b))]);
        return DeskOverlay.Measure(first, second, threads: 1).Sum(o => o.AreaSquareMetres);
    }

    private static double[] Square(double x, double y, double size) =>
        [
            .. new[] { (x, y), (x + size, y), (x + size, y + size), (x, y + size) }.SelectMany(p =>
                new[] { 117.8 + p.Item1 / 1000, 36.8 + p.Item2 / 1000 }
            ),
        ];

    private static MultiPolygon? TryPrepared(params double[][] rings)
    {
        try
        {
            return Prepared(rings);
        }
        catch (Problem problem) when (problem.Code == "geometry.no-area")
        {
            return null;
        }
    }

    private static MultiPolygon Prepared(params double[][] rings) =>
        ShapePreparation.Prepare(new Shape(rings), CoordinateSystem.Cgcs2000).Geographic;
}
