using System.Globalization;
using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.Web.SignIn;
using Weipian.Web.Tiles;

namespace Weipian.Web.Reading;

/// <summary>What the programme map offers to a seat: patches, layers, images, base maps.</summary>
public sealed class MapDesk(
    OfficeBooks books,
    PatchTiles tiles,
    LayerShelf layers,
    LayerTiles layerTiles,
    ImageShelf images,
    BaseMaps bases
)
{
    private const double MetresPerDegree = 111_000;
    private const double MarginShare = 0.05;
    private const double MarginDegreesMin = 0.0005;

    /// <param name="LevelMin">First level of the grid at which it is drawn.</param>
    /// <param name="IsNewest">The newest of its role.</param>
    public sealed record MapLayerSwitch(LayerVersion Version, int LevelMin, bool IsNewest);

    /// <param name="LevelMax">Level of the grid at which its own pixels are reached.</param>
    public sealed record MapImageSwitch(Image Image, int LevelMax);

    /// <param name="Box">West, south, east, north to begin with; null when the seat sees no patch of the programme.</param>
    public sealed record MapOffer(
        string Programme,
        IReadOnlyDictionary<string, int> Counts,
        Extent? Box,
        IReadOnlyList<MapLayerSwitch> Layers,
        IReadOnlyList<MapImageSwitch> Images,
        IReadOnlyList<BaseMap> Bases
    );

    /// <param name="programme">Null for the first in which the seat sees a patch.</param>
    /// <param name="number">A patch to begin at.</param>
    /// <exception cref="Problem"><c>web.no-such-programme</c></exception>
    public async Task<MapOffer> OfferAsync(string? programme, string? number, Sight sight, CancellationToken stop = default)
    {
        var chosen = programme ?? await FirstAsync(sight, stop);
        var (counts, box) = await tiles.OverviewAsync(chosen, sight, stop);
        if (number is not null && await tiles.BoxAsync(chosen, number, sight, stop) is { } patch)
            box = Roomy(patch);
        return new(
            chosen,
            counts,
            box,
            await LayersAsync(stop),
            [.. (await images.AllAsync(stop)).Select(i => new MapImageSwitch(i, LevelOf(i.ResolutionMetres)))],
            bases.All
        );
    }

    /// <summary>Layers in the order of the legend, the newest of each role first.</summary>
    public async Task<IReadOnlyList<MapLayerSwitch>> LayersAsync(CancellationToken stop)
    {
        var newest = new HashSet<string>(StringComparer.Ordinal);
        var all = await layers.AllAsync(stop);
        return [.. all.Select(l => new MapLayerSwitch(l, layerTiles.LevelMin(l), newest.Add(l.Role))).OrderByDescending(l => l.IsNewest)];
    }

    /// <summary>A box as an attribute writes it.</summary>
    public static string Written(Extent box) =>
        string.Join(',', new[] { box.MinX, box.MinY, box.MaxX, box.MaxY }.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));

    private async Task<string> FirstAsync(Sight sight, CancellationToken stop)
    {
        foreach (var programme in books.Plan.Programmes)
            if ((await tiles.OverviewAsync(programme.Id, sight, stop)).Box is not null)
                return programme.Id;
        return books.Plan.Programmes[0].Id;
    }

    private static Extent Roomy(Extent patch)
    {
        var room = Math.Max(Math.Max(patch.MaxX - patch.MinX, patch.MaxY - patch.MinY) * MarginShare * 10, MarginDegreesMin);
        return new(patch.MinX - room, patch.MinY - room, patch.MaxX + room, patch.MaxY + room);
    }

    private static int LevelOf(double metres)
    {
        var level = Math.Ceiling(Math.Log2(360 * MetresPerDegree / (ImageShelf.TilePixels * metres)));
        return (int)Math.Clamp(level, TileAddress.LevelMin, TileAddress.LevelMax);
    }
}
