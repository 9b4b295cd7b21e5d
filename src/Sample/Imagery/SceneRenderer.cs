using Weipian.Sample.Land;

namespace Weipian.Sample.Imagery;

/// <summary>Draws scenes of the district tile by tile, only around patches: ground, sites, light, misplacement, noise, the cloud.</summary>
internal sealed class SceneRenderer
{
    public const double Metres = 1;

    /// <summary>So much of the ground around a patch is drawn.</summary>
    private const double RoomMetres = 42;
    private const int GridStep = 16;

    private readonly District district;
    private readonly SceneGround ground;
    private readonly IReadOnlyList<Cloud> clouds;
    private readonly Noise ragged;
    private readonly double west;
    private readonly double north;

    public SceneRenderer(District district, IReadOnlyList<SceneSite> sites, IReadOnlyList<Cloud> clouds)
    {
        (this.district, this.clouds, Sites) = (district, clouds, sites);
        ground = new(district);
        ragged = new(Dice.Mix(district.Number ^ 0xC10D), 60);
        var boxes = sites.Select(BoxOf).ToList();
        const double Step = SceneTiff.Tile * Metres;
        west = Math.Floor(boxes.Min(b => b.Left) / Step) * Step;
        north = Math.Ceiling(boxes.Max(b => b.Top) / Step) * Step;
        Size = ((int)Math.Ceiling((boxes.Max(b => b.Right) - west) / Step), (int)Math.Ceiling((north - boxes.Min(b => b.Bottom)) / Step));
    }

    public IReadOnlyList<SceneSite> Sites { get; }

    /// <summary>Tiles across and down.</summary>
    public (int Columns, int Rows) Size { get; }

    public (double West, double North, double Metres) Place => (west, north, Metres);

    /// <summary>The tiles of a scene around some of its sites.</summary>
    public Dictionary<(int Column, int Row), byte[]> Tiles(Scene scene, IEnumerable<SceneSite> around, CancellationToken stop)
    {
        var wanted = new Dictionary<(int Column, int Row), List<SceneSite>>();
        foreach (var site in around)
        foreach (var key in TilesOf(BoxOf(site)))
            wanted.TryAdd(key, []);
        foreach (var site in Sites)
        foreach (var key in TilesOf(BoxOf(site)))
            if (wanted.TryGetValue(key, out var list))
                list.Add(site);
        var keys = wanted.Keys.ToList();
        var drawn = new byte[keys.Count][];
        Parallel.For(
            0,
            keys.Count,
            new ParallelOptions { CancellationToken = stop },
            i => drawn[i] = Draw(scene, keys[i].Column, keys[i].Row, wanted[keys[i]])
        );
        return keys.Select((key, i) => (key, i)).ToDictionary(k => k.key, k => drawn[k.i]);
    }

    private IEnumerable<(int Column, int Row)> TilesOf((double Left, double Bottom, double Right, double Top) box)
    {
        const double Step = SceneTiff.Tile * Metres;
        for (var row = (int)((north - box.Top) / Step); row <= (int)((north - box.Bottom) / Step) && row < Size.Rows; row++)
        for (var column = (int)((box.Left - west) / Step); column <= (int)((box.Right - west) / Step) && column < Size.Columns; column++)
            yield return (column, row);
    }

    private static (double Left, double Bottom, double Right, double Top) BoxOf(SceneSite site)
    {
        var box = site.Cast.Story.Shape().EnvelopeInternal;
        return (box.MinX - RoomMetres, box.MinY - RoomMetres, box.MaxX + RoomMetres, box.MaxY + RoomMetres);
    }

    private byte[] Draw(Scene scene, int column, int row, List<SceneSite> sites)
    {
        const int Tile = SceneTiff.Tile;
        var pixels = new byte[Tile * Tile * 3];
        // The image says of a pixel that it lies here; what it shows lies a little beside.
        var (e0, n0) = (west + column * Tile * Metres + scene.ShiftEast, north - row * Tile * Metres + scene.ShiftNorth);
        var papers = new (double X, double Y)[Tile / GridStep + 1, Tile / GridStep + 1];
        for (var j = 0; j <= Tile / GridStep; j++)
        for (var i = 0; i <= Tile / GridStep; i++)
            papers[i, j] = district.Lay.Paper(e0 + i * GridStep * Metres, n0 - j * GridStep * Metres);
        var cell = -1;
        for (var y = 0; y < Tile; y++)
        for (var x = 0; x < Tile; x++)
        {
            var (px, py) = Between(papers, x + 0.5, y + 0.5);
            cell = ground.CellAt(px, py, cell);
            var tone = ground.At(px, py, cell, scene);
            var (east, northing) = (e0 + (x + 0.5) * Metres, n0 - (y + 0.5) * Metres);
            foreach (var site in sites)
                tone = site.Over(tone, site.Cast.Story.Plot.Spot(east, northing), scene);
            tone = Weather(tone, scene, east, northing);
            Put(
                pixels,
                (y * Tile + x) * 3,
                tone,
                Dice.Mix(((ulong)scene.Ordinal << 56) ^ ((ulong)(column * Tile + x) << 28) ^ (ulong)(row * Tile + y))
            );
        }
        return pixels;
    }

    private static (double X, double Y) Between((double X, double Y)[,] grid, double x, double y)
    {
        var (i, j) = (Math.Min((int)x / GridStep, 3), Math.Min((int)y / GridStep, 3));
        var (u, v) = (x / GridStep - i, y / GridStep - j);
        var (a, b, c, d) = (grid[i, j], grid[i + 1, j], grid[i, j + 1], grid[i + 1, j + 1]);
        return (
            (a.X * (1 - u) + b.X * u) * (1 - v) + (c.X * (1 - u) + d.X * u) * v,
            (a.Y * (1 - u) + b.Y * u) * (1 - v) + (c.Y * (1 - u) + d.Y * u) * v
        );
    }

    private Tone Weather(Tone tone, Scene scene, double east, double northing)
    {
        tone = tone.Times(scene.Gain).Plus(scene.Haze);
        foreach (var cloud in clouds)
        {
            if (cloud.Scene != scene.Ordinal)
                continue;
            if (Math.Abs(east - cloud.East) + Math.Abs(northing - cloud.North) > 4 * cloud.RadiusMetres + 500)
                continue;
            var edge = ragged.At(east, northing);
            tone = tone.Times(1 - 0.45f * cloud.ShadowOver(east, northing, edge));
            tone = tone.Under(new Tone(240, 242, 244).Plus((float)(5 * edge)), cloud.Over(east, northing, edge));
        }
        return tone;
    }

    private static void Put(byte[] pixels, int at, Tone tone, ulong random)
    {
        // Never 0, which means no data; few steps of tone and noise, so that files stay small.
        var noise = (int)(random & 1) * 4 - 2;
        pixels[at] = (byte)Math.Clamp(((int)tone.R & ~1) + noise, 2, 254);
        pixels[at + 1] = (byte)Math.Clamp(((int)tone.G & ~1) + noise, 2, 254);
        pixels[at + 2] = (byte)Math.Clamp(((int)tone.B & ~1) + noise, 2, 254);
    }
}
