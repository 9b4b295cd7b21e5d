using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>Names that anybody may read: of the authorities and units of the plan, and of parties that are units. Whoever is named
/// otherwise is taken for a person.</summary>
public static class PublicNames
{
    public static async Task<IReadOnlySet<string>> OfAsync(StoreContext db, WorkPlan plan, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plan);
        var units = await db.Parties.Where(p => p.Kind == PartyRows.Unit).Select(p => p.LabelZh).ToListAsync(stop);
        return plan
            .Bodies.Select(b => b.Name.Zh)
            .Concat(plan.Units.Responsible.Select(u => u.Name.Zh))
            .Append(plan.Document.Issuer.Zh)
            .Concat(units)
            .ToHashSet(StringComparer.Ordinal);
    }
}
