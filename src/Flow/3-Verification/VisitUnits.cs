using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Verification;

/// <summary>The responsible units of patches, as the latest assignment of shares has them.</summary>
public static class VisitUnits
{
    /// <summary>Of one patch; empty when no unit answers for it.</summary>
    public static async Task<IReadOnlyCollection<string>> OfAsync(StoreContext db, Guid patch, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.PatchUnits.Where(u => u.PatchId == patch).ToListAsync(stop);
        var replaced = rows.Where(u => u.SupersedesId is not null).Select(u => u.SupersedesId!.Value).ToHashSet();
        return [.. rows.Where(u => !replaced.Contains(u.Id) && u.ResponsibleUnit is not null).Select(u => u.ResponsibleUnit!).Distinct()];
    }
}
