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

    /// <summary>The two lie so far apart that they cannot be laid on each other.</summary>
    Misplaced,

    /// <summary>Too little ground around the patch to compare with.</summary>
    NoRing,
}

/// <summary>How much a pair of images speaks for a change of a patch: help for the eye, never a verdict.</summary>
/// <param name="Score">0 (nothing) to 1; null when <paramref name="Silence"/> says why.</param>
/// <param name="ShiftMetres">By how much the later image was misplaced against the earlier one, taken out before measuring.</param>
/// <param name="Inside">Mean difference inside, after the light was matched, in tones of 0 to 255.</param>
/// <param name="Ring">The same in the ring around, where nothing was reported.</param>
/// <param name="Edges">Growth of edges inside over that of the ring: what is built has edges.</param>
/// <param name="Texture">The same of roughness: a crop is rougher than concrete.</param>
/// <param name="Greenness">Change of NDVI inside beyond that of the ring; null without red and near infrared on both.</param>
/// <param name="CloudShare">Share of the patch that looks like cloud on one of the two.</param>
/// <param name="ShadowShare">Share of it that looks like the shadow of a cloud.</param>
/// <param name="DataShare">Share of the patch with data on both.</param>
/// <param name="Signs">What the parts say by themselves; null when there is no score.</param>
public sealed record ChangeSupport(
    double? Score,
    ChangeSilence Silence,
    double ShiftMetres,
    double Inside,
    double Ring,
    double Edges,
    double Texture,
    double? Greenness,
    double CloudShare,
    double ShadowShare,
    double DataShare,
    ChangeSigns? Signs = null
)
{
    /// <summary>Names this way of measuring; it moves whenever the same images would give another number.</summary>
    public const string Version = "weipian-2";

    /// <summary>Pixels to a side of the frame that is measured; a power of two for the transform.</summary>
    public const int FramePixels = 128;

    private const int PixelsMin = 60;
    private const double DataShareMin = 0.8;
    private const double CloudShareMax = 0.2;
    private const int RingPixelsMin = 400;

    /// <summary>Below this resolution of the frame images hold nothing more.</summary>
    private const double FinestMetres = 0.5;

    /// <summary>The frame in which a patch is to be rendered for measuring: as much ground around as inside.</summary>
    /// <param name="degrees">Box of the patch.</param>
    /// <param name="imageMetres">Size of a pixel of the coarser image.</param>
    /// <param name="pixels">To a side; a power of two.</param>
    public static ChipFrame FrameFor(Extent degrees, double imageMetres, int pixels = FramePixels)
    {
        var frame = ChipFrame.Around(degrees, 1.5, 15, pixels);
        var least = pixels * Math.Max(FinestMetres, imageMetres * 0.75);
        var side = frame.Box.MaxX - frame.Box.MinX;
        if (side >= least)
            return frame;
        var grow = (least - side) / 2;
        var b = frame.Box;
        return frame with { Box = new(b.MinX - grow, b.MinY - grow, b.MaxX + grow, b.MaxY + grow) };
    }

    /// <summary>Measures two chips of one frame from <see cref="FrameFor"/>.</summary>
    /// <param name="rings">The patch in degrees: longitude, latitude, longitude …</param>
    public static ChangeSupport Of(Chip before, Chip after, IReadOnlyList<double[]> rings)
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
        if (count < PixelsMin)
            return Nothing(ChangeSilence.TooFewPixels, (0, 0), data);
        if (data < DataShareMin)
            return Nothing(ChangeSilence.NoData, (0, 0), data);
        var sky = ChangeClouds.Shares(one, other, inside);
        if (Math.Max(sky.Cloud, sky.Shadow) > CloudShareMax)
            return Nothing(ChangeSilence.Cloud, sky, data);
        if (Enumerable.Range(0, inside.Length).Count(i => !inside[i] && one.Valid[i] && other.Valid[i]) < RingPixelsMin)
            return Nothing(ChangeSilence.NoRing, sky, data);
        var shift = PhaseCorrelation.Shift(one.Grey, other.Grey, frame.Width);
        if (shift.AtReach)
            return Nothing(ChangeSilence.Misplaced, sky, data);
        var parts = ChangeParts.Of(one, other.Moved(shift.Dx, shift.Dy), inside);
        return new(
            parts.Signs.Together,
            ChangeSilence.None,
            Math.Sqrt(shift.Dx * shift.Dx + shift.Dy * shift.Dy) * (frame.Box.MaxX - frame.Box.MinX) / frame.Width,
            parts.Inside,
            parts.Ring,
            parts.Edges,
            parts.Texture,
            parts.Greenness,
            sky.Cloud,
            sky.Shadow,
            data,
            parts.Signs
        );
    }

    private static ChangeSupport Nothing(ChangeSilence why, (double Cloud, double Shadow) sky, double data) =>
        new(null, why, 0, 0, 0, 0, 0, null, sky.Cloud, sky.Shadow, data);

    private static double Share(bool[] inside, Func<int, bool> holds)
    {
        var (all, some) = (0, 0);
        for (var i = 0; i < inside.Length; i++)
            if (inside[i])
                (all, some) = (all + 1, some + (holds(i) ? 1 : 0));
        return all == 0 ? 0 : (double)some / all;
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
