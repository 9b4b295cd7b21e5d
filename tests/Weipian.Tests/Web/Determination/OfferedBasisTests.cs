using System.Globalization;
using Weipian.Flow.Determinations;
using Weipian.Web.Reading;

namespace Weipian.Tests.Web.Determination;

/// <summary>The words that the basis of a verdict starts with: Chinese whatever the reader speaks, because they go into the
/// tables.</summary>
public sealed class OfferedBasisTests
{
    private static readonly Check Approved = new(Outcome.Yes, "批准文号甲在有效期内", "approval A is in force");
    private static readonly Check Within = new(Outcome.Yes, "全部位于批准范围内", "all of it lies within the approval");
    private static readonly Check Silent = new(Outcome.Yes, "", "");

    public OfferedBasisTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void It_is_what_the_deciding_rule_found_each_sentence_once()
    {
        var asked = Derived("land.approval") with
        {
            Steps = [Of("land.supply", Outcome.No, Silent), Of("land.approval", Outcome.Yes, Approved, Silent, Within, Approved)],
        };
        Assert.Equal("批准文号甲在有效期内；全部位于批准范围内", BatchDesk.BasisOf(asked));
    }

    [Fact]
    public void Of_a_doubtful_one_it_is_what_contradicts_and_what_is_missing()
    {
        var asked = Derived(null) with
        {
            Contradictions = [new("现场为已建成", "built on site", "影像为施工中", "the image shows works")],
            Missing = [new("photo:interior_use", "内部用途照片", "photograph of the inside"), new("law:x", "供地文件", "supply document")],
        };
        Assert.Equal("相互矛盾：现场为已建成；影像为施工中。缺少“内部用途照片”“供地文件”，暂不能判定。", BatchDesk.BasisOf(asked));
    }

    [Fact]
    public void What_is_missing_twice_is_said_once()
    {
        var missing = new Missing("layer:supply", "供地图层", "supply layer");
        var asked = Derived(null) with { Missing = [missing, missing with { What = "law:y" }] };
        Assert.Equal("缺少“供地图层”，暂不能判定。", BatchDesk.BasisOf(asked));
    }

    [Fact]
    public void Where_the_machine_found_nothing_it_says_nothing() => Assert.Equal("", BatchDesk.BasisOf(Derived(null)));

    private static Derivation Derived(string? rule) => new(rule is null ? "D0" : "L1", rule, [], null, [], [], []);

    private static Step Of(string rule, Outcome outcome, params Check[] checks) => new(rule, "1", outcome, null, checks, [], null);
}
