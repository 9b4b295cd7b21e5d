using Weipian.Bench;

return args switch
{
    ["kernel", .. var rest] => KernelBenchmark.Run(rest),
    ["pages", .. var rest] => await PagesBenchmark.RunAsync(rest),
    ["reports", .. var rest] => await ReportsBenchmark.RunAsync(rest),
    ["what-if", .. var rest] => WhatIfBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench kernel [cells=120000] [patches=10000] [threads=0]");
    Console.Error.WriteLine("       bench pages URL DATA/sample-seats.txt [folder for the HTML]");
    Console.Error.WriteLine("       bench reports URL DATA/sample-seats.txt PROGRAMME YYYY-MM-DD");
    Console.Error.WriteLine("       bench what-if DATA [patches=10000] [key] [value]");
    return 2;
}
