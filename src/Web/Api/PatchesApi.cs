using System.ComponentModel;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Web.Pages.Determination;
using Weipian.Web.Reading;
using Weipian.Web.Serving;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Patches, their comparison, their map and their evidence, as far as the seat sees them.</summary>
public static class PatchesApi
{
    /// <summary>A patch in a list.</summary>
    public sealed record PatchAnswer(
        Guid Id,
        string Number,
        string Kind,
        DateOnly? Before,
        DateOnly? After,
        double AreaSquareMetres,
        decimal AreaMu,
        string State,
        IReadOnlyList<string?> Units,
        IReadOnlyList<ParcelAnswer> Parcels
    );

    /// <summary>A parcel with its newest proposal and verdict.</summary>
    public sealed record ParcelAnswer(
        Guid Id,
        string Number,
        double AreaSquareMetres,
        double CultivatedSquareMetres,
        double PermanentFarmlandSquareMetres,
        string State,
        string? Proposed,
        Guid? DeterminationId,
        string? Code,
        string? BasisZh,
        string Stage,
        string? DecidedBy,
        DateTime? DecidedAt,
        string? ConfirmedBy,
        string? ReasonCode
    );

    /// <summary>A page of patches; <c>Next</c> is the number to continue after, or null at the end.</summary>
    public sealed record PatchesAnswer(string Programme, int Total, IReadOnlyList<PatchAnswer> Patches, string? Next);

    /// <summary>One area of the newest comparison.</summary>
    public sealed record AreaAnswer(
        string Role,
        string LayerVersion,
        long Feature,
        string Code,
        string? Name,
        double AreaSquareMetres,
        decimal AreaMu
    );

    /// <summary>The newest comparison of a patch. <c>Absent</c> are roles without any layer: no data, not zero.</summary>
    public sealed record ComparisonAnswer(
        Guid Patch,
        string Number,
        double AreaSquareMetres,
        Guid? Run,
        DateTime? RanAt,
        string? Convention,
        IReadOnlyList<AreaAnswer> Areas,
        IReadOnlyList<string> Absent
    );

    public static void Map(IEndpointRouteBuilder api)
    {
        var patches = api.MapGroup("/patches").RequireAuthorization(Permission.Patches).WithTags("patches");
        patches.MapGet("", ListAsync).WithName("patches").WithSummary("Patches of a programme that the seat sees, by number");
        patches.MapGet("/{id:guid}", OneAsync).WithName("patch").WithSummary("One patch with its parcels");
        patches.MapGet("/{id:guid}/comparison", ComparisonAsync).WithName("patch-comparison").WithSummary("The newest desk comparison");
        patches
            .MapGet(
                "/{id:guid}/map",
                (Guid id, PatchMaps maps, ClaimsPrincipal who, CancellationToken stop) => maps.GetAsync(id, Sight.Of(who), stop)
            )
            .WithName("patch-map")
            .WithSummary("The ground around a patch: layers, parcels, neighbours and the pieces behind the numbers; degrees, EPSG:4490");
        patches
            .MapGet("/{id:guid}/evidence/{evidence:guid}", EvidenceAsync)
            .WithName("patch-evidence")
            .WithSummary("A file of the evidence");
        patches
            .MapGet("/{id:guid}/papers/{paper:guid}", PaperAsync)
            .WithName("patch-paper")
            .WithSummary("A paper that is on file for the patch");
    }

    private static async Task<PatchesAnswer> ListAsync(
        ProgrammeRows rows,
        PartySearch parties,
        OfficeBooks books,
        ClaimsPrincipal who,
        [Description("Programme id, e.g. 2018-annual")] string programme,
        [Description("judge, confirm, doubtful, returned or all")] string? queue = null,
        [Description("not-verified, legal, illegal, other, false-change or doubtful")] string? state = null,
        [Description("Responsible unit id, or none")] string? unit = null,
        [Description("Part of the number, of a village, unit or party, or a verdict code")] string? find = null,
        [Description("Continue after this number")] string? after = null,
        [Description("Rows of the answer, at most 1000")] int limit = 200,
        CancellationToken stop = default
    )
    {
        var all = WorkbenchQueues.Filter(
            await rows.SeenAsync(programme, Sight.Of(who), stop),
            queue ?? "all",
            state,
            unit,
            find,
            who.Login(),
            await parties.PatchesAsync(programme, find, stop),
            books.UnitName
        );
        var from = after is null ? all : [.. all.Where(r => string.CompareOrdinal(r.Number, after) > 0)];
        var size = Math.Clamp(limit, 1, Limits.PageRowsMax);
        var page = from.Take(size).ToList();
        return new PatchesAnswer(programme, all.Count, [.. page.Select(Answer)], from.Count > size ? page[^1].Number : null);
    }

