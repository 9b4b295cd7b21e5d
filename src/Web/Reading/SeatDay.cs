using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>How far a seat is with its day, over all programmes.</summary>
public static class SeatDay
{
    /// <summary>Patches on which the seat signed on a day in China, with a verdict that stands or a second signature.</summary>
    public static async Task<int> PatchesAsync(WeipianStore store, string login, DateOnly day, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var (from, to) = (ChinaTime.EndOf(day.AddDays(-1)).UtcDateTime, ChinaTime.EndOf(day).UtcDateTime);
        await using var db = store.Read();
        var judged = db
            .Determinations.Where(d => d.DecidedBy == login && d.DecidedAt >= from && d.DecidedAt < to)
            .Where(d => d.Code != VerdictState.Withdrawn && !db.Determinations.Any(later => later.SupersedesId == d.Id))
            .Select(d => d.PatchId);
        var signed = db
            .Confirmations.Where(c => c.By == login && c.At >= from && c.At < to)
            .Join(db.Determinations, c => c.DeterminationId, d => d.Id, (c, d) => d.PatchId);
        return await judged.Union(signed).CountAsync(stop);
    }
}
