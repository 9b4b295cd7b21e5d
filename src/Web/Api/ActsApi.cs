using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weipian.Flow.Store;
using Weipian.Web.Acts;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>One endpoint for each act: <c>POST /api/acts/open-case-file</c> with its request as JSON and an idempotency key.</summary>
public static class ActsApi
{
    /// <summary>Names as in the records, without regard to case; an unknown or missing member is refused.</summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
        };

    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var door in ActDoors.All)
            api.MapPost($"/acts/{door.Name}", (HttpContext http, ActHall hall, Idempotency keys) => DoAsync(door, http, hall, keys))
                .RequireAuthorization(policy => policy.RequireAssertion(asked => Allows(door.Name, asked.User)))
                .Accepts(door.Request, "application/json")
                .WithName("act-" + door.Name)
                .WithTags("acts")
                .WithSummary(door.Name);
    }

    /// <summary>The request of a door from JSON.</summary>
    /// <exception cref="Problem"><c>web.bad-request</c>, <c>web.text-too-long</c>, <c>web.hidden-character</c></exception>
    public static object Read(ActDoor door, JsonNode? body)
    {
        PlainText.Require(body);
        if (body is not JsonObject given)
            throw Problem.Web.BadRequest("{ … }");
        if (door.Missing(given) is { } missing)
            throw Problem.Web.BadRequest($"{missing} = null");
        try
        {
            return body.Deserialize(door.Request, Json) ?? throw Problem.Web.BadRequest("null");
        }
        catch (JsonException fault)
        {
            throw Problem.Web.BadRequest($"{fault.Path}: {fault.Message}");
        }
    }

    private static bool Allows(string act, ClaimsPrincipal who) => who.IsSignedIn() && !who.IsHeld() && ActMatrix.Allows(act, who.Role());

    /// <summary>Does the act that a request asks for in its body, once for each idempotency key.</summary>
    /// <exception cref="Problem"><c>web.bad-request</c>, what the act refuses</exception>
    internal static async Task<IResult> DoAsync(ActDoor door, HttpContext http, ActHall hall, Idempotency keys)
    {
        var stop = http.RequestAborted;
        JsonNode? body;
        try
        {
            body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: stop);
        }
        catch (JsonException fault)
        {
            throw Problem.Web.BadRequest(fault.Message);
        }
        var request = Read(door, body);
        var answer = await keys.OnceAsync(
            http.User.Login(),
            http.Request.Headers["Idempotency-Key"],
            $"{door.Name} {body?.ToJsonString()}",
            async () => new Answered(await door.DoAsync(hall, http.User.Actor(), request, stop))
        );
        return TypedResults.Json(answer.Value, Json);
    }

    private sealed record Answered(object? Value);
}
