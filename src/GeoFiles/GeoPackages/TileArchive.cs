namespace Weipian.GeoFiles;

/// <summary>An archive of map tiles (MBTiles 1.3): pictures in Web Mercator in one SQLite file.</summary>
/// <remarks>Safe for several threads; the file must not change while it is open.</remarks>
public sealed class TileArchive : IDisposable
{
    private readonly SqliteFile file;
    private readonly Lock turn = new();

    private TileArchive(SqliteFile file) => this.file = file;

    /// <exception cref="Problem"><c>map.bad-base-file</c>: not an archive of pictures</exception>
    public static TileArchive Open(string path)
    {
        SqliteFile? opened = null;
        try
        {
            opened = SqliteFile.OpenImmutable(path);
            using var probe = opened.Prepare("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles LIMIT 1");
            probe.Step();
            using var format = opened.Prepare("SELECT value FROM metadata WHERE name = 'format'");
            if (format.Step() && format.Text(0) is "pbf")
                throw Problem.Map.BadBaseFile(path, "是矢量瓦片，底图要用图片瓦片", "it holds vector tiles, and a base map needs pictures");
            return new(opened);
        }
        catch (SqliteFault fault)
        {
            opened?.Dispose();
            throw Problem.Map.BadBaseFile(path, $"不是 MBTiles 文件（{fault.Message}）", $"it is no MBTiles file ({fault.Message})");
        }
        catch
        {
            opened?.Dispose();
            throw;
        }
    }

    /// <summary>A tile, its row counted from the north; null when the archive has none there.</summary>
    public byte[]? Tile(int level, int column, int row)
    {
        lock (turn)
        {
            using var statement = file.Prepare(
                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1"
            );
            statement.Bind(1, level);
            statement.Bind(2, column);
            // The archive counts its rows from the south.
            statement.Bind(3, (1 << level) - 1 - row);
            return statement.Step() ? statement.Blob(0).ToArray() : null;
        }
    }

    public void Dispose() => file.Dispose();
}
