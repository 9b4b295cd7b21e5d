namespace Weipian.Flow.Verification;

/// <summary>How a field of the card is filled in.</summary>
public enum CardFieldType
{
    Text,
    Flag,
    Day,
    Number,
    Choice,
}

/// <summary>A value that may be chosen.</summary>
public sealed record CardChoice(string Id, string Zh, string En);

/// <summary>A field of the official card (土地疑似违法图斑核查情况登记卡) that no rule reads.</summary>
/// <param name="Id">Key in the JSON object of the form.</param>
public sealed record CardField(string Id, CardFieldType Type, string Zh, string En, IReadOnlyList<CardChoice> Choices);

/// <summary>The fields of the official card and of the patrol table beside those that rules read; they travel with the visit as
/// further keys.</summary>
public static class CardFields
{
    /// <summary>The kinds of industry of the card.</summary>
    private static readonly CardChoice[] Industries =
    [
        new("agriculture_forestry", "农林", "agriculture and forestry"),
        new("water", "水利", "water"),
        new("coal", "煤炭", "coal"),
        new("electricity", "电力", "electric power"),
        new("nuclear", "核能", "nuclear"),
        new("oil_gas", "油气", "oil and gas"),
        new("steel", "钢铁", "iron and steel"),
        new("nonferrous", "有色", "non-ferrous metals"),
        new("chemicals", "化工", "chemicals"),
        new("building_materials", "建材", "building materials"),
        new("medicine", "医药", "medicine"),
        new("machinery", "机械", "machinery"),
        new("vehicles", "汽车", "vehicles"),
        new("ships", "船舶", "ships"),
        new("aerospace", "航空航天", "aerospace"),
        new("light_industry", "轻工", "light industry"),
        new("textiles", "纺织", "textiles"),
        new("construction_industry", "建筑", "construction"),
        new("urban_infrastructure", "城市基础设施及房地产", "urban infrastructure and real estate"),
        new("railway", "铁路", "railways"),
        new("highway", "公路", "highways"),
        new("shipping", "水运", "shipping"),
        new("air_transport", "航空运输", "air transport"),
        new("information", "信息产业", "information industry"),
        new("other_services", "其他服务业", "other services"),
        new("environment", "环保与资源节约", "environment and saving of resources"),
    ];

