using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Imagery;
using Weipian.Web.Reading;

namespace Weipian.Web.Tiles;

/// <summary>Tiles of the configured base maps. Browsers ask here and never another host: no key and no habit leaves the house.</summary>
/// <remarks>
/// Only hosts of the file are ever asked: three whole numbers are all that a request brings. Redirects are not followed; what comes back
/// has to be a picture of at most two megabytes within ten seconds.
/// </remarks>
public sealed class BaseMaps : IDisposable
{
    private const int BytesMax = 2 << 20;
    private const int AtOnceMax = 12;
    private const int KeptMax = 3000;
    private const int MercatorLevelMax = 22;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, BaseMap> all;
    private readonly Dictionary<string, TileArchive> archives = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GeoTiff> rasters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Id, int Level, int Column, int Row), TileAnswer> kept = new();
    private readonly SemaphoreSlim turn = new(AtOnceMax);
    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }
    )
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = BytesMax,
    };

    /// <exception cref="Problem"><c>map.bad-base-file</c></exception>
    public BaseMaps(DataFolder data)
        : this(BaseMapFile.Of(data)) { }

    /// <exception cref="Problem"><c>files.*</c>, <c>images.*</c>: a local file that cannot be read</exception>
    public BaseMaps(IReadOnlyList<BaseMap> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        All = maps;
        all = maps.ToDictionary(m => m.Id, StringComparer.Ordinal);
        foreach (var map in maps)
            if (map.Kind == BaseMapKind.MbTiles)
                archives[map.Id] = TileArchive.Open(map.File!);
            else if (map.Kind == BaseMapKind.Cog)
                rasters[map.Id] = GeoTiff.Open(File.OpenRead(map.File!), Path.GetFileName(map.File!));
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<BaseMap> All { get; }

    /// <summary>The grid in which a base map is asked for.</summary>
    public static string GridOf(BaseMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.Kind switch
        {
            BaseMapKind.MbTiles => BaseMapGrid.Mercator,
            BaseMapKind.Cog => BaseMapGrid.Degrees,
            _ => map.Grid,
        };
    }

    /// <summary>One tile.</summary>
    /// <param name="level">In degrees as <see cref="TileAddress"/>; in Mercator 0 is the whole world.</param>
    /// <exception cref="Problem"><c>map.no-such-base</c>, <c>map.no-such-tile</c>, <c>map.base-unreachable</c></exception>
    public async Task<TileAnswer> TileAsync(string id, int level, int column, int row, CancellationToken stop)
    {
        if (!all.TryGetValue(id, out var map))
            throw Problem.Map.NoSuchBase(id);
        if (!Exists(map, level, column, row))
            throw Problem.Map.NoSuchTile(level, column, row);
        var key = (id, level, column, row);
        if (kept.TryGetValue(key, out var known))
            return known;
        var bytes = await BytesAsync(map, level, column, row, stop);
        var type = ImageShelf.PictureType(bytes) ?? throw Problem.Map.BaseUnreachable(id, "收到的不是图片", "what came is no picture");
        if (kept.Count >= KeptMax)
            kept.Clear();
        return kept[key] = TileAnswer.Of(bytes, type);
    }

    public void Dispose()
    {
        http.Dispose();
        turn.Dispose();
        foreach (var archive in archives.Values)
            archive.Dispose();
        foreach (var raster in rasters.Values)
            raster.Dispose();
    }

    /// <summary>The address at which a service is asked for a tile; with its key.</summary>
    internal static Uri AddressOf(BaseMap map, int level, int column, int row)
    {
        string Plain(int value) => value.ToString(CultureInfo.InvariantCulture);
        if (map.Kind == BaseMapKind.Xyz)
        {
            var filled = map.Url!.Replace("{z}", Plain(level), StringComparison.Ordinal)
                .Replace("{x}", Plain(column), StringComparison.Ordinal)
                .Replace("{y}", Plain(row), StringComparison.Ordinal);
            return new(map.KeyNow is { } bare ? With(filled, [(map.KeyParameter, bare)]) : filled);
        }
        var matrix = GridOf(map) == BaseMapGrid.Degrees ? level - TileAddress.LevelMin + map.FirstLevel : level;
        List<(string, string)> asked =
        [
            ("SERVICE", "WMTS"),
            ("REQUEST", "GetTile"),
            ("VERSION", "1.0.0"),
            ("LAYER", map.Layer),
            ("STYLE", map.Style),
            ("TILEMATRIXSET", map.MatrixSet),
            ("FORMAT", map.Format),
            ("TILEMATRIX", Plain(matrix)),
            ("TILEROW", Plain(row)),
            ("TILECOL", Plain(column)),
        ];
        if (map.KeyNow is { } key)
            asked.Add((map.KeyParameter, key));
        return new(With(map.Url!, asked));
    }

    private static string With(string url, IEnumerable<(string Name, string Value)> parameters) =>
        url
        + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?')
        + string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));

    private static bool Exists(BaseMap map, int level, int column, int row) =>
        level >= map.LevelMin
        && level <= map.LevelMax
        && (
            GridOf(map) == BaseMapGrid.Degrees
                ? new TileAddress(level, column, row).Exists
                : level is >= 0 and <= MercatorLevelMax && column >= 0 && row >= 0 && column < 1 << level && row < 1 << level
        );

    private async Task<byte[]> BytesAsync(BaseMap map, int level, int column, int row, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            return map.Kind switch
            {
                BaseMapKind.MbTiles => archives[map.Id].Tile(level, column, row) ?? throw Problem.Map.NoSuchTile(level, column, row),
                BaseMapKind.Cog => await Task.Run(() => ImageShelf.RenderTile(rasters[map.Id], new(level, column, row)), stop),
                _ => await AskAsync(map, AddressOf(map, level, column, row), stop),
            };
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<byte[]> AskAsync(BaseMap map, Uri address, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(address, stop);
            if (answer.StatusCode == HttpStatusCode.OK)
                return await answer.Content.ReadAsByteArrayAsync(stop);
            var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
            throw Problem.Map.BaseUnreachable(map.Id, $"服务答复 {status}", $"the service answered {status}");
        }
        catch (HttpRequestException)
        {
            // What the exception says can name the address, and with it the key.
            throw Problem.Map.BaseUnreachable(map.Id, "服务连接不上，或答复过大", "the service is not reached, or its answer is too large");
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Problem.Map.BaseUnreachable(map.Id, "服务没有及时答复", "the service did not answer in time");
        }
    }
}
