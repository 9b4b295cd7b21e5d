using System.Globalization;
using System.Runtime.CompilerServices;
using Weipian.Geo;

namespace Weipian.Imagery;

/// <summary>An open GeoTIFF or COG, read by windows of its resolutions; safe for several threads.</summary>
/// <remarks>
/// Tiled and stripped, 8 or 16 bits without sign, 1 to 12 bands, palette, alpha, the value for no data, a mask inside the file, sparse
/// blocks; uncompressed, LZW, DEFLATE, PackBits, JPEG; classic and BigTIFF. Only the blocks of a window are read, so the size of the
/// image does not matter.
/// </remarks>
public sealed class GeoTiff : IDisposable
{
    private readonly Stream stream;
    private readonly TiffLevel[] levels;
    private readonly long[] palette;
    private readonly Lazy<(float Low, float High)[]?> stretch;

    private GeoTiff(Stream stream, TiffFile file, IReadOnlyList<string?>? names)
    {
        this.stream = stream;
        var first = file.Directories[0];
        var full = Level(file, first);
        Place = GeoKeys.Read(first);
        var overviews = file.Directories.Skip(1).Where(d => KindOf(d) == TiffTags.IsReduced).Select(d => Level(file, d));
        levels = [full, .. overviews.Where(l => l.Width < full.Width && HasSamplesOf(full, l)).OrderByDescending(l => l.Width)];
        palette = full.Photometric == TiffTags.Palette ? first.Whole(TiffTags.ColourMap) : [];
        if (full.Photometric == TiffTags.Palette && palette.Length < 3 << full.Bits)
            throw Problem.Images.Damaged(file.Name, "ColorMap");
        if (double.TryParse(first.Text(TiffTags.NoData), NumberStyles.Float, CultureInfo.InvariantCulture, out var none))
            NoData = none;
        Compression = TiffTags.NameOf(full.Compression);
        BandNames = Named(Imagery.BandNames.Of(first, full.Bands), names);
        Roles = HasPalette ? BandRoles.Unknown : BandRoles.Of(BandNames);
        stretch = new(() => Stretches.Of(this));
    }

    /// <summary>Opens an image; the stream is closed with it.</summary>
    /// <param name="stream">Readable and seekable.</param>
    /// <param name="name">Name of the file, for refusals.</param>
    /// <param name="bandNames">Names of the shown bands that go before those of the file; null when nobody gave any.</param>
    /// <exception cref="Problem"><c>images.*</c>, geometry.older-datum</exception>
    public static GeoTiff Open(Stream stream, string name, IReadOnlyList<string?>? bandNames = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(stream, TiffFile.Open(stream, name), bandNames);
    }

    public Georeference Place { get; }

    /// <summary>Pixels across.</summary>
    public int Width => levels[0].Width;

    /// <summary>Pixels down.</summary>
    public int Height => levels[0].Height;

    /// <summary>Bands as stored, alpha included.</summary>
    public int Bands => levels[0].Bands;

    /// <summary>8 or 16.</summary>
    public int BitsPerSample => levels[0].Bits;

    public bool HasPalette => palette.Length > 0;

    /// <summary>Samples of this value are no data.</summary>
    public double? NoData { get; }

    /// <summary>As tools name it: DEFLATE, LZW …</summary>
    public string Compression { get; }

    /// <summary>Reduced resolutions beside the full one.</summary>
    public int OverviewCount => levels.Length - 1;

    /// <summary>Bands that can be shown or measured: three of a palette, without alpha.</summary>
    public int ShownBands => HasPalette ? 3 : Bands - (levels[0].Alpha >= 0 ? 1 : 0);

    /// <summary>A name for each shown band, null where it has none.</summary>
    public IReadOnlyList<string?> BandNames { get; }

    /// <summary>Which of the shown bands is which colour.</summary>
    public BandRoles Roles { get; }

    /// <summary>Values of each shown band between which a picture is stretched; null for 8 bits, shown as they are.</summary>
    internal (float Low, float High)[]? Stretch => stretch.Value;

    /// <summary>Size of a pixel in metres on the ground, in the middle of the image.</summary>
    public double ResolutionMetres
    {
        get
        {
            var (column, row) = (Width / 2.0, Height / 2.0);
            var (longitude, latitude) = Place.ToGeographic(column, row);
            var plane = new LocalPlane(longitude, latitude);
            var (right, down) = (Place.ToGeographic(column + 1, row), Place.ToGeographic(column, row + 1));
            var (a, b) = plane.FromGeographic(right.Longitude, right.Latitude);
            var (c, d) = plane.FromGeographic(down.Longitude, down.Latitude);
            return Math.Sqrt(Math.Abs(a * d - b * c));
        }
    }

