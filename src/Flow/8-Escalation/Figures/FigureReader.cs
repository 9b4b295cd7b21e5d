using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Escalation;

/// <summary>Gathers the facts that figures are reckoned from, as they stood at the end of a day.</summary>
public static class FigureReader
{
    /// <param name="on">Inclusive, in Asia/Shanghai.</param>
    public static async Task<FigureFacts> ReadAsync(
        StoreContext db,
        LawBook law,
        FigureScope scope,
        DateOnly on,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(scope);
        var until = ChinaTime.EndOf(on).UtcDateTime;
        var verdicts = await VerdictsAsync(db, scope, until, stop);
        var units = await SharesAsync(db, scope, stop);
        var violations = await ViolationsAsync(db, scope, on, until, stop);
        var bound = await BoundAsync(db, violations, stop);
        return new(
            on,
            scope,
            violations,
            await PatchesAsync(db, scope, verdicts, units, until, stop),
            [.. LandOf(law, verdicts, units, bound).OrderBy(l => l.Number, StringComparer.Ordinal)]
        );
    }

    private sealed record Verdicted(
        Guid ParcelId,
        Guid PatchId,
        string Number,
        string Kind,
        double Cultivated,
        string? Code,
        bool Confirmed,
        bool Returned,
        bool EverReturned,
        bool EverDecided
    );

    private sealed record Share(Guid PatchId, string Unit, double Part);

    private static async Task<List<Verdicted>> VerdictsAsync(StoreContext db, FigureScope scope, DateTime until, CancellationToken stop)
    {
        var patches = db.Patches.Where(p => scope.Programmes.Contains(p.ProgrammeId));
        var parcels = await (
            from parcel in db.Parcels
            join patch in patches on parcel.PatchId equals patch.Id
            where parcel.SupersededById == null && parcel.MadeAt < until
            select new
            {
                parcel.Id,
                parcel.PatchId,
                parcel.Number,
                patch.Kind,
                parcel.CultivatedSquareMetres,
            }
        ).ToListAsync(stop);
        var ids = patches.Select(p => p.Id);
        var signed = await db
            .Determinations.Where(d => ids.Contains(d.PatchId) && d.DecidedAt < until)
            .Select(d => new
            {
                d.Id,
                d.ParcelId,
                d.Code,
                d.DecidedAt,
            })
            .ToListAsync(stop);
        var second = await (
            from confirmation in db.Confirmations.IgnoreQueryFilters()
            join determination in db.Determinations on confirmation.DeterminationId equals determination.Id
            where ids.Contains(determination.PatchId) && confirmation.At < until
            where !db.ConfirmationWithdrawals.Any(w => w.ConfirmationId == confirmation.Id && w.At < until)
            select new { determination.Id, confirmation.Outcome }
        ).ToDictionaryAsync(c => c.Id, c => c.Outcome, stop);
        // The version decided last stands: each names the one it replaces.
        var of = signed.ToLookup(d => d.ParcelId);
        return
        [
            .. parcels.Select(p =>
            {
                var standing = of[p.Id].MaxBy(d => d.DecidedAt);
                var outcome = standing is null ? null : second.GetValueOrDefault(standing.Id);
                var code = standing is null or { Code: VerdictState.Withdrawn } ? null : standing.Code;
                return new Verdicted(
                    p.Id,
                    p.PatchId,
                    p.Number,
                    p.Kind,
                    p.CultivatedSquareMetres,
                    code,
                    code is not null && outcome == ConfirmationOutcome.Confirmed,
                    outcome == ConfirmationOutcome.Returned,
                    of[p.Id].Any(d => second.GetValueOrDefault(d.Id) == ConfirmationOutcome.Returned),
                    of[p.Id].Any()
                );
            }),
        ];
    }

