using Weipian.Web.Reading;

namespace Weipian.Web.Serving;

/// <summary>Whether this node can serve: for a load balancer, without telling a stranger anything else.</summary>
public static class Health
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/health", Handle).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Handle(OfficeBooks books, CancellationToken stop) =>
        await books.CanReadAsync(stop)
            ? TypedResults.Json(new { status = "ok" })
            : TypedResults.Json(new { status = "store-unreadable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
