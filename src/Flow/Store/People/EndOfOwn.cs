namespace Weipian.Flow.Store;

/// <summary>Ends something that belongs to a seat, once: by that seat or by the administrator.</summary>
internal static class EndOfOwn
{
    /// <summary>What is to be ended.</summary>
    /// <param name="Login">Whose it is.</param>
    /// <param name="Zh">The end of it in words, for who ends it again.</param>
    /// <param name="Ended">By whom and when it was ended before; <c>null</c> where it was not.</param>
    /// <param name="Row">The row that ends it, by its id.</param>
    public sealed record Thing(Guid Id, string Login, string Zh, string En, (string By, DateTime At)? Ended, Func<Guid, object> Row);

    /// <param name="find">The thing, or a refusal when there is none.</param>
    /// <returns>The id of the thing.</returns>
    /// <exception cref="Problem"><c>store.not-your-seat</c>, <c>chain.already-done</c>, what <paramref name="find"/> refuses</exception>
    public static Task<Guid> ActAsync(
        WeipianStore store,
        Actor actor,
        string name,
        (string Subject, string Reason) about,
        Func<ActScope, Task<Thing>> find,
        CancellationToken stop
    ) =>
        store.ActAsync(
            actor,
            name,
            about.Subject,
            about.Reason,
            async act =>
            {
                var thing = await find(act);
                PeopleActs.RequireOwn(actor, thing.Login);
                if (thing.Ended is { } done)
                    throw Problem.Chain.AlreadyDone(thing.Zh, thing.En, done.By, done.At);
                act.Db.Add(thing.Row(act.NewId()));
                act.Fact("seat", thing.Login);
                return thing.Id;
            },
            stop
        );
}
