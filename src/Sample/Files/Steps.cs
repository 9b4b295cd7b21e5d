namespace Weipian.Sample.Files;

/// <summary>Counts the steps of the making; files are written side by side, so steps may come from several threads.</summary>
internal sealed class Steps(IProgress<SampleProgress>? progress)
{
    private int done;

    /// <summary>Steps in all: drawing, and each file.</summary>
    public int Total { get; set; } = 30;

    public void Next(string zh, string en) => progress?.Report(new(Math.Min(Interlocked.Increment(ref done) - 1, Total), Total, zh, en));
}
