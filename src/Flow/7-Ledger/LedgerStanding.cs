using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;

namespace Weipian.Flow.Ledger;

/// <summary>An entry of the ledger as it stands on a day. Nothing of this is stored: whether it is closed is whether a closing exists, and
/// what remains is what acceptances left.</summary>
/// <param name="Balance">Of the violation in force that it is about.</param>
/// <param name="Proposal">The last proposal to close it.</param>
/// <param name="ReopenedById">The entry by which it came back.</param>
public sealed record LedgerStanding(
    LedgerEntry Entry,
    ViolationBalance Balance,
    LedgerClosingProposal? Proposal,
    LedgerClosing? Closing,
    Guid? ReopenedById
)
{
    /// <summary>What corrections of verdicts took from the violation since it was entered: nobody can remove that, nobody has to.</summary>
    public double CorrectedAwaySquareMetres { get; init; }

    /// <summary>What acceptances have to cover before the entry can be struck off.</summary>
    public double ToBeAcceptedSquareMetres => Math.Max(0, Entry.AreaSquareMetres - CorrectedAwaySquareMetres);

    public bool IsOpen => Closing is null;

    /// <summary>Nothing is left, and nobody has signed that yet.</summary>
    public bool MayBeClosed => IsOpen && Balance.IsRemoved;

    /// <summary>Days after the day by which it had to be removed; 0 in time or closed.</summary>
    public int DaysLate(DateOnly today) => IsOpen ? Math.Max(0, today.DayNumber - Entry.RemoveBy.DayNumber) : 0;

    /// <summary>Entries of a query with their state at the end of a day, in order of number.</summary>
    public static async Task<IReadOnlyList<LedgerStanding>> OfAsync(
        StoreContext db,
        IQueryable<LedgerEntry> entries,
        DateOnly until,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(entries);
        var found = await entries.OrderBy(e => e.Year).ThenBy(e => e.Number.Length).ThenBy(e => e.Number).ToListAsync(stop);
        var ids = entries.Select(e => e.Id);
        var closings = await db.LedgerClosings.Where(c => ids.Contains(c.LedgerEntryId)).ToDictionaryAsync(c => c.LedgerEntryId, stop);
        var proposals = (await db.LedgerClosingProposals.Where(p => ids.Contains(p.LedgerEntryId)).ToListAsync(stop)).ToLookup(p =>
            p.LedgerEntryId
        );
        var again = await db
            .LedgerEntries.Where(e => e.ReopensId != null)
            .Select(e => new { e.Id, Closed = e.ReopensId!.Value })
            .ToListAsync(stop);
        var heirs = await ViolationBalances.HeirsAsync(db, stop);
        var inForce = found.Select(e => ViolationBalances.InForce(heirs, e.ViolationId)).Distinct().ToList();
        var balances = (await ViolationBalances.OfAsync(db, db.Violations.Where(v => inForce.Contains(v.Id)), until, stop)).ToDictionary(
            b => b.Violation.Id
        );
        var entered = found.Select(e => e.ViolationId).ToList();
        var areas = await db.Violations.Where(v => entered.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.AreaSquareMetres, stop);
        return [.. found.Select(StandingOf)];

        LedgerStanding StandingOf(LedgerEntry e)
        {
            var balance = balances[ViolationBalances.InForce(heirs, e.ViolationId)];
            var (proposal, closing) = (proposals[e.Id].MaxBy(p => p.At), closings.GetValueOrDefault(e.Id));
            return new(e, balance, proposal, closing, again.FirstOrDefault(a => a.Closed == e.Id)?.Id)
            {
                CorrectedAwaySquareMetres = Math.Max(0, areas[e.ViolationId] - balance.AreaSquareMetres),
            };
        }
    }

    /// <exception cref="Problem"><c>chain.not-there</c></exception>
    public static async Task<LedgerStanding> OfOneAsync(StoreContext db, Guid id, DateOnly until, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await OfAsync(db, db.LedgerEntries.Where(e => e.Id == id), until, stop)).SingleOrDefault()
            ?? throw Problem.Chain.NotThere("挂账", "ledger entry", id.ToString());
    }
}

/// <summary>How entries get onto the ledger: with a number without gaps, from a sealed snapshot.</summary>
internal static class LedgerBook
{
    public const string CutOffZh = "固化日未消除违法状态";
    public const string CityRoundZh = "市级验收不合格";
    public const string RecurrenceZh = "复发：已销号地块再次违法";

    /// <summary>Adds entries for balances, numbered on from the last of the year.</summary>
    public static async Task<List<LedgerEntry>> EnterAsync(
        ActScope act,
        IReadOnlyList<ViolationBalance> balances,
        Snapshot snapshot,
        DateOnly on,
        string causeZh,
        Guid? reopens,
        CancellationToken stop
    )
    {
        var there = await act.Db.LedgerEntries.CountAsync(e => e.Year == on.Year, stop);
        var removeBy = act.Store.Plan.Threshold("ledger-removal").LastDayInclusive(on);
        var entries = balances
            .Select(
                (b, i) =>
                    new LedgerEntry
                    {
                        Id = act.NewId(),
                        Number = $"GZ-{on.Year}-{there + i + 1}",
                        Year = on.Year,
                        ViolationId = b.Violation.Id,
                        SnapshotId = snapshot.Id,
                        EnteredOn = on,
                        RemoveBy = removeBy,
                        AreaSquareMetres = b.RemainingSquareMetres,
                        CultivatedSquareMetres = b.RemainingCultivatedSquareMetres,
                        PermanentFarmlandSquareMetres = b.RemainingPermanentFarmlandSquareMetres,
                        ReopensId = reopens,
                        CauseZh = causeZh,
                        By = act.By.Login,
                        At = act.At,
                    }
            )
            .ToList();
        act.Db.AddRange(entries);
        foreach (var (entry, balance) in entries.Zip(balances))
            Tell.Unit(
                act,
                balance.Violation.Unit,
                "ledger-entry",
                entry.Id,
                $"{balance.Violation.Number} 列入存违挂账 {entry.Number}，须于 {entry.RemoveBy:yyyy-MM-dd} 前消除",
                $"{balance.Violation.Number} is on the ledger as {entry.Number}; to be removed by {entry.RemoveBy:yyyy-MM-dd}"
            );
        return entries;
    }

    /// <summary>Balances by what snapshots hold of them.</summary>
    public static System.Text.Json.Nodes.JsonArray Rows(IEnumerable<ViolationBalance> balances) =>
        new([.. balances.Select(AcceptProgramme.Row)]);
}
