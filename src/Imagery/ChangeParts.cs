namespace Weipian.Imagery;

/// <summary>The parts of the number: difference inside against the ring, edges that appeared, and how they are put together.</summary>
/// <remarks>
/// The light of the later image is matched to the earlier one on the ring, band by band, by medians and their spread, which a change does
/// not pull. Fields look otherwise on another day without having changed: what the ring does as well does not count.
/// </remarks>
internal sealed record ChangeParts(double Inside, double Ring, double Edges, double Score)
{
    // Where half a point stands, and how fast it is given, on the scale of each part.
    private const double DifferenceMiddle = 1.5;
    private const double DifferenceSpread = 0.5;
    private const double EdgesMiddle = 1.6;
    private const double EdgesSpread = 0.5;

    /// <summary>Tones that differ by less are noise of the sensor.</summary>
    private const double NoiseTones = 6;

    public static ChangeParts Of(ChangeTones before, ChangeTones after, bool[] inside)
    {
        var ring = Enumerable.Range(0, inside.Length).Where(i => !inside[i] && before.Valid[i] && after.Valid[i]).ToArray();
        var core = Enumerable.Range(0, inside.Length).Where(i => inside[i] && before.Valid[i] && after.Valid[i]).ToArray();
        var matched = after.Bands.Select((band, b) => Matched(before.Bands[b], band, ring)).ToArray();
        var difference = new float[inside.Length];
        for (var i = 0; i < difference.Length; i++)
        {
            var sum = 0f;
            for (var b = 0; b < matched.Length; b++)
                sum += (matched[b][i] - before.Bands[b][i]) * (matched[b][i] - before.Bands[b][i]);
            difference[i] = MathF.Sqrt(sum / matched.Length);
        }
        var (inner, outer) = (Mean(core, difference), Mean(ring, difference));
        var relative = (inner + NoiseTones) / (outer + NoiseTones);
        var (edgesBefore, edgesAfter) = (before.Edges(), after.Edges());
        var (grownIn, grownOut) = (Grown(core, edgesBefore, edgesAfter), Grown(ring, edgesBefore, edgesAfter));
        var edges = Math.Max(grownIn / grownOut, grownOut / Math.Max(grownIn, 0.05) * 0.75);
        var (p, q) = (Logistic((relative - DifferenceMiddle) / DifferenceSpread), Logistic((edges - EdgesMiddle) / EdgesSpread));
        return new(inner, outer, edges, 1 - (1 - p) * (1 - q));
    }

    /// <summary>How many times as steep the tones became.</summary>
    private static double Grown(int[] where, float[] before, float[] after) => (Mean(where, after) + 2) / (Mean(where, before) + 2);

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
        var sorted = where.Select(i => values[i]).Order().ToArray();
        return (sorted[sorted.Length / 2], (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / 1.35);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
