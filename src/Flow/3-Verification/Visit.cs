namespace Weipian.Flow.Verification;

/// <summary>A visit on site (实地核查) and the form that was filled there.</summary>
public sealed class Visit
{
    public required Guid Id { get; init; }

    public required Guid PatchId { get; init; }

    public required DateOnly VisitedOn { get; init; }

    /// <summary>Login of the seat that recorded the visit.</summary>
    public required string By { get; init; }

    /// <summary>The form as filled; its fields are defined where they are read.</summary>
    public required string FormJson { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime RecordedAt { get; init; }

    /// <summary>The record that this one corrects.</summary>
    public Guid? SupersedesId { get; init; }
}

/// <summary>A photograph or document that supports a verdict (举证); its bytes are among the blobs.</summary>
public sealed class Evidence
{
    public required Guid Id { get; init; }

    public Guid? VisitId { get; init; }

    public required Guid PatchId { get; init; }

    /// <summary>Address among the blobs: SHA-256, hexadecimal, lower case.</summary>
    public required string Sha256 { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime AddedAt { get; init; }

    public required string By { get; init; }
}
