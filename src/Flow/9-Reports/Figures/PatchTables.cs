using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;
using Weipian.Law;
using static Weipian.Flow.Reports.FigureTables;

namespace Weipian.Flow.Reports;

/// <summary>The tables about patches: the list (F1), the sums by unit (F2), the progress (F3). Pure.</summary>
public static class PatchTables
{
    public const string ListId = "patch-list";
    public const string UnitId = "unit-summary";
    public const string ProgressId = "progress";

    private static readonly FigureColumn[] ListColumns =
    [
        new("ordinal", "序号", "No.", FigureKind.Text, Width: 5),
        new("patch", "图斑编号", "Patch", FigureKind.Text, Width: 16),
        new("parcel", "地块编号", "Parcel", FigureKind.Text, Width: 18),
        new("unit", "镇街", "Unit", FigureKind.Text, Width: 11),
        new("place", "行政区", "Statutory unit", FigureKind.Text, Width: 11),
        new("kind", "图斑类型", "Kind", FigureKind.Text, Width: 9),
        new("before", "前时相", "Before", FigureKind.Day, Width: 11),
        new("after", "后时相", "After", FigureKind.Day, Width: 11),
        new("issued-area", "监测面积（亩）", "Issued area (mu)", FigureKind.Area),
        new("area", "地块面积（亩）", "Parcel area (mu)", FigureKind.Area),
        new("cultivated", "耕地（亩）", "Cultivated (mu)", FigureKind.Area),
        new("permanent", "永久基本农田（亩）", "Permanent farmland (mu)", FigureKind.Area),
        new("agricultural", "农用地（亩）", "Agricultural (mu)", FigureKind.Area),
        new("construction", "建设用地（亩）", "Construction (mu)", FigureKind.Area),
        new("unused", "未利用地（亩）", "Unused (mu)", FigureKind.Area),
        new("lines", "三线占用", "Control lines", FigureKind.Text, Width: 14),
        new("verdict", "判定结果", "Verdict", FigureKind.Text, Width: 14),
        new("basis", "判定依据", "Basis", FigureKind.Text, Width: 26),
        new("use", "实际用途", "Actual use", FigureKind.Text, Width: 12),
        new("state", "建设现状", "On the ground", FigureKind.Text, Width: 12),
        new("handling", "处理方式", "Handling", FigureKind.Text, Width: 12),
        new("remark", "备注", "Remark", FigureKind.Text, Width: 12),
    ];

    /// <summary>卫片图斑核查一览表 (F1): one row for each parcel; a patch without parcels has one row of its own.</summary>
    public static FigureTable List(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var handled = facts
            .Violations.SelectMany(v => v.Parcels.Select(p => (p.Parcel, Handling: Handling(v))))
            .ToLookup(x => x.Parcel, x => x.Handling, StringComparer.Ordinal);
        var rows = new List<FigureRow>();
        foreach (var patch in facts.Patches)
        {
            if (patch.Parcels.Count == 0)
                rows.Add(Row(facts, patch, null, rows.Count + 1, isFirst: true, ""));
            foreach (var parcel in patch.Parcels)
                rows.Add(
                    Row(facts, patch, parcel, rows.Count + 1, parcel == patch.Parcels[0], string.Join('；', handled[parcel.Row.Number]))
                );
        }
        return Of(
            ListId,
            "卫片图斑核查一览表",
            "List of patches and their verdicts",
            ListColumns,
            rows,
            closes: false,
            notes:
            [
                new(
                    "监测面积只列在图斑的第一个地块上，合计不重复。",
                    "The issued area stands with the first parcel of a patch, so that it counts once."
                ),
                new(
                    "面积由平方米一次换算，四舍五入；合计为所列数之和。",
                    "Areas are converted once from square metres and rounded; totals add what is printed."
                ),
                new("耕地为扣除系数后的净面积。", "Cultivated land is net of the deduction coefficient."),
            ]
        );
    }

