using System.Globalization;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Rectification;
using static Weipian.Flow.Reports.FigureTables;

namespace Weipian.Flow.Reports;

/// <summary>The tables about violations: clues (F4), rectification, the case ledger, the ledger of what remains. Pure.</summary>
public static class ViolationTables
{
    public const string CluesId = "clues";
    public const string RectificationId = "rectification";
    public const string CasesId = "case-ledger";
    public const string RemainingId = "remaining-ledger";
    public const string BacklogId = "historic-backlog";

    /// <summary>违法线索统计表 (F4): what was removed and how, what is open.</summary>
    public static FigureTable Clues(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        (string Id, Bilingual Name)[] groups =
        [
            ("all", new("总任务", "All")),
            ("done", new("已整改", "Rectified")),
            ("demolished", new("其中：拆除复耕", "Of these: demolished")),
            ("formalities", new("其中：补办手续", "Of these: formalities")),
            ("open", new("未整改", "Open")),
        ];
        List<FigureColumn> columns = [new("unit", "镇街", "Unit", FigureKind.Text, Width: 14)];
        foreach (var (id, name) in groups)
            columns.AddRange([
                new($"{id}-count", "个数", "Violations", FigureKind.Count, name),
                new($"{id}-area", "面积（亩）", "Area (mu)", FigureKind.Area, name),
                new($"{id}-cultivated", "耕地（亩）", "Cultivated (mu)", FigureKind.Area, name),
            ]);
        var rows = ByUnit(facts).Select(u => new FigureRow(u.Unit ?? "", ClueCells(facts.UnitName(u.Unit), u.Violations)));
        var checks = new List<FigureCheck>();
        foreach (var what in (string[])["count", "area", "cultivated"])
        {
            checks.Add(new("总任务＝已整改＋未整改", "all = rectified + open", $"all-{what}", [$"done-{what}", $"open-{what}"]));
            checks.Add(
                new(
                    "已整改＝拆除＋补办",
                    "rectified = demolished + formalities",
                    $"done-{what}",
                    [$"demolished-{what}", $"formalities-{what}"]
                )
            );
        }
        return Of(
            CluesId,
            "违法线索整改统计表",
            "Violations by state of rectification",
            columns,
            [.. rows],
            closes: true,
            checks,
            [
                new(
                    "个数按宗计：一宗全部消除才计入已整改；面积按实地验收计，部分消除的计入已整改面积。",
                    "A violation counts as rectified once nothing of it is left; areas follow the acceptances on site."
                ),
                new("没收建筑物不减少面积。", "Confiscation takes away no area."),
            ]
        );
    }

    /// <summary>违法案件查处整改情况统计表 (9.3), with the two rates as the table defines them.</summary>
    public static FigureTable Rectification(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var violations = new Bilingual("违法宗数①", "Violations ①");
        var filed = new Bilingual("已立案", "Filed");
        FigureColumn[] columns =
        [
            new("unit", "行政区（镇街）", "Unit", FigureKind.Text, Width: 14),
            new("all-before", "上月宗数", "Last month", FigureKind.Count, violations),
            new("all", "本月宗数", "This month", FigureKind.Count, violations),
            new("area", "违法用地面积（亩）", "Area (mu)", FigureKind.Area, violations, Width: 17),
            new("cultivated", "占用耕地面积（亩）", "Cultivated (mu)", FigureKind.Area, violations, Width: 17),
            new("cultivated-share", "占用耕地比例", "Share cultivated", FigureKind.Ratio, violations, ["cultivated", "area"]),
            new("unclosed", "未结案", "Not closed", FigureKind.Count, filed),
            new("closed", "已结案②", "Closed ②", FigureKind.Count, filed),
            new("closed-rectified-before", "其中上月已整改到位", "Of these rectified last month", FigureKind.Count, filed),
            new("closed-rectified", "其中本月已整改到位③", "Of these rectified this month ③", FigureKind.Count, filed),
            new("non-case", "非立案处理④", "Without a case ④", FigureKind.Count),
            new("transferred", "移交移送", "Transferred", FigureKind.Count),
            new("unhandled", "未处理", "Not dealt with", FigureKind.Count),
            new("duty-rate", "履职到位率（②＋④）÷①", "Duty done (②+④)/①", FigureKind.Ratio, null, ["closed", "non-case", "all"]),
            new(
                "rectified-rate",
                "整改到位率（③＋④）÷①",
                "Rectified (③+④)/①",
                FigureKind.Ratio,
                null,
                ["closed-rectified", "non-case", "all"]
            ),
        ];
        var rows = ByUnit(facts).Select(u => new FigureRow(u.Unit ?? "", RectificationCells(facts, facts.UnitName(u.Unit), u.Violations)));
        return Of(
            RectificationId,
            "卫片执法检查违法案件查处整改情况统计表",
            "Violations dealt with and rectified",
            columns,
            [.. rows],
            closes: true,
            [
                new(
                    "①＝未结案＋②＋④＋移送＋未处理",
                    "① = not closed + ② + ④ + transferred + not dealt with",
                    "all",
                    ["unclosed", "closed", "non-case", "transferred", "unhandled"]
                ),
            ],
            [
                new(
                    $"上月数截至{facts.MonthBefore:yyyy-MM-dd}，本月数截至{facts.OnDay:yyyy-MM-dd}；各率按本月数计算。",
                    $"Last month until {facts.MonthBefore:yyyy-MM-dd}, this month until {facts.OnDay:yyyy-MM-dd}; rates are of this month."
                ),
            ]
        );
    }

