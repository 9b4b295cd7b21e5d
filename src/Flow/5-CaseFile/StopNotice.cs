using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>A notice to stop (责令停止违法行为通知书), from the field or the desk, with the days that tell how fast it was.</summary>
public sealed class StopNotice
{
    public required Guid Id { get; init; }

    public required Guid PatchId { get; init; }

    public Guid? ViolationId { get; init; }

    public required string Unit { get; init; }

    /// <summary>One of <see cref="DiscoverySource"/>.</summary>
    public required string DiscoveredBy { get; init; }

    public required DateOnly DiscoveredOn { get; init; }

    public required DateOnly ServedOn { get; init; }

    /// <summary>The day work was seen to stand still.</summary>
    public DateOnly? StoppedOn { get; init; }

    /// <summary>The day it was reported upward.</summary>
    public DateOnly? ReportedOn { get; init; }

    public required Guid DocumentId { get; init; }

    /// <summary>To whom it was addressed, sealed (<see cref="SealedRows"/>).</summary>
    public required string AddresseeZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Who saw it first.</summary>
public static class DiscoverySource
{
    /// <summary>Daily patrol, before the patch was issued.</summary>
    public const string Patrol = "patrol";

    public const string Patch = "patch";

    public const string Report = "report";

    public static IReadOnlyList<string> All { get; } = [Patrol, Patch, Report];
}