    /// <summary>The outline in degrees CGCS2000: closed, counter-clockwise for an upright image, eight points to a side.</summary>
    public IReadOnlyList<(double Longitude, double Latitude)> Footprint()
    {
        const int Steps = 8;
        var ring = new List<(double, double)>();
        for (var side = 0; side < 4; side++)
        for (var i = 0; i < Steps; i++)
        {
            var t = i / (double)Steps;
            var (column, row) = side switch
            {
                0 => (0.0, t),
                1 => (t, 1.0),
                2 => (1.0, 1 - t),
                _ => (1 - t, 0.0),
            };
            ring.Add(Place.ToGeographic(column * Width, row * Height));
        }
        ring.Add(ring[0]);
        return ring;
    }

    public void Dispose() => stream.Dispose();

    /// <summary>A sample of one says what a sample of the other says: an overview may be packed otherwise, not mean something
    /// else.</summary>
    private static bool HasSamplesOf(TiffLevel full, TiffLevel reduced) =>
        reduced.Bands == full.Bands
        && reduced.Bits == full.Bits
        && reduced.Alpha == full.Alpha
        && (reduced.Photometric == TiffTags.Palette) == (full.Photometric == TiffTags.Palette);

    private static long KindOf(TiffDirectory directory) =>
        directory.One(TiffTags.NewSubfileType, 0) & (TiffTags.IsReduced | TiffTags.IsMask);

    /// <summary>A resolution with the mask of its size, where the file has one.</summary>
    private static TiffLevel Level(TiffFile file, TiffDirectory directory)
    {
        bool IsItsMask(TiffDirectory other) =>
            (KindOf(other) & TiffTags.IsMask) != 0
            && other.One(TiffTags.Width, 0) == directory.One(TiffTags.Width, 0)
            && other.One(TiffTags.Height, 0) == directory.One(TiffTags.Height, 0);

        var mask = file.Directories.Skip(1).FirstOrDefault(IsItsMask);
        return new(directory) { Mask = mask is null ? null : new(mask, isMask: true) };
    }

    /// <summary>The names that were given, else those of the file without its alpha.</summary>
    private string?[] Named(string?[] inFile, IReadOnlyList<string?>? given)
    {
        if (given is { Count: > 0 } && given.Count == ShownBands)
            return [.. given];
        return HasPalette ? new string?[ShownBands] : [.. inFile.Where((_, band) => band != levels[0].Alpha)];
    }

    /// <summary>The coarsest resolution that is not coarser than asked; pixels of the full image to one of it.</summary>
    internal (int Level, double FactorX, double FactorY) LevelFor(double pixelsPerPixel)
    {
        var best = 0;
        for (var i = 1; i < levels.Length; i++)
            if ((double)Width / levels[i].Width <= pixelsPerPixel * 1.01)
                best = i;
        return (best, (double)Width / levels[best].Width, (double)Height / levels[best].Height);
    }

    internal (int Width, int Height) SizeOf(int level) => (levels[level].Width, levels[level].Height);

    /// <summary>Reads a window of a resolution, of every <paramref name="step"/>th pixel, block by block.</summary>
    /// <param name="level">0 is the full resolution.</param>
    /// <param name="left">First column; may be negative: what lies outside is no data.</param>
    internal Raster Read(int level, int left, int top, int width, int height, int step = 1)
    {
        var from = levels[level];
        var (across, down) = ((width + step - 1) / step, (height + step - 1) / step);
        var raster = new Raster(across, down, ShownBands);
        if (left + width <= 0 || top + height <= 0 || left >= from.Width || top >= from.Height)
            return raster;
        foreach (var (column, row) in BlocksOf(from, left, top, width, height))
            if (Blocks(from, column, row) is { } blocks)
                Copy(from, blocks, column, row, raster, (left, top, step));
        if (from.Mask is { } mask)
            foreach (var (column, row) in BlocksOf(mask, left, top, width, height))
                Hide(mask, mask.Block(column, row, 0), column, row, raster, (left, top, step));
        return raster;
    }

    /// <summary>The blocks that a window touches, row by row.</summary>
    private static IEnumerable<(int Column, int Row)> BlocksOf(TiffLevel from, int left, int top, int width, int height)
    {
        var firstColumn = Math.Max(0, left) / from.BlockWidth;
        var lastColumn = Math.Min(from.Width - 1, left + width - 1) / from.BlockWidth;
        var lastRow = Math.Min(from.Height - 1, top + height - 1) / from.BlockHeight;
        for (var row = Math.Max(0, top) / from.BlockHeight; row <= lastRow; row++)
        for (var column = firstColumn; column <= lastColumn; column++)
            yield return (column, row);
    }

    /// <summary>What the mask says is no data is none, whatever colour stands there.</summary>
    private static void Hide(TiffLevel mask, ushort[]? block, int column, int row, Raster into, (int Left, int Top, int Step) window)
    {
        foreach (var line in LinesOf(mask, column, row, into, window))
            for (var i = 0; i < line.Count; i++)
                into.Valid[line.To + i] &= block is not null && block[line.At + i * window.Step] != 0;
    }

