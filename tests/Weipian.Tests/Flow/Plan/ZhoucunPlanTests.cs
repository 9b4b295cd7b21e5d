using Weipian.Flow.Plan;

namespace Weipian.Tests.Flow.Plan;

public sealed class ZhoucunPlanTests
{
    private static readonly WorkPlan Plan = WorkPlan.Load(Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml"));

    [Fact]
    public void It_loads() => Assert.Equal("zhoucun-2019", Plan.Id);
}
