namespace Weipian.Imagery;

/// <summary>The parts of the number: difference inside against the ring, edges and texture that appeared, vegetation that came or
/// went, and how they are put together.</summary>
/// <remarks>
/// The light of the later image is matched to the earlier one on the ring, band by band, by medians and their spread, which a change does
/// not pull. Fields look otherwise on another day without having changed: what the ring does as well does not count.
/// </remarks>
internal sealed record ChangeParts(double Inside, double Ring, double Edges, double Texture, double? Greenness, ChangeSigns Signs)
{
    // Where half a point stands, and how fast it is given, on the scale of each part.
    private const double DifferenceMiddle = 1.5;
    private const double DifferenceSpread = 0.25;
    private const double StructureMiddle = 1.6;
    private const double StructureSpread = 0.25;
    private const double GreennessMiddle = 0.2;
    private const double GreennessSpread = 0.05;

    /// <summary>Tones that differ by less are noise of the sensor.</summary>
    private const double NoiseTones = 6;

    public static ChangeParts Of(ChangeTones before, ChangeTones after, bool[] inside)
    {
        var ring = Where(inside, wanted: false, before, after);
        var core = Where(inside, wanted: true, before, after);
        var difference = Difference(before, after, ring);
        var (inner, outer) = (Mean(core, difference), Mean(ring, difference));
        var relative = (inner + NoiseTones) / (outer + NoiseTones);
        var edges = Grown(core, ring, before.Edges(), after.Edges());
        var texture = Grown(core, ring, before.Texture(), after.Texture());
        var green = Greened(core, ring, before.Vegetation, after.Vegetation);
        // Edges and roughness are two readings of one thing, what stands on the ground: their mean is one sign.
        var signs = new ChangeSigns(
            Logistic((relative - DifferenceMiddle) / DifferenceSpread),
            Logistic(((edges + texture) / 2 - StructureMiddle) / StructureSpread),
            green is { } g ? Logistic((Math.Abs(g) - GreennessMiddle) / GreennessSpread) : null
        );
        return new(inner, outer, edges, texture, green, signs);
    }

    private static int[] Where(bool[] inside, bool wanted, ChangeTones before, ChangeTones after) =>
        [.. Enumerable.Range(0, inside.Length).Where(i => inside[i] == wanted && before.Valid[i] && after.Valid[i])];

    /// <summary>How far the tones of a pixel lie apart, root of the mean square over the bands.</summary>
    private static float[] Difference(ChangeTones before, ChangeTones after, int[] ring)
    {
        var difference = new float[before.Valid.Length];
        for (var b = 0; b < after.Bands.Length; b++)
        {
            var (from, to) = (before.Bands[b], Matched(before.Bands[b], after.Bands[b], ring));
            for (var i = 0; i < difference.Length; i++)
                difference[i] += (to[i] - from[i]) * (to[i] - from[i]);
        }
        for (var i = 0; i < difference.Length; i++)
            difference[i] = MathF.Sqrt(difference[i] / after.Bands.Length);
        return difference;
    }

    /// <summary>How many times as steep or as rough the inside became against the ring; smoother counts as well, but less.</summary>
    private static double Grown(int[] core, int[] ring, float[] before, float[] after)
    {
        var (inside, outside) = (Grown(core, before, after), Grown(ring, before, after));
        return Math.Max(inside / outside, outside / Math.Max(inside, 0.05) * 0.75);
    }

    private static double Grown(int[] where, float[] before, float[] after) => (Mean(where, after) + 2) / (Mean(where, before) + 2);

    /// <summary>Change of the vegetation index inside beyond that of the ring: the season does both.</summary>
    private static double? Greened(int[] core, int[] ring, float[]? before, float[]? after) =>
        before is null || after is null
            ? null
            : Mean(core, after) - Mean(core, before) - (ring.Length == 0 ? 0 : Mean(ring, after) - Mean(ring, before));

    private static double Mean(int[] where, float[] values)
    {
        var sum = 0.0;
        foreach (var i in where)
            sum += values[i];
        return where.Length == 0 ? 0 : sum / where.Length;
    }

    private static float[] Matched(float[] before, float[] after, int[] ring)
    {
        var (m, s) = Middle(before, ring);
        var (n, t) = Middle(after, ring);
        // Only light is matched, and light changes by little: a field that was ploughed is not a brighter day.
        var gain = Math.Clamp(s / Math.Max(t, 1), 0.7, 1.4);
        return [.. after.Select(v => (float)((v - n) * gain + m))];
    }

    private static (double Median, double Spread) Middle(float[] values, int[] where)
    {
        if (where.Length == 0)
            return (0, 1);
        var sorted = where.Select(i => values[i]).ToArray();
        Array.Sort(sorted);
        return (sorted[sorted.Length / 2], (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / 1.35);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>What each part says by itself, 0 (nothing) to 1.</summary>
/// <param name="Difference">Colours inside differ more than those of the ring.</param>
/// <param name="Structure">Edges and texture appeared or went inside.</param>
/// <param name="Greenness">Vegetation came or went inside; null without red and near infrared on both images.</param>
public sealed record ChangeSigns(double Difference, double Structure, double? Greenness)
{
    /// <summary>The one number: the signs joined as if they were independent.</summary>
    public double Together => 1 - (1 - Difference) * (1 - Structure) * (1 - (Greenness ?? 0));
}
