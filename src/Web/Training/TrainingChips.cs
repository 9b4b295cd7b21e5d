using Weipian.Web.SignIn;

namespace Weipian.Web.Training;

/// <summary>Pictures of the training ground: of synthetic patches only, for every seat.</summary>
public static class TrainingChips
{
    private const int Size = 448;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/training/chips/{patch:guid}/{which}.jpg", ChipAsync)
            .RequireAuthorization(Permission.Home)
            .WithTags("training")
            .WithName("training-chip")
            .WithSummary("A chip of a patch of the training ground: before or after");

    private static async Task<IResult> ChipAsync(
        Guid patch,
        string which,
        TrainingGround ground,
        HttpContext context,
        CancellationToken stop
    )
    {
        // Nobody makes a ground by asking for a picture of it.
        if (!ground.IsReady)
            throw Problem.Images.NoImage(which);
        var opened = await ground.OpenAsync();
        var (jpeg, tag) = await opened.Images.ChipAsync(patch, which, Size, burnt: true, geographic: false, new Sight(true, null), stop);
        context.Response.Headers.CacheControl = "private, max-age=600";
        return TypedResults.Bytes(jpeg, "image/jpeg", entityTag: new($"\"{tag[..32]}\""));
    }
}
