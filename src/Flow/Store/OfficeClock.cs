using System.Globalization;

namespace Weipian.Flow.Store;

/// <summary>The clock of an installation: the system's, and in the synthetic sample one that its administrator may set.</summary>
/// <remarks>
/// A set clock runs on from where it was put. An installation without the mark of the sample never reads the file, so that no real district
/// can be moved in time; the journal of the sample says of each setting who did it.
/// </remarks>
public sealed class OfficeClock(DataFolder folder) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTime readAt = DateTime.MinValue;
    private TimeSpan offset;

    /// <summary>The sample may be moved in time.</summary>
    public bool MayBeSet => File.Exists(folder.SampleSeats);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset();

    private TimeSpan Offset()
    {
        if (!MayBeSet)
            return TimeSpan.Zero;
        lock (gate)
        {
            var written = File.GetLastWriteTimeUtc(folder.Clock);
            if (written != readAt)
                (readAt, offset) = (written, Read(folder.Clock));
            return offset;
        }
    }

    private static TimeSpan Read(string path) =>
        File.Exists(path) && TimeSpan.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var found) ? found : TimeSpan.Zero;
}
