using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Ledger;
using Weipian.Flow.Store;

namespace Weipian.Tests.Web.SampleDistricts;

/// <summary>What stands in an installation, without what is another at each playing: ids, instants, and hashes of what holds
/// them.</summary>
internal static class YearRows
{
    private static readonly Regex Another = new("Sha256|Json|Hash|Seal|Seed|Blind|PublicKey|Prev$|Subject$", RegexOptions.CultureInvariant);

    /// <summary>A sign-in is as often as the year is stopped, and the mark of a code is another at each time.</summary>
    private static readonly Type[] Apart =
    [
        typeof(JournalEntry),
        typeof(Snapshot),
        typeof(SeatSession),
        typeof(SessionEnd),
        typeof(SecondFactorUse),
    ];

    /// <summary>Every row of every table as text, sorted; the journal apart, and snapshots, of which each entering of the ledger makes
    /// one.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(WeipianStore store)
    {
        await using var db = store.Read();
        await db.Database.OpenConnectionAsync();
        var rows = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Where(e => !Apart.Contains(e.ClrType)))
            rows.AddRange(await OfAsync(db, table));
        // A seal is another at each sealing; what was sealed is not.
        rows.AddRange((await ReadInquiry.OpenedAsync(db, await db.HoldInquiries.ToListAsync())).Values);
        rows.AddRange((await IssueStopNotice.AddresseesAsync(db, await db.StopNotices.ToListAsync())).Values);
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>Who did what why, sorted. Who enters the ledger first, the head of the office or the machine, is a matter of
    /// seconds, and the
    /// clock is set as often as the year is stopped.</summary>
    public static async Task<IReadOnlyList<string>> ActsAsync(WeipianStore store)
    {
        await using var db = store.Read();
        var acts = await db
            .Journal.Where(j => j.Act != SetClock.Act && j.Act != EnterLedger.Act && j.Act != OpenSession.Act)
            .Select(j => j.Act + " " + j.Actor + " " + j.Reason)
            .ToListAsync();
        acts.Sort(StringComparer.Ordinal);
        return acts;
    }

    private static async Task<IEnumerable<string>> OfAsync(StoreContext db, IEntityType table)
    {
        var columns = table
            .GetProperties()
            .Where(p => !Another.IsMatch(p.Name) && p.ClrType != typeof(Guid) && p.ClrType != typeof(Guid?))
            .Where(p => p.ClrType != typeof(DateTime) && p.ClrType != typeof(DateTime?))
            // The machine may have been there first.
            .Where(p => table.ClrType != typeof(LedgerEntry) || p.Name != nameof(LedgerEntry.By))
            .Select(p => '"' + p.GetColumnName() + '"')
            .ToList();
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names of the model.
        command.CommandText = $"SELECT {string.Join(", ", columns.DefaultIfEmpty("1"))} FROM \"{table.GetTableName()}\"";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(
                table.GetTableName() + " " + string.Join(" | ", Enumerable.Range(0, columns.Count).Select(i => Text(reader.GetValue(i))))
            );
        return rows;
    }

    private static string Text(object value) =>
        value is string text && SealedText.IsSealed(text) ? "sealed"
        : value is byte[] bytes ? Convert.ToHexString(bytes)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
