namespace Weipian.Imagery;

/// <summary>A chip as tones from 0 to 255 for measuring: up to three bands and their mean.</summary>
internal sealed class ChangeTones
{
    private ChangeTones(int side, float[][] bands, float[]? vegetation, bool[] valid)
    {
        (Side, Bands, Vegetation, Valid) = (side, bands, vegetation, valid);
        Grey = new float[valid.Length];
        for (var i = 0; i < Grey.Length; i++)
            Grey[i] = (bands[0][i] + bands[1][i] + bands[2][i]) / 3;
    }

    public int Side { get; }
    public float[][] Bands { get; }
    public float[] Grey { get; }

    /// <summary>The vegetation index NDVI (Rouse and others, 1974), −1 to 1; null when red or near infrared is not known.</summary>
    public float[]? Vegetation { get; }

    public bool[] Valid { get; }

    public static ChangeTones Of(Chip chip)
    {
        var rgba = chip.ToRgba();
        var bands = new float[3][];
        for (var b = 0; b < bands.Length; b++)
        {
            var band = bands[b] = new float[chip.Valid.Length];
            for (var i = 0; i < band.Length; i++)
                band[i] = rgba[4 * i + b];
        }
        return new(chip.Frame.Width, bands, VegetationOf(chip), [.. chip.Valid]);
    }

    private static float[]? VegetationOf(Chip chip)
    {
        if (chip.Roles is not { Red: { } red, NearInfrared: { } infrared })
            return null;
        var (r, n) = (chip.Bands[red], chip.Bands[infrared]);
        return [.. r.Select((value, i) => (n[i] - value) / Math.Max(1, n[i] + value))];
    }

    /// <summary>These tones as they would be seen so many pixels further right and down.</summary>
    public ChangeTones Moved(double dx, double dy)
    {
        var from = Vegetation is null ? Bands : [.. Bands, Vegetation];
        var to = from.Select(_ => new float[Valid.Length]).ToArray();
        var valid = new bool[Valid.Length];
        var (ix, iy) = ((int)Math.Floor(dx), (int)Math.Floor(dy));
        var (fx, fy) = ((float)(dx - ix), (float)(dy - iy));
        for (var y = 0; y < Side; y++)
        for (var x = 0; x < Side; x++)
        {
            var (u, v) = (x + ix, y + iy);
            if (u < 0 || v < 0 || u + 1 >= Side || v + 1 >= Side)
                continue;
            var at = v * Side + u;
            valid[y * Side + x] = Valid[at] && Valid[at + 1] && Valid[at + Side] && Valid[at + Side + 1];
            for (var b = 0; b < from.Length; b++)
            {
                var above = from[b][at] * (1 - fx) + from[b][at + 1] * fx;
                var below = from[b][at + Side] * (1 - fx) + from[b][at + Side + 1] * fx;
                to[b][y * Side + x] = above * (1 - fy) + below * fy;
            }
        }
        return new(Side, to[..3], Vegetation is null ? null : to[3], valid);
    }

    /// <summary>Steepness of the grey tone at each pixel.</summary>
    public float[] Edges()
    {
        var edges = new float[Valid.Length];
        for (var y = 1; y + 1 < Side; y++)
        for (var x = 1; x + 1 < Side; x++)
        {
            var at = y * Side + x;
            if (!Valid[at] || !Valid[at - 1] || !Valid[at + 1] || !Valid[at - Side] || !Valid[at + Side])
                continue;
            var (gx, gy) = (Grey[at + 1] - Grey[at - 1], Grey[at + Side] - Grey[at - Side]);
            edges[at] = MathF.Sqrt(gx * gx + gy * gy) / 2;
        }
        return edges;
    }

