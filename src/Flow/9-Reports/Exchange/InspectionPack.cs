using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using static Weipian.Flow.Reports.FigureTables;

namespace Weipian.Flow.Reports;

/// <summary>One zip for the inspection of a superior (迎检, R96): tables, documents with persons masked, an index of the evidence, open
/// points by parcel.</summary>
public static class InspectionPack
{
    public static async Task<byte[]> OfAsync(
        StoreContext db,
        FigureBook book,
        FigureFacts facts,
        ReportLibrary library,
        WorkPlan plan,
        IReadOnlyList<string> signed,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(plan);
        var frame = new WorkbookFrame(book.Facts.GetValueOrDefault("territory", ""), facts.OnDay, signed);
        List<(string Name, byte[] Content)> parts =
        [
            ("1-统计表.xlsx", MakeReport.Workbook(book, signed)),
            ("2-未决事项.xlsx", WorkbookFile.Of([OpenPoints(facts)], frame)),
            ("3-举证材料目录.xlsx", WorkbookFile.Of([await EvidenceAsync(db, facts, stop)], frame)),
        ];
        var documents = await db.OpenAsync(
            [.. facts.Violations.SelectMany(v => v.Documents).DistinctBy(d => d.Id).OrderBy(d => d.Number, StringComparer.Ordinal)],
            stop
        );
        var publicNames = await PublicNames.OfAsync(db, plan, stop);
        var mask = library.Law.Verdicts.PersonalTexts.On(facts.OnDay);
        foreach (var document in documents)
            parts.Add(($"4-文书/{document.Row.Number}.docx", library.Word(document.Masked(publicNames, mask))));
        parts.Insert(0, ("manifest.json", UploadPackage.Manifest("inspection-pack", facts, parts)));
        return PartsFile.Of(parts);
    }

    /// <summary>Pure: what is not finished, parcel by parcel and violation by violation.</summary>
    public static FigureTable OpenPoints(FigureFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var rows = new List<FigureRow>();
        void Add(string number, string? unit, string key, string what) =>
            rows.Add(new(key, [new(Text: number, Ids: [key]), Text(facts.UnitName(unit)), Text(what)]));
        foreach (var patch in facts.Patches)
        {
            if (patch.Parcels.Count == 0)
                Add(patch.Row.Number, patch.Unit, patch.Key, "没有地块");
            if (patch.VisitedOn is null)
                Add(patch.Row.Number, patch.Unit, patch.Key, "没有实地核查");
            if (patch.EvidenceSha256.Count == 0)
                Add(patch.Row.Number, patch.Unit, patch.Key, "没有举证材料");
            foreach (var parcel in patch.Parcels.Where(p => p.Stage != VerdictStage.Confirmed))
                Add(parcel.Row.Number, patch.Unit, parcel.Key, "判定未经复核确认");
        }
        foreach (var violation in facts.Violations)
        {
            if (PatchTables.Handling(violation) == "未处理")
                Add(violation.Row.Number, violation.Row.Unit, violation.Key, "违法未立案、未作非立案处理、未移交");
            if (violation.Case is not null && !violation.IsClosed)
                Add(violation.Row.Number, violation.Row.Unit, violation.Key, "案件未结");
            if (!violation.Balance.IsRemoved)
                Add(
                    violation.Row.Number,
                    violation.Row.Unit,
                    violation.Key,
                    $"剩余 {new Law.SquareMetres(violation.Balance.RemainingSquareMetres).ToMu()} 亩未整改"
                );
        }
        return Of(
            "open-points",
            "未决事项清单",
            "Open points",
            [
                new("number", "地块（违法）编号", "Parcel or violation", FigureKind.Text, Width: 24),
                new("unit", "镇街", "Unit", FigureKind.Text, Width: 14),
                new("what", "未决事项", "What is open", FigureKind.Text, Width: 50),
            ],
            rows,
            closes: false
        );
    }

    private static async Task<FigureTable> EvidenceAsync(StoreContext db, FigureFacts facts, CancellationToken stop)
    {
        var end = Law.ChinaTime.EndOf(facts.OnDay).UtcDateTime;
        var patches = facts.Patches.ToDictionary(p => p.Row.Id);
        var inScope = db.Patches.Where(p => facts.Programmes.Contains(p.ProgrammeId)).Select(p => p.Id);
        var evidence = await db.Evidence.Where(e => inScope.Contains(e.PatchId) && e.AddedAt < end).ToListAsync(stop);
        var rows = evidence
            .OrderBy(e => patches[e.PatchId].Row.Number, StringComparer.Ordinal)
            .ThenBy(e => e.AddedAt)
            .ThenBy(e => e.Id)
            .Select(e => new FigureRow(
                patches[e.PatchId].Key,
                [
                    Text(patches[e.PatchId].Row.Number),
                    Text(e.FileName),
                    Text(e.ContentType),
                    Text(e.Size.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    Day(Law.ChinaTime.DayOf(e.AddedAt)),
                    Text(e.By),
                    Text(e.Sha256),
                ]
            ));
        return Of(
            "evidence-index",
            "举证材料目录",
            "Index of the evidence",
            [
                new("patch", "图斑编号", "Patch", FigureKind.Text, Width: 18),
                new("file", "文件名", "File", FigureKind.Text, Width: 24),
                new("type", "类型", "Type", FigureKind.Text, Width: 16),
                new("bytes", "字节数", "Bytes", FigureKind.Text, Width: 12),
                new("added", "提交日期", "Added on", FigureKind.Day, Width: 12),
                new("by", "提交席位", "By", FigureKind.Text, Width: 18),
                new("sha256", "SHA-256", "SHA-256", FigureKind.Text, Width: 66),
            ],
            [.. rows],
            closes: false
        );
    }
}
