using System.Text;
using Weipian.GeoFiles;
using Weipian.Sample.Land;
using Weipian.Sample.Sites;

namespace Weipian.Sample.Files;

/// <summary>Writes everything that one sample consists of. Files do not depend on each other, so they are written side by side.</summary>
internal sealed class FilesOfSample(string folder, District district, IReadOnlyList<Cast> casts, Steps steps, CancellationToken stop)
{
    private const string Gbk = "GBK";
    private const string LandClassStandard = "gbt21010-2007";

    private static readonly DateOnly Survey2017 = new(2017, 12, 31);
    private static readonly DateOnly Survey2018 = new(2018, 12, 31);

    private readonly List<(SampleLayerFile File, Action Write)> layers = [];
    private readonly List<(SamplePatchFile File, Action Write)> patches = [];

    public SampleFiles Write()
    {
        var truth = Truth();
        PlanLandUse();
        PlanControl();
        PlanPapers();
        PlanPatches();
        steps.Total = layers.Count + patches.Count + 2 + (district.Size == SampleSize.City ? 0 : Imagery.Scene.All.Count);
        var visits = new VisitFiles(folder, district, casts, stop).Write();
        // The two large files first, so that they run side by side.
        var work = layers.Select(l => (l.File.Path, l.Write)).Concat(patches.Select(p => (p.File.Path, p.Write)));
        Parallel.ForEach(
            work,
            new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount) },
            job =>
            {
                job.Write();
                steps.Next("写入 " + Path.GetFileName(job.Path), "writing " + Path.GetFileName(job.Path));
            }
        );
        TruthFile.WriteTruth(Path.Combine(folder, "truth.json"), district.Size, district.Number, truth);
        TruthFile.WriteVisits(Path.Combine(folder, "visits.json"), visits);
        File.WriteAllText(
            Path.Combine(folder, "READ-ME-synthetic.txt"),
            ReadMe(),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
        );
        return new(folder, [.. layers.Select(l => l.File)], [.. patches.Select(p => p.File)], visits, truth);
    }

    private List<PatchTruth> Truth() =>
        [
            .. casts.Select(c => new PatchTruth(
                c.Story.Programme.Id,
                c.Number,
                c.Story.Kind,
                IssuedRings.Of(c).PartsOf(c.Story),
                c.Units,
                c.Story.Cases,
                c.Story.Doubt,
                c.Earlier?.Number,
                c.Story.Zh,
                c.Story.En
            )
            {
                IsVisited = c.Story.Visits.Count > 0,
            }),
        ];

    private void PlanLandUse()
    {
        LandUse(2017, Survey2017);
        // A city is for measuring: one land-use layer serves all its programmes.
        if (district.Size != SampleSize.City)
            LandUse(2018, Survey2018);
    }

    private void LandUse(int year, DateOnly asOf)
    {
        var to = new Coordinates(4527);
        var path = Path.Combine(folder, $"land-use-DLTB-{year}.zip");
        layers.Add(
            (
                new(path, "land-use", asOf, LandClassStandard, Gbk, LandUseFile.Map),
                () =>
                    ShapefileWriter.Write(
                        path,
                        $"合成地类图斑_{year}",
                        LandUseFile.Fields,
                        new LandUseFile(district, to, year, stop).Features(),
                        to.System,
                        new(RingsAsGiven: true, WriteCpg: false)
                    )
            )
        );
    }

    private void PlanControl()
    {
        var files = new ControlFiles(district);
        Layer(
            "permanent-farmland",
            "permanent-farmland-JBNTTB.zip",
            "合成基本农田图斑",
            4527,
            ControlFiles.FarmlandFields,
            files.Farmland,
            "number=JBNTTBBH",
            "code=DLBM"
        );
        Layer(
            "ecological-redline",
            "redline-STBHHX.gpkg",
            "合成生态保护红线",
            4490,
            ControlFiles.LineFields,
            files.RedLine,
            "number=MC",
            "code=LX"
        );
        Layer(
            "urban-boundary",
            "urban-CZKFBJ.gpkg",
            "合成城镇开发边界",
            4490,
            ControlFiles.LineFields,
            files.UrbanBoundary,
            "number=MC",
            "code=LX"
        );
        Layer(
            "nature-reserve",
            "reserve-ZRBHD.gpkg",
            "合成自然保护地",
            4490,
            ControlFiles.LineFields,
            files.Reserve,
            "number=MC",
            "code=LX"
        );
        Layer(
            "plan-zone",
            "plan-zone-JSYDGZQ.zip",
            "合成建设用地管制区",
            4527,
            ControlFiles.ZoneFields,
            files.Zones,
            "number=BSM",
            "code=GZQLXDM"
        );
        Layer(
            "administrative-unit",
            "units-XZQ.gpkg",
            "合成行政区",
            4490,
            ControlFiles.UnitFields,
            files.Units,
            "number=XZQMC",
            "code=XZQDM",
            "unit=XZQDM"
        );
    }

    private void Layer(
        string role,
        string file,
        string name,
        int epsg,
        IReadOnlyList<WrittenField> fields,
        Func<Coordinates, IEnumerable<WrittenFeature>> features,
        params IReadOnlyList<string> map
    )
    {
        var to = new Coordinates(epsg);
        var path = Path.Combine(folder, file);
        var codes = role == "permanent-farmland" ? LandClassStandard : "none";
        layers.Add((new(path, role, Survey2017, codes, EncodingOf(path), map), () => WriteLayer(path, name, fields, features(to), to)));
    }

    private void PlanPapers()
    {
        var papers = casts
            .SelectMany(c => c.Story.Papers)
            .Concat(Background.Papers(district))
            .ToLookup(p => p.Role, StringComparer.Ordinal);
        foreach (var role in PaperRoles.All)
        {
            var to = new Coordinates(role.Epsg);
            var path = Path.Combine(folder, role.File);
            var features = papers[role.Role].Select(p => to.Feature(p.Rings, p.Values));
            var codes = role.Role == "survey-change" ? LandClassStandard : "none";
            layers.Add(
                (
                    new(path, role.Role, role.AsOf, codes, EncodingOf(path), role.Map),
                    () => WriteLayer(path, role.Layer, role.Fields, features, to)
                )
            );
        }
    }

    private void PlanPatches()
    {
        foreach (var programme in Programme.All)
        foreach (var kind in (string[])["land", "mineral"])
        {
            var mine = casts.Where(c => c.Story.Programme == programme && c.Story.Kind == kind).ToList();
            if (mine.Count == 0)
                continue;
            // One file still comes in the projected coordinates of former years (a soft finding, 2101).
            var to = new Coordinates(programme == Programme.Annual2018 && kind == "mineral" ? 4527 : 4490);
            var file = new PatchFile(programme, kind, mine, to);
            var path = Path.Combine(folder, file.FileName);
            patches.Add(
                (
                    new(path, programme.Id, kind, "mu", Gbk, PatchFile.Map, mine.Count),
                    () =>
                        ShapefileWriter.Write(
                            path,
                            file.LayerName,
                            PatchFile.Fields,
                            file.Features(),
                            to.System,
                            new(RingsAsGiven: true, WriteCpg: false)
                        )
                )
            );
        }
    }

    private static string? EncodingOf(string path) => path.EndsWith(".zip", StringComparison.Ordinal) ? Gbk : null;

    private static void WriteLayer(
        string path,
        string name,
        IReadOnlyList<WrittenField> fields,
        IEnumerable<WrittenFeature> features,
        Coordinates to
    )
    {
        if (path.EndsWith(".zip", StringComparison.Ordinal))
            ShapefileWriter.Write(path, name, fields, features, to.System, new(WriteCpg: false));
        else if (path.EndsWith(".gpkg", StringComparison.Ordinal))
            GeoPackageWriter.Write(path, name, fields, features, to.System);
        else
            GeoJsonWriter.Write(path, name, fields, features);
    }

    private string ReadMe() =>
        $"""
            合成数据 · SYNTHETIC DATA

            本文件夹由 Weipian 的样例生成器根据数字 {district.Number} 生成（规模：{district.Size}）。
            所有图斑、地类、批文、权利、单位边界均为虚构，与任何真实地块、单位或个人无关；仅街道、镇的名称和代码为真实名称。
            truth.json 为生成时即已确定的判定真值，visits.json 为实地核查表单。

            Made by the sample generator of Weipian from the number {district.Number} (size: {district.Size}).
            Every patch, land-use polygon, permit, right and border is invented; only names and codes of towns are real.
            truth.json holds the verdicts that are true, fixed before any rule ran; visits.json holds the forms of site visits.

            """.ReplaceLineEndings("\n");
}

