using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>A violation on ground of which an earlier violation had been removed (复发).</summary>
/// <param name="ClosedEntryId">The entry of the earlier one, where it was on the ledger and struck off.</param>
/// <param name="ReopenedById">The entry by which it was reopened.</param>
public sealed record Recurrence(
    ViolationBalance Earlier,
    ViolationBalance Again,
    double SharedSquareMetres,
    Guid? ClosedEntryId,
    Guid? ReopenedById
);

/// <summary>Finds what came back, from ground and dates alone: nobody has to notice it.</summary>
public static class Recurrences
{
    /// <summary>All of them as they stand on a day, in order of the later violation.</summary>
    public static async Task<IReadOnlyList<Recurrence>> OfAsync(StoreContext db, DateOnly until, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var balances = (await ViolationBalances.OfAsync(db, db.Violations, until, stop)).ToDictionary(b => b.Violation.Id);
        var removed = balances.Values.Where(b => b.IsRemoved).Select(b => b.Violation.Id).ToHashSet();
        if (removed.Count == 0)
            return [];
        var removedOn = await RemovedOnAsync(db, until, stop);
        var parcels = await (
            from row in db.ViolationParcels
            join parcel in db.Parcels on row.ParcelId equals parcel.Id
            join patch in db.Patches on row.PatchId equals patch.Id
            select new
            {
                row.ViolationId,
                parcel.Geometry,
                patch.After,
            }
        ).ToListAsync(stop);
        var before = parcels.Where(p => removed.Contains(p.ViolationId)).ToList();
        var pairs = (
            from later in parcels
            from earlier in before
            where later.ViolationId != earlier.ViolationId && balances.ContainsKey(later.ViolationId)
            where removedOn.TryGetValue(earlier.ViolationId, out var gone) && later.After > gone
            where later.Geometry.EnvelopeInternal.Intersects(earlier.Geometry.EnvelopeInternal)
            select (earlier.ViolationId, Again: later.ViolationId)
        ).Distinct();
        var entries = await db.LedgerEntries.ToListAsync(stop);
        var closed = await db.LedgerClosings.Select(c => c.LedgerEntryId).ToHashSetAsync(stop);
        var found = new List<Recurrence>();
        foreach (var (earlier, again) in pairs)
        {
            var shared = await ReopenLedgerEntry.SharedAsync(db, earlier, again, stop);
            if (shared <= ViolationBalance.ClosureSquareMetres)
                continue;
            var entry = entries.FirstOrDefault(e => e.ViolationId == earlier && closed.Contains(e.Id));
            var reopened = entry is null ? null : entries.FirstOrDefault(e => e.ReopensId == entry.Id);
            found.Add(new(balances[earlier], balances[again], shared, entry?.Id, reopened?.Id));
        }
        return [.. found.OrderBy(r => r.Again.Violation.Number, StringComparer.Ordinal)];
    }

    private static async Task<Dictionary<Guid, DateOnly>> RemovedOnAsync(StoreContext db, DateOnly until, CancellationToken stop)
    {
        var heirs = await ViolationBalances.HeirsAsync(db, stop);
        var accepted = await (
            from acceptance in db.MeasureAcceptances
            join measure in db.Measures on acceptance.MeasureId equals measure.Id
            where acceptance.AreaSquareMetres > 0 && acceptance.InspectedOn <= until && measure.Kind != MeasureKind.Confiscate
            select new { measure.ViolationId, acceptance.InspectedOn }
        ).ToListAsync(stop);
        return accepted
            .GroupBy(a => ViolationBalances.InForce(heirs, a.ViolationId))
            .ToDictionary(a => a.Key, a => a.Max(x => x.InspectedOn));
    }
}
