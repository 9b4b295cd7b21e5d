namespace Weipian.Flow.Escalation;

/// <summary>What the plan wanted sent by a day was sent: when, to whom, with what, how late.</summary>
public sealed class Submission
{
    public required Guid Id { get; init; }

    /// <summary>A date of the plan.</summary>
    public required string CalendarId { get; init; }

    /// <summary>Id of a body of the plan; empty where the date names none.</summary>
    public required string Recipient { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime SentAt { get; init; }

    /// <summary>0 in time; a part of a day counts whole.</summary>
    public required int LateDays { get; init; }

    /// <summary>Required when late.</summary>
    public string? LateReasonZh { get; init; }

    public Guid? SnapshotId { get; init; }

    public Guid? ReportId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
