namespace Weipian.Flow.Determinations;

/// <summary>What the machine proposes for a parcel, with its derivation. Never a verdict.</summary>
public sealed class Proposal
{
    public required Guid Id { get; init; }

    public required string ProgrammeId { get; init; }

    public required Guid PatchId { get; init; }

    public required Guid ParcelId { get; init; }

    /// <summary>A code of the verdict catalogue: <c>L1</c>, <c>I3</c>, <c>D0</c> …</summary>
    public required string Code { get; init; }

    public required string DerivationJson { get; init; }

    public required string InputsSha256 { get; init; }

    public required string LawBookSha256 { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime ProposedAt { get; init; }
}

/// <summary>A verdict (判定) by one named person on one parcel, sealed with what it rests on. Append-only.</summary>
public sealed class Determination
{
    public required Guid Id { get; init; }

    public required Guid ParcelId { get; init; }

    public required Guid PatchId { get; init; }

    public required string Code { get; init; }

    /// <summary>判定依据说明, in Chinese as it goes into the tables.</summary>
    public required string BasisZh { get; init; }

    /// <summary>Login of the seat that decided.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime DecidedAt { get; init; }

    /// <summary>Everything the verdict rests on, so that it replays: layer versions, law, plan, form, evidence, areas.</summary>
    public required string SealJson { get; init; }

    public required string SealSha256 { get; init; }

    /// <summary>The determination that this one corrects.</summary>
    public Guid? SupersedesId { get; init; }
}

/// <summary>The second signature under a determination: confirmed, or returned with a reason. Append-only.</summary>
public sealed class Confirmation
{
    public required Guid Id { get; init; }

    public required Guid DeterminationId { get; init; }

    /// <summary>Login of the seat; never that of <see cref="Determination.DecidedBy"/>.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }

    /// <summary>One of <see cref="ConfirmationOutcome"/>.</summary>
    public required string Outcome { get; init; }

    public string? ReasonCode { get; init; }

    public required string Reason { get; init; }
}

/// <summary>The person who put a second signature took it back. Append-only; once per signature.</summary>
public sealed class ConfirmationWithdrawal
{
    public required Guid Id { get; init; }

    public required Guid ConfirmationId { get; init; }

    /// <summary>Login of the seat; always that of <see cref="Confirmation.By"/>.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }

    public required string Reason { get; init; }
}

/// <summary>The two things a reviewer can do.</summary>
public static class ConfirmationOutcome
{
    public const string Confirmed = "confirmed";
    public const string Returned = "returned";
}
