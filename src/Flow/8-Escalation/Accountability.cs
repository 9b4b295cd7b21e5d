namespace Weipian.Flow.Escalation;

/// <summary>Persons and posts proposed for accountability, with a dossier handed to discipline inspection (问责、移送纪检监察).</summary>
public sealed class Accountability
{
    public required Guid Id { get; init; }

    public required string Unit { get; init; }

    /// <summary>Null when it starts without one.</summary>
    public Guid? InterviewId { get; init; }

    public required Guid ProposalId { get; init; }

    /// <summary>Posts: principal leaders and other responsible leading persons.</summary>
    public required string PersonsJson { get; init; }

    /// <summary>The sealed dossier among the blobs.</summary>
    public required string DossierSha256 { get; init; }

    public required DateOnly HandedOverOn { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Receipt and result by discipline inspection.</summary>
public sealed class AccountabilityStep
{
    public required Guid Id { get; init; }

    public required Guid AccountabilityId { get; init; }

    /// <summary><c>received</c> or <c>result</c>.</summary>
    public required string Kind { get; init; }

    public required DateOnly On { get; init; }

    public required string NoteZh { get; init; }

    public string? SanctionCode { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
