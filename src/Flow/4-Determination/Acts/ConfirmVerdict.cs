using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;

namespace Weipian.Flow.Determinations;

/// <summary>A second person signs the verdict of the first. Two different persons sign what leaves the district.</summary>
public static class ConfirmVerdict
{
    /// <param name="DeterminationId">The verdict that was on the screen.</param>
    /// <param name="ReasonCode">A passing reason of the coded list; null for none.</param>
    /// <param name="Reason">Never blank.</param>
    public sealed record Request(Guid DeterminationId, string? ReasonCode, string Reason);

    public sealed record Confirmed(Guid ConfirmationId, string Code);

    /// <exception cref="Problem"><c>determination.*</c></exception>
    public static Task<Confirmed> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DeterminationLaw law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        VerdictRoles.Require(VerdictRoles.MayConfirm, actor, "审核判定", "confirm a verdict");
        SecondSignature.RequireReason(request.ReasonCode, passes: true, law.Book.Verdicts.Reasons);
        return store.ActAsync(
            actor,
            "confirm-verdict",
            request.DeterminationId.ToString(),
            request.Reason,
            async act =>
            {
                var (row, code) = await SecondSignature.WriteAsync(
                    act,
                    request.DeterminationId,
                    ConfirmationOutcome.Confirmed,
                    request.ReasonCode,
                    request.Reason,
                    law,
                    stop
                );
                return new Confirmed(row.Id, code);
            },
            stop
        );
    }
}

/// <summary>What confirming and returning have in common.</summary>
internal static class SecondSignature
{
    /// <summary>Pure: may this person put the second signature under this verdict?</summary>
    public static void Decide(Determination verdict, Parcel parcel, VerdictState state, Actor by, string outcome, LawBook law)
    {
        if (state.Standing?.Id != verdict.Id)
            throw Problem.Determination.Stale(parcel.Number);
        if (state.Stage == VerdictStage.Open)
            throw Problem.Determination.NothingDecided(parcel.Number);
        if (state.Second is not null)
            throw Problem.Determination.AlreadySigned(parcel.Number);
        if (verdict.DecidedBy == by.Login)
            throw Problem.Determination.SamePerson(parcel.Number, by.Login);
        var isDoubtful = law.Verdicts.All.Any(v => v.Code == verdict.Code && v.Parent == VerdictParent.Doubtful);
        if (outcome == ConfirmationOutcome.Confirmed && isDoubtful)
            throw Problem.Determination.DoubtfulIsNotFinal(parcel.Number);
    }

    public static void RequireReason(string? code, bool passes, IReadOnlyList<ReviewReason> reasons)
    {
        if (code is null && passes)
            return;
        if (reasons.All(r => r.Id != code || r.Passes != passes))
            throw Problem.Determination.UnknownReason(code ?? "", reasons.Where(r => r.Passes == passes).Select(r => r.Id));
    }

    public static async Task<(Confirmation Row, string Code)> WriteAsync(
        ActScope act,
        Guid determinationId,
        string outcome,
        string? reasonCode,
        string reason,
        DeterminationLaw law,
        CancellationToken stop
    )
    {
        var verdict =
            await act.Db.Determinations.SingleOrDefaultAsync(d => d.Id == determinationId, stop)
            ?? throw Problem.Determination.NoSuchVerdict(determinationId.ToString());
        var parcel = await act.Db.Parcels.SingleAsync(p => p.Id == verdict.ParcelId, stop);
        await ReviewLeases.RequireFreeAsync(act, parcel.PatchId, parcel.Number, stop);
        var state = await VerdictState.OfAsync(act.Db, parcel.Id, stop);
        Decide(verdict, parcel, state, act.By, outcome, law.Book);
        BlindReadings.RequireSignable(await BlindReadings.StageOfAsync(act.Db, verdict, parcel, stop), parcel.Number, outcome);
        var row = new Confirmation
        {
            Id = act.NewId(),
            DeterminationId = verdict.Id,
            By = act.By.Login,
            At = act.At,
            Outcome = outcome,
            ReasonCode = reasonCode,
            Reason = reason.Trim(),
        };
        act.Db.Add(row);
        act.Fact("parcel", parcel.Number);
        act.Fact("code", verdict.Code);
        act.Fact("outcome", outcome);
        return (row, verdict.Code);
    }
}
