namespace Weipian.Flow.Store;

/// <summary>A file among the blobs that stands there only sealed, because it holds personal data (封存文件). Evidence and papers go on
/// naming it by the hash of its plain bytes. Append-only.</summary>
public sealed class SealedFile
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the plain bytes, hexadecimal, lower case: the hash under which evidence names it. No blob has this
    /// address.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Address of the sealed bytes among the blobs: their SHA-256.</summary>
    public required string SealedSha256 { get; init; }

    /// <summary>Why it is sealed: an id of the vocabulary of evidence, <c>identity-paper</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The key of this file alone and the name it came with, sealed for this row (<see cref="SealedRows"/>), so that a change of
    /// keys seals a short text again and never the file.</summary>
    public required string KeySealed { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
