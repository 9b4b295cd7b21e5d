using System.CommandLine;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian patch import</c>: the patches of an issued file, with the national quality rules.</summary>
public static class PatchVerb
{
    private const int FindingsShownMax = 30;
    private static readonly string[] AreaUnits = ["mu", "m2", "ha"];

    public static Command Make(CommonOptions common) => new("patch", "issued patches") { Import(common) };

    private static Command Import(CommonOptions common)
    {
        var file = new Argument<FileInfo>("FILE");
        var programme = MakeProgramme();
        var layer = LayerOptions.MakeLayerName();
        var where = new Option<string?>("--where") { Description = "a condition in the style of SQL" };
        var map = LayerOptions.MakeMap();
        var areaUnit = new Option<string?>("--area-unit") { Description = "unit of the issued area: mu, m2, ha" };
        areaUnit.AcceptOnlyFromAmong(AreaUnits);
        var crs = LayerOptions.MakeCrs();
        var transform = LayerOptions.MakeTransform(crs);
        var encoding = LayerOptions.MakeEncoding();
        var dryRun = new Option<bool>("--dry-run") { Description = "check everything, write nothing" };
        var verb = new Command("import", "take the patches of an issued file into a programme")
        {
            file,
            programme,
            layer,
            where,
            map,
            areaUnit,
            crs,
            transform,
            encoding,
            dryRun,
        };
        VerbRun.Bind(
            verb,
            common,
            run =>
            {
                var (epsg, assume) = LayerOptions.Crs(run, crs);
                return Import(
                    run,
                    new ImportPatches.Request(
                        run.Value(programme),
                        run.Value(file).FullName,
                        run.Optional(layer),
                        LayerOptions.Map(run, map),
                        run.Optional(areaUnit),
                        epsg,
                        assume,
                        run.Optional(encoding),
                        run.Optional(where),
                        run.Optional(dryRun),
                        Transformation: LayerOptions.Transformation(run, transform)
                    )
                );
            }
        );
        return verb;
    }

    internal static Option<string> MakeProgramme() =>
        new("--programme") { Required = true, Description = "id of the programme: 2018-annual, 2019-q1 …" };

    private static async Task<int> Import(VerbRun run, ImportPatches.Request request)
    {
        using var store = Installed.Open(run);
        var report = await ImportPatches.Handle(store, Actor.CommandLine, request, Installed.Law(), run.Progress, run.Stop);
        run.Answer(report, Lines(report));
        return report.ExitStatus;
    }

    private static IEnumerable<string> Lines(ImportReport report)
    {
        yield return $"{report.FileName} → {report.Programme}: 读 read {report.SourceCount:N0}, 收 taken {report.TakenCount:N0}, "
            + $"拒收 refused {report.RefusedCount:N0}{(report.DryRun ? " （试运行，未写入 dry run, nothing written）" : "")}";
        yield return $"  {report.Format}, {report.Encoding}, EPSG:{report.CrsEpsg}; {report.CrsStatement.Zh} {report.CrsStatement.En}";
        yield return $"  计算面积 computed area {report.AreaSquareMetres:N2} m²; 延续 persisting {report.Links:N0}; "
            + $"待明确责任单位 in the office's queue {report.InQueue:N0}";
        foreach (var rule in report.Findings.GroupBy(f => (f.Rule, f.Kind, f.Hard)).OrderBy(g => g.Key.Rule, StringComparer.Ordinal))
            yield return $"  {rule.Key.Rule} {rule.Key.Kind}: {rule.Count():N0}{(rule.Key.Hard ? " 拒收 refused" : "")}";
        foreach (var finding in report.Findings.OrderByDescending(f => f.Hard).Take(FindingsShownMax))
            yield return $"    {finding.Rule}{(finding.Hard ? " 拒收 refused" : "")} #{finding.Row} {finding.PatchNumber}: {finding.Zh} {finding.En}";
        if (report.Findings.Count > FindingsShownMax)
            yield return $"    … 共 in all {report.Findings.Count:N0} (--json)";
    }
}
