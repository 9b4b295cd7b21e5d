using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Web.Reading;

/// <summary>What the journal tells of backups.</summary>
public sealed class BackupDesk(OfficeBooks books)
{
    /// <summary>One entry of <see cref="RecordBackup"/>.</summary>
    public sealed record Line(DateTime At, string By, string Kind, string File, long Bytes, bool Encrypted, long JournalSeq, string Detail);

    /// <summary>The latest, newest first.</summary>
    public async Task<IReadOnlyList<Line>> LatestAsync(int most, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var entries = await db.Journal.Where(j => j.Act == RecordBackup.Act).OrderByDescending(j => j.Seq).Take(most).ToListAsync(stop);
        return [.. entries.Select(Of)];
    }

    /// <summary>When a backup last proved to be whole; <c>null</c> for never.</summary>
    public async Task<DateTime?> LastDrilledAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await db
            .Journal.Where(j => j.Act == RecordBackup.Act && j.Subject == RecordBackup.Drilled)
            .OrderByDescending(j => j.Seq)
            .Select(j => (DateTime?)j.At)
            .FirstOrDefaultAsync(stop);
    }

    private static Line Of(JournalEntry entry)
    {
        JsonNode? facts;
        try
        {
            facts = JsonNode.Parse(entry.Body)?["facts"];
        }
        catch (JsonException)
        {
            facts = null; // Damaged: verify says so; the list is shown without.
        }
        return new(
            entry.At,
            entry.Actor,
            entry.Subject,
            facts?["file"]?.GetValue<string>() ?? "",
            facts?["bytes"]?.GetValue<long>() ?? 0,
            facts?["encrypted"]?.GetValue<bool>() ?? false,
            facts?["journalSeq"]?.GetValue<long>() ?? 0,
            facts?["detail"]?.GetValue<string>() ?? ""
        );
    }
}
