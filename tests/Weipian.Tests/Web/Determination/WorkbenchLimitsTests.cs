using Weipian.Web.Serving;

namespace Weipian.Tests.Web.Determination;

/// <summary>Settings of the workbench: a slip of the pen stops the start.</summary>
public sealed class WorkbenchLimitsTests
{
    [Theory]
    [InlineData("WEIPIAN_LOCK_MINUTES", "0")]
    [InlineData("WEIPIAN_LOCK_MINUTES", "61")]
    [InlineData("WEIPIAN_BATCH_VERDICTS_MAX", "-3")]
    [InlineData("WEIPIAN_BATCH_VERDICTS_MAX", "501")]
    [InlineData("WEIPIAN_DAY_TARGET", "many")]
    public void What_is_not_understood_is_refused(string name, string value) =>
        Assert.Equal("web.bad-setting", Assert.Throws<Problem>(() => WorkbenchLimits.Read(n => n == name ? value : null)).Code);

    [Fact]
    public void What_is_set_is_taken_and_the_rest_is_ordinary()
    {
        var limits = WorkbenchLimits.Read(n => n == "WEIPIAN_LOCK_MINUTES" ? "5" : null);
        Assert.Equal(WorkbenchLimits.Ordinary with { LockSpan = TimeSpan.FromMinutes(5) }, limits);
        Assert.Equal(500, limits.DayTarget);
    }
}
