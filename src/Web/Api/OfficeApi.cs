using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>The HTTP API: what the pages can do, for programs. Every endpoint asks for a seat and a permission.</summary>
public static class OfficeApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").RequireAuthorization(Permission.Patches);
        api.MapGet("/patches/{id:guid}/map", GetMap)
            .WithName("patch-map")
            .WithSummary("The ground around a patch: layers, parcels, pieces behind the numbers");
    }

    private static Task<PatchMap> GetMap(Guid id, PatchMaps maps, HttpContext context, CancellationToken stop) =>
        maps.GetAsync(id, Sight.Of(context.User), stop);
}
