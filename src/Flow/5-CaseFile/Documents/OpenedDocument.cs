using System.Text.Json.Nodes;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>An issued document with its seal opened.</summary>
/// <param name="FieldsJson">The frozen fields in canonical form, as they were issued.</param>
public sealed record OpenedDocument(IssuedDocument Row, string FieldsJson)
{
    private IReadOnlyDictionary<string, string>? fields;

    /// <summary>The texts frozen in it, by the id of the field.</summary>
    public IReadOnlyDictionary<string, string> Fields =>
        fields ??= JsonNode.Parse(FieldsJson)!.AsObject().ToDictionary(f => f.Key, f => (string?)f.Value ?? "", StringComparer.Ordinal);

    /// <summary>Whether a field identifies somebody.</summary>
    public bool IsPersonal => Fields.Any(f => ReadDocument.IsPersonal(f.Key) && f.Value.Length > 0);

    /// <summary>The same document with what identifies somebody masked, in its own field and wherever else it is named.</summary>
    /// <param name="publicNames">Names that stay (<see cref="PublicNames"/>).</param>
    /// <param name="mask">Numbers of persons that somebody wrote into a text.</param>
    public OpenedDocument Masked(IReadOnlySet<string> publicNames, PersonalMask mask)
    {
        ArgumentNullException.ThrowIfNull(publicNames);
        ArgumentNullException.ThrowIfNull(mask);
        var secrets = Fields
            .Where(f =>
                f.Value.Length > 1 && ReadDocument.IsPersonal(f.Key) && (!ReadDocument.IsName(f.Key) || !publicNames.Contains(f.Value))
            )
            .Select(f => f.Value)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(s => s.Length)
            .ToList();
        var masked = new JsonObject();
        foreach (var (field, text) in Fields)
            masked[field] = mask.Of(
                secrets.Aggregate(text, (shown, secret) => shown.Replace(secret, PartyRows.Mask(secret), StringComparison.Ordinal))
            );
        return new(Row, CanonicalJson.Of(masked));
    }
}

/// <summary>Opens the seals of issued documents. Who shows what is in them asks by <see cref="ReadDocument"/>.</summary>
public static class OpenDocuments
{
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c></exception>
    public static async Task<OpenedDocument> OpenAsync(this StoreContext db, IssuedDocument document, CancellationToken stop = default) =>
        (await OpenAsync(db, [document], stop))[0];

    /// <summary>In the order given.</summary>
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c></exception>
    public static async Task<IReadOnlyList<OpenedDocument>> OpenAsync(
        this StoreContext db,
        IReadOnlyCollection<IssuedDocument> documents,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(documents);
        var texts = await SealedRows.OpenAsync(db, [.. documents.Select(RowOf).DistinctBy(r => r.Id)], stop);
        return [.. documents.Select(d => new OpenedDocument(d, texts[d.Id]))];
    }

    private static SealedRow RowOf(IssuedDocument document) => new(SealedRows.Document, document.Id, document.FieldsJson);
}
