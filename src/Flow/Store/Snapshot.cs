namespace Weipian.Flow.Store;

/// <summary>Figures frozen with the ids behind them. Content among the blobs, canonical JSON; a published table never changes.</summary>
public sealed class Snapshot
{
    public required Guid Id { get; init; }

    /// <summary>Id of what is frozen.</summary>
    public required string Kind { get; init; }

    /// <summary>Programme ids joined by <c>+</c>, or a year.</summary>
    public required string Scope { get; init; }

    /// <summary>The day whose state it shows.</summary>
    public required DateOnly OnDay { get; init; }

    public required string ContentSha256 { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
