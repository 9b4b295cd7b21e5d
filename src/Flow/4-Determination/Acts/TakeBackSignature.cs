using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>Whoever put the second signature takes it back before anything rests on it: the verdict waits for one again.</summary>
/// <remarks>
/// The signature stays where it was written; a further row says that it was taken back, by whom and why, and readers count what is left
/// (<see cref="StoreContext.Confirmations"/>). What left with a signed batch, and what a violation rests on, is corrected by a new verdict.
/// </remarks>
public static class TakeBackSignature
{
    public const string Act = "take-back-signature";

    /// <param name="DeterminationId">The verdict that was on the screen.</param>
    /// <param name="Reason">Never blank.</param>
    public sealed record Request(Guid DeterminationId, string Reason);

    public sealed record TakenBack(Guid WithdrawalId, string Outcome);

    /// <exception cref="Problem"><c>determination.no-such-verdict</c>, <c>determination.stale</c>, <c>determination.nothing-signed</c>,
    /// <c>determination.not-the-signer</c>, <c>determination.signature-left</c>, <c>determination.signature-used</c>,
    /// <c>determination.wrong-seat</c></exception>
    public static Task<TakenBack> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        VerdictRoles.Require(VerdictRoles.MayConfirm, actor, "收回审核意见", "take a second signature back");
        return store.ActAsync(actor, Act, request.DeterminationId.ToString(), request.Reason, act => WriteAsync(act, request, stop), stop);
    }

    /// <summary>Pure: may this person take back the signature under this verdict?</summary>
    /// <param name="lockedIn">The batch with which the verdict left.</param>
    /// <param name="violation">Number of a violation that rests on the verdict.</param>
    internal static Confirmation Decide(
        Determination verdict,
        Parcel parcel,
        VerdictState state,
        Actor by,
        VerdictBatch? lockedIn,
        string? violation
    )
    {
        if (parcel.SupersededById is not null)
            throw Problem.Determination.ParcelSuperseded(parcel.Number);
        if (state.Standing?.Id != verdict.Id)
            throw Problem.Determination.Stale(parcel.Number);
        if (state.Second is not { } second)
            throw Problem.Determination.NothingSigned(parcel.Number);
        if (second.By != by.Login)
            throw Problem.Determination.NotTheSigner(parcel.Number, second.By);
        if (lockedIn is not null)
            throw Problem.Determination.SignatureLeft(parcel.Number, lockedIn.Ordinal, lockedIn.By, lockedIn.At);
        if (violation is not null)
            throw Problem.Determination.SignatureUsed(parcel.Number, violation);
        return second;
    }

    private static async Task<TakenBack> WriteAsync(ActScope act, Request request, CancellationToken stop)
    {
        var verdict =
            await act.Db.Determinations.SingleOrDefaultAsync(d => d.Id == request.DeterminationId, stop)
            ?? throw Problem.Determination.NoSuchVerdict(request.DeterminationId.ToString());
        var parcel = await act.Db.Parcels.SingleAsync(p => p.Id == verdict.ParcelId, stop);
        var state = await VerdictState.OfAsync(act.Db, parcel.Id, stop);
        var lockedIn = await DecideVerdict.LockedInAsync(act.Db, verdict, stop);
        var violation = await act
            .Db.ViolationParcels.Where(p => p.DeterminationId == verdict.Id)
            .Join(act.Db.Violations, p => p.ViolationId, v => v.Id, (p, v) => v.Number)
            .FirstOrDefaultAsync(stop);
        var second = Decide(verdict, parcel, state, act.By, lockedIn, violation);
        var row = new ConfirmationWithdrawal
        {
            Id = act.NewId(),
            ConfirmationId = second.Id,
            By = act.By.Login,
            At = act.At,
            Reason = request.Reason.Trim(),
        };
        act.Db.Add(row);
        act.Fact("parcel", parcel.Number);
        act.Fact("code", verdict.Code);
        act.Fact("takenBack", second.Outcome);
        return new(row.Id, second.Outcome);
    }
}
