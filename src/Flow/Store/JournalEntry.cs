namespace Weipian.Flow.Store;

/// <summary>One entry of the journal (操作日志): append-only, chained by hash, written in the same transaction as the act it tells
/// of.</summary>
public sealed class JournalEntry
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Seq { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string Actor { get; init; }

    /// <summary>Name of the act: <c>import-patches</c>.</summary>
    public required string Act { get; init; }

    /// <summary>What it was done to: a programme, a patch, a seat.</summary>
    public required string Subject { get; init; }

    public required string Reason { get; init; }

    /// <summary>Canonical JSON: the role and unit of the actor, facts of the act, and the SHA-256 of every row it wrote.</summary>
    public required string Body { get; init; }

    /// <summary><see cref="Hash"/> of the entry before; 64 zeros for the first.</summary>
    public required string Prev { get; init; }

    /// <summary>The hash of the chain (<see cref="ChainHash"/>) over the canonical JSON of all other fields; hexadecimal, lower
    /// case.</summary>
    public required string Hash { get; init; }
}
