namespace Weipian.Flow.CaseFiles;

/// <summary>A matter handed to the body that answers for it (移交移送).</summary>
public sealed class Transfer
{
    public required Guid Id { get; init; }

    public required Guid ViolationId { get; init; }

    /// <summary><c>department</c>, <c>crime</c> or <c>discipline</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of a body of the plan.</summary>
    public required string ToBody { get; init; }

    public required string GroundZh { get; init; }

    public required DateOnly SentOn { get; init; }

    public required Guid DocumentId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>What came back: receipt, reply, result.</summary>
public sealed class TransferStep
{
    public required Guid Id { get; init; }

    public required Guid TransferId { get; init; }

    /// <summary><c>received</c>, <c>replied</c> or <c>done</c>.</summary>
    public required string Kind { get; init; }

    public required DateOnly On { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
