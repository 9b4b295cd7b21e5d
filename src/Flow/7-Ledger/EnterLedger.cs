using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>What is not removed at the cut-off enters the ledger (存违挂账): every violation in force with something left.</summary>
/// <remarks>
/// Done by the machine when the day is over, so that nobody has to remember it, and again whenever a violation of the programmes is found
/// later: what was not removed on that day is not spared for having been found after it. Done twice it enters nothing twice. The list is
/// sealed in a snapshot before an entry is made of it.
/// </remarks>
public static class EnterLedger
{
    public const string Act = "enter-ledger";

    public const string SnapshotKind = "ledger-cut-off";

    /// <param name="CutOff">Id of a cut-off date of the plan, or of a programme that has none and was accepted: then the day of its
    /// acceptance counts.</param>
    public sealed record Request(string CutOff, string Reason);

    /// <param name="Entered">Numbers of the new entries.</param>
    /// <param name="SnapshotId">Null when nothing had to be entered: nothing was written then.</param>
    public sealed record Answer(IReadOnlyList<string> Entered, Guid? SnapshotId);

    /// <summary>A day on which what is left is counted.</summary>
    /// <param name="Programmes">Whose violations; with <paramref name="WithBacklog"/> those of the historic backlog too.</param>
    public sealed record Occasion(string Id, DateOnly Day, IReadOnlyList<string> Programmes, bool WithBacklog);

    /// <exception cref="Problem"><c>ledger.*</c>, <c>store.*</c></exception>
    public static async Task<Answer> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        if (!ActMatrix.Allows(Act, actor.Role))
            throw Problem.Store.ActNotAllowed(actor.Login, actor.Role, Act, ActMatrix.Acts[Act]);
        await using (var db = store.Read())
        {
            var occasion = await FindAsync(store.Plan, db, request.CutOff, store.Today, stop);
            if ((await MissingAsync(db, occasion, stop)).Count == 0)
                return new([], null);
        }
        return await store.ActAsync(actor, Act, request.CutOff, request.Reason, act => WriteAsync(act, request, stop), stop);
    }

    /// <summary>Every occasion that is over on a day, in order: what the machine goes through.</summary>
    public static async Task<IReadOnlyList<Occasion>> OverAsync(
        WorkPlan plan,
        StoreContext db,
        DateOnly today,
        CancellationToken stop = default
    ) => [.. (await AllAsync(plan, db, stop)).Where(o => o.Day < today)];

    private static async Task<Answer> WriteAsync(ActScope act, Request request, CancellationToken stop)
    {
        var occasion = await FindAsync(act.Store.Plan, act.Db, request.CutOff, act.Today, stop);
        var missing = await MissingAsync(act.Db, occasion, stop);
        if (missing.Count == 0)
        {
            // Somebody else entered everything between the look and the act.
            act.LeaveNoTrace();
            return new([], null);
        }
        var all = await ViolationBalances.OfAsync(act.Db, ViolationsOf(act.Db, occasion), occasion.Day, stop);
        var frozen = Snapshots.Freeze(
            act,
            SnapshotKind,
            string.Join('+', occasion.Programmes),
            occasion.Day,
            new JsonObject { ["cutOff"] = occasion.Id, ["violations"] = LedgerBook.Rows(all) }
        );
        var entries = await LedgerBook.EnterAsync(act, missing, frozen, occasion.Day, LedgerBook.CutOffZh, reopens: null, stop);
        act.Fact("cutOff", occasion.Id);
        act.Fact("entered", entries.Count);
        return new([.. entries.Select(e => e.Number)], frozen.Id);
    }

    /// <summary>What is left on the day and stands on no entry yet.</summary>
    private static async Task<List<ViolationBalance>> MissingAsync(StoreContext db, Occasion occasion, CancellationToken stop)
    {
        var heirs = await ViolationBalances.HeirsAsync(db, stop);
        var entered = (await db.LedgerEntries.Select(e => e.ViolationId).ToListAsync(stop))
            .Select(v => ViolationBalances.InForce(heirs, v))
            .ToHashSet();
        var balances = await ViolationBalances.OfAsync(db, ViolationsOf(db, occasion), occasion.Day, stop);
        return [.. balances.Where(b => !b.IsRemoved && !entered.Contains(b.Violation.Id))];
    }

    private static IQueryable<CaseFiles.Violation> ViolationsOf(StoreContext db, Occasion occasion)
    {
        var programmes = occasion.Programmes;
        return occasion.WithBacklog
            ? db.Violations.Where(v => v.ProgrammeId == null || programmes.Contains(v.ProgrammeId))
            : db.Violations.Where(v => v.ProgrammeId != null && programmes.Contains(v.ProgrammeId));
    }

    private static async Task<Occasion> FindAsync(WorkPlan plan, StoreContext db, string id, DateOnly today, CancellationToken stop)
    {
        var all = await AllAsync(plan, db, stop);
        var occasion = all.FirstOrDefault(o => o.Id == id) ?? throw Problem.Ledger.NoSuchCutOff(id, all.Select(o => o.Id));
        return occasion.Day < today ? occasion : throw Problem.Ledger.CutOffNotOver(id, occasion.Day);
    }

    private static async Task<List<Occasion>> AllAsync(WorkPlan plan, StoreContext db, CancellationToken stop)
    {
        var dates = plan.Calendar.Dates.Where(d => d.Kind == PlanDateKinds.CutOff).ToList();
        var dated = dates.SelectMany(d => d.Programmes).ToHashSet(StringComparer.Ordinal);
        var accepted = await db
            .ProgrammeAcceptances.Where(a => a.Outcome == MeasureState.Accepted)
            .Select(a => new { a.ProgrammeId, a.On })
            .ToListAsync(stop);
        return
        [
            .. dates
                .Select(d => new Occasion(d.Id, d.Due, d.Programmes, WithBacklog: true))
                .Concat(
                    accepted
                        .Where(a => !dated.Contains(a.ProgrammeId))
                        .Select(a => new Occasion(a.ProgrammeId, a.On, [a.ProgrammeId], WithBacklog: false))
                )
                .OrderBy(o => o.Day)
                .ThenBy(o => o.Id, StringComparer.Ordinal),
        ];
    }
}
