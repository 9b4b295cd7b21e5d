using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>The author takes back a verdict that nobody has confirmed yet: a new version that says so. The parcel is open again.</summary>
public static class WithdrawVerdict
{
    /// <param name="VerdictSeen">The verdict that was on the screen.</param>
    public sealed record Request(Guid ParcelId, Guid VerdictSeen, string Reason);

    public sealed record WithdrawnVerdict(Guid DeterminationId);

    /// <exception cref="Problem"><c>determination.*</c></exception>
    public static Task<WithdrawnVerdict> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DeterminationLaw law,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        VerdictRoles.Require(VerdictRoles.MayDecide, actor, "撤回判定", "withdraw a verdict");
        return store.ActAsync(
            actor,
            "withdraw-verdict",
            request.ParcelId.ToString(),
            request.Reason,
            act => WriteAsync(act, request, law, stop),
            stop
        );
    }

    /// <summary>Pure: may this verdict be taken back by this person?</summary>
    internal static void Decide(Request request, Parcel parcel, VerdictState state, Actor by)
    {
        if (state.Standing is not { } standing || state.Stage == VerdictStage.Open)
            throw Problem.Determination.NothingDecided(parcel.Number);
        if (standing.Id != request.VerdictSeen)
            throw Problem.Determination.Stale(parcel.Number);
        if (state.Stage != VerdictStage.Decided)
            throw Problem.Determination.AlreadySigned(parcel.Number);
        if (standing.DecidedBy != by.Login)
            throw Problem.Determination.NotTheAuthor(parcel.Number, standing.DecidedBy);
    }

    private static async Task<WithdrawnVerdict> WriteAsync(ActScope act, Request request, DeterminationLaw law, CancellationToken stop)
    {
        var (parcel, judged) = await CurrentParcel.ReadAsync(act, request.ParcelId, law, stop);
        var state = await VerdictState.OfAsync(act.Db, parcel.Id, stop);
        Decide(request, parcel, state, act.By);
        var verdict = new SealedVerdict(
            VerdictState.Withdrawn,
            request.Reason.Trim(),
            act.By.Login,
            act.At,
            state.Standing!.Id,
            LawArchive.Keep(act.Store.Blobs, law)
        );
        var row = DecideVerdict.RowOf(act, parcel, verdict, VerdictSeal.Write(judged, verdict));
        act.Db.Add(row);
        act.Fact("parcel", parcel.Number);
        act.Fact("withdrawn", state.Standing.Code);
        return new(row.Id);
    }
}
