using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;

namespace Weipian.Web.Reading;

/// <summary>The checklists of the parcels of one patch, with the papers on file.</summary>
/// <param name="Papers">Papers that no later one replaces.</param>
/// <param name="HandledParcels">Parcels whose violation has its case, its handling or its transfer: what arises after the verdict is
/// there.</param>
public sealed record PatchChecklist(
    string Programme,
    IReadOnlyList<BatchParcel> Parcels,
    IReadOnlyList<AttachedDocument> Papers,
    IReadOnlySet<Guid> HandledParcels
);

/// <summary>Reads the required evidence of patches, and what stands between a programme and its batch.</summary>
public sealed class ChecklistDesk(OfficeBooks books)
{
    public async Task<PatchChecklist> OfPatchAsync(Guid patch, string programme, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var state = await BatchReading.ReadAsync(db, books.Plan, programme, books.Law, patch, stop);
        return new(
            programme,
            state.Parcels,
            state.Parcels.Count > 0 ? state.Parcels[0].File.Documents : [],
            await HandledAsync(db, patch, stop)
        );
    }

    /// <summary>The state of a programme before its batch, with every batch that was signed.</summary>
    public async Task<(BatchState State, IReadOnlyList<VerdictBatch> Signed)> OfProgrammeAsync(
        string programme,
        CancellationToken stop = default
    )
    {
        await using var db = books.Read();
        var state = await BatchReading.ReadAsync(db, books.Plan, programme, books.Law, only: null, stop);
        var signed = await db.VerdictBatches.Where(b => b.ProgrammeId == programme).OrderByDescending(b => b.Ordinal).ToListAsync(stop);
        return (state, signed);
    }

    private static async Task<IReadOnlySet<Guid>> HandledAsync(StoreContext db, Guid patch, CancellationToken stop)
    {
        var links = db.ViolationParcels.Where(l => l.PatchId == patch);
        return await links
            .Where(l =>
                db.CaseFiles.Any(c => c.ViolationId == l.ViolationId)
                || db.NonCaseHandlings.Any(h => h.ViolationId == l.ViolationId)
                || db.Transfers.Any(t => t.ViolationId == l.ViolationId)
            )
            .Select(l => l.ParcelId)
            .ToHashSetAsync(stop);
    }
}
