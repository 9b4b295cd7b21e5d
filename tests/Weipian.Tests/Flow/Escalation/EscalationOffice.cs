using System.Text.Json.Nodes;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Escalation;
using Weipian.Flow.Intake;
using Weipian.Flow.Ledger;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Law;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.Escalation;

/// <summary>An installation of the real plan whose clock is set by the test, with people by their posts.</summary>
public sealed class EscalationOffice : IDisposable
{
    public static readonly Actor OfficeHead = new("office-head", "office-head");
    public static readonly Actor Government = new("government", "government");
    public static readonly Actor Reviewer = new("district-reviewer", "district-reviewer");
    public static readonly Actor Discipline = new("discipline", "discipline");
    public static readonly Actor Wangcun = new("town-wangcun", "town", "wangcun");
    public static readonly Actor Nanjiao = new("town-nanjiao", "town", "nanjiao");

    private static readonly Lazy<DocumentBook> KindsOfDocuments = new(() => DocumentBook.Load(RealLaw.Folder));

    private readonly TemporaryFolder folder = new();
    private int numbers;

    private EscalationOffice(DateTimeOffset at) => Clock = new SetClock(at);

    public SetClock Clock { get; }

    public WeipianStore Store { get; private set; } = null!;

    public DataFolder Data => new(folder.Path);

    public static DocumentBook Documents => KindsOfDocuments.Value;

    public IndicatorBook Indicators { get; } = IndicatorBook.Load(RealLaw.Folder);

    public static async Task<EscalationOffice> OpenAsync(string day)
    {
        var office = new EscalationOffice(Noon(day));
        var data = new DataFolder(office.folder.Path);
        await InitialiseDistrict.Handle(data, new InitialiseDistrict.Request(Installations.Zhoucun), clock: office.Clock);
        office.Store = WeipianStore.Open(data, clock: office.Clock);
        return office;
    }

    /// <summary>Moves the clock to noon of a day in China.</summary>
    public void Go(string day) => Clock.At = Noon(day);

    public void Go(DateTimeOffset at) => Clock.At = at;

    /// <summary>An act that only adds rows: what other stages have done before.</summary>
    public Task<T> WriteAsync<T>(Func<ActScope, T> rows) =>
        Store.ActAsync(FilledStore.Officer, "compare-programme", "x", "前置事实", act => Task.FromResult(rows(act)));

    /// <summary>A violation of a unit as stage 5 leaves it; areas in square metres.</summary>
    public Task<Violation> ViolationAsync(
        string unit,
        double cultivated = 0,
        double farmland = 0,
        double area = 0,
        double reserve = 0,
        string? programme = "2019-q1",
        bool key = false,
        string code = "I1"
    ) =>
        WriteAsync(act =>
        {
            var violation = new Violation
            {
                Id = act.NewId(),
                Number = $"WF-2019-{++numbers:000}",
                Unit = unit,
                Kind = "land",
                Source = programme is null ? ViolationSource.Backlog : ViolationSource.Patch,
                ProgrammeId = programme,
                Year = 2019,
                NameZh = "厂房",
                LocationZh = "村东",
                UseZh = "工业",
                TypeCode = code,
                IsNew = true,
                KeyProject = key,
                AreaSquareMetres = Math.Max(area, Math.Max(cultivated, farmland)),
                CultivatedSquareMetres = cultivated,
                PermanentFarmlandSquareMetres = farmland,
                ReserveSquareMetres = reserve,
                RedLineSquareMetres = 0,
                OutsideUrbanSquareMetres = 0,
                AgriculturalSquareMetres = cultivated,
                By = "district-officer",
                At = act.At,
            };
            act.Db.Add(violation);
            return violation;
        });

    /// <summary>A measure that was ordered, and, where an area is given, reported and accepted on site.</summary>
    public Task<Measure> MeasureAsync(Violation violation, string due, double accepted = 0, double restored = 0) =>
        WriteAsync(act =>
        {
            var measure = new Measure
            {
                Id = act.NewId(),
                ViolationId = violation.Id,
                Kind = MeasureKind.DemolishRestore,
                Unit = violation.Unit,
                OrderedOn = act.Today,
                DueOn = Day(due),
                AreaSquareMetres = violation.AreaSquareMetres,
                CultivatedSquareMetres = violation.CultivatedSquareMetres,
                DetailsJson = "{}",
                By = "district-officer",
                At = act.At,
            };
            act.Db.Add(measure);
            if (accepted > 0)
                Accept(act, measure, accepted, restored);
            return measure;
        });

    /// <summary>A case filed on a violation, closed when asked.</summary>
    public Task<CaseFile> CaseAsync(Violation violation, bool closed = false) =>
        WriteAsync(act =>
        {
            var file = new CaseFile
            {
                Id = act.NewId(),
                ViolationId = violation.Id,
                Number = $"周自然资立〔2019〕{++numbers}号",
                FactsVerifiedOn = act.Today,
                FiledOn = act.Today,
                GroundZh = "非法占地",
                SourceZh = "卫片",
                OfficerOne = "甲",
                OfficerTwo = "乙",
                By = "district-officer",
                At = act.At,
            };
            act.Db.Add(file);
            act.Db.Add(
                new Signature
                {
                    Id = act.NewId(),
                    SubjectKind = "case-file",
                    SubjectId = file.Id,
                    Purpose = "filing",
                    Outcome = "approved",
                    ReasonZh = "同意立案",
                    By = "office-head",
                    At = act.At,
                }
            );
            if (closed)
                act.Db.Add(
                    new CaseStep
                    {
                        Id = act.NewId(),
                        CaseFileId = file.Id,
                        Ordinal = 1,
                        Kind = CaseStepKind.Closed,
                        On = act.Today,
                        DetailsJson = "{}",
                        By = "district-officer",
                        At = act.At,
                    }
                );
            return file;
        });

