using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Verification;

/// <summary>Whether a visit that arrives is one that arrived before: same seat, patch, day and form, and the same files.</summary>
internal static class RecordedBefore
{
    /// <returns>The receipt of the first arrival, without its remarks; null when there was none.</returns>
    public static async Task<RecordVisit.Receipt?> FindAsync(
        StoreContext db,
        Actor actor,
        RecordVisit.Request request,
        CancellationToken stop
    )
    {
        var alike = await db
            .Visits.Where(v =>
                v.PatchId == request.PatchId
                && v.By == actor.Login
                && v.VisitedOn == request.VisitedOn
                && v.FormJson == request.FormJson
                && v.SupersedesId == request.SupersedesId
            )
            .ToListAsync(stop);
        if (alike.Count == 0)
            return null;
        var wanted = request
            .Attachments.Select(f => Convert.ToHexStringLower(SHA256.HashData(f.Content.Span)))
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var visit in alike)
        {
            var files = await db.Evidence.Where(e => e.VisitId == visit.Id).OrderBy(e => e.Id).ToListAsync(stop);
            if (!wanted.SequenceEqual(files.Select(f => f.Sha256).Order(StringComparer.Ordinal), StringComparer.Ordinal))
                continue;
            var ids = files.ConvertAll(f => f.Id);
            var places = await db.EvidencePlaces.Where(p => ids.Contains(p.EvidenceId)).ToDictionaryAsync(p => p.EvidenceId, stop);
            return new(visit.Id, visit.RecordedAt, [.. files.Select(f => Of(f, places.GetValueOrDefault(f.Id)))]);
        }
        return null;
    }

    private static RecordVisit.FileReceipt Of(Evidence file, EvidencePlace? place) =>
        new(file.Id, file.FileName, file.ContentType, file.Size, file.Sha256, place, []);
}
