using System.Runtime.CompilerServices;

namespace Weipian.Imagery;

/// <summary>An image resampled to a frame, bilinear: values of each band, and where there are any.</summary>
public sealed class Chip
{
    /// <summary>The way from frame to image is computed exactly on a grid of so many pixels and bilinearly between.</summary>
    private const int GridStep = 16;

    private readonly (float Low, float High)[]? stretch;
    private readonly float[][] all;

    private Chip(ChipFrame frame, GeoTiff image)
    {
        (Frame, stretch, Roles) = (frame, image.Stretch, image.Roles);
        var count = frame.Width * frame.Height;
        all = [.. Enumerable.Range(0, image.ShownBands).Select(_ => new float[count])];
        Valid = new bool[count];
    }

    public ChipFrame Frame { get; }

    /// <summary>Values of the image, row by row from the north, one list to a band.</summary>
    public IReadOnlyList<float[]> Bands => all;

    /// <summary>False where the image has no data.</summary>
    public IReadOnlyList<bool> HasData => Valid;

    /// <summary>Which band is which colour.</summary>
    public BandRoles Roles { get; }

    internal bool[] Valid { get; }

    /// <summary>Share of the frame with data, 0 to 1.</summary>
    public double Coverage => Valid.Count(v => v) / (double)Valid.Length;

