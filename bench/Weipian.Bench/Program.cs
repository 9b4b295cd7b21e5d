using System.Globalization;
using Weipian.Bench;

return args switch
{
    ["kernel", var name, ..] when Workload.Named(name) is { } workload => KernelBenchmark.Run(workload, Setting("threads", 0)),
    ["ingest", var name] when Workload.Named(name) is { } workload => IngestBenchmark.Run(workload, engineAlone: false),
    ["ingest", var name, "engine"] when Workload.Named(name) is { } workload => IngestBenchmark.Run(workload, engineAlone: true),
    ["run", var name] when Workload.Named(name) is { } workload => RunBenchmark.Run(workload),
    ["pieces", var name] when Workload.Named(name) is { } workload => PiecesBenchmark.Run(workload),
    ["postgis", var name, ..] when Workload.Named(name) is { } workload => await PostgisBenchmark.RunAsync(workload, Setting("pairs", 3)),
    ["explain", var name, var file] when Workload.Named(name) is { } workload => await PostgisBenchmark.RunAsync(workload, 0, file),
    ["micro", .. var rest] => MicroBenchmarks.Run(rest),
    ["pages", .. var rest] => await PagesBenchmark.RunAsync(rest),
    ["patches", var file, ..] => TilesBenchmark.Write(file, Setting("count", 100_000)),
    ["tiles", .. var rest] => await TilesBenchmark.RunAsync(rest),
    ["reports", .. var rest] => await ReportsBenchmark.RunAsync(rest),
    ["chips", .. var rest] => ChipsBenchmark.Run(rest),
    ["what-if", .. var rest] => WhatIfBenchmark.Run(rest),
    _ => Usage(),
};

int Setting(string name, int otherwise) =>
    args.Select(a => a.Split('=')).FirstOrDefault(p => p.Length == 2 && p[0] == name) is { } pair
        ? int.Parse(pair[1], CultureInfo.InvariantCulture)
        : otherwise;

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: bench kernel  S|M|L [threads=0]   patches a second of the kernel
               bench ingest  S|M|L [engine]      cold ingest of land use from a GeoPackage through the ordinary door, and reopening it;
                                                 "engine": only reading, repair, order and index, the cache on disk
               bench run     S|M|L               one comparison in a fresh process, from packed layers: time and peak memory
               bench pieces  S|M|L               geometry and area of every piece
               bench postgis S|M|L [pairs=3]     the same comparison here and in PostGIS, by turns
               bench explain S|M|L FILE          writes the plan of the PostGIS side, with times and buffers
               bench micro [--filter X]          BenchmarkDotNet: kernel, pieces, checks, plane
               bench pages URL DATA/sample-seats.txt [folder for the HTML]
               bench patches FILE [count=100000] an issued file of many small patches
               bench tiles URL DATA/sample-seats.txt PROGRAMME
               bench reports URL DATA/sample-seats.txt PROGRAMME YYYY-MM-DD
               bench chips   DATA [pairs=200]    chips of patches rendered on one thread, nothing kept; change support
               bench what-if S|M|L|DATA [key] [value]  proposals and "what if" from cut patches, no two of a workload alike
        """
    );
    return 2;
}
