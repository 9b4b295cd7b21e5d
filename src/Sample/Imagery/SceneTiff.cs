using System.IO.Compression;

namespace Weipian.Sample.Imagery;

/// <summary>Writes a tiled, sparse TIFF of red, green and blue with two overviews: DEFLATE with differences, keys of EPSG:4548.</summary>
internal static class SceneTiff
{
    public const int Tile = 64;
    private const int Bands = 3;

    /// <param name="tiles">Pixels of the tiles that are there, by column and row; others are no data.</param>
    /// <param name="size">Tiles across and down.</param>
    /// <param name="place">The upper left corner and the side of a pixel, EPSG:4548.</param>
    public static void Write(
        string path,
        IReadOnlyDictionary<(int Column, int Row), byte[]> tiles,
        (int Columns, int Rows) size,
        (double West, double North, double Metres) place
    )
    {
        using var stream = File.Create(path);
        using var to = new BinaryWriter(stream);
        to.Write("II"u8);
        to.Write((ushort)42);
        to.Write(0);
        var levels = new List<(int Width, int Height, uint[] Offsets, uint[] Counts)>();
        var shown = tiles;
        var (columns, rows) = size;
        for (var level = 0; level < 3; level++)
        {
            levels.Add(Tiles(to, shown, columns, rows));
            (shown, columns, rows) = (Halved(shown), (columns + 1) / 2, (rows + 1) / 2);
        }
        var link = 4L;
        for (var level = 0; level < levels.Count; level++)
            link = Directory(to, levels[level], level, link, place);
    }

    private static (int, int, uint[], uint[]) Tiles(
        BinaryWriter to,
        IReadOnlyDictionary<(int Column, int Row), byte[]> tiles,
        int columns,
        int rows
    )
    {
        var (offsets, counts) = (new uint[columns * rows], new uint[columns * rows]);
        var ordered = tiles.OrderBy(t => t.Key.Row).ThenBy(t => t.Key.Column).ToList();
        var packed = new byte[ordered.Count][];
        Parallel.For(0, ordered.Count, i => packed[i] = Packed(ordered[i].Value));
        for (var i = 0; i < ordered.Count; i++)
        {
            var at = ordered[i].Key.Row * columns + ordered[i].Key.Column;
            (offsets[at], counts[at]) = ((uint)to.BaseStream.Position, (uint)packed[i].Length);
            to.Write(packed[i]);
        }
        return (columns * Tile, rows * Tile, offsets, counts);
    }

    private static byte[] Packed(byte[] pixels)
    {
        var differences = new byte[pixels.Length];
        const int Row = Tile * Bands;
        for (var i = 0; i < pixels.Length; i++)
            differences[i] = i % Row < Bands ? pixels[i] : (byte)(pixels[i] - pixels[i - Bands]);
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(differences);
        return packed.ToArray();
    }

    private static Dictionary<(int Column, int Row), byte[]> Halved(IReadOnlyDictionary<(int Column, int Row), byte[]> tiles)
    {
        var halved = new Dictionary<(int Column, int Row), byte[]>();
        foreach (var ((column, row), pixels) in tiles)
        {
            var key = (column / 2, row / 2);
            if (!halved.TryGetValue(key, out var into))
                halved[key] = into = new byte[Tile * Tile * Bands];
            var (x0, y0) = (column % 2 * Tile / 2, row % 2 * Tile / 2);
            for (var y = 0; y < Tile; y += 2)
            for (var x = 0; x < Tile; x += 2)
            for (var b = 0; b < Bands; b++)
            {
                int At(int dx, int dy) => pixels[((y + dy) * Tile + x + dx) * Bands + b];
                var mean = (At(0, 0) + At(1, 0) + At(0, 1) + At(1, 1) + 2) / 4;
                into[((y0 + y / 2) * Tile + x0 + x / 2) * Bands + b] = (byte)mean;
            }
        }
        return halved;
    }

    /// <summary>Writes one directory and its values, and enters its place at the link of the one before.</summary>
    private static long Directory(
        BinaryWriter to,
        (int Width, int Height, uint[] Offsets, uint[] Counts) level,
        int ordinal,
        long link,
        (double West, double North, double Metres) place
    )
    {
        var stream = to.BaseStream;
        uint Kept(Action write)
        {
            if (stream.Position % 2 == 1)
                to.Write((byte)0);
            var at = (uint)stream.Position;
            write();
            return at;
        }
        uint All(IEnumerable<uint> values) => Kept(() => values.ToList().ForEach(to.Write));
        uint Shorts(params ushort[] values) => Kept(() => Array.ForEach(values, to.Write));
        uint Reals(params double[] values) => Kept(() => Array.ForEach(values, to.Write));
        var entries = new List<(ushort Tag, ushort Type, uint Count, uint Value)>
        {
            (254, 4, 1, ordinal == 0 ? 0u : 1u),
            (256, 4, 1, (uint)level.Width),
            (257, 4, 1, (uint)level.Height),
            (258, 3, Bands, Shorts(8, 8, 8)),
            (259, 3, 1, 8),
            (262, 3, 1, 2),
            (277, 3, 1, Bands),
            (284, 3, 1, 1),
            (317, 3, 1, 2),
            (322, 3, 1, Tile),
            (323, 3, 1, Tile),
            (324, 4, (uint)level.Offsets.Length, All(level.Offsets)),
            (325, 4, (uint)level.Counts.Length, All(level.Counts)),
        };
        if (ordinal == 0)
        {
            entries.Add((33550, 12, 3, Reals(place.Metres, place.Metres, 0)));
            entries.Add((33922, 12, 6, Reals(0, 0, 0, place.West, place.North, 0)));
            entries.Add((34735, 3, 16, Shorts(1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 4548)));
            entries.Add((42113, 2, 2, '0'));
        }
        var start = Kept(() => to.Write((ushort)entries.Count));
        foreach (var (tag, type, count, value) in entries)
        {
            to.Write(tag);
            to.Write(type);
            to.Write(count);
            to.Write(value);
        }
        var next = stream.Position;
        to.Write(0);
        stream.Position = link;
        to.Write(start);
        stream.Seek(0, SeekOrigin.End);
        return next;
    }
}
