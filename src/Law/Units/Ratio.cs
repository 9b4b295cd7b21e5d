using System.Globalization;

namespace Weipian.Law;

/// <summary>A share with its two terms. With nothing to divide by it is not applicable: never 0 %, never 100 %.</summary>
public readonly record struct Ratio
{
    private readonly ExactNumber numerator;
    private readonly ExactNumber denominator;

    private Ratio(ExactNumber numerator, ExactNumber denominator) => (this.numerator, this.denominator) = (numerator, denominator);

    public static Ratio Of(SquareMetres part, SquareMetres whole) => new(part.Compared, whole.Compared);

    public static Ratio Of(decimal part, decimal whole) => new(ExactNumber.Of(part), ExactNumber.Of(whole));

    /// <summary>False when there is nothing to divide by.</summary>
    public bool IsApplicable => denominator.Numerator.Sign > 0;

    /// <summary>Per cent, 2 decimals, half away from zero; null when not applicable.</summary>
    public decimal? Percent => IsApplicable ? (numerator / denominator * ExactNumber.Of(100, 1)).Round(2) : null;

    /// <summary>
    /// True when the share is at least <paramref name="line"/> (a share of one); compared exactly. False when not applicable.
    /// </summary>
    public bool Reaches(decimal line) => IsApplicable && numerator >= ExactNumber.Of(line) * denominator;

    /// <summary>True when the share is more than <paramref name="line"/>; compared exactly. False when not applicable.</summary>
    public bool Exceeds(decimal line) => IsApplicable && numerator > ExactNumber.Of(line) * denominator;

    /// <summary><c>18.62 %</c> or <c>n/a</c>.</summary>
    public override string ToString() => Percent is { } percent ? percent.ToString("0.00", CultureInfo.InvariantCulture) + " %" : "n/a";
}

/// <summary>The share of cultivated land taken unlawfully in all cultivated land taken by new construction (违法占用耕地比例).</summary>
[Cites("cn/order-15-land-violation-discipline", article: "3")]
public static class IllegalFarmlandRatio
{
    /// <summary>
    /// Land punished and restored to cultivation leaves the numerator; whether it also leaves the denominator is a switch of the law
    /// book (<c>cn/order-15-land-violation-discipline/3#restored_leaves_denominator</c>).
    /// </summary>
    public static Ratio Of(SquareMetres illegal, SquareMetres total, SquareMetres restored, bool restoredLeavesDenominator) =>
        Ratio.Of(illegal - restored, restoredLeavesDenominator ? total - restored : total);

    /// <summary>The same from figures that are already in one unit, such as 亩 of a table.</summary>
    public static Ratio Of(decimal illegal, decimal total, decimal restored, bool restoredLeavesDenominator) =>
        Ratio.Of(illegal - restored, restoredLeavesDenominator ? total - restored : total);
}
