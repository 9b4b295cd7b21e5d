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
        var root = new Option<FileInfo[]>("--root")
        {
            Description = "a file with roots of days that were kept outside; they are held against the journal",
        };
        var verb = new Command("verify", "check the journal, every row, file and layer") { determinations, law, root };
        VerbRun.Bind(
            verb,
            common,
            run => Verify(run, run.Optional(determinations), run.Optional(law)?.FullName, Roots(run.Optional(root) ?? []))
        );
        return verb;
    }

    private static List<JournalRoot> Roots(FileInfo[] files) =>
        [
            .. files.SelectMany(file =>
                JournalRoot.Parse(
                    file.Name,
                    file.Exists ? File.ReadAllText(file.FullName) : throw Problem.Store.RootUnreadable(file.FullName, "")
                )
            ),
        ];

    private static async Task<int> Verify(VerbRun run, bool determinations, string? law, List<JournalRoot> roots)
    {
        using var store = Installed.Open(run);
        IEnumerable<IVerification> further = determinations ? Replays(law) : [];
        if (roots.Count > 0)
            further = further.Append(new CompareRoots(roots));
        var report = await VerifyStore.Handle(store, further, run.Progress, run.Stop);
        run.Answer(
            new
            {
                sound = report.IsSound,
                report.Entries,
                report.Rows,
                report.Blobs,
                report.Layers,
                roots = roots.Count,
                report.Findings,
            },
            [
                $"日志 journal {report.Entries:N0}, 行 rows {report.Rows:N0}, 文件 files {report.Blobs:N0}, 图层 layers {report.Layers:N0}"
                    + (roots.Count > 0 ? $", 外部日根 roots kept outside {roots.Count:N0}" : ""),
                .. report.Findings.Select(f => $"  {f.Kind} {f.Where}: {f.Zh} {f.En}"),
                report.IsSound ? "完好 sound" : $"发现 {report.Findings.Count:N0} 处不符 {report.Findings.Count:N0} found wrong",
            ]
        );
        return report.IsSound ? CommandLine.Done : CommandLine.Refused;
    }

    private static IEnumerable<IVerification> Replays(string? law) =>
        [new ReplayDeterminations(DeterminationLaw.Load(law ?? Installed.LawFolder))];
}
