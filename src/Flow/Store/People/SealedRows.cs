using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;

namespace Weipian.Flow.Store;

/// <summary>A row with one sealed column.</summary>
/// <param name="Table">One of <see cref="SealedRows.Tables"/>.</param>
/// <param name="Text">As it stands in the row; not sealed where the row is older than the seals.</param>
public sealed record SealedRow(string Table, Guid Id, string Text);

/// <summary>Rows with a column that is sealed: each is opened by its newest seal, its own or that of a <see cref="Reseal"/>.</summary>
public static class SealedRows
{
    public const string Identity = "sealed_identity";
    public const string Document = "issued_document";
    public const string Inquiry = "hold_inquiry";
    public const string StopNotice = "stop_notice";
    public const string Factor = "second_factor";
    public const string File = "sealed_file";

    /// <summary>Ids asked for at once: a statement takes only so many parameters.</summary>
    private const int AtOnce = 500;

    /// <summary>The tables that have a sealed column.</summary>
    public static IReadOnlyList<string> Tables { get; } = [Identity, Document, Inquiry, StopNotice, Factor, File];

    /// <summary>Seals the text of a row that is about to be written.</summary>
    public static string Seal(ActScope act, string table, Guid id, string text)
    {
        ArgumentNullException.ThrowIfNull(act);
        return SealedText.Seal(act.Store.Folder, text, BelongsTo(table, id));
    }

    /// <summary>The text of one row.</summary>
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c></exception>
    public static async Task<string> OpenAsync(StoreContext db, SealedRow row, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (await OpenAsync(db, [row], stop))[row.Id];
    }

    /// <summary>The texts of rows, by their ids.</summary>
    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c></exception>
    public static async Task<IReadOnlyDictionary<Guid, string>> OpenAsync(
        StoreContext db,
        IReadOnlyCollection<SealedRow> rows,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(rows);
        var newest = await NewestAsync(db, rows, stop);
        return rows.ToDictionary(r => r.Id, r => Opened(db, r, newest.GetValueOrDefault(r.Id)?.TextSealed ?? r.Text));
    }

    /// <summary>Every row that has a sealed text, with the newest seal of each.</summary>
    internal static async Task<IReadOnlyList<(SealedRow Row, string Newest)>> AllAsync(StoreContext db, CancellationToken stop)
    {
        List<SealedRow> rows =
        [
            .. await db.SealedIdentities.Select(r => new SealedRow(Identity, r.Id, r.BodySealed)).ToListAsync(stop),
            .. await db.IssuedDocuments.Select(r => new SealedRow(Document, r.Id, r.FieldsJson)).ToListAsync(stop),
            .. await db.HoldInquiries.Select(r => new SealedRow(Inquiry, r.Id, r.Asked)).ToListAsync(stop),
            .. await db.StopNotices.Select(r => new SealedRow(StopNotice, r.Id, r.AddresseeZh)).ToListAsync(stop),
            .. await db.SecondFactors.Select(r => new SealedRow(Factor, r.Id, r.SecretSealed)).ToListAsync(stop),
            .. await db.SealedFiles.Select(r => new SealedRow(File, r.Id, r.KeySealed)).ToListAsync(stop),
        ];
        rows.RemoveAll(r => !SealedText.IsSealed(r.Text));
        var newest = await NewestAsync(db, rows, stop);
        return [.. rows.Select(r => (r, newest.GetValueOrDefault(r.Id)?.TextSealed ?? r.Text))];
    }

    /// <summary>The text of a row under the newest key, with the keyed hashes that belong to it.</summary>
    internal static Reseal SealAgain(ActScope act, SealedRow row, string newest)
    {
        var text = Opened(act.Db, row, newest);
        var identity = row.Table == Identity ? JsonSerializer.Deserialize<PartyIdentity>(text) : null;
        return new()
        {
            Id = act.NewId(),
            OfTable = row.Table,
            RowId = row.Id,
            TextSealed = Seal(act, row.Table, row.Id, text),
            NameBlind = identity is null ? null : SealedText.Blind(act.Store.Folder, identity.NameZh, "name"),
            NumberBlind = identity?.IdentityNumber is { } number ? SealedText.Blind(act.Store.Folder, number, "number") : null,
            By = act.By.Login,
            At = act.At,
        };
    }

    /// <exception cref="Problem"><c>store.sealed-text-unreadable</c></exception>
    internal static string Opened(StoreContext db, SealedRow row, string newest) =>
        SealedText.IsSealed(newest) ? SealedText.Open(db.Folder!, newest, BelongsTo(row.Table, row.Id)) : newest;

    private static async Task<Dictionary<Guid, Reseal>> NewestAsync(StoreContext db, IEnumerable<SealedRow> rows, CancellationToken stop)
    {
        var newest = new Dictionary<Guid, Reseal>();
        foreach (var ids in rows.Where(r => SealedText.IsSealed(r.Text)).Select(r => r.Id).Distinct().Chunk(AtOnce))
        foreach (var again in await db.Reseals.AsNoTracking().Where(r => ids.Contains(r.RowId)).ToListAsync(stop))
            if (!newest.TryGetValue(again.RowId, out var other) || (again.At, again.Id).CompareTo((other.At, other.Id)) > 0)
                newest[again.RowId] = again;
        return newest;
    }

    private static string BelongsTo(string table, Guid id) => $"{table}/{id}";
}
