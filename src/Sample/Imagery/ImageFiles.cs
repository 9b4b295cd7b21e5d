using System.Globalization;
using System.Text.Json;
using Weipian.Sample.Files;
using Weipian.Sample.Land;
using Weipian.Sample.Sites;

namespace Weipian.Sample.Imagery;

/// <summary>Writes the images of a sample, one file for each day, and what they show.</summary>
internal sealed class ImageFiles(string folder, District district, IReadOnlyList<Cast> casts, Steps steps, CancellationToken stop)
{
    private const double CloudRadiusMetres = 220;

    /// <summary>Sites of all patches, each with what follows on the same ground.</summary>
    public static IReadOnlyList<SceneSite> Sites(District district, IReadOnlyList<Cast> casts) =>
        [.. casts.Select(c => new SceneSite(c, casts.FirstOrDefault(n => n.Earlier == c && n.Story.Cases.Count == 0), district.Number))];

    public SampleFiles AddTo(SampleFiles files)
    {
        var sites = Sites(district, casts);
        var cloud = CloudOver(sites);
        var renderer = new SceneRenderer(district, sites, [cloud]);
        var images = new List<SampleImageFile>();
        foreach (var scene in Scene.All)
        {
            stop.ThrowIfCancellationRequested();
            // A village has the whole series of every patch; a district, to stay small, the two images of each.
            var around = district.Size == SampleSize.Village ? sites : sites.Where(s => IsOf(scene, s));
            var tiles = renderer.Tiles(scene, around, stop);
            if (tiles.Count == 0)
                continue;
            var name = string.Create(CultureInfo.InvariantCulture, $"image-{scene.On:yyyyMMdd}.tif");
            var path = Path.Combine(folder, name);
            SceneTiff.Write(path, tiles, renderer.Size, renderer.Place);
            images.Add(new(path, scene.On, scene.Sensor));
            steps.Next("渲染影像 " + name, "rendering " + name);
        }
        var truth = sites.Select(s => TruthOf(s, cloud)).ToList();
        using var stream = File.Create(Path.Combine(folder, "truth-of-images.json"));
        JsonSerializer.Serialize(stream, truth);
        return files with { Images = images, ImageTruth = truth };
    }

    public static ImageTruth TruthOf(SceneSite site, Cloud cloud)
    {
        var story = site.Cast.Story;
        var (before, after) = Scene.Of(story.Programme.Id);
        var middle = story.Shape().Centroid;
        var away = Math.Sqrt(Math.Pow(middle.X - cloud.East, 2) + Math.Pow(middle.Y - cloud.North, 2));
        var hidden = (cloud.Scene == before.Ordinal || cloud.Scene == after.Ordinal) && away < cloud.RadiusMetres * 0.6;
        return new(story.Programme.Id, site.Number, before.On, after.On, site.Changed, hidden);
    }

    private static bool IsOf(Scene scene, SceneSite site)
    {
        var (before, after) = Scene.Of(site.Cast.Story.Programme.Id);
        return scene.Ordinal == before.Ordinal || scene.Ordinal == after.Ordinal;
    }

    /// <summary>The cloud hangs over the last patch of the annual programme on the day of its later image.</summary>
    private static Cloud CloudOver(IReadOnlyList<SceneSite> sites)
    {
        var under = sites.LastOrDefault(s => s.Cast.Story.Programme == Programme.Annual2018) ?? sites[^1];
        var middle = under.Cast.Story.Shape().Centroid;
        return new(Scene.Of(under.Cast.Story.Programme.Id).After.Ordinal, middle.X, middle.Y, CloudRadiusMetres);
    }
}
