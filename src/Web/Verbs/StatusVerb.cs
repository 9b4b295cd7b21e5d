using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian status</c>: where each programme stands on a day, and which dates of the plan are near or past.</summary>
public static class StatusVerb
{
    private sealed record Standing(
        string Programme,
        int Patches,
        int Proposed,
        int Decided,
        int Confirmed,
        IReadOnlyDictionary<string, int> ProposalsByCode
    );

    private sealed record DueDate(string Id, string Programme, DateOnly LastDay, int DaysLeft, string Zh, string En);

    public static Command Make(CommonOptions common)
    {
        var programme = new Option<string?>("--programme") { Description = "one programme only" };
        var on = new Option<DateOnly?>("--on") { Description = "as if today were this day (dates of the plan only)" };
        var verb = new Command("status", "where the programmes stand") { programme, on };
        VerbRun.Bind(verb, common, run => Status(run, run.Optional(programme), run.Optional(on)));
        return verb;
    }

    private static async Task<int> Status(VerbRun run, string? programme, DateOnly? on)
    {
        using var store = Installed.Open(run);
        var day = on ?? store.Today;
        if (programme is not null)
            _ = store.Plan.Programme(programme);
        await using var db = store.Read();
        var standings = new List<Standing>();
        foreach (var one in store.Plan.Programmes.Where(p => programme is null || p.Id == programme))
            standings.Add(await StandingOf(db, one.Id, run.Stop));
        var dates = DueDates(store.Plan, programme, day);
        run.Answer(
            new
            {
                on = day,
                programmes = standings,
                dates,
            },
            [.. standings.SelectMany(Lines), .. dates.Select(Line)]
        );
        return CommandLine.Done;
    }

    private static async Task<Standing> StandingOf(StoreContext db, string programme, CancellationToken stop)
    {
        var patches = db.Patches.Where(p => p.ProgrammeId == programme);
        var proposals = db.Proposals.Where(p => p.ProgrammeId == programme);
        // The latest proposal of a parcel is the one that stands.
        var made = await proposals
            .Select(p => new
            {
                p.ParcelId,
                p.Code,
                p.ProposedAt,
            })
            .ToListAsync(stop);
        var standing = made.GroupBy(p => p.ParcelId).Select(g => g.MaxBy(p => p.ProposedAt)!.Code);
        var codes = standing
            .GroupBy(c => c, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var decided = db.Determinations.Where(d => patches.Any(p => p.Id == d.PatchId));
        return new Standing(
            programme,
            await patches.CountAsync(stop),
            await proposals.Select(p => p.PatchId).Distinct().CountAsync(stop),
            await decided.Select(d => d.PatchId).Distinct().CountAsync(stop),
            await decided
                .Where(d => db.Confirmations.Any(c => c.DeterminationId == d.Id))
                .Select(d => d.PatchId)
                .Distinct()
                .CountAsync(stop),
            codes
        );
    }

    private static List<DueDate> DueDates(WorkPlan plan, string? programme, DateOnly day) =>
        [
            .. plan
                .Calendar.Dates.Where(d => programme is null || d.Programmes.Contains(programme, StringComparer.Ordinal))
                .Select(d => new DueDate(
                    d.Id,
                    string.Join(' ', d.Programmes),
                    d.Due,
                    d.Due.DayNumber - day.DayNumber,
                    d.Name.Zh,
                    d.Name.En
                )),
        ];

    private static IEnumerable<string> Lines(Standing standing)
    {
        yield return $"{standing.Programme}: 图斑 patches {standing.Patches:N0}, 有建议 proposed {standing.Proposed:N0}, "
            + $"已判定 decided {standing.Decided:N0}, 已复核 confirmed {standing.Confirmed:N0}";
        if (standing.ProposalsByCode.Count > 0)
            yield return $"  {string.Join(' ', standing.ProposalsByCode.Select(c => $"{c.Key}:{c.Value}"))}";
    }

    private static string Line(DueDate due) =>
        $"  {due.LastDay:yyyy-MM-dd} {(due.DaysLeft >= 0 ? $"还有 {due.DaysLeft} 天 left" : $"已过 {-due.DaysLeft} 天 past")}  {due.Programme}  {due.Zh} {due.En}";
}
