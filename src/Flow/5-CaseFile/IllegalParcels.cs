using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.CaseFiles;

/// <summary>A parcel in force whose illegal verdict two persons signed, with what a violation takes over from it.</summary>
/// <param name="After">Date of the image that shows the act.</param>
/// <param name="ConfirmedAt">When the second person signed, UTC: the facts were verified then.</param>
public sealed record IllegalParcel(
    Guid ParcelId,
    string Number,
    Guid PatchId,
    string PatchNumber,
    string PatchKind,
    string? Cluster,
    string ProgrammeId,
    DateOnly? After,
    Guid DeterminationId,
    string Code,
    DateTime ConfirmedAt,
    double AreaSquareMetres,
    double CultivatedSquareMetres,
    double PermanentFarmlandSquareMetres,
    string AreasJson
)
{
    /// <summary>Areas by what the layers say; null where the row keeps none.</summary>
    public ParcelAreas? Areas => ParcelRows.AreasOf(AreasJson);
}

/// <summary>The confirmed illegal parcels, and which of them no violation in force holds yet.</summary>
public static class IllegalParcels
{
    /// <summary>Among some parcels, those that are illegal by a confirmed verdict that stands; in order of number.</summary>
    public static async Task<IReadOnlyList<IllegalParcel>> OfAsync(
        StoreContext db,
        IQueryable<Parcel> parcels,
        LawBook law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(law);
        return await Query(db, parcels, law).ToListAsync(stop);
    }

    /// <summary>How many of them belong to no violation in force.</summary>
    public static async Task<int> CountFreeAsync(StoreContext db, LawBook law, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(law);
        var taken = TakenIn(db).Select(p => p.ParcelId);
        return await Query(db, db.Parcels.Where(p => !taken.Contains(p.Id)), law).CountAsync(stop);
    }

    /// <summary>Violations in force that rest on a verdict or a parcel that was replaced since: an officer corrects them.</summary>
    public static IQueryable<Guid> OutdatedViolations(StoreContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return TakenIn(db)
            .Where(p =>
                db.Parcels.Any(parcel => parcel.Id == p.ParcelId && parcel.SupersededById != null)
                || db.Determinations.Any(later => later.SupersedesId == p.DeterminationId)
            )
            .Select(p => p.ViolationId)
            .Distinct();
    }

    private static IQueryable<IllegalParcel> Query(StoreContext db, IQueryable<Parcel> parcels, LawBook law)
    {
        var illegal = law.Verdicts.All.Where(v => v.Parent == VerdictParent.Illegal).Select(v => v.Code).Distinct().ToList();
        return from parcel in parcels
            where parcel.SupersededById == null
            join verdict in db.Determinations on parcel.Id equals verdict.ParcelId
            where illegal.Contains(verdict.Code) && !db.Determinations.Any(later => later.SupersedesId == verdict.Id)
            join second in db.Confirmations on verdict.Id equals second.DeterminationId
            where second.Outcome == ConfirmationOutcome.Confirmed
            join patch in db.Patches on parcel.PatchId equals patch.Id
            orderby parcel.Number
            select new IllegalParcel(
                parcel.Id,
                parcel.Number,
                patch.Id,
                patch.Number,
                patch.Kind,
                patch.Cluster,
                patch.ProgrammeId,
                patch.After,
                verdict.Id,
                verdict.Code,
                second.At,
                parcel.AreaSquareMetres,
                parcel.CultivatedSquareMetres,
                parcel.PermanentFarmlandSquareMetres,
                parcel.AreasJson
            );
    }

    /// <summary>Of them, those that belong to no violation in force.</summary>
    public static async Task<IReadOnlyList<IllegalParcel>> FreeAsync(
        StoreContext db,
        IQueryable<Parcel> parcels,
        LawBook law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        var taken = TakenIn(db).Select(p => p.ParcelId);
        return await OfAsync(db, parcels.Where(p => !taken.Contains(p.Id)), law, stop);
    }

    /// <summary>The parcels of the violations in force.</summary>
    internal static IQueryable<ViolationParcel> TakenIn(StoreContext db)
    {
        var inForce = db.ViolationsInForce().Select(v => v.Id);
        return db.ViolationParcels.Where(p => inForce.Contains(p.ViolationId));
    }

    /// <summary>The responsible units of patches with the area of each share, largest first; assignments in force only.</summary>
    internal static async Task<ILookup<Guid, (string Unit, double AreaSquareMetres)>> UnitsAsync(
        StoreContext db,
        IReadOnlyCollection<Guid> patches,
        CancellationToken stop
    )
    {
        var shares = await db
            .PatchUnits.Where(u =>
                patches.Contains(u.PatchId) && u.ResponsibleUnit != null && !db.PatchUnits.Any(later => later.SupersedesId == u.Id)
            )
            .Select(u => new
            {
                u.PatchId,
                u.ResponsibleUnit,
                u.AreaSquareMetres,
            })
            .ToListAsync(stop);
        return shares
            .OrderByDescending(s => s.AreaSquareMetres)
            .ThenBy(s => s.ResponsibleUnit, StringComparer.Ordinal)
            .ToLookup(s => s.PatchId, s => (s.ResponsibleUnit!, s.AreaSquareMetres));
    }
}

/// <summary>Violations that no correction has replaced.</summary>
public static class ViolationsInForceQuery
{
    public static IQueryable<Violation> ViolationsInForce(this StoreContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Violations.Where(v => !db.Violations.Any(later => later.SupersedesId == v.Id));
    }

    /// <summary>A violation in force.</summary>
    /// <exception cref="Problem"><c>chain.not-there</c>, <c>case-file.violation-replaced</c></exception>
    internal static async Task<Violation> ViolationAsync(this StoreContext db, Guid id, CancellationToken stop)
    {
        var found =
            await db.Violations.SingleOrDefaultAsync(v => v.Id == id, stop)
            ?? throw Problem.Chain.NotThere("违法", "violation", id.ToString());
        var later = await db.Violations.Where(v => v.SupersedesId == id).Select(v => v.Number).FirstOrDefaultAsync(stop);
        return later is null ? found : throw Problem.CaseFile.ViolationReplaced(found.Number, later);
    }
}
