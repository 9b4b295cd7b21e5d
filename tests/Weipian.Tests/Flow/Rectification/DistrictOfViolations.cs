using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.Law;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Law;

namespace Weipian.Tests.Flow.Rectification;

/// <summary>A clock that a test sets.</summary>
public sealed class SetClock(DateOnly day) : TimeProvider
{
    private DateTimeOffset now = At(day);

    /// <summary>Noon of a day in Shanghai; every reading is a second later.</summary>
    public void Set(DateOnly day) => now = At(day);

    public override DateTimeOffset GetUtcNow() => now = now.AddSeconds(1);

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(8));
}

/// <summary>A real installation in 2019 with violations on patches of their own, as the stages before would have left them.</summary>
public sealed class DistrictOfViolations : IDisposable
{
    public const double Mu = 2000.0 / 3;

    public static readonly Actor Officer = new("district-officer", "district-officer");
    public static readonly Actor Reviewer = new("district-reviewer", "district-reviewer");
    public static readonly Actor Head = new("office-head", "office-head");
    public static readonly Actor Government = new("government", "government");
    public static readonly Actor Finance = new("finance", "finance");
    public static readonly Actor Town = new("town-wangcun", "town", "wangcun");
    public static readonly Actor OtherTown = new("town-nanjiao", "town", "nanjiao");

    private readonly TemporaryFolder folder = new();
    private int serial;
    private Guid? batch;

    public SetClock Clock { get; } = new(new(2019, 7, 1));

    public WeipianStore Store { get; private set; } = null!;

    public static LawBook Law => RealLaw.Book;

    public static DocumentBook Documents { get; } = DocumentBook.Load(Path.Combine(Repository.Root, "law"));

    public static async Task<DistrictOfViolations> StartAsync()
    {
        var district = new DistrictOfViolations();
        var data = new DataFolder(district.folder.Path);
        await InitialiseDistrict.Handle(data, new InitialiseDistrict.Request(Installations.Zhoucun), clock: district.Clock);
        district.Store = WeipianStore.Open(data, clock: district.Clock);
        return district;
    }

    public string FileIn(string name) => folder.File(name);

    /// <summary>A violation of so many 亩 on a patch of its own with a confirmed verdict and a hold.</summary>
    /// <param name="place">Where; the same number is the same ground.</param>
    public Task<Violation> ViolationAsync(
        double mu,
        double cultivatedMu = 0,
        string programme = "2019-q3",
        int? place = null,
        DateOnly? after = null,
        Guid? supersedes = null,
        string source = ViolationSource.Patch
    ) =>
        Store.ActAsync(
            Officer,
            "import-patches",
            programme,
            "下发",
            act =>
            {
                var n = ++serial;
                var patch = PatchOf(act, programme, n, place ?? n, after ?? new DateOnly(2019, 6, 20));
                var parcel = ParcelOf(act, patch, cultivatedMu * Mu);
                var verdict = VerdictOf(act, parcel);
                var violation = ViolationOf(
                    act,
                    n,
                    mu,
                    cultivatedMu,
                    source == ViolationSource.Backlog ? null : programme,
                    source,
                    supersedes
                );
                act.Db.AddRange(
                    violation,
                    new ViolationParcel
                    {
                        ViolationId = violation.Id,
                        ParcelId = parcel.Id,
                        PatchId = patch.Id,
                        DeterminationId = verdict.Id,
                        Code = "I1",
                        AreaSquareMetres = mu * Mu,
                        CultivatedSquareMetres = cultivatedMu * Mu,
                        PermanentFarmlandSquareMetres = 0,
                        At = act.At,
                    },
                    new Hold
                    {
                        Id = act.NewId(),
                        ViolationId = violation.Id,
                        SetOn = act.Today,
                        GroundZh = "违法行为未依法处理到位",
                        By = act.By.Login,
                        At = act.At,
                    }
                );
                return Task.FromResult(violation);
            }
        );

