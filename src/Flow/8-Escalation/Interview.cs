namespace Weipian.Flow.Escalation;

/// <summary>A warning interview (警示约谈): its clock of acceptance starts with it.</summary>
public sealed class Interview
{
    public required Guid Id { get; init; }

    public required Guid ProposalId { get; init; }

    public required string Unit { get; init; }

    public required DateOnly StartedOn { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public required DateOnly AcceptBy { get; init; }

    /// <summary>The limit that the interview itself set.</summary>
    public required DateOnly RectifyBy { get; init; }

    /// <summary>Posts that were interviewed.</summary>
    public required string PersonsJson { get; init; }

    public required string DemandsZh { get; init; }

    public Guid? DocumentId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Commitment, its fulfilment, acceptance, release, hand-over.</summary>
public sealed class InterviewStep
{
    public required Guid Id { get; init; }

    public required Guid InterviewId { get; init; }

    /// <summary>One of <see cref="InterviewStepKind"/>.</summary>
    public required string Kind { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>Date of a commitment.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>The commitment that is fulfilled.</summary>
    public Guid? CommitmentId { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What happens in and after an interview.</summary>
public static class InterviewStepKind
{
    public const string Committed = "committed";
    public const string Fulfilled = "fulfilled";
    public const string Accepted = "accepted";
    public const string NotAccepted = "not-accepted";
    public const string Released = "released";
    public const string HandedOver = "handed-over";

    public static IReadOnlyList<string> All { get; } = [Committed, Fulfilled, Accepted, NotAccepted, Released, HandedOver];
}
