using System.Globalization;
using CsCheck;
using Weipian.Law;

namespace Weipian.Tests.Law;

public sealed class UnitsTests
{
    private static readonly AreaThreshold FiveMu = AreaThreshold.OfMu(5);
    private static readonly AreaThreshold TenMu = AreaThreshold.OfMu(10);

    [Theory] // TH1, TH2
    [InlineData(3333.34, true)]
    [InlineData(3333.3333, false)]
    [InlineData(3333.3334, true)]
    [InlineData(3333.32, false)]
    [InlineData(10000.0 / 3, false)] // 3333.33333… rounds to 3333.3333, which is below the line
    [InlineData(3333.33334, false)]
    [InlineData(3333.33336, true)]
    public void Five_mu_are_ten_thousand_thirds_of_a_square_metre(double squareMetres, bool reached) =>
        Assert.Equal(reached, FiveMu.IsReachedBy(new(squareMetres)));

    [Fact] // TH2: what is shown decides nothing
    public void An_area_shown_as_five_mu_may_be_below_the_line()
    {
        var area = new SquareMetres(3333.32);
        Assert.Equal("5.00", area.ToMu().ToString());
        Assert.False(FiveMu.IsReachedBy(area));
        Assert.Equal(-0.0133, FiveMu.Over(area).Value, 4);
    }

    [Theory] // TH4
    [InlineData("9.99", false)]
    [InlineData("10.00", true)]
    public void Ten_mu_of_ordinary_farmland_is_reached_at_ten(string mu, bool reached) =>
        Assert.Equal(reached, TenMu.IsReachedBy(MuRational.Of(decimal.Parse(mu, CultureInfo.InvariantCulture)).ToSquareMetres()));

    [Fact]
    public void A_line_that_is_reached_is_not_yet_exceeded()
    {
        var area = new SquareMetres(0.5 * 10_000);
        var line = AreaThreshold.OfHectares(0.5m);
        Assert.True(line.IsReachedBy(area));
        Assert.False(line.IsExceededBy(area));
        Assert.True(line.IsExceededBy(new(area.Value + 0.0001)));
    }

    [Fact] // the golden shapes of domain.md 4.1
    public void Mu_and_hectares_are_converted_once_from_unrounded_square_metres()
    {
        Assert.Equal(new Mu(14.71m), new SquareMetres(9804.6891).ToMu());
        Assert.Equal(new Mu(20.72m), new SquareMetres(13815.6371).ToMu());
        Assert.Equal(new Hectare(0.9805m), new SquareMetres(9804.6891).ToHectare());
        Assert.Equal(9804.69m, new SquareMetres(9804.6891).Rounded);
        // 0.005 亩 is 10/3 m²; through rounded square metres (3.33) it would show 0.00.
        Assert.Equal(new Mu(0.01m), new SquareMetres(3.3334).ToMu());
        Assert.Equal(new Mu(0.00m), new SquareMetres(3.33).ToMu());
    }

    [Theory]
    [InlineData(0.125, 2, "0.13")] // exact in binary: half goes away from zero
    [InlineData(-0.125, 2, "-0.13")]
    [InlineData(2.5, 0, "3")]
    [InlineData(-2.5, 0, "-3")]
    [InlineData(1.005, 2, "1.00")] // the double is just below the half
    public void Half_is_rounded_away_from_zero_from_the_exact_value(double value, int decimals, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), ExactNumber.Of(value).Round(decimals));

    [Fact]
    public void An_exact_number_keeps_every_bit_of_a_double() =>
        Gen.Double.Where(double.IsFinite).Sample(value => Assert.Equal(value, ExactNumber.Of(value).ToDouble()));

    [Fact]
    public void A_decimal_becomes_the_same_exact_number() =>
        Gen.Decimal.Sample(value => Assert.True(ExactNumber.Of(value) == ExactNumber.Of(-value) * ExactNumber.Of(-1m)));

    [Fact]
    public void An_area_that_is_not_finite_is_a_bug() => Assert.Throws<ArgumentOutOfRangeException>(() => ExactNumber.Of(double.NaN));

    [Fact]
    public void Rounded_parts_close_exactly_and_only_the_largest_is_touched() =>
        Gen.Double[0, 200_000]
            .Array[1, 40]
            .Sample(values =>
            {
                SquareMetres[] parts = [.. values.Select(v => new SquareMetres(v))];
                var whole = parts.Aggregate(new SquareMetres(0), (sum, p) => sum + p);
                var rounded = SumPreservingRounding.ToMu(parts, whole);
                Assert.Equal(whole.ToMu().Value, rounded.Sum(m => m.Value));
                var largest = Array.IndexOf(values, values.Max());
                for (var i = 0; i < parts.Length; i++)
                    if (i != largest)
                        Assert.Equal(parts[i].ToMu(), rounded[i]);
            });

    [Fact] // TC4: 7.40 + 4.60 = 12.00
    public void The_residual_goes_to_the_largest_part()
    {
        // Three equal thirds of 1 亩 show 0.33 each; the first of equals takes the rest.
        var third = new SquareMetres(2000.0 / 9);
        Assert.Equal([0.34m, 0.33m, 0.33m], SumPreservingRounding.ToMu([third, third, third], new(2000.0 / 3)).Select(m => m.Value));
        Assert.Equal(
            [0.3334m, 0.3333m, 0.3333m],
            SumPreservingRounding.ToHectares([new(10000.0 / 3), new(10000.0 / 3), new(10000.0 / 3)], new(10000)).Select(h => h.Value)
        );
        Assert.Equal([3.34m, 3.33m, 3.33m], SumPreservingRounding.ToSquareMetres([new(10.0 / 3), new(10.0 / 3), new(10.0 / 3)], new(10)));
        Assert.Empty(SumPreservingRounding.ToMu([], new(0)));
    }
}
