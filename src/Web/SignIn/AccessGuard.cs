using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Weipian.Web.Serving;

namespace Weipian.Web.SignIn;

/// <summary>Asks the matrix before a page or an endpoint answers: what stands in no line answers nobody.</summary>
/// <remarks>Pages and endpoints say their permission themselves as well; both have to agree, and a test says so. Files of the pages and the
/// wire of the pages (<c>/_blazor</c>) hold no data of their own: the first are open, the second asks for a seat.</remarks>
public static class AccessGuard
{
    /// <summary>Addresses of the framework that carry pages and know nothing of what is in them; the last answers for files that are not
    /// there.</summary>
    private static readonly string[] Wires = ["/_blazor", "/_framework", "/{**path:file}"];

    public static void UseAccessMatrix(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (context.GetEndpoint() is not RouteEndpoint endpoint || IsFile(endpoint) || IsWire(PatternOf(endpoint)))
                    return next(context);
                var row = RowOf(endpoint, context.Request.Method);
                if (row is not null && AccessMatrix.Allows(row.Gate, context.User))
                    return next(context);
                if (OfficeServer.AnswersJson(context.Request))
                    return ProblemAnswers.WriteAsync(context, Problem.Web.NotAllowed(context.User.Role()));
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }
        );

    /// <summary>The line of an endpoint; <c>null</c> when none was declared.</summary>
    public static AccessRow? RowOf(RouteEndpoint endpoint, string method) =>
        endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? AccessMatrix.Find("page", PatternOf(endpoint))
            : AccessMatrix.Find("endpoint", $"{(HttpMethods.IsHead(method) ? "GET" : method)} {PatternOf(endpoint)}");

    /// <summary>The address of an endpoint as it was declared.</summary>
    public static string PatternOf(RouteEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var pattern = "/" + (endpoint.RoutePattern.RawText ?? "").Trim('/');
        return pattern.Replace("//", "/", StringComparison.Ordinal);
    }

    /// <summary>A static file: open to all, and without data.</summary>
    public static bool IsFile(RouteEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
    }

    /// <summary>Whether an address belongs to the framework that carries the pages.</summary>
    public static bool IsWire(string pattern) => Wires.Any(w => pattern.StartsWith(w, StringComparison.Ordinal));
}
