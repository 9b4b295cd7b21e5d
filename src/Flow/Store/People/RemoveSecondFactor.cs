namespace Weipian.Flow.Store;

/// <summary>Gives up a second factor: by its seat, or by the administrator when the phone is lost.</summary>
public static class RemoveSecondFactor
{
    public const string Act = "remove-second-factor";

    public sealed record Request(string Login, string Reason);

    /// <exception cref="Problem"><c>store.not-your-seat</c>, <c>chain.not-there</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        PeopleActs.RequireOwn(actor, request.Login);
        return EndOfOwn.ActAsync(
            store,
            actor,
            Act,
            (request.Login, request.Reason),
            async act =>
            {
                var factor =
                    await SeatSecurity.FactorOfAsync(act.Db, request.Login, stop)
                    ?? throw Problem.Chain.NotThere("第二因素", "second factor", request.Login);
                return new(
                    factor.Id,
                    request.Login,
                    "第二因素的停用",
                    "The end of the second factor",
                    Ended: null,
                    id => new SecondFactorEnd
                    {
                        Id = id,
                        FactorId = factor.Id,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
            },
            stop
        );
    }
}
