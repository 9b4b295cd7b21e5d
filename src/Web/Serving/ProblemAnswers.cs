using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Weipian.Web.Texts;

namespace Weipian.Web.Serving;

/// <summary>
/// A refusal as an answer: problem+json (RFC 9457) with its stable code for programs, a page with its sentence for people.
/// </summary>
public sealed class ProblemAnswers(ILogger<ProblemAnswers> log) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is Problem problem)
        {
            await WriteAsync(httpContext, problem);
            return true;
        }
        if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            await WriteAsync(httpContext, Problem.Web.RequestTooLarge(Limits.RequestBytesMax));
            return true;
        }
        if (exception is BadHttpRequestException bad)
        {
            await WriteAsync(httpContext, Problem.Web.BadRequest(bad.Message));
            return true;
        }
        log.LogError(exception, "Request {Method} {Path} failed", httpContext.Request.Method, httpContext.Request.Path);
        await WriteAsync(httpContext, Problem.Web.OurFault(httpContext.TraceIdentifier));
        return true;
    }

    /// <summary>Writes the refusal with its status, in the language of the request; both sentences are in the answer.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        // What is thrown is answered outside the part of the request that has its language.
        if (context.Features.Get<IRequestCultureFeature>() is { } asked)
            CultureInfo.CurrentUICulture = asked.RequestCulture.UICulture;
        if (!OfficeServer.AnswersJson(context.Request) || OfficeServer.IsFollowed(context.Request))
        {
            await WritePageAsync(context, problem.In(CultureInfo.CurrentUICulture), problem.Code);
            return;
        }
        var details = new ProblemDetails
        {
            Type = $"urn:weipian:problem:{problem.Code}",
            Title = problem.In(CultureInfo.CurrentUICulture),
            Status = problem.Status,
            Instance = context.Request.Path,
            Extensions =
            {
                ["code"] = problem.Code,
                ["zh"] = problem.Chinese,
                ["en"] = problem.English,
            },
        };
        await context.Response.WriteAsJsonAsync(details, (System.Text.Json.JsonSerializerOptions?)null, "application/problem+json");
    }

    /// <summary>Answers a form that came to nothing, by its status: a page of the shell is for readers, who only ask.</summary>
    public static Task WriteStatusAsync(StatusCodeContext status)
    {
        var code = status.HttpContext.Response.StatusCode;
        var key = Say.Has($"refused.{code}.what") ? $"refused.{code}" : "refused.other";
        return WritePageAsync(
            status.HttpContext,
            $"{Say.T(key)} — {Say.T(key + ".what")} {Say.T(key + ".do")}",
            code.ToString(CultureInfo.InvariantCulture)
        );
    }

    /// <summary>A page without the shell: whatever failed may be what the shell needs.</summary>
    private static Task WritePageAsync(HttpContext context, string sentence, string code)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html><html lang="{CultureInfo.CurrentUICulture.Name}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>{context.Response.StatusCode} · Weipian</title>
            <link rel="stylesheet" href="/weipian.css"></head><body><main class="page">
            <div class="notice refusal"><p>{WebUtility.HtmlEncode(sentence)}</p><code>{code}</code></div>
            <p><a href="/">{WebUtility.HtmlEncode(Say.T("refused.home"))}</a></p></main></body></html>
            """
        );
    }
}