    /// <summary>The shares of responsible units in each patch, as parts of one; largest first.</summary>
    private static async Task<ILookup<Guid, Share>> SharesAsync(StoreContext db, FigureScope scope, CancellationToken stop)
    {
        var ids = db.Patches.Where(p => scope.Programmes.Contains(p.ProgrammeId)).Select(p => p.Id);
        var rows = await db.PatchUnits.Where(u => ids.Contains(u.PatchId)).ToListAsync(stop);
        var replaced = rows.Select(u => u.SupersedesId).OfType<Guid>().ToHashSet();
        var shares =
            from row in rows
            where !replaced.Contains(row.Id)
            group row by row.PatchId into patch
            let whole = patch.Sum(u => u.AreaSquareMetres)
            from unit in patch.GroupBy(u => u.ResponsibleUnit ?? "", StringComparer.Ordinal)
            let part = unit.Sum(u => u.AreaSquareMetres)
            orderby part descending, unit.Key
            select new Share(patch.Key, unit.Key, whole > 0 ? part / whole : 0);
        return shares.ToLookup(s => s.PatchId);
    }

    private static async Task<List<PatchFigure>> PatchesAsync(
        StoreContext db,
        FigureScope scope,
        List<Verdicted> verdicts,
        ILookup<Guid, Share> units,
        DateTime until,
        CancellationToken stop
    )
    {
        var patches = db.Patches.Where(p => scope.Programmes.Contains(p.ProgrammeId));
        var all = await patches.Select(p => new { p.Id, p.Number }).ToListAsync(stop);
        var ids = patches.Select(p => p.Id);
        var visited = await db.Visits.Where(v => ids.Contains(v.PatchId) && v.RecordedAt < until).Select(v => v.PatchId).ToListAsync(stop);
        var returned = await (
            from back in db.VisitReturns
            join visit in db.Visits on back.VisitId equals visit.Id
            where ids.Contains(visit.PatchId) && back.At < until
            select visit.PatchId
        ).ToListAsync(stop);
        var (handed, back2) = (visited.ToHashSet(), returned.ToHashSet());
        var of = verdicts.ToLookup(v => v.PatchId);
        return
        [
            .. all.OrderBy(p => p.Number, StringComparer.Ordinal)
                .Select(p => new PatchFigure(
                    p.Id,
                    p.Number,
                    units[p.Id].FirstOrDefault()?.Unit ?? "",
                    of[p.Id].Any() && of[p.Id].All(v => v.Code is not null && !v.Returned),
                    handed.Contains(p.Id) || of[p.Id].Any(v => v.EverDecided),
                    back2.Contains(p.Id) || of[p.Id].Any(v => v.EverReturned)
                )),
        ];
    }

    private static async Task<List<ViolationFigure>> ViolationsAsync(
        StoreContext db,
        FigureScope scope,
        DateOnly on,
        DateTime until,
        CancellationToken stop
    )
    {
        var inScope = db.Violations.Where(v =>
            v.At < until && v.AreaSquareMetres > 0 && (v.ProgrammeId == null ? scope.WithBacklog : scope.Programmes.Contains(v.ProgrammeId))
        );
        var balances = await ViolationBalances.OfAsync(db, inScope, on, stop);
        // What one person prepared counts from the second signature on, as in the alarms of the case file.
        var filed = await db
            .CaseFiles.Where(c => c.FiledOn <= on && SignedBefore(db, "case-file", until).Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, c => c.ViolationId, stop);
        var closed = await db
            .CaseSteps.Where(s => s.Kind == CaseStepKind.Closed && s.On <= on && s.At < until)
            .Select(s => s.CaseFileId)
            .ToListAsync(stop);
        var closedOf = closed.Select(c => filed.GetValueOrDefault(c)).ToHashSet();
        var filedOf = filed.Values.ToHashSet();
        var handled = await db
            .NonCaseHandlings.Where(h => SignedBefore(db, "non-case-handling", until).Contains(h.Id))
            .Select(h => h.ViolationId)
            .ToListAsync(stop);
        var handed = await db
            .Transfers.Where(t => SignedBefore(db, "transfer", until).Contains(t.Id))
            .Select(t => t.ViolationId)
            .ToListAsync(stop);
        var majors = await db
            .Supervisions.Where(s => s.ViolationId != null && s.At < until && s.Kind != SupervisionKind.Circular)
            .Select(s => s.ViolationId!.Value)
            .ToListAsync(stop);
        var (stopped, byPatrol) = await StopsAsync(db, until, stop);
        var (withoutCase, transferred, major) = (handled.ToHashSet(), handed.ToHashSet(), majors.ToHashSet());
        return
        [
            .. balances.Select(b => new ViolationFigure(
                b,
                filedOf.Contains(b.Violation.Id),
                closedOf.Contains(b.Violation.Id),
                withoutCase.Contains(b.Violation.Id),
                transferred.Contains(b.Violation.Id),
                byPatrol.Contains(b.Violation.Id),
                stopped.Contains(b.Violation.Id),
                major.Contains(b.Violation.Id)
            )),
        ];
    }

