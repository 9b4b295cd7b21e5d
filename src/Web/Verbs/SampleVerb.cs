using System.CommandLine;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Sample;
using Weipian.Web.SampleDistricts;
using Weipian.Web.SampleDistricts.Play;

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
        var play = new Option<bool>("--play") { Description = "then play its year, 2019-05-01 to 2020-06-30; goes on where it was left" };
        var until = new Option<DateOnly?>("--until") { Description = "the last day to play" };
        var verb = new Command("sample", "make the synthetic sample district in the data folder") { size, number, play, until };
        VerbRun.Bind(
            verb,
            common,
            async run =>
            {
                // A sample that is there already is played on.
                var made =
                    run.Value(play) && File.Exists(new DataFolder(run.DataPath).SampleSeats)
                        ? CommandLine.Done
                        : await Sample(run, Enum.Parse<SampleSize>(run.Value(size), ignoreCase: true), run.Value(number));
                return run.Value(play) && made == CommandLine.Done ? await Play(run, run.Optional(until)) : made;
            }
        );
        return verb;
    }

    private static async Task<int> Play(VerbRun run, DateOnly? until)
    {
        var began = TimeProvider.System.GetTimestamp();
        var played = await PlayYear.PlayAsync(new DataFolder(run.DataPath), until, new Days(run.Progress), run.Stop);
        var took = TimeProvider.System.GetElapsedTime(began);
        run.Answer(
            new
            {
                played.Until,
                played.Requests,
                played.Differences,
                seconds = took.TotalSeconds,
            },
            [
                $"已演练至 played until {played.Until:yyyy-MM-dd} ({took.TotalSeconds:N1} s)",
                $"  请求 requests {played.Requests:N0}, 与真值不符 differences from the truth {played.Differences.Count:N0}",
                .. played.Differences.Select(d => $"  {d.What} {d.Subject}: 真值 told {d.Told}, 实际 found {d.Found}"),
            ]
        );
        return played.Differences.Count > 0 ? CommandLine.Refused : CommandLine.Done;
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

    private sealed class Days(TerminalProgress progress) : IProgress<PlayYear.Step>
    {
        public void Report(PlayYear.Step value) => progress.Report($"{value.On:yyyy-MM-dd} {value.Zh} {value.En}", value.Done, value.Total);
    }

    private sealed class Steps(TerminalProgress progress) : IProgress<SampleInstallation.Step>
    {
        public void Report(SampleInstallation.Step value) => progress.Report($"{value.Zh} {value.En}", value.Done, value.Total);
    }
}
