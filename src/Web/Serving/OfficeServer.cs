using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.WebEncoders;
using Microsoft.OpenApi;
using MudBlazor;
using MudBlazor.Services;
using Weipian.Flow.Store;
using Weipian.Web.Acts;
using Weipian.Web.Api;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;
using Weipian.Web.Shell;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;
using Weipian.Web.Tiles;
using Weipian.Web.Training;

namespace Weipian.Web.Serving;

/// <summary>What the server is made of and the order in which a request passes through it.</summary>
public static class OfficeServer
{
    /// <summary>The rate limit on sign-in.</summary>
    public const string SignInLimit = "sign-in";

    private static readonly PathString[] MachinePaths = ["/api", "/chips", "/tiles", "/openapi.json", "/health", "/healthz"];

    private static void AddGuards(IServiceCollection services)
    {
        services.AddSingleton<TrainingGround>();
        services.AddSingleton<TrainingDesk>();
        services.AddSingleton<ReadingDesk>();
        services.AddSingleton<GuardDesk>();
    }

    /// <summary>Adds everything the office needs for one data folder.</summary>
    public static void AddOffice(this IServiceCollection services, DataFolder data)
    {
        services.AddSingleton(data);
        services.AddSingleton<TimeProvider>(new OfficeClock(data));
        services.AddSingleton<OfficeBooks>();
        AddPeople(services);
        services.AddSingleton<LayerShelf>();
        services.AddSingleton<ProgrammeRows>();
        services.AddSingleton<PatchDossiers>();
        services.AddSingleton<PatchMaps>();
        services.AddImages();
        AddMap(services);
        services.AddSingleton<WhatIfDesk>();
        services.AddSingleton<DriftDesk>();
        services.AddSingleton<LawUsage>();
        AddOperations(services, data);
        services.AddSingleton<PrecedentDesk>();
        services.AddSingleton<ParcelStories>();
        AddGuards(services);
        services.AddSingleton<CounterfactualDesk>();
        services.AddSingleton<BoardFigures>();
        AddDueSources(services);
        services.AddSingleton<VisitRows>();
        services.AddSingleton<EscalationDesk>();
        services.AddSingleton<ChecklistDesk>();
        services.AddSingleton<NoticeDesk>();
        services.AddSingleton<ReportShelf>();
        services.AddSingleton<DocumentShelf>();
        services.AddSingleton<MeasureDesk>();
        services.AddSingleton<LedgerDesk>();
        services.AddHostedService<LedgerWatch>();
        services.AddSingleton<ProposalWatch>();
        services.AddHostedService(services => services.GetRequiredService<ProposalWatch>());
        AddWorkbench(services);
        services.AddSingleton<Idempotency>();
        services.AddSingleton<ActHall>();
        services.AddSingleton<CaseShelf>();
        services.AddSingleton<BodyDesk>();
        services.AddScoped<VerdictsApi.Once>();
        // Chinese stays Chinese in the page source: what has meaning in HTML is escaped all the same.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddHttpContextAccessor();
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemAnswers>();
        services.AddOpenApi(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        services.AddDataProtection().SetApplicationName("weipian").PersistKeysToFileSystem(KeyFolder(data));
        services.AddRequestLocalization(_ => { });
        services.AddLocalization();
        services.AddTransient<MudLocalizer, MudTexts>();
        services.AddMudServices();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "weipian-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        AddSignIn(services);
        if (OpenIdProvider.OfSettings() is { } provider)
            services.AddOpenId(provider);
        services.AddRateLimiter(LimitSignIn);
    }

    /// <summary>Tiles and base maps.</summary>
    private static void AddMap(IServiceCollection services)
    {
        services.AddSingleton<PatchTiles>();
        services.AddSingleton<LayerTiles>();
        services.AddSingleton<BaseMaps>();
        services.AddSingleton<SplitDesk>();
        services.AddSingleton<MapDesk>();
    }

    /// <summary>What is due, from every stage.</summary>
    private static void AddDueSources(IServiceCollection services)
    {
        services.AddSingleton<IDueSource, UnassignedDue>();
        services.AddSingleton<IDueSource, VisitsDue>();
        services.AddSingleton<IDueSource, VerdictsDue>();
        services.AddSingleton<IDueSource, ReadingsDue>();
        services.AddSingleton<IDueSource, PlanDatesDue>();
        services.AddSingleton<IDueSource, CasesDue>();
        services.AddSingleton<IDueSource, EscalationDue>();
        services.AddSingleton<IDueSource, ReportsDue>();
        services.AddSingleton<IDueSource, RectificationDue>();
        services.AddSingleton<IDueSource, LedgerDue>();
        services.AddSingleton<DueList>();
    }

    /// <summary>What the workbench asks and writes.</summary>
    private static void AddWorkbench(IServiceCollection services)
    {
        services.AddSingleton<VerdictDesk>();
        services.AddSingleton(WorkbenchLimits.Read(Environment.GetEnvironmentVariable));
        services.AddSingleton<LeaseDesk>();
        services.AddSingleton<KeysDesk>();
        services.AddSingleton<BatchDesk>();
        services.AddSingleton<PartySearch>();
    }

    /// <summary>Journal, backups, settings and figures of the running server.</summary>
    private static void AddOperations(IServiceCollection services, DataFolder data)
    {
        services.AddSingleton<JournalDesk>();
        services.AddSingleton<BackupDesk>();
        services.AddSingleton(ServerSettings.Read(data));
        services.AddHostedService<BackupWatch>();
        services.AddHostedService<Gauges>();
    }

    /// <summary>Who comes in, who may what, and who took a copy.</summary>
    private static void AddPeople(IServiceCollection services)
    {
        services.AddSingleton(SignInRate.Ordinary);
        services.AddSingleton(new SessionBook(TimeProvider.System));
        services.AddSingleton<SeatDoor>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<HalfSignIn>();
        services.AddScoped<Microsoft.AspNetCore.Components.Server.Circuits.CircuitHandler, CircuitUse>();
        services.AddSingleton<AccessDesk>();
        services.AddSingleton<PostDesk>();
        services.AddSingleton<CopyMark>();
    }

    /// <summary>
    /// The order of a request: headers, refusals, language, files, who it is, what it may, and then the page or the endpoint.
    /// </summary>
    public static void UseOffice(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseMetricsWhereAsked();
        app.UseExceptionHandler();
        app.UseRequestLocalization(Languages.Options);
        app.UseWhen(
            context => !AnswersJson(context.Request) && HttpMethods.IsGet(context.Request.Method),
            pages => pages.UseStatusCodePagesWithReExecute("/refused/{0}", createScopeForStatusCodePages: true)
        );
        app.UseWhen(
            context => !AnswersJson(context.Request) && !HttpMethods.IsGet(context.Request.Method),
            forms => forms.UseStatusCodePages(ProblemAnswers.WriteStatusAsync)
        );
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAccessMatrix();
        app.UseOneTimePassword();
        app.UseAntiforgery();
        app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, "weipian.staticwebassets.endpoints.json")).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        app.MapOpenApi("/openapi.json");
        Languages.Map(app);
        SignInForms.Map(app);
        OpenId.Map(app);
        Health.Map(app);
        OfficeApi.Map(app);
        ImagesApi.MapChips(app);
        MapApi.MapTiles(app);
        TrainingChips.Map(app);
    }

    /// <summary>Whether the asker is a program: then refusals are problem+json and nothing is redirected.</summary>
    public static bool AnswersJson(HttpRequest request) =>
        MachinePaths.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a person followed a link to it in a browser, such as one to a file: a refusal is then a page.</summary>
    public static bool IsFollowed(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate";

    private static void AddSignIn(IServiceCollection services)
    {
        services
            .AddAuthentication(SeatClaims.Scheme)
            .AddCookie(
                SeatClaims.Scheme,
                options =>
                {
                    // A sample that is moved in time signs nobody out.
                    options.TimeProvider = TimeProvider.System;
                    options.Cookie.Name = "weipian-seat";
                    options.Cookie.HttpOnly = true;
                    options.Cookie.SameSite = SameSiteMode.Lax;
                    options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    // How long it rests is told by the book of sessions, which sees open pages as well.
                    options.ExpireTimeSpan = Limits.SessionSpan;
                    options.SlidingExpiration = false;
                    options.LoginPath = "/sign-in";
                    options.ReturnUrlParameter = "back";
                    options.Events = new CookieAuthenticationEvents
                    {
                        OnRedirectToLogin = RefuseUnknown,
                        OnRedirectToAccessDenied = RefuseKnown,
                        OnValidatePrincipal = context =>
                            context.HttpContext.RequestServices.GetRequiredService<SeatDoor>().RecheckAsync(context),
                    };
                }
            );
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SeatRecheck>();
        var authorization = services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var permission in Permission.All)
            authorization.AddPolicy(permission, policy => policy.RequireAssertion(asked => asked.User.MayOrSignedIn(permission)));
    }

    private static Task RefuseUnknown(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (AnswersJson(context.Request))
            return ProblemAnswers.WriteAsync(context.HttpContext, Problem.Web.NotSignedIn());
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static Task RefuseKnown(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (AnswersJson(context.Request))
            return ProblemAnswers.WriteAsync(context.HttpContext, Problem.Web.NotAllowed(context.HttpContext.User.Role()));
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static void LimitSignIn(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(
            SignInLimit,
            context =>
            {
                var rate = context.RequestServices.GetRequiredService<SignInRate>();
                return RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = rate.AttemptsMax, Window = rate.Window }
                );
            }
        );
    }

    /// <summary>Keys that sign the cookies live with the data, so that a restart signs nobody out; only the owner may read them.</summary>
    private static DirectoryInfo KeyFolder(DataFolder data)
    {
        var path = Path.Combine(data.Path, "keys");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