    /// <summary>各镇街汇总 (F2), most illegal cultivated land first.</summary>
    public static FigureTable ByUnit(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        (string Id, Bilingual Name, Func<FigureParcel, bool> Holds)[] groups =
        [
            ("verified", new("核实后", "Verified"), _ => true),
            ("legal", new("合法", "Legal"), p => p.Parent == VerdictParent.Legal),
            ("other", new("其他", "Other"), p => p.Parent == VerdictParent.Other),
            ("illegal", new("违法", "Illegal"), p => p.Parent == VerdictParent.Illegal),
            ("open", new("存疑或未判定", "Doubtful or open"), p => p.Parent is null or VerdictParent.Doubtful),
        ];
        var issued = new Bilingual("原始下发", "As issued");
        List<FigureColumn> columns =
        [
            new("unit", "镇街", "Unit", FigureKind.Text, Width: 14),
            new("issued-count", "图斑个数", "Patches", FigureKind.Count, issued),
            new("issued-area", "面积（亩）", "Area (mu)", FigureKind.Area, issued),
        ];
        foreach (var (id, name, _) in groups)
            columns.AddRange([
                new($"{id}-count", "个数", "Parcels", FigureKind.Count, name),
                new($"{id}-area", "面积（亩）", "Area (mu)", FigureKind.Area, name),
                new($"{id}-cultivated", "耕地（亩）", "Cultivated (mu)", FigureKind.Area, name),
                new($"{id}-permanent", "基本农田（亩）", "Permanent farmland (mu)", FigureKind.Area, name),
            ]);
        var rows = facts
            .Units.Select(unit => (Unit: unit, Patches: facts.Patches.Where(p => p.Unit == unit).ToList()))
            .Where(u => u.Patches.Count > 0)
            .OrderByDescending(u =>
                u.Patches.SelectMany(p => p.Parcels).Where(p => p.Parent == VerdictParent.Illegal).Sum(p => p.Row.CultivatedSquareMetres)
            )
            .Select(u => new FigureRow(
                u.Unit ?? "",
                [
                    Text(facts.UnitName(u.Unit)),
                    Count(u.Patches.Select(p => p.Key)),
                    Area(u.Patches.Sum(p => p.Row.IssuedAreaSquareMetres ?? 0), u.Patches.Select(p => p.Key)),
                    .. groups.SelectMany(g => Four([.. u.Patches.SelectMany(p => p.Parcels).Where(g.Holds)])),
                ]
            ));
        return Of(
            UnitId,
            "各镇街图斑核查汇总表",
            "Patches and verdicts by unit",
            columns,
            [.. rows],
            closes: true,
            [
                .. ((string[])["count", "area", "cultivated", "permanent"]).Select(what => new FigureCheck(
                    "核实后＝合法＋其他＋违法＋未定",
                    "verified = legal + other + illegal + open",
                    $"verified-{what}",
                    [.. groups.Skip(1).Select(g => $"{g.Id}-{what}")]
                )),
            ],
            [new("跨镇街的图斑计入面积最大的一方。", "A patch that crosses units counts where its largest share lies.")]
        );
    }

    /// <summary>逐单位进度表 (F3): submitted but not confirmed counts as not filled by the city.</summary>
    public static FigureTable Progress(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        FigureColumn[] columns =
        [
            new("unit", "镇街", "Unit", FigureKind.Text, Width: 14),
            new("all", "总数", "Patches", FigureKind.Count),
            new("filled", "已填报", "Filled", FigureKind.Count),
            new("unfilled", "待填报", "To fill", FigureKind.Count),
            new("confirmed", "已审核", "Confirmed", FigureKind.Count),
            new("returned", "已退回", "Returned", FigureKind.Count),
            new("city-waits", "市级待审", "Waiting for the city", FigureKind.Count),
            new("province-waits", "省级待审", "Waiting for the province", FigureKind.Count),
            new("passed", "通过", "Passed", FigureKind.Count),
            new("failed", "未通过", "Not passed", FigureKind.Count),
            new("area", "面积合计（亩）", "Area (mu)", FigureKind.Area),
            new("filling-rate", "填报率", "Filled", FigureKind.Ratio, Over: ["filled", "all"]),
            new("error-rate", "差错率", "Returned of submitted", FigureKind.Ratio, Over: ["returned", "submitted"]),
            new("submitted", "提交数", "Submitted", FigureKind.Count),
        ];
        var rows = facts
            .Units.Select(unit => (Unit: unit, Patches: facts.Patches.Where(p => p.Unit == unit).ToList()))
            .Where(u => u.Patches.Count > 0)
            .Select(u => new FigureRow(u.Unit ?? "", ProgressCells(facts.UnitName(u.Unit), u.Patches)));
        return Of(
            ProgressId,
            "逐单位核查进度表",
            "Progress by unit",
            columns,
            [.. rows],
            closes: true,
            [new("总数＝已填报＋待填报", "patches = filled + to fill", "all", ["filled", "unfilled"])],
            [
                new(
                    "填报率＝已填报÷总数；差错率＝已退回÷提交数（提交数＝已填报＋已退回）。",
                    "Filled over all patches; returned over submitted (filled and returned)."
                ),
            ]
        );
    }

    /// <summary>How a violation is dealt with, in one word.</summary>
    internal static string Handling(FigureViolation violation) =>
        violation.Case is not null ? (violation.IsClosed ? "立案（已结案）" : "立案")
        : violation.NonCase is not null ? "非立案处理"
        : violation.Transfers.Count > 0 ? "移交移送"
        : "未处理";

