using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>A person divides a parcel along a line (分宗); the parts take its place and are judged anew.</summary>
/// <remarks>From then on the rules keep the parcels of the patch as they are drawn, and judge each as a whole.</remarks>
public static class SplitParcel
{
    public const string Act = "split-parcel";

    /// <param name="Line">Longitude, latitude; crosses the parcel from edge to edge. Null takes a merge apart again, into what was
    /// merged.</param>
    /// <param name="Reason">Why; never blank.</param>
    public sealed record Request(Guid ParcelId, LineString? Line, string Reason);

    /// <param name="Parts">The parts, the larger first.</param>
    public sealed record Split(IReadOnlyList<Part> Parts);

    public sealed record Part(Guid ParcelId, string Number, double AreaSquareMetres, string ProposedCode);

    /// <exception cref="Problem"><c>determination.*</c></exception>
    public static Task<Split> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DeterminationLaw law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        VerdictRoles.Require(VerdictRoles.MayDecide, actor, "拆分地块", "split a parcel");
        return store.ActAsync(actor, Act, request.ParcelId.ToString(), request.Reason, act => WriteAsync(act, request, law, stop), stop);
    }

    /// <summary>Pure: may this parcel be divided now, and into what?</summary>
    /// <param name="violation">The number of the violation in force that it belongs to.</param>
    internal static IReadOnlyList<MultiPolygon> Decide(
        Request request,
        Patch patch,
        Parcel parcel,
        VerdictState state,
        IReadOnlyList<Parcel> merged,
        string? violation = null
    )
    {
        if (parcel.SupersededById is not null)
            throw Problem.Determination.ParcelSuperseded(parcel.Number);
        if (violation is not null)
            throw Problem.Determination.SplitInViolation(parcel.Number, violation);
        if (state.Stage == VerdictStage.Decided)
            throw Problem.Determination.WaitsForSecond(parcel.Number, state.Standing!.DecidedBy);
        if (state.Stage == VerdictStage.Confirmed)
            throw Problem.Determination.AlreadySigned(parcel.Number);
        if (request.Line is not { } line)
            return merged.Count > 1 ? [.. merged.Select(m => m.Geometry)] : throw Problem.Determination.NotMerged(parcel.Number);
        var parts = ParcelSplit.Along(patch.Geometry, parcel.Geometry, line);
        return parts.Count > parcel.Geometry.NumGeometries ? parts : throw Problem.Determination.LineDoesNotDivide(parcel.Number);
    }

    private static async Task<Split> WriteAsync(ActScope act, Request request, DeterminationLaw law, CancellationToken stop)
    {
        var parcel =
            await act.Db.Parcels.SingleOrDefaultAsync(p => p.Id == request.ParcelId, stop)
            ?? throw Problem.Determination.NoSuchParcel(request.ParcelId.ToString());
        await ReviewLeases.RequireFreeAsync(act, parcel.PatchId, parcel.Number, stop);
        var patch = await act.Db.Patches.SingleAsync(p => p.Id == parcel.PatchId, stop);
        var reading = await ProgrammeReading.ReadAsync(act.Store, act.Db, patch.ProgrammeId, [patch.Id], stop);
        var merged = reading.FamilyOf(patch).MergedInto(parcel);
        var violations = await ParcelUses.ViolationsAsync(act.Db, [parcel.Id], stop);
        var state = await VerdictState.OfAsync(act.Db, parcel.Id, stop);
        var parts = Decide(request, patch, parcel, state, merged, violations.GetValueOrDefault(parcel.Id));
        var last = reading.LastOrdinalOf(patch);
        var drafts = parts.Select((g, i) => DrawnParcels.Draft(act, patch, g, last + i + 1, ParcelNumber.Of(patch, last + i + 1)));
        IReadOnlyList<Parcel> after = [.. reading.ParcelsOf(patch).Where(p => p.Id != parcel.Id), .. drafts];
        var judged = PatchJudgement.Of(reading.FactsOf(patch), patch.ProgrammeId, after, law);
        var rows = await DrawnParcels.WriteAsync(act, patch, after, judged, new(ParcelOrigin.Split, [parcel.Id]), law, stop);
        parcel.SupersededById = rows[0].Row.Id;
        act.Fact("parcel", parcel.Number);
        act.Fact("parts", string.Join(", ", rows.Select(r => r.Row.Number)));
        return new([.. rows.Select(r => new Part(r.Row.Id, r.Row.Number, r.Row.AreaSquareMetres, r.Judged.Parcel.Derivation.Code))]);
    }
}
