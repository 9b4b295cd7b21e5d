using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Records the last day on which a person held a post or sat on a seat.</summary>
public static class UnseatPerson
{
    public const string Act = "unseat-person";

    /// <param name="LastDay">Inclusive; not before the first day, not after today.</param>
    public sealed record Request(Guid MembershipId, DateOnly LastDay, string BasisZh, string Reason);

    /// <exception cref="Problem"><c>chain.*</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.MembershipId.ToString(),
            request.Reason,
            async act =>
            {
                var membership =
                    await act.Db.Memberships.SingleOrDefaultAsync(m => m.Id == request.MembershipId, stop)
                    ?? throw Problem.Chain.NotThere("任职", "membership", request.MembershipId.ToString());
                if (await act.Db.MembershipEnds.FirstOrDefaultAsync(e => e.MembershipId == membership.Id, stop) is { } done)
                    throw Problem.Chain.AlreadyDone("该任职的结束", "The end of the membership", done.By, done.At);
                if (request.LastDay > act.Today)
                    throw Problem.Chain.InFuture("任职止日", "The last day", request.LastDay, act.Today);
                if (request.LastDay < membership.From)
                    throw Problem.Chain.BeforeCause(
                        "任职止日",
                        "The last day",
                        request.LastDay,
                        "任职起日",
                        "the first day",
                        membership.From
                    );
                act.Db.Add(
                    new MembershipEnd
                    {
                        Id = act.NewId(),
                        MembershipId = membership.Id,
                        LastDay = request.LastDay,
                        BasisZh = request.BasisZh.Trim(),
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                return membership.Id;
            },
            stop
        );
    }
}