    private static IReadOnlyList<FigureCell> ProgressCells(string name, IReadOnlyList<FigurePatch> patches)
    {
        var failed = patches.Where(p => p.Parcels.Any(IsRefused)).ToList();
        var passed = patches.Where(p => p.Parcels.Count > 0 && p.Parcels.All(x => x.Province?.Outcome == "passed")).ToList();
        var confirmed = patches.Where(p => p.IsConfirmed).ToList();
        var cityWaits = confirmed.Where(p => p.Parcels.Any(x => x.City is null) && !failed.Contains(p)).ToList();
        var provinceWaits = confirmed.Except(cityWaits).Except(failed).Except(passed).ToList();
        return
        [
            Text(name),
            Keys(patches),
            Keys(patches.Where(p => p.IsFilled)),
            Keys(patches.Where(p => !p.IsFilled)),
            Keys(confirmed),
            Keys(patches.Where(p => p.IsReturned)),
            Keys(cityWaits),
            Keys(provinceWaits),
            Keys(passed),
            Keys(failed),
            Area(patches.Sum(p => p.Row.AreaSquareMetres), patches.Select(p => p.Key)),
            Text(""),
            Text(""),
            Keys(patches.Where(p => p.IsFilled || p.IsReturned)),
        ];
    }

    private static bool IsRefused(FigureParcel parcel) => parcel.City?.Outcome == "returned" || parcel.Province?.Outcome == "returned";

    private static FigureCell Keys(IEnumerable<FigurePatch> patches) => Count(patches.Select(p => p.Key));

    private static FigureCell[] Four(IReadOnlyList<FigureParcel> parcels)
    {
        string[] ids = [.. parcels.Select(p => p.Key)];
        return
        [
            Count(ids),
            Area(parcels.Sum(p => p.Row.AreaSquareMetres), ids),
            Area(parcels.Sum(p => p.Row.CultivatedSquareMetres), ids),
            Area(parcels.Sum(p => p.Row.PermanentFarmlandSquareMetres), ids),
        ];
    }

    private static FigureRow Row(FigureFacts facts, FigurePatch patch, FigureParcel? parcel, int ordinal, bool isFirst, string handling)
    {
        var key = parcel?.Key ?? patch.Key;
        var areas = parcel?.Areas;
        return new(
            key,
            [
                new(Text: ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture), Ids: [key]),
                Text(patch.Row.Number),
                Text(parcel?.Row.Number),
                Text(facts.UnitName(patch.Unit)),
                Text(patch.StatutoryUnit),
                Text(patch.Row.Kind == "mineral" ? "矿产" : "土地"),
                Day(patch.Row.Before),
                Day(patch.Row.After),
                isFirst ? Area(patch.Row.IssuedAreaSquareMetres, key) : Text(""),
                Area(parcel?.Row.AreaSquareMetres ?? patch.Row.AreaSquareMetres, [key]),
                Area(areas is null ? null : areas.CultivatedNet, key),
                Area(areas?.PermanentFarmland, key),
                Area(areas?.Agricultural, key),
                Area(areas?.Construction, key),
                Area(areas?.Unused, key),
                Text(Lines(areas)),
                Text(VerdictOf(facts, parcel)),
                Text(parcel?.Stage is null or VerdictStage.Open ? "" : parcel.Verdict?.BasisZh),
                Text(patch.Answers.GetValueOrDefault(FactKeys.ActualUse.Id)),
                Text(UseOnGround(patch.Answers.GetValueOrDefault(FactKeys.UseOnGround.Id))),
                Text(handling),
                Text(patch.VisitedOn is { } day ? $"实地核查 {day:yyyy-MM-dd}" : "未实地核查"),
            ]
        );
    }

    private static string VerdictOf(FigureFacts facts, FigureParcel? parcel) =>
        parcel?.Verdict is { } verdict && parcel.Stage is not VerdictStage.Open
            ? $"{verdict.Code} {facts.Verdicts.GetValueOrDefault(verdict.Code, "")}"
                + parcel.Stage switch
                {
                    VerdictStage.Decided => "（待复核）",
                    VerdictStage.Returned => "（已退回）",
                    _ => "",
                }
            : "未判定";

    /// <summary>Which of the three lines are touched, with the area.</summary>
    private static string Lines(ParcelAreas? areas)
    {
        if (areas is null)
            return "无数据";
        (string Name, double? Area)[] lines =
        [
            ("永久基本农田", areas.PermanentFarmland),
            ("生态保护红线", areas.EcologicalRedline),
            ("城镇开发边界外", areas.OutsideUrbanBoundary),
        ];
        return string.Join(
            '；',
            lines
                .Where(l => l.Area is null or > 0)
                .Select(l => l.Area is { } area ? $"{l.Name} {new SquareMetres(area).ToMu()} 亩" : $"{l.Name}无数据")
        );
    }

    private static string UseOnGround(string? word) =>
        word switch
        {
            "construction" => "建设",
            "facility" => "设施农业",
            "road" => "道路",
            "unchanged" => "未变化",
            "earthwork" => "推填土",
            "hardened" => "硬化",
            "solar" => "光伏",
            "storage" => "堆放",
            "mining" => "采矿",
            "restoration" => "治理恢复",
            "structure" => "构筑物",
            null => "",
            _ => word,
        };
}
