namespace Weipian.Web.Reading;

/// <summary>How well a number between 0 and 1 told change from no change, held against what people confirmed. Pure.</summary>
/// <remarks>
/// Bins of equal width as in a reliability diagram; the Brier score (Brier, "Verification of forecasts expressed in terms of probability",
/// 1950) is the mean square of the number's error; the expected calibration error (Naeini, Cooper, Hauskrecht, 2015) is the mean distance
/// of each bin's share from its mean number, weighted by the bin; the area under the ROC curve is the chance that a changed patch has the
/// higher number of the two, ties counted half.
/// </remarks>
/// <param name="Count">Patches with a number and a confirmed verdict.</param>
/// <param name="Changed">Of these the changed ones.</param>
/// <param name="Silent">Patches with a confirmed verdict for which there is no number.</param>
/// <param name="Brier">Null below <see cref="CountMin"/>, like the next two.</param>
/// <param name="Area">Under the ROC curve; null also when all patches are of one kind.</param>
public sealed record ChangeReliability(
    int Count,
    int Changed,
    int Silent,
    double? Brier,
    double? CalibrationError,
    double? Area,
    IReadOnlyList<ChangeReliability.Bin> Bins
)
{
    public const int BinCount = 5;

    /// <summary>Of fewer patches in a bin a share says nothing.</summary>
    public const int BinMin = 10;

    /// <summary>Of fewer patches in all nothing is said.</summary>
    public const int CountMin = 30;

    /// <summary>Numbers of one bin.</summary>
    /// <param name="Mean">Mean number; null below <see cref="BinMin"/>.</param>
    /// <param name="Share">Share of changed patches; null below <see cref="BinMin"/>.</param>
    public sealed record Bin(double From, double To, int Count, int Changed, double? Mean, double? Share);

    /// <param name="pairs">The number, null where it is silent, and whether people confirmed a change.</param>
    public static ChangeReliability Of(IReadOnlyCollection<(double? Score, bool Changed)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var told = pairs.Where(p => p.Score is not null).Select(p => (Score: p.Score!.Value, p.Changed)).ToList();
        var bins = Enumerable.Range(0, BinCount).Select(i => BinOf(i, told)).ToList();
        var enough = told.Count >= CountMin;
        return new(
            told.Count,
            told.Count(p => p.Changed),
            pairs.Count - told.Count,
            enough ? told.Average(p => Math.Pow(p.Score - (p.Changed ? 1 : 0), 2)) : null,
            enough ? ErrorOf(told) : null,
            enough ? AreaOf(told) : null,
            bins
        );
    }

    private static int IndexOf(double score) => Math.Clamp((int)(score * BinCount), 0, BinCount - 1);

    private static Bin BinOf(int index, List<(double Score, bool Changed)> told)
    {
        var inside = told.Where(p => IndexOf(p.Score) == index).ToList();
        var changed = inside.Count(p => p.Changed);
        return new(
            (double)index / BinCount,
            (double)(index + 1) / BinCount,
            inside.Count,
            changed,
            inside.Count < BinMin ? null : inside.Average(p => p.Score),
            inside.Count < BinMin ? null : (double)changed / inside.Count
        );
    }

    private static double ErrorOf(List<(double Score, bool Changed)> told) =>
        told.GroupBy(p => IndexOf(p.Score)).Sum(g => Math.Abs(g.Sum(p => p.Score) - g.Count(p => p.Changed))) / told.Count;

    /// <summary>By ranks (Mann and Whitney): quick for many patches.</summary>
    private static double? AreaOf(List<(double Score, bool Changed)> told)
    {
        var changed = told.Count(p => p.Changed);
        if (changed == 0 || changed == told.Count)
            return null;
        var (below, sum) = (0.0, 0.0);
        foreach (var group in told.GroupBy(p => p.Score).OrderBy(g => g.Key))
        {
            var (same, more) = (group.Count(p => !p.Changed), group.Count(p => p.Changed));
            sum += more * (below + same / 2.0);
            below += same;
        }
        return sum / changed / (told.Count - changed);
    }
}