    private static IReadOnlyList<FigureCell> RectificationCells(FigureFacts facts, string name, IReadOnlyList<FigureViolation> all)
    {
        var cases = all.Where(v => v.Case is not null).ToList();
        var other = all.Where(v => v.Case is null).ToList();
        return
        [
            Text(name),
            Keys(all.Where(v => v.MonthBefore is not null)),
            Keys(all),
            Sum(all, v => v.Balance.AreaSquareMetres),
            Sum(all, v => v.Balance.CultivatedSquareMetres),
            Text(""),
            Keys(cases.Where(v => !v.IsClosed)),
            Keys(cases.Where(v => v.IsClosed)),
            Keys(cases.Where(v => v.IsClosedBy(facts.MonthBefore) && v.MonthBefore is { IsRemoved: true })),
            Keys(cases.Where(v => v.IsClosed && v.Balance.IsRemoved)),
            Keys(other.Where(v => v.NonCase is not null)),
            Keys(other.Where(v => v.NonCase is null && v.Transfers.Count > 0)),
            Keys(other.Where(v => v.NonCase is null && v.Transfers.Count == 0)),
            Text(""),
            Text(""),
        ];
    }

    /// <summary>历史遗留违法整改情况表 (R35): the backlog, which no programme holds, with what was removed of it and by when.</summary>
    public static FigureTable Backlog(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        FigureColumn[] columns =
        [
            new("violation", "违法编号", "Violation", FigureKind.Text, Width: 14),
            new("unit", "责任镇街", "Unit", FigureKind.Text, Width: 11),
            new("place", "坐落", "Place", FigureKind.Text, Width: 16),
            new("use", "用途", "Use", FigureKind.Text, Width: 11),
            new("area", "违法面积（亩）", "Area (mu)", FigureKind.Area, Width: 14),
            new("cultivated", "其中耕地（亩）", "Cultivated (mu)", FigureKind.Area, Width: 14),
            new("ways", "处置方式", "Measures", FigureKind.Text, Width: 12),
            new("due", "整改期限", "Remove by", FigureKind.Day, Width: 11),
            new("accepted-on", "验收日期", "Accepted on", FigureKind.Day, Width: 11),
            new("removed", "已消除面积（亩）", "Removed (mu)", FigureKind.Area, Width: 14),
            new("remaining", "剩余面积（亩）", "Remaining (mu)", FigureKind.Area, Width: 14),
            new("ledger", "台账编号", "Entry", FigureKind.Text, Width: 13),
            new("state", "整改状态", "State", FigureKind.Text, Width: 10),
        ];
        return Of(
            BacklogId,
            "历史遗留违法整改情况表",
            "Historic backlog",
            columns,
            [.. facts.Backlog.Select(v => new FigureRow(v.Key, BacklogCells(facts, v)))],
            closes: false,
            [new("违法面积＝已消除＋剩余", "area = removed + remaining", "area", ["removed", "remaining"])],
            [new("历史遗留不属于任何卫片批次，不计入各批次的表。", "The backlog belongs to no programme and is in no table of one.")]
        );
    }

