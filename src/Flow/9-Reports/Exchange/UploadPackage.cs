using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Law;

namespace Weipian.Flow.Reports;

/// <summary>The package of the initial data for the level above (R07, plain form): parcels as a GBK Shapefile, the fields of the official
/// card as XLSX, a manifest with the SHA-256 of each.</summary>
/// <remarks>It leaves the house complete or not at all: what is missing is listed and refused.</remarks>
public static class UploadPackage
{
    private const int NamedMax = 8;

    private static readonly WrittenField[] Fields =
    [
        new("JCBH", "text", 40),
        new("DKBH", "text", 48),
        new("XZQDM", "text", 12),
        new("TBLX", "text", 20),
        new("QSX", "date"),
        new("HSX", "date"),
        new("PDJG", "text", 8),
        new("PDMC", "text", 80),
        new("DKMJ", "real", 16, 2),
        new("GDMJ", "real", 16, 2),
        new("JBNTMJ", "real", 16, 2),
    ];

    /// <summary>Pure: all that stands between the programme and its package, one sentence each.</summary>
    public static IReadOnlyList<Bilingual> Missing(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var missing = new List<Bilingual>();
        foreach (var patch in facts.Patches)
        {
            void Lacks(string zh, string en) => missing.Add(new($"{patch.Row.Number} {zh}", $"{patch.Row.Number} {en}"));
            if (patch.Parcels.Count == 0)
                Lacks("没有地块", "has no parcels");
            if (patch.VisitedOn is null)
                Lacks("没有实地核查", "was not visited");
            if (patch.EvidenceSha256.Count == 0)
                Lacks("没有举证材料", "has no evidence");
            foreach (var parcel in patch.Parcels)
            {
                if (parcel.Stage != VerdictStage.Confirmed)
                    Lacks($"地块 {parcel.Row.Ordinal} 未经复核确认", $"parcel {parcel.Row.Ordinal} is not confirmed");
                if (parcel.Parent == VerdictParent.Doubtful)
                    Lacks($"地块 {parcel.Row.Ordinal} 存疑", $"parcel {parcel.Row.Ordinal} is doubtful");
            }
            if (patch.Parcels.Any(p => p.Parent == VerdictParent.Illegal) && !patch.Answers.ContainsKey(FactKeys.ActualUse.Id))
                Lacks("违法但未填实际用途", "is illegal and its actual use is not filled in");
        }
        if (facts.Patches.Count == 0)
            missing.Add(new("批次没有图斑", "the programme has no patches"));
        return missing;
    }

    /// <exception cref="Problem"><c>reports.package-incomplete</c></exception>
    public static void RequireComplete(FigureFacts facts)
    {
        var missing = Missing(facts);
        if (missing.Count > 0)
            throw Problem.Reports.PackageIncomplete(
                missing.Count,
                missing.Take(NamedMax).Select(m => m.Zh),
                missing.Take(NamedMax).Select(m => m.En)
            );
    }

