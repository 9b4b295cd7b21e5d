using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>The kernel against a topological overlay in the same plane, and against its own promises.</summary>
public sealed class KernelAgainstOverlayTests
{
    private const double West = 117.80;
    private const double South = 36.70;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Areas_agree_with_a_topological_overlay(int seed)
    {
        var draw = new Random(seed);
        var patches = Enumerable.Range(0, 60).Select(_ => Star(draw, 40, holed: draw.Next(3) == 0)).ToList();
        var features = Enumerable.Range(0, 200).Select(_ => Star(draw, draw.Next(3, 200), holed: draw.Next(3) == 0)).ToList();
        using var packedPatches = Pack(patches);
        using var packedFeatures = Pack(features);

        var measured = DeskOverlay
            .Measure(packedPatches, packedFeatures)
            .ToDictionary(o => (packedPatches.NumberOf(o.Patch), packedFeatures.NumberOf(o.Feature)), o => o.AreaSquareMetres);

        var pairs = 0;
        for (var p = 0; p < patches.Count; p++)
        for (var f = 0; f < features.Count; f++)
        {
            var expected = OverlayNGRobust
                .Overlay(
                    InPlane(patches[p].Geographic),
                    InPlane(features[f].Geographic),
                    NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection
                )
                .Area;
            pairs += expected > 0 ? 1 : 0;
            Assert.Equal(expected, measured.GetValueOrDefault((p, f)), 1e-6);
        }
        Assert.True(pairs > 500, $"only {pairs} pairs meet");
    }

    [Fact]
    public void Pieces_of_a_coverage_add_up_to_the_patch()
    {
        var draw = new Random(7);
        using var coverage = Pack(Coverage(draw, 60));
        var patches = Enumerable.Range(0, 200).Select(_ => Star(draw, 60, holed: false)).ToList();
        using var packed = Pack(patches);

        var sums = DeskOverlay
            .Measure(packed, coverage)
            .GroupBy(o => o.Patch)
            .ToDictionary(g => g.Key, g => g.Sum(o => o.AreaSquareMetres));

        Assert.Equal(patches.Count, sums.Count);
        Assert.All(sums, s => Assert.Equal(packed.AreaSquareMetresOf(s.Key), s.Value, 1e-6));
    }

    [Fact]
    public void A_layer_over_itself_measures_each_feature_wholly_and_nothing_of_its_neighbours()
    {
        using var coverage = Pack(Coverage(new Random(11), 12));

        var overlaps = DeskOverlay.Measure(coverage, coverage);

        Assert.Equal(coverage.Count, overlaps.Count(o => o.Patch == o.Feature));
        Assert.All(overlaps, o => Assert.Equal(o.Patch == o.Feature ? coverage.AreaSquareMetresOf(o.Patch) : 0, o.AreaSquareMetres, 1e-7));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads_or_on_a_file_in_between()
    {
        var draw = new Random(5);
        using var layer = Pack(Coverage(draw, 40));
        using var patches = Pack([.. Enumerable.Range(0, 300).Select(_ => Star(draw, 30, holed: false))]);
        var path = Path.Combine(Path.GetTempPath(), $"weipian-{Guid.NewGuid():N}.packed");
        try
        {
            using (var file = File.Create(path))
                layer.Write(file);
            using var mapped = PackedLayer.Map(path);
            using var stream = File.OpenRead(path);
            using var read = PackedLayer.Read(stream);

            var expected = DeskOverlay.Measure(patches, layer, threads: 1);

            Assert.Equal(expected, DeskOverlay.Measure(patches, mapped, threads: 2));
            Assert.Equal(expected, DeskOverlay.Measure(patches, read, threads: 3));
            Assert.Equal(layer.Codes, mapped.Codes);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(30)]
    [InlineData(4000)]
    public void A_file_that_is_not_whole_is_refused(int keep)
    {
        using var layer = Pack(Coverage(new Random(5), 10));
        using var written = new MemoryStream();
        layer.Write(written);
        var bytes = written.ToArray();
        if (keep < 0)
            bytes[^(bytes.Length / 3)] ^= 1;
        else
            bytes = bytes[..keep];

        var refusal = Assert.Throws<Problem>(() => PackedLayer.Read(new MemoryStream(bytes)));

        Assert.Equal("geometry.packed-layer-damaged", refusal.Code);
    }

    [Fact]
    public void An_empty_layer_measures_nothing()
    {
        using var nothing = Pack([]);
        using var something = Pack(Coverage(new Random(1), 2));

        Assert.Empty(DeskOverlay.Measure(nothing, something));
        Assert.Empty(DeskOverlay.Measure(something, nothing));
    }

    private static PackedLayer Pack(IReadOnlyList<PreparedShape> shapes) =>
        PackedLayer.Build(shapes.Select((shape, i) => new LayerFeature(i, $"c{i % 7}", shape)));

    /// <summary>A star-shaped polygon somewhere in a square of about two kilometres.</summary>
    private static PreparedShape Star(Random draw, int vertices, bool holed)
    {
        var (x, y) = (West + 0.02 * draw.NextDouble(), South + 0.02 * draw.NextDouble());
        var size = 0.0003 + 0.004 * draw.NextDouble();
        double[] outer = Ring(draw, x, y, size, vertices);
        double[][] rings = holed ? [outer, Ring(draw, x, y, size / 4, 9)] : [outer];
        return ShapePreparation.Prepare(new Shape(rings), CoordinateSystem.Cgcs2000);
    }

    private static double[] Ring(Random draw, double x, double y, double size, int vertices)
    {
        var ring = new double[2 * vertices + 2];
        for (var i = 0; i < vertices; i++)
        {
            var radius = size * (0.5 + 0.5 * draw.NextDouble());
            ring[2 * i] = x + radius * Math.Cos(i * Math.Tau / vertices);
            ring[2 * i + 1] = y + radius * Math.Sin(i * Math.Tau / vertices);
        }
        (ring[^2], ring[^1]) = (ring[0], ring[1]);
        return ring;
    }

    /// <summary>A grid of quadrilaterals with shared, shaken corners over the whole square and its surroundings.</summary>
    private static List<PreparedShape> Coverage(Random draw, int side)
    {
        var step = 0.04 / side;
        var corners = new (double X, double Y)[side + 1, side + 1];
        for (var i = 0; i <= side; i++)
        for (var j = 0; j <= side; j++)
            corners[i, j] = (
                West - 0.01 + step * (i + 0.4 * (draw.NextDouble() - 0.5)),
                South - 0.01 + step * (j + 0.4 * (draw.NextDouble() - 0.5))
            );
        var cells = new List<PreparedShape>();
        for (var i = 0; i < side; i++)
        for (var j = 0; j < side; j++)
        {
            var (a, b, c, d) = (corners[i, j], corners[i + 1, j], corners[i + 1, j + 1], corners[i, j + 1]);
            cells.Add(
                ShapePreparation.Prepare(
                    new Shape([
                        [a.X, a.Y, b.X, b.Y, c.X, c.Y, d.X, d.Y, a.X, a.Y],
                    ]),
                    CoordinateSystem.Cgcs2000
                )
            );
        }
        return cells;
    }

    private static Geometry InPlane(Geometry geographic)
    {
        var copy = geographic.Copy();
        copy.Apply(new ToPlane());
        return copy;
    }

    private sealed class ToPlane : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence points)
        {
            for (var i = 0; i < points.Count; i++)
            {
                var (x, y) = StatutoryPlane.FromGeographic(points.GetX(i), points.GetY(i));
                points.SetX(i, x);
                points.SetY(i, y);
            }
        }
    }
}