    private static IReadOnlyList<FigureCell> BacklogCells(FigureFacts facts, FigureViolation v)
    {
        var due = v.Ledger?.RemoveBy ?? v.Measures.Select(m => (DateOnly?)m.DueOn).Max();
        return
        [
            new(Text: v.Row.Number, Ids: [v.Key]),
            Text(facts.UnitName(v.Row.Unit)),
            Text(v.Row.LocationZh),
            Text(v.Row.UseZh),
            Area(v.Balance.AreaSquareMetres, [v.Key]),
            Area(v.Balance.CultivatedSquareMetres, [v.Key]),
            Text(string.Join('、', v.Measures.Select(m => MeasureKind.NameZh(m.Kind)).Distinct(StringComparer.Ordinal))),
            Day(due),
            Day(v.Acceptances.Where(a => a.Outcome != MeasureState.Refused).Select(a => (DateOnly?)a.InspectedOn).Max()),
            Area(v.RemovedSquareMetres, [v.Key]),
            Area(v.Balance.RemainingSquareMetres, [v.Key]),
            Text(v.Ledger?.Number),
            Text(
                v.Balance.IsRemoved ? "已消除"
                : due < facts.OnDay ? "逾期未消除"
                : "整改中"
            ),
        ];
    }

    /// <summary>案件台账 (6.7): every violation with its documents by number.</summary>
    public static FigureTable Cases(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        (string Kind, string Zh, string En)[] documents =
        [
            ("penalty-notice", "处罚告知书", "Notice of penalty"),
            ("hearing-notice", "听证告知书", "Notice of hearing"),
            ("penalty-decision", "处罚决定书", "Decision"),
            ("demand-letter", "催告书", "Demand letter"),
            ("crime-transfer-letter", "涉嫌犯罪移送书", "Transfer of a crime"),
            ("enforcement-application", "强制执行申请书", "Application to the court"),
            ("hand-over-letter", "非法财物移交书", "Hand-over letter"),
            ("closing-form", "结案呈批表", "Closing form"),
        ];
        FigureColumn[] columns =
        [
            new("ordinal", "序号", "No.", FigureKind.Text, Width: 5),
            new("violation", "违法编号", "Violation", FigureKind.Text, Width: 14),
            new("party", "违法主体", "Party", FigureKind.Text, Width: 14),
            new("unit", "所在镇街", "Unit", FigureKind.Text, Width: 11),
            new("place", "坐落", "Place", FigureKind.Text, Width: 16),
            new("area", "面积（亩）", "Area (mu)", FigureKind.Area),
            new("use", "用途", "Use", FigureKind.Text, Width: 11),
            new("source", "案件来源", "Source", FigureKind.Text),
            new("stop-number", "责令停止通知书编号", "Stop notice", FigureKind.Text, Width: 18),
            new("stop-on", "下达日期", "Served on", FigureKind.Day, Width: 11),
            new("case", "立案编号", "Case", FigureKind.Text, Width: 18),
            new("filed-on", "批准日期", "Filed on", FigureKind.Day, Width: 11),
            .. documents.Select(d => new FigureColumn(d.Kind, d.Zh, d.En, FigureKind.Text, Width: 18)),
            new("reason", "未立案（结案）原因", "Why not filed or closed", FigureKind.Text, Width: 20),
            new("officer", "责任人", "Officer", FigureKind.Text, Width: 12),
        ];
        var rows = facts.Violations.Select(
            (v, i) =>
                new FigureRow(
                    v.Key,
                    [
                        new(Text: Ordinal(i), Ids: [v.Key]),
                        Text(v.Row.Number),
                        Text(v.PartyZh),
                        Text(facts.UnitName(v.Row.Unit)),
                        Text(v.Row.LocationZh),
                        Area(v.Balance.AreaSquareMetres, [v.Key]),
                        Text(v.Row.UseZh),
                        Text(v.Case?.SourceZh ?? SourceOf(v.Row.Source)),
                        Text(v.DocumentOf("stop-notice")),
                        Day(v.Stop?.ServedOn),
                        Text(v.Case?.Number),
                        Day(v.Case?.FiledOn),
                        .. documents.Select(d => Text(v.DocumentOf(d.Kind))),
                        Text(
                            v.Case is null ? v.NonCase?.ReasonZh ?? (v.Transfers.Count > 0 ? "已移交移送" : "未处理")
                            : v.IsClosed ? ""
                            : "办理中"
                        ),
                        Text(v.Case?.OfficerOne),
                    ]
                )
        );
        return Of(CasesId, "违法案件台账", "Case ledger", columns, [.. rows], closes: false);
    }

