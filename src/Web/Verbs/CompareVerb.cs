using System.CommandLine;
using Weipian.Flow.Comparison;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian compare</c>: desk comparison of a programme against every layer in force.</summary>
public static class CompareVerb
{
    private const int NotesShownMax = 20;

    public static Command Make(CommonOptions common)
    {
        var programme = PatchVerb.MakeProgramme();
        var output = new Option<FileInfo?>("--out") { Description = "CSV: patch,role,code,area_m2" };
        var threads = new Option<int>("--threads") { Description = "0 takes as many as the machine has" };
        var pieces = new Option<FileInfo?>("--pieces")
        {
            Description = "file with the geometry of the pieces: .gpkg, .shp, .zip, .geojson, .kml, .kmz, .txt",
        };
        var convention = new Option<string>("--convention") { DefaultValueFactory = _ => CompareProgramme.Formula };
        convention.AcceptOnlyFromAmong(CompareProgramme.Formula, CompareProgramme.Source);
        var verb = new Command("compare", "measure every patch of a programme against the reference layers in force")
        {
            programme,
            output,
            threads,
            pieces,
            convention,
        };
        VerbRun.Bind(
            verb,
            common,
            run =>
                Compare(
                    run,
                    new CompareProgramme.Request(
                        run.Value(programme),
                        run.Optional(output)?.FullName,
                        run.Optional(pieces)?.FullName,
                        run.Optional(threads),
                        run.Value(convention)
                    )
                )
        );
        return verb;
    }

    private static async Task<int> Compare(VerbRun run, CompareProgramme.Request request)
    {
        using var store = Installed.Open(run);
        var done = await CompareProgramme.Handle(store, Actor.CommandLine, request, run.Progress, run.Stop);
        run.Answer(
            new
            {
                done.RunId,
                done.WasThere,
                done.Patches,
                done.Areas,
                areaSquareMetresByRole = done.ByRole,
                kernelSeconds = done.KernelTime.TotalSeconds,
                done.Notes,
            },
            Lines(done)
        );
        return CommandLine.Done;
    }

    private static IEnumerable<string> Lines(CompareProgramme.Compared done)
    {
        yield return $"比对 compared: {done.Patches:N0} 图斑 patches, {done.Areas:N0} 数值 areas, "
            + $"量算 measuring {done.KernelTime.TotalSeconds:N3} s{(done.WasThere ? "；结果与上次相同 same result as the last run" : "")}";
        foreach (var (role, area) in done.ByRole.OrderBy(r => r.Key, StringComparer.Ordinal))
            yield return $"  {role, -22} {area, 18:N2} m²";
        foreach (var note in done.Notes.Take(NotesShownMax))
            yield return $"  {note.Zh} {note.En}";
        if (done.Notes.Count > NotesShownMax)
            yield return $"  … 共 in all {done.Notes.Count:N0} (--json)";
    }
}
