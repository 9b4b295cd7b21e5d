using System.Security.Claims;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>What a seat has to do with violations and cases: to file, to sign, to check, to decide, to answer.</summary>
public sealed class CasesDue(OfficeBooks books, CaseShelf shelf, BodyDesk desk) : IDueSource
{
    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(seat);
        var items = new List<DueItem>();
        if (seat.May(Permission.Cases) && seat.Role != PlanRoles.Discipline)
            AddCases(items, seat, await shelf.RowsAsync(seat.User, seat.On, stop));
        if (seat.Role == PlanRoles.DistrictOfficer)
        {
            var (free, outdated) = await shelf.CountsAsync(stop);
            Add(items, "form-violations", free, null, "/violations");
            Add(items, "correct-violations", outdated, null, "/cases");
        }
        if (seat.Role == PlanRoles.Government)
            Add(items, "sign-supervision-of-unit", (await shelf.OfUnitsAsync(stop)).Count, null, "/cases");
        if (seat.May(Permission.Department))
            await AddPapersAsync(items, seat.User, stop);
        return items;
    }

    private static void AddCases(List<DueItem> items, DueSeat seat, IReadOnlyList<CaseRow> rows)
    {
        var alarms = rows.Where(r => r.State == CaseShelf.Alarm).ToList();
        var waiting = rows.Where(r => r.State == CaseShelf.Waiting).ToList();
        var open = rows.Where(r => r.State == CaseShelf.Open).ToList();
        if (seat.Role is PlanRoles.DistrictOfficer or PlanRoles.Town or PlanRoles.Government)
            Add(items, "file-cases", alarms.Count, alarms.Min(a => a.Due), $"/cases?state={CaseShelf.Alarm}");
        if (seat.Role is PlanRoles.OfficeHead)
            Add(items, "sign-cases", waiting.Count, waiting.Min(w => w.Due), $"/cases?state={CaseShelf.Waiting}");
        if (seat.Role is PlanRoles.DistrictOfficer or PlanRoles.OfficeHead)
            Add(items, "case-clocks", open.Count, open.Min(o => o.Due), $"/cases?state={CaseShelf.Open}");
        foreach (var turn in CaseShelf.Turns.Where(turn => IsTurnOf(turn, seat.Role)))
        {
            var its = rows.Where(r => r.Turns.Contains(turn)).ToList();
            // At once is no day: the deadlines of the case say nothing about the stop notice.
            var due = turn == CaseShelf.StopNotice ? null : its.Min(r => r.Due);
            Add(items, "turn-" + turn, its.Count, due, $"/cases?turn={turn}");
        }
    }

    private static bool IsTurnOf(string turn, string role) =>
        turn switch
        {
            CaseShelf.StopNotice => role == PlanRoles.Town,
            CaseShelf.SignTransfer => role == PlanRoles.OfficeHead,
            CaseShelf.SignSupervision => role == PlanRoles.Government,
            _ => CaseStepRules.For(turn).Roles.Contains(role),
        };

    private async Task AddPapersAsync(List<DueItem> items, ClaimsPrincipal who, CancellationToken stop)
    {
        var papers = await desk.OfAsync(who, stop);
        Add(items, "reply", papers.NoticesOpen, papers.Notices.Where(n => n.Reply is null).Min(n => n.Notice.ReplyBy), "/department");
        Add(items, "transfers", papers.TransfersOpen, papers.Unanswered.Min(t => t.ReplyBy), "/department");
        if (SeatBodies.Of(books.Plan, who.Login(), who.Role()) is { } body)
            Add(items, "tasks", papers.TasksOpen(body), papers.TasksLeft(body).Min(t => t.Supervision.DueOn), "/department");
    }

    private static void Add(List<DueItem> items, string what, int count, DateOnly? due, string address)
    {
        if (count > 0)
            items.Add(new DueItem(WorkStage.CaseFile, what, Say.T("due." + what), count, address, Due: due));
    }
}