/// <summary>The visits with the files that officers brought.</summary>
internal sealed class VisitFiles(string folder, District district, IReadOnlyList<Cast> casts, CancellationToken stop)
{
    public IReadOnlyList<SampleVisit> Write()
    {
        var evidence = Path.Combine(folder, "evidence");
        var withFiles = district.Size != SampleSize.City;
        if (withFiles)
            Directory.CreateDirectory(evidence);
        var visits = new List<SampleVisit>();
        foreach (var cast in casts)
        {
            stop.ThrowIfCancellationRequested();
            var unit = (cast.Story.Plot.Block.Enclave ?? district.Borders.Units[cast.Story.Plot.Label]).Code;
            for (var i = 0; i < cast.Story.Visits.Count; i++)
            {
                var (on, facts) = cast.Story.Visits[i];
                var files = withFiles ? Bring(evidence, cast, i, facts) : [];
                visits.Add(new(cast.Story.Programme.Id, cast.Number, on, unit, facts, files));
            }
        }
        return visits;
    }

    private static List<SampleEvidence> Bring(string evidence, Cast cast, int visit, Dictionary<string, object> facts)
    {
        var files = new List<SampleEvidence>();
        if (!facts.TryGetValue(SiteFacts.Evidence, out var kinds))
            return files;
        foreach (var kind in ((string)kinds).Split(','))
        {
            var isText = kind == "document";
            var path = Path.Combine(evidence, $"{cast.Number}-{visit + 1}-{kind}.{(isText ? "txt" : "png")}");
            if (isText)
                File.WriteAllText(
                    path,
                    $"合成证明材料 SYNTHETIC DOCUMENT {cast.Number}\n",
                    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
                );
            else
                File.WriteAllBytes(path, Pictures.Png(Dice.For(77, path[evidence.Length..])));
            files.Add(new(path, isText ? "text/plain" : "image/png", kind));
        }
        return files;
    }
}
