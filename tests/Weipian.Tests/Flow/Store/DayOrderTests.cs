using Weipian.Flow.Store;

namespace Weipian.Tests.Flow.Store;

/// <summary>The one rule of days: not after today, not before what is answered; the day itself is in order.</summary>
public sealed class DayOrderTests
{
    private static readonly DateOnly Today = new(2019, 7, 9);
    private static readonly Cause Sent = new("移送日期", "the day of sending", new(2019, 7, 1));
    private static readonly Cause Received = new("签收日期", "the receipt", new(2019, 7, 3));
    private static readonly Cause Unknown = new("批准日期", "the approval", null);

    [Theory]
    [InlineData("2019-07-10", "chain.in-future", "2019-07-09")]
    [InlineData("2019-07-02", "chain.before-cause", "the receipt 2019-07-03")]
    [InlineData("2001-01-01", "chain.before-cause", "the receipt 2019-07-03")]
    public void A_day_out_of_its_order_is_refused_by_the_latest_cause(string day, string code, string says)
    {
        var refusal = Assert.Throws<Problem>(() => Require(day, Sent, Received, Unknown));
        Assert.Equal(code, refusal.Code);
        Assert.Contains(says, refusal.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2019-07-03")]
    [InlineData("2019-07-09")]
    public void The_day_of_the_cause_and_today_are_in_order(string day) => Require(day, Received, Sent, Unknown);

    [Fact]
    public void What_nobody_knows_bounds_nothing() => Require("2001-01-01", Unknown, default);

    [Fact]
    public void A_last_day_may_lie_ahead_but_not_behind_its_cause()
    {
        DayOrder.RequireNotBefore("复函期限", "The last day to reply", Today.AddDays(30), Sent);
        var refusal = Assert.Throws<Problem>(() => DayOrder.RequireNotBefore("复函期限", "The last day to reply", new(2019, 6, 30), Sent));
        Assert.Equal("chain.before-cause", refusal.Code);
        Assert.Contains("早于移送日期", refusal.Chinese, StringComparison.Ordinal);
    }

    private static void Require(string day, params Cause[] causes) =>
        DayOrder.Require("日期", "The day", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Today, causes);
}
