using Weipian.Flow.Escalation;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>Dates of the plan that are late or near, as far as they are this seat's to meet and not met yet.</summary>
public sealed class PlanDatesDue(OfficeBooks books, EscalationDesk desk) : IDueSource
{
    /// <summary>How far ahead of a date it is listed: a month of the calendar.</summary>
    private const int NearDays = 31;

    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(seat);
        if (!seat.May(Permission.Calendar))
            return [];
        var lines = await desk.CalendarAsync(seat.On, stop);
        return
        [
            .. lines.Where(l => l.DaysLeft <= NearDays && l.IsLeftTo(books.Plan, seat.Role, seat.Sight.Unit)).Select(l => Item(l, seat)),
        ];
    }

    /// <summary>One for each recipient that waits, or for each unit that has something left.</summary>
    private DueItem Item(CalendarLine line, DueSeat seat)
    {
        var date = line.Date;
        var count = PlanDuties.IsToBeSent(books.Plan, date)
            ? date.Recipients.Count(r => line.Sent.All(s => s.Recipient != r))
            : Math.Max(1, line.Units.Count(u => seat.Sight.Covers([u])));
        var query = new QueryString().Add("on", seat.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return new DueItem(
            WorkStage.Plan,
            date.Id,
            OfficeBooks.Name(date.Name),
            count,
            $"/calendar{query}#{date.Id}",
            Due: date.Due,
            Basis: date.Note is { } note ? OfficeBooks.Name(note) : null
        );
    }
}
