using Weipian.Flow.Intake;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Intake;

/// <summary>Where the plan names nobody, the office says who answers; where it names somebody, it does not.</summary>
public sealed class AssignUnitTests
{
    private static readonly WorkPlan Plan = WorkPlan.Parse(File.ReadAllBytes(Installations.Zhoucun), Installations.Zhoucun);

    private static PatchUnit Share(string code, string? unit) =>
        new()
        {
            Id = Guid.NewGuid(),
            PatchId = Guid.NewGuid(),
            StatutoryUnit = code,
            ResponsibleUnit = unit,
            AreaSquareMetres = 1,
        };

    private static AssignUnit.Request Request(string? code, string unit = "zone", string programme = "2019-q1") =>
        new(programme, code, unit, "方案未明确");

    [Fact]
    public void Shares_that_wait_and_shares_that_another_unit_has_change_hands()
    {
        PatchUnit[] shares = [Share("370306100", null), Share("370306100", "wangcun"), Share("370306100", "zone")];
        Assert.Equal(shares[..2], AssignUnit.Decide(Request("370306100"), Plan, shares));
    }

    [Fact]
    public void What_lies_in_no_unit_is_assigned_too() => Assert.Single(AssignUnit.Decide(Request(null), Plan, [Share("", null)]));

    [Theory]
    [InlineData("370306102", "zone", "2019-q1", "intake.plan-names-the-unit")]
    [InlineData("370306100", "nobody", "2019-q1", "chain.not-there")]
    [InlineData("370306100", "zone", "2017-annual", "chain.not-there")]
    [InlineData("370306103", "zone", "2019-q1", "intake.no-share-to-assign")]
    public void A_wrong_request_is_refused(string code, string unit, string programme, string refusal)
    {
        var shares = code == "370306103" ? [] : new[] { Share(code, null) };
        Assert.Equal(refusal, Assert.Throws<Problem>(() => AssignUnit.Decide(Request(code, unit, programme), Plan, shares)).Code);
    }

    [Theory]
    [InlineData(PlanRoles.OfficeHead, true)]
    [InlineData(PlanRoles.DistrictOfficer, true)]
    [InlineData(PlanRoles.Town, false)]
    [InlineData(PlanRoles.Government, false)]
    public void The_office_does_it(string role, bool may) => Assert.Equal(may, ActMatrix.Allows(AssignUnit.Act, role));
}
