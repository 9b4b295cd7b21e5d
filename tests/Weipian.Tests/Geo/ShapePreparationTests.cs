using CsCheck;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>What cannot be used is refused; everything else is repaired by one rule, and listed.</summary>
public sealed class ShapePreparationTests
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("WEIPIAN_LONG") == "1" ? 20_000 : 2_000;
    private static readonly CoordinateSystem Degrees = CoordinateSystem.Cgcs2000;

    [Fact]
    public void A_feature_without_coordinates_is_refused()
    {
        Refused("geometry.empty");
        Refused("geometry.empty", []);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_with_its_place(double bad)
    {
        var problem = Refused("geometry.not-finite", Ring(0, 0, 1, 0, 1, 1), [117, 36, bad, 36, 117, 37]);
        Assert.Contains("Vertex 2 of ring 2", problem.English);
        Assert.Contains("第 2 个环的第 2 个点", problem.Chinese);
    }

    [Fact]
    public void Half_a_coordinate_is_refused() => Refused("geometry.not-finite", [117, 36, 118]);

    [Fact]
    public void Degrees_beyond_the_pole_are_refused() => Refused("geometry.outside-system", [117, 36, 117, 91, 118, 36]);

    [Fact]
    public void Points_lines_and_rings_that_cancel_have_no_area()
    {
        Refused("geometry.no-area", Ring(0, 0));
        Refused("geometry.no-area", Ring(0, 0, 1, 1));
        Refused("geometry.no-area", Ring(0, 0, 1, 0, 2, 0));
        Refused("geometry.no-area", Ring(0, 0, 1, 0, 0, 0, 1, 0));
    }

    [Fact]
    public void A_valid_feature_keeps_its_coordinates_and_lists_nothing()
    {
        double[] ring = [117.86, 36.80, 117.8620, 36.8003, 117.8607, 36.8015, 117.86, 36.80];
        var prepared = Prepare(ring);
        Assert.Empty(prepared.Repairs);
        Assert.Equal(13815.6371, Math.Round(prepared.AreaSquareMetres, 4));
        var shell = ((Polygon)prepared.Geographic[0]).ExteriorRing.Coordinates;
        Assert.Equal(ring, shell.SelectMany(c => new[] { c.X, c.Y }));
        Assert.Equal(4490, prepared.Geographic.SRID);
    }

    [Fact]
    public void Clockwise_shells_are_turned_without_a_word()
    {
        var prepared = Prepare(Ring(0, 0, 0, 1, 1, 1, 1, 0));
        Assert.Empty(prepared.Repairs);
        Assert.True(NetTopologySuite.Algorithm.Orientation.IsCCW(((Polygon)prepared.Geographic[0]).ExteriorRing.Coordinates));
    }

    [Fact]
    public void Both_lobes_of_a_bow_tie_stay()
    {
        var prepared = Prepare(Ring(0, 0, 2, 2, 2, 0, 0, 2));
        var note = Assert.Single(prepared.Repairs);
        Assert.Equal(RepairKind.SelfCrossing, note.Kind);
        Assert.Equal(117.801, note.Longitude, 1e-9);
        Assert.Equal(36.801, note.Latitude, 1e-7);
        Assert.Equal(2, prepared.Geographic.NumGeometries);
        Assert.Equal(2 * Square, prepared.AreaSquareMetres, Square * 1e-4);
        Assert.Equal(0, note.AreaBefore, Square * 1e-4);
        Assert.Equal(prepared.AreaSquareMetres, note.AreaAfter);
    }

    [Fact]
    public void A_figure_of_eight_through_a_vertex_keeps_both_lobes()
    {
        var prepared = Prepare(Ring(0, 0, 1, 1, 2, 2, 2, 0, 1, 1, 0, 2));
        Assert.Contains(prepared.Repairs, n => n.Kind == RepairKind.SelfTouch);
        Assert.Equal(2 * Square, prepared.AreaSquareMetres, Square * 1e-4);
    }

    [Fact]
    public void An_open_ring_is_closed_and_listed()
    {
        var prepared = ShapePreparation.Prepare(new Shape([Open(0, 0, 1, 0, 1, 1, 0, 1)]), Degrees);
        Assert.Equal(RepairKind.UnclosedRing, Assert.Single(prepared.Repairs).Kind);
        Assert.Equal(Square, prepared.AreaSquareMetres, Square * 1e-4);
    }

    [Fact]
    public void Repeated_vertices_are_kept_once_and_listed()
    {
        var prepared = Prepare(Ring(0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1));
        var note = Assert.Single(prepared.Repairs);
        Assert.Equal((RepairKind.DuplicatePoint, note.AreaBefore), (note.Kind, note.AreaAfter));
        Assert.Equal(5, prepared.Geographic.NumPoints);
    }

    [Fact]
    public void A_spike_is_left_out_and_listed()
    {
        var prepared = Prepare(Ring(0, 0, 1, 0, 3, 0, 1, 0, 1, 1, 0, 1));
        Assert.Contains(prepared.Repairs, n => n.Kind == RepairKind.Spike);
        Assert.Equal(Square, prepared.AreaSquareMetres, Square * 1e-4);
        Assert.True(prepared.Geographic.EnvelopeInternal.MaxX < 117.8011);
    }

    [Fact]
    public void Holes_and_islands_nest_by_their_place()
    {
        var prepared = Prepare(Ring(0, 0, 9, 0, 9, 9, 0, 9), Ring(1, 1, 1, 8, 8, 8, 8, 1), Ring(2, 2, 7, 2, 7, 7, 2, 7));
        Assert.Empty(prepared.Repairs);
        Assert.Equal(2, prepared.Geographic.NumGeometries);
        Assert.Equal((81 - 49 + 25) * Square, prepared.AreaSquareMetres, Square * 0.05);
    }

    [Fact]
    public void A_hole_that_runs_like_its_shell_is_a_hole_and_listed()
    {
        var prepared = Prepare(Ring(0, 0, 9, 0, 9, 9, 0, 9), Ring(1, 1, 2, 1, 2, 2, 1, 2));
        var note = Assert.Single(prepared.Repairs);
        Assert.Equal(RepairKind.RingOrientation, note.Kind);
        Assert.Equal(80 * Square, prepared.AreaSquareMetres, Square * 0.1);
        Assert.Equal(82 * Square, note.AreaBefore, Square * 0.1);
    }

    [Fact]
    public void A_hole_outside_its_shell_becomes_a_part_and_is_listed()
    {
        var prepared = Prepare(Ring(0, 0, 3, 0, 3, 3, 0, 3), Ring(5, 0, 5, 1, 6, 1, 6, 0));
        Assert.Equal(RepairKind.RingOrientation, Assert.Single(prepared.Repairs).Kind);
        Assert.Equal(2, prepared.Geographic.NumGeometries);
        Assert.Equal(10 * Square, prepared.AreaSquareMetres, Square * 0.01);
    }

    [Fact]
    public void A_hole_that_reaches_out_keeps_what_is_covered_once()
    {
        var prepared = Prepare(Ring(0, 0, 3, 0, 3, 3, 0, 3), Ring(2, 1, 2, 2, 5, 2, 5, 1));
        Assert.Equal(2, prepared.Repairs.Count(n => n.Kind == RepairKind.RingsCross));
        Assert.Equal(10 * Square, prepared.AreaSquareMetres, Square * 0.01);
    }

    [Fact]
    public void Overlapping_parts_keep_what_is_covered_once()
    {
        var prepared = Prepare(Ring(0, 0, 2, 0, 2, 2, 0, 2), Ring(1, 1, 3, 1, 3, 3, 1, 3));
        Assert.Equal(2, prepared.Repairs.Count(n => n.Kind == RepairKind.RingsCross));
        Assert.Equal(6 * Square, prepared.AreaSquareMetres, Square * 0.01);
    }

    [Fact]
    public void Parts_that_share_an_edge_are_joined_and_listed()
    {
        var prepared = Prepare(Ring(0, 0, 1, 0, 1, 1, 0, 1), Ring(1, 0, 2, 0, 2, 1, 1, 1));
        Assert.Equal(RepairKind.RingsShareEdge, Assert.Single(prepared.Repairs).Kind);
        Assert.Equal(1, prepared.Geographic.NumGeometries);
        Assert.Equal(2 * Square, prepared.AreaSquareMetres, Square * 0.01);
    }

    [Fact]
    public void A_hole_that_touches_its_shell_in_a_point_is_in_order()
    {
        var prepared = Prepare(Ring(0, 0, 4, 0, 4, 4, 0, 4), Ring(0, 2, 1, 3, 2, 2, 1, 1));
        Assert.Empty(prepared.Repairs);
        Assert.Equal(14 * Square, prepared.AreaSquareMetres, Square * 0.02);
        AssertValid(prepared);
    }

    [Fact]
    public void A_ring_that_comes_twice_counts_once_and_is_listed()
    {
        foreach (var again in new[] { Ring(0, 0, 1, 0, 1, 1, 0, 1), Ring(1, 1, 0, 1, 0, 0, 1, 0), Ring(0, 1, 1, 1, 1, 0, 0, 0) })
        {
            var prepared = Prepare(Ring(0, 0, 1, 0, 1, 1, 0, 1), again);
            Assert.Equal(RepairKind.DuplicateRing, Assert.Single(prepared.Repairs).Kind);
            Assert.Equal(Square, prepared.AreaSquareMetres, Square * 1e-4);
        }
        var twice = Prepare(Ring(0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1));
        Assert.Equal(RepairKind.DuplicateRing, Assert.Single(twice.Repairs).Kind);
        Assert.Equal(Square, twice.AreaSquareMetres, Square * 1e-4);
    }

    [Fact]
    public void A_scribble_lists_its_places_and_says_that_there_are_more()
    {
        var random = new Random(7);
        var scribble = Enumerable.Range(0, 120).Select(_ => random.Next(100_000) / 1000.0).ToArray();
        var prepared = Prepare(Ring(scribble));
        Assert.Equal(201, prepared.Repairs.Count);
        Assert.Equal(RepairKind.Further, prepared.Repairs[^1].Kind);
        AssertValid(prepared);
    }

    [Fact]
    public void A_projected_source_and_exchanged_axes_lead_to_the_same_place()
    {
        var system = CoordinateSystem.FromEpsg(4527);
        double[] degrees = [117.86, 36.80, 117.8620, 36.8003, 117.8607, 36.8015, 117.86, 36.80];
        var metres = new double[degrees.Length];
        var swapped = new double[degrees.Length];
        for (var i = 0; i < degrees.Length; i += 2)
        {
            var (x, y) = system.FromGeographic(degrees[i], degrees[i + 1]);
            (metres[i], metres[i + 1], swapped[i], swapped[i + 1]) = (x, y, y, x);
        }
        Assert.Equal(13815.6371, ShapePreparation.Prepare(new Shape([metres]), system).AreaSquareMetres, 1e-4);
        Assert.Equal(13815.6371, ShapePreparation.Prepare(new Shape([swapped]), system, axesSwapped: true).AreaSquareMetres, 1e-4);
        Assert.Equal("geometry.outside-system", Assert.Throws<Problem>(() => ShapePreparation.Prepare(new Shape([swapped]), system)).Code);
    }

    [Fact]
    public void The_area_kept_is_that_of_odd_winding_whatever_the_rings() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12])
            .Array[3, 14]
            .Array[1, 3]
            .Sample(
                rings =>
                {
                    // Whole numbers make coincident, collinear and repeated edges frequent.
                    var shape = rings.Select(r => Ring(r.SelectMany(p => new double[] { p.Item1, p.Item2 }).ToArray())).ToArray();
                    PreparedShape prepared;
                    try
                    {
                        prepared = Prepare(shape);
                    }
                    catch (Problem problem) when (problem.Code is "geometry.no-area")
                    {
                        return;
                    }
                    AssertValid(prepared);
                    if (prepared.Repairs.All(n => n.Kind != RepairKind.DuplicateRing))
                        Assert.Equal(OddArea(shape), prepared.AreaSquareMetres, 1e-5 * Square);
                    AssertIdempotent(prepared);
                },
                iter: Runs
            );

    /// <summary>The way of the intake, without objects for rings, against the other.</summary>
    [Fact]
    public void Placed_features_are_the_prepared_ones_to_the_bit() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12])
            .Array[3, 14]
            .Array[1, 3]
            .Sample(
                rings =>
                {
                    var shape = new Shape([.. rings.Select(r => Ring([.. r.SelectMany(p => new double[] { p.Item1, p.Item2 })]))]);
                    var taken = new TakenPolygons();
                    using var store = new RingStore();
                    PlacedShape placed;
                    try
                    {
                        placed = ShapePreparation.Place(shape, Degrees, axesSwapped: false, store, taken);
                    }
                    catch (Problem problem)
                    {
                        Assert.Equal(problem.Code, Assert.Throws<Problem>(() => ShapePreparation.Prepare(shape, Degrees)).Code);
                        return;
                    }
                    var prepared = ShapePreparation.Prepare(shape, Degrees);
                    Assert.Equal(prepared.AreaSquareMetres, placed.AreaSquareMetres);
                    Assert.Equal(prepared.Repairs, placed.Repairs);
                    Assert.Equal(prepared.Geographic.Coordinates.SelectMany(c => new[] { c.X, c.Y }), taken.Numbers);
                    Assert.Equal(prepared.Geographic.Geometries.Select(p => 1 + ((Polygon)p).NumInteriorRings), taken.Rings);
                    using var first = PackedLayer.Build([new LayerFeature(1, "a", prepared)]);
                    using var second = PackedLayer.Build(store, [new PlacedFeature(1, "a", placed)]);
                    Assert.Equal(Written(first), Written(second));
                },
                iter: Runs
            );

    private static byte[] Written(PackedLayer layer)
    {
        using var stream = new MemoryStream();
        layer.Write(stream);
        return stream.ToArray();
    }

    private sealed class TakenPolygons : IPolygonWriter
    {
        public List<double> Numbers { get; } = [];

        public List<int> Rings { get; } = [];

        public void Begin(int polygons)
        {
            Numbers.Clear();
            Rings.Clear();
        }

        public void BeginPolygon(int rings) => Rings.Add(rings);

        public void Ring(ReadOnlySpan<double> closedPairs) => Numbers.AddRange(closedPairs);
    }

    [Fact]
    public void Any_numbers_are_repaired_or_refused_but_never_throw_anything_else() =>
        Gen.Select(Gen.OneOf(Gen.Double[117, 118], Gen.Double[-400, 400], Gen.Double, Gen.Double.Special), Gen.Double[36, 37])
            .Array[0, 9]
            .Array[0, 3]
            .Sample(
                rings =>
                {
                    try
                    {
                        var prepared = Prepare([.. rings.Select(r => r.SelectMany(p => new[] { p.Item1, p.Item2 }).ToArray())]);
                        Assert.True(prepared.AreaSquareMetres > 0);
                        AssertValid(prepared);
                    }
                    catch (Problem problem)
                    {
                        Assert.StartsWith("geometry.", problem.Code);
                    }
                },
                iter: Runs
            );

    [Fact]
    public void Slivers_thinner_than_a_nanometre_are_repaired_too() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[-3, 3], Gen.Int[0, 4], Gen.Int[-3, 3])
            .Array[4, 24]
            .Sample(
                points =>
                {
                    // Vertices a few units in the last place off a coarse grid: crossings that rounding cannot tell apart.
                    var ring = points
                        .SelectMany(p => new[] { 117.8 + p.Item1 * 1e-4 + p.Item2 * 1.5e-14, 36.8 + p.Item3 * 1e-4 + p.Item4 * 7e-15 })
                        .ToArray();
                    try
                    {
                        AssertValid(Prepare(ring));
                    }
                    catch (Problem problem)
                    {
                        Assert.Equal("geometry.no-area", problem.Code);
                    }
                },
                iter: Runs
            );

    [Fact]
    public void Straight_in_the_source_adds_vertices_and_area_as_the_source_has_it()
    {
        var system = CoordinateSystem.FromEpsg(4548);
        double[] square = [570_000, 4_070_000, 580_000, 4_070_000, 580_000, 4_080_000, 570_000, 4_080_000, 570_000, 4_070_000];
        var formula = ShapePreparation.Prepare(new Shape([square]), system);
        var source = ShapePreparation.Prepare(new Shape([square]), system, convention: AreaConvention.Source);
        Assert.Equal(5, formula.Geographic.NumPoints);
        Assert.True(source.Geographic.NumPoints > 100);
        // Reference: the edges cut into 20,000 pieces in the source, then the formula.
        var fine = new List<double>();
        for (var edge = 0; edge < 4; edge++)
        for (var i = 0; i < 20_000; i++)
        {
            var t = i / 20_000.0;
            var (lon, lat) = system.ToGeographic(
                square[2 * edge] + t * (square[2 * edge + 2] - square[2 * edge]),
                square[2 * edge + 1] + t * (square[2 * edge + 3] - square[2 * edge + 1])
            );
            fine.AddRange([lon, lat]);
        }
        Assert.Equal(StatutoryPlane.SignedArea(fine.ToArray()), source.AreaSquareMetres, 40_000 * 1e-5);
        Assert.True(Math.Abs(formula.AreaSquareMetres - source.AreaSquareMetres) > 1);
    }

    [Fact]
    public void Neighbours_get_the_same_added_vertices_along_their_common_edge()
    {
        var system = CoordinateSystem.FromEpsg(4548);
        double[] west = [570_000, 4_070_000, 571_000, 4_070_000, 571_300, 4_073_000, 570_000, 4_073_000, 570_000, 4_070_000];
        double[] east = [571_000, 4_070_000, 573_000, 4_070_000, 573_000, 4_073_000, 571_300, 4_073_000, 571_000, 4_070_000];
        var a = ShapePreparation.Prepare(new Shape([west]), system, convention: AreaConvention.Source);
        var b = ShapePreparation.Prepare(new Shape([east]), system, convention: AreaConvention.Source);
        var both = ShapePreparation.Prepare(new Shape([west, east]), system, convention: AreaConvention.Source);
        var shared = a.Geographic.Coordinates.Intersect(b.Geographic.Coordinates).Count();
        Assert.True(shared > 10);
        Assert.Equal(1, both.Geographic.NumGeometries);
        Assert.Equal(a.AreaSquareMetres + b.AreaSquareMetres, both.AreaSquareMetres, 1e-6);
    }

    [Fact]
    public void A_long_ring_is_checked_quickly()
    {
        var ring = new double[54_000];
        for (var i = 0; i < ring.Length; i += 2)
        {
            var (angle, radius) = (2 * Math.PI * i / ring.Length, 0.1 + 1e-5 * Math.Sin(i * 0.7));
            (ring[i], ring[i + 1]) = (117.8 + radius * Math.Cos(angle), 36.8 + radius * Math.Sin(angle));
        }
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var prepared = ShapePreparation.Prepare(new Shape([ring]), Degrees);
        Assert.True(watch.ElapsedMilliseconds < 2000, $"{watch.ElapsedMilliseconds} ms");
        Assert.Equal(RepairKind.UnclosedRing, Assert.Single(prepared.Repairs).Kind);
    }

    /// <summary>About the area of a square of 0.001° at 36.8°.</summary>
    private static readonly double Square = StatutoryPlane.SignedArea(Open(0, 0, 1, 0, 1, 1, 0, 1));

    private static double[] Open(params double[] steps) => [.. steps.Select((s, i) => (i % 2 == 0 ? 117.8 : 36.8) + s * 0.001)];

    private static double[] Ring(params double[] steps) => [.. Open(steps), .. Open(steps).Take(2)];

    private static PreparedShape Prepare(params double[][] rings) => ShapePreparation.Prepare(new Shape(rings), Degrees);

    private static Problem Refused(string code, params double[][] rings)
    {
        var problem = Assert.Throws<Problem>(() => Prepare(rings));
        Assert.Equal(code, problem.Code);
        return problem;
    }

    /// <summary>Valid as an OGC geometry, in the plane in which it is judged.</summary>
    internal static void AssertValid(PreparedShape prepared)
    {
        var plane = InPlane(prepared.Geographic);
        var check = new IsValidOp(plane);
        Assert.True(check.IsValid, $"{check.ValidationError?.Message} {check.ValidationError?.Coordinate} in {prepared.Geographic}");
    }

    internal static Geometry InPlane(Geometry degrees)
    {
        var plane = degrees.Copy();
        plane.Apply(new ToPlane());
        plane.GeometryChanged();
        return plane;
    }

    internal static void AssertIdempotent(PreparedShape prepared)
    {
        var rings = new List<double[]>();
        foreach (Polygon polygon in prepared.Geographic.Geometries.Cast<Polygon>())
        foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
            rings.Add([.. ring.Coordinates.SelectMany(c => new[] { c.X, c.Y })]);
        var again = ShapePreparation.Prepare(new Shape(rings), Degrees);
        Assert.DoesNotContain(again.Repairs, n => n.Kind is not RepairKind.SelfTouch);
        Assert.Equal(prepared.AreaSquareMetres, again.AreaSquareMetres, 1e-6);
    }

    /// <summary>Area of odd winding by brute force: strips between all heights where anything happens, and the spans of each
    /// strip.</summary>
    private static double OddArea(double[][] rings)
    {
        var edges = new List<(double X1, double Y1, double X2, double Y2)>();
        foreach (var ring in rings)
        {
            var points = Enumerable
                .Range(0, ring.Length / 2)
                .Select(i => StatutoryPlane.FromGeographic(ring[2 * i], ring[2 * i + 1]))
                .ToList();
            for (var i = 1; i < points.Count; i++)
                edges.Add((points[i - 1].X, points[i - 1].Y, points[i].X, points[i].Y));
        }
        var heights = edges.SelectMany(e => new[] { e.Y1, e.Y2 }).ToList();
        foreach (var e in edges)
        foreach (var f in edges)
        {
            var determinant = (e.X2 - e.X1) * (f.Y2 - f.Y1) - (e.Y2 - e.Y1) * (f.X2 - f.X1);
            var t = ((f.X1 - e.X1) * (f.Y2 - f.Y1) - (f.Y1 - e.Y1) * (f.X2 - f.X1)) / determinant;
            if (t is > 0 and < 1)
                heights.Add(e.Y1 + t * (e.Y2 - e.Y1));
        }
        heights.Sort();
        var area = 0.0;
        for (var i = 1; i < heights.Count; i++)
        {
            var middle = (heights[i - 1] + heights[i]) / 2;
            var crossings = edges
                .Where(e => e.Y1 > middle != e.Y2 > middle)
                .Select(e => e.X1 + (middle - e.Y1) / (e.Y2 - e.Y1) * (e.X2 - e.X1))
                .Order()
                .ToList();
            for (var c = 0; c + 1 < crossings.Count; c += 2)
                area += (crossings[c + 1] - crossings[c]) * (heights[i] - heights[i - 1]);
        }
        return area;
    }

    private sealed class ToPlane : ICoordinateSequenceFilter
    {
        public bool Done => false;
        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence, int i)
        {
            var (x, y) = StatutoryPlane.FromGeographic(sequence.GetX(i), sequence.GetY(i));
            sequence.SetOrdinate(i, 0, x);
            sequence.SetOrdinate(i, 1, y);
        }
    }
}
