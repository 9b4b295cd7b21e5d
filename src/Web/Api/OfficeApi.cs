namespace Weipian.Web.Api;

/// <summary>The HTTP API: what the pages can do, for programs. Every endpoint asks for a seat and a permission.</summary>
/// <remarks>
/// Areas are square metres, unrounded, with two decimals of 亩 beside them where people will read them; days are ISO days, instants UTC.
/// Refusals are problem+json with a stable code. A writing request carries a reason and the header <c>Idempotency-Key</c>.
/// </remarks>
public static class OfficeApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api");
        ProgrammesApi.Map(api);
        PatchesApi.Map(api);
        ImagesApi.Map(api);
        MapApi.Map(api);
        VerdictsApi.Map(api);
        LocksApi.Map(api);
        RecordsApi.Map(api);
        JournalApi.Map(api);
        HoldsApi.Map(api);
        RectificationApi.Map(api);
        ActsApi.Map(api);
        VisitsApi.Map(api);
        DocumentsApi.Map(api);
        ReportsApi.Map(api);
        WhatIfApi.Map(api);
    }
}
