using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>A document that left the house with a number (文书). Its fields are frozen; the file is rendered from them whenever it is
/// asked for.</summary>
public sealed class IssuedDocument
{
    public required Guid Id { get; init; }

    /// <summary>Id of a document of <c>law/documents</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>机关代字 of the series, e.g. 周自然资罚.</summary>
    public required string Series { get; init; }

    public required int Year { get; init; }

    /// <summary>1, 2 … within series and year, without gaps.</summary>
    public required int Serial { get; init; }

    /// <summary>As printed: 周自然资罚〔2019〕1号.</summary>
    public required string Number { get; init; }

    /// <summary><c>violation</c>, <c>case-file</c>, <c>patch</c>, <c>measure</c> …</summary>
    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>Every field of the document, by id, as JSON and sealed (<see cref="SealedRows"/>): opened by
    /// <see cref="OpenDocuments"/>.</summary>
    public required string FieldsJson { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