    /// <summary>存违挂账台账 (7.2): what is left of every violation, or what was left of it on the ledger.</summary>
    public static FigureTable Remaining(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        FigureColumn[] columns =
        [
            new("ledger", "台账编号", "Entry", FigureKind.Text, Width: 13),
            new("violation", "违法编号", "Violation", FigureKind.Text, Width: 14),
            new("parcels", "图斑（地块）编号", "Parcels", FigureKind.Text, Width: 20),
            new("unit", "责任镇街", "Unit", FigureKind.Text, Width: 11),
            new("place", "坐落", "Place", FigureKind.Text, Width: 16),
            new("party", "违法主体", "Party", FigureKind.Text, Width: 14),
            new("nature", "主体性质", "Nature", FigureKind.Text),
            new("type", "违法类型", "Type", FigureKind.Text, Width: 14),
            new("use", "用途", "Use", FigureKind.Text, Width: 11),
            new("age", "新增/存量", "New or old", FigureKind.Text, Width: 8),
            new("area", "违法面积（亩）", "Area (mu)", FigureKind.Area),
            new("cultivated", "其中耕地（亩）", "Cultivated (mu)", FigureKind.Area),
            new("permanent", "其中基本农田（亩）", "Permanent farmland (mu)", FigureKind.Area),
            new("removed", "已消除面积（亩）", "Removed (mu)", FigureKind.Area),
            new("remaining", "剩余面积（亩）", "Remaining (mu)", FigureKind.Area),
            new("remaining-cultivated", "剩余耕地（亩）", "Remaining cultivated (mu)", FigureKind.Area),
            new("ways", "处置方式", "Measures", FigureKind.Text, Width: 12),
            new("case", "立案号", "Case", FigureKind.Text, Width: 18),
            new("decision", "决定书号", "Decision", FigureKind.Text, Width: 18),
            new("due", "整改期限", "Remove by", FigureKind.Day, Width: 11),
            new("state", "销号状态", "State", FigureKind.Text, Width: 10),
        ];
        var rows = facts
            .Violations.Where(v => v.Ledger is not null || !v.Balance.IsRemoved)
            .Select(v => new FigureRow(v.Key, RemainingCells(facts, v)));
        return Of(
            RemainingId,
            "存违挂账台账",
            "Ledger of remaining violations",
            columns,
            [.. rows],
            closes: false,
            [new("违法面积＝已消除＋剩余", "area = removed + remaining", "area", ["removed", "remaining"])],
            [
                new(
                    "无台账编号的，是截止日前尚未消除、尚未挂账的违法。",
                    "What has no entry number was not removed by the day and is not on the ledger yet."
                ),
            ]
        );
    }

