using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Takes a copy of an issued document that names a party: the reading stands in the journal. Whether the seat may read it is asked
/// before.</summary>
public static class ReadDocument
{
    public const string Act = "read-document";

    /// <summary>Fields of documents that identify somebody.</summary>
    private static readonly string[] Personal = ["party", "addressee", "representative", "address", "telephone", "identity-number"];

    public sealed record Request(Guid DocumentId, string Reason);

    /// <summary>Fields among them that name a person, a company or an authority.</summary>
    private static readonly string[] Names = ["party", "addressee"];

    /// <summary>Whether a field names somebody, who may be a company or an authority.</summary>
    internal static bool IsName(string field) => Names.Contains(field, StringComparer.Ordinal);

    /// <summary>Whether a field identifies somebody.</summary>
    public static bool IsPersonal(string field) => Personal.Contains(field, StringComparer.Ordinal);

    /// <exception cref="Problem"><c>chain.not-there</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.DocumentId.ToString(),
            request.Reason,
            async act =>
            {
                var document =
                    await act.Db.IssuedDocuments.SingleOrDefaultAsync(d => d.Id == request.DocumentId, stop)
                    ?? throw Problem.Chain.NotThere("文书", "document", request.DocumentId.ToString());
                act.Fact("document", document.Number);
                return document.Id;
            },
            stop
        );
    }
}
