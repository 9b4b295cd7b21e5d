using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Weipian.Web.SignIn;

/// <summary>The provider of OpenID Connect (统一身份认证) that an installation trusts, where it trusts one.</summary>
/// <param name="Authority">Address of the provider, whose description is at <c>/.well-known/openid-configuration</c>.</param>
/// <param name="SeatClaim">The claim that holds the login of the seat.</param>
public sealed record OpenIdProvider(string Authority, string ClientId, string? ClientSecret, string SeatClaim)
{
    public const string AuthoritySetting = "WEIPIAN_OPENID_AUTHORITY";
    public const string ClientSetting = "WEIPIAN_OPENID_CLIENT";
    public const string SecretSetting = "WEIPIAN_OPENID_SECRET";
    public const string ClaimSetting = "WEIPIAN_OPENID_CLAIM";

    private const string UsualClaim = "preferred_username";

    /// <summary>The provider that the settings name; <c>null</c> for none.</summary>
    public static OpenIdProvider? OfSettings() =>
        Environment.GetEnvironmentVariable(AuthoritySetting) is { Length: > 0 } authority
            ? new(
                authority,
                Environment.GetEnvironmentVariable(ClientSetting) ?? "weipian",
                Environment.GetEnvironmentVariable(SecretSetting),
                Environment.GetEnvironmentVariable(ClaimSetting) ?? UsualClaim
            )
            : null;
}

/// <summary>Signing in by a provider: code flow with PKCE. Who the provider names sits on the seat of that login, or on none.</summary>
/// <remarks>The provider asks for its own second factor; ours is for passwords. Its tokens are read once and not kept.</remarks>
public static class OpenId
{
    public const string Scheme = "openid";

    private const string CallbackPath = "/sign-in/openid/callback";

    public static void AddOpenId(this IServiceCollection services, OpenIdProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        services.AddSingleton(provider);
        services.AddAuthentication().AddOpenIdConnect(Scheme, options => Describe(options, provider));
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/sign-in/openid", Begin)
            .AllowAnonymous()
            .RequireRateLimiting(Serving.OfficeServer.SignInLimit)
            .ExcludeFromDescription();

    private static IResult Begin(HttpContext context, string? back) =>
        context.RequestServices.GetService<OpenIdProvider>() is null
            ? TypedResults.NotFound()
            : TypedResults.Challenge(new AuthenticationProperties { RedirectUri = Serving.LocalPath.OrHome(back) }, [Scheme]);

    private static void Describe(OpenIdConnectOptions options, OpenIdProvider provider)
    {
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = !new Uri(provider.Authority).IsLoopback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.CallbackPath = CallbackPath;
        options.SignInScheme = SeatClaims.Scheme;
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        options.Events.OnTokenValidated = SeatAsync;
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect("/sign-in?why=openid");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>Puts whom the provider named on the seat of that login.</summary>
    private static async Task SeatAsync(TokenValidatedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var login = context.Principal?.FindFirstValue(services.GetRequiredService<OpenIdProvider>().SeatClaim) ?? "";
        var door = services.GetRequiredService<SeatDoor>();
        if (await door.FindAsync(login, context.HttpContext.RequestAborted) is not { Disabled: false } seat)
        {
            context.Fail("no seat with this login");
            return;
        }
        context.Principal = await door.OpenAsync(seat, code: null, "openid", context.HttpContext, mayLackFactor: true);
    }
}
