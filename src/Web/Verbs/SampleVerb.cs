using System.CommandLine;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Sample;
using Weipian.Web.SampleDistricts;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian sample</c>: builds the synthetic district and loads it through the ordinary doors.</summary>
public static class SampleVerb
{
    private const ulong DefaultNumber = 370306;

    public static Command Make(CommonOptions common)
    {
        var size = new Option<string>("--size") { Description = "village, district or city", DefaultValueFactory = _ => "district" };
        size.AcceptOnlyFromAmong("village", "district", "city");
        var number = new Option<ulong>("--number")
        {
            Description = "the number everything is drawn from",
            DefaultValueFactory = _ => DefaultNumber,
        };
        var verb = new Command("sample", "make the synthetic sample district in the data folder") { size, number };
        VerbRun.Bind(verb, common, run => Sample(run, Enum.Parse<SampleSize>(run.Value(size), ignoreCase: true), run.Value(number)));
        return verb;
    }

    private static async Task<int> Sample(VerbRun run, SampleSize size, ulong number)
    {
        var began = TimeProvider.System.GetTimestamp();
        var plan = Path.Combine(AppContext.BaseDirectory, "plans", "zhoucun-2019.yaml");
        var data = new DataFolder(run.DataPath);
        var made = await SampleInstallation.MakeAsync(
            data,
            plan,
            DeterminationLaw.Load(Installed.LawFolder),
            size,
            number,
            new Steps(run.Progress),
            run.Stop
        );
        var took = TimeProvider.System.GetElapsedTime(began);
        run.Answer(
            new
            {
                synthetic = true,
                data = run.DataPath,
                size,
                number,
                made.Layers,
                made.Patches,
                made.Visits,
                made.Proposals,
                made.Refused,
                seats = made.SeatsPath,
                seconds = took.TotalSeconds,
            },
            [
                $"合成样区已建立 the synthetic district is made: {run.DataPath} ({took.TotalSeconds:N1} s)",
                $"  图层 layers {made.Layers:N0}, 图斑 patches {made.Patches:N0}, 核查 visits {made.Visits:N0}, "
                    + $"建议 proposals {made.Proposals:N0}, 拒收 refused {made.Refused:N0}",
                $"  席位与口令 seats and passwords: {made.SeatsPath}",
            ]
        );
        return made.Refused > 0 ? CommandLine.Refused : CommandLine.Done;
    }

    private sealed class Steps(TerminalProgress progress) : IProgress<SampleInstallation.Step>
    {
        public void Report(SampleInstallation.Step value) => progress.Report($"{value.Zh} {value.En}", value.Done, value.Total);
    }
}
