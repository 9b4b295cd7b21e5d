using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>Which entries of the journal a seat sees: the district all, discipline inspection those about what was handed to it, and its
/// own.</summary>
public static class JournalSight
{
    private const string Body = "discipline-inspection";

    public static async Task<IQueryable<JournalEntry>> SeenAsync(StoreContext db, ClaimsPrincipal who, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(who);
        if (!who.May(Permission.Journal))
            return db.Journal.Where(_ => false);
        if (who.Role() != PlanRoles.Discipline)
            return db.Journal;
        var (login, subjects) = (who.Login(), await OfTransferredAsync(db, stop));
        return db.Journal.Where(j => j.Actor == login || subjects.Contains(j.Subject));
    }

    /// <summary>Subjects of entries about what was transferred, or handed over with a dossier: as the acts name them.</summary>
    private static async Task<IReadOnlyList<string>> OfTransferredAsync(StoreContext db, CancellationToken stop)
    {
        var violations = await CaseShelf.TransferredTo(db, Body).Select(v => new { v.Id, v.Number }).ToListAsync(stop);
        var ids = violations.ConvertAll(v => v.Id);
        var cases = await db.CaseFiles.Where(c => ids.Contains(c.ViolationId)).Select(c => new { c.Id, c.Number }).ToListAsync(stop);
        var patches = db.ViolationParcels.Where(p => ids.Contains(p.ViolationId)).Select(p => p.PatchId);
        var handed = await db
            .Accountabilities.Select(a => new
            {
                a.Id,
                a.ProposalId,
                a.InterviewId,
            })
            .ToListAsync(stop);
        List<Guid> about =
        [
            .. ids,
            .. cases.Select(c => c.Id),
            .. await patches.Distinct().ToListAsync(stop),
            .. await db.ViolationParties.Where(p => ids.Contains(p.ViolationId)).Select(p => p.PartyId).ToListAsync(stop),
            .. await db.Transfers.Where(t => ids.Contains(t.ViolationId)).Select(t => t.Id).ToListAsync(stop),
            .. await db.CopyNotices.Where(c => ids.Contains(c.ViolationId)).Select(c => c.Id).ToListAsync(stop),
            .. await db.Measures.Where(m => ids.Contains(m.ViolationId)).Select(m => m.Id).ToListAsync(stop),
            .. await db.LedgerEntries.Where(e => ids.Contains(e.ViolationId)).Select(e => e.Id).ToListAsync(stop),
            .. handed.Select(a => a.Id),
            .. handed.Select(a => a.ProposalId).OfType<Guid>(),
            .. handed.Select(a => a.InterviewId).OfType<Guid>(),
        ];
        var papers = await db.IssuedDocuments.Where(d => about.Contains(d.SubjectId)).Select(d => d.Id).ToListAsync(stop);
        var numbers = violations.Select(v => v.Number).Concat(cases.Select(c => c.Number));
        return [.. about.Concat(papers).Distinct().Select(id => id.ToString()), .. numbers];
    }
}
