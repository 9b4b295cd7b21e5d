using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Layers and the journal.</summary>
public static class RecordsApi
{
    /// <summary>A layer version.</summary>
    public sealed record LayerAnswer(
        string Id,
        string Role,
        DateOnly AsOf,
        string Name,
        string OriginalName,
        string OriginalSha256,
        string CodeStandard,
        long FeatureCount,
        long RefusedCount,
        string CrsStatementZh,
        string CrsStatementEn,
        bool Assumed,
        string? ReplacesId,
        DateTime AddedAt
    );

    /// <summary>Entries of the journal after a number, oldest first.</summary>
    public sealed record JournalAnswer(long Head, IReadOnlyList<JournalLine> Entries);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/layers", LayersAsync)
            .RequireAuthorization(Permission.Layers)
            .WithName("layers")
            .WithTags("records")
            .WithSummary("Versions of the reference layers");
        api.MapGet("/journal", JournalAsync)
            .RequireAuthorization(Permission.Journal)
            .WithName("journal")
            .WithTags("records")
            .WithSummary("Entries of the journal after a number, as far as the seat sees them");
    }

    private static async Task<IReadOnlyList<LayerAnswer>> LayersAsync(LayerShelf shelf, CancellationToken stop) =>
        [
            .. (await shelf.AllAsync(stop)).Select(l => new LayerAnswer(
                l.Id,
                l.Role,
                l.AsOf,
                l.Name,
                l.OriginalName,
                l.OriginalSha256,
                l.CodeStandard,
                l.FeatureCount,
                l.RefusedCount,
                l.CrsStatementZh,
                l.CrsStatementEn,
                l.Assumed,
                l.ReplacesId,
                l.AddedAt
            )),
        ];

    private static async Task<JournalAnswer> JournalAsync(
        OfficeBooks books,
        JournalDesk desk,
        ClaimsPrincipal who,
        long after = 0,
        int limit = 200,
        CancellationToken stop = default
    )
    {
        await using var db = books.Read();
        var entries = await desk.AfterAsync(after, Math.Clamp(limit, 1, Limits.PageRowsMax), who, stop);
        return new JournalAnswer(
            await db.Journal.MaxAsync(j => (long?)j.Seq, stop) ?? 0,
            [.. entries.Select(j => new JournalLine(j.Seq, j.At, j.Actor, j.Act, j.Subject, j.Reason, j.Hash))]
        );
    }
}
