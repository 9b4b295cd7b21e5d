using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Weipian.Flow.Intake;
using Weipian.Imagery;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;

namespace Weipian.Web.Api;

/// <summary>Images: the catalogue, which of them show a patch, and chips of a patch.</summary>
public static class ImagesApi
{
    /// <summary>An image of the catalogue.</summary>
    public sealed record ImageAnswer(string Id, string FileName, ImageSheet Sheet, DateTime AddedAt, string By);

    /// <summary>An image that shows a patch. <c>Slot</c> is before, after or null for the rest of the series.</summary>
    public sealed record PatchImageAnswer(string Id, DateOnly On, string? Sensor, double ResolutionMetres, string? Slot, string Chip);

    /// <summary>The images of a patch; <c>Box</c> is west, south, east, north of their chips in the plane <c>EPSG:Epsg</c>.</summary>
    public sealed record PatchImagesAnswer(Guid Patch, int Epsg, double[] Box, IReadOnlyList<PatchImageAnswer> Images);

    /// <summary>What a pair of images says of a change: never a verdict. <c>Score</c> is null where <c>Silence</c> says why.</summary>
    /// <param name="Measure">Names the way of measuring; another name, another number.</param>
    public sealed record ChangeAnswer(
        Guid Patch,
        string Measure,
        double? Score,
        string Silence,
        double ShiftMetres,
        double Inside,
        double Ring,
        double Edges,
        double Texture,
        double? Greenness,
        double CloudShare,
        double ShadowShare,
        double DataShare,
        SignsAnswer? Signs,
        ModelAnswer? Model
    );

    /// <summary>What each part says by itself, 0 to 1; their joint number is the score.</summary>
    public sealed record SignsAnswer(double Difference, double Structure, double? Greenness);

    /// <summary>What the model that is in use says; <c>Refused</c> is the code of why it says nothing.</summary>
    public sealed record ModelAnswer(string? Name, string? Sha256, double? Score, string? Refused);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/images", ListAsync)
            .RequireAuthorization(Permission.Layers)
            .WithTags("images")
            .WithName("images")
            .WithSummary("Every image of the installation, in the names of a STAC item");
        api.MapGet("/images/stac", StacOfAllAsync)
            .RequireAuthorization(Permission.Layers)
            .WithTags("images")
            .WithName("images-stac")
            .WithSummary("Every image as a collection of STAC items");
        api.MapGet("/images/{id}/stac", StacAsync)
            .RequireAuthorization(Permission.Layers)
            .WithTags("images")
            .WithName("image-stac")
            .WithSummary("An image as a STAC item (1.0.0)");
        api.MapGet("/programmes/{programme}/change-reliability", ReliabilityAsync)
            .RequireAuthorization(Permission.Precedents)
            .WithTags("images")
            .WithName("change-reliability")
            .WithSummary("How well change support agreed with the confirmed verdicts of a programme");
        var patches = api.MapGroup("/patches/{id:guid}").RequireAuthorization(Permission.Patches).WithTags("images");
        patches
            .MapGet("/images", OfPatchAsync)
            .WithName("patch-images")
            .WithSummary("The images that hold a patch, and which are before and after");
        patches.MapGet("/change", ChangeAsync).WithName("patch-change").WithSummary("How much the pair of images speaks for a change");
    }

    /// <summary>Chips lie beside the API, so that an address of one is an address of a picture.</summary>
    public static void MapChips(IEndpointRouteBuilder app) =>
        app.MapGet("/chips/{patch:guid}/{which}.jpg", ChipAsync)
            .RequireAuthorization(Permission.Patches)
            .WithTags("images")
            .WithName("chip")
            .WithSummary("A chip of a patch: before, after, or an image by its id");

    private static async Task<IReadOnlyList<ImageAnswer>> ListAsync(ImageShelf shelf, CancellationToken stop) =>
        [.. (await shelf.AllAsync(stop)).Select(i => new ImageAnswer(i.Id, i.FileName, i.Sheet(), i.AddedAt, i.By))];

    private static async Task<PatchImagesAnswer> OfPatchAsync(Guid id, ImageShelf shelf, ClaimsPrincipal who, CancellationToken stop)
    {
        var pair = await shelf.OfAsync(id, Sight.Of(who), stop);
        var frame = ImageShelf.FrameOf(pair, ImageShelf.SizeMin);
        return new(
            id,
            frame.System.Epsg,
            [frame.Box.MinX, frame.Box.MinY, frame.Box.MaxX, frame.Box.MaxY],
            [
                .. pair.Series.Select(i => new PatchImageAnswer(
                    i.Id,
                    i.AcquiredOn,
                    i.Sensor,
                    i.ResolutionMetres,
                    i == pair.Before ? "before"
                        : i == pair.After ? "after"
                        : null,
                    $"/chips/{id}/{i.Id}.jpg"
                )),
            ]
        );
    }

    private static async Task<IResult> StacOfAllAsync(ImageShelf shelf, CancellationToken stop) =>
        Stac(ImageStac.Items(await shelf.AllAsync(stop)));

    private static async Task<IResult> StacAsync(string id, ImageShelf shelf, CancellationToken stop) =>
        Stac(ImageStac.Item(await shelf.FindAsync(id, stop)));

    private static IResult Stac(JsonObject item) => TypedResults.Text(item.ToJsonString(), "application/geo+json");

    private static Task<ReliabilityDesk.Sheet> ReliabilityAsync(
        string programme,
        ReliabilityDesk desk,
        ClaimsPrincipal who,
        CancellationToken stop
    ) => desk.OfAsync(programme, Sight.Of(who), null, stop);

    private static async Task<ChangeAnswer> ChangeAsync(Guid id, ChangeDesk desk, ClaimsPrincipal who, CancellationToken stop)
    {
        var all = await desk.OfAsync(id, Sight.Of(who), stop) ?? throw Problem.Images.NoImage("before, after");
        var found = all.Support;
        return new(
            id,
            ChangeSupport.Version,
            found.Score,
            ImageWords.Silence(found.Silence),
            found.ShiftMetres,
            found.Inside,
            found.Ring,
            found.Edges,
            found.Texture,
            found.Greenness,
            found.CloudShare,
            found.ShadowShare,
            found.DataShare,
            found.Signs is { } signs ? new(signs.Difference, signs.Structure, signs.Greenness) : null,
            all.Model is { } model ? new(model.Name, model.Sha256, model.Score, null)
                : all.Refused is { } refused ? new(null, null, null, refused.Code)
                : null
        );
    }

    private static async Task<IResult> ChipAsync(
        Guid patch,
        string which,
        ImageShelf shelf,
        HttpContext context,
        [Description("Pixels to a side, 64 to 1024")] int size = 512,
        [Description("Burn the outline and the day into the chip")] bool burnt = false,
        [Description("In degrees, EPSG:4490, instead of the plane of the 3-degree belt")] bool degrees = false,
        [Description("Answer 204 instead of a refusal where no image shows the patch: for lists")] bool quiet = false,
        CancellationToken stop = default
    )
    {
        if (quiet && !await shelf.HasAsync(patch, which, Sight.Of(context.User), stop))
            return TypedResults.NoContent();
        var (jpeg, tag) = await shelf.ChipAsync(patch, which, size, burnt, degrees, Sight.Of(context.User), stop);
        // Who may see a patch can change; what its chips show cannot.
        context.Response.Headers.CacheControl = "private, max-age=600";
        return TypedResults.Bytes(jpeg, "image/jpeg", entityTag: new($"\"{tag[..32]}\""));
    }
}
