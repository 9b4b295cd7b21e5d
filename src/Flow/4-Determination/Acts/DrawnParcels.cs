using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>Writes parcels that a person made, with their proposals: what splitting and merging have in common.</summary>
internal static class DrawnParcels
{
    /// <summary>A parcel before it is judged: its areas are not known yet.</summary>
    public static Parcel Draft(ActScope act, Patch patch, MultiPolygon ground, int ordinal, string number) =>
        new()
        {
            Id = act.NewId(),
            PatchId = patch.Id,
            Number = number,
            Ordinal = ordinal,
            Geometry = ground,
            AreaSquareMetres = 0,
            CultivatedSquareMetres = 0,
            PermanentFarmlandSquareMetres = 0,
            AreasJson = "{}",
            MadeAt = act.At,
        };

    /// <summary>Adds the drafts as rows, judged, with their proposals; those beside, not decided by anybody, are proposed anew.</summary>
    /// <param name="after">The parcels in force afterwards, drafts among them.</param>
    /// <param name="judged">How they are judged, in the same order.</param>
    /// <returns>The new rows, in the order of the drafts.</returns>
    /// <remarks>Who draws one parcel of a patch binds the rules for all of it: then the proposals beside rest on other inputs.</remarks>
    public static async Task<IReadOnlyList<(Parcel Row, JudgedParcel Judged)>> WriteAsync(
        ActScope act,
        Patch patch,
        IReadOnlyList<Parcel> after,
        IReadOnlyList<JudgedParcel> judged,
        ParcelOrigin origin,
        DeterminationLaw law,
        CancellationToken stop
    )
    {
        var rows = new List<(Parcel, JudgedParcel)>();
        foreach (var (parcel, part) in after.Zip(judged))
        {
            if (parcel.AreasJson != "{}")
            {
                await ProposeAnewAsync(act, patch, parcel, part, law, stop);
                continue;
            }
            var numbered = part with { Parcel = part.Parcel with { Number = parcel.Number, Ordinal = parcel.Ordinal } };
            var row = ParcelRows.Of(numbered.Parcel, parcel.Id, patch.Id, part.Made, act.At, origin);
            act.Db.Add(row);
            act.Db.Add(ProposeVerdicts.ProposalOf(act, patch.ProgrammeId, row, numbered, law));
            rows.Add((row, numbered));
        }
        await act.Db.SaveChangesAsync(stop);
        return rows;
    }

    private static async Task ProposeAnewAsync(
        ActScope act,
        Patch patch,
        Parcel parcel,
        JudgedParcel judged,
        DeterminationLaw law,
        CancellationToken stop
    )
    {
        if ((await VerdictState.OfAsync(act.Db, parcel.Id, stop)).Stage is VerdictStage.Decided or VerdictStage.Confirmed)
            return;
        var before = await act.Db.Proposals.Where(p => p.ParcelId == parcel.Id).OrderBy(p => p.ProposedAt).LastOrDefaultAsync(stop);
        var proposal = ProposeVerdicts.ProposalOf(act, patch.ProgrammeId, parcel, judged, law, before?.ProposedAt);
        if (proposal.InputsSha256 != before?.InputsSha256)
            act.Db.Add(proposal);
    }
}
