using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Weipian.Web.Serving;

namespace Weipian.Web.SignIn;

/// <summary>Asks again and again, while a page is open, whether its seat still holds: an open circuit sends no cookie.</summary>
public sealed class SeatRecheck(ILoggerFactory logs, SeatDoor door) : RevalidatingServerAuthenticationStateProvider(logs)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => Limits.SeatRecheckInterval;

    /// <inheritdoc/>
    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) => door.IsStillAsync(authenticationState.User, cancellationToken);
}
