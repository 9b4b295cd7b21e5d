using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Weipian.Flow.Store;

namespace Weipian.Web.SignIn;

/// <summary>What the cookie says about a seat, and back.</summary>
public static class SeatClaims
{
    public const string Scheme = "weipian";
    private const string UnitClaim = "unit";
    private const string PostZhClaim = "post-zh";
    private const string PostEnClaim = "post-en";
    private const string StampClaim = "stamp";
    private const string MustChangeClaim = "must-change";
    private const string MustEnrolClaim = "must-enrol";
    private const string SessionClaim = "session";
    private const string OpenedClaim = "opened";

    /// <summary>The principal of a seat that has just proved who it is.</summary>
    /// <param name="session">The session that was opened for it.</param>
    /// <param name="mustEnrol">Its role has to have a second factor, and it has none yet.</param>
    /// <param name="mayKeepPassword">A one-time password need not be changed: it was not used.</param>
    public static ClaimsPrincipal PrincipalOf(
        Seat seat,
        Guid? session = null,
        DateTimeOffset openedAt = default,
        bool mustEnrol = false,
        bool mayKeepPassword = false
    )
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.Name, seat.Login),
            new(ClaimTypes.Role, seat.Role),
            new(PostZhClaim, seat.PostZh),
            new(PostEnClaim, seat.PostEn),
            new(StampClaim, StampOf(seat)),
        };
        if (seat.Unit is not null)
            claims.Add(new Claim(UnitClaim, seat.Unit));
        if (seat.MustChange && !mayKeepPassword)
            claims.Add(new Claim(MustChangeClaim, "1"));
        if (mustEnrol)
            claims.Add(new Claim(MustEnrolClaim, "1"));
        if (session is { } id)
        {
            claims.Add(new Claim(SessionClaim, id.ToString("D")));
            claims.Add(new Claim(OpenedClaim, openedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        }
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme));
    }

    /// <summary>
    /// Changes when the password, the role or the unit changes, and when the seat is disabled: then the cookie is worth nothing.
    /// </summary>
    public static string StampOf(Seat seat)
    {
        var text = string.Join('\n', seat.Id, seat.PasswordHash, seat.Role, seat.Unit, seat.MustChange, seat.Disabled);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    public static bool IsSignedIn(this ClaimsPrincipal who) => who.Identity?.IsAuthenticated == true;

    public static string Login(this ClaimsPrincipal who) => who.FindFirstValue(ClaimTypes.Name) ?? "";

    public static string Role(this ClaimsPrincipal who) => who.FindFirstValue(ClaimTypes.Role) ?? "";

    public static string? Unit(this ClaimsPrincipal who) => who.FindFirstValue(UnitClaim);

    public static string Stamp(this ClaimsPrincipal who) => who.FindFirstValue(StampClaim) ?? "";

    /// <summary>The one-time password is still in use: nothing but changing it is allowed.</summary>
    public static bool MustChange(this ClaimsPrincipal who) => who.HasClaim(MustChangeClaim, "1");

    /// <summary>The role has to have a second factor: nothing but taking one up is allowed.</summary>
    public static bool MustEnrol(this ClaimsPrincipal who) => who.HasClaim(MustEnrolClaim, "1");

    /// <summary>Something has to be done before anything else is allowed.</summary>
    public static bool IsHeld(this ClaimsPrincipal who) => who.MustChange() || who.MustEnrol();

    /// <summary>The session that the cookie belongs to; <c>null</c> where none was opened.</summary>
    public static Guid? Session(this ClaimsPrincipal who) => Guid.TryParse(who.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <summary>When the session was opened, by the machine's clock.</summary>
    public static DateTimeOffset OpenedAt(this ClaimsPrincipal who) =>
        DateTimeOffset.TryParse(who.FindFirstValue(OpenedClaim), System.Globalization.CultureInfo.InvariantCulture, out var at)
            ? at
            : default;

    public static string Post(this ClaimsPrincipal who) =>
        Texts.Say.Either(who.FindFirstValue(PostZhClaim) ?? "", who.FindFirstValue(PostEnClaim) ?? "");

    public static Actor Actor(this ClaimsPrincipal who) => new(who.Login(), who.Role(), who.Unit());

    public static bool May(this ClaimsPrincipal who, string permission) =>
        who.IsSignedIn() && !who.IsHeld() && Permission.Allows(permission, who.Role());

    /// <summary>
    /// As <see cref="May"/>, except that <see cref="Permission.SignedIn"/> does not wait for the first password or the second factor.
    /// </summary>
    public static bool MayOrSignedIn(this ClaimsPrincipal who, string permission) =>
        permission == Permission.SignedIn ? who.IsSignedIn() : who.May(permission);
}
