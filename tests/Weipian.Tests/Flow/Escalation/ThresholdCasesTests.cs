using Weipian.Flow.CaseFiles;
using Weipian.Flow.Escalation;
using Weipian.Flow.Plan;
using Weipian.Law;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.Escalation;

/// <summary>The cases of <c>tests/cases/thresholds</c>: area lines of the plan and the share of Order 15, compared exactly, with what a
/// table shows beside it.</summary>
[Requirement("R27")]
[Requirement("R40")]
public sealed class ThresholdCasesTests
{
    /// <summary>A share has no unit; with so many square metres for a 亩 the figures of the cases are exact in binary.</summary>
    private const double SquareMetresOfOne = 600;

    private static readonly WorkPlan Plan = WorkPlan.Load(Installations.Zhoucun);

    private static readonly decimal Line = RealLaw
        .Book.AsOf(new(2019, 12, 31), SelectingDate.Programme)
        .Number(FarmlandRatio.LineKey)
        .Value;

    public static TheoryData<string> Cases() => [.. CaseNode.All("thresholds").Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_comes_out_as_it_is_written(string name)
    {
        var written = CaseNode.All("thresholds")[name];
        var expect = written.Map("expect")!;
        if (written.Map("violation") is { } violation)
            Trigger(violation, expect);
        else
            Share(written.Map("share")!, expect);
        Assert.Empty(written.Unread);
    }

    private static void Trigger(CaseNode written, CaseNode expect)
    {
        var violation = ViolationOf(written);
        IntegrityFinding[] findings = written.Text("finding") is { } kind and not "no" ? [FindingOf(violation, kind)] : [];
        var integrity = Plan.Grounds.Single(g => g.Id == GroundIds.Integrity);
        var trigger = ImmediateTrigger.Of(violation, findings, integrity.Thresholds.Select(Plan.Threshold));
        Assert.Equal(expect.Says("immediate"), trigger.IsMet);
        var line = Assert.Single(trigger.Lines, l => l.Threshold.Id == expect.Text("line"));
        Assert.Equal(expect.Text("shown_mu"), line.Measured.ToMu().ToString());
        Assert.Equal(expect.Amount("over_m2"), line.Over.Value, 4);
    }

    private static void Share(CaseNode written, CaseNode expect)
    {
        var (illegal, total, restored) = (written.Amount("illegal_mu"), written.Amount("total_mu"), written.Amount("restored_mu"));
        FarmlandItem Item(double mu, bool isIllegal, double back) =>
            new("parcel", Guid.NewGuid(), "P", isIllegal, mu * SquareMetresOfOne, back * SquareMetresOfOne);
        var items = total == 0 ? [] : new[] { Item(illegal, true, restored), Item(total - illegal, false, 0) };
        var variants = FarmlandRatio.Of(items).ToDictionary(v => v.Id);
        Assert.Equal(expect.Text("percent"), variants[FarmlandVariants.Restored].Ratio.ToString());
        Assert.Equal(expect.Text("percent_numerator"), variants[FarmlandVariants.RestoredNumerator].Ratio.ToString());
        Assert.Equal(expect.Says("flagged"), variants[FarmlandVariants.Restored].Reaches(Line));
        // The same from figures of a table, without the way through square metres.
        var told = IllegalFarmlandRatio.Of(
            written.Number("illegal_mu")!.Value,
            written.Number("total_mu")!.Value,
            written.Number("restored_mu")!.Value,
            restoredLeavesDenominator: true
        );
        Assert.Equal((expect.Text("percent"), expect.Says("flagged")), (told.ToString(), told.Reaches(Line)));
    }

    private static IntegrityFinding FindingOf(Violation violation, string kind) =>
        new()
        {
            Id = Guid.NewGuid(),
            Unit = violation.Unit,
            ViolationId = violation.Id,
            Kind = kind,
            FoundIn = "data-review",
            FoundOn = new(2019, 6, 1),
            FactsZh = "审核发现",
            By = "district-reviewer",
            At = default,
        };

    private static Violation ViolationOf(CaseNode written)
    {
        var (farmland, cultivated) = (written.Amount("permanent_farmland_m2"), written.Amount("cultivated_m2"));
        return new()
        {
            Id = Guid.NewGuid(),
            Number = "WF-2019-001",
            Unit = "wangcun",
            Kind = "land",
            Source = ViolationSource.Patch,
            ProgrammeId = "2019-q1",
            Year = 2019,
            NameZh = "厂房",
            LocationZh = "村东",
            UseZh = "工业",
            TypeCode = "I1",
            IsNew = true,
            KeyProject = false,
            AreaSquareMetres = Math.Max(farmland, cultivated),
            CultivatedSquareMetres = cultivated,
            PermanentFarmlandSquareMetres = farmland,
            ReserveSquareMetres = written.Amount("reserve_m2"),
            RedLineSquareMetres = 0,
            OutsideUrbanSquareMetres = 0,
            AgriculturalSquareMetres = cultivated,
            By = "district-officer",
            At = default,
        };
    }
}