    /// <summary>In the order of the card.</summary>
    public static IReadOnlyList<CardField> All { get; } =
    [
        new("place", CardFieldType.Text, "土地坐落", "location of the land", []),
        new("field_description", CardFieldType.Text, "现场情况描述", "description of the site", []),
        new(
            "check_finding",
            CardFieldType.Choice,
            "核查情况",
            "finding",
            [
                new("false_change", "伪变化", "no real change"),
                new("legal", "合法", "lawful"),
                new("illegal", "违法", "unlawful"),
                new("facility_agriculture", "涉设施农用地", "farming facility"),
            ]
        ),
        new("used_since", CardFieldType.Day, "用地时间", "land used since", []),
        new("class_code", CardFieldType.Text, "地类代码", "land class code", []),
        new("mining_licence_no", CardFieldType.Text, "矿权许可证号", "number of the mining licence", []),
        new("built_area_mu", CardFieldType.Number, "建设面积（亩）", "built area (mu)", []),
        new(
            "build_state",
            CardFieldType.Choice,
            "建设现状",
            "state of the works",
            [
                new("levelled", "平整土地", "ground levelled"),
                new("part_built", "部分建成", "partly built"),
                new("fully_built", "全部建成", "fully built"),
            ]
        ),
        new("agricultural_mu", CardFieldType.Number, "原农用地（亩）", "agricultural before (mu)", []),
        new("cultivated_mu", CardFieldType.Number, "其中耕地（亩）", "of it cultivated (mu)", []),
        new("basic_farmland_mu", CardFieldType.Number, "其中基本农田（亩）", "of it basic farmland (mu)", []),
        new("construction_mu", CardFieldType.Number, "原建设用地（亩）", "construction before (mu)", []),
        new("unused_mu", CardFieldType.Number, "原未利用地（亩）", "unused before (mu)", []),
        new("conforming_mu", CardFieldType.Number, "符合规划面积（亩）", "conforming with the plan (mu)", []),
        new("not_conforming_mu", CardFieldType.Number, "不符合规划面积（亩）", "not conforming with the plan (mu)", []),
        new("plan_farmland_mu", CardFieldType.Number, "规划基本农田面积（亩）", "basic farmland in the plan (mu)", []),
        new(
            "key_project",
            CardFieldType.Choice,
            "项目类型",
            "kind of project",
            [
                new("national", "国家重点工程", "national key project"),
                new("provincial", "省级重点工程", "provincial key project"),
                new("other_project", "其他", "other"),
            ]
        ),
        new("project_authority", CardFieldType.Text, "立项批准机关", "authority that approved the project", []),
        new("project_document_no", CardFieldType.Text, "立项批准文号", "number of the project approval", []),
        new(
            "project_authority_level",
            CardFieldType.Choice,
            "立项机关级别",
            "level of the authority that approved the project",
            [new("national_level", "国家级", "national"), new("provincial_level", "省级", "provincial")]
        ),
        // The first procedure names its authority and its number among the fields that rules read.
        .. ProcedureOf("procedure", ""),
        .. FurtherProcedure(2),
        .. FurtherProcedure(3),
        new(
            "authority_with_power",
            CardFieldType.Choice,
            "有权批准机关",
            "authority with the power to approve",
            [
                new("state_council", "国务院", "State Council"),
                new("province", "省级人民政府", "provincial government"),
                new("prefecture", "地市级人民政府", "prefectural government"),
            ]
        ),
        new(
            "application_level",
            CardFieldType.Choice,
            "报批受理机关",
            "who accepted the application",
            [
                new("by_ministry", "部", "ministry"),
                new("by_province", "省", "province"),
                new("by_city", "市", "city"),
                new("not_reported", "未上报", "not applied for"),
            ]
        ),
        new("application_accepted_on", CardFieldType.Day, "报批受理时间", "day the application was accepted", []),
        new("application_no", CardFieldType.Text, "报批受理文号", "number of the application", []),
        new("balance_fulfilled", CardFieldType.Flag, "耕地占补平衡已落实", "farmland balance fulfilled", []),
        new("compensation_paid", CardFieldType.Flag, "征地补偿到位", "compensation paid", []),
        new("industrial_policy", CardFieldType.Flag, "符合国家产业政策", "conforms with industrial policy", []),
        new("industry_kind", CardFieldType.Choice, "产业类型", "kind of industry", Industries),
        new("linkage_pilot", CardFieldType.Flag, "增减挂钩试点", "linkage pilot", []),
        new("linkage_pilot_no", CardFieldType.Text, "增减挂钩批准文件及文号", "approval of the linkage pilot and its number", []),
        new("mining_land_pilot", CardFieldType.Flag, "采矿用地方式改革试点", "pilot on the use of mining land", []),
        new("hill_land_pilot", CardFieldType.Flag, "低丘缓坡试点", "pilot on low hills and gentle slopes", []),
        new("affordable_housing", CardFieldType.Flag, "保障性安居工程", "affordable housing", []),
        new("affordable_housing_proof", CardFieldType.Text, "保障性安居工程证明", "proof of the affordable housing", []),
        new("affordable_housing_note", CardFieldType.Text, "保障性安居工程情况说明", "note on the affordable housing", []),
        new("disaster_rebuilding", CardFieldType.Flag, "灾后重建", "rebuilding after a disaster", []),
        new("disaster_rebuilding_no", CardFieldType.Text, "灾后重建批文", "approval of the rebuilding", []),
        new("statutory_emergency", CardFieldType.Flag, "法定紧急用地", "emergency land by law", []),
        new("statutory_emergency_note", CardFieldType.Text, "法定紧急用地说明", "note on the emergency", []),
        new(
            "other_procedure",
            CardFieldType.Text,
            "其他手续（试点、保障房、灾后重建、紧急用地）及文号",
            "other procedure (pilot, housing, rebuilding, emergency) and its number",
            []
        ),
        new("violator", CardFieldType.Text, "违法主体", "violator", []),
        new(
            "violator_kind",
            CardFieldType.Choice,
            "违法主体性质",
            "kind of violator",
            [
                new("province_org", "省级机关", "provincial body"),
                new("local_org", "市县乡级机关", "city, county or town body"),
                new("enterprise", "企事业单位", "enterprise or institution"),
                new("village", "村组集体", "village collective"),
                new("person", "个人", "person"),
            ]
        ),
        new(
            "violation_kind",
            CardFieldType.Choice,
            "违法类型",
            "kind of violation",
            [new("unlawful_approval", "违法批地", "unlawful approval"), new("unlawful_use", "违法占地", "unlawful use")]
        ),
        new("violation_subkind", CardFieldType.Text, "违法类型细类", "kind of violation in detail", []),
        new(
            "handling",
            CardFieldType.Choice,
            "查处情况",
            "handling",
            [
                new("filed", "立案", "case filed"),
                new("handled_without_case", "非立案处理", "handled without a case"),
                new("not_handled", "未处理", "not handled"),
            ]
        ),
        new("handling_note", CardFieldType.Text, "非立案处理说明", "how it was handled without a case", []),
        new("restored_cultivated_mu", CardFieldType.Number, "复耕到位耕地面积（亩）", "cultivated land restored (mu)", []),
        new("found_by_patrol", CardFieldType.Flag, "巡查发现", "found by patrol", []),
        new("found_on", CardFieldType.Day, "发现时间", "found on", []),
        new("stop_notice_given", CardFieldType.Flag, "已下达停工通知书", "stop notice given", []),
        new("stop_notice_on", CardFieldType.Day, "停工通知书下达时间", "stop notice given on", []),
        new("reported", CardFieldType.Flag, "已报告", "reported", []),
        new("reported_on", CardFieldType.Day, "报告时间", "reported on", []),
        new("report_no", CardFieldType.Text, "报告文号", "number of the report", []),
        new("remark", CardFieldType.Text, "备注", "remark", []),
    ];

    /// <summary>What the card asks of each procedure that was obtained (已取得手续), which repeats.</summary>
    private static CardField[] ProcedureOf(string id, string mark) =>
        [
            new($"{id}_kind", CardFieldType.Text, $"已取得手续{mark}：审批类型", $"procedure obtained{mark}: kind", []),
            new($"{id}_on", CardFieldType.Day, $"已取得手续{mark}：批准时间", $"procedure obtained{mark}: day", []),
            new($"{id}_mu", CardFieldType.Number, $"已取得手续{mark}：批准面积（亩）", $"procedure obtained{mark}: area (mu)", []),
            new(
                $"{id}_cultivated_mu",
                CardFieldType.Number,
                $"已取得手续{mark}：其中耕地（亩）",
                $"procedure obtained{mark}: cultivated (mu)",
                []
            ),
        ];

    private static CardField[] FurtherProcedure(int number)
    {
        var id = $"procedure_{number}";
        return
        [
            .. ProcedureOf(id, $" {number}"),
            new($"{id}_authority", CardFieldType.Text, $"已取得手续 {number}：批准机关", $"procedure obtained {number}: authority", []),
            new($"{id}_no", CardFieldType.Text, $"已取得手续 {number}：批准文号", $"procedure obtained {number}: number", []),
        ];
    }
}
