using Weipian.Geo;

namespace Weipian.Imagery;

/// <summary>Why nothing can be said about a pair of images.</summary>
public enum ChangeSilence
{
    /// <summary>It can.</summary>
    None,

    /// <summary>A part of the ground has no data on one of the two.</summary>
    NoData,

    /// <summary>A cloud or its shadow lies over it.</summary>
    Cloud,

    /// <summary>The patch is too small for the resolution.</summary>
    TooFewPixels,
}

/// <summary>How much a pair of images speaks for a change of a patch: help for the eye, never a verdict.</summary>
/// <param name="Score">0 (nothing) to 1; null when <paramref name="Silence"/> says why.</param>
/// <param name="ShiftMetres">By how much the later image was misplaced against the earlier one, taken out before measuring.</param>
/// <param name="Inside">Mean difference inside, after the light was matched, in tones of 0 to 255.</param>
/// <param name="Ring">The same in the ring around, where nothing was reported.</param>
/// <param name="Edges">Growth of edges inside over that of the ring: what is built has edges.</param>
/// <param name="Greenness">Change of NDVI inside; null without a near-infrared band.</param>
/// <param name="CloudShare">Share of the patch that looks like cloud or deep shadow on one of the two.</param>
/// <param name="DataShare">Share of the patch with data on both.</param>
public sealed record ChangeSupport(
    double? Score,
    ChangeSilence Silence,
    double ShiftMetres,
    double Inside,
    double Ring,
    double Edges,
    double? Greenness,
    double CloudShare,
    double DataShare
)
{
    /// <summary>Pixels to a side of the frame that is measured; a power of two for the transform.</summary>
    public const int FramePixels = 128;

    private const int PixelsMin = 60;
    private const double DataShareMin = 0.8;
    private const double CloudShareMax = 0.2;

    /// <summary>Below this resolution of the frame images hold nothing more.</summary>
    private const double FinestMetres = 0.5;

    /// <summary>The frame in which a patch is to be rendered for measuring: as much ground around as inside.</summary>
    /// <param name="degrees">Box of the patch.</param>
    /// <param name="imageMetres">Size of a pixel of the coarser image.</param>
    public static ChipFrame FrameFor(Extent degrees, double imageMetres)
    {
        var frame = ChipFrame.Around(degrees, 1.5, 15, FramePixels);
        var least = FramePixels * Math.Max(FinestMetres, imageMetres * 0.75);
        var side = frame.Box.MaxX - frame.Box.MinX;
        if (side >= least)
            return frame;
        var grow = (least - side) / 2;
        var b = frame.Box;
        return frame with { Box = new(b.MinX - grow, b.MinY - grow, b.MaxX + grow, b.MaxY + grow) };
    }

    /// <summary>Measures two chips of one frame from <see cref="FrameFor"/>.</summary>
    /// <param name="rings">The patch in degrees: longitude, latitude, longitude …</param>
    /// <param name="nearInfrared">Index of the near-infrared band of both, with red as index 0; null when there is none.</param>
    public static ChangeSupport Of(Chip before, Chip after, IReadOnlyList<double[]> rings, int? nearInfrared = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Frame != after.Frame)
            throw new ArgumentException("both chips must be of one frame", nameof(after));
        var frame = before.Frame;
        var inside = ChangeMask.Of(frame, rings);
        var count = inside.Count(i => i);
        var (one, other) = (ChangeTones.Of(before), ChangeTones.Of(after));
        var data = Share(inside, i => one.Valid[i] && other.Valid[i]);
        var metres = (frame.Box.MaxX - frame.Box.MinX) / frame.Width;
        if (count < PixelsMin)
            return Nothing(ChangeSilence.TooFewPixels, 0, data);
        if (data < DataShareMin)
            return Nothing(ChangeSilence.NoData, 0, data);
        var cloud = ChangeClouds.Share(one, other, inside);
        if (cloud > CloudShareMax)
            return Nothing(ChangeSilence.Cloud, cloud, data);
        var (dx, dy) = PhaseCorrelation.Shift(one.Grey, other.Grey, frame.Width);
        var moved = other.Moved(dx, dy);
        var parts = ChangeParts.Of(one, moved, inside);
        var green = nearInfrared is { } band ? Ndvi(after, band, inside) - Ndvi(before, band, inside) : (double?)null;
        return new(
            parts.Score,
            ChangeSilence.None,
            Math.Sqrt(dx * dx + dy * dy) * metres,
            parts.Inside,
            parts.Ring,
            parts.Edges,
            green,
            cloud,
            data
        );
    }

    private static ChangeSupport Nothing(ChangeSilence why, double cloud, double data) => new(null, why, 0, 0, 0, 0, null, cloud, data);

    private static double Share(bool[] inside, Func<int, bool> holds)
    {
        var (all, some) = (0, 0);
        for (var i = 0; i < inside.Length; i++)
            if (inside[i])
                (all, some) = (all + 1, some + (holds(i) ? 1 : 0));
        return all == 0 ? 0 : (double)some / all;
    }

    private static double Ndvi(Chip chip, int nearInfrared, bool[] inside)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < inside.Length; i++)
            if (inside[i] && chip.Valid[i])
            {
                var (red, infrared) = (chip.Bands[0][i], chip.Bands[nearInfrared][i]);
                (sum, count) = (sum + (infrared - red) / Math.Max(1, infrared + red), count + 1);
            }
        return count == 0 ? 0 : sum / count;
    }
}

/// <summary>Which pixels of a frame lie in a patch, by their middles.</summary>
internal static class ChangeMask
{
    public static bool[] Of(ChipFrame frame, IReadOnlyList<double[]> rings)
    {
        var inside = new bool[frame.Width * frame.Height];
        foreach (var ring in rings)
        {
            var (xs, ys) = (new double[ring.Length / 2], new double[ring.Length / 2]);
            for (var i = 0; i < xs.Length; i++)
                (xs[i], ys[i]) = frame.FromGeographic(ring[2 * i], ring[2 * i + 1]);
            for (var y = 0; y < frame.Height; y++)
            {
                var at = y + 0.5;
                for (int i = 0, j = xs.Length - 1; i < xs.Length; j = i++)
                {
                    if (ys[i] > at == ys[j] > at)
                        continue;
                    // Every pixel to the right of the edge changes sides.
                    var x = (xs[j] - xs[i]) * (at - ys[i]) / (ys[j] - ys[i]) + xs[i];
                    for (var k = Math.Max(0, (int)Math.Ceiling(x - 0.5)); k < frame.Width; k++)
                        inside[y * frame.Width + k] ^= true;
                }
            }
        }
        return inside;
    }
}
