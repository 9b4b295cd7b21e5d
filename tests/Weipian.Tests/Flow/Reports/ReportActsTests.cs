using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Rectification;
using Weipian.Flow.Reports;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Tests.Flow.Determinations;

namespace Weipian.Tests.Flow.Reports;

/// <summary>Reports on a real store: who may, what is frozen, what the files say when other programs read them.</summary>
[Collection("district of cases")]
[Requirement("R07")]
[Requirement("R90")]
[Requirement("R93")]
[Requirement("R96")]
public sealed class ReportActsTests(DistrictTemplate template) : IDisposable
{
    private readonly DistrictOfCases district = template.Copy();

    private static ReportLibrary Library => ReadBack.Library;

    public void Dispose() => district.Dispose();

    private MakeReport.Request Asked(string kind) => new(kind, [DistrictOfCases.Programme], district.Store.Today, null, "报送");

    private Task<MakeReport.Made> MakeAsync(string kind) =>
        MakeReport.Handle(district.Store, DistrictOfCases.Officer, Asked(kind), Library);

    /// <summary>The papers that verdicts ask for, then the signature of the head.</summary>
    private async Task SignAsync()
    {
        await using var db = district.Store.Read();
        var law = DistrictOfCases.Law.Book;
        var state = await BatchReading.ReadAsync(db, district.Store.Plan, DistrictOfCases.Programme, law, only: null);
        foreach (var kind in state.Lacking.SelectMany(p => p.Blocking, (p, need) => (p.File.Patch.Number, need.Id)).GroupBy(m => m.Id))
            await AttachDocument.Handle(
                district.Store,
                DistrictOfCases.Officer,
                new(
                    DistrictOfCases.Programme,
                    kind.Key,
                    null,
                    [.. kind.Select(m => m.Number).Distinct()],
                    "材料.pdf",
                    "%PDF-1.4 paper"u8.ToArray(),
                    null,
                    "补充"
                ),
                law
            );
        await SubmitBatch.Handle(district.Store, DistrictOfCases.Head, new(DistrictOfCases.Programme, "签发"), law);
    }

