using Weipian.Bench;

return args switch
{
    ["kernel", .. var rest] => KernelBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench kernel [cells=120000] [patches=10000] [threads=0]");
    return 2;
}