    /// <summary>A case with steps, on the days given, in order.</summary>
    public Task<CaseFile> CaseAsync(Violation violation, params (string Kind, DateOnly On)[] steps) =>
        Store.ActAsync(
            Officer,
            "import-patches",
            violation.Number,
            "立案",
            act =>
            {
                var file = new CaseFile
                {
                    Id = act.NewId(),
                    ViolationId = violation.Id,
                    Number = $"周自然资立〔2019〕{++serial}号",
                    FactsVerifiedOn = act.Today,
                    FiledOn = act.Today,
                    GroundZh = "未经批准占用土地",
                    SourceZh = "卫片",
                    OfficerOne = "甲",
                    OfficerTwo = "乙",
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.AddRange(file, SignedBy(act, file));
                act.Db.AddRange(
                    steps.Select(
                        (s, i) =>
                            new CaseStep
                            {
                                Id = act.NewId(),
                                CaseFileId = file.Id,
                                Ordinal = i + 1,
                                Kind = s.Kind,
                                On = s.On,
                                DetailsJson = "{}",
                                By = act.By.Login,
                                At = act.At,
                            }
                    )
                );
                return Task.FromResult(file);
            }
        );

    public Task AddAsync(params object[] rows) =>
        Store.ActAsync(
            Officer,
            "import-patches",
            "rows",
            "补记",
            act =>
            {
                act.Db.AddRange(rows);
                return Task.FromResult(0);
            }
        );

    public Task<Guid> OrderAsync(
        Violation violation,
        double mu,
        double cultivatedMu = 0,
        string kind = MeasureKind.DemolishRestore,
        Actor? by = null,
        Guid? replaces = null
    ) =>
        OrderMeasure.Handle(
            Store,
            by ?? Officer,
            new(violation.Id, kind, Store.Today, Store.Today.AddDays(30), mu * Mu, cultivatedMu * Mu, "责令限期改正", replaces, "整改")
        );

    public Task<Guid> ReportAsync(Guid measure, double mu, double cultivatedMu = 0, Actor? by = null, string photograph = "整改后") =>
        ReportMeasure.Handle(Store, by ?? Town, Report(measure, mu, cultivatedMu, photograph));

    /// <summary>A report as the town hands it in; photographs are told apart by their text.</summary>
    public ReportMeasure.Request Report(Guid measure, double mu, double cultivatedMu = 0, string photograph = "整改后") =>
        new(
            measure,
            Store.Today,
            mu * Mu,
            cultivatedMu * Mu,
            "已拆除并复耕",
            null,
            null,
            null,
            null,
            null,
            null,
            [Photograph($"{photograph} {measure}")],
            "整改完成"
        );

    public static MeasureFile Photograph(string text) =>
        new("现场.jpg", "image/jpeg", [0xFF, 0xD8, 0xFF, .. System.Text.Encoding.UTF8.GetBytes(text)]);

    public Task<AcceptMeasure.Answer> AcceptAsync(AcceptMeasure.Request request, Actor? by = null) =>
        AcceptMeasure.Handle(Store, by ?? Officer, request, Law.LandClasses, Documents);

    /// <summary>Dry land as far as it is cultivated, the rest orchard: all agricultural.</summary>
    public AcceptMeasure.Request Accept(Guid report, double mu, double cultivatedMu = 0, string outcome = "accepted") =>
        new(
            report,
            Store.Today,
            outcome,
            mu * Mu,
            cultivatedMu * Mu,
            "gbt21010-2017",
            mu == 0 ? [] : [Line("0103", cultivatedMu * Mu), Line("0201", (mu - cultivatedMu) * Mu)],
            true,
            true,
            40,
            true,
            true,
            true,
            true,
            true,
            true,
            "现场核实",
            "实地验收"
        );

    /// <summary>Ordered, reported and accepted whole.</summary>
    public async Task<AcceptMeasure.Answer> RemoveAsync(Violation violation, double mu, double cultivatedMu = 0)
    {
        var measure = await OrderAsync(violation, mu, cultivatedMu);
        return await AcceptAsync(Accept(await ReportAsync(measure, mu, cultivatedMu), mu, cultivatedMu));
    }

    public async Task<ViolationBalance> BalanceAsync(Violation violation)
    {
        await using var db = Store.Read();
        return await ViolationBalances.OfOneAsync(db, violation.Id, Store.Today);
    }

    public async Task<bool> IsHeldAsync(Violation violation)
    {
        await using var db = Store.Read();
        return await db.Holds.AnyAsync(h => h.ViolationId == violation.Id && !db.HoldLifts.Any(l => l.HoldId == h.Id));
    }

    /// <summary>The act is refused with this code, and nothing was written.</summary>
    public async Task<Problem> RefusedAsync(string code, Func<Task> act)
    {
        var before = await EntriesAsync();
        var problem = await Assert.ThrowsAsync<Problem>(act);
        Assert.Equal(code, problem.Code);
        Assert.Equal(before, await EntriesAsync());
        return problem;
    }

    public async Task<int> EntriesAsync()
    {
        await using var db = Store.Read();
        return await db.Journal.CountAsync();
    }

    public static MultiPolygon Ground(int place) => FilledStore.Square(117.8 + place * 0.01, 36.8, 0.001);

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }

