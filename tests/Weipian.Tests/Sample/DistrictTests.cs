using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using Weipian.Flow.Determinations;
using Weipian.Sample;
using Weipian.Sample.Land;
using Weipian.Sample.Sites;
using Weipian.Tests.Law;
using Words = Weipian.Sample.SiteFacts;

namespace Weipian.Tests.Sample;

/// <summary>A whole district in memory, drawn once for all test classes: land, patches, papers, truth.</summary>
public sealed class DrawnDistrict
{
    private static readonly Lazy<(District Land, IReadOnlyList<Cast> Casts)> Once = new(Draw);
    private static readonly Lazy<FactsOfCast> Layers = new(() => new(Once.Value.Land, Once.Value.Casts));

    internal District Land => Once.Value.Land;

    internal IReadOnlyList<Cast> Casts => Once.Value.Casts;

    internal FactsOfCast Facts => Layers.Value;

    private static (District, IReadOnlyList<Cast>) Draw()
    {
        var land = new District(2019, SampleSize.District);
        var casting = new Casting(land);
        land.Draw(CancellationToken.None);
        return (land, casting.Tell());
    }
}

public sealed class DistrictTests(DrawnDistrict drawn) : IClassFixture<DrawnDistrict>
{
    private static readonly GeometryFactory Factory = new();

