using System.Globalization;
using Weipian.Bench;

var workload = args.Length > 1 ? Workload.Named(args[1]) : null;
return (args.FirstOrDefault(), workload) switch
{
    ("kernel", { } chosen) => KernelBenchmark.Run(chosen, Setting("threads", 0)),
    ("ingest", { } chosen) => IngestBenchmark.Run(chosen),
    ("postgis", { } chosen) => await PostgisBenchmark.RunAsync(chosen, Setting("pairs", 3)),
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
               bench ingest  S|M|L               cold ingest of land use from a GeoPackage, and reopening it
               bench postgis S|M|L [pairs=3]     the same comparison here and in PostGIS, by turns
        """
    );
    return 2;
}