    private static string Line(string code, double area) =>
        $"{code}={area.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}";

    private static Signature SignedBy(ActScope act, CaseFile file) =>
        new()
        {
            Id = act.NewId(),
            SubjectKind = "case-file",
            SubjectId = file.Id,
            Purpose = "filing",
            Outcome = "approved",
            ReasonZh = "同意立案",
            By = "office-head",
            At = act.At,
        };

    private static Violation ViolationOf(
        ActScope act,
        int n,
        double mu,
        double cultivatedMu,
        string? programme,
        string source,
        Guid? supersedes
    ) =>
        new()
        {
            Id = act.NewId(),
            Number = $"WF-2019-{n}",
            Unit = "wangcun",
            Kind = "land",
            Source = source,
            ProgrammeId = programme,
            Year = 2019,
            NameZh = $"厂房{n}",
            LocationZh = "王村镇",
            UseZh = "工业",
            TypeCode = "I1",
            IsNew = true,
            KeyProject = false,
            AreaSquareMetres = mu * Mu,
            CultivatedSquareMetres = cultivatedMu * Mu,
            PermanentFarmlandSquareMetres = 0,
            ReserveSquareMetres = 0,
            RedLineSquareMetres = 0,
            OutsideUrbanSquareMetres = 0,
            AgriculturalSquareMetres = mu * Mu,
            SupersedesId = supersedes,
            By = act.By.Login,
            At = act.At,
        };

    private Patch PatchOf(ActScope act, string programme, int n, int place, DateOnly after)
    {
        if (batch is null)
        {
            batch = act.NewId();
            act.Db.Add(
                new ImportBatch
                {
                    Id = batch.Value,
                    ProgrammeId = programme,
                    FileName = "图斑.zip",
                    FileSha256 = act.Store.Blobs.Put("a patch file"u8.ToArray()),
                    ImportedAt = act.At,
                    By = act.By.Login,
                    OptionsJson = "{}",
                    CrsEpsg = 4490,
                    CrsStatementZh = "经纬度",
                    CrsStatementEn = "degrees",
                    Assumed = false,
                    SourceCount = 1,
                    TakenCount = 1,
                    RefusedCount = 0,
                }
            );
        }
        var patch = new Patch
        {
            Id = act.NewId(),
            ProgrammeId = programme,
            Number = $"370306-{n:000}",
            Kind = PatchKind.Land,
            Before = after.AddDays(-90),
            After = after,
            AreaSquareMetres = Pieces.AreaSquareMetres(Ground(place)),
            Geometry = Ground(place),
            AttributesJson = "{}",
            BatchId = batch.Value,
            SourceRow = n,
        };
        act.Db.Add(patch);
        return patch;
    }

    private static Parcel ParcelOf(ActScope act, Patch patch, double cultivated)
    {
        var parcel = new Parcel
        {
            Id = act.NewId(),
            PatchId = patch.Id,
            Number = patch.Number + "_1",
            Ordinal = 1,
            Geometry = patch.Geometry,
            AreaSquareMetres = patch.AreaSquareMetres,
            CultivatedSquareMetres = cultivated,
            PermanentFarmlandSquareMetres = 0,
            AreasJson = "{}",
            MadeAt = act.At,
        };
        act.Db.Add(parcel);
        return parcel;
    }

    private static Determination VerdictOf(ActScope act, Parcel parcel)
    {
        var verdict = new Determination
        {
            Id = act.NewId(),
            ParcelId = parcel.Id,
            PatchId = parcel.PatchId,
            Code = "I1",
            BasisZh = "未经批准",
            DecidedBy = act.By.Login,
            DecidedAt = act.At,
            SealJson = "{}",
            SealSha256 = new string('c', 64),
        };
        act.Db.AddRange(
            verdict,
            new Confirmation
            {
                Id = act.NewId(),
                DeterminationId = verdict.Id,
                By = "district-reviewer",
                At = act.At,
                Outcome = ConfirmationOutcome.Confirmed,
                Reason = "同意",
            }
        );
        return verdict;
    }
}
