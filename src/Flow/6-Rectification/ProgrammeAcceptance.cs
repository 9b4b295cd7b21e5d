namespace Weipian.Flow.Rectification;

/// <summary>The leading group accepts, or does not, the work of a programme (区级验收评估); apart from the acceptance of any one
/// measure.</summary>
public sealed class ProgrammeAcceptance
{
    public required Guid Id { get; init; }

    public required string ProgrammeId { get; init; }

    public required DateOnly On { get; init; }

    /// <summary><c>accepted</c> or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    public required Guid SnapshotId { get; init; }

    public required string OpinionZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
