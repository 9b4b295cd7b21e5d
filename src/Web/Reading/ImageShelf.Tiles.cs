using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.Imagery;
using Weipian.Web.Tiles;

namespace Weipian.Web.Reading;

/// <content>Tiles of whole images, in degrees: for the map, where chips are for one patch.</content>
public sealed partial class ImageShelf
{
    /// <summary>Pixels to the side of a tile.</summary>
    public const int TilePixels = 256;

    private readonly ConcurrentDictionary<string, Image> named = new(StringComparer.Ordinal);

    /// <summary>A tile of an image: JPEG where the image fills it, PNG with a clear ground where it does not.</summary>
    /// <exception cref="Problem"><c>images.no-image</c></exception>
    public async Task<TileAnswer> TileAsync(string id, TileAddress at, CancellationToken stop)
    {
        var image = await ImageAsync(id, stop);
        var tag = TagOf(id, at);
        if (await chips.FindAsync(tag, stop) is { } kept)
            return TypeOf(kept);
        var bytes = await InTurnAsync(() => RenderTile(Open(image), at), stop);
        chips.Keep(tag, bytes);
        return TypeOf(bytes);
    }

    private static string TagOf(string image, TileAddress at) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"tile {image} {at.Level}/{at.Column}/{at.Row}"))
            )
        );

    /// <summary>A tile of an image that is already open, upright in degrees.</summary>
    internal static byte[] RenderTile(GeoTiff image, TileAddress at)
    {
        var chip = Chip.Render(image, new ChipFrame(CoordinateSystem.Cgcs2000, at.Box, TilePixels, TilePixels));
        return chip.Coverage >= 1 ? ChipPicture.Jpeg(chip) : ChipPicture.Png(chip, new ChipInk(HatchNoData: false));
    }

    /// <summary>Whether bytes are of a picture that browsers show, and of which type.</summary>
    internal static string? PictureType(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;

    private static TileAnswer TypeOf(byte[] bytes) => TileAnswer.Of(bytes, PictureType(bytes) ?? "application/octet-stream");

    private async Task<Image> ImageAsync(string id, CancellationToken stop)
    {
        if (named.TryGetValue(id, out var image))
            return image;
        await using var db = books.Read();
        image = await db.Images.SingleOrDefaultAsync(i => i.Id == id, stop) ?? throw Problem.Images.NoImage(id);
        return named[id] = image;
    }
}
