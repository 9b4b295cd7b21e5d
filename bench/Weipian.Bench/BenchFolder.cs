namespace Weipian.Bench;

/// <summary>Where files between two runs stand: <c>WEIPIAN_BENCH_FOLDER</c>, else a folder among the temporary files.</summary>
internal static class BenchFolder
{
    public static string Path { get; } =
        Directory
            .CreateDirectory(
                Environment.GetEnvironmentVariable("WEIPIAN_BENCH_FOLDER")
                    ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), "weipian-bench")
            )
            .FullName;
}
