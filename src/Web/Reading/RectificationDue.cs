using Weipian.Flow.Plan;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>Measures that a unit has to finish, reports that wait for somebody on site, things that wait to be received.</summary>
public sealed class RectificationDue(OfficeBooks books, MeasureDesk desk) : IDueSource
{
    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(seat);
        if (seat.Role == PlanRoles.Finance)
            return await HandOversAsync(seat, stop);
        if (!seat.May(Permission.Measures))
            return [];
        var unit = seat.Role == PlanRoles.Town ? seat.User.Unit() : null;
        var cockpit = await desk.CockpitAsync(unit, stop);
        var items = new List<DueItem>();
        var waiting = cockpit.Open.Where(m => m.Standing.Waiting is { } report && report.By != seat.Login).ToList();
        if (seat.Role == PlanRoles.Town)
            Add(items, "measures", [.. cockpit.Open.Where(m => m.Standing.Waiting is null)], "open", seat.On);
        else if (seat.Role is PlanRoles.DistrictOfficer or PlanRoles.DistrictReviewer)
            Add(items, "acceptances", waiting, "waiting", seat.On);
        else
            Add(items, "measures-late", [.. cockpit.Open.Where(m => m.Measure.DueOn < seat.On)], "late", seat.On);
        if (seat.Role == PlanRoles.OfficeHead)
            Add(items, "hand-overs-send", await desk.ToHandOverAsync(stop), "to-hand-over", seat.On);
        if (seat.Role == PlanRoles.DistrictOfficer && cockpit.WithoutMeasure.Count > 0)
            items.Add(
                new(WorkStage.Rectification, "without-measure", Say.T("due.without-measure"), cockpit.WithoutMeasure.Count, "/measures")
            );
        return items;
    }

    /// <summary>What is late apart from what is not: one is to be done first.</summary>
    private static void Add(List<DueItem> items, string what, IReadOnlyList<MeasureLine> lines, string show, DateOnly on)
    {
        foreach (var group in lines.GroupBy(m => m.Measure.DueOn < on))
            items.Add(
                new(
                    WorkStage.Rectification,
                    what,
                    Say.T("due." + what),
                    group.Count(),
                    "/measures?show=" + (group.Key && show == "open" ? "late" : show),
                    Due: group.Min(m => m.Measure.DueOn),
                    Basis: Say.T("due.measure-basis")
                )
            );
    }

    private async Task<IReadOnlyList<DueItem>> HandOversAsync(DueSeat seat, CancellationToken stop)
    {
        var waiting = (await desk.HandOversAsync(stop)).Where(h => h.Receipt is null && h.HandOver.SentOn <= seat.On).ToList();
        return waiting.Count == 0
            ? []
            :
            [
                new(
                    WorkStage.Rectification,
                    "hand-overs",
                    Say.T("due.hand-overs"),
                    waiting.Count,
                    "/hand-overs",
                    OfficeBooks.Name(books.Plan.Territory.Name),
                    waiting.Min(h => h.HandOver.ReceiveBy)
                ),
            ];
    }
}

/// <summary>Entries to remove, to propose, to sign; credit records to sign; results of the city to record.</summary>
public sealed class LedgerDue(LedgerDesk desk) : IDueSource
{
    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(seat);
        if (!seat.May(Permission.Ledger))
            return [];
        var unit = seat.Role == PlanRoles.Town ? seat.User.Unit() : null;
        var open = (await desk.ListAsync(unit, stop)).Where(l => l.Standing.IsOpen).ToList();
        var items = new List<DueItem>();
        if (seat.Role is PlanRoles.Town or PlanRoles.Government)
            Add(items, "ledger", [.. open.Where(l => !l.Standing.MayBeClosed)]);
        if (seat.Role == PlanRoles.DistrictReviewer)
            Add(items, "closings", [.. open.Where(l => l.Standing is { MayBeClosed: true, Proposal: null })]);
        if (seat.Role == PlanRoles.OfficeHead)
            Add(
                items,
                "closings-sign",
                [.. open.Where(l => l.Standing is { MayBeClosed: true, Proposal: { } proposal } && proposal.By != seat.Login)]
            );
        await AddCreditAsync(items, seat, stop);
        await AddCityAsync(items, seat, stop);
        return items;
    }

    private static void Add(List<DueItem> items, string what, IReadOnlyList<LedgerLine> lines)
    {
        if (lines.Count > 0)
            items.Add(new(WorkStage.Ledger, what, Say.T("due." + what), lines.Count, "/ledger", Due: lines.Min(l => l.Entry.RemoveBy)));
    }

    private async Task AddCreditAsync(List<DueItem> items, DueSeat seat, CancellationToken stop)
    {
        var state = seat.Role switch
        {
            PlanRoles.OfficeHead => "to-sign",
            PlanRoles.DistrictReviewer => "objected",
            _ => null,
        };
        if (state is null)
            return;
        var count = (await desk.CreditAsync(stop)).Count(c => c.Standing.State == state);
        if (count > 0)
            items.Add(new(WorkStage.Ledger, "credit-" + state, Say.T("due.credit-" + state), count, "/ledger/credit"));
    }

    private async Task AddCityAsync(List<DueItem> items, DueSeat seat, CancellationToken stop)
    {
        if (seat.Role != PlanRoles.DistrictOfficer)
            return;
        var count = (await desk.CityAsync(stop)).Sum(r => r.Lines.Count(l => l.Result is null));
        if (count > 0)
            items.Add(new(WorkStage.Ledger, "city", Say.T("due.city"), count, "/ledger/city"));
    }
}