    private static IQueryable<Guid> SignedBefore(StoreContext db, string kind, DateTime until) =>
        db.Signatures.Where(s => s.SubjectKind == kind && s.Outcome == "approved" && s.At < until).Select(s => s.SubjectId);

    /// <summary>Violations that were stopped, and those that a patrol saw before their patch was issued.</summary>
    private static async Task<(HashSet<Guid> Stopped, HashSet<Guid> ByPatrol)> StopsAsync(
        StoreContext db,
        DateTime until,
        CancellationToken stop
    )
    {
        var notices = await db.StopNotices.Where(s => s.At < until).ToListAsync(stop);
        var parcels = await db.ViolationParcels.Select(p => new { p.ViolationId, p.PatchId }).ToListAsync(stop);
        var ofPatch = parcels.ToLookup(p => p.PatchId, p => p.ViolationId);
        var named = notices.Select(n => n.PatchId).ToHashSet();
        var issued = await (
            from patch in db.Patches
            join batch in db.ImportBatches on patch.BatchId equals batch.Id
            where named.Contains(patch.Id)
            select new { patch.Id, batch.ImportedAt }
        ).ToDictionaryAsync(p => p.Id, p => ChinaTime.DayOf(new DateTimeOffset(p.ImportedAt, TimeSpan.Zero)), stop);
        // A notice served before anybody bound the parcels belongs to the violations that its patch turned out to be part of.
        IEnumerable<Guid> Of(StopNotice notice) => notice.ViolationId is { } id ? [id] : ofPatch[notice.PatchId];
        var first = notices.Where(n =>
            n.DiscoveredBy == DiscoverySource.Patrol && n.DiscoveredOn < issued.GetValueOrDefault(n.PatchId, DateOnly.MinValue)
        );
        return ([.. notices.SelectMany(Of)], [.. first.SelectMany(Of)]);
    }

    private static async Task<HashSet<Guid>> BoundAsync(StoreContext db, List<ViolationFigure> violations, CancellationToken stop)
    {
        var inForce = violations.Select(v => v.Violation.Id).ToHashSet();
        var all = await db.ViolationParcels.Select(p => new { p.ViolationId, p.ParcelId }).ToListAsync(stop);
        return [.. all.Where(p => inForce.Contains(p.ViolationId)).Select(p => p.ParcelId)];
    }

    private static IEnumerable<LandFigure> LandOf(LawBook law, List<Verdicted> verdicts, ILookup<Guid, Share> units, HashSet<Guid> bound)
    {
        var parents = law.Verdicts.All.GroupBy(v => v.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Parent);
        return from verdict in verdicts
            where verdict is { Kind: PatchKind.Land, Confirmed: true }
            let parent = parents.GetValueOrDefault(verdict.Code!, VerdictParent.Other)
            where parent is VerdictParent.Legal or VerdictParent.Illegal
            from share in units[verdict.PatchId]
            select new LandFigure(
                verdict.ParcelId,
                verdict.Number,
                verdict.Code!,
                parent == VerdictParent.Illegal,
                bound.Contains(verdict.ParcelId),
                share.Unit,
                verdict.Cultivated * share.Part
            );
    }
}
