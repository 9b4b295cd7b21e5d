namespace Weipian.Flow.Ledger;

/// <summary>The calculation sheet of the cut of annual targets (扣减测算). Without a ratio it has no result.</summary>
public sealed class DeductionSheet
{
    public required Guid Id { get; init; }

    public required int Year { get; init; }

    public required Guid SnapshotId { get; init; }

    /// <summary>Line by line; unset where the ministry set no ratio.</summary>
    public required string SheetJson { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
