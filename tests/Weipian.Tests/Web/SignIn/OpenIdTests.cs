using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Weipian.Tests.Web.SignIn;

/// <summary>Signing in by OpenID Connect, against a real provider (OpenIddict) on the loopback.</summary>
public sealed class OpenIdTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private WebApplication provider = null!;
    private WebApplication office = null!;

    /// <summary>Whom the provider names.</summary>
    private string named = "finance";

    public async ValueTask InitializeAsync()
    {
        provider = await ProviderAsync();
        await Installations.InitialiseAsync(folder, Installations.Zhoucun);
        office = WebServer.Build(
            "http://127.0.0.1:0",
            new DataFolder(folder.Path),
            services => services.AddOpenId(new(provider.Urls.First(), "weipian", ClientSecret: null, "preferred_username"))
        );
        await office.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await office.DisposeAsync();
        await provider.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("nobody-here")]
    [InlineData("")]
    [InlineData("FINANCE")]
    public async Task Whom_no_seat_has_the_login_of_is_not_let_in(string login)
    {
        named = login;
        using var browser = Browser();
        var end = await WalkAsync(browser, "/sign-in/openid?back=/hand-overs");
        Assert.Equal("/sign-in?why=openid", end);
        using var shut = await browser.GetAsync(new Uri(office.Urls.First() + "/hand-overs"));
        Assert.Equal(HttpStatusCode.Found, shut.StatusCode);
    }

    [Fact]
    public async Task A_forged_answer_of_the_provider_opens_nothing()
    {
        using var browser = Browser();
        using var answer = await browser.GetAsync(new Uri(office.Urls.First() + "/sign-in/openid/callback?code=forged&state=forged"));
        Assert.StartsWith("/sign-in?why=openid", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_provider_names_sits_on_the_seat_of_that_login_and_goes_where_he_wanted()
    {
        named = "finance";
        using var browser = Browser();
        Assert.Equal("/hand-overs", await WalkAsync(browser, "/sign-in/openid?back=/hand-overs"));
        using var open = await browser.GetAsync(new Uri(office.Urls.First() + "/hand-overs"));
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        using var shut = await browser.GetAsync(new Uri(office.Urls.First() + "/workbench"));
        Assert.Equal(HttpStatusCode.Forbidden, shut.StatusCode);
        await using var db = office.Services.GetRequiredService<OfficeBooks>().Store.Read();
        Assert.Equal("openid", db.SeatSessions.Single().Proof);
    }

    [Fact]
    public async Task The_door_shows_the_provider_only_where_there_is_one_and_nobody_is_sent_elsewhere_after_it()
    {
        using var browser = Browser();
        Assert.Contains("统一身份认证", await browser.GetStringAsync(new Uri(office.Urls.First() + "/sign-in")), StringComparison.Ordinal);
        Assert.Equal("/", await WalkAsync(browser, "/sign-in/openid?back=https://elsewhere.example/"));
    }

    /// <summary>Follows from the office to the provider and back until the office answers with an address of its own.</summary>
    private async Task<string> WalkAsync(HttpClient browser, string path)
    {
        var at = new Uri(office.Urls.First() + path);
        for (var hops = 0; hops < 8; hops++)
        {
            using var answer = await browser.GetAsync(at);
            if (answer.Headers.Location is not { } next)
                return at.PathAndQuery;
            if (!next.IsAbsoluteUri)
                return next.OriginalString;
            at = next;
        }
        return "no end";
    }

    private static HttpClient Browser() =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    private async Task<WebApplication> ProviderAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication();
        builder
            .Services.AddOpenIddict()
            .AddServer(options =>
            {
                options.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
                options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                options.RegisterScopes(OpenIddictConstants.Scopes.Profile);
                options.EnableDegradedMode();
                options.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                options.UseAspNetCore().DisableTransportSecurityRequirement();
                options.AddEventHandler<ValidateAuthorizationRequestContext>(b => b.UseInlineHandler(Known));
                options.AddEventHandler<ValidateTokenRequestContext>(b => b.UseInlineHandler(Known));
                options.AddEventHandler<HandleAuthorizationRequestContext>(b => b.UseInlineHandler(Name));
            });
        var app = builder.Build();
        app.UseAuthentication();
        await app.StartAsync();
        return app;
    }

    private static ValueTask Known(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != "weipian" || new Uri(context.RedirectUri!).AbsolutePath != "/sign-in/openid/callback")
            context.Reject(OpenIddictConstants.Errors.InvalidClient);
        return default;
    }

    private static ValueTask Known(ValidateTokenRequestContext context)
    {
        if (context.ClientId != "weipian")
            context.Reject(OpenIddictConstants.Errors.InvalidClient);
        return default;
    }

    private ValueTask Name(HandleAuthorizationRequestContext context)
    {
        var identity = new ClaimsIdentity("provider");
        identity.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, "17"));
        var name = new Claim(OpenIddictConstants.Claims.PreferredUsername, named);
        name.SetDestinations(OpenIddictConstants.Destinations.IdentityToken);
        identity.AddClaim(name);
        context.Principal = new ClaimsPrincipal(identity);
        context.Principal.SetScopes(context.Request.GetScopes());
        return default;
    }
}
