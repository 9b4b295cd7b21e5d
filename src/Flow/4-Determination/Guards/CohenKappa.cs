namespace Weipian.Flow.Determinations;

/// <summary>Agreement of two readings beyond chance: Cohen's κ with its interval and the counts per class.</summary>
/// <remarks>
/// κ = (p_o − p_e) / (1 − p_e), with p_o the share of pairs that agree and p_e the share that would by the margins alone (J. Cohen,
/// A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 1960). Its large-sample variance is
/// that of J. L. Fleiss, J. Cohen and B. S. Everitt, Psychological Bulletin 72, 1969, for κ not zero. It has no value where both used
/// a single class.
/// </remarks>
/// <param name="Classes">In the order of <see cref="Counts"/>.</param>
/// <param name="Counts">Rows: what the reader said; columns: what the verdict is.</param>
/// <param name="Kappa">Null where it is not defined, or of too few pairs.</param>
/// <param name="StandardError">Of κ; null where κ is.</param>
public sealed record CohenKappa(
    IReadOnlyList<string> Classes,
    IReadOnlyList<IReadOnlyList<int>> Counts,
    double? Kappa,
    double? StandardError
)
{
    /// <summary>The 97.5 % point of the normal distribution, in standard errors: 95 % lie between.</summary>
    private const double IntervalTolerance = 1.959964;

    /// <summary>So close to 1 agreement by chance leaves nothing to divide by.</summary>
    private const double OneClassTolerance = 1e-12;

    public int Pairs => Counts.Sum(row => row.Sum());

    /// <summary>Pairs that agree.</summary>
    public int Agreeing => Classes.Select((_, i) => Counts[i][i]).Sum();

    /// <summary>Lower end of the 95 % interval, not below −1; inclusive.</summary>
    public double? Low => Kappa - (IntervalTolerance * StandardError) is { } low ? Math.Max(-1, low) : null;

    /// <summary>Upper end of the 95 % interval, not above 1; inclusive.</summary>
    public double? High => Kappa + (IntervalTolerance * StandardError) is { } high ? Math.Min(1, high) : null;

    /// <summary>Pure: from pairs of classes.</summary>
    /// <param name="pairsMin">Of fewer pairs there is no κ.</param>
    public static CohenKappa Of(IReadOnlyList<string> classes, IEnumerable<(string Reader, string Verdict)> pairs, int pairsMin)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(pairs);
        var counts = classes.Select(_ => new int[classes.Count]).ToArray();
        var places = classes.Select((name, place) => (name, place)).ToDictionary(c => c.name, c => c.place, StringComparer.Ordinal);
        foreach (var (reader, verdict) in pairs)
            counts[places[reader]][places[verdict]]++;
        var total = counts.Sum(row => row.Sum());
        var (kappa, error) = total == 0 || total < pairsMin ? (null, null) : Estimate(counts, total);
        return new(classes, [.. counts], kappa, error);
    }

    private static (double? Kappa, double? Error) Estimate(int[][] counts, int total)
    {
        var size = counts.Length;
        var share = counts.Select(row => row.Select(n => (double)n / total).ToArray()).ToArray();
        var reader = share.Select(row => row.Sum()).ToArray();
        var verdict = Enumerable.Range(0, size).Select(j => share.Sum(row => row[j])).ToArray();
        var observed = Enumerable.Range(0, size).Sum(i => share[i][i]);
        var expected = Enumerable.Range(0, size).Sum(i => reader[i] * verdict[i]);
        // Both used one class alone: agreement cannot be told from chance.
        if (1 - expected < OneClassTolerance)
            return (null, null);
        var onDiagonal = 0.0;
        var beside = 0.0;
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            if (i == j)
                onDiagonal += share[i][i] * Square(1 - expected - ((verdict[i] + reader[i]) * (1 - observed)));
            else
                beside += share[i][j] * Square(verdict[i] + reader[j]);
        var rest = Square((observed * expected) - (2 * expected) + observed);
        var variance = (onDiagonal + (Square(1 - observed) * beside) - rest) / (total * Square(Square(1 - expected)));
        return ((observed - expected) / (1 - expected), Math.Sqrt(Math.Max(0, variance)));
    }

    private static double Square(double value) => value * value;
}
