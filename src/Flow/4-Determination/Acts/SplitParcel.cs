using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>A person divides a parcel along a line (分宗); the parts take its place and are judged anew.</summary>
/// <remarks>From then on the rules keep the parcels of the patch as they are drawn, and judge each as a whole.</remarks>
public static class SplitParcel
{
    /// <param name="Line">Longitude, latitude; crosses the parcel from edge to edge.</param>
    /// <param name="Reason">Why; never blank.</param>
    public sealed record Request(Guid ParcelId, LineString Line, string Reason);

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
        return store.ActAsync(
            actor,
            "split-parcel",
            request.ParcelId.ToString(),
            request.Reason,
            act => WriteAsync(act, request, law, stop),
            stop
        );
    }

    /// <summary>Pure: may this parcel be divided now, and into what?</summary>
    internal static IReadOnlyList<MultiPolygon> Decide(Request request, Patch patch, Parcel parcel, VerdictState state)
    {
        if (parcel.SupersededById is not null)
            throw Problem.Determination.ParcelSuperseded(parcel.Number);
        if (state.Stage == VerdictStage.Decided)
            throw Problem.Determination.WaitsForSecond(parcel.Number, state.Standing!.DecidedBy);
        if (state.Stage == VerdictStage.Confirmed)
            throw Problem.Determination.AlreadySigned(parcel.Number);
        var parts = ParcelSplit.Along(patch.Geometry, parcel.Geometry, request.Line);
        return parts.Count > parcel.Geometry.NumGeometries ? parts : throw Problem.Determination.LineDoesNotDivide(parcel.Number);
    }

    private static async Task<Split> WriteAsync(ActScope act, Request request, DeterminationLaw law, CancellationToken stop)
    {
        var parcel =
            await act.Db.Parcels.SingleOrDefaultAsync(p => p.Id == request.ParcelId, stop)
            ?? throw Problem.Determination.NoSuchParcel(request.ParcelId.ToString());
        await ReviewLeases.RequireFreeAsync(act, parcel.PatchId, parcel.Number, stop);
        var patch = await act.Db.Patches.SingleAsync(p => p.Id == parcel.PatchId, stop);
        var parts = Decide(request, patch, parcel, await VerdictState.OfAsync(act.Db, parcel.Id, stop));
        var reading = await ProgrammeReading.ReadAsync(act.Store, act.Db, patch.ProgrammeId, [patch.Id], stop);
        var last = reading.LastOrdinalOf(patch);
        var drawn = parts.Select((g, i) => Drawn(act, patch, g, last + i + 1));
        var judged = PatchJudgement.Of(reading.FactsOf(patch), patch.ProgrammeId, [.. drawn], law);
        var rows = judged.Select(j => ParcelRows.Of(j.Parcel, act.NewId(), patch.Id, ParcelRows.MadeByHand, act.At)).ToList();
        act.Db.AddRange(rows);
        foreach (var (row, part) in rows.Zip(judged))
            act.Db.Add(ProposeVerdicts.ProposalOf(act, patch.ProgrammeId, row, part, law));
        await act.Db.SaveChangesAsync(stop);
        parcel.SupersededById = rows[0].Id;
        act.Fact("parcel", parcel.Number);
        act.Fact("parts", string.Join(", ", rows.Select(r => r.Number)));
        return new([
            .. rows.Zip(judged)
                .Select(r => new Part(r.First.Id, r.First.Number, r.First.AreaSquareMetres, r.Second.Parcel.Derivation.Code)),
        ]);
    }

    /// <summary>A part before it is judged: its areas are not known yet.</summary>
    private static Parcel Drawn(ActScope act, Patch patch, MultiPolygon part, int ordinal) =>
        new()
        {
            Id = act.NewId(),
            PatchId = patch.Id,
            Number = $"{patch.Number}_{ordinal}",
            Ordinal = ordinal,
            Geometry = part,
            AreaSquareMetres = 0,
            CultivatedSquareMetres = 0,
            PermanentFarmlandSquareMetres = 0,
            AreasJson = "{}",
            MadeAt = act.At,
        };
}
