using Weipian.Flow.Plan;
using Weipian.Flow.Verification;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>Visits that a town owes, and visits that arrived for the district to look at.</summary>
public sealed class VisitsDue(OfficeBooks books, VisitRows rows) : IDueSource
{
    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        if (!seat.May(Permission.Verify) || seat.Role is not (PlanRoles.Town or PlanRoles.DistrictOfficer))
            return [];
        var seen = await rows.SeenAsync(seat.Sight, stop);
        return seat.Role == PlanRoles.Town
            ?
            [
                .. Lines(seen.Where(r => r.Standing.Stage == VisitStage.Returned), "visits-returned", "returned"),
                .. Lines(seen.Where(r => r.Standing.Stage == VisitStage.Due), "visits", "due"),
            ]
            : Lines(seen.Where(r => r.IsArrived), "visits-arrived", "arrived", dated: false);
    }

    /// <summary>One line for each programme and last day.</summary>
    private List<DueItem> Lines(IEnumerable<VisitRow> visits, string what, string show, bool dated = true) =>
        [
            .. visits
                .GroupBy(r => (r.Programme, Due: dated ? r.Standing.DueOn : null))
                .Select(g => new DueItem(
                    WorkStage.Verification,
                    what,
                    Say.T("due." + what),
                    g.Count(),
                    $"/verify?programme={Uri.EscapeDataString(g.Key.Programme)}&show={show}",
                    books.ProgrammeName(g.Key.Programme),
                    g.Key.Due
                )
                {
                    Programme = g.Key.Programme,
                }),
        ];
}
