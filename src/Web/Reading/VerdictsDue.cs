using Weipian.Flow.Plan;
using Weipian.Web.Shell;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;

namespace Weipian.Web.Reading;

/// <summary>Patches that wait for the first or the second signature of this seat, programme by programme.</summary>
public sealed class VerdictsDue(OfficeBooks books, ProgrammeRows rows) : IDueSource
{
    public async Task<IReadOnlyList<DueItem>> DueAsync(DueSeat seat, CancellationToken stop = default)
    {
        var items = new List<DueItem>();
        if (!seat.May(Permission.Patches))
            return items;
        foreach (var programme in books.Plan.Programmes)
        {
            var seen = await rows.SeenAsync(programme.Id, seat.Sight, stop);
            if (seat.May(Permission.Decide))
            {
                Add(items, programme, "returned", seen.Count(r => r.IsReturned));
                Add(items, programme, "judge", seen.Count(r => r.IsToJudge && !r.IsReturned));
            }
            if (seat.May(Permission.Confirm))
                Add(
                    items,
                    programme,
                    "confirm",
                    seen.Count(r => r.Parcels.Any(p => p.Stage == ParcelStage.Decided && p.DecidedBy != seat.Login))
                );
            if (seat.Role == PlanRoles.Town)
                Add(items, programme, "all", seen.Count(r => !r.IsConfirmed));
        }
        return items;
    }

    private void Add(List<DueItem> items, PlanProgramme programme, string queue, int count)
    {
        if (count == 0)
            return;
        var by = By(books.Plan, programme.Id);
        items.Add(
            new DueItem(
                WorkStage.Determination,
                queue,
                Say.T("due." + queue),
                count,
                WorkbenchAddress.Of(programme.Id, queue: queue),
                OfficeBooks.Name(programme.Name),
                by?.Due,
                by is null ? null : OfficeBooks.Name(by.Name)
            )
            {
                Programme = programme.Id,
            }
        );
    }

    /// <summary>The day by which the plan wants the results of a programme: the first on which data are filled in or reported.</summary>
    public static PlanDate? By(WorkPlan plan, string programme) =>
        plan.Calendar.For(programme).FirstOrDefault(d => d.Kind is PlanDateKinds.DataFilling or PlanDateKinds.Report);
}