    /// <summary>Roughness at each pixel: how far the grey tones of the five by five around it spread about their mean.</summary>
    public float[] Texture()
    {
        const int Reach = 2;
        var texture = new float[Valid.Length];
        for (var y = Reach; y + Reach < Side; y++)
        for (var x = Reach; x + Reach < Side; x++)
        {
            var (sum, squares, count) = (0f, 0f, 0);
            for (var v = y - Reach; v <= y + Reach; v++)
            for (var u = x - Reach; u <= x + Reach; u++)
                if (Valid[v * Side + u])
                {
                    var tone = Grey[v * Side + u];
                    (sum, squares, count) = (sum + tone, squares + tone * tone, count + 1);
                }
            if (count > 0)
                texture[y * Side + x] = MathF.Sqrt(Math.Max(0, squares / count - sum / count * (sum / count)));
        }
        return texture;
    }
}

/// <summary>What looks like cloud, or like the deep shadow of one, on either of two images.</summary>
internal static class ChangeClouds
{
    private const float Bright = 222;
    private const float Coloured = 16;
    private const float Shadow = 0.66f;

    /// <summary>Roofs are bright too, but small: the whole surroundings of a pixel must be.</summary>
    private const int Around = 5;

    /// <summary>Share of the patch under cloud and under its shadow; either counts where the ring is covered too.</summary>
    public static (double Cloud, double Shadow) Shares(ChangeTones one, ChangeTones other, bool[] inside) =>
        (Math.Max(Of(one, inside), Of(other, inside)), Math.Max(Shadowed(one, other, inside), Shadowed(other, one, inside)));

    private static double Of(ChangeTones tones, bool[] inside)
    {
        var cloud = new bool[inside.Length];
        for (var i = 0; i < cloud.Length; i++)
        {
            var (r, g, b) = (tones.Bands[0][i], tones.Bands[1][i], tones.Bands[2][i]);
            var (least, most) = (Math.Min(r, Math.Min(g, b)), Math.Max(r, Math.Max(g, b)));
            cloud[i] = tones.Valid[i] && least > Bright && most - least < Coloured;
        }
        return Both(Wide(cloud, tones.Side), inside);
    }

    /// <summary>A shadow darkens everything by one factor, and is larger than what houses cast.</summary>
    private static double Shadowed(ChangeTones one, ChangeTones other, bool[] inside)
    {
        var dark = new bool[inside.Length];
        for (var i = 0; i < dark.Length; i++)
            dark[i] = one.Valid[i] && other.Valid[i] && other.Grey[i] < one.Grey[i] * Shadow;
        return Both(Wide(dark, one.Side), inside);
    }

    /// <summary>The share of the patch that is covered, when at least half as large a share of the ring is.</summary>
    private static double Both(bool[] covered, bool[] inside)
    {
        var (all, patch, ring) = (0, 0, 0);
        for (var i = 0; i < covered.Length; i++)
        {
            all += inside[i] ? 1 : 0;
            patch += inside[i] && covered[i] ? 1 : 0;
            ring += !inside[i] && covered[i] ? 1 : 0;
        }
        var (shareIn, shareOut) = (patch / (double)Math.Max(1, all), ring / (double)Math.Max(1, covered.Length - all));
        return shareOut >= shareIn / 2 || shareOut > 0.25 ? Math.Max(shareIn, shareOut) : 0;
    }

    /// <summary>Pixels most of whose surroundings are marked.</summary>
    private static bool[] Wide(bool[] marked, int side)
    {
        var sums = new int[(side + 1) * (side + 1)];
        for (var y = 0; y < side; y++)
        for (var x = 0; x < side; x++)
            sums[(y + 1) * (side + 1) + x + 1] =
                (marked[y * side + x] ? 1 : 0) + sums[y * (side + 1) + x + 1] + sums[(y + 1) * (side + 1) + x] - sums[y * (side + 1) + x];
        var wide = new bool[marked.Length];
        for (var y = 0; y < side; y++)
        for (var x = 0; x < side; x++)
        {
            var (l, t) = (Math.Max(0, x - Around), Math.Max(0, y - Around));
            var (r, b) = (Math.Min(side, x + Around + 1), Math.Min(side, y + Around + 1));
            var sum = sums[b * (side + 1) + r] - sums[t * (side + 1) + r] - sums[b * (side + 1) + l] + sums[t * (side + 1) + l];
            wide[y * side + x] = sum > 0.8 * (r - l) * (b - t);
        }
        return wide;
    }
}
