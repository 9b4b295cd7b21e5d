using CsCheck;
using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.Tests.Geo;

/// <summary>The kernel against a reference with seventy digits, and the laws that areas obey.</summary>
/// <remarks>
/// Tolerances are bounds, not guesses. Each coordinate is reckoned with a relative error of a few u = 2⁻⁵³ of the largest length H in
/// play (where the box of the patch begins, where an edge is clipped to it), and every pair of an edge of P and an edge of Q adds a term of
/// at most w·H over the width w that they share; the widths of all pairs together are at most n(P)·perimeter(Q). A run of edges of Q
/// above P is a difference of two cumulative areas, each known to a few u of the box of P. See <see cref="KernelTolerance"/>. For
/// polygons as they come (a kilometre across) 1e-6 m² is asked for beside it. Pieces may snap: see <see cref="PieceTolerance"/>.
/// </remarks>
public sealed class ExactnessTests(ITestOutputHelper output)
{
    private const double Unit = 1.1102230246251565e-16;

    /// <summary>A degree of latitude in the plane, metres, rounded up.</summary>
    private const double DegreeMetres = 112_000;
    private static readonly int Runs = Environment.GetEnvironmentVariable("WEIPIAN_LONG") == "1" ? 20_000 : 300;

    /// <summary>From a millimetre to a thousand kilometres across, evenly on a scale of orders of magnitude.</summary>
    private static readonly Gen<double> SizeDegrees = Gen.Double[-8, 1].Select(exponent => Math.Pow(10, exponent));

    private static readonly Gen<(double Longitude, double Latitude)> Place = Gen.Select(Gen.Double[75, 134], Gen.Double[4, 52]);

