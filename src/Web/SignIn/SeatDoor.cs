using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.Serving;

namespace Weipian.Web.SignIn;

/// <summary>
/// Proves passwords and rechecks who is inside: a seat that was disabled, or whose password changed, is out within seconds.
/// </summary>
public sealed class SeatDoor(OfficeBooks books, TimeProvider clock, SessionBook sessions)
{
    /// <summary>A seat that does not exist costs as much time as one whose password is wrong.</summary>
    private static readonly Seat Nobody = new()
    {
        Id = Guid.Empty,
        Login = "",
        Role = "",
        PostZh = "",
        PostEn = "",
        PasswordHash = SeatPasswords.Hash(SeatPasswords.OneTime()),
        MustChange = true,
    };

    private readonly ConcurrentDictionary<string, Seen> seen = new(StringComparer.Ordinal);

    /// <summary>The seat with this login, or <c>null</c>.</summary>
    public async Task<Seat?> FindAsync(string login, CancellationToken stop = default)
    {
        await using var db = books.Read();
        return await db.Seats.SingleOrDefaultAsync(s => s.Login == login, stop);
    }

    /// <summary>The seat when the password is right, else <c>null</c>, without telling why.</summary>
    public async Task<Seat?> ProveAsync(string login, string password, CancellationToken stop)
    {
        var seat = await FindAsync(login, stop);
        var right = SeatPasswords.IsRight(seat ?? Nobody, password);
        return right && seat is not null ? seat : null;
    }

    /// <summary>
    /// Changes a seat's own password. Returns why not: <c>wrong, differ, same, short, guessable</c>, or <c>null</c> when it is done.
    /// </summary>
    public async Task<string?> ChangePasswordAsync(ClaimsPrincipal who, string old, string chosen, string again, CancellationToken stop)
    {
        if (await ProveAsync(who.Login(), old, stop) is null)
            return "wrong";
        if (chosen != again)
            return "differ";
        if (chosen == old)
            return "same";
        if (chosen.Length < SeatPasswords.LengthMin)
            return "short";
        if (PasswordRules.Fault(chosen, who.Login()) is not null)
            return "guessable";
        var request = new SetSeatPassword.Request(
            who.Login(),
            chosen,
            MustChange: false,
            "本席位修改口令 the seat changes its own password"
        );
        await SetSeatPassword.Handle(books.Store, who.Actor(), request, stop);
        seen.Clear();
        await EndOthersAsync(who, stop);
        return null;
    }

    /// <summary>Opens a session for a seat that proved its password, or was proved by a provider.</summary>
    /// <param name="code">Of the second factor; asked for where the seat has one.</param>
    /// <exception cref="Problem"><c>store.second-factor-wrong</c></exception>
    public async Task<ClaimsPrincipal> OpenAsync(Seat seat, string? code, string proof, HttpContext context, bool mayLackFactor = false)
    {
        ArgumentNullException.ThrowIfNull(seat);
        ArgumentNullException.ThrowIfNull(context);
        var now = sessions.Now;
        var request = new OpenSession.Request(
            seat.Login,
            code,
            proof,
            context.Request.Headers.UserAgent.ToString(),
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            now,
            mayLackFactor
        );
        var opened = await OpenSession.Handle(books.Store, new(seat.Login, seat.Role, seat.Unit), request, context.RequestAborted);
        sessions.Use(opened.Id);
        await using var db = books.Read();
        var lacks =
            !mayLackFactor
            && await SeatSecurity.IsRequiredAsync(db, seat.Role, context.RequestAborted)
            && await SeatSecurity.FactorOfAsync(db, seat.Login, context.RequestAborted) is null;
        // Whoever comes by a provider has no password here that could be changed.
        return SeatClaims.PrincipalOf(seat, opened.Id, now, lacks, mayKeepPassword: mayLackFactor);
    }

    /// <summary>Whether a seat has a second factor.</summary>
    public async Task<bool> HasFactorAsync(string login, CancellationToken stop)
    {
        await using var db = books.Read();
        return await SeatSecurity.FactorOfAsync(db, login, stop) is not null;
    }

    /// <summary>Ends the session of a cookie; one that is over already stays so.</summary>
    public async Task EndAsync(ClaimsPrincipal who, CancellationToken stop)
    {
        if (who.Session() is not { } session)
            return;
        sessions.Forget(session);
        seen.TryRemove(KeyOf(who), out _);
        await using var db = books.Read();
        if (await SeatSecurity.OpenSessions(db).AnyAsync(open => open.Id == session, stop))
            await EndSession.Handle(books.Store, who.Actor(), new(session, "退出登录 sign out"), stop);
    }

    /// <summary>Ends every other session of a seat: they would open nothing any more, and the list has to say so.</summary>
    private async Task EndOthersAsync(ClaimsPrincipal who, CancellationToken stop)
    {
        var login = who.Login();
        var own = who.Session() ?? Guid.Empty;
        List<Guid> others;
        await using (var db = books.Read())
            others = await SeatSecurity
                .OpenSessions(db)
                .Where(s => s.SeatLogin == login && s.Id != own)
                .Select(s => s.Id)
                .ToListAsync(stop);
        foreach (var other in others)
            await EndSession.Handle(books.Store, who.Actor(), new(other, "口令已修改 the password was changed"), stop);
    }

    /// <summary>Whether what a cookie says about a seat still holds. Asked of the store at most once in a while.</summary>
    public async Task<bool> IsStillAsync(ClaimsPrincipal who, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow();
        if (who.Session() is not { } session || sessions.IsOver(session, who.OpenedAt()))
            return false;
        if (!seen.TryGetValue(KeyOf(who), out var known) || now - known.At > Limits.SeatRecheckInterval || known.Stamp != who.Stamp())
        {
            var seat = await FindAsync(who.Login(), stop);
            await using var db = books.Read();
            var isOpen =
                await db.SeatSessions.AnyAsync(s => s.Id == session, stop)
                && !await db.SessionEnds.AnyAsync(e => e.SessionId == session, stop);
            known = new Seen(now, seat is null or { Disabled: true } || !isOpen ? "" : SeatClaims.StampOf(seat));
            seen[KeyOf(who)] = known;
        }
        return known.Stamp.Length > 0 && known.Stamp == who.Stamp();
    }

    /// <summary>What was looked up is looked up anew: a session was ended.</summary>
    public void Forget() => seen.Clear();

    public async Task RecheckAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is null || !await IsStillAsync(context.Principal, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            return;
        }
        sessions.Use(context.Principal.Session()!.Value);
    }

    private static string KeyOf(ClaimsPrincipal who) => $"{who.Login()} {who.Session()}";

    private sealed record Seen(DateTimeOffset At, string Stamp);
}
