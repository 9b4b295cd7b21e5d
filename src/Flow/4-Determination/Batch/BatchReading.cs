using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>Reads what a batch is decided on: a few questions to the database for a whole programme.</summary>
public static class BatchReading
{
    /// <param name="only">One patch; null for the whole programme.</param>
    /// <exception cref="Problem"><c>plan.no-such-value</c>, <c>law.*</c>: no tree covers the year.</exception>
    public static async Task<BatchState> ReadAsync(
        StoreContext db,
        WorkPlan plan,
        string programmeId,
        LawBook law,
        Guid? only,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(law);
        var year = plan.Programme(programmeId).Year;
        var chosen = db.Patches.Where(p => p.ProgrammeId == programmeId && (only == null || p.Id == only));
        var patches = await chosen.OrderBy(p => p.Number).ToListAsync(stop);
        var ids = chosen.Select(p => p.Id);
        var parcels = (
            await db.Parcels.Where(p => p.SupersededById == null && ids.Contains(p.PatchId)).OrderBy(p => p.Ordinal).ToListAsync(stop)
        ).ToLookup(p => p.PatchId);
        var files = await FilesAsync(db, ids, stop);
        var states = await StatesAsync(db, ids, stop);
        var proposals = await ProposalsAsync(db, ids, stop);
        var batches = await db.VerdictBatches.Where(b => b.ProgrammeId == programmeId).OrderBy(b => b.Ordinal).ToListAsync(stop);
        var held = await HeldAsync(db, programmeId, batches, stop);
        var trees = patches
            .Select(p => p.Kind)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(k => k, k => law.Verdicts.For(k, year).ToDictionary(v => v.Code, StringComparer.Ordinal), StringComparer.Ordinal);
        BatchParcel Of(Patch patch, Parcel parcel)
        {
            var state = states.GetValueOrDefault(parcel.Id, new(null, null));
            var proposal = proposals.GetValueOrDefault(parcel.Id);
            var code = state.Stage is VerdictStage.Open ? proposal?.Code : state.Standing!.Code;
            var file = new ParcelOnFile(
                patch,
                parcel,
                [.. files.Visits[patch.Id]],
                [.. files.Evidence[patch.Id]],
                [.. files.Documents[patch.Id]],
                code is null ? null : trees[patch.Kind].GetValueOrDefault(code)
            );
            return new(file, state, proposal?.Code, MissingOf(proposal), state.Standing is { } s ? held.GetValueOrDefault(s.Id) : null);
        }
        return new(
            programmeId,
            patches.Count,
            [.. patches.Where(p => !parcels[p.Id].Any()).Select(p => p.Number)],
            [.. patches.SelectMany(p => parcels[p.Id].Select(parcel => Of(p, parcel)))],
            batches.LastOrDefault()
        );
    }

    private sealed record Files(ILookup<Guid, Visit> Visits, ILookup<Guid, Evidence> Evidence, ILookup<Guid, AttachedDocument> Documents);

    private static async Task<Files> FilesAsync(StoreContext db, IQueryable<Guid> ids, CancellationToken stop)
    {
        var visits = await db.Visits.Where(v => ids.Contains(v.PatchId)).OrderBy(v => v.RecordedAt).ThenBy(v => v.Id).ToListAsync(stop);
        var corrected = visits.Select(v => v.SupersedesId).OfType<Guid>().ToHashSet();
        var evidence = await db.Evidence.Where(e => ids.Contains(e.PatchId)).OrderBy(e => e.AddedAt).ThenBy(e => e.Id).ToListAsync(stop);
        var papers = await db.AttachedDocuments.Where(d => ids.Contains(d.PatchId)).OrderBy(d => d.At).ThenBy(d => d.Id).ToListAsync(stop);
        var replaced = papers.Select(d => d.SupersedesId).OfType<Guid>().ToHashSet();
        return new(
            visits.Where(v => !corrected.Contains(v.Id)).ToLookup(v => v.PatchId),
            evidence.ToLookup(e => e.PatchId),
            papers.Where(d => !replaced.Contains(d.Id)).ToLookup(d => d.PatchId)
        );
    }

    private static async Task<Dictionary<Guid, VerdictState>> StatesAsync(StoreContext db, IQueryable<Guid> ids, CancellationToken stop)
    {
        var all = await db.Determinations.Where(d => ids.Contains(d.PatchId)).ToListAsync(stop);
        var replaced = all.Select(d => d.SupersedesId).OfType<Guid>().ToHashSet();
        var verdicts = db.Determinations.Where(d => ids.Contains(d.PatchId)).Select(d => d.Id);
        var second = await db
            .Confirmations.Where(c => verdicts.Contains(c.DeterminationId))
            .ToDictionaryAsync(c => c.DeterminationId, stop);
        return all.Where(d => !replaced.Contains(d.Id))
            .GroupBy(d => d.ParcelId)
            .ToDictionary(
                g => g.Key,
                g =>
                {
                    var standing = g.MaxBy(d => d.DecidedAt)!;
                    return new VerdictState(standing, second.GetValueOrDefault(standing.Id));
                }
            );
    }

    private static async Task<Dictionary<Guid, Proposal>> ProposalsAsync(StoreContext db, IQueryable<Guid> ids, CancellationToken stop) =>
        (await db.Proposals.Where(p => ids.Contains(p.PatchId)).ToListAsync(stop))
            .GroupBy(p => p.ParcelId)
            .ToDictionary(g => g.Key, g => g.MaxBy(p => p.ProposedAt)!);

    private static async Task<Dictionary<Guid, VerdictBatch>> HeldAsync(
        StoreContext db,
        string programmeId,
        IReadOnlyList<VerdictBatch> batches,
        CancellationToken stop
    )
    {
        var named = db.VerdictBatches.Where(b => b.ProgrammeId == programmeId).Select(b => b.Id);
        var items = await db.VerdictBatchItems.Where(i => named.Contains(i.BatchId)).ToListAsync(stop);
        var byId = batches.ToDictionary(b => b.Id);
        return items.GroupBy(i => i.DeterminationId).ToDictionary(g => g.Key, g => g.Select(i => byId[i.BatchId]).MinBy(b => b.Ordinal)!);
    }

    private static IReadOnlyList<Missing> MissingOf(Proposal? proposal) =>
        proposal is not null
        && VerdictOutcomes.Of(proposal.Code) == VerdictOutcome.Doubtful
        && JsonNode.Parse(proposal.DerivationJson)?["missing"] is { } missing
            ? DerivationJson.Value<List<Missing>>(missing)
            : [];
}
