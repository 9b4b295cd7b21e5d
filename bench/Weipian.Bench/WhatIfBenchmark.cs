using System.Diagnostics;
using System.Globalization;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Bench;

/// <summary>Proposals and "what if" from patches that were cut once: those of a workload, no two alike, or those of an installation.
/// </summary>
internal static class WhatIfBenchmark
{
    private const int Runs = 5;
    private static readonly DateOnly On = new(2019, 12, 31);

    public static int Run(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Error.WriteLine("usage: bench what-if S|M|L|DATA [key=house/overlay/sliver#area_below] [value=400]");
            return 2;
        }
        var (key, value) = (args.ElementAtOrDefault(1) ?? "house/overlay/sliver#area_below", args.ElementAtOrDefault(2) ?? "400");
        var law = DeterminationLaw.Load(Path.Combine(AppContext.BaseDirectory, "law"));
        var then = law.With(key, value, On);
        Console.WriteLine($"machine        {Machine.Description}");
        var clock = Stopwatch.StartNew();
        var cuts = Workload.Named(args[0]) is { } workload ? Of(workload) : Of(args[0]);
        Console.WriteLine($"{cuts.Count:N0} patches read and cut into {cuts.Faces:N0} faces in {clock.Elapsed.TotalSeconds:F1} s");
        for (var run = 0; run < Runs; run++)
        {
            var (parts, judged) = Timed(() => cuts.Judge(law));
            var (found, asked) = Timed(() => WhatIf.Decide(cuts, law, then));
            Console.WriteLine(
                $"{cuts.Count:N0} patches: {parts.Values.Sum():N0} parts proposed in {judged}; "
                    + $"what if {key} = {value}: {found.Flips.Count:N0} flips in {asked}"
            );
            if (run == Runs - 1)
                Console.WriteLine(string.Join(' ', parts.OrderByDescending(p => p.Value).Select(p => $"{p.Key} {p.Value}")));
        }
        return 0;
    }

    /// <summary>By the clock and by the processor, which other work on the machine disturbs less.</summary>
    private static (T Result, string Took) Timed<T>(Func<T> run)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = run();
        return (result, $"{clock.ElapsedMilliseconds} ms ({(Environment.CpuUsage.TotalTime - before).TotalMilliseconds:F0} of processor)");
    }

    private static ProgrammeCuts Of(Workload workload)
    {
        var facts = new WorkloadFacts(workload).All();
        var outlines = facts.Select(f => f.Geometry.AsText()).Distinct(StringComparer.Ordinal).Count();
        var features = facts.Sum(f => f.Roles.Values.Sum(r => r.Features.Count));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{facts.Count:N0} patches, {outlines:N0} different outlines, {features:N0} features near"
            )
        );
        return ProgrammeCuts.Of("workload", facts);
    }

    private static ProgrammeCuts Of(string data)
    {
        using var store = WeipianStore.Open(new DataFolder(data));
        return ProgrammeCuts.ReadAsync(store, [.. store.Plan.Programmes.Select(p => p.Id)]).GetAwaiter().GetResult();
    }
}
