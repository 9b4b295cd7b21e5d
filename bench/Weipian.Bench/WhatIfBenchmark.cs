using System.Diagnostics;
using System.Globalization;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;

namespace Weipian.Bench;

/// <summary>Proposals and "what if" from cut patches: the patches of an installation, repeated up to a number.</summary>
internal static class WhatIfBenchmark
{
    private const int Runs = 5;

    public static int Run(string[] args)
    {
        if (args.Length == 0)
        {
            Console.Error.WriteLine("usage: bench what-if DATA [patches=10000] [key=house/overlay/sliver#area_below] [value=400]");
            return 2;
        }
        var wanted = int.Parse(args.ElementAtOrDefault(1) ?? "10000", CultureInfo.InvariantCulture);
        var (key, value) = (args.ElementAtOrDefault(2) ?? "house/overlay/sliver#area_below", args.ElementAtOrDefault(3) ?? "400");
        using var store = WeipianStore.Open(new DataFolder(args[0]));
        var law = DeterminationLaw.Load(Path.Combine(AppContext.BaseDirectory, "law"));
        var then = law.With(key, value, new DateOnly(2019, 12, 31));
        var clock = Stopwatch.StartNew();
        var programmes = store.Plan.Programmes.Select(p => p.Id).ToList();
        var cuts = ProgrammeCuts.ReadAsync(store, programmes).GetAwaiter().GetResult();
        Console.WriteLine($"{cuts.Count} patches of {programmes.Count} programmes read and cut in {clock.ElapsedMilliseconds} ms");
        cuts = cuts.Repeated(wanted);
        for (var run = 0; run < Runs; run++)
        {
            clock.Restart();
            var parts = cuts.Judge(law);
            var judged = clock.ElapsedMilliseconds;
            clock.Restart();
            var found = WhatIf.Decide(cuts, law, then);
            Console.WriteLine(
                $"{cuts.Count} patches: {parts} parts proposed in {judged} ms; what if {key} = {value}: {found.Flips.Count} flips in {clock.ElapsedMilliseconds} ms"
            );
        }
        return 0;
    }
}