    private static ushort[][]? Blocks(TiffLevel from, int column, int row)
    {
        var planes = new ushort[from.IsPlanar ? from.Bands : 1][];
        for (var plane = 0; plane < planes.Length; plane++)
            if (from.Block(column, row, plane) is { } block)
                planes[plane] = block;
            else
                return null;
        return planes;
    }

    private void Copy(TiffLevel from, ushort[][] blocks, int column, int row, Raster into, (int Left, int Top, int Step) window)
    {
        var plain = !HasPalette && from.Alpha < 0 && from.Photometric != TiffTags.WhiteIsZero;
        foreach (var (at, to, count) in LinesOf(from, column, row, into, window))
            if (plain)
                Line(from, blocks, (at, window.Step), into, (to, count));
            else
                for (var i = 0; i < count; i++)
                    Pixel(from, blocks, at + i * window.Step, into, to + i);
    }

    /// <summary>Lines of a block that lie in a window: the place of the first sample in the block and in the window, and how
    /// many.</summary>
    private static IEnumerable<(int At, int To, int Count)> LinesOf(
        TiffLevel from,
        int column,
        int row,
        Raster into,
        (int Left, int Top, int Step) window
    )
    {
        var (x0, y0) = (column * from.BlockWidth, row * from.BlockHeight);
        var (x1, y1) = (Math.Min(from.Width, x0 + from.BlockWidth), Math.Min(from.Height, y0 + from.BlockHeight));
        var (left, top, step) = window;
        var (i0, j0) = (Math.Max(0, CeilDiv(x0 - left, step)), Math.Max(0, CeilDiv(y0 - top, step)));
        var count = Math.Min(into.Width, CeilDiv(x1 - left, step)) - i0;
        for (var j = j0; count > 0 && j < into.Height && top + j * step < y1; j++)
            yield return ((top + j * step - y0) * from.BlockWidth + left + i0 * step - x0, j * into.Width + i0, count);
    }

    private static int CeilDiv(int a, int b) => a <= 0 ? a / b : (a + b - 1) / b;

    /// <summary>Samples of one line, band by band: what most images need, without asking of each pixel what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Line(TiffLevel from, ushort[][] blocks, (int At, int Step) source, Raster into, (int At, int Count) target)
    {
        var bands = from.Bands;
        // A value that no sample can have hides nothing.
        var none = NoData is >= 0 and <= ushort.MaxValue && NoData == Math.Floor(NoData.Value) ? (int)NoData.Value : -1;
        var valid = into.Valid.AsSpan(target.At, target.Count);
        valid.Fill(none < 0);
        for (var band = 0; band < bands; band++)
        {
            var samples = from.IsPlanar ? blocks[band] : blocks[0];
            var (at, stride) = from.IsPlanar ? (source.At, source.Step) : (source.At * bands + band, source.Step * bands);
            var to = into.Bands[band].AsSpan(target.At, target.Count);
            for (var i = 0; i < to.Length; i++, at += stride)
                to[i] = samples[at];
            if (none < 0)
                continue;
            for (var i = 0; i < to.Length; i++)
                valid[i] |= to[i] != none;
        }
    }

    private void Pixel(TiffLevel from, ushort[][] blocks, int at, Raster into, int to)
    {
        var alpha = from.Alpha;
        var (plane, first, step) = from.IsPlanar ? (1, at, 0) : (0, at * from.Bands, 1);
        ushort Sample(int band) => blocks[band * plane][first + band * step];
        if (alpha >= 0 && Sample(alpha) == 0)
            return;
        if (HasPalette)
        {
            var index = Sample(0);
            var size = 1 << from.Bits;
            for (var band = 0; band < 3; band++)
                into.Bands[band][to] = (ushort)(palette[band * size + index] >> 8);
            into.Valid[to] = index != NoData;
            return;
        }
        var (shown, none) = (0, NoData is not null);
        for (var band = 0; band < from.Bands; band++)
        {
            if (band == alpha)
                continue;
            var value = Sample(band);
            none &= value == NoData;
            into.Bands[shown++][to] =
                from.Photometric == TiffTags.WhiteIsZero ? (ushort)((from.Bits == 8 ? byte.MaxValue : ushort.MaxValue) - value) : value;
        }
        into.Valid[to] = !none;
    }
}

/// <summary>Samples of a window, plane by plane.</summary>
internal sealed class Raster(int width, int height, int bands)
{
    public int Width => width;
    public int Height => height;
    public ushort[][] Bands { get; } = [.. Enumerable.Range(0, bands).Select(_ => new ushort[width * height])];

    /// <summary>False where there is no data: outside, sparse, transparent or of the value for it.</summary>
    public bool[] Valid { get; } = new bool[width * height];
}
