namespace Weipian.Flow.Determinations;

/// <summary>A batch of verdicts that left the district under the signature of the head of the office (成果上报并锁定).
/// Append-only.</summary>
/// <remarks>What it holds is locked: a verdict of it changes only by a new version that says why, which leaves with a later batch.
/// </remarks>
public sealed class VerdictBatch
{
    public required Guid Id { get; init; }

    public required string ProgrammeId { get; init; }

    /// <summary>1, 2 … within the programme.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The frozen content: verdicts with their seals, the evidence of each, what was kept back and why.</summary>
    public required Guid SnapshotId { get; init; }

    /// <summary>Parcels that it holds.</summary>
    public required int Parcels { get; init; }

    /// <summary>Parcels that stayed because they are doubtful.</summary>
    public required int KeptBack { get; init; }

    /// <summary>Login of the seat that signed.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>One verdict of a batch.</summary>
public sealed class VerdictBatchItem
{
    public required Guid BatchId { get; init; }

    public required Guid ParcelId { get; init; }

    public required Guid DeterminationId { get; init; }
}