    /// <summary>An entry of the ledger, as stage 7 makes it.</summary>
    public Task<LedgerEntry> EnterAsync(Violation violation) =>
        WriteAsync(act =>
        {
            var frozen = Snapshots.Freeze(act, "ledger-cut-off", "2019-q1", act.Today, new JsonObject());
            var entry = new LedgerEntry
            {
                Id = act.NewId(),
                Number = $"GZ-2019-{++numbers:000}",
                Year = 2019,
                ViolationId = violation.Id,
                SnapshotId = frozen.Id,
                EnteredOn = act.Today,
                RemoveBy = act.Today.AddYears(1),
                AreaSquareMetres = violation.AreaSquareMetres,
                CultivatedSquareMetres = violation.CultivatedSquareMetres,
                PermanentFarmlandSquareMetres = violation.PermanentFarmlandSquareMetres,
                CauseZh = "年底未消除",
                By = "weipian",
                At = act.At,
            };
            act.Db.Add(entry);
            return entry;
        });

    public Task<ProposeEscalation.Proposed> ProposeAsync(
        string unit,
        string ground,
        string measure,
        Guid? finding = null,
        string? serious = "情节恶劣"
    ) =>
        ProposeEscalation.Handle(
            Store,
            OfficeHead,
            new(unit, ground, measure, finding, serious, "建议区政府采取措施"),
            RealLaw.Book,
            Indicators
        );

    public Task<DecideEscalation.Decided> ApproveAsync(Guid proposal) =>
        DecideEscalation.Handle(Store, Government, new(proposal, "approved", "同意"));

    public async Task<StartInterview.Started> InterviewAsync(string unit, string on, string rectifyBy)
    {
        var proposed = await ProposeAsync(unit, GroundIds.WeakSupervision, "warning-interview");
        await ApproveAsync(proposed.Id);
        return await StartInterview.Handle(Store, Government, InterviewOf(proposed.Id, on, rectifyBy), Documents);
    }

    public static StartInterview.Request InterviewOf(Guid proposal, string on, string rectifyBy) =>
        new(proposal, Day(on), Day(rectifyBy), ["王村镇镇长"], "区政府三楼会议室", "副区长", "限期完成整改", "依法约谈");

    public Task<Guid> StepAsync(
        Actor who,
        Guid interview,
        string kind,
        string on,
        string? due = null,
        Guid? commitment = null,
        string? late = null
    ) =>
        RecordInterviewStep.Handle(
            Store,
            who,
            new(interview, kind, Day(on), due is null ? null : Day(due), commitment, "情况说明", late, "办理")
        );

    public Task<RecordIntegrityFinding.Recorded> FindAsync(string unit, string? violation, Actor? by = null) =>
        RecordIntegrityFinding.Handle(
            Store,
            by ?? Reviewer,
            new(unit, violation, "falsified", "site-acceptance", null, Store.Today, "以绿网覆盖硬化地面冒充复耕", "现场核实")
        );

    public async Task<FigureFacts> FactsAsync(params string[] programmes)
    {
        await using var db = Store.Read();
        return await FigureReader.ReadAsync(db, RealLaw.Book, new(programmes), Store.Today);
    }

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    public static async Task RefusedAsync(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Problem>(act)).Code);

    public void Dispose()
    {
        Store?.Dispose();
        folder.Dispose();
    }

    private static void Accept(ActScope act, Measure measure, double area, double restored)
    {
        var report = new MeasureReport
        {
            Id = act.NewId(),
            MeasureId = measure.Id,
            DoneOn = act.Today,
            AreaSquareMetres = area,
            CultivatedSquareMetres = restored,
            NoteZh = "已拆除复耕",
            DetailsJson = "{}",
            EvidenceJson = "[]",
            By = "town",
            At = act.At,
        };
        act.Db.Add(report);
        act.Db.Add(
            new MeasureAcceptance
            {
                Id = act.NewId(),
                MeasureId = measure.Id,
                ReportId = report.Id,
                InspectedOn = act.Today,
                Outcome = area >= measure.AreaSquareMetres ? "accepted" : "partial",
                AreaSquareMetres = area,
                CultivatedSquareMetres = restored,
                ClassesJson = "{}",
                ChecklistJson = "{}",
                NoteZh = "合格",
                By = "district-reviewer",
                At = act.At,
            }
        );
    }

    private static DateTimeOffset Noon(string day) => ChinaTime.EndOf(Day(day)).AddHours(-12);
}

/// <summary>A clock that stands where the test puts it.</summary>
public sealed class SetClock(DateTimeOffset at) : TimeProvider
{
    public DateTimeOffset At { get; set; } = at;

    public override DateTimeOffset GetUtcNow() => At;
}
