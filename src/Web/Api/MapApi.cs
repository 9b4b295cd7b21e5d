using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using Weipian.Geo;
using Weipian.Law;
using Weipian.Web.Reading;
using Weipian.Web.SignIn;
using Weipian.Web.Texts;
using Weipian.Web.Tiles;

namespace Weipian.Web.Api;

/// <summary>The map: what a seat sees of a programme, tiles, places and measures. It reads and never writes.</summary>
public static class MapApi
{
    /// <summary>Patches by state, and west, south, east, north of what the seat sees; <c>Box</c> is null when it sees none.</summary>
    public sealed record MapOverviewAnswer(string Programme, IReadOnlyDictionary<string, int> Counts, double[]? Box);

    /// <summary>A place that was written down: degrees CGCS2000, and how it was understood.</summary>
    public sealed record PlaceAnswer(double Longitude, double Latitude, string System, bool ZoneAssumed);

    /// <summary>What was drawn: <c>Metres</c> of a line or of the whole outline; areas are null for a line.</summary>
    public sealed record MeasureAnswer(double Metres, double? AreaSquareMetres, decimal? AreaMu, decimal? AreaHectares);

    /// <summary>Parts into which a line would divide a parcel: their 亩 add up to that of the parcel.</summary>
    public sealed record SplitAnswer(decimal WholeMu, IReadOnlyList<SplitPartAnswer> Parts);

    /// <summary>One part.</summary>
    public sealed record SplitPartAnswer(double AreaSquareMetres, decimal AreaMu);

    public static void Map(IEndpointRouteBuilder api)
    {
        var map = api.MapGroup("").RequireAuthorization(Permission.Patches).WithTags("map");
        map.MapGet("/programmes/{programme}/map", OverviewAsync)
            .WithName("programme-map")
            .WithSummary("Counts by state and box of a programme");
        map.MapGet("/map/style", (OfficeBooks books) => MapStyles.On(books.Today))
            .WithName("map-style")
            .WithSummary("How the map is drawn");
        map.MapGet("/map/place", Place).WithName("map-place").WithSummary("A place that was written down, in degrees");
        map.MapGet("/map/measure", Measure).WithName("map-measure").WithSummary("Length of a line or statutory area of an outline");
        map.MapGet("/patches/{patch:guid}/parcels/{parcel:guid}/split", SplitAsync)
            .WithName("split-preview")
            .WithSummary("Areas of the parts into which a line would divide a parcel; nothing is written");
    }

    /// <summary>Tiles lie beside the API, so that an address of one is an address of a tile.</summary>
    public static void MapTiles(IEndpointRouteBuilder app)
    {
        app.MapGet("/tiles/patches/{programme}/{level}/{column}/{row}.mvt", PatchTileAsync)
            .RequireAuthorization(Permission.Patches)
            .WithTags("map")
            .WithName("patch-tile")
            .WithSummary("Patches of a programme that the seat sees: a vector tile of the grid of EPSG:4490");
        var tiles = app.MapGroup("/tiles").RequireAuthorization(Permission.Layers).WithTags("map");
        tiles
            .MapGet("/layers/{version}/{level}/{column}/{row}.mvt", LayerTileAsync)
            .WithName("layer-tile")
            .WithSummary("A reference layer: a vector tile of the grid of EPSG:4490");
        tiles
            .MapGet("/images/{image}/{level}/{column}/{row}", ImageTileAsync)
            .WithName("image-tile")
            .WithSummary("An image of the catalogue: a picture of 256 × 256 in degrees, EPSG:4490");
        tiles
            .MapGet("/bases/{map}/{level}/{column}/{row}", BaseTileAsync)
            .WithName("base-tile")
            .WithSummary("A configured base map, asked for by the server");
    }

    private static async Task<MapOverviewAnswer> OverviewAsync(
        string programme,
        PatchTiles tiles,
        ClaimsPrincipal who,
        CancellationToken stop
    )
    {
        var (counts, box) = await tiles.OverviewAsync(programme, Sight.Of(who), stop);
        return new(programme, counts, box is { } b ? [b.MinX, b.MinY, b.MaxX, b.MaxY] : null);
    }

