using NetTopologySuite.Geometries;
using Weipian.Geo;
using Weipian.Imagery;
using Weipian.Sample;
using Weipian.Sample.Imagery;
using Weipian.Sample.Land;
using Weipian.Sample.Sites;

namespace Weipian.Tests.Imagery;

/// <summary>Scenes around the sites of a district, drawn once for all tests of the class.</summary>
public sealed class DrawnScenes
{
    private const int ChangedMax = 70;
    private static readonly CoordinateSystem Plane = CoordinateSystem.FromEpsg(4548);
    private readonly District district = new(11, SampleSize.District);

    public DrawnScenes()
    {
        var casting = new Casting(district);
        district.Draw(TestContext.Current.CancellationToken);
        var all = ImageFiles.Sites(district, casting.Tell());
        Sites = [.. all.Where(s => s.Changed == false), .. all.Where(s => s.Changed == true).Where((_, i) => i % 3 == 0).Take(ChangedMax)];
    }

    internal IReadOnlyList<SceneSite> Sites { get; }

    /// <summary>What the scorer says of every site.</summary>
    /// <param name="shiftMetres">Beyond what the scenes have by themselves, the later image is misplaced by so much.</param>
    internal IReadOnlyList<(SceneSite Site, ChangeSupport Support)> Measure(double shiftMetres, bool clouded = false)
    {
        var clouds = clouded ? Sites.Select(CloudOver).ToList() : [];
        var renderer = new SceneRenderer(district, Sites, clouds);
        var measured = new List<(SceneSite, ChangeSupport)>();
        foreach (var group in Sites.GroupBy(s => Scene.Of(s.Cast.Story.Programme.Id)))
        {
            var later = group.Key.After with { ShiftEast = group.Key.After.ShiftEast + shiftMetres };
            using var before = Open(renderer, group.Key.Before, group);
            using var after = Open(renderer, later, group);
            foreach (var site in group)
            {
                var rings = Rings(site);
                var box = rings.SelectMany(r => Enumerable.Range(0, r.Length / 2).Select(i => (r[2 * i], r[2 * i + 1])));
                var extent = box.Aggregate(Extent.Empty, (e, p) => e.Including(p.Item1, p.Item2));
                var frame = ChangeSupport.FrameFor(extent, before.ResolutionMetres);
                measured.Add((site, ChangeSupport.Of(Chip.Render(before, frame), Chip.Render(after, frame), rings)));
            }
        }
        return measured;
    }

    private static Cloud CloudOver(SceneSite site)
    {
        var middle = site.Cast.Story.Shape().Centroid;
        var scenes = Scene.Of(site.Cast.Story.Programme.Id);
        return new(site.Number[^1] % 2 == 0 ? scenes.Before.Ordinal : scenes.After.Ordinal, middle.X, middle.Y, 180);
    }

    private static double[][] Rings(SceneSite site) =>
        [
            .. site
                .Cast.Story.Shape()
                .Geometries.Cast<Polygon>()
                .Select(p => p.Shell.Coordinates.SelectMany(c => Degrees(c.X, c.Y)).ToArray()),
        ];

    private static double[] Degrees(double x, double y)
    {
        var (longitude, latitude) = Plane.ToGeographic(x, y);
        return [longitude, latitude];
    }

    private static GeoTiff Open(SceneRenderer renderer, Scene scene, IEnumerable<SceneSite> sites)
    {
        var path = Path.GetTempFileName();
        SceneTiff.Write(path, renderer.Tiles(scene, sites, default), renderer.Size, renderer.Place);
        return GeoTiff.Open(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.DeleteOnClose),
            "scene.tif"
        );
    }
}

/// <summary>The number against the truth of the sample: its renderer knows nothing of the scorer.</summary>
public sealed class ChangeSupportTests(DrawnScenes scenes) : IClassFixture<DrawnScenes>
{
    [Fact]
    public void It_is_silent_under_clouds()
    {
        var measured = scenes.Measure(0, clouded: true);
        var silent = measured.Count(m => m.Support.Silence == ChangeSilence.Cloud) / (double)measured.Count;
        TestContext.Current.TestOutputHelper!.WriteLine($"silent under clouds: {silent:P1} of {measured.Count}");
        Assert.InRange(silent, 0.9, 1);
        Assert.All(measured, m => Assert.Equal(m.Support.Score is null, m.Support.Silence != ChangeSilence.None));
    }

    [Fact]
    public void It_is_silent_without_data_and_over_too_few_pixels()
    {
        var made = new TiffMaker { NoData = "0", At = (x, y, b) => x < 70 ? 0 : 90 };
        using var image = GeoTiff.Open(new MemoryStream(made.Bytes()), "made.tif");
        Assert.Equal(ChangeSilence.NoData, Square(image, 40, 40, 40).Silence);
        Assert.Equal(ChangeSilence.TooFewPixels, Square(image, 90, 40, 2).Silence);
    }

