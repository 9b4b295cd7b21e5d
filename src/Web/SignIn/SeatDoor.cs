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
public sealed class SeatDoor(OfficeBooks books, TimeProvider clock)
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
        await using var db = books.Store.Read();
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
    /// Changes a seat's own password. Returns why not: <c>wrong, differ, same, short</c>, or <c>null</c> when it is done.
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
        var request = new SetSeatPassword.Request(
            who.Login(),
            chosen,
            MustChange: false,
            "本席位修改口令 the seat changes its own password"
        );
        await SetSeatPassword.Handle(books.Store, who.Actor(), request, stop);
        seen.TryRemove(who.Login(), out _);
        return null;
    }

    /// <summary>Whether what a cookie says about a seat still holds. Asked of the store at most once in a while.</summary>
    public async Task<bool> IsStillAsync(ClaimsPrincipal who, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow();
        if (!seen.TryGetValue(who.Login(), out var known) || now - known.At > Limits.SeatRecheckInterval || known.Stamp != who.Stamp())
        {
            var seat = await FindAsync(who.Login(), stop);
            known = new Seen(now, seat is null or { Disabled: true } ? "" : SeatClaims.StampOf(seat));
            seen[who.Login()] = known;
        }
        return known.Stamp.Length > 0 && known.Stamp == who.Stamp();
    }

    public async Task RecheckAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is null || !await IsStillAsync(context.Principal, context.HttpContext.RequestAborted))
            context.RejectPrincipal();
    }

    private sealed record Seen(DateTimeOffset At, string Stamp);
}