    private static async Task Refused(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Problem>(act)).Code);

    [Theory]
    [InlineData("town")]
    [InlineData("finance")]
    [InlineData("administrator")]
    [InlineData("permit-desk")]
    public async Task A_seat_outside_the_bureau_makes_no_report(string role) =>
        await Refused("store.act-not-allowed", () => MakeReport.Handle(district.Store, new(role, role), Asked("progress"), Library));

    [Fact]
    public async Task What_cannot_be_reported_on_is_refused_and_leaves_nothing()
    {
        var before = await district.EntriesAsync();
        var asked = Asked("progress");
        Task Make(MakeReport.Request request) => MakeReport.Handle(district.Store, DistrictOfCases.Officer, request, Library);
        await Refused("reports.unknown-kind", () => Make(asked with { Kind = "poem" }));
        await Refused("reports.no-programme", () => Make(asked with { Programmes = [] }));
        await Refused("plan.no-such-value", () => Make(asked with { Programmes = ["1999-q1"] }));
        await Refused("chain.in-future", () => Make(asked with { OnDay = district.Store.Today.AddDays(1) }));
        Assert.Equal(before, await district.EntriesAsync());
    }

    [Fact]
    public async Task A_published_report_never_changes_and_a_later_one_shows_what_happened_since()
    {
        var first = await MakeAsync("progress");
        await ConfirmAllAsync();
        var second = await MakeAsync("progress");
        var (early, late) = (await BookAsync(first.SnapshotId), await BookAsync(second.SnapshotId));
        Assert.Equal(0, early["progress"].TotalOf("confirmed").Value);
        Assert.Equal(5, late["progress"].TotalOf("confirmed").Value);
        Assert.NotEqual(first.Sha256, second.Sha256);
        Assert.Equal(first.Sha256, Convert.ToHexStringLower(SHA256.HashData(district.Store.Blobs.Get(first.Sha256))));
    }

    [Fact]
    public async Task The_head_signs_once_and_never_what_he_made_himself()
    {
        var made = await MakeAsync("progress");
        var own = await MakeReport.Handle(district.Store, DistrictOfCases.Head, Asked("progress"), Library);
        await Refused(
            "store.act-not-allowed",
            () => SignReport.Handle(district.Store, DistrictOfCases.Officer, new(made.ReportId, "签发"))
        );
        await Refused("chain.same-person", () => SignReport.Handle(district.Store, DistrictOfCases.Head, new(own.ReportId, "签发")));
        await SignReport.Handle(district.Store, DistrictOfCases.Head, new(made.ReportId, "签发"));
        await Refused("chain.already-done", () => SignReport.Handle(district.Store, DistrictOfCases.Head, new(made.ReportId, "签发")));
        await Refused("chain.not-there", () => SignReport.Handle(district.Store, DistrictOfCases.Head, new(Guid.NewGuid(), "签发")));
    }

    [Fact]
    public async Task Figures_add_up_and_open_their_lists()
    {
        await ConfirmAllAsync();
        await ViolateAsync(acceptedShare: 0.5);
        var book = await BookAsync((await MakeAsync("inspection-pack")).SnapshotId);
        Assert.Empty(book.Tables.SelectMany(t => t.Broken()));
        var clues = book["clues"];
        Assert.Equal(1, clues.TotalOf("all-count").Value);
        Assert.Equal(0, clues.TotalOf("done-count").Value);
        Assert.Equal(1, clues.TotalOf("open-count").Value);
        Assert.Equal(clues.TotalOf("all-area").Value!.Value / 2, clues.TotalOf("open-area").Value!.Value, 3);
        Assert.Equal("violation", book.Items[Assert.Single(clues.TotalOf("open-count").Ids!)].Kind);
        Assert.Equal(1, book["rectification"].TotalOf("unhandled").Value);
        Assert.Equal(5, book["unit-summary"].TotalOf("issued-count").Ids!.Count);
        var every = book.Tables.SelectMany(t => t.Rows).SelectMany(r => r.Cells).Where(c => c.Value is > 0);
        Assert.All(every, c => Assert.NotEmpty(c.Ids!));
        Assert.All(every.SelectMany(c => c.Ids!), id => Assert.True(book.Items.ContainsKey(id), id));
    }

    [Fact]
    public async Task A_workbook_has_real_sums_and_checks_that_hold()
    {
        await ConfirmAllAsync();
        await ViolateAsync(acceptedShare: 0.3);
        var made = await MakeAsync("clues");
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(district.Store.Blobs.Get(made.Sha256)), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(workbook).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var sheet = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet!;
        Assert.Equal(OrientationValues.Landscape, sheet.GetFirstChild<PageSetup>()!.Orientation!.Value);
        var cells = sheet.Descendants<Cell>().ToList();
        var sums = cells.Where(c => c.CellFormula?.Text.StartsWith("SUM(", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(15, sums.Count);
        Assert.All(sums, s => Assert.True(decimal.Parse(s.CellValue!.Text) >= 0));
        var checks = cells.Where(c => c.CellFormula?.Text.StartsWith("IF(ABS(", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(12, checks.Count); // six checks for one unit and for the total
        Assert.All(checks, c => Assert.Equal("平", c.CellValue!.Text));
    }

    [Fact]
    public void A_table_whose_parts_do_not_add_up_says_where()
    {
        var table = FigureTables.Of(
            "t",
            "表",
            "table",
            [new("unit", "镇街", "Unit", FigureKind.Text), new("a", "甲", "a", FigureKind.Area), new("b", "乙", "b", FigureKind.Area)],
            [new("x", [FigureTables.Text("x"), FigureTables.Area(2000.0, ["k"]), FigureTables.Area(1900.0, ["k"])])],
            closes: true,
            [new("甲＝乙", "a = b", "a", ["b"])]
        );
        Assert.Equal(["x", "total"], table.Broken().Select(b => b.Row.Key));
        Assert.Contains("不平", SheetText(WorkbookFile.Of([table], new("周村区", new(2019, 7, 9), []))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data-filling")]
    [InlineData("work-summary")]
    [InlineData("acceptance-report")]
    [InlineData("quarterly-results")]
    [InlineData("year-end-results")]
    [Requirement("R91")]
    [Requirement("R92")]
    [Requirement("R94")]
    public async Task A_narrative_is_filled_from_its_snapshot(string kind)
    {
        await ConfirmAllAsync();
        await ViolateAsync(acceptedShare: 0);
        var made = await MakeReport.Handle(
            district.Store,
            DistrictOfCases.Officer,
            Asked(kind) with
            {
                ProblemsZh = "个别镇街举证不全，建议加强培训。",
            },
            Library
        );
        var text = ReadBack.Word(district.Store.Blobs.Get(made.Sha256));
        Assert.DoesNotContain("{", text, StringComparison.Ordinal);
        // Words that end the programme and begin the kind are said once.
        var title = ("周村区2019年第一季度卫片执法" + Library.Reports[kind].Zh).Replace(
            "卫片执法卫片执法",
            "卫片执法",
            StringComparison.Ordinal
        );
        Assert.StartsWith(title, text, StringComparison.Ordinal);
        Assert.Contains("共下发图斑5个", text, StringComparison.Ordinal);
        Assert.Contains("个别镇街举证不全，建议加强培训。", text, StringComparison.Ordinal);
        Assert.Contains("填表人：区自然资源局经办", text, StringComparison.Ordinal);
        if (kind is "quarterly-results")
            Assert.Contains("市土地矿产卫片执法监督检查工作领导小组办公室：", text, StringComparison.Ordinal);
        Assert.Equal(text, ReadBack.Word(district.Store.Blobs.Get(made.Sha256)));
    }

    [Fact]
    public async Task The_package_is_refused_while_something_is_missing_and_then_holds_what_its_manifest_says()
    {
        await Refused("reports.package-incomplete", () => MakeAsync("upload-package"));
        await ConfirmAllAsync();
        await EvidenceAsync();
        await Refused("determination.batch-missing", () => MakeAsync("upload-package"));
        await SignAsync();
        var made = await MakeAsync("upload-package");
        using var zip = new ZipArchive(new MemoryStream(district.Store.Blobs.Get(made.Sha256)));
        var manifest = JsonNode.Parse(Bytes(zip.GetEntry("manifest.json")!))!;
        Assert.Equal(5, (int)manifest["patches"]!);
        var files = manifest["files"]!.AsArray();
        Assert.Contains(files, f => (string)f!["name"]! == "图斑地块.shp");
        Assert.Contains(files, f => (string)f!["name"]! == "登记卡.xlsx");
        Assert.All(
            files,
            f => Assert.Equal((string)f!["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(Bytes(zip.GetEntry((string)f["name"]!)!))))
        );
        Assert.Contains("370306", Encoding.GetEncoding("latin1").GetString(Bytes(zip.GetEntry("图斑地块.dbf")!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inspection_pack_has_tables_open_points_evidence_and_documents()
    {
        await ConfirmAllAsync();
        await EvidenceAsync();
        await ViolateAsync(acceptedShare: 0);
        var made = await MakeAsync("inspection-pack");
        using var zip = new ZipArchive(new MemoryStream(district.Store.Blobs.Get(made.Sha256)));
        var names = zip.Entries.Select(e => e.FullName).ToList();
        Assert.Contains("manifest.json", names);
        Assert.Contains("4-文书/周自然资停〔2019〕1号.docx", names);
        Assert.Contains("违法未立案", SheetText(Bytes(zip.GetEntry("2-未决事项.xlsx")!)), StringComparison.Ordinal);
        Assert.Contains("e1.jpg", SheetText(Bytes(zip.GetEntry("3-举证材料目录.xlsx")!)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_from_above_are_taken_whole_and_held_against_ours(bool asWorkbook)
    {
        await ConfirmAllAsync();
        var parcels = new List<Parcel>();
        for (var i = 0; i < district.Patches.Count; i++)
            parcels.AddRange(await district.ParcelsAsync(i));
        string[][] rows =
        [
            ["地块编号", "审核结果", "原因代码"],
            [parcels[0].Number, "通过", ""],
            [parcels[1].Number, "不通过", "R08"],
        ];
        await ReceiveAsync(rows, asWorkbook);
        await using var db = district.Store.Read();
        var facts = await FigureReading.ReadAsync(db, district.Store.Plan, Library.Law, [DistrictOfCases.Programme], district.Store.Today);
        var lines = Reconciliation.Of(facts, "city").ToDictionary(l => l.Parcel.Row.Number, l => l.State);
        Assert.Equal(ReconciliationLine.Agree, lines[parcels[0].Number]);
        Assert.Equal(ReconciliationLine.Differ, lines[parcels[1].Number]);
        Assert.Equal(ReconciliationLine.Missing, lines[parcels[2].Number]);
        Assert.All(Reconciliation.Of(facts, "province"), l => Assert.Equal(ReconciliationLine.Missing, l.State));
    }

    [Fact]
    public async Task A_file_with_one_wrong_row_is_not_taken_at_all()
    {
        await ConfirmAllAsync();
        var parcel = (await district.ParcelsAsync(0))[0].Number;
        await Refused(
            "reports.answers-unknown",
            () =>
                ReceiveAsync(
                    [
                        ["地块编号", "审核结果"],
                        [parcel, "通过"],
                        ["别处_1", "通过"],
                    ],
                    false
                )
        );
        await Refused(
            "reports.answers-unknown",
            () =>
                ReceiveAsync(
                    [
                        ["地块编号", "审核结果"],
                        [parcel, "也许"],
                    ],
                    false
                )
        );
        await Refused(
            "reports.answers-unknown",
            () =>
                ReceiveAsync(
                    [
                        ["地块编号", "审核结果"],
                        [parcel, "通过"],
                        [parcel, "通过"],
                    ],
                    false
                )
        );
        await Refused(
            "reports.sheet-unreadable",
            () =>
                ReceiveAsync(
                    [
                        ["编号", "结果"],
                        [parcel, "通过"],
                    ],
                    false
                )
        );
        await Refused(
            "reports.sheet-unreadable",
            () =>
                ReceiveVerdicts.Handle(
                    district.Store,
                    DistrictOfCases.Officer,
                    new(DistrictOfCases.Programme, "city", "坏.xlsx", Convert.ToBase64String("PK\u0003\u0004坏"u8.ToArray()), "导入"),
                    Library
                )
        );
        await using var db = district.Store.Read();
        Assert.Equal(0, await db.ReceivedVerdicts.CountAsync());
    }

    private async Task<ReceiveVerdicts.Received> ReceiveAsync(string[][] rows, bool asWorkbook)
    {
        var content = asWorkbook
            ? WorkbookOf(rows)
            : CodePagesEncodingProvider.Instance.GetEncoding(936)!.GetBytes(string.Join("\r\n", rows.Select(r => string.Join(',', r))));
        return await ReceiveVerdicts.Handle(
            district.Store,
            DistrictOfCases.Officer,
            new(DistrictOfCases.Programme, "city", asWorkbook ? "答.xlsx" : "答.csv", Convert.ToBase64String(content), "市级返回"),
            Library
        );
    }

    /// <summary>As other programs write it, with shared strings or not: by the library of Microsoft.</summary>
    private static byte[] WorkbookOf(string[][] rows)
    {
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, DocumentFormat.OpenXml.SpreadsheetDocumentType.Workbook))
        {
            var book = file.AddWorkbookPart();
            book.Workbook = new Workbook(
                new Sheets(
                    new Sheet
                    {
                        Name = "答",
                        SheetId = 1,
                        Id = "rId1",
                    }
                )
            );
            var strings = book.AddNewPart<SharedStringTablePart>();
            strings.SharedStringTable = new SharedStringTable(rows.SelectMany(r => r).Select(t => new SharedStringItem(new Text(t))));
            var sheet = book.AddNewPart<WorksheetPart>("rId1");
            var at = 0;
            sheet.Worksheet = new Worksheet(
                new SheetData(
                    rows.Select(r => new Row(
                        r.Select(_ => new Cell { DataType = CellValues.SharedString, CellValue = new CellValue(at++) })
                    ))
                )
            );
        }
        return stream.ToArray();
    }

    private async Task<FigureBook> BookAsync(Guid snapshot)
    {
        await using var db = district.Store.Read();
        return FigureBook.FromJson(Snapshots.Read(district.Store.Blobs, await db.Snapshots.SingleAsync(s => s.Id == snapshot)));
    }

    /// <summary>Every parcel gets a verdict, one of them illegal, and a second signature.</summary>
    private async Task ConfirmAllAsync()
    {
        for (var i = 0; i < district.Patches.Count; i++)
            foreach (var parcel in await district.ParcelsAsync(i))
            {
                var decided = await district.DecideAsync(parcel, i == 0 ? "I1" : "L1");
                await ConfirmVerdict.Handle(
                    district.Store,
                    DistrictOfCases.Reviewer,
                    new(decided.DeterminationId, null, "同意"),
                    DistrictOfCases.Law
                );
            }
    }

    private async Task EvidenceAsync()
    {
        for (var i = 0; i < district.Patches.Count; i++)
        {
            var (patch, number) = (district.Patches[i], i);
            await district.AddVisitAsync(patch, new DateOnly(2019, 4, 1), ("actual_use", "工业"), ("party", "某某公司"));
            await district.Store.ActAsync(
                DistrictOfCases.Officer,
                "record-visit",
                patch.ToString(),
                "举证",
                act =>
                {
                    act.Db.Add(
                        new Evidence
                        {
                            Id = act.NewId(),
                            PatchId = patch,
                            Sha256 = act.Store.Blobs.Put([(byte)number]),
                            FileName = $"e{number + 1}.jpg",
                            ContentType = "image/jpeg",
                            Size = 1,
                            AddedAt = act.At,
                            By = act.By.Login,
                        }
                    );
                    return Task.FromResult(0);
                }
            );
        }
    }

    /// <summary>A violation of the first patch with a stop notice, a measure, and so much of it accepted as demolished.</summary>
    private async Task ViolateAsync(double acceptedShare)
    {
        var parcel = (await district.ParcelsAsync(0))[0];
        var verdict = (await district.StateAsync(parcel)).Standing!;
        await district.Store.ActAsync(
            DistrictOfCases.Officer,
            "compare-programme",
            "x",
            "认定",
            async act =>
            {
                var violation = Chain.ViolationOf(act, parcel);
                act.Db.Add(violation);
                act.Db.Add(Chain.ParcelOf(act, violation, parcel, verdict));
                var kind = Library.Documents["stop-notice"];
                var texts = kind.Fields.ToDictionary(f => f.Id, f => f.Zh, StringComparer.Ordinal);
                await DocumentIssue.IssueAsync(act, kind, "violation", violation.Id, new DateOnly(2019, 3, 5), texts);
                if (acceptedShare > 0)
                    Chain.Accept(act, violation, acceptedShare);
                return 0;
            }
        );
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static string SheetText(byte[] file)
    {
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        return string.Concat(
            workbook.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet!.Descendants<Cell>()).Select(c => c.InnerText)
        );
    }
}

/// <summary>Rows of the chain after the verdict, as its acts write them.</summary>
file static class Chain
{
    public static Violation ViolationOf(ActScope act, Parcel parcel) =>
        new()
        {
            Id = act.NewId(),
            Number = "WF-2019-0001",
            Unit = "wangcun",
            Kind = "land",
            Source = ViolationSource.Patch,
            ProgrammeId = DistrictOfCases.Programme,
            Year = 2019,
            NameZh = "厂房",
            LocationZh = "王村镇某某村",
            UseZh = "工业",
            TypeCode = "I1",
            IsNew = true,
            KeyProject = false,
            AreaSquareMetres = parcel.AreaSquareMetres,
            CultivatedSquareMetres = parcel.AreaSquareMetres / 3,
            PermanentFarmlandSquareMetres = 0,
            ReserveSquareMetres = 0,
            RedLineSquareMetres = 0,
            OutsideUrbanSquareMetres = 0,
            AgriculturalSquareMetres = parcel.AreaSquareMetres,
            By = act.By.Login,
            At = act.At,
        };

    public static ViolationParcel ParcelOf(ActScope act, Violation violation, Parcel parcel, Determination verdict) =>
        new()
        {
            ViolationId = violation.Id,
            ParcelId = parcel.Id,
            PatchId = parcel.PatchId,
            DeterminationId = verdict.Id,
            Code = verdict.Code,
            AreaSquareMetres = parcel.AreaSquareMetres,
            CultivatedSquareMetres = parcel.CultivatedSquareMetres,
            PermanentFarmlandSquareMetres = parcel.PermanentFarmlandSquareMetres,
            At = act.At,
        };

    public static void Accept(ActScope act, Violation violation, double share)
    {
        var measure = new Measure
        {
            Id = act.NewId(),
            ViolationId = violation.Id,
            Kind = MeasureKind.DemolishRestore,
            Unit = violation.Unit,
            OrderedOn = new DateOnly(2019, 4, 1),
            DueOn = new DateOnly(2019, 5, 1),
            AreaSquareMetres = violation.AreaSquareMetres,
            CultivatedSquareMetres = violation.CultivatedSquareMetres,
            DetailsJson = "{}",
            By = act.By.Login,
            At = act.At,
        };
        var report = new MeasureReport
        {
            Id = act.NewId(),
            MeasureId = measure.Id,
            DoneOn = new DateOnly(2019, 4, 20),
            AreaSquareMetres = share * violation.AreaSquareMetres,
            CultivatedSquareMetres = share * violation.CultivatedSquareMetres,
            NoteZh = "已拆除",
            DetailsJson = "{}",
            EvidenceJson = "[]",
            By = act.By.Login,
            At = act.At,
        };
        act.Db.Add(measure);
        act.Db.Add(report);
        act.Db.Add(
            new MeasureAcceptance
            {
                Id = act.NewId(),
                MeasureId = measure.Id,
                ReportId = report.Id,
                InspectedOn = new DateOnly(2019, 4, 25),
                Outcome = "partial",
                AreaSquareMetres = report.AreaSquareMetres,
                CultivatedSquareMetres = report.CultivatedSquareMetres,
                ClassesJson = "{}",
                ChecklistJson = "{}",
                NoteZh = "部分合格",
                By = act.By.Login,
                At = act.At,
            }
        );
    }
}