    private static IReadOnlyList<FigureCell> RemainingCells(FigureFacts facts, FigureViolation v) =>
        [
            new(Text: v.Ledger?.Number ?? "", Ids: [v.Key]),
            Text(v.Row.Number),
            Text(string.Join('、', v.Parcels.Select(p => p.Parcel))),
            Text(facts.UnitName(v.Row.Unit)),
            Text(v.Row.LocationZh),
            Text(v.PartyZh),
            Text(v.NatureZh),
            Text($"{v.Row.TypeCode} {facts.Verdicts.GetValueOrDefault(v.Row.TypeCode, "")}".TrimEnd()),
            Text(v.Row.UseZh),
            Text(v.Row.IsNew ? "新增" : "存量"),
            Area(v.Balance.AreaSquareMetres, [v.Key]),
            Area(v.Balance.CultivatedSquareMetres, [v.Key]),
            Area(v.Row.PermanentFarmlandSquareMetres, [v.Key]),
            Area(v.RemovedSquareMetres, [v.Key]),
            Area(v.Balance.RemainingSquareMetres, [v.Key]),
            Area(v.Balance.RemainingCultivatedSquareMetres, [v.Key]),
            Text(string.Join('、', v.Measures.Select(m => MeasureKind.NameZh(m.Kind)).Distinct(StringComparer.Ordinal))),
            Text(v.Case?.Number),
            Text(v.DocumentOf("penalty-decision")),
            Day(v.Ledger?.RemoveBy ?? v.Measures.Select(m => (DateOnly?)m.DueOn).Max()),
            Text(
                v.Closing is not null ? "已销号"
                : v.Ledger is not null ? "在账"
                : "未挂账"
            ),
        ];

    private static IReadOnlyList<FigureCell> ClueCells(string name, IReadOnlyList<FigureViolation> all)
    {
        var done = all.Where(v => v.Balance.IsRemoved).ToList();
        var touched = all.Where(v => v.RemovedSquareMetres > 0).ToList();
        return
        [
            Text(name),
            Keys(all),
            Sum(all, v => v.Balance.AreaSquareMetres),
            Sum(all, v => v.Balance.CultivatedSquareMetres),
            Keys(done),
            Sum(touched, v => v.RemovedSquareMetres),
            Sum(touched, v => v.RemovedCultivatedSquareMetres),
            Keys(done.Where(v => v.IsByDemolition)),
            Sum(touched.Where(v => v.DemolishedSquareMetres > 0), Demolished),
            Sum(touched.Where(v => v.DemolishedSquareMetres > 0), DemolishedCultivated),
            Keys(done.Where(v => !v.IsByDemolition)),
            Sum(touched, v => v.RemovedSquareMetres - Demolished(v)),
            Sum(touched, v => v.RemovedCultivatedSquareMetres - DemolishedCultivated(v)),
            Keys(all.Where(v => !v.Balance.IsRemoved)),
            Sum(all.Where(v => !v.Balance.IsRemoved), v => v.Balance.RemainingSquareMetres),
            Sum(all.Where(v => !v.Balance.IsRemoved), v => v.Balance.RemainingCultivatedSquareMetres),
        ];
    }

    /// <summary>What is within the rounding of a form goes to the way by which most was removed.</summary>
    private static double Demolished(FigureViolation v) =>
        v.DemolishedSquareMetres >= v.RemovedSquareMetres - ViolationBalance.ClosureSquareMetres
            ? v.RemovedSquareMetres
            : v.DemolishedSquareMetres;

    private static double DemolishedCultivated(FigureViolation v) =>
        Demolished(v) >= v.RemovedSquareMetres
            ? v.RemovedCultivatedSquareMetres
            : Math.Min(v.RemovedCultivatedSquareMetres, v.Balance.RestoredCultivatedSquareMetres);

    private static IEnumerable<(string? Unit, IReadOnlyList<FigureViolation> Violations)> ByUnit(FigureFacts facts) =>
        facts
            .Units.Select(unit =>
                (Unit: unit, Violations: (IReadOnlyList<FigureViolation>)[.. facts.Violations.Where(v => v.Row.Unit == (unit ?? ""))])
            )
            .Where(u => u.Violations.Count > 0);

    private static FigureCell Keys(IEnumerable<FigureViolation> violations) => Count(violations.Select(v => v.Key));

    private static FigureCell Sum(IEnumerable<FigureViolation> violations, Func<FigureViolation, double> area)
    {
        var all = violations.ToList();
        return Area(all.Sum(area), all.Select(v => v.Key));
    }

    private static string SourceOf(string source) =>
        source switch
        {
            ViolationSource.Patch => "卫片执法",
            ViolationSource.Backlog => "历史遗留",
            ViolationSource.Patrol => "巡查发现",
            _ => source,
        };

    private static string Ordinal(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
