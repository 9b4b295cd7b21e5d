using System.CommandLine;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian verify</c>: holds everything that was written against the journal, and replays sealed determinations.</summary>
public static class VerifyVerb
{
    public static Command Make(CommonOptions common)
    {
        var determinations = new Option<bool>("--determinations") { Description = "recompute every sealed determination as well" };
        var law = new Option<DirectoryInfo?>("--law")
        {
            Description = "the law folder that sealed determinations are held against; default: the one that came with the program",
        };
        var verb = new Command("verify", "check the journal, every row, file and layer") { determinations, law };
        VerbRun.Bind(verb, common, run => Verify(run, run.Optional(determinations), run.Optional(law)?.FullName));
        return verb;
    }

    private static async Task<int> Verify(VerbRun run, bool determinations, string? law)
    {
        using var store = Installed.Open(run);
        var report = await VerifyStore.Handle(store, determinations ? Replays(law) : [], run.Progress, run.Stop);
        run.Answer(
            new
            {
                sound = report.IsSound,
                report.Entries,
                report.Rows,
                report.Blobs,
                report.Layers,
                report.Findings,
            },
            [
                $"日志 journal {report.Entries:N0}, 行 rows {report.Rows:N0}, 文件 files {report.Blobs:N0}, 图层 layers {report.Layers:N0}",
                .. report.Findings.Select(f => $"  {f.Kind} {f.Where}: {f.Zh} {f.En}"),
                report.IsSound ? "完好 sound" : $"发现 {report.Findings.Count:N0} 处不符 {report.Findings.Count:N0} found wrong",
            ]
        );
        return report.IsSound ? CommandLine.Done : CommandLine.Refused;
    }

    private static IEnumerable<IVerification> Replays(string? law) =>
        [new ReplayDeterminations(DeterminationLaw.Load(law ?? Installed.LawFolder))];
}
