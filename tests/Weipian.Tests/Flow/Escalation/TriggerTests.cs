using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Escalation;
using Weipian.Flow.Plan;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Escalation;

/// <summary>Fraud, concealment or sitting on a case, and serious: finding, land class and area of the whole violation together.</summary>
[Requirement("R27")]
public sealed class TriggerTests
{
    private static readonly WorkPlan Plan = WorkPlan.Load(Installations.Zhoucun);

    private static PlanGround Integrity => Plan.Grounds.Single(g => g.Id == GroundIds.Integrity);

    [Theory]
    [InlineData("town")]
    [InlineData("district-officer")]
    [InlineData("office-head")]
    public async Task A_town_and_the_proposing_office_find_nothing_about_integrity(string role)
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        await EscalationOffice.RefusedAsync("store.act-not-allowed", () => office.FindAsync("wangcun", null, new(role, role, "wangcun")));
    }

    [Fact]
    public void The_unit_concerned_never_finds_about_itself()
    {
        var request = new RecordIntegrityFinding.Request(
            "wangcun",
            null,
            "concealed",
            "data-review",
            null,
            new DateOnly(2019, 6, 1),
            "瞒报",
            "审核发现"
        );
        var moved = new Weipian.Flow.Store.Actor("town-wangcun", "district-reviewer", "wangcun");
        var refused = Assert.Throws<Problem>(() => RecordIntegrityFinding.Decide(moved, request, Plan, null, new DateOnly(2019, 6, 2)));
        Assert.Equal("escalation.concerned-unit", refused.Code);
    }

    /// <summary>TH1 to TH4 of domain.md 15, with the areas in square metres as measured.</summary>
    [Theory]
    [InlineData("TH1", 0, 3333.34, 0, true, true)]
    [InlineData("TH1 at the line", 0, 3333.3334, 0, true, true)]
    [InlineData("TH1 below the line", 0, 3333.3333, 0, true, false)]
    [InlineData("TH2", 0, 3333.32, 0, true, false)]
    [InlineData("TH3", 0, 3466.67, 0, false, false)]
    [InlineData("TH4 9.99", 6660, 0, 0, true, false)]
    [InlineData("TH4 10.00", 6666.6667, 0, 0, true, true)]
    [InlineData("TH4 just below", 6666.6666, 0, 0, true, false)]
    [InlineData("reserve", 0, 0, 3333.34, true, true)]
    [InlineData("ordinary land is what no protection lies on", 8000, 1500, 0, true, false)]
    public async Task Finding_land_and_area_trigger_together(
        string what,
        double cultivated,
        double farmland,
        double reserve,
        bool found,
        bool immediate
    )
    {
        Assert.NotEmpty(what);
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        var violation = await office.ViolationAsync("wangcun", cultivated, farmland, reserve: reserve);
        List<IntegrityFinding> findings = [];
        if (found)
        {
            Assert.Equal(immediate, (await office.FindAsync("wangcun", violation.Number)).Immediate);
            await using var db = office.Store.Read();
            findings = await db.IntegrityFindings.ToListAsync();
        }
        var trigger = ImmediateTrigger.Of(violation, findings, Integrity.Thresholds.Select(Plan.Threshold));
        Assert.Equal(immediate, trigger.IsMet);
    }

    /// <summary>Split over parcels and patches it is still one violation: its area decides.</summary>
    [Fact]
    public async Task A_finding_about_another_violation_does_not_trigger_this_one()
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        var large = await office.ViolationAsync("wangcun", farmland: 4000);
        var small = await office.ViolationAsync("wangcun", farmland: 400);
        Assert.False((await office.FindAsync("wangcun", small.Number)).Immediate);
        await using var db = office.Store.Read();
        var trigger = ImmediateTrigger.Of(large, await db.IntegrityFindings.ToListAsync(), Integrity.Thresholds.Select(Plan.Threshold));
        Assert.True(trigger.IsLarge);
        Assert.False(trigger.IsMet);
    }

    [Fact]
    public async Task A_finding_names_a_violation_of_its_unit_that_still_stands()
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        var violation = await office.ViolationAsync("nanjiao", farmland: 4000);
        await EscalationOffice.RefusedAsync("chain.not-there", () => office.FindAsync("wangcun", "WF-1999-001"));
        await EscalationOffice.RefusedAsync("chain.bad-value", () => office.FindAsync("wangcun", violation.Number));
        await EscalationOffice.RefusedAsync("chain.not-there", () => office.FindAsync("atlantis", null));
        var next = await office.WriteAsync(act =>
        {
            var corrected = Copy(violation, act.NewId(), "WF-2019-900");
            act.Db.Add(corrected);
            return corrected;
        });
        await EscalationOffice.RefusedAsync("chain.out-of-order", () => office.FindAsync("nanjiao", violation.Number));
        Assert.True((await office.FindAsync("nanjiao", next.Number)).Immediate);
    }

    /// <summary>The proposal is immediate by computation only; any other serious case is raised by a signed reason.</summary>
    [Fact]
    public async Task What_reaches_no_line_is_raised_by_a_signed_reason_and_is_not_immediate()
    {
        using var office = await EscalationOffice.OpenAsync("2019-06-20");
        var large = await office.ViolationAsync("wangcun", farmland: 3333.34);
        var small = await office.ViolationAsync("nanjiao", farmland: 3333.32);
        var onLarge = await office.FindAsync("wangcun", large.Number);
        var onSmall = await office.FindAsync("nanjiao", small.Number);
        Task<ProposeEscalation.Proposed> Propose(string unit, Guid? finding, string? serious) =>
            office.ProposeAsync(unit, GroundIds.Integrity, "accountability", finding, serious);
        await EscalationOffice.RefusedAsync("escalation.finding-needed", () => Propose("wangcun", null, "情节恶劣"));
        await EscalationOffice.RefusedAsync("escalation.finding-needed", () => Propose("wangcun", onSmall.Id, "情节恶劣"));
        await EscalationOffice.RefusedAsync("escalation.signed-reason-needed", () => Propose("nanjiao", onSmall.Id, null));
        Assert.True((await Propose("wangcun", onLarge.Id, null)).Immediate);
        Assert.False((await Propose("nanjiao", onSmall.Id, "以假图斑照片冒充复耕，影响恶劣")).Immediate);
        await using var db = office.Store.Read();
        var proposal = await db.EscalationProposals.SingleAsync(p => p.Unit == "wangcun");
        Assert.Equal([large.Id], GroundFiguresJson.Ids(proposal.FiguresJson, "violation"));
        Assert.Contains(onLarge.Id, GroundFiguresJson.Ids(proposal.FiguresJson, "integrity-finding"));
        Assert.Contains("\"lineSquareMetres\":\"10000/3\"", proposal.FiguresJson, StringComparison.Ordinal);
    }

    private static Violation Copy(Violation of, Guid id, string number) =>
        new()
        {
            Id = id,
            Number = number,
            Unit = of.Unit,
            Kind = of.Kind,
            Source = of.Source,
            ProgrammeId = of.ProgrammeId,
            Year = of.Year,
            NameZh = of.NameZh,
            LocationZh = of.LocationZh,
            UseZh = of.UseZh,
            TypeCode = of.TypeCode,
            IsNew = of.IsNew,
            KeyProject = of.KeyProject,
            AreaSquareMetres = of.AreaSquareMetres,
            CultivatedSquareMetres = of.CultivatedSquareMetres,
            PermanentFarmlandSquareMetres = of.PermanentFarmlandSquareMetres,
            ReserveSquareMetres = of.ReserveSquareMetres,
            RedLineSquareMetres = of.RedLineSquareMetres,
            OutsideUrbanSquareMetres = of.OutsideUrbanSquareMetres,
            AgriculturalSquareMetres = of.AgriculturalSquareMetres,
            SupersedesId = of.Id,
            By = of.By,
            At = of.At,
        };
}
