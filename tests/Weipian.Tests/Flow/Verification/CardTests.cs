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

    /// <summary>The words of the card, in its order.</summary>
    [Theory]
    [InlineData("check_finding", "伪变化 合法 违法 涉设施农用地")]
    [InlineData("key_project", "国家重点工程 省级重点工程 其他")]
    [InlineData("project_authority_level", "国家级 省级")]
    [InlineData("authority_with_power", "国务院 省级人民政府 地市级人民政府")]
    [InlineData("application_level", "部 省 市 未上报")]
    [InlineData("build_state", "平整土地 部分建成 全部建成")]
    [InlineData("violator_kind", "省级机关 市县乡级机关 企事业单位 村组集体 个人")]
    [InlineData("violation_kind", "违法批地 违法占地")]
    [InlineData("handling", "立案 非立案处理 未处理")]
    [InlineData(
        "industry_kind",
        "农林 水利 煤炭 电力 核能 油气 钢铁 有色 化工 建材 医药 机械 汽车 船舶 航空航天 轻工 纺织 建筑 城市基础设施及房地产 铁路 公路 水运 "
            + "航空运输 信息产业 其他服务业 环保与资源节约"
    )]
    public void A_choice_of_the_card_has_its_words(string field, string words) =>
        Assert.Equal(words.Split(' '), CardFields.All.Single(f => f.Id == field).Choices.Select(c => c.Zh));

    /// <summary>The second level of actual uses of the card is the vocabulary that permits are compared by.</summary>
    /// <remarks>空闲地 is not in it: ground that lies idle is no use that could differ from the approved one.</remarks>
    [Theory]
    [InlineData("批发零售 住宿餐饮 商务金融 其它商服")]
    [InlineData("工业 采矿 仓储 城镇住宅 农村宅基地 保障性住房")]
    [InlineData("机关团体 新闻出版 科教 医卫慈善 文体娱乐 公共设施 公园与绿地 风景名胜设施")]
    [InlineData("使领馆 监教场所 宗教 殡葬 铁路 公路 街巷 机场 港口码头 管道运输 水库水面 水工建筑")]
    public void Every_use_of_the_card_can_be_compared_with_a_permit(string uses)
    {
        var known = PermitUses.Read(File.OpenText(Path.Combine(Repository.Root, "law", "rules", "uses.csv")), "uses.csv");
        Assert.All(uses.Split(' '), use => Assert.NotEmpty(known.Named(use)));
    }

    [Fact]
    public void The_kinds_of_industry_are_the_twenty_six_of_the_card_and_no_field_has_a_name_twice()
    {
        Assert.Equal(26, CardFields.All.Single(f => f.Id == "industry_kind").Choices.Count);
        Assert.Equal(CardFields.All.Count, CardFields.All.Select(f => f.Id).Distinct().Count());
        Assert.DoesNotContain(CardFields.All, f => FactKeys.ById.ContainsKey(f.Id));
        Assert.Equal(RecordVisit.MilitaryKey, FactKeys.Military.Id);
        Assert.All(CardFields.All, f => Assert.True(f.Zh.Length > 0 && f.En.Length > 0, f.Id));
    }
}
