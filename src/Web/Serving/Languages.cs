using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Weipian.Web.Serving;

/// <summary>Chinese first, English complete: which language an answer has, and the two switches kept in cookies.</summary>
public static class Languages
{
    /// <summary>The cookie of the theme: <c>light</c> or <c>dark</c>; without it the system decides.</summary>
    public const string ThemeCookie = "weipian-theme";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>The cultures of the interface, the default first.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } = [Neutral("zh-CN"), Neutral("en")];

    /// <summary>A person's choice first, then the default: the browser's own wish is not asked, as an office shares its machines.</summary>
    public static RequestLocalizationOptions Options =>
        new()
        {
            DefaultRequestCulture = new RequestCulture(All[0]),
            SupportedCultures = [.. All],
            SupportedUICultures = [.. All],
            RequestCultureProviders = [new QueryStringRequestCultureProvider(), new CookieRequestCultureProvider()],
        };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/language", SetLanguage).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/theme", SetTheme).AllowAnonymous().ExcludeFromDescription();
    }

    private static RedirectHttpResult SetLanguage(HttpContext context, [FromForm] string to, [FromForm] string? back)
    {
        var culture = All.FirstOrDefault(c => c.Name == to) ?? All[0];
        Keep(
            context,
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture))
        );
        return Back(back);
    }

    private static RedirectHttpResult SetTheme(HttpContext context, [FromForm] string to, [FromForm] string? back)
    {
        if (to is "light" or "dark")
            Keep(context, ThemeCookie, to);
        else
            context.Response.Cookies.Delete(ThemeCookie);
        return Back(back);
    }

    private static void Keep(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(
            name,
            value,
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = Kept,
            }
        );

    /// <summary>Only to a path of this site.</summary>
    private static RedirectHttpResult Back(string? path) => TypedResults.LocalRedirect(LocalPath.OrHome(path));

    /// <summary>Numbers and dates read the same in both languages: ISO dates, a point, commas between thousands.</summary>
    private static CultureInfo Neutral(string name)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.NumberFormat = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        culture.DateTimeFormat.ShortDatePattern = "yyyy-MM-dd";
        culture.DateTimeFormat.ShortTimePattern = "HH:mm";
        culture.DateTimeFormat.LongTimePattern = "HH:mm:ss";
        return culture;
    }
}
