using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Ends a session: by signing out, from the list of one's own sessions, or by the administrator.</summary>
public static class EndSession
{
    public const string Act = "end-session";

    public sealed record Request(Guid SessionId, string Reason);

    /// <exception cref="Problem"><c>store.not-your-seat</c>, <c>chain.not-there</c>, <c>chain.already-done</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.SessionId.ToString(),
            request.Reason,
            async act =>
            {
                var session =
                    await act.Db.SeatSessions.SingleOrDefaultAsync(s => s.Id == request.SessionId, stop)
                    ?? throw Problem.Chain.NotThere("会话", "session", request.SessionId.ToString());
                PeopleActs.RequireOwn(actor, session.SeatLogin);
                if (await act.Db.SessionEnds.FirstOrDefaultAsync(e => e.SessionId == session.Id, stop) is { } done)
                    throw Problem.Chain.AlreadyDone("该会话的结束", "The end of the session", done.By, done.At);
                act.Db.Add(
                    new SessionEnd
                    {
                        Id = act.NewId(),
                        SessionId = session.Id,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                act.Fact("seat", session.SeatLogin);
                return session.Id;
            },
            stop
        );
    }
}