    /// <summary>The zip; the same bytes for the same facts.</summary>
    public static byte[] Of(FigureFacts facts, WorkPlan plan, LawBook law)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(law);
        List<(string Name, byte[] Content)> parts = [.. Shapefile(facts)];
        var frame = new WorkbookFrame(plan.Territory.Name.Zh, facts.OnDay, []);
        parts.Add(("登记卡.xlsx", WorkbookFile.Of([Cards(facts)], frame)));
        parts.Insert(0, ("manifest.json", Manifest("upload-package", facts, parts)));
        return PartsFile.Of(parts);
    }

    /// <summary>What is in a package, with the hash of each part.</summary>
    internal static byte[] Manifest(string kind, FigureFacts facts, IEnumerable<(string Name, byte[] Content)> parts) =>
        Encoding.UTF8.GetBytes(
            CanonicalJson.Of(
                new JsonObject
                {
                    ["kind"] = kind,
                    ["programmes"] = new JsonArray([.. facts.Programmes.Select(p => (JsonNode)p)]),
                    ["onDay"] = $"{facts.OnDay:yyyy-MM-dd}",
                    ["patches"] = facts.Patches.Count,
                    ["parcels"] = facts.Patches.Sum(p => p.Parcels.Count),
                    ["files"] = new JsonArray([
                        .. parts.Select(p => new JsonObject
                        {
                            ["name"] = p.Name,
                            ["bytes"] = p.Content.Length,
                            ["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(p.Content)),
                        }),
                    ]),
                }
            )
        );

    private static List<(string Name, byte[] Content)> Shapefile(FigureFacts facts)
    {
        var folder = Directory.CreateTempSubdirectory("weipian-package-");
        try
        {
            var crs = CoordinateSystem.Cgcs2000;
            var features =
                from patch in facts.Patches
                from parcel in patch.Parcels
                select WrittenFeature.From(
                    parcel.Row.Geometry,
                    crs,
                    patch.Row.Number,
                    parcel.Row.Number,
                    patch.Row.County,
                    patch.Row.Change,
                    patch.Row.Before,
                    patch.Row.After,
                    parcel.Verdict?.Code,
                    facts.Verdicts.GetValueOrDefault(parcel.Verdict?.Code ?? "", ""),
                    Mu(parcel.Row.AreaSquareMetres),
                    Mu(parcel.Row.CultivatedSquareMetres),
                    Mu(parcel.Row.PermanentFarmlandSquareMetres)
                );
            ShapefileWriter.Write(Path.Combine(folder.FullName, "图斑地块.shp"), "图斑地块", Fields, features, crs);
            return
            [
                .. folder
                    .EnumerateFiles()
                    .OrderBy(f => f.Name, StringComparer.Ordinal)
                    .Select(f => (f.Name, File.ReadAllBytes(f.FullName))),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The fields of the official card (土地疑似违法图斑核查情况登记卡): what the system knows, then what the visit filled in.</summary>
    internal static FigureTable Cards(FigureFacts facts)
    {
        var violationOf = facts
            .Violations.SelectMany(v => v.Parcels.Select(p => (p.Parcel, v)))
            .GroupBy(x => x.Parcel, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().v, StringComparer.Ordinal);
        var rows =
            from patch in facts.Patches
            from parcel in patch.Parcels
            let card = new Card(facts, patch, parcel, violationOf.GetValueOrDefault(parcel.Row.Number))
            select new FigureRow(
                parcel.Key,
                [
                    .. CardTexts.Concat(CardAnswers).Select(f => FigureTables.Text(f.Text(card))),
                    .. CardAreas.Select(a => FigureTables.Area(a.Area(parcel), parcel.Key)),
                ]
            );
        return FigureTables.Of(
            "cards",
            "土地疑似违法图斑核查情况登记卡",
            "Verification cards",
            [
                .. CardTexts.Concat(CardAnswers).Select(f => new FigureColumn(f.Id, f.Zh, f.En, FigureKind.Text, Width: 14)),
                .. CardAreas.Select(a => new FigureColumn(a.Id, a.Zh, a.En, FigureKind.Area)),
            ],
            [.. rows],
            closes: false
        );
    }

    /// <summary>What one card is filled from.</summary>
    private sealed record Card(FigureFacts Facts, FigurePatch Patch, FigureParcel Parcel, FigureViolation? Violation)
    {
        public bool IsIllegal => Parcel.Parent == VerdictParent.Illegal;

        public StopNotice? Stop => Violation?.Stop;

        public string? Answer(FactKey key) => Patch.Answers.GetValueOrDefault(key.Id);

        public string? Filled(CardField field) =>
            Patch.Answers.GetValueOrDefault(field.Id) is not { } written ? null
            : field.Type == CardFieldType.Flag ? (written == "true" ? "是" : "否")
            : field.Choices.FirstOrDefault(c => c.Id == written)?.Zh ?? written;
    }

    private static readonly (string Id, string Zh, string En, Func<Card, string?> Text)[] CardTexts =
    [
        ("patch", "图斑号", "Patch", c => c.Patch.Row.Number),
        ("parcel", "地块号", "Parcel", c => c.Parcel.Row.Number),
        ("county", "原行政区划代码", "County code", c => c.Patch.Row.County),
        ("kind", "地块类型", "Legal or not", c => c.IsIllegal ? "违法用地" : "合法用地"),
        ("project", "项目名称", "Project", c => c.Violation?.Row.NameZh ?? c.Answer(FactKeys.ProjectName)),
        ("place", "土地坐落", "Place", c => c.Violation?.Row.LocationZh ?? c.Patch.StatutoryUnit),
        ("finding", "核查情况", "Finding", c => FindingOf(c.Parcel)),
        ("user", "用地单位（个人）", "Land user", c => c.Violation?.PartyZh ?? c.Answer(FactKeys.Party)),
        ("started", "用地时间", "Used since", c => Iso(c.Violation?.Row.StartedOn) ?? c.Answer(FactKeys.WorksStartedOn)),
        ("use", "实际用途", "Actual use", c => c.Answer(FactKeys.ActualUse)),
        ("party", "违法主体", "Party", c => c.Violation?.PartyZh),
        ("nature", "违法主体性质", "Nature of the party", c => c.Violation?.NatureZh),
        ("type", "违法类型", "Type", c => c.IsIllegal ? c.Facts.Verdicts.GetValueOrDefault(c.Parcel.Verdict!.Code) : null),
        (
            "handling",
            "查处情况",
            "Handling",
            c =>
                !c.IsIllegal ? null
                : c.Violation is { } v ? PatchTables.Handling(v)
                : "未处理"
        ),
        (
            "patrol",
            "是否巡查发现",
            "Found by patrol",
            c =>
                c.Stop is null ? null
                : c.Stop.DiscoveredBy == DiscoverySource.Patrol ? "是"
                : "否"
        ),
        ("found", "发现时间", "Found on", c => Iso(c.Stop?.DiscoveredOn)),
        ("stopped", "停工通知书下达时间", "Stop notice on", c => Iso(c.Stop?.ServedOn)),
        ("stop-number", "停工通知书文号", "Stop notice", c => c.Violation?.DocumentOf("stop-notice")),
        ("reported", "报告时间", "Reported on", c => Iso(c.Stop?.ReportedOn)),
        ("basis", "判定依据说明", "Basis", c => c.Parcel.Verdict?.BasisZh),
    ];

    /// <summary>Fields of the card that no system holds: as the visit filled them in.</summary>
    private static readonly (string Id, string Zh, string En, Func<Card, string?> Text)[] CardAnswers =
    [
        .. CardFields.All.Select(f => ($"card-{f.Id.Replace('_', '-')}", f.Zh, f.En, (Func<Card, string?>)(c => c.Filled(f)))),
    ];

    private static readonly (string Id, string Zh, string En, Func<FigureParcel, double?> Area)[] CardAreas =
    [
        ("area", "地块面积（亩）", "Area (mu)", q => q.Row.AreaSquareMetres),
        ("agricultural", "农用地（亩）", "Agricultural (mu)", q => q.Areas?.Agricultural),
        ("cultivated", "其中耕地（亩）", "Cultivated (mu)", q => q.Areas?.CultivatedNet),
        ("permanent", "其中基本农田（亩）", "Permanent farmland (mu)", q => q.Areas?.PermanentFarmland),
        ("construction", "建设用地（亩）", "Construction (mu)", q => q.Areas?.Construction),
        ("unused", "未利用地（亩）", "Unused (mu)", q => q.Areas?.Unused),
        ("conforming", "符合规划面积（亩）", "Conforms to the plan (mu)", q => q.Areas?.PlanConforming),
        ("not-conforming", "不符合规划面积（亩）", "Against the plan (mu)", q => q.Areas?.PlanNotConforming),
    ];

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string FindingOf(FigureParcel parcel) =>
        parcel.Verdict?.Code is "O1" or "MO1" ? "伪变化"
        : parcel.Verdict?.Code is "O2" ? "涉设施农用地"
        : parcel.Parent == VerdictParent.Illegal ? "违法"
        : parcel.Parent == VerdictParent.Legal ? "合法"
        : "其他";

    private static decimal Mu(double squareMetres) => new SquareMetres(squareMetres).ToMu().Value;
}