    [Theory]
    [InlineData("land")]
    [InlineData("mineral")]
    public void Every_verdict_of_the_trees_of_2018_and_2019_occurs_and_no_other(string kind)
    {
        var tree = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var year in (int[])[2018, 2019])
            tree.UnionWith(RealLaw.Book.Verdicts.For(kind, year).Select(v => v.Code));
        var told = drawn.Casts.Where(c => c.Story.Kind == kind).SelectMany(c => c.Story.Parts).Select(p => p.Code);
        Assert.Equal(tree, new SortedSet<string>(told, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_worked_case_occurs()
    {
        var found = drawn.Casts.SelectMany(c => c.Story.Cases).ToHashSet();
        Assert.Equal(Enumerable.Range(1, 14).Select(i => $"TC{i}").ToHashSet(), found);
    }

    [Fact]
    public void At_least_one_in_twenty_ends_doubtful_and_every_reason_occurs()
    {
        var doubtful = drawn.Casts.Where(c => c.Story.Doubt is not null).ToList();
        Assert.True(doubtful.Count * 20 >= drawn.Casts.Count, $"{doubtful.Count} of {drawn.Casts.Count}");
        Assert.Equal(DoubtReasons.All.Order(), doubtful.Select(c => c.Story.Doubt!).Distinct().Order());
        Assert.All(doubtful, c => Assert.EndsWith("D0", c.Story.Parts.Single().Code, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_as_large_as_promised()
    {
        Assert.InRange(drawn.Casts.Count, 560, 680);
        Assert.Equal(4, drawn.Casts.Select(c => c.Story.Programme.Id).Distinct().Count());
        Assert.Equal(11, drawn.Land.Units.Count); // ten units and the enclave
        var area = drawn.Land.Shapes.Sum(s => s.Area / Lay.AreaScale(s.Centroid.X)) / 1e6;
        Assert.InRange(area, 285, 315);
        var box = new Envelope();
        foreach (var shape in drawn.Land.Shapes)
            box.ExpandToInclude(shape.EnvelopeInternal);
        var system = Weipian.Geo.CoordinateSystem.FromEpsg(4548);
        var (west, south) = system.ToGeographic(box.MinX, box.MinY);
        var (east, north) = system.ToGeographic(box.MaxX, box.MaxY);
        Assert.True(west > 117.69 && east < 117.98 && south > 36.64 && north < 36.89, $"{west} {east} {south} {north}");
    }

    [Fact]
    public void Land_use_is_a_partition_of_the_units_with_shared_vertices()
    {
        var sums = new double[drawn.Land.Units.Count];
        var count = 0;
        var edges = new HashSet<(double, double, double, double)>();
        foreach (var (ring, label) in Rings())
        {
            count++;
            var polygon = Polygon(ring);
            Assert.True(polygon.IsValid, $"polygon {count} at {ring[0]} {ring[1]}");
            sums[label] += polygon.Area;
            for (var i = 0; i + 3 < ring.Length; i += 2)
                if (!edges.Remove((ring[i + 2], ring[i + 3], ring[i], ring[i + 1])))
                    Assert.True(edges.Add((ring[i], ring[i + 1], ring[i + 2], ring[i + 3])), "an edge twice in the same direction");
        }
        Assert.InRange(count, 55_000, 72_000);
        for (var i = 0; i < sums.Length; i++)
        {
            Assert.True(drawn.Land.Shapes[i].IsValid);
            Assert.Equal(drawn.Land.Shapes[i].Area, sums[i], 0.01);
        }
        // Every edge inside has a neighbour that runs against it: what is left is the outline alone.
        var outline = Factory.BuildGeometry(drawn.Land.Shapes).Union();
        Assert.InRange(edges.Count, 400, 6_000);
        Assert.Equal(outline.Length, edges.Sum(e => Math.Sqrt(Math.Pow(e.Item3 - e.Item1, 2) + Math.Pow(e.Item4 - e.Item2, 2))), 0.01);
    }

    [Fact]
    public void Patches_are_valid_lie_in_their_units_and_do_not_touch_each_other()
    {
        var tree = new STRtree<Cast>();
        foreach (var cast in drawn.Casts)
            tree.Insert(cast.Story.Shape().EnvelopeInternal, cast);
        foreach (var cast in drawn.Casts)
        {
            var shape = cast.Story.Shape();
            Assert.True(shape.IsValid, cast.Number);
            foreach (var unit in cast.Units)
            {
                var label = drawn.Land.Units.Select(u => u.Code).ToList().IndexOf(unit.UnitCode);
                Assert.Equal(unit.Share, drawn.Land.Shapes[label].Intersection(shape).Area / shape.Area, 1e-4);
            }
            Assert.Equal(1, cast.Units.Sum(u => u.Share), 1e-6);
            Assert.Equal(cast.Story.AreaSquareMetres, shape.Area / Lay.AreaScale(shape.Centroid.X), 1e-4 * shape.Area);
            Assert.Equal(cast.Story.AreaSquareMetres, cast.Story.Parts.Sum(p => p.AreaSquareMetres), 1e-6 * shape.Area);
            foreach (var other in tree.Query(shape.EnvelopeInternal))
                Assert.True(other.Story.Plot == cast.Story.Plot || !other.Story.Shape().Intersects(shape), $"{cast.Number} {other.Number}");
        }
        Assert.Contains(drawn.Casts, c => c.Story.Cases.Contains("TC13") && Math.Abs(c.Units[0].Share - 0.7) < 1e-6 && c.Units.Count == 2);
        Assert.Equal(drawn.Casts.Count, drawn.Casts.Select(c => c.Number).Distinct().Count());
    }

    [Fact]
    public void Papers_touch_only_the_patch_of_their_own_story()
    {
        var tree = new STRtree<Cast>();
        foreach (var cast in drawn.Casts)
            tree.Insert(cast.Story.Shape().EnvelopeInternal, cast);
        var own = drawn.Casts.SelectMany(c => c.Story.Papers.Select(p => (Cast: (Cast?)c, Paper: p)));
        var background = Weipian.Sample.Files.Background.Papers(drawn.Land).Select(p => (Cast: (Cast?)null, Paper: p));
        foreach (var (cast, paper) in own.Concat(background))
        foreach (var ring in paper.Rings)
        {
            var polygon = Polygon(ring);
            Assert.True(polygon.IsValid, paper.Role);
            foreach (var near in tree.Query(polygon.EnvelopeInternal))
                Assert.True(
                    near == cast || near.Story.Plot == cast?.Story.Plot || !near.Story.Shape().Intersects(polygon),
                    $"{paper.Role} {near.Number}"
                );
        }
    }

    [Fact]
    public void Base_classes_are_what_the_verdict_rests_on()
    {
        var tree = new STRtree<(Polygon Shape, LandClass Class)>();
        foreach (var (ring, cell) in RingsWithCells())
        {
            var polygon = Polygon(ring);
            tree.Insert(polygon.EnvelopeInternal, (polygon, drawn.Land.Subdivision.Cells[cell].Class));
        }
        foreach (var cast in drawn.Casts)
        {
            if (Wanted(cast.Story.Parts[^1].Code, cast.Story.Zh) is not { } wanted)
                continue;
            var shape = cast.Story.Shape();
            var under = tree.Query(shape.EnvelopeInternal)
                .Where(p => p.Shape.Intersection(shape).Area > 1e-6)
                .Select(p => p.Class)
                .Distinct();
            Assert.All(under, c => Assert.True(wanted.Contains(c), $"{cast.Number} {cast.Story.Parts[^1].Code} {c}"));
        }
    }

    [Fact]
    public void Protected_farmland_lies_under_those_patches_only_that_are_told_so()
    {
        var tree = new STRtree<Cast>();
        foreach (var cast in drawn.Casts)
            tree.Insert(cast.Story.Shape().EnvelopeInternal, cast);
        foreach (var block in drawn.Land.Subdivision.Blocks.Where(b => b.Protected))
        foreach (var piece in drawn.Land.Pieces(block))
        {
            var polygon = Polygon(drawn.Land.Ground(piece.Ring));
            foreach (var cast in tree.Query(polygon.EnvelopeInternal))
                if (cast.Story.Plot.Block == block)
                    Assert.True(polygon.Covers(cast.Story.Shape()), cast.Number);
                else
                    Assert.False(polygon.Intersects(cast.Story.Shape()), cast.Number);
        }
    }

    [Fact]
    public void Forms_use_only_the_words_of_the_vocabulary()
    {
        var words = typeof(Words).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToHashSet();
        var uses = typeof(Words.Use).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToHashSet();
        foreach (var form in drawn.Casts.SelectMany(c => c.Story.Visits).Select(v => v.Facts))
        {
            Assert.All(form.Keys, k => Assert.Contains(k, words));
            if (form.TryGetValue(Words.UseOnGround, out var use))
                Assert.Contains((string)use, uses);
            if (form.ContainsKey(Words.Military))
                Assert.Single(form);
        }
    }

    [Fact]
    public void The_rules_know_the_words_of_the_forms()
    {
        foreach (var form in drawn.Casts.SelectMany(c => c.Story.Visits).Select(v => v.Facts))
        foreach (var (word, value) in form)
        {
            var key = Assert.Contains(word, FactKeys.ById);
            switch (key.Type)
            {
                case FactType.Flag:
                    Assert.IsType<bool>(value);
                    break;
                case FactType.Day:
                    Assert.IsType<DateOnly>(value);
                    break;
                case FactType.Number:
                    Assert.True(value is int or double);
                    break;
                case FactType.Choice:
                    Assert.Contains((string)value, key.Choices);
                    break;
                default:
                    Assert.IsType<string>(value);
                    break;
            }
        }
    }

    [Fact]
    public void Case_dates_and_areas_are_those_of_the_worked_cases()
    {
        var case4 = drawn.Casts.Single(c => c.Story.Cases.Contains("TC4")).Story;
        Assert.Equal([7.4, 4.6], case4.Parts.Select(p => Math.Round(p.AreaSquareMetres * 3 / 2000, 6)));
        var case2 = drawn.Casts.Single(c => c.Story.Cases.Contains("TC2")).Story;
        Assert.Equal((new DateOnly(2018, 10, 12), new DateOnly(2019, 2, 20)), (case2.Before, case2.After));
        var twice = drawn.Casts.Where(c => c.Earlier is not null).ToList();
        // The worked case of two quarters, and ground that is built on again after it was cleared.
        (string, string)[] pairs = [("2019-q1", "2019-q2"), ("2018-annual", "2019-q3")];
        Assert.All(twice, c => Assert.Contains((c.Earlier!.Story.Programme.Id, c.Story.Programme.Id), pairs));
        Assert.Equal(pairs.Order(), twice.Select(c => (c.Earlier!.Story.Programme.Id, c.Story.Programme.Id)).Distinct().Order());
        Assert.All(
            twice,
            c => Assert.True(c.Story.Shape().Intersection(c.Earlier!.Story.Shape()).Area > 0.99 * c.Earlier.Story.Shape().Area)
        );
    }

    private static LandClass[]? Wanted(string code, string why) =>
        code switch
        {
            "L7" => why.Contains("基期", StringComparison.Ordinal) ? [LandClass.Industry] : [LandClass.VillageLand],
            "O16" => [LandClass.VillageLand],
            "O6" => [LandClass.OtherGrass, LandClass.Bare],
            "I9" => [LandClass.Irrigated, LandClass.Dry],
            "I1" or "I2" or "I8" or "O2" or "O3" or "O5" => [LandClass.Irrigated, LandClass.Dry, LandClass.RuralRoad, LandClass.Ditch],
            _ => null,
        };

    private IEnumerable<(double[] Ring, int Label)> Rings()
    {
        for (var i = 0; i < drawn.Land.Subdivision.Cells.Count; i++)
            foreach (var piece in drawn.Land.Pieces(i))
                yield return (drawn.Land.Ground(piece.Ring), piece.Label);
    }

    private IEnumerable<(double[] Ring, int Cell)> RingsWithCells()
    {
        for (var i = 0; i < drawn.Land.Subdivision.Cells.Count; i++)
            foreach (var piece in drawn.Land.Pieces(i))
                yield return (drawn.Land.Ground(piece.Ring), i);
    }

    private static Polygon Polygon(double[] ring)
    {
        var corners = new Coordinate[ring.Length / 2];
        for (var i = 0; i < corners.Length; i++)
            corners[i] = new(ring[2 * i], ring[2 * i + 1]);
        return Factory.CreatePolygon(corners);
    }
}
