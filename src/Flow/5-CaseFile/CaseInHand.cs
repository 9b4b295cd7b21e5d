using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>A violation with its case, its party and its papers, as an act or a page reads it.</summary>
/// <param name="Identity">The newest identity of the actor; null while no actor is named.</param>
/// <param name="Decision">The decision document, once there is one.</param>
public sealed record CaseInHand(
    Violation Violation,
    CaseFile? File,
    CaseCourse Course,
    PartyIdentity? Identity,
    IssuedDocument? Decision,
    bool IsFilingSigned
)
{
    /// <summary>What an act about the violation answers.</summary>
    public Cause Cause => VerifiedDays.CauseOf(Violation, Course.VerifiedOn);

    public static async Task<CaseInHand> OfAsync(StoreContext db, Violation violation, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(violation);
        var file = await db.CaseFiles.SingleOrDefaultAsync(c => c.ViolationId == violation.Id, stop);
        var steps = file is null ? [] : await db.CaseSteps.Where(s => s.CaseFileId == file.Id).OrderBy(s => s.Ordinal).ToListAsync(stop);
        var verified = (await VerifiedDays.OfAsync(db, [violation], stop))[violation.Id];
        var actor = db.ViolationParties.Where(p => p.ViolationId == violation.Id && p.Role == PartyRole.Actor).Select(p => p.PartyId);
        var identity = (await Identities.NewestAsync(db, await actor.ToListAsync(stop), stop)).Values.MaxBy(i => i.At);
        var decided = steps.LastOrDefault(s => s.Kind == CaseStepKind.Decided)?.DocumentId;
        var decision = decided is null ? null : await db.IssuedDocuments.SingleAsync(d => d.Id == decided, stop);
        var signed =
            file is not null
            && await SecondSignatures.IsApprovedAsync(db, SecondSignatures.CaseFile, file.Id, SecondSignatures.Filing, stop);
        return new(violation, file, new CaseCourse(verified, file?.FiledOn, steps), identity, decision, signed);
    }
}

/// <summary>The day on which the facts of a violation were verified: when the second person signed its last verdict.</summary>
public static class VerifiedDays
{
    /// <summary>By violation. Of the historic backlog it is the day on which it was taken over.</summary>
    public static async Task<IReadOnlyDictionary<Guid, DateOnly>> OfAsync(
        StoreContext db,
        IReadOnlyCollection<Violation> violations,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(violations);
        var ids = violations.Select(v => v.Id).ToList();
        var confirmed = await (
            from parcel in db.ViolationParcels
            where ids.Contains(parcel.ViolationId)
            join second in db.Confirmations on parcel.DeterminationId equals second.DeterminationId
            select new { parcel.ViolationId, second.At }
        ).ToListAsync(stop);
        var last = confirmed.GroupBy(c => c.ViolationId).ToDictionary(g => g.Key, g => g.Max(c => c.At));
        return violations.ToDictionary(v => v.Id, v => DayOf(last.GetValueOrDefault(v.Id, v.At)));
    }

    /// <summary>What an act about a violation answers: its verdict, or that it was taken over from the historic backlog.</summary>
    public static async Task<Cause> CauseAsync(StoreContext db, Violation violation, CancellationToken stop = default) =>
        CauseOf(violation, (await OfAsync(db, [violation], stop))[violation.Id]);

    internal static Cause CauseOf(Violation violation, DateOnly verifiedOn) =>
        violation.Source == ViolationSource.Backlog
            ? new("历史遗留违法录入日期", "the day it was taken over from the backlog", verifiedOn)
            : new("判定复核日期", "the day the verdict was confirmed", verifiedOn);

    internal static DateOnly DayOf(DateTime utc) => ChinaTime.DayOf(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
}
