using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Weipian.Flow.Store;

/// <summary>What the store tells of itself while it works: acts and how long they took, as metrics and as traces.</summary>
/// <remarks>Names of acts and outcomes only; nothing of what an act was about.</remarks>
public static class StoreMeters
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "Weipian.Store";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Acts = Meter.CreateCounter<long>("acts", description: "acts by name and outcome");

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "act.seconds",
        unit: "s",
        description: "how long acts took, waiting for their turn included"
    );

    /// <param name="outcome"><c>done</c>, <c>refused</c> or <c>failed</c>.</param>
    internal static void Count(string act, string outcome, long begun)
    {
        var tags = new TagList { { "act", act }, { "outcome", outcome } };
        Acts.Add(1, tags);
        Seconds.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, tags);
    }
}
