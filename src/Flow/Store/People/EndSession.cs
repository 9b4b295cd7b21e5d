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
        return EndOfOwn.ActAsync(
            store,
            actor,
            Act,
            (request.SessionId.ToString(), request.Reason),
            async act =>
            {
                var session =
                    await act.Db.SeatSessions.SingleOrDefaultAsync(s => s.Id == request.SessionId, stop)
                    ?? throw Problem.Chain.NotThere("会话", "session", request.SessionId.ToString());
                var end = await act.Db.SessionEnds.FirstOrDefaultAsync(e => e.SessionId == session.Id, stop);
                return new(
                    session.Id,
                    session.SeatLogin,
                    "该会话的结束",
                    "The end of the session",
                    end is null ? null : (end.By, end.At),
                    id => new SessionEnd
                    {
                        Id = id,
                        SessionId = session.Id,
                        By = act.By.Login,
                        At = act.At,
                    }
                );
            },
            stop
        );
    }
}
