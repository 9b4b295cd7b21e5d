using CsCheck;
using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>Pieces cover what they should, add up, and keep the vertices they were given.</summary>
public sealed class PiecesTests
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("WEIPIAN_LONG") == "1" ? 10_000 : 500;

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
                    Assert.Equal(Pieces.AreaSquareMetres(first), shared + left, 1e-6);
                    Assert.Equal(Pieces.AreaSquareMetres(first) + Pieces.AreaSquareMetres(second) - shared, all, 1e-6);
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

    private static MultiPolygon? TryPrepared(double[] ring)
    {
        try
        {
            return Prepared(ring);
        }
        catch (Problem problem) when (problem.Code == "geometry.no-area")
        {
            return null;
        }
    }

    private static MultiPolygon Prepared(double[] ring) =>
        ShapePreparation.Prepare(new Shape([ring]), CoordinateSystem.Cgcs2000).Geographic;
}