    /// <summary>Points about a middle, by angle: usually simple, with spikes; the unit is the size of the whole.</summary>
    private static readonly Gen<(double X, double Y)[]> Star = Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1])
        .Array[3, 20]
        .Select(points => points.OrderBy(p => Math.Atan2(p.Item2, p.Item1)).ToArray());

    /// <summary>Points of a small lattice in any order: crossing itself, coincident, collinear, upright.</summary>
    private static readonly Gen<(double X, double Y)[]> Scribble = Gen.Select(Gen.Int[-3, 3], Gen.Int[-3, 3])
        .Array[3, 8]
        .Select(points => points.Select(p => (p.Item1 / 3.0, p.Item2 / 3.0)).ToArray());

    private static readonly Gen<(double X, double Y)[]> Any = Gen.OneOf(Star, Scribble);

    private readonly Worst worst = new();

    [Fact]
    public void Random_and_degenerate_polygons_of_every_size_share_what_the_reference_says() =>
        Check(
            Gen.Select(Place, SizeDegrees, Any, Any, Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1]))
                .Select((place, size, a, b, off) => (Laid(a, place, size), Laid(Moved(b, off), place, size)))
        );

    [Fact]
    public void Tiny_polygons_beside_and_inside_huge_ones_share_what_the_reference_says() =>
        Check(
            Gen.Select(Place, Gen.Double[-8, -4], Gen.Double[0, 1], Any, Star, Gen.Int[0, 19], Gen.Double[-0.5, 1.5])
                .Select(
                    (place, small, large, a, b, edge, along) =>
                    {
                        var huge = Laid(b, place, Math.Pow(10, large));
                        // The small one lies on an edge of the large one, or on the line that goes on from it.
                        var i = edge % (huge.Length / 2 - 1) * 2;
                        var at = (huge[i] + along * (huge[i + 2] - huge[i]), huge[i + 1] + along * (huge[i + 3] - huge[i + 1]));
                        return (Laid(a, at, Math.Pow(10, small)), huge);
                    }
                )
        );

    [Fact]
    public void Polygons_that_nearly_coincide_share_what_the_reference_says() =>
        Check(
            Gen.Select(Place, SizeDegrees, Any, Gen.Double[-16, -2], Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1]).Array[20])
                .Select(
                    (place, size, a, exponent, noise) =>
                    {
                        var shaken = a.Select(
                            (p, i) => (p.X + Math.Pow(10, exponent) * noise[i].Item1, p.Y + Math.Pow(10, exponent) * noise[i].Item2)
                        );
                        return (Laid(a, place, size), Laid([.. shaken], place, size));
                    }
                )
        );

    [Fact]
    public void The_statutory_area_of_a_ring_is_that_of_the_formula() =>
        Gen.Select(Place, SizeDegrees, Star)
            .Sample(
                (place, size, star) =>
                {
                    var ring = Laid(star, place, size);
                    var (expected, actual) = (ExactArea.Statutory(ring), Math.Abs(StatutoryPlane.SignedArea(ring)));
                    var error = Math.Abs(expected - actual);
                    // A vertex that lies off by δ moves no more area than δ times the edges beside it.
                    worst.Note(error, PlacementMetres * PerimeterDegrees(ring) * DegreeMetres, size < 0.01);
                    Assert.True(
                        error <= PlacementMetres * PerimeterDegrees(ring) * DegreeMetres + 8 * Unit * expected,
                        $"{actual:R} m², not {expected:R}"
                    );
                    if (size < 0.01)
                        Assert.True(error <= 1e-4, $"off by {error:E2} m²");
                },
                iter: Runs,
                writeLine: worst.Say(output)
            );

    [Fact]
    public void A_partition_closes_whatever_lies_over_it() =>
        Gen.Select(Gen.UInt[1, 10_000], Gen.Int[1, 9], Gen.Double[0.2, 4], Gen.Int[3, 60], Place)
            .Sample(
                (seed, vertices, cells, corners, place) =>
                {
                    const double cell = 0.0006;
                    var coverage = new JitteredCoverage(place.Longitude, place.Latitude, cell, 24, 24, vertices, seed);
                    using var layer = PackedLayer.Build(coverage.Features(_ => ""));
                    var patch = Prepared(coverage.Patch((int)seed, cells * cell, corners));
                    using var patches = Packed(patch);
                    var error = Math.Abs(
                        DeskOverlay.Measure(patches, layer, threads: 1).Sum(o => o.AreaSquareMetres) - patch.AreaSquareMetres
                    );
                    worst.Note(error, 1e-6, ordinary: true);
                    Assert.True(error <= 1e-6, $"off by {error:E2} m² of {patch.AreaSquareMetres}");
                },
                iter: Math.Max(100, Runs / 10),
                writeLine: worst.Say(output)
            );

    [Fact]
    public void The_two_sides_of_a_cut_add_up() =>
        Gen.Select(Place, SizeDegrees, Any, Gen.Double[0, 1].Array[4, 16], Gen.Int[1, 14])
            .Sample(
                (place, size, a, turns, cut) =>
                {
                    // Points of a circle by angle: cut from corner to corner, both sides share the bits of the cut.
                    var round = turns.Select(t => Math.Round(t * 4096) / 4096).Distinct().Order().ToList();
                    if (round.Count < 4 || TryPrepare(Laid(a, place, size)) is not { } other)
                        return;
                    var circle = round.Select(t => (Math.Cos(t * Math.Tau), Math.Sin(t * Math.Tau))).ToArray();
                    var at = 2 + cut % (round.Count - 3);
                    var whole = TryPrepare(Laid(circle, place, size));
                    var first = TryPrepare(Laid(circle[..(at + 1)], place, size));
                    var second = TryPrepare(Laid([.. circle[at..], circle[0]], place, size));
                    if (
                        whole is null
                        || first is null
                        || second is null
                        || whole.Repairs.Count + first.Repairs.Count + second.Repairs.Count > 3
                    )
                        return;
                    var tolerance = 3 * KernelTolerance(other, whole);
                    Assert.Equal(Kernel(other, whole), Kernel(other, first) + Kernel(other, second), tolerance);
                    Assert.Equal(Kernel(whole, other), Kernel(first, other) + Kernel(second, other), tolerance);
                },
                iter: Runs
            );

    [Fact]
    public void Where_a_ring_begins_and_vertices_said_twice_change_nothing() =>
        Gen.Select(Place, SizeDegrees, Star, Star, Gen.Int[0, 19])
            .Sample(
                (place, size, a, b, start) =>
                {
                    if (TryPrepare(Laid(a, place, size)) is not { } first || TryPrepare(Laid(b, place, size)) is not { } second)
                        return;
                    var tolerance = 2 * KernelTolerance(first, second);
                    var area = Kernel(first, second);
                    var turned = Prepared(Laid([.. b[(start % b.Length)..], .. b[..(start % b.Length)]], place, size));
                    Assert.Equal(area, Kernel(first, turned), tolerance);
                    Assert.Equal(area, Kernel(turned, first), tolerance);
                    var doubled = Prepared(Laid([.. b.SelectMany(p => new[] { p, p })], place, size));
                    Assert.Equal(area, Kernel(first, doubled));
                },
                iter: Runs
            );

    [Fact]
    public void Vertices_added_along_the_edges_change_nothing() =>
        Gen.Select(Place, SizeDegrees, Star, Star, Gen.Int[2, 40])
            .Sample(
                (place, size, a, b, pieces) =>
                {
                    if (
                        TryPrepare(Laid(a, place, size)) is not { } first
                        || TryPrepare(Laid(b, place, size)) is not { Repairs.Count: 0 } second
                    )
                        return;
                    if (TryPrepare(Densified(second, pieces)) is not { } dense)
                        return;
                    // The new vertices lie off the edges by what their degrees are rounded to.
                    var tolerance = 2 * KernelTolerance(first, dense) + PlacementMetres * second.Geographic.Length * DegreeMetres;
                    Assert.Equal(Kernel(first, second), Kernel(first, dense), tolerance);
                    Assert.Equal(Kernel(second, first), Kernel(dense, first), tolerance);
                },
                iter: Runs
            );

    /// <summary>What rounding may move a vertex by on its way from degrees to the plane, metres: y reaches 5.5e6 m, its sine and the sum
    /// of its series are known to eight units in the last place, the degrees themselves to one.</summary>
    private const double PlacementMetres = 8 * Unit * 5.5e6;

    private void Check(Gen<(double[] First, double[] Second)> pairs) =>
        pairs.Sample(
            pair =>
            {
                if (TryPrepare(pair.First) is not { } first || TryPrepare(pair.Second) is not { } second)
                    return;
                var exact = ExactArea.Shared(first.Geographic, second.Geographic);
                var tolerance = KernelTolerance(first, second);
                var (there, back) = (Kernel(first, second), Kernel(second, first));
                worst.Note(Math.Max(Math.Abs(exact - there), Math.Abs(exact - back)), tolerance, IsOrdinary(first) && IsOrdinary(second));
                Assert.True(Math.Abs(exact - there) <= tolerance, $"{there:R} m², not {exact:R}: more than {tolerance:E2} off");
                Assert.True(Math.Abs(exact - back) <= tolerance, $"{back:R} m² the other way, not {exact:R}: more than {tolerance:E2} off");
                if (IsOrdinary(first) && IsOrdinary(second))
                    Assert.InRange(Math.Max(Math.Abs(exact - there), Math.Abs(exact - back)), 0, 1e-6);
                var piece = Pieces.AreaSquareMetres(Pieces.Intersection(first.Geographic, second.Geographic));
                Assert.True(Math.Abs(exact - piece) <= PieceTolerance(first, second), $"piece of {piece:R} m², not {exact:R}");
                if (there == 0)
                    return;
                piece = Pieces.AreaSquareMetres(
                    Pieces.Measured(first.Geographic, first.AreaSquareMetres, second.Geographic, second.AreaSquareMetres, there)
                );
                Assert.True(
                    Math.Abs(exact - piece) <= 2e-6 + PieceTolerance(first, second),
                    $"measured piece of {piece:R} m², not {exact:R}"
                );
            },
            iter: Runs,
            writeLine: worst.Say(output)
        );

    /// <summary>At most about a kilometre across.</summary>
    private static bool IsOrdinary(PreparedShape shape) => Across(shape) <= 0.01;

    private static double Across(PreparedShape shape) =>
        Math.Max(shape.Geographic.EnvelopeInternal.Width, shape.Geographic.EnvelopeInternal.Height);

    /// <summary>See the remarks of the class; and what the kernel calls noise is no overlap.</summary>
    private static double KernelTolerance(PreparedShape first, PreparedShape second)
    {
        var (a, b) = (first.Geographic, second.Geographic);
        var pairs = Math.Min(a.NumPoints * b.Length, b.NumPoints * a.Length) * DegreeMetres;
        var runs = Math.Max(a.NumPoints, b.NumPoints) * 2 * Unit * Math.Max(a.EnvelopeInternal.Area, b.EnvelopeInternal.Area);
        runs *= DegreeMetres * DegreeMetres;
        return DeskOverlay.NoiseSquareMetres + runs + 8 * Unit * (Across(first) + Across(second)) * DegreeMetres * pairs;
    }

    /// <summary>A topological overlay that cannot be noded in floating numbers snaps vertices, in five attempts from 1e-12 to 1e-8 of the
    /// largest coordinate, which is that of the work's own middle; and pieces are put back into degrees.</summary>
    private static double PieceTolerance(PreparedShape first, PreparedShape second)
    {
        var perimeters = (first.Geographic.Length + second.Geographic.Length) * DegreeMetres;
        var snap = 1e-8 * (Across(first) + Across(second)) * DegreeMetres;
        return KernelTolerance(first, second) + (4 * PlacementMetres + snap) * perimeters;
    }

    private static double Kernel(PreparedShape a, PreparedShape b)
    {
        using var first = Packed(a);
        using var second = Packed(b);
        return DeskOverlay.Measure(first, second, threads: 1).Sum(o => o.AreaSquareMetres);
    }

    private static PackedLayer Packed(PreparedShape shape) => PackedLayer.Build([new LayerFeature(1, "", shape)]);

    private static PreparedShape Prepared(double[] ring) => ShapePreparation.Prepare(new Shape([ring]), CoordinateSystem.Cgcs2000);

    private static PreparedShape? TryPrepare(double[] ring)
    {
        try
        {
            return Prepared(ring);
        }
        catch (Problem problem) when (problem.Code is "geometry.no-area")
        {
            return null;
        }
    }

    private static (double X, double Y)[] Moved((double X, double Y)[] points, (double X, double Y) by) =>
        [.. points.Select(p => (p.X + by.X, p.Y + by.Y))];

    /// <summary>The closed ring in degrees.</summary>
    private static double[] Laid((double X, double Y)[] points, (double Longitude, double Latitude) place, double size) =>
        [
            .. points
                .Append(points[0])
                .SelectMany(p => new[] { place.Longitude + size * p.X, Math.Clamp(place.Latitude + size * p.Y, -89, 89) }),
        ];

    /// <summary>The first ring of a feature with each edge cut into so many pieces in the plane.</summary>
    private static double[] Densified(PreparedShape shape, int pieces)
    {
        var ring = ((Polygon)shape.Geographic.GetGeometryN(0)).ExteriorRing.Coordinates;
        var dense = new List<double>();
        for (var i = 0; i + 1 < ring.Length; i++)
        {
            dense.AddRange([ring[i].X, ring[i].Y]);
            var (x1, y1) = StatutoryPlane.FromGeographic(ring[i].X, ring[i].Y);
            var (x2, y2) = StatutoryPlane.FromGeographic(ring[i + 1].X, ring[i + 1].Y);
            for (var piece = 1; piece < pieces; piece++)
            {
                var part = (double)piece / pieces;
                var (longitude, latitude) = StatutoryPlane.ToGeographic(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part);
                dense.AddRange([longitude, latitude]);
            }
        }
        return [.. dense, dense[0], dense[1]];
    }

    private static double PerimeterDegrees(double[] ring)
    {
        var sum = 0.0;
        for (var i = 0; i + 3 < ring.Length; i += 2)
            sum += Math.Sqrt(Math.Pow(ring[i + 2] - ring[i], 2) + Math.Pow(ring[i + 3] - ring[i + 1], 2));
        return sum;
    }

    /// <summary>The worst that was met, for the record.</summary>
    private sealed class Worst
    {
        private readonly Lock guard = new();
        private double error,
            share,
            ordinary;

        public void Note(double difference, double tolerance, bool ordinary)
        {
            lock (guard)
            {
                error = Math.Max(error, difference);
                share = Math.Max(share, tolerance > 0 ? difference / tolerance : 0);
                if (ordinary)
                    this.ordinary = Math.Max(this.ordinary, difference);
            }
        }

        public Action<string> Say(ITestOutputHelper output) =>
            line =>
                output.WriteLine(
                    $"{line}\nworst {error:E1} m²; of polygons a kilometre across {ordinary:E1} m²; {share:P1} of the tolerance"
                );
    }
}
