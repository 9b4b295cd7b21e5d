using System.Runtime.InteropServices;

namespace Weipian.Bench;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Description =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, load {Load()}";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var named = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return named is null ? RuntimeInformation.OSDescription : named[(named.IndexOf(':') + 1)..].Trim();
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
