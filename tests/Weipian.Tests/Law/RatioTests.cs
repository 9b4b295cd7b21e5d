using Weipian.Law;

namespace Weipian.Tests.Law;

public sealed class RatioTests
{
    private const string Line = "cn/order-15-land-violation-discipline/3#illegal_farmland_ratio_min";

    private static decimal LineOf2019 => RealLaw.Book.AsOf(new(2019, 12, 31), SelectingDate.Programme).Number(Line).Value;

    [Fact] // TH5
    [Requirement("R40")]
    public void A_share_of_18_62_per_cent_is_over_the_line()
    {
        var ratio = IllegalFarmlandRatio.Of(46.8m, 251.4m, 0m, restoredLeavesDenominator: true);
        Assert.Equal(18.62m, ratio.Percent);
        Assert.True(ratio.Reaches(LineOf2019));
    }

    [Theory] // TH6
    [InlineData(true, "10.69 %")]
    [InlineData(false, "9.75 %")]
    public void Restored_land_leaves_the_numerator_and_by_switch_the_denominator(bool leaves, string expected)
    {
        var ratio = IllegalFarmlandRatio.Of(46.8m, 251.4m, 22.3m, leaves);
        Assert.Equal(expected, ratio.ToString());
        Assert.False(ratio.Reaches(LineOf2019));
    }

    [Fact]
    public void The_switch_of_the_denominator_is_in_the_law_book() =>
        Assert.True(
            RealLaw
                .Book.AsOf(new(2019, 12, 31), SelectingDate.Programme)
                .Switch("cn/order-15-land-violation-discipline/3#restored_leaves_denominator")
                .Value
        );

    [Fact] // TH7
    public void With_nothing_to_divide_by_the_share_is_not_applicable()
    {
        foreach (var ratio in new[] { Ratio.Of(0m, 0m), Ratio.Of(3m, 0m), Ratio.Of(new SquareMetres(1), new SquareMetres(0)), default })
        {
            Assert.False(ratio.IsApplicable);
            Assert.Null(ratio.Percent);
            Assert.Equal("n/a", ratio.ToString());
            Assert.False(ratio.Reaches(0m));
            Assert.False(ratio.Exceeds(0m));
        }
    }

    [Fact] // TH8
    public void Exactly_fifteen_per_cent_reaches_the_line_and_does_not_exceed_it()
    {
        var ratio = Ratio.Of(15.00m, 100.00m);
        Assert.True(ratio.Reaches(LineOf2019));
        Assert.False(ratio.Exceeds(LineOf2019));
        Assert.False(Ratio.Of(14.9999m, 100m).Reaches(LineOf2019));
        Assert.True(Ratio.Of(new SquareMetres(150), new SquareMetres(1000)).Reaches(LineOf2019));
    }
}
