using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Web.SignIn;

namespace Weipian.Web.Reading;

/// <summary>Issued documents, as far as a seat may read them.</summary>
public sealed class DocumentShelf(OfficeBooks books)
{
    /// <summary>The document, or null when there is none or the seat may not read it: which of the two is not told.</summary>
    public async Task<OpenedDocument?> FindAsync(Guid id, ClaimsPrincipal who, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var document = await db.IssuedDocuments.SingleOrDefaultAsync(d => d.Id == id, stop);
        return document is not null && await MayReadAsync(db, document, who, stop) ? await db.OpenAsync(document, stop) : null;
    }

    private async Task<bool> MayReadAsync(StoreContext db, IssuedDocument document, ClaimsPrincipal who, CancellationToken stop) =>
        who.Role() switch
        {
            PlanRoles.DistrictOfficer or PlanRoles.DistrictReviewer or PlanRoles.OfficeHead or PlanRoles.Government => true,
            PlanRoles.Town => who.Unit() is { } unit && await IsOfUnitAsync(db, document, unit, stop),
            PlanRoles.Finance => await db.HandOvers.AnyAsync(h => h.DocumentId == document.Id, stop),
            PlanRoles.Discipline => document.Kind == "discipline-dossier"
                || await db.Transfers.AnyAsync(t => t.DocumentId == document.Id && t.Kind == "discipline", stop),
            PlanRoles.Department => books.Plan.FindSeat(who.Login())?.Body is { } body && await IsForBodyAsync(db, document, body, stop),
            _ => false,
        };

    private static async Task<bool> IsForBodyAsync(StoreContext db, IssuedDocument document, string body, CancellationToken stop) =>
        await db.CopyNotices.AnyAsync(c => c.DocumentId == document.Id && c.ToBody == body, stop)
        || await db.Transfers.AnyAsync(t => t.DocumentId == document.Id && t.ToBody == body, stop);

    /// <summary>What the document is about lies in the unit: its violation, or the violation of its case, measure or transfer, or its
    /// patch; or it names the unit itself.</summary>
    private static async Task<bool> IsOfUnitAsync(StoreContext db, IssuedDocument document, string unit, CancellationToken stop)
    {
        var subject = document.SubjectId;
        var violations = db
            .CaseFiles.Where(c => c.Id == subject)
            .Select(c => c.ViolationId)
            .Concat(db.Measures.Where(m => m.Id == subject).Select(m => m.ViolationId))
            .Concat(db.Transfers.Where(t => t.Id == subject).Select(t => t.ViolationId));
        if (await db.Violations.AnyAsync(v => v.Unit == unit && (v.Id == subject || violations.Contains(v.Id)), stop))
            return true;
        if (await db.StopNotices.AnyAsync(s => s.DocumentId == document.Id && s.Unit == unit, stop))
            return true;
        if (await db.Interviews.AnyAsync(i => i.Id == subject && i.Unit == unit, stop))
            return true;
        if (await db.Supervisions.AnyAsync(s => s.Id == subject && s.Unit == unit, stop))
            return true;
        return await db.PatchUnits.AnyAsync(u => u.PatchId == subject && u.ResponsibleUnit == unit, stop);
    }
}
