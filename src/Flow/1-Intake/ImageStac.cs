using System.Globalization;
using System.Text.Json.Nodes;
using Weipian.Imagery;

namespace Weipian.Flow.Intake;

/// <summary>An image of the catalogue as an item of the SpatioTemporal Asset Catalog (STAC 1.0.0), to be passed on. Pure.</summary>
/// <remarks>
/// With the extensions for projection 1.1, electro-optical bands 1.1 and files 2.1. The hour of acquisition is not known: the item says the
/// day from its first to its last second in China's time. Its degrees are those of CGCS2000, which STAC takes for WGS 84; they differ by
/// less than a pixel.
/// </remarks>
public static class ImageStac
{
    private static readonly TimeSpan ChinaFromUtc = TimeSpan.FromHours(8);

    private static readonly string[] Extensions =
    [
        "https://stac-extensions.github.io/projection/v1.1.0/schema.json",
        "https://stac-extensions.github.io/eo/v1.1.0/schema.json",
        "https://stac-extensions.github.io/file/v2.1.0/schema.json",
    ];

    /// <summary>Several items as one collection of features.</summary>
    public static JsonObject Items(IEnumerable<Image> images) =>
        new() { ["type"] = "FeatureCollection", ["features"] = new JsonArray([.. images.Select(Item)]) };

    public static JsonObject Item(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var sheet = image.Sheet();
        return new()
        {
            ["type"] = "Feature",
            ["stac_version"] = "1.0.0",
            ["stac_extensions"] = new JsonArray([.. Extensions.Select(e => JsonValue.Create(e))]),
            ["id"] = image.Id,
            ["bbox"] = Numbers([image.West, image.South, image.East, image.North]),
            ["geometry"] = new JsonObject
            {
                ["type"] = "Polygon",
                ["coordinates"] = new JsonArray(new JsonArray([.. sheet.Footprint.Select(Numbers)])),
            },
            ["properties"] = Properties(image, sheet),
            ["links"] = new JsonArray(),
            ["assets"] = new JsonObject { ["image"] = Asset(image, sheet) },
        };
    }

    private static JsonObject Properties(Image image, ImageSheet sheet)
    {
        var properties = new JsonObject
        {
            ["datetime"] = null,
            ["start_datetime"] = Moment(sheet.Datetime.ToDateTime(TimeOnly.MinValue)),
            ["end_datetime"] = Moment(sheet.Datetime.ToDateTime(new(23, 59, 59))),
            ["created"] = image.AddedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["gsd"] = sheet.ResolutionMetres,
            ["proj:epsg"] = sheet.CrsEpsg > 0 ? sheet.CrsEpsg : null,
            ["proj:shape"] = new JsonArray(sheet.Height, sheet.Width),
        };
        if (sheet.Platform is not null)
            properties["platform"] = sheet.Platform;
        if (sheet.Instruments is { Count: > 0 } instruments)
            properties["instruments"] = new JsonArray([.. instruments.Select(i => JsonValue.Create(i))]);
        return properties;
    }

    private static JsonObject Asset(Image image, ImageSheet sheet)
    {
        var asset = new JsonObject
        {
            ["href"] = image.FileName,
            ["type"] = "image/tiff; application=geotiff",
            ["roles"] = new JsonArray("data"),
            ["file:size"] = sheet.Bytes,
            // A multihash: the number of SHA-256, its length, the hash.
            ["file:checksum"] = "1220" + image.Id,
        };
        if (sheet.BandNames is { } names)
            asset["eo:bands"] = new JsonArray([.. names.Select((name, i) => Band(name, i, BandRoles.Of(names)))]);
        return asset;
    }

    private static JsonObject Band(string? name, int index, BandRoles roles)
    {
        var band = new JsonObject { ["name"] = name ?? (index + 1).ToString(CultureInfo.InvariantCulture) };
        var common =
            index == roles.Red ? "red"
            : index == roles.Green ? "green"
            : index == roles.Blue ? "blue"
            : index == roles.NearInfrared ? "nir"
            : null;
        if (common is not null)
            band["common_name"] = common;
        return band;
    }

    private static JsonArray Numbers(double[] values) => new([.. values.Select(v => JsonValue.Create(v))]);

    private static string Moment(DateTime china) => (china - ChinaFromUtc).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
