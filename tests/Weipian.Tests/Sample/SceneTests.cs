using Weipian.Sample;
using Weipian.Sample.Imagery;
using Weipian.Sample.Land;

namespace Weipian.Tests.Sample;

/// <summary>What the images of the sample show: fields, roads, bare soil, a little misplaced, under one cloud.</summary>
public sealed class SceneTests
{
    private static readonly District Village = Drawn();
    private static readonly SceneGround Ground = new(Village);
    private static readonly Scene[] Spring = [Scene.All[0], Scene.All[1]];

    private static District Drawn()
    {
        var district = new District(11, SampleSize.Village);
        district.Draw(TestContext.Current.CancellationToken);
        return district;
    }

    /// <summary>Tones over the cells of some classes, on a grid of a metre, some hundred of each cell.</summary>
    private static List<(int Cell, Tone Tone)> Look(Scene scene, params LandClass[] classes)
    {
        const int Metre = 10;
        var seen = new List<(int, Tone)>();
        var cells = Village.Subdivision.Cells;
        for (var i = 0; i < cells.Count; i++)
        {
            var c = cells[i];
            if (!classes.Contains(c.Class) || c.Form != CellForm.Rectangle)
                continue;
            for (var x = c.Left + Metre / 2; x < Math.Min(c.Right, c.Left + 30 * Metre); x += Metre)
            for (var y = c.Bottom + Metre / 2; y < Math.Min(c.Top, c.Bottom + 30 * Metre); y += Metre)
                seen.Add((i, Ground.At(x, y, i, scene)));
        }
        return seen;
    }

    private static float Grey(Tone tone) => (tone.R + tone.G + tone.B) / 3;

    [Fact]
    public void Pixels_are_of_half_a_metre_to_a_metre_and_no_two_days_lie_exactly_on_each_other()
    {
        Assert.InRange(SceneRenderer.Metres, 0.5, 1);
        foreach (var (one, next) in Scene.All.Zip(Scene.All.Skip(1)))
        {
            var (east, north) = (next.ShiftEast - one.ShiftEast, next.ShiftNorth - one.ShiftNorth);
            Assert.InRange(Math.Sqrt(east * east + north * north), 0.3, 2);
            Assert.True(one.On < next.On);
        }
    }

    [Fact]
    public void Fields_are_sown_or_bare_as_a_whole_and_otherwise_on_another_day()
    {
        var fields = Look(Spring[0], LandClass.Irrigated, LandClass.Dry).GroupBy(f => f.Cell).ToList();
        // Green stands above red where something grows, and below it on bare soil.
        var sown = fields.Count(f => f.Average(p => p.Tone.G - p.Tone.R) > 0);
        Assert.True(fields.Count > 50, $"{fields.Count} fields");
        Assert.InRange(sown / (double)fields.Count, 0.6, 0.95);
        Assert.All(fields.Take(50), f => Assert.True(f.Max(p => Grey(p.Tone)) - f.Min(p => Grey(p.Tone)) < 60));
        var later = Look(Scene.All[3], LandClass.Irrigated, LandClass.Dry)
            .GroupBy(f => f.Cell)
            .ToDictionary(f => f.Key, f => f.Average(p => Grey(p.Tone)));
        Assert.True(fields.Count(f => Math.Abs(later[f.Key] - f.Average(p => Grey(p.Tone))) > 8) > fields.Count / 4);
    }

    [Fact]
    public void Roads_are_grey_and_soil_is_brown()
    {
        var roads = Look(Spring[0], LandClass.RuralRoad, LandClass.Highway);
        Assert.NotEmpty(roads);
        Assert.All(roads, r => Assert.InRange(r.Tone.R - r.Tone.B, -10, 40));
        Assert.InRange(roads.Average(r => Grey(r.Tone)), 140, 190);
        var bare = Look(Spring[0], LandClass.Irrigated, LandClass.Dry).Where(f => f.Tone.R > f.Tone.G).ToList();
        Assert.InRange(bare.Average(f => f.Tone.R - f.Tone.B), 30, 80);
    }

    [Fact]
    public void A_cloud_is_white_in_its_middle_and_dark_to_its_north_west_on_its_day_alone()
    {
        var cloud = new Cloud(1, 0, 0, 220);
        Assert.Equal(1, cloud.Over(0, 0, 0), 0.001);
        Assert.Equal(0, cloud.Over(600, 0, 0), 0.001);
        Assert.Equal(1, cloud.ShadowOver(-190, 240, 0), 0.001);
        Assert.Equal(0, cloud.ShadowOver(500, -500, 0), 0.001);
        Assert.InRange(cloud.Over(190, 0, 0), 0.05, 1);
    }
}
