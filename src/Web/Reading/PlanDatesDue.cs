using Weipian.Flow.Plan;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>Dates of the plan that are late or near, as far as they are this seat's to meet.</summary>
public sealed class PlanDatesDue(OfficeBooks books, BoardFigures figures) : IDueSource
{
    /// <summary>How far ahead of a date it is listed: a month of the calendar.</summary>
    private const int NearDays = 31;

    /// <summary>What the responsible units have to meet; the rest is the district's.</summary>
    private static readonly string[] OfTowns = [PlanDateKinds.DataFilling, PlanDateKinds.Rectification];

    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        if (!seat.May(Permission.Patches))
            return [];
        var sheet = await figures.GetAsync(seat.Sight, programme: null, seat.On, stop);
        var patches = sheet.Programmes.ToDictionary(p => p.Programme.Id, p => p.Tally, StringComparer.Ordinal);
        return [.. sheet.Dates.Where(d => d.Open && d.Days <= NearDays && IsOf(d.Date, seat.Role)).Select(d => Item(d, patches, seat.On))];
    }

    private static DueItem Item(DueDate due, Dictionary<string, Tally> patches, DateOnly on)
    {
        var open = due.Date.Programmes.Where(patches.ContainsKey).Sum(p => patches[p].Patches - patches[p].Confirmed);
        var query = new QueryString().Add("on", on.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (due.Date.Programmes.Count == 1)
            query = query.Add("programme", due.Date.Programmes[0]);
        return new DueItem(
            WorkStage.Plan,
            OfficeBooks.Name(due.Date.Name),
            open,
            "/board" + query,
            Due: due.Date.Due,
            Basis: due.Date.Note is { } note ? OfficeBooks.Name(note) : null
        );
    }

    /// <summary>Who has to meet a date: those it names, else the district; a date of the city is nobody's here.</summary>
    private bool IsOf(PlanDate date, string role)
    {
        if (date.Kind == PlanDateKinds.Start)
            return false;
        if (role == PlanRoles.Town)
            return OfTowns.Contains(date.Kind);
        return !date.By.Any(id => books.Plan.Bodies.FirstOrDefault(b => b.Id == id) is { Level: "city" or "province" });
    }
}
