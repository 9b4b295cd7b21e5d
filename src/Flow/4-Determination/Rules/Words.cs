using System.Globalization;

namespace Weipian.Flow.Determinations;

/// <summary>How values are written into the sentences of a derivation. Fixed: derivations are compared byte for byte.</summary>
internal static class Words
{
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Layer by its statutory name, feature by its number and document.</summary>
    public static string Zh(FeatureFacts feature) =>
        $"{LayerRoles.Chinese(feature.Role)}第{feature.Number}号要素" + (feature.Document is null ? "" : $"（{feature.Document}）");

    public static string En(FeatureFacts feature) =>
        $"{feature.Role} feature {feature.Number}" + (feature.Document is null ? "" : $" ({feature.Document})");

    public static string Zh(Answer answer) => $"{answer.Key.Zh}“{Value(answer).Zh}”（{Of(answer.Visit.VisitedOn)} 核查）";

    public static string En(Answer answer) => $"{answer.Key.En} \"{Value(answer).En}\" (visit of {Of(answer.Visit.VisitedOn)})";

    private static (string Zh, string En) Value(Answer answer) => Told(answer.Key, answer.Written);

    /// <summary>An answer as a person reads it.</summary>
    public static (string Zh, string En) Told(FactKey key, string written) =>
        key.Type switch
        {
            FactType.Flag => written == "true" ? ("是", "yes") : ("否", "no"),
            FactType.Choice => (ChoiceZh(written), written),
            _ => (written, written),
        };

    private static string ChoiceZh(string word) =>
        word switch
        {
            Ground.Construction => "建设",
            Ground.Facility => "农业设施",
            Ground.Road => "道路",
            Ground.Orchard => "果园",
            Ground.Forest => "造林",
            Ground.Pond => "坑塘",
            Ground.Field => "农田",
            Ground.Solar => "光伏",
            Ground.Unchanged => "未变化",
            Ground.Earthwork => "推填土",
            Ground.Hardened => "硬化地面",
            Ground.Storage => "圈占堆放",
            Ground.Lake => "挖湖造景",
            Ground.SoilTaking => "取土",
            Ground.Grave => "坟",
            Ground.Structure => "附属构筑物",
            Ground.Access => "出入口",
            Ground.Restoration => "修复",
            Ground.Disaster => "灾毁",
            Ground.Mining => "采矿",
            "contract" => "合同",
            "start_permit" => "施工许可",
            "earlier_image" => "往期影像",
            "patrol_log" => "巡查日志",
            "crops" => "作物种植",
            "livestock" => "畜禽养殖",
            "cattle_sheep" => "牛羊养殖",
            "aquaculture" => "水产养殖",
            "grain_support" => "粮食配套",
            "farming" => "农业",
            "warehouse" => "仓储",
            "factory" => "厂房",
            "dwelling" => "居住",
            "catering" => "餐饮",
            "hydraulic" => "水工",
            "slope" => "护坡",
            "pipe_gallery" => "管廊",
            "viaduct" => "高架",
            "power" => "电力设施",
            "exploration" => "勘查",
            "works_byproduct" => "工程副产",
            "sand_or_soil" => "砂石取土",
            "none" => "无",
            _ => word,
        };
}
