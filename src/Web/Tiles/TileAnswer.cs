using System.Security.Cryptography;
using Weipian.Geo;

namespace Weipian.Web.Tiles;

/// <summary>A tile as it is sent.</summary>
/// <param name="Tag">Of its content: the same tag means the same bytes.</param>
public sealed record TileAnswer(byte[] Bytes, string ContentType, string Tag)
{
    public const string VectorType = "application/vnd.mapbox-vector-tile";

    private const int TagLength = 32;

    public static TileAnswer Of(byte[] bytes, string contentType) =>
        new(bytes, contentType, Convert.ToHexStringLower(SHA256.HashData(bytes))[..TagLength]);

    /// <summary>The tile with a number, when the grid has it.</summary>
    /// <exception cref="Problem"><c>map.no-such-tile</c></exception>
    public static TileAddress At(int level, int column, int row) =>
        new TileAddress(level, column, row) is { Exists: true } tile ? tile : throw Problem.Map.NoSuchTile(level, column, row);
}
