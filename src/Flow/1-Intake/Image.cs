using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weipian.Flow.Intake;

/// <summary>A satellite or aerial image of the installation: immutable, named by its content, of one day.</summary>
public sealed class Image
{
    /// <summary>SHA-256 of the file as received, hexadecimal, lower case; its bytes stand among the blobs.</summary>
    public required string Id { get; init; }

    /// <summary>拍摄日期: the day of acquisition, as somebody said it.</summary>
    public required DateOnly AcquiredOn { get; init; }

    public string? Sensor { get; init; }

    public required string FileName { get; init; }

    /// <summary>West edge of the footprint's box, degrees.</summary>
    public required double West { get; init; }

    public required double South { get; init; }

    public required double East { get; init; }

    public required double North { get; init; }

    /// <summary>Side of a pixel on the ground, metres.</summary>
    public required double ResolutionMetres { get; init; }

    public required int Bands { get; init; }

    /// <summary>EPSG number of the system its pixels lie in.</summary>
    public required int CrsEpsg { get; init; }

    /// <summary>An <see cref="ImageSheet"/>.</summary>
    public required string SheetJson { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime AddedAt { get; init; }

    public required string By { get; init; }

    public ImageSheet Sheet() => JsonSerializer.Deserialize<ImageSheet>(SheetJson)!;
}

/// <summary>What is known of an image, in the names of a STAC item (version 1.0) as far as it has them.</summary>
/// <param name="Datetime">The day of acquisition; the hour is not known.</param>
/// <param name="Sha256">Of the file as received.</param>
/// <param name="Footprint">Closed ring of longitude, latitude, degrees CGCS2000.</param>
/// <param name="BandNames">One for each band without alpha, null where one has none; null when none has.</param>
public sealed record ImageSheet(
    [property: JsonPropertyName("datetime")] DateOnly Datetime,
    [property: JsonPropertyName("platform")] string? Platform,
    [property: JsonPropertyName("gsd")] double ResolutionMetres,
    [property: JsonPropertyName("proj:epsg")] int CrsEpsg,
    [property: JsonPropertyName("proj:name")] string CrsName,
    [property: JsonPropertyName("width")] int Width,
    [property: JsonPropertyName("height")] int Height,
    [property: JsonPropertyName("bands")] int Bands,
    [property: JsonPropertyName("bits")] int BitsPerSample,
    [property: JsonPropertyName("compression")] string Compression,
    [property: JsonPropertyName("overviews")] int Overviews,
    [property: JsonPropertyName("palette")] bool Palette,
    [property: JsonPropertyName("nodata")] double? NoData,
    [property: JsonPropertyName("file:size")] long Bytes,
    [property: JsonPropertyName("file:checksum")] string Sha256,
    [property: JsonPropertyName("geometry")] IReadOnlyList<double[]> Footprint,
    [property: JsonPropertyName("band-names")] IReadOnlyList<string?>? BandNames = null,
    [property: JsonPropertyName("instruments")] IReadOnlyList<string>? Instruments = null
);
