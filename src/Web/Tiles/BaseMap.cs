using System.Text.Json.Serialization;

namespace Weipian.Web.Tiles;

/// <summary>One base map as its file writes it.</summary>
/// <param name="Id">Lower-case letters, digits and hyphens; part of its address here.</param>
/// <param name="Kind">One of <see cref="BaseMapKind"/>.</param>
/// <param name="Url">WMTS: the address that answers GetTile. XYZ: an address with <c>{z}</c>, <c>{x}</c>, <c>{y}</c>, in path or
/// query only.</param>
/// <param name="File">MBTiles or COG: a path of this machine.</param>
/// <param name="Grid"><c>degrees</c> (EPSG:4490, the grid of <see cref="Geo.TileAddress"/>) or <c>mercator</c> (EPSG:3857).</param>
/// <param name="FirstLevel">WMTS in degrees: what the service calls the level of two tiles; 1 for most, 0 for some.</param>
/// <param name="Key">The key of the service; never sent to a browser.</param>
/// <param name="KeyFrom">Instead of it: the name of an environment variable that holds the key.</param>
/// <param name="KeyParameter">The parameter in which the service wants it.</param>
/// <param name="LevelMax">The closest level the service has; the map enlarges it beyond.</param>
/// <param name="Attribution">Whom the map names, as the service demands: 审图号, author.</param>
public sealed record BaseMap(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string NameZh,
    [property: JsonRequired] string NameEn,
    [property: JsonRequired] string Kind,
    string? Url = null,
    string? File = null,
    string Grid = BaseMapGrid.Degrees,
    string Layer = "",
    string Style = "default",
    string MatrixSet = "c",
    string Format = "tiles",
    int FirstLevel = 1,
    int LevelMin = 1,
    int LevelMax = 18,
    string? Key = null,
    string? KeyFrom = null,
    string KeyParameter = "tk",
    string Attribution = ""
)
{
    /// <summary>The key itself, wherever it stands.</summary>
    [JsonIgnore]
    public string? KeyNow => KeyFrom is null ? Key : Environment.GetEnvironmentVariable(KeyFrom);
}

/// <summary>The kinds of base map.</summary>
public static class BaseMapKind
{
    public const string Wmts = "wmts";
    public const string Xyz = "xyz";
    public const string MbTiles = "mbtiles";
    public const string Cog = "cog";
}

/// <summary>The grids of base maps.</summary>
public static class BaseMapGrid
{
    public const string Degrees = "degrees";
    public const string Mercator = "mercator";
}
