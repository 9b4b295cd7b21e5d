using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>One named person gives a parcel its verdict, following the proposal or departing from it, and seals what it rests on.</summary>
/// <remarks>
/// A verdict is never changed: a correction is a new version that names the one it replaces. What was confirmed or returned may be decided
/// anew, with a reason; what waits for the second signature must be withdrawn by its author first.
/// </remarks>
public static class DecideVerdict
{
    /// <param name="Code">A verdict of the tree of the programme year.</param>
    /// <param name="BasisZh">判定依据说明; never blank. Where the verdict departs from the proposal it says why.</param>
    /// <param name="ProposalSeen">The proposal that was on the screen.</param>
    /// <param name="VerdictSeen">The verdict that was on the screen, null when there was none.</param>
    /// <param name="CorrectionZh">Why a verdict that left with a signed batch is corrected; not asked for otherwise.</param>
    public sealed record Request(
        Guid ParcelId,
        string Code,
        string BasisZh,
        Guid? ProposalSeen,
        Guid? VerdictSeen,
        string? CorrectionZh = null
    );

    /// <param name="Departs">The verdict is another than the rules propose.</param>
    public sealed record Decided(Guid DeterminationId, string Code, string SealSha256, bool Departs);

    /// <exception cref="Problem"><c>determination.*</c></exception>
    public static Task<Decided> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DeterminationLaw law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        VerdictRoles.Require(VerdictRoles.MayDecide, actor, "作出判定", "give a verdict");
        if (string.IsNullOrWhiteSpace(request.BasisZh))
            throw Problem.Determination.BasisMissing();
        return store.ActAsync(
            actor,
            "decide-verdict",
            request.ParcelId.ToString(),
            request.BasisZh,
            act => WriteAsync(act, request, law, stop),
            stop
        );
    }

    /// <summary>Pure: may this verdict be given now?</summary>
    /// <param name="tree">Verdicts of the programme year.</param>
    /// <param name="newest">The latest proposal for the parcel.</param>
    /// <param name="lockedIn">The batch with which the standing verdict left.</param>
    internal static void Decide(
        Request request,
        Parcel parcel,
        VerdictState state,
        Proposal? newest,
        IReadOnlyList<Verdict> tree,
        VerdictBatch? lockedIn = null
    )
    {
        if (parcel.SupersededById is not null)
            throw Problem.Determination.ParcelSuperseded(parcel.Number);
        if (tree.All(v => v.Code != request.Code))
            throw Problem.Determination.UnknownVerdict(request.Code, tree.Select(v => v.Code));
        if (newest?.Id != request.ProposalSeen || state.Standing?.Id != request.VerdictSeen)
            throw Problem.Determination.Stale(parcel.Number);
        if (state.Stage == VerdictStage.Decided)
            throw Problem.Determination.WaitsForSecond(parcel.Number, state.Standing!.DecidedBy);
        if (lockedIn is not null && string.IsNullOrWhiteSpace(request.CorrectionZh))
            throw Problem.Determination.LockedInBatch(parcel.Number, lockedIn.Ordinal, lockedIn.By, lockedIn.At);
    }

    private static async Task<Decided> WriteAsync(ActScope act, Request request, DeterminationLaw law, CancellationToken stop)
    {
        var (parcel, judged) = await CurrentParcel.ReadAsync(act, request.ParcelId, law, stop);
        await ReviewLeases.RequireFreeAsync(act, parcel.PatchId, parcel.Number, stop);
        var state = await VerdictState.OfAsync(act.Db, parcel.Id, stop);
        var newest = await act.Db.Proposals.Where(p => p.ParcelId == parcel.Id).OrderBy(p => p.ProposedAt).LastOrDefaultAsync(stop);
        var lockedIn = await LockedInAsync(act.Db, state.Standing, stop);
        Decide(request, parcel, state, newest, law.Book.Verdicts.For(judged.Facts.Kind, judged.Facts.ProgrammeYear), lockedIn);
        // The figures of the row go into tables and thresholds: a verdict is sealed only over a row that says what is measured now.
        if ((newest is not null && newest.InputsSha256 != VerdictSeal.InputsSha256(judged)) || !ParcelRows.SaysStill(parcel, judged.Parcel))
            throw Problem.Determination.ProposalOutdated(parcel.Number);
        var verdict = new SealedVerdict(
            request.Code,
            request.BasisZh.Trim(),
            act.By.Login,
            act.At,
            state.Standing?.Id,
            LawArchive.Keep(act.Store.Blobs, law)
        );
        var row = RowOf(act, parcel, verdict, VerdictSeal.Write(judged, verdict));
        act.Db.Add(row);
        var departs = request.Code != judged.Parcel.Derivation.Code;
        act.Fact("parcel", parcel.Number);
        act.Fact("code", request.Code);
        act.Fact("proposed", judged.Parcel.Derivation.Code);
        act.Fact("seal", row.SealSha256);
        if (lockedIn is not null)
            act.Fact("corrects", $"{lockedIn.ProgrammeId}/{lockedIn.Ordinal}: {request.CorrectionZh!.Trim()}");
        return new(row.Id, row.Code, row.SealSha256, departs);
    }

    /// <summary>The first batch that holds a verdict; null when it never left.</summary>
    internal static async Task<VerdictBatch?> LockedInAsync(StoreContext db, Determination? standing, CancellationToken stop)
    {
        if (standing is null)
            return null;
        var holding = db.VerdictBatchItems.Where(i => i.DeterminationId == standing.Id).Select(i => i.BatchId);
        return await db.VerdictBatches.Where(b => holding.Contains(b.Id)).OrderBy(b => b.Ordinal).FirstOrDefaultAsync(stop);
    }

    internal static Determination RowOf(ActScope act, Parcel parcel, SealedVerdict verdict, string seal) =>
        new()
        {
            Id = act.NewId(),
            ParcelId = parcel.Id,
            PatchId = parcel.PatchId,
            Code = verdict.Code,
            BasisZh = verdict.BasisZh,
            DecidedBy = verdict.DecidedBy,
            DecidedAt = verdict.DecidedAt,
            SealJson = seal,
            SealSha256 = CanonicalJson.Sha256(seal),
            SupersedesId = verdict.SupersedesId,
        };
}
