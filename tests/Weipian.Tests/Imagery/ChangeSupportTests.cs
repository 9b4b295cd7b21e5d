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
        var (foundX, foundY) = PhaseCorrelation.Shift(one, other, Side);
        Assert.Equal(dx, foundX, 0.5);
        Assert.Equal(dy, foundY, 0.5);
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
