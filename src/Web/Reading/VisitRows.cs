using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>One visit that a unit owes or made.</summary>
/// <param name="IsLookedAt">A verdict was given since the visit arrived.</param>
public sealed record VisitRow(string Programme, string Number, VisitStanding Standing, bool IsLookedAt)
{
    /// <summary>Came from a town and waits for somebody of the district to look at it.</summary>
    public bool IsArrived => Standing.Stage == VisitStage.Done && !IsLookedAt;
}

/// <summary>Visits owed and made, kept in memory as long as the journal has not grown.</summary>
public sealed class VisitRows(OfficeBooks books) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private (long Sequence, IReadOnlyList<VisitRow> Rows)? kept;

    /// <summary>What a seat sees: a town its own; what is late or due first on top.</summary>
    public async Task<IReadOnlyList<VisitRow>> SeenAsync(Sight sight, CancellationToken stop = default)
    {
        var all = await AllAsync(stop);
        return sight.All ? all : [.. all.Where(r => sight.Unit is not null && r.Standing.Unit == sight.Unit)];
    }

    public void Dispose() => turn.Dispose();

    private async Task<IReadOnlyList<VisitRow>> AllAsync(CancellationToken stop)
    {
        var sequence = await books.SequenceAsync(stop);
        if (kept is { } known && known.Sequence == sequence)
            return known.Rows;
        await turn.WaitAsync(stop);
        try
        {
            if (kept is { } made && made.Sequence == sequence)
                return made.Rows;
            var rows = await LoadAsync(stop);
            kept = (sequence, rows);
            return rows;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyList<VisitRow>> LoadAsync(CancellationToken stop)
    {
        await using var db = books.Read();
        var assignments = await db.VisitAssignments.ToListAsync(stop);
        var towns = books.Plan.Seats.Where(s => s.Unit is not null).Select(s => s.Login).ToList();
        var returns = await db.VisitReturns.ToListAsync(stop);
        // Visits of the sample and of the desk are many; those that nobody asked for and no town made are not looked at here.
        var visits = await db
            .Visits.Where(v =>
                towns.Contains(v.By) || db.VisitReturns.Any(r => r.VisitId == v.Id) || db.VisitAssignments.Any(a => a.PatchId == v.PatchId)
            )
            .ToListAsync(stop);
        var ids = assignments.Select(a => a.PatchId).Concat(visits.Select(v => v.PatchId)).ToHashSet();
        var patches = (
            await db
                .Patches.Select(p => new
                {
                    p.Id,
                    p.Number,
                    p.ProgrammeId,
                })
                .ToListAsync(stop)
        ).Where(p => ids.Contains(p.Id)).ToDictionary(p => p.Id);
        var verdicts = (await db.Determinations.Select(d => new { d.PatchId, d.DecidedAt }).ToListAsync(stop))
            .GroupBy(d => d.PatchId)
            .ToDictionary(g => g.Key, g => g.Max(d => d.DecidedAt));
        var owed = VisitStanding.Of(assignments, visits, returns, await UnitsAsync(db, stop), UnitOf);
        var known = owed.Select(s => (s.PatchId, s.Unit)).ToHashSet();
        return
        [
            .. owed.Concat(Unasked(visits).Where(s => !known.Contains((s.PatchId, s.Unit))))
                .Select(s => new VisitRow(
                    patches[s.PatchId].ProgrammeId,
                    patches[s.PatchId].Number,
                    s,
                    s.Latest is not null && verdicts.TryGetValue(s.PatchId, out var at) && at >= s.Latest.RecordedAt
                ))
                .OrderBy(r => r.Standing.DueOn ?? DateOnly.MaxValue)
                .ThenBy(r => r.Number, StringComparer.Ordinal),
        ];
    }

    private string? UnitOf(string login) => books.Plan.FindSeat(login)?.Unit;

    /// <summary>Visits that a town made without having been asked.</summary>
    private IEnumerable<VisitStanding> Unasked(List<Visit> visits)
    {
        var corrected = visits.Where(v => v.SupersedesId is not null).Select(v => v.SupersedesId!.Value).ToHashSet();
        return visits
            .Where(v => !corrected.Contains(v.Id) && UnitOf(v.By) is not null)
            .GroupBy(v => (v.PatchId, Unit: UnitOf(v.By)!))
            .Select(g => new VisitStanding(g.Key.PatchId, g.Key.Unit, VisitStage.Done, null, null, g.MaxBy(v => v.RecordedAt), null));
    }

    private static async Task<ILookup<Guid, string>> UnitsAsync(StoreContext db, CancellationToken stop)
    {
        var rows = await db
            .PatchUnits.Where(u =>
                u.ResponsibleUnit != null && db.VisitReturns.Any(r => db.Visits.Any(v => v.Id == r.VisitId && v.PatchId == u.PatchId))
            )
            .ToListAsync(stop);
        var replaced = rows.Where(u => u.SupersedesId is not null).Select(u => u.SupersedesId!.Value).ToHashSet();
        return rows.Where(u => !replaced.Contains(u.Id)).ToLookup(u => u.PatchId, u => u.ResponsibleUnit!);
    }
}
