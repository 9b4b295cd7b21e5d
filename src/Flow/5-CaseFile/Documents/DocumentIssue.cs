using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Gives a document its number and freezes its fields, inside the act that issues it.</summary>
/// <remarks>
/// Numbers run without gaps within series and year: acts are one at a time, and an act that fails takes its number back with everything
/// else. A document is never changed; a corrected one is another with a number of its own.
/// </remarks>
public static class DocumentIssue
{
    /// <param name="fields">A text for every required field of the kind, by id; others are left out.</param>
    /// <exception cref="Problem"><c>case-file.document-field-missing</c>, <c>case-file.document-field-unknown</c></exception>
    public static async Task<IssuedDocument> IssueAsync(
        ActScope act,
        DocumentKind kind,
        string subjectKind,
        Guid subjectId,
        DateOnly issuedOn,
        IReadOnlyDictionary<string, string> fields,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(fields);
        var year = issuedOn.Year;
        var pending = act.Db.ChangeTracker.Entries<IssuedDocument>().Count(e => e.Entity.Series == kind.Series && e.Entity.Year == year);
        var last =
            await act.Db.IssuedDocuments.Where(d => d.Series == kind.Series && d.Year == year).MaxAsync(d => (int?)d.Serial, stop) ?? 0;
        var serial = last + pending + 1;
        var number = string.Create(CultureInfo.InvariantCulture, $"{kind.Series}〔{year}〕{serial}号");
        var id = act.NewId();
        var document = new IssuedDocument
        {
            Id = id,
            Kind = kind.Id,
            Series = kind.Series,
            Year = year,
            Serial = serial,
            Number = number,
            SubjectKind = subjectKind,
            SubjectId = subjectId,
            IssuedOn = issuedOn,
            FieldsJson = SealedRows.Seal(act, SealedRows.Document, id, Frozen(kind, number, issuedOn, fields)),
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(document);
        act.Fact("document", number);
        return document;
    }

    /// <summary>Pure: the fields in canonical form. The number and the date are filled in here.</summary>
    internal static string Frozen(DocumentKind kind, string number, DateOnly issuedOn, IReadOnlyDictionary<string, string> fields)
    {
        var known = kind.Fields.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        if (fields.Keys.FirstOrDefault(k => !known.Contains(k)) is { } stranger)
            throw Problem.CaseFile.DocumentFieldUnknown(kind.Zh, kind.En, stranger);
        var frozen = new JsonObject();
        foreach (var field in kind.Fields)
        {
            var text = field.Id switch
            {
                "number" => number,
                "date" => issuedOn.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
                _ => fields.GetValueOrDefault(field.Id),
            };
            if (!string.IsNullOrWhiteSpace(text))
                frozen[field.Id] = text.Trim();
            else if (field.Required)
                throw Problem.CaseFile.DocumentFieldMissing(kind.Zh, kind.En, field.Zh, field.En);
        }
        return CanonicalJson.Of(frozen);
    }
}
