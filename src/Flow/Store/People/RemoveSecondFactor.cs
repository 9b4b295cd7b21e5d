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
        return store.ActAsync(
            actor,
            Act,
            request.Login,
            request.Reason,
            async act =>
            {
                PeopleActs.RequireOwn(actor, request.Login);
                var factor =
                    await SeatSecurity.FactorOfAsync(act.Db, request.Login, stop)
                    ?? throw Problem.Chain.NotThere("第二因素", "second factor", request.Login);
                act.Db.Add(
                    new SecondFactorEnd
                    {
                        Id = act.NewId(),
                        FactorId = factor.Id,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                return factor.Id;
            },
            stop
        );
    }
}
