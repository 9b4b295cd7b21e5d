using Weipian.Flow.Plan;
using Weipian.Web.Shell;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>Patches that no responsible unit of the plan answers for: the office assigns them.</summary>
public sealed class UnassignedDue(OfficeBooks books, ProgrammeRows rows) : IDueSource
{
    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        var items = new List<DueItem>();
        if (seat.Role is not (PlanRoles.OfficeHead or PlanRoles.DistrictOfficer) || !seat.Sight.All)
            return items;
        foreach (var programme in books.Plan.Programmes)
        {
            var seen = await rows.SeenAsync(programme.Id, seat.Sight, stop);
            var count = seen.Count(r => r.Units.Count == 0 || r.Units.Contains(null));
            if (count > 0)
                items.Add(
                    new DueItem(
                        WorkStage.Intake,
                        "unassigned",
                        Say.T("due.unassigned"),
                        count,
                        WorkbenchAddress.Of(programme.Id, queue: "all", unit: "none"),
                        OfficeBooks.Name(programme.Name)
                    )
                    {
                        Programme = programme.Id,
                    }
                );
        }
        return items;
    }
}
