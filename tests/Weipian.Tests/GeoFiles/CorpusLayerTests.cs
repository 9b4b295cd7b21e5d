using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Tests.GeoFiles;

/// <summary>Odd and real files of others, taken as layers: each is kept whole and counted, or refused with nothing left behind.</summary>
public sealed class CorpusLayerTests : IDisposable
{
    private static readonly string[] Endings = [".shp", ".gpkg", ".geojson", ".json", ".zip"];

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Every_file_of_the_corpora_becomes_a_layer_or_is_refused_by_name()
    {
        var root = SharedData.Require("corpora/shapefiles");
        var store = new LayerStore(scratch["layers"]);
        var (taken, refused) = (0, 0);
        foreach (var path in Files(root))
        {
            var before = store.Ids();
            try
            {
                Whole(store, Add(store, path), path);
                taken++;
            }
            catch (Problem problem)
            {
                Assert.Matches("^(files|geometry)[.]", problem.Code);
                Assert.Equal(before, store.Ids());
                refused++;
            }
        }
        Assert.True(taken >= 18 && refused > 20, $"{taken} taken, {refused} refused");
        Assert.DoesNotContain(Directory.EnumerateDirectories(store.Folder), folder => Path.GetFileName(folder).Length != 64);
    }

    /// <summary>A file that is asked back for its coordinate system is given again with the one it has: degrees.</summary>
    private static StoredLayer Add(LayerStore store, string path)
    {
        var request = new AddLayer(path, "restoration-project", new DateOnly(2018, 12, 31), AssumeDatum: true);
        try
        {
            return store.Add(request);
        }
        catch (Problem asked) when (asked.Code == "files.crs-undecided")
        {
            return store.Add(request with { Crs = CoordinateSystem.Cgcs2000 });
        }
    }

    [Fact]
    public void The_land_cover_of_ten_communes_becomes_a_layer_whose_areas_are_those_of_its_features()
    {
        var path = SharedData.Require("real/veneto/veneto-padova-10-comuni.gpkg");
        var store = new LayerStore(scratch["layers"]);
        var map = FieldMap.Parse(["code=landuse,natural,leisure,man_made"]);
        var layer = store.Add(new AddLayer(path, "land-use", new DateOnly(2024, 1, 1), Map: map, CodeStandard: "none"));
        Assert.Equal(10_532, layer.SourceCount);
        Assert.Contains(layer.Defects, defect => defect.Kind == "overlap");
        Whole(store, layer, path);
    }

    /// <summary>Nothing was lost: what came in is stored or listed as refused, the kernel holds what is stored, and the file is as it
    /// was.</summary>
    private static void Whole(LayerStore store, StoredLayer layer, string path)
    {
        Assert.Equal(layer.SourceCount, layer.FeatureCount + layer.RefusedCount);
        Assert.Equal(layer.RefusedCount, layer.Defects.Count(defect => defect.Hard && defect.SourceRow is not null));
        using var packed = store.Packed(layer);
        Assert.Equal(layer.FeatureCount, packed.Count);
        var areas = store.Features(layer).Sum(feature => feature.AreaSquareMetres);
        Assert.True(Math.Abs(areas - layer.AreaSquareMetres) <= 1e-9 * Math.Max(1, areas), $"{path}: {areas} and {layer.AreaSquareMetres}");
        Assert.Empty(store.Verify(layer.Id));
    }

    private static IEnumerable<string> Files(string root) =>
        Directory
            .EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => Endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            .Where(path => new FileInfo(path).Length < 30_000_000)
            .Where(path => !path.Contains("JSONTestSuite", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
