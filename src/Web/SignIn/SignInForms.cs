using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Weipian.Web.Serving;

namespace Weipian.Web.SignIn;

/// <summary>Opening and ending a session, and changing one's own password: plain forms with an antiforgery token.</summary>
public static class SignInForms
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/session", Enter).AllowAnonymous().RequireRateLimiting(OfficeServer.SignInLimit).ExcludeFromDescription();
        app.MapPost("/session/code", EnterCode).AllowAnonymous().RequireRateLimiting(OfficeServer.SignInLimit).ExcludeFromDescription();
        app.MapPost("/session/end", (Delegate)Leave).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/password/change", ChangePassword)
            .RequireAuthorization(Permission.SignedIn)
            .RequireRateLimiting(OfficeServer.SignInLimit)
            .ExcludeFromDescription();
    }

    /// <summary>A seat that has to change its one-time password reaches nothing else.</summary>
    public static void UseOneTimePassword(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var asksForPage = HttpMethods.IsGet(context.Request.Method) && !OfficeServer.AnswersJson(context.Request);
                var isFile = context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null;
                if (
                    !asksForPage
                    || isFile
                    || !context.User.IsHeld()
                    || context.Request.Path.StartsWithSegments(PlaceOf(context.User), StringComparison.Ordinal)
                )
                    return next(context);
                context.Response.Redirect(PlaceOf(context.User));
                return Task.CompletedTask;
            }
        );

    /// <summary>Where a seat that is held does what it has to do first.</summary>
    private static PathString PlaceOf(System.Security.Claims.ClaimsPrincipal who) => who.MustChange() ? "/password" : "/sessions";

    private static async Task<IResult> Enter(
        HttpContext context,
        SeatDoor door,
        SignInAttempts attempts,
        HalfSignIn halves,
        [FromForm] string? login,
        [FromForm] string? password,
        [FromForm] string? back
    )
    {
        var name = (login ?? "").Trim();
        var rest = attempts.Rest(name, context.Connection.RemoteIpAddress);
        if (rest > TimeSpan.Zero)
            return Again("rests", name, back, (int)Math.Ceiling(rest.TotalMinutes));
        var seat = await door.ProveAsync(name, password ?? "", context.RequestAborted);
        if (seat is null)
        {
            await attempts.FailedAsync(name, context.Connection.RemoteIpAddress, context.RequestAborted);
            return Again("wrong", name, back, minutes: null);
        }
        if (await door.HasFactorAsync(seat.Login, context.RequestAborted))
            return TypedResults.LocalRedirect("/sign-in/code" + QueryString.Create("half", halves.Make(seat, back)));
        await attempts.SucceededAsync(name, context.RequestAborted);
        await context.SignInAsync(SeatClaims.Scheme, await door.OpenAsync(seat, code: null, "password", context));
        return TypedResults.LocalRedirect(seat.MustChange ? "/password" : LocalPath.OrHome(back));
    }

    /// <summary>The second half: the code of the phone, or a recovery code. A wrong one counts as a wrong password.</summary>
    private static async Task<IResult> EnterCode(
        HttpContext context,
        SeatDoor door,
        SignInAttempts attempts,
        HalfSignIn halves,
        [FromForm] string? half,
        [FromForm] string? code
    )
    {
        if (halves.Read(half) is not { } first || await door.FindAsync(first.Login, context.RequestAborted) is not { } seat)
            return Again("half", "", back: null, minutes: null);
        if (SeatClaims.StampOf(seat) != first.Stamp)
            return Again("changed", seat.Login, first.Back, minutes: null);
        var rest = attempts.Rest(seat.Login, context.Connection.RemoteIpAddress);
        if (rest > TimeSpan.Zero)
            return Again("rests", seat.Login, first.Back, (int)Math.Ceiling(rest.TotalMinutes));
        try
        {
            var who = await door.OpenAsync(seat, code ?? "", "password", context);
            await attempts.SucceededAsync(seat.Login, context.RequestAborted);
            await context.SignInAsync(SeatClaims.Scheme, who);
            return TypedResults.LocalRedirect(seat.MustChange ? "/password" : LocalPath.OrHome(first.Back));
        }
        catch (Problem wrong) when (wrong.Code == "store.second-factor-wrong")
        {
            await attempts.FailedAsync(seat.Login, context.Connection.RemoteIpAddress, context.RequestAborted);
            return TypedResults.LocalRedirect("/sign-in/code" + QueryString.Create("half", half!).Add("why", "wrong"));
        }
    }

    /// <summary>Takes no field, so that nothing else asks for the token: another site must not sign anybody out.</summary>
    private static async Task<IResult> Leave(HttpContext context, SeatDoor door, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        await door.EndAsync(context.User, context.RequestAborted);
        await context.SignOutAsync(SeatClaims.Scheme);
        return TypedResults.LocalRedirect("/sign-in?why=left");
    }

    private static async Task<IResult> ChangePassword(
        HttpContext context,
        SeatDoor door,
        [FromForm] string? old,
        [FromForm] string? chosen,
        [FromForm] string? again
    )
    {
        var why = await door.ChangePasswordAsync(context.User, old ?? "", chosen ?? "", again ?? "", context.RequestAborted);
        if (why is not null)
            return TypedResults.LocalRedirect($"/password?why={why}");
        var seat = await door.FindAsync(context.User.Login(), context.RequestAborted);
        var who = SeatClaims.PrincipalOf(seat!, context.User.Session(), context.User.OpenedAt(), context.User.MustEnrol());
        await context.SignInAsync(SeatClaims.Scheme, who);
        return TypedResults.LocalRedirect("/password?why=done");
    }

    private static IResult Again(string why, string login, string? back, int? minutes)
    {
        var query = new QueryString().Add("why", why).Add("login", login).Add("back", LocalPath.OrHome(back));
        if (minutes is { } left)
            query = query.Add("minutes", left.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return TypedResults.LocalRedirect("/sign-in" + query);
    }
}
