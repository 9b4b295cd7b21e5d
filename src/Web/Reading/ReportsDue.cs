using Weipian.Flow.Plan;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>Reports that the plan asks for soon and nobody made, and reports that wait for the signature of the office.</summary>
public sealed class ReportsDue(OfficeBooks books, ReportShelf shelf) : IDueSource
{
    /// <summary>How far ahead a report is listed: a month of the calendar.</summary>
    private const int NearDays = 31;

    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(seat);
        if (seat.Role == PlanRoles.DistrictOfficer)
            return
            [
                .. (await shelf.AskedAsync(stop))
                    .Where(a => a.Made is null && a.Date.Due.DayNumber - seat.On.DayNumber <= NearDays)
                    .Select(Asked),
            ];
        if (seat.Role != PlanRoles.OfficeHead)
            return [];
        var waiting = (await shelf.PublishedAsync(stop)).Where(r => r.SignedBy is null && r.By != seat.Login).ToList();
        return waiting.Count == 0
            ? []
            : [new DueItem(WorkStage.Reports, "sign-reports", Say.T("due.sign-reports"), waiting.Count, "/reports#published")];
    }

    private DueItem Asked(AskedReport asked) =>
        new(
            WorkStage.Reports,
            "make-report",
            Say.T("due.make-report", Say.Either(asked.Kind.Zh, asked.Kind.En)),
            1,
            $"/reports?kind={asked.Kind.Id}&scope={Uri.EscapeDataString(string.Join('+', asked.Date.Programmes))}",
            string.Join(" · ", asked.Date.Programmes.Select(books.ProgrammeName)),
            asked.Date.Due,
            OfficeBooks.Name(asked.Date.Name)
        );
}
