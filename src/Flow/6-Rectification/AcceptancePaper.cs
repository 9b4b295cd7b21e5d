using System.Text.Json.Nodes;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;

namespace Weipian.Flow.Rectification;

/// <summary>What the form of an acceptance on site says (整改验收单): what was ordered, what was reported, what was found, by whom.</summary>
internal static class AcceptancePaper
{
    public const string Kind = "acceptance-form";

    /// <param name="remaining">Of the violation after the acceptance, square metres.</param>
    public static Dictionary<string, string> Fields(
        WorkPlan plan,
        AcceptMeasure.Facts facts,
        MeasureAcceptance acceptance,
        string? party,
        double remaining
    )
    {
        var (violation, measure, report) = (facts.Violation, facts.Standing.Measure, facts.Report);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["violation"] = $"{violation.Number} {violation.NameZh}",
            ["party"] = party ?? "尚未查明",
            ["unit"] = plan.Units.FindResponsible(measure.Unit)?.Name.Zh ?? measure.Unit,
            ["place"] = violation.LocationZh,
            ["measure"] = $"{MeasureKind.NameZh(measure.Kind)}，期限{CaseDocuments.Day(measure.DueOn)}",
            ["reported-on"] =
                $"{CaseDocuments.Day(Law.ChinaTime.DayOf(new DateTimeOffset(report.At, TimeSpan.Zero)))}，"
                + $"完成于{CaseDocuments.Day(report.DoneOn)}",
            ["visited-on"] = CaseDocuments.Day(acceptance.InspectedOn),
            ["claimed-area"] = CaseDocuments.Area(measure.AreaSquareMetres),
            ["accepted-area"] = CaseDocuments.Area(acceptance.AreaSquareMetres),
            ["accepted-cultivated"] =
                measure.Kind == MeasureKind.DemolishRestore ? CaseDocuments.Area(acceptance.CultivatedSquareMetres) : "不涉及",
            ["remaining-area"] = CaseDocuments.Area(remaining),
            ["checks"] = ChecksZh(acceptance, measure.Kind),
            ["evidence"] = $"整改报告所附影像资料{JsonNode.Parse(report.EvidenceJson)!.AsArray().Count}份",
            ["outcome"] = acceptance.Outcome switch
            {
                MeasureState.Accepted => "整改到位，验收通过",
                MeasureState.Partial => "部分整改到位，其余部分继续整改",
                _ => "未整改到位，退回",
            },
            ["inspector"] = plan.FindSeat(acceptance.By)?.Post.Zh ?? acceptance.By,
            ["seal"] = CaseDocuments.Authority(plan),
        };
        if (acceptance.NoteZh.Length > 0)
            fields["remark"] = acceptance.NoteZh;
        return fields;
    }

    /// <summary>The checklist in words; of measures on paper there is nothing on the ground to check.</summary>
    private static string ChecksZh(MeasureAcceptance acceptance, string kind)
    {
        if (kind != MeasureKind.DemolishRestore)
            return "查验手续和移交材料";
        var list = JsonNode.Parse(acceptance.ChecklistJson)!;
        (string Key, string Zh)[] items =
        [
            ("hardSurfaceRemoved", "硬化面已清除"),
            ("foundationRemoved", "基础已清除"),
            ("levelled", "土地已平整"),
            ("irrigationRestored", "灌溉已恢复"),
            ("planted", "已种植"),
            ("accessOpen", "通行已恢复"),
            ("sidesPhotographed", "四面及全景已拍照"),
            ("boundaryMeasured", "边界已测量"),
        ];
        var said = items.Select(i => $"{i.Zh}：{((bool?)list[i.Key] == true ? "是" : "否")}");
        return string.Join("；", (int?)list["soilCoverCentimetres"] is { } soil ? said.Append($"覆土厚度：{soil}厘米") : said);
    }
}
