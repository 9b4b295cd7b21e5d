namespace Weipian.Geo;

/// <summary>A tile of the geographic grid: level 1 has two tiles of 180°, each further level halves their side.</summary>
/// <remarks>
/// Origin 90° north, 180° west; columns run east, rows run south; the side of a tile of level z is 360/2^z degrees both ways. It is the
/// grid that services of the “c” set (经纬度) use, whose levels begin at 1 as well, so that their tiles lie exactly under ours. The degrees
/// are those of CGCS2000, EPSG:4490.
/// </remarks>
public readonly record struct TileAddress(int Level, int Column, int Row)
{
    public const int LevelMin = 1;

    /// <summary>A side of 38 m: closer than that a map only enlarges.</summary>
    public const int LevelMax = 20;

    private const double Circle = 360;

    /// <summary>Whether the grid has such a tile.</summary>
    public bool Exists => Level is >= LevelMin and <= LevelMax && Column >= 0 && Row >= 0 && Column < 1 << Level && Row < 1 << (Level - 1);

    /// <summary>The side of the tile, degrees of longitude and of latitude.</summary>
    public double SideDegrees => Circle / (1 << Level);

    /// <summary>West, south, east and north edge, degrees.</summary>
    public Extent Box
    {
        get
        {
            var (west, north) = (Column * SideDegrees - Circle / 2, Circle / 4 - Row * SideDegrees);
            return new(west, north - SideDegrees, west + SideDegrees, north);
        }
    }

    /// <summary>The tile of a level that holds a place; its western and northern edges belong to it.</summary>
    public static TileAddress Of(int level, double longitude, double latitude)
    {
        var side = Circle / (1 << level);
        return new(level, (int)Math.Floor((longitude + Circle / 2) / side), (int)Math.Floor((Circle / 4 - latitude) / side));
    }

    /// <summary>Every tile of a level that meets a box of degrees.</summary>
    public static IEnumerable<TileAddress> Meeting(int level, Extent degrees)
    {
        var (first, last) = (Of(level, degrees.MinX, degrees.MaxY), Of(level, degrees.MaxX, degrees.MinY));
        for (var row = first.Row; row <= last.Row; row++)
        for (var column = first.Column; column <= last.Column; column++)
            if (new TileAddress(level, column, row) is { Exists: true } tile)
                yield return tile;
    }
}
