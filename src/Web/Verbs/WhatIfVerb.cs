using System.CommandLine;
using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;
using Weipian.Law;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian what-if</c>: what would flip under another law book, another plan, or one value changed. Writes nothing.</summary>
public static class WhatIfVerb
{
    public static Command Make(CommonOptions common)
    {
        var programme = new Option<string[]>("--programme")
        {
            Required = true,
            Description = "id of a programme; several may be given",
            AllowMultipleArgumentsPerToken = true,
        };
        var law = new Option<DirectoryInfo?>("--law") { Description = "a folder like law/, changed" };
        var plan = new Option<FileInfo?>("--plan") { Description = "a work plan like plans/*.yaml, changed: its programme years count" };
        var set = new Option<string[]>("--set")
        {
            Description = "one value of the law: KEY=VALUE, for example house/overlay/sliver#area_below=20; several may be given",
            DefaultValueFactory = _ => [],
            AllowMultipleArgumentsPerToken = true,
        };
        var verb = new Command("what-if", "what would flip under another law, another plan or another value") { programme, law, plan, set };
        verb.Validators.Add(asked =>
        {
            if (asked.GetValue(law) is null && asked.GetValue(plan) is null && asked.GetValue(set) is not { Length: > 0 })
                asked.AddError("one of --law, --plan and --set is needed");
        });
        VerbRun.Bind(verb, common, run => AskAsync(run, run.Value(programme), run.Optional(law), run.Optional(plan), run.Value(set)));
        return verb;
    }

    private static async Task<int> AskAsync(VerbRun run, string[] programmes, DirectoryInfo? law, FileInfo? plan, string[] set)
    {
        using var store = Installed.Open(run);
        var now = DeterminationLaw.Load(Installed.LawFolder);
        var then = law is null ? now : DeterminationLaw.Load(law.FullName);
        foreach (var change in set)
            then = Changed(then, change, store.Plan.Programme(programmes[0]).Year);
        var other = plan is null ? null : WorkPlan.Load(plan.FullName);
        var cuts = await ProgrammeCuts.ReadAsync(store, programmes, run.Progress, run.Stop);
        var found = WhatIf.Decide(cuts, now, then, other is null ? null : id => other.FindProgramme(id)?.Year, run.Stop);
        run.Answer(found, Lines(found));
        return CommandLine.Done;
    }

    private static DeterminationLaw Changed(DeterminationLaw law, string change, int year)
    {
        var equals = change.LastIndexOf('=');
        return equals <= 0
            ? throw Problem.Law.UnknownKey(change, "KEY=VALUE")
            : law.With(change[..equals], change[(equals + 1)..], DateOnly.MinValue.AddYears(year).AddDays(-1));
    }

    private static IEnumerable<string> Lines(WhatIf.Compared found)
    {
        yield return $"图斑 patches {found.Patches:N0}, 会改变 would flip {found.Flips.Count:N0}";
        foreach (var unit in found.Units)
            yield return $"  {unit.Unit ?? "—"}: {unit.Patches:N0}  {string.Join(' ', unit.ChangeSquareMetres.Select(Change))}";
        foreach (var flip in found.Flips)
        {
            yield return $"{flip.Programme} {flip.PatchNumber} {flip.Unit}: {Codes(flip.Now)} → {Codes(flip.Then)}";
            foreach (var reason in flip.Reasons)
                yield return $"    {reason.RuleId}: {reason.NowZh} → {reason.ThenZh}";
        }
    }

    private static string Codes(IReadOnlyDictionary<string, double> areas) =>
        string.Join(" + ", areas.Select(a => $"{a.Key} {new SquareMetres(a.Value).ToMu()} 亩"));

    private static string Change(KeyValuePair<string, double> change) =>
        $"{change.Key} {(change.Value < 0 ? "−" : "+")}{new SquareMetres(Math.Abs(change.Value)).ToMu()}";
}
