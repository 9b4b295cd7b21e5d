using Weipian.Flow.Determinations;
using Weipian.Flow.Verification;

namespace Weipian.Tests.Flow.Verification;

/// <summary>The official card (土地疑似违法图斑核查情况登记卡), block by block: every field is a field of the form.</summary>
[Requirement("R15")]
public sealed class CardTests
{
    [Theory]
    [InlineData("基本情况", "project_name place check_finding")]
    [InlineData("用地情况", "party used_since actual_use class_code mining_licence_no approving_authority one_household_one_plot")]
    [InlineData("原地类性质", "agricultural_mu cultivated_mu basic_farmland_mu construction_mu unused_mu")]
    [InlineData("规划情况", "conforming_mu not_conforming_mu plan_farmland_mu")]
    [InlineData("项目类型", "key_project project_authority project_document_no project_authority_level")]
    [InlineData(
        "已取得手续",
        "procedure_kind approving_authority approval_document procedure_on procedure_mu procedure_cultivated_mu "
            + "procedure_2_kind procedure_2_authority procedure_2_no procedure_2_on procedure_2_mu procedure_2_cultivated_mu "
            + "procedure_3_kind procedure_3_authority procedure_3_no procedure_3_on procedure_3_mu procedure_3_cultivated_mu"
    )]
    [InlineData(
        "未取得手续",
        "authority_with_power application_level application_accepted_on application_no balance_fulfilled compensation_paid "
            + "industrial_policy industry_kind"
    )]
    [InlineData(
        "其他手续",
        "linkage_pilot linkage_pilot_no mining_land_pilot hill_land_pilot affordable_housing affordable_housing_proof "
            + "affordable_housing_note disaster_rebuilding disaster_rebuilding_no statutory_emergency statutory_emergency_note"
    )]
    [InlineData("违法情况", "violator build_state violator_kind violation_kind violation_subkind")]
    [InlineData("查处情况", "handling handling_note restored_cultivated_mu")]
    [InlineData("日常执法", "found_by_patrol found_on stop_notice_given stop_notice_on reported reported_on report_no remark")]
    public void Every_field_of_a_block_is_on_the_form(string block, string fields)
    {
        Assert.NotEmpty(block);
        var form = FactKeys.ById.Keys.Concat(CardFields.All.Select(f => f.Id)).ToHashSet();
        Assert.All(fields.Split(' '), f => Assert.Contains(f, form));
    }

    [Fact]
    public void The_kinds_of_industry_are_the_twenty_six_of_the_card_and_no_field_has_a_name_twice()
    {
        Assert.Equal(26, CardFields.All.Single(f => f.Id == "industry_kind").Choices.Count);
        Assert.Equal(CardFields.All.Count, CardFields.All.Select(f => f.Id).Distinct().Count());
        Assert.DoesNotContain(CardFields.All, f => FactKeys.ById.ContainsKey(f.Id));
        Assert.All(CardFields.All, f => Assert.True(f.Zh.Length > 0 && f.En.Length > 0, f.Id));
    }
}
