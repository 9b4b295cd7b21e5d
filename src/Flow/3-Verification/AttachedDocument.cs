namespace Weipian.Flow.Verification;

/// <summary>A paper that proves what a verdict asks for (举证材料), on file for one patch; its bytes are among the blobs.
/// Append-only.</summary>
/// <remarks>One paper may prove several patches: each has a row, and the rows name one file.</remarks>
public sealed class AttachedDocument
{
    public required Guid Id { get; init; }

    public required Guid PatchId { get; init; }

    /// <summary>What it is: an id of the vocabulary of evidence, <c>approval-document</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Number of the paper (文号) as it is written; null when it has none.</summary>
    public string? Number { get; init; }

    /// <summary>Address among the blobs: SHA-256, hexadecimal, lower case.</summary>
    public required string Sha256 { get; init; }

    public required string FileName { get; init; }

    /// <summary>Told by the bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The row that this one takes the place of: a wrong paper is replaced, never removed.</summary>
    public Guid? SupersedesId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
