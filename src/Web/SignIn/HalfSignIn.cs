using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Weipian.Flow.Store;
using Weipian.Web.Serving;

namespace Weipian.Web.SignIn;

/// <summary>A right password that waits for its code: no cookie, no session, only a note that this server sealed.</summary>
public sealed class HalfSignIn(IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("half-sign-in").ToTimeLimitedDataProtector();

    public sealed record First(string Login, string Stamp, string? Back);

    public string Make(Seat seat, string? back) =>
        protector.Protect(
            JsonSerializer.Serialize(new First(seat.Login, SeatClaims.StampOf(seat), LocalPath.OrHome(back))),
            Limits.CodeSpan
        );

    /// <summary>What was sealed; <c>null</c> when it is over, or was not made here.</summary>
    public First? Read(string? half)
    {
        try
        {
            return half is null ? null : JsonSerializer.Deserialize<First>(protector.Unprotect(half));
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
