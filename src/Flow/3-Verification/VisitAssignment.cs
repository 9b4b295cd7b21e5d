namespace Weipian.Flow.Verification;

/// <summary>A patch given to a responsible unit to visit by a day (分派核查). Append-only; a later one for the same patch and unit takes
/// its place.</summary>
public sealed class VisitAssignment
{
    public required Guid Id { get; init; }

    public required Guid PatchId { get; init; }

    /// <summary>Id of the responsible unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Last day, inclusive until 24:00.</summary>
    public required DateOnly DueOn { get; init; }

    public string? NoteZh { get; init; }

    public Guid? SupersedesId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A visit sent back with a coded reason (退回补充核查).</summary>
public sealed class VisitReturn
{
    public required Guid Id { get; init; }

    public required Guid VisitId { get; init; }

    /// <summary>A code of the reasons for returning.</summary>
    public required string ReasonCode { get; init; }

    public required string NoteZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Where, when and in which direction a photograph was taken, and how far that is from the patch.</summary>
public sealed class EvidencePlace
{
    /// <summary>Also the key: one place for one file.</summary>
    public required Guid EvidenceId { get; init; }

    /// <summary>Degrees CGCS2000.</summary>
    public double? Longitude { get; init; }

    /// <summary>Degrees CGCS2000.</summary>
    public double? Latitude { get; init; }

    /// <summary>Clockwise from true north, 0 inclusive to 360 exclusive.</summary>
    public double? BearingDegrees { get; init; }

    public double? AccuracyMetres { get; init; }

    /// <summary>UTC, whole microseconds; as the camera says.</summary>
    public DateTime? TakenAt { get; init; }

    /// <summary><c>exif</c>, <c>sensor</c> or <c>none</c>.</summary>
    public required string Source { get; init; }

    /// <summary>From the camera to the nearest point of the patch; 0 inside.</summary>
    public double? DistanceMetres { get; init; }

    /// <summary>The view cone meets the patch; null without position or bearing.</summary>
    public bool? LooksAtPatch { get; init; }
}
