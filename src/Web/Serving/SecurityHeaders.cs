namespace Weipian.Web.Serving;

/// <summary>Headers on every answer: no foreign host, no inline script, no framing, no guessing of types.</summary>
public static class SecurityHeaders
{
    /// <summary>
    /// Styles may be inline because MudBlazor writes its theme into a style element and positions popovers by attributes; scripts may not.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; script-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "worker-src 'self'; manifest-src 'self'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                Write(context.Response.Headers);
                context.Response.OnStarting(KeepNothing, context);
                return next(context);
            }
        );

    private static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>What a seat reads is kept by no browser, but where an answer says otherwise of itself.</summary>
    private static Task KeepNothing(object state)
    {
        var context = (HttpContext)state;
        // An answer to what was thrown begins anew, without what stood in its headers.
        if (context.Response.Headers.ContentSecurityPolicy.Count == 0)
            Write(context.Response.Headers);
        if (context.User.Identity?.IsAuthenticated == true && context.Response.Headers.CacheControl.Count == 0)
            context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
