using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>A parcel in force with its judgement as of now, for the acts that sign.</summary>
internal static class CurrentParcel
{
    /// <exception cref="Problem"><c>determination.no-such-parcel</c>, <c>determination.proposal-outdated</c></exception>
    public static async Task<(Parcel Row, JudgedParcel Judged)> ReadAsync(
        ActScope act,
        Guid parcelId,
        DeterminationLaw law,
        CancellationToken stop
    )
    {
        var row =
            await act.Db.Parcels.SingleOrDefaultAsync(p => p.Id == parcelId, stop)
            ?? throw Problem.Determination.NoSuchParcel(parcelId.ToString());
        if (row.SupersededById is not null)
            throw Problem.Determination.ParcelSuperseded(row.Number);
        var patch = await act.Db.Patches.SingleAsync(p => p.Id == row.PatchId, stop);
        var reading = await ProgrammeReading.ReadAsync(act.Store, act.Db, patch.ProgrammeId, [patch.Id], stop);
        var inForce = reading.ParcelsOf(patch);
        var judged = PatchJudgement.Of(reading.FactsOf(patch), patch.ProgrammeId, PatchJudgement.Binding(inForce), law);
        var aligned = PatchJudgement.Aligned(inForce, judged) ?? throw Problem.Determination.ProposalOutdated(row.Number);
        var (own, mine) = inForce.Zip(aligned).Single(p => p.First.Id == row.Id);
        return (row, mine with { Parcel = mine.Parcel with { Number = own.Number, Ordinal = own.Ordinal } });
    }
}