    /// <exception cref="Problem">images.truncated, images.damaged</exception>
    public static Chip Render(GeoTiff image, ChipFrame frame)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(frame);
        var chip = new Chip(frame, image);
        var grid = Grid(image, frame);
        var (level, factorX, factorY) = image.LevelFor(Scale(grid));
        for (var i = 0; i < grid.Places.Length; i++)
            grid.Places[i] = (grid.Places[i].X / factorX, grid.Places[i].Y / factorY);
        var step = Math.Max(1, (int)Scale(grid));
        var left = (int)Math.Floor(grid.Places.Min(p => p.X)) - step;
        var top = (int)Math.Floor(grid.Places.Min(p => p.Y)) - step;
        var width = (int)Math.Ceiling(grid.Places.Max(p => p.X)) + step + 1 - left;
        var height = (int)Math.Ceiling(grid.Places.Max(p => p.Y)) + step + 1 - top;
        var (whole, tall) = image.SizeOf(level);
        // Far outside there is nothing to read.
        (var right, var bottom) = (Math.Min(left + width, whole), Math.Min(top + height, tall));
        (left, top) = (Math.Max(left, 0), Math.Max(top, 0));
        if (right > left && bottom > top)
            chip.Fill(image.Read(level, left, top, right - left, bottom - top, step), grid, left, top, step);
        return chip;
    }

    /// <summary>The tones of red, green and blue (<see cref="BandRoles.Shown"/>): red, green, blue, opacity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte[] ToRgba()
    {
        var pixels = new byte[Valid.Length * 4];
        var (red, green, blue) = Roles.Shown(all.Length);
        for (var c = 0; c < 3; c++)
        {
            var shown =
                c == 0 ? red
                : c == 1 ? green
                : blue;
            var band = all[shown];
            var (low, high) = stretch is null ? (0, 255) : stretch[shown];
            var factor = 255 / Math.Max(1, high - low);
            for (int i = 0, to = c; i < band.Length; i++, to += 4)
                pixels[to] = (byte)Math.Clamp((band[i] - low) * factor + 0.5f, 0, 255);
        }
        var valid = Valid;
        for (var i = 0; i < valid.Length; i++)
            pixels[4 * i + 3] = valid[i] ? byte.MaxValue : (byte)0;
        return pixels;
    }

    private sealed record Places2D(int Across, int Down, (double X, double Y)[] Places);

    private static Places2D Grid(GeoTiff image, ChipFrame frame)
    {
        var (across, down) = ((frame.Width + GridStep - 1) / GridStep + 1, (frame.Height + GridStep - 1) / GridStep + 1);
        var places = new (double X, double Y)[across * down];
        for (var j = 0; j < down; j++)
        for (var i = 0; i < across; i++)
        {
            var (longitude, latitude) = frame.ToGeographic(i * GridStep, j * GridStep);
            places[j * across + i] = image.Place.FromGeographic(longitude, latitude);
        }
        return new(across, down, places);
    }

    /// <summary>Pixels of the image to one of the frame, in the middle.</summary>
    private static double Scale(Places2D grid)
    {
        var at = grid.Down / 2 * grid.Across + grid.Across / 2;
        var (a, b, c) = (grid.Places[at], grid.Places[at - 1], grid.Places[at - grid.Across]);
        var area = Math.Abs((a.X - b.X) * (a.Y - c.Y) - (a.Y - b.Y) * (a.X - c.X));
        return Math.Sqrt(area) / GridStep;
    }

    /// <summary>Line by line: first where each pixel falls, then the samples band by band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(Raster from, Places2D grid, int left, int top, int step)
    {
        var (firsts, rights, downs) = (new int[Frame.Width], new float[Frame.Width], new float[Frame.Width]);
        for (var y = 0; y < Frame.Height; y++)
        {
            var (row, v) = Math.DivRem(y, GridStep);
            var down = (v + 0.5) / GridStep;
            for (var x = 0; x < Frame.Width; x++)
            {
                var (column, u) = Math.DivRem(x, GridStep);
                var right = (u + 0.5) / GridStep;
                var at = row * grid.Across + column;
                ref readonly var p = ref grid.Places[at];
                ref readonly var q = ref grid.Places[at + 1];
                ref readonly var r = ref grid.Places[at + grid.Across];
                ref readonly var s = ref grid.Places[at + grid.Across + 1];
                var px = (p.X * (1 - right) + q.X * right) * (1 - down) + (r.X * (1 - right) + s.X * right) * down;
                var py = (p.Y * (1 - right) + q.Y * right) * (1 - down) + (r.Y * (1 - right) + s.Y * right) * down;
                // Samples of the window stand in the middles of its pixels.
                Look(from, (px - 0.5 - left) / step, (py - 0.5 - top) / step, x, y, (firsts, rights, downs));
            }
            Blend(from, y * Frame.Width, (firsts, rights, downs));
        }
    }

    /// <summary>Finds the four samples around a place: noted when all have data, else taken at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look(Raster from, double x, double y, int column, int row, (int[] Firsts, float[] Rights, float[] Downs) line)
    {
        var (i, j) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (fx, fy) = ((float)(x - i), (float)(y - j));
        line.Firsts[column] = -1;
        if (i >= 0 && j >= 0 && i + 1 < from.Width && j + 1 < from.Height)
        {
            var first = j * from.Width + i;
            var (valid, below) = (from.Valid, first + from.Width);
            if (valid[first] & valid[first + 1] & valid[below] & valid[below + 1])
            {
                (line.Firsts[column], line.Rights[column], line.Downs[column]) = (first, fx, fy);
                return;
            }
        }
        SampleAtRim(from, i, j, fx, fy, row * Frame.Width + column);
    }

    /// <summary>The mean of the four samples around each noted place, by nearness.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Blend(Raster from, int start, (int[] Firsts, float[] Rights, float[] Downs) line)
    {
        var (firsts, rights, downs) = line;
        for (var b = 0; b < all.Length; b++)
        {
            var band = from.Bands[b];
            var to = all[b].AsSpan(start, firsts.Length);
            for (var x = 0; x < to.Length; x++)
            {
                var first = firsts[x];
                if (first < 0)
                    continue;
                var below = first + from.Width;
                var upper = band[first] + (band[first + 1] - band[first]) * rights[x];
                var lower = band[below] + (band[below + 1] - band[below]) * rights[x];
                to[x] = upper + (lower - upper) * downs[x];
            }
        }
        for (var x = 0; x < firsts.Length; x++)
            if (firsts[x] >= 0)
                Valid[start + x] = true;
    }

    /// <summary>Where one of the four has no data or lies outside.</summary>
    private void SampleAtRim(Raster from, int i, int j, float fx, float fy, int to)
    {
        Span<int> at = stackalloc int[4];
        Span<float> weight = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
        var (sum, heaviest, best) = (0f, 0f, -1);
        for (var k = 0; k < 4; k++)
        {
            var (column, row) = (i + (k & 1), j + (k >> 1));
            var inside = (uint)column < (uint)from.Width && (uint)row < (uint)from.Height;
            at[k] = inside ? row * from.Width + column : -1;
            if (weight[k] > heaviest)
                (heaviest, best) = (weight[k], at[k]);
            if (!inside || !from.Valid[at[k]])
                weight[k] = 0;
            sum += weight[k];
        }
        // At the rim of the image the nearest sample lies inside although its neighbours do not.
        if (best < 0 || !from.Valid[best] || sum <= 0)
            return;
        Valid[to] = true;
        for (var b = 0; b < Bands.Count; b++)
        {
            var value = 0f;
            for (var k = 0; k < 4; k++)
                if (weight[k] > 0)
                    value += weight[k] * from.Bands[b][at[k]];
            Bands[b][to] = value / sum;
        }
    }
}
