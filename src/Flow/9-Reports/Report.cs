namespace Weipian.Flow.Reports;

/// <summary>A report made from a frozen snapshot. The file is among the blobs and never changes.</summary>
public sealed class Report
{
    public required Guid Id { get; init; }

    /// <summary>Id of a report definition.</summary>
    public required string Kind { get; init; }

    /// <summary>Programme ids joined by <c>+</c>, or a year.</summary>
    public required string Scope { get; init; }

    public required DateOnly OnDay { get; init; }

    public required Guid SnapshotId { get; init; }

    public required string FileName { get; init; }

    public required string FileSha256 { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A verdict that came back from city or province (校核).</summary>
public sealed class ReceivedVerdict
{
    public required Guid Id { get; init; }

    public required string ProgrammeId { get; init; }

    public required string PatchNumber { get; init; }

    public required string ParcelNumber { get; init; }

    /// <summary><c>city</c> or <c>province</c>.</summary>
    public required string Level { get; init; }

    /// <summary><c>passed</c> or <c>returned</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Their verdict, where it was given.</summary>
    public string? Code { get; init; }

    public string? ReasonCode { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>The file it came with.</summary>
    public required string FileSha256 { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