    private static PlaceAnswer Place(
        [Description("As a person wrote it: degrees, or Gauss–Krüger metres")] string text,
        [Description("Longitude of the middle of the map: the belt where no zone number stands")] double near = 117
    )
    {
        var found = PlaceText.Read(text, near);
        return new(found.Longitude, found.Latitude, Say.Either(found.System.NameZh, found.System.Name), found.IsZoneAssumed);
    }

    private static MeasureAnswer Measure(
        [Description("longitude,latitude,longitude,latitude …")] string corners,
        [Description("An outline instead of a line")] bool area = false
    )
    {
        var pairs = Pairs(corners, area ? 3 : 2);
        var metres = GroundMeasure.LengthMetres(pairs, closed: area);
        if (!area)
            return new(metres, null, null, null);
        var found = new SquareMetres(GroundMeasure.AreaSquareMetres(pairs));
        return new(metres, found.Value, found.ToMu().Value, found.ToHectare().Value);
    }

    private static async Task<SplitAnswer> SplitAsync(
        Guid patch,
        Guid parcel,
        [Description("longitude,latitude,longitude,latitude …")] string line,
        SplitDesk desk,
        ClaimsPrincipal who,
        CancellationToken stop
    )
    {
        var found = await desk.PreviewAsync(patch, parcel, Pairs(line, 2), Sight.Of(who), stop);
        return new(found.Whole.Value, [.. found.AreaSquareMetres.Zip(found.Mu, (area, mu) => new SplitPartAnswer(area, mu.Value))]);
    }

    private static double[] Pairs(string text, int cornersMin)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length > 2 * GroundMeasure.CornersMax)
            throw Problem.Map.TooManyCorners(parts.Length / 2, GroundMeasure.CornersMax);
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (
                !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !(Math.Abs(numbers[i]) <= (i % 2 == 0 ? 180 : 89))
            )
                throw Problem.Web.BadRequest("corners");
        return numbers.Length % 2 == 0 && numbers.Length / 2 >= cornersMin ? numbers : throw Problem.Web.BadRequest("corners");
    }

    private static async Task<IResult> PatchTileAsync(
        string programme,
        int level,
        int column,
        int row,
        PatchTiles tiles,
        HttpContext context,
        CancellationToken stop
    ) =>
        // Asked for again each time, because a verdict may have changed it; what did not change is not sent again.
        Send(
            context,
            await tiles.TileAsync(programme, TileAnswer.At(level, column, row), Sight.Of(context.User), stop),
            "private, no-cache"
        );

    private static async Task<IResult> LayerTileAsync(
        string version,
        int level,
        int column,
        int row,
        LayerTiles tiles,
        HttpContext context,
        CancellationToken stop
    ) => Send(context, await tiles.TileAsync(version, TileAnswer.At(level, column, row), stop), Lasting);

    private static async Task<IResult> ImageTileAsync(
        string image,
        int level,
        int column,
        int row,
        ImageShelf shelf,
        HttpContext context,
        CancellationToken stop
    ) => Send(context, await shelf.TileAsync(image, TileAnswer.At(level, column, row), stop), Lasting);

    private static async Task<IResult> BaseTileAsync(
        string map,
        int level,
        int column,
        int row,
        BaseMaps bases,
        HttpContext context,
        CancellationToken stop
    ) => Send(context, await bases.TileAsync(map, level, column, row, stop), Lasting);

    /// <summary>Layers and images are immutable; who may see them can change within the hour.</summary>
    private const string Lasting = "private, max-age=3600";

    private static IResult Send(HttpContext context, TileAnswer tile, string kept)
    {
        context.Response.Headers.CacheControl = kept;
        return TypedResults.Bytes(tile.Bytes, tile.ContentType, entityTag: new($"\"{tile.Tag}\""));
    }
}