    private static async Task<PatchAnswer> OneAsync(Guid id, ProgrammeRows rows, ClaimsPrincipal who, CancellationToken stop) =>
        Answer((await rows.SeenAsync(id, Sight.Of(who), stop)).Row);

    private static async Task<ComparisonAnswer> ComparisonAsync(
        Guid id,
        ProgrammeRows rows,
        PatchDossiers dossiers,
        ClaimsPrincipal who,
        CancellationToken stop
    )
    {
        var (_, row) = await rows.SeenAsync(id, Sight.Of(who), stop);
        var sheet = (await dossiers.GetAsync(id, stop)).Comparison;
        var areas =
            from role in sheet?.Roles ?? []
            from found in role.Classes
            from piece in found.Pieces
            select new AreaAnswer(
                role.Role,
                piece.LayerVersion,
                piece.Feature,
                found.Code,
                PatchDossiers.NameOf(role.Role, found),
                piece.AreaSquareMetres,
                new SquareMetres(piece.AreaSquareMetres).ToMu().Value
            );
        return new ComparisonAnswer(
            id,
            row.Number,
            row.AreaSquareMetres,
            sheet?.RunId,
            sheet?.RanAt,
            sheet?.Convention,
            [.. areas],
            sheet?.Absent ?? Flow.Intake.LayerRole.All
        );
    }

    private static Task<IResult> EvidenceAsync(Guid id, Guid evidence, HttpContext context) =>
        FileAsync(
            context,
            id,
            evidence,
            db => db.Evidence.Where(e => e.Id == evidence && e.PatchId == id).Select(e => new Held(e.Sha256, e.ContentType, e.FileName))
        );

    private static Task<IResult> PaperAsync(Guid id, Guid paper, HttpContext context) =>
        FileAsync(
            context,
            id,
            paper,
            db =>
                db.AttachedDocuments.Where(d => d.Id == paper && d.PatchId == id).Select(d => new Held(d.Sha256, d.ContentType, d.FileName))
        );

    /// <summary>A file of a patch that the seat sees.</summary>
    private static async Task<IResult> FileAsync(HttpContext context, Guid patch, Guid asked, Func<StoreContext, IQueryable<Held>> find)
    {
        var stop = context.RequestAborted;
        await context.RequestServices.GetRequiredService<ProgrammeRows>().SeenAsync(patch, Sight.Of(context.User), stop);
        await using var db = context.RequestServices.GetRequiredService<OfficeBooks>().Read();
        var file = await find(db).SingleOrDefaultAsync(stop) ?? throw Problem.Web.NoSuchPatch(asked.ToString());
        return await FileAnswer.OfAsync(context, asked, file.Sha256, file.ContentType, file.Name);
    }

    private sealed record Held(string Sha256, string ContentType, string Name);

    private static PatchAnswer Answer(PatchRow row) =>
        new(
            row.Id,
            row.Number,
            row.Kind,
            row.Before,
            row.After,
            row.AreaSquareMetres,
            new SquareMetres(row.AreaSquareMetres).ToMu().Value,
            row.State,
            row.Units,
            [.. row.Parcels.Select(Answer)]
        );

    private static ParcelAnswer Answer(ParcelRow parcel) =>
        new(
            parcel.Id,
            parcel.Number,
            parcel.AreaSquareMetres,
            parcel.CultivatedSquareMetres,
            parcel.PermanentFarmlandSquareMetres,
            parcel.State,
            parcel.Proposed,
            parcel.DeterminationId,
            parcel.Code,
            parcel.BasisZh,
            parcel.Stage.ToString().ToLowerInvariant(),
            parcel.DecidedBy,
            parcel.DecidedAt,
            parcel.ConfirmedBy,
            parcel.ReasonCode
        );
}
