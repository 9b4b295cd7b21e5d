using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Weipian.Sample.Imagery;

/// <summary>Writes a COG of red, green and blue with two overviews, sparse: DEFLATE with differences, keys of EPSG:4548.</summary>
/// <remarks>Directories first, full resolution before overviews; then the tiles, coarsest overview first (OGC 21-026).</remarks>
internal static class SceneTiff
{
    public const int Tile = 64;
    private const int Bands = 3;
    private const int Levels = 3;

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
        var levels = new List<Level>();
        var shown = tiles;
        // An overview is half as wide as what it shortens, to the pixel: its last tile may reach beyond it.
        var (width, height) = (size.Columns * Tile, size.Rows * Tile);
        for (var level = 0; level < Levels; level++)
        {
            levels.Add(PackedLevel(shown, width, height));
            (shown, width, height) = (Halved(shown), (width + 1) / 2, (height + 1) / 2);
        }
        // Where the tiles will lie follows from how long the directories are: they are written twice at the same places.
        Directories(to, levels, place);
        var at = (uint)stream.Position;
        foreach (var level in Enumerable.Reverse(levels))
            at = level.PlaceFrom(at);
        stream.SetLength(8);
        stream.Position = 8;
        Directories(to, levels, place);
        foreach (var level in Enumerable.Reverse(levels))
        foreach (var (_, bytes) in level.Packed)
            to.Write(bytes);
    }

    /// <summary>The tiles of one resolution, packed, and where they lie; 0 for those that are not there.</summary>
    private sealed record Level(int Width, int Height, uint[] Offsets, uint[] Counts, IReadOnlyList<(int At, byte[] Bytes)> Packed)
    {
        /// <summary>Lays the tiles one after the other; the place behind the last.</summary>
        public uint PlaceFrom(uint at)
        {
            foreach (var (tile, bytes) in Packed)
            {
                Offsets[tile] = at;
                at += (uint)bytes.Length;
            }
            return at;
        }
    }

    private static void Directories(BinaryWriter to, List<Level> levels, (double West, double North, double Metres) place)
    {
        var link = 4L;
        for (var level = 0; level < levels.Count; level++)
            link = Directory(to, Entries(levels[level], level, place), link);
    }

    private static Level PackedLevel(IReadOnlyDictionary<(int Column, int Row), byte[]> tiles, int width, int height)
    {
        var (columns, rows) = ((width + Tile - 1) / Tile, (height + Tile - 1) / Tile);
        var ordered = tiles.OrderBy(t => t.Key.Row).ThenBy(t => t.Key.Column).ToList();
        var packed = new (int At, byte[] Bytes)[ordered.Count];
        Parallel.For(0, ordered.Count, i => packed[i] = (ordered[i].Key.Row * columns + ordered[i].Key.Column, Packed(ordered[i].Value)));
        var counts = new uint[columns * rows];
        foreach (var (at, bytes) in packed)
            counts[at] = (uint)bytes.Length;
        return new(width, height, new uint[columns * rows], counts, packed);
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

    /// <summary>One entry: its value, or the bytes that it stands for.</summary>
    private sealed record Entry(ushort Tag, ushort Type, uint Count, uint Value, byte[]? Far = null);

    private static List<Entry> Entries(Level level, int ordinal, (double West, double North, double Metres) place)
    {
        static Entry Longs(ushort tag, uint[] values) =>
            values.Length == 1
                ? new(tag, 4, 1, values[0])
                : new(tag, 4, (uint)values.Length, 0, MemoryMarshal.AsBytes<uint>(values).ToArray());
        static Entry Shorts(ushort tag, params ushort[] values) =>
            new(tag, 3, (uint)values.Length, 0, MemoryMarshal.AsBytes<ushort>(values).ToArray());
        static Entry Reals(ushort tag, params double[] values) =>
            new(tag, 12, (uint)values.Length, 0, MemoryMarshal.AsBytes<double>(values).ToArray());
        var entries = new List<Entry>
        {
            new(254, 4, 1, ordinal == 0 ? 0u : 1u),
            new(256, 4, 1, (uint)level.Width),
            new(257, 4, 1, (uint)level.Height),
            Shorts(258, 8, 8, 8),
            new(259, 3, 1, 8),
            new(262, 3, 1, 2),
            new(277, 3, 1, Bands),
            new(284, 3, 1, 1),
            new(317, 3, 1, 2),
            new(322, 3, 1, Tile),
            new(323, 3, 1, Tile),
            Longs(324, level.Offsets),
            Longs(325, level.Counts),
        };
        if (ordinal == 0)
        {
            entries.Add(Reals(33550, place.Metres, place.Metres, 0));
            entries.Add(Reals(33922, 0, 0, 0, place.West, place.North, 0));
            entries.Add(Shorts(34735, 1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 4548));
        }
        // Every resolution says what is no data, as programs expect that look at one of them alone.
        entries.Add(new(42113, 2, 2, '0'));
        return entries;
    }

    /// <summary>Writes one directory, then what its entries stand for, and enters its place at the link of the one before.</summary>
    /// <returns>Where the link to the next one stands.</returns>
    private static long Directory(BinaryWriter to, List<Entry> entries, long link)
    {
        var stream = to.BaseStream;
        if (stream.Position % 2 == 1)
            to.Write((byte)0);
        var start = (uint)stream.Position;
        stream.Position = link;
        to.Write(start);
        stream.Position = start;
        to.Write((ushort)entries.Count);
        var far = start + 2 + 12 * (uint)entries.Count + 4;
        foreach (var entry in entries)
        {
            to.Write(entry.Tag);
            to.Write(entry.Type);
            to.Write(entry.Count);
            to.Write(entry.Far is null ? entry.Value : far);
            far += (uint)(entry.Far?.Length ?? 0);
        }
        var next = stream.Position;
        to.Write(0);
        foreach (var entry in entries)
            to.Write(entry.Far ?? []);
        return next;
    }
}
