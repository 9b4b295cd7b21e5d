using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;

namespace Weipian.Flow.Store;

/// <summary>What later stages made of parcels: a stage that changes parcels asks here, because it does not know them.</summary>
internal static class ParcelUses
{
    /// <summary>The parcels that belong to a violation in force, with its name.</summary>
    /// <param name="parcels">Ids of parcels.</param>
    public static async Task<IReadOnlyDictionary<Guid, string>> ViolationsAsync(
        StoreContext db,
        IReadOnlyCollection<Guid> parcels,
        CancellationToken stop
    )
    {
        var held = await (
            from part in db.ViolationParcels
            join violation in db.ViolationsInForce() on part.ViolationId equals violation.Id
            where parcels.Contains(part.ParcelId)
            select new { part.ParcelId, violation.Number }
        ).ToListAsync(stop);
        return held.GroupBy(h => h.ParcelId).ToDictionary(g => g.Key, g => g.First().Number);
    }
}
