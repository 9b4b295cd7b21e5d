using System.Security.Cryptography;
using System.Text.Json;
using Weipian.GeoFiles;
using Weipian.Sample;
using Weipian.Tests.GeoFiles;

namespace Weipian.Tests.Sample;

/// <summary>The files of a village, written once for all tests of this class.</summary>
public sealed class VillageFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("weipian-sample-");

    public VillageFiles() => Files = Make("first", 7);

    public SampleFiles Files { get; }

    public SampleFiles Make(string name, ulong number) =>
        SampleDistrict.Write(Path.Combine(folder.FullName, name), SampleSize.Village, number);

    public void Dispose() => folder.Delete(recursive: true);
}

public sealed class SampleFilesTests(VillageFiles village) : IClassFixture<VillageFiles>
{
    // The roles of the command line; all of them are in the sample.
    private static readonly string[] Roles =
    [
        "land-use",
        "permanent-farmland",
        "ecological-redline",
        "urban-boundary",
        "nature-reserve",
        "plan-zone",
        "approval",
        "supply",
        "registration",
        "advance-use",
        "linkage-new-build",
        "temporary-land",
        "facility-agriculture",
        "mining-right",
        "exploration-right",
        "restoration-project",
        "administrative-unit",
        "prior-determination",
        "survey-change",
    ];

    [Fact]
    public void The_same_number_gives_the_same_bytes_and_another_number_gives_others()
    {
        var again = village.Make("again", 7);
        Assert.Equal(Hashes(village.Files.Folder), Hashes(again.Folder));

        var other = Hashes(village.Make("other", 8).Folder);
        var first = Hashes(village.Files.Folder);
        foreach (var file in (string[])["land-use-DLTB-2017.zip", "patches-2018-annual-land.zip", "truth.json", "units-XZQ.gpkg"])
            Assert.NotEqual(first[file], other[file]);
    }

    [Fact]
    public void Every_role_has_a_layer()
    {
        Assert.Equal(
            Roles.Order(StringComparer.Ordinal),
            village.Files.Layers.Select(l => l.Role).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [new(2017, 12, 31), new(2018, 12, 31)],
            village.Files.Layers.Where(l => l.Role == "land-use").Select(l => l.AsOf).Order()
        );
    }

    [Fact]
    public void Every_file_is_labelled_synthetic()
    {
        Assert.True(File.Exists(Path.Combine(village.Files.Folder, "READ-ME-synthetic.txt")));
        foreach (var path in Paths())
        {
            using var file = SourceFile.Open(path);
            foreach (var layer in file.Layers)
            {
                if (!path.EndsWith(".geojson", StringComparison.Ordinal))
                    Assert.Contains("合成", layer.Name, StringComparison.Ordinal);
                Assert.All(layer.Read(), f => Assert.Contains("合成", (string)f.Values["BZ"]!, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_columns_named_for_mapping_exist()
    {
        var maps = village.Files.Layers.Select(l => (l.Path, l.Map)).Concat(village.Files.Patches.Select(p => (p.Path, p.Map)));
        foreach (var (path, map) in maps)
        {
            using var file = SourceFile.Open(path);
            var columns = file.Layers.Single().Fields.Select(f => f.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var pair in map)
            {
                var parts = pair.Split('=');
                Assert.Contains(parts[0], FieldMap.FieldNames);
                Assert.All(parts[1].Split(','), c => Assert.Contains(c, columns));
            }
        }
    }

    [Fact]
    public void Patch_files_hold_the_patches_of_the_truth_in_mu()
    {
        var truth = village.Files.Truth.ToDictionary(t => t.Number, StringComparer.Ordinal);
        foreach (var file in village.Files.Patches)
        {
            using var source = SourceFile.Open(file.Path);
            var rows = source.Layers.Single().Read().ToList();
            Assert.Equal(file.Count, rows.Count);
            foreach (var row in rows)
            {
                var patch = truth[(string)row.Values["JCBH"]!];
                Assert.Equal((file.Programme, file.Kind), (patch.Programme, patch.Kind));
                Assert.Equal(file.Kind, row.Values["TBZL"]);
                var mu = patch.Parts.Sum(p => p.AreaSquareMetres) * 3 / 2000;
                Assert.Equal(mu, Convert.ToDouble(row.Values["JCMJ"]), 0.1 * mu + 0.01);
                Assert.NotNull(row.Shape);
            }
        }
        Assert.Equal(village.Files.Truth.Count, village.Files.Patches.Sum(p => p.Count));
    }

    [Fact]
    public void Truth_and_visits_are_also_json()
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(village.Files.Folder, "truth.json")));
        Assert.Equal(village.Files.Truth.Count, truth.RootElement.GetProperty("patches").GetArrayLength());
        using var visits = JsonDocument.Parse(File.ReadAllText(Path.Combine(village.Files.Folder, "visits.json")));
        Assert.Equal(village.Files.Visits.Count, visits.RootElement.GetArrayLength());
        foreach (var visit in village.Files.Visits)
        {
            using var form = JsonDocument.Parse(visit.FormJson());
            Assert.Equal(visit.Facts.Keys.Order(StringComparer.Ordinal), form.RootElement.EnumerateObject().Select(p => p.Name));
        }
    }

    [Fact]
    public void Evidence_files_are_there_and_say_what_they_are()
    {
        var files = village.Files.Visits.SelectMany(v => v.Evidence).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var start = File.ReadAllBytes(file.Path)[..4];
            if (file.ContentType == "image/png")
                Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], start);
            else
                Assert.Contains("SYNTHETIC", File.ReadAllText(file.Path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Gdal_opens_every_file()
    {
        foreach (var path in Paths())
        {
            var name = path.EndsWith(".zip", StringComparison.Ordinal) ? "/vsizip/" + path : path;
            Assert.Contains("Polygon", Gdal.Run("ogrinfo", "-so", "-al", name), StringComparison.Ordinal);
        }
    }

    private IEnumerable<string> Paths() => village.Files.Layers.Select(l => l.Path).Concat(village.Files.Patches.Select(p => p.Path));

    private static SortedDictionary<string, string> Hashes(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            hashes[Path.GetRelativePath(folder, path)] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        return hashes;
    }
}
