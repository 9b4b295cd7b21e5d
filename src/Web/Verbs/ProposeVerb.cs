using System.CommandLine;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian propose</c>: the rule run of a programme. A proposal is not a verdict.</summary>
public static class ProposeVerb
{
    public static Command Make(CommonOptions common)
    {
        var programme = PatchVerb.MakeProgramme();
        var verb = new Command("propose", "run the rules over a programme: proposals with derivations") { programme };
        VerbRun.Bind(verb, common, run => Propose(run, run.Value(programme)));
        return verb;
    }

    private static async Task<int> Propose(VerbRun run, string programme)
    {
        using var store = Installed.Open(run);
        var request = new ProposeVerdicts.Request(programme);
        var law = DeterminationLaw.Load(Installed.LawFolder);
        var done = await ProposeVerdicts.Handle(store, Actor.CommandLine, request, law, run.Progress, run.Stop);
        run.Answer(
            done,
            [
                $"{programme}: 图斑 patches {done.Patches:N0}, 地块 parcels {done.Parcels:N0}, 新建议 written {done.Written:N0}, 不变 unchanged {done.Kept:N0}",
                $"  {string.Join(' ', done.ByCode.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}:{c.Value}"))}",
                .. done.Conflicts.Select(c => $"  {c.Zh} {c.En}"),
            ]
        );
        return done.Conflicts.Count == 0 ? CommandLine.Done : CommandLine.Refused;
    }
}