    [Theory]
    [InlineData(0, 0.85)]
    [InlineData(3, 0.80)]
    public void It_tells_changed_ground_from_unchanged(double shiftMetres, double areaMin)
    {
        var measured = scenes.Measure(shiftMetres).Where(m => m.Support.Score is not null).ToList();
        var changed = measured.Where(m => m.Site.Changed == true).Select(m => m.Support.Score!.Value).ToList();
        var same = measured.Where(m => m.Site.Changed == false).Select(m => m.Support.Score!.Value).ToList();
        Assert.True(changed.Count > 60 && same.Count > 30, $"{changed.Count} changed, {same.Count} unchanged");
        var area = changed.Average(c =>
            same.Average(s =>
                c > s ? 1
                : c == s ? 0.5
                : 0
            )
        );
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"shift {shiftMetres} m: area under the curve {area:F3}, {changed.Count} changed, {same.Count} unchanged");
        output.WriteLine($"silent {scenes.Sites.Count - measured.Count}, shift found {measured.Median(m => m.Support.ShiftMetres):F2} m");
        foreach (var use in measured.GroupBy(m => m.Site.Use).OrderBy(g => g.Average(m => m.Support.Score)))
            output.WriteLine(
                $"  {use.Key, -14} {use.Count(), 4} score {use.Average(m => m.Support.Score):F2} in {use.Average(m => m.Support.Inside):F1} "
                    + $"ring {use.Average(m => m.Support.Ring):F1} edges {use.Average(m => m.Support.Edges):F2}"
            );
        Assert.InRange(area, areaMin, 1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, -2)]
    [InlineData(-1.5, 4.25)]
    public void Displacement_is_found(double dx, double dy)
    {
        const int Side = 128;
        float Ground(double x, double y) => (float)(100 + 40 * Math.Sin(x / 5) * Math.Cos(y / 7) + 30 * Math.Sin((x + 2 * y) / 11));
        var one = new float[Side * Side];
        var other = new float[Side * Side];
        for (var i = 0; i < one.Length; i++)
            (one[i], other[i]) = (Ground(i % Side, i / Side), Ground(i % Side - dx, i / Side - dy) * 0.8f + 20);
        var (foundX, foundY, atReach) = PhaseCorrelation.Shift(one, other, Side);
        Assert.Equal(dx, foundX, 0.5);
        Assert.Equal(dy, foundY, 0.5);
        Assert.False(atReach);
    }

    /// <summary>What eyes and sensors of three colours do not see: a crop that went while its colour stayed.</summary>
    [Fact]
    public void Vegetation_counts_when_red_and_near_infrared_are_named_and_not_otherwise()
    {
        static int Ground(int x, int y) => 80 + (int)(25 * Math.Sin(x / 3.0) * Math.Cos(y / 4.0)) + (x * 7 + y * 13) % 5;
        var green = new TiffMaker { Bands = 4, At = (x, y, b) => b == 3 ? 220 : Ground(x, y) };
        var bare = green with { At = (x, y, b) => b == 3 ? (x is >= 30 and < 70 && y is >= 20 and < 60 ? 90 : 215) : Ground(x, y) };
        var named = Support(green, bare, ["blue", "green", "red", "nir"]);
        Assert.InRange(named.Greenness!.Value, -0.6, -0.3);
        Assert.True(named.Signs!.Greenness > 0.9, $"{named.Signs}");
        Assert.True(named.Score > 0.9);
        var unnamed = Support(green, bare, null);
        Assert.Null(unnamed.Greenness);
        Assert.Null(unnamed.Signs!.Greenness);
        Assert.True(unnamed.Score < 0.4, $"{unnamed.Signs}");
        var same = Support(green, green, ["blue", "green", "red", "nir"]);
        Assert.Equal(0, same.Greenness!.Value, 0.01);
        Assert.True(same.Score < 0.4, $"{same.Signs}");
    }

    [Fact]
    public void Images_too_far_apart_are_not_compared()
    {
        var random = new Random(5);
        var ground = new int[140, 120];
        for (var x = 0; x < 140; x++)
        for (var y = 0; y < 120; y++)
            ground[x, y] = random.Next(40, 200);
        var one = new TiffMaker { At = (x, y, _) => ground[Math.Min(x, 100), Math.Min(y, 90)] };
        var far = one with { At = (x, y, _) => ground[Math.Min(x + 8, 139), Math.Min(y, 90)] };
        Assert.Equal(ChangeSilence.Misplaced, Support(one, far, null).Silence);
    }

    /// <summary>Of a square of 40 m in the middle of two made images.</summary>
    private static ChangeSupport Support(TiffMaker first, TiffMaker later, string[]? bands)
    {
        using var before = GeoTiff.Open(new MemoryStream(first.Bytes()), "before.tif", bands);
        using var after = GeoTiff.Open(new MemoryStream(later.Bytes()), "after.tif", bands);
        var (west, north) = before.Place.ToGeographic(30, 20);
        var (east, south) = before.Place.ToGeographic(70, 60);
        var frame = ChangeSupport.FrameFor(new(west, south, east, north), 1);
        double[][] rings =
        [
            [west, south, east, south, east, north, west, north],
        ];
        return ChangeSupport.Of(Chip.Render(before, frame), Chip.Render(after, frame), rings);
    }

    private static ChangeSupport Square(GeoTiff image, double column, double row, double side)
    {
        var (west, north) = image.Place.ToGeographic(column, row);
        var (east, south) = image.Place.ToGeographic(column + side, row + side);
        var frame = ChangeSupport.FrameFor(new(west, south, east, north), 1);
        var chip = Chip.Render(image, frame);
        return ChangeSupport.Of(
            chip,
            chip,
            [
                [west, south, east, south, east, north, west, north],
            ]
        );
    }
}

file static class Medians
{
    public static double Median<T>(this IEnumerable<T> of, Func<T, double> value)
    {
        var sorted = of.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
