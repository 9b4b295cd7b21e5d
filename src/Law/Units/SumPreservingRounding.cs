using System.Numerics;

namespace Weipian.Law;

/// <summary>
/// Rounds parts so that the rounded parts add up exactly to the rounded whole (平差): the residual goes to the largest part.
/// </summary>
public static class SumPreservingRounding
{
    /// <summary>Parts in 亩, 2 decimals, adding up exactly to the whole in 亩.</summary>
    public static IReadOnlyList<Mu> ToMu(IReadOnlyList<SquareMetres> parts, SquareMetres whole) =>
        [.. Round(parts, whole, MuRational.SquareMetresPerMu, Mu.Decimals).Select(v => new Mu(v))];

    /// <summary>Parts in 公顷, 4 decimals, adding up exactly to the whole in 公顷.</summary>
    public static IReadOnlyList<Hectare> ToHectares(IReadOnlyList<SquareMetres> parts, SquareMetres whole) =>
        [.. Round(parts, whole, Hectare.SquareMetresPerHectare, Hectare.Decimals).Select(v => new Hectare(v))];

    /// <summary>Parts in m², 2 decimals, adding up exactly to the rounded whole.</summary>
    public static IReadOnlyList<decimal> ToSquareMetres(IReadOnlyList<SquareMetres> parts, SquareMetres whole) =>
        Round(parts, whole, ExactNumber.Of(1, 1), 2);

    /// <summary>
    /// Parts converted by <paramref name="squareMetresPerUnit"/>, rounded half away from zero to <paramref name="decimals"/>; what is left
    /// to the rounded whole is put on the largest part, the first of equals.
    /// </summary>
    public static IReadOnlyList<decimal> Round(
        IReadOnlyList<SquareMetres> parts,
        SquareMetres whole,
        ExactNumber squareMetresPerUnit,
        int decimals
    )
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            return [];
        var scaled = parts.Select(p => (ExactNumber.Of(p.Value) / squareMetresPerUnit).RoundScaled(decimals)).ToArray();
        var target = (ExactNumber.Of(whole.Value) / squareMetresPerUnit).RoundScaled(decimals);
        var largest = 0;
        for (var i = 1; i < parts.Count; i++)
            if (parts[i].Value > parts[largest].Value)
                largest = i;
        scaled[largest] += target - scaled.Aggregate(BigInteger.Zero, (sum, v) => sum + v);
        return [.. scaled.Select(v => ExactNumber.Of(v, BigInteger.Pow(10, decimals)).Round(decimals))];
    }
}
