using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Tests.Flow.Store;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>A real installation whose patches, layers and visits are those of some cases, entered through the ordinary doors.</summary>
public sealed class DistrictOfCases : IDisposable
{
    public const string Programme = "2019-q1";

    public static readonly Actor Officer = new("district-officer", "district-officer");
    public static readonly Actor Reviewer = new("district-reviewer", "district-reviewer");
    public static readonly Actor Head = new("office-head", "office-head");
    public static readonly Actor Town = new("wangcun", "town", "wangcun");

    private static readonly string[] Columns = ["number", "document", "date", "expiry", "use", "party", "kind", "code"];

    private readonly TemporaryFolder folder = new();

    private DistrictOfCases() { }

    /// <summary>The first words of the cases that <see cref="DistrictTemplate"/> holds, in the order of its patches.</summary>
    public static IReadOnlyList<string> Held { get; } =
    [
        "TC1 approved before",
        "TC4 part inside",
        "TC5 converted",
        "TC11 tarpaulin, nothing",
        "TC3 approved between the images, start of works unknown",
    ];

    public static DeterminationLaw Law { get; } = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    public WeipianStore Store { get; private set; } = null!;

    public DataFolder Data => new(folder.Path);

    /// <summary>Ids of the patches, in the order of the cases.</summary>
    public IReadOnlyList<Guid> Patches { get; private set; } = [];

    public static Task<DistrictOfCases> OfAsync(params IReadOnlyList<string> names) => UnderAsync(Installations.Zhoucun, names);

    /// <summary>The same under another work plan.</summary>
    public static async Task<DistrictOfCases> UnderAsync(string plan, IReadOnlyList<string> names)
    {
        var district = new DistrictOfCases();
        district.Store = await Installations.StartAsync(district.folder, plan);
        var cases = names.Select(n => CaseFile.All().Single(c => c.Name.StartsWith(n, StringComparison.Ordinal))).ToList();
        var facts = cases.Select((c, i) => c.Facts(i)).ToList();
        foreach (var role in LayerRole.All)
            await district.AddLayerAsync(role, facts);
        district.Patches = await district.AddPatchesAsync(facts);
        return district;
    }

    /// <summary>A copy in a folder of its own.</summary>
    /// <param name="clock">What day it is there; null for the day it is here.</param>
    public DistrictOfCases Copy(TimeProvider? clock = null)
    {
        var copy = new DistrictOfCases();
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.folder.Path, Path.GetRelativePath(folder.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        copy.Store = WeipianStore.Open(copy.Data, clock: clock);
        copy.Patches = Patches;
        return copy;
    }

    public Task<ProposeVerdicts.Proposed> ProposeAsync() => ProposeVerdicts.Handle(Store, Officer, new(Programme), Law);

    /// <summary>Parcels in force of the n-th patch, by ordinal.</summary>
    public async Task<IReadOnlyList<Parcel>> ParcelsAsync(int patch)
    {
        await using var db = Store.Read();
        var id = Patches[patch];
        return await db.Parcels.Where(p => p.PatchId == id && p.SupersededById == null).OrderBy(p => p.Ordinal).ToListAsync();
    }

    public async Task<Proposal> ProposalAsync(Parcel parcel)
    {
        await using var db = Store.Read();
        return (await db.Proposals.Where(p => p.ParcelId == parcel.Id).OrderBy(p => p.ProposedAt).LastAsync());
    }

    public async Task<VerdictState> StateAsync(Parcel parcel)
    {
        await using var db = Store.Read();
        return await VerdictState.OfAsync(db, parcel.Id);
    }

    /// <summary>Decides as the screen would: with what is newest.</summary>
    public async Task<DecideVerdict.Decided> DecideAsync(Parcel parcel, string code, string basis = "手续齐全", Actor? by = null) =>
        await DecideVerdict.Handle(
            Store,
            by ?? Officer,
            new(parcel.Id, code, basis, (await ProposalAsync(parcel)).Id, (await StateAsync(parcel)).Standing?.Id),
            Law
        );

    public async Task<int> EntriesAsync()
    {
        await using var db = Store.Read();
        return await db.Journal.CountAsync();
    }

    public async Task AddVisitAsync(Guid patch, DateOnly on, params (string Key, JsonNode Value)[] answers) =>
        await Store.ActAsync(
            Officer,
            "record-visit",
            patch.ToString(),
            "实地核查",
            act =>
            {
                var form = new JsonObject();
                foreach (var (key, value) in answers)
                    form[key] = value;
                act.Db.Add(VisitOf(act, patch, on, form));
                return Task.FromResult(0);
            }
        );

    public void Reopen()
    {
        Store.Dispose();
        Store = WeipianStore.Open(Data);
    }

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }

    /// <summary>One file with the features of every case, and one far away, so that the role is loaded also where no case has
    /// any.</summary>
    private async Task AddLayerAsync(string role, IReadOnlyList<PatchFacts> facts)
    {
        var path = Path.Combine(folder.Path, $"{role}.geojson");
        var factory = new GeometryFactory(new PrecisionModel(), 4490);
        var far = factory.CreatePolygon([new(120, 30), new(120.001, 30), new(120.001, 30.001), new(120, 30.001), new(120, 30)]);
        var features = facts
            .SelectMany(f => f.Role(role).Features)
            .Select(f => Written(f.Geometry, Values(f)))
            .Append(Written(far, [null, null, null, null, null, null, null, role == LayerRole.LandUse ? "011" : "0", null, null]));
        var fields = Columns.Select(c => new WrittenField(c, "text")).Concat([new("kcxs", "real"), new("CZCSXM", "text")]).ToList();
        GeoJsonWriter.Write(path, role, fields, features);
        await AddLayerVersion.Handle(
            Store,
            Officer,
            new(
                path,
                role,
                facts[0].Role(role).Layers[0].AsOf,
                Map: FieldMap.Parse(Columns.Append("kcxs").Select(c => $"{c}={c}")),
                Codes: role == LayerRole.LandUse ? "gbt21010-2007" : "none"
            ),
            Law.Book.LandClasses
        );
        File.Delete(path);
    }

    private static WrittenFeature Written(Geometry geometry, IReadOnlyList<object?> values) =>
        WrittenFeature.From(geometry, CoordinateSystem.FromEpsg(4490), values);

    private static IReadOnlyList<object?> Values(FeatureFacts f) =>
        [
            f.ProjectName,
            f.Document,
            f.Date?.ToString("yyyy-MM-dd"),
            f.Expiry?.ToString("yyyy-MM-dd"),
            f.Use,
            f.Party,
            f.Kind,
            f.Code,
            (double?)f.DeductionCoefficient,
            f.SettlementCode,
        ];

    private Task<IReadOnlyList<Guid>> AddPatchesAsync(IReadOnlyList<PatchFacts> facts) =>
        Store.ActAsync<IReadOnlyList<Guid>>(
            Officer,
            "import-patches",
            Programme,
            "下发",
            act =>
            {
                var batch = BatchOf(act, facts.Count);
                act.Db.Add(batch);
                var patches = facts.Select((f, i) => PatchOf(act, batch.Id, f, i)).ToList();
                act.Db.AddRange(patches);
                foreach (var (patch, fact) in patches.Zip(facts))
                foreach (var visit in fact.Site.Visits)
                    AddVisit(act, patch.Id, visit);
                return Task.FromResult<IReadOnlyList<Guid>>([.. patches.Select(p => p.Id)]);
            }
        );

    private static void AddVisit(ActScope act, Guid patch, VisitFacts visit)
    {
        var form = new JsonObject();
        foreach (var (key, answer) in visit.Answers)
            form[key] = answer;
        var row = VisitOf(act, patch, visit.VisitedOn, form);
        act.Db.Add(row);
        foreach (var file in visit.Evidence)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes($"{patch} {file.FileName}");
            act.Db.Add(
                new Evidence
                {
                    Id = act.NewId(),
                    VisitId = row.Id,
                    PatchId = patch,
                    Sha256 = act.Store.Blobs.Put(bytes),
                    FileName = file.FileName,
                    ContentType = file.ContentType,
                    Size = bytes.Length,
                    AddedAt = act.At,
                    By = act.By.Login,
                }
            );
        }
    }

    private static Visit VisitOf(ActScope act, Guid patch, DateOnly on, JsonObject form) =>
        new()
        {
            Id = act.NewId(),
            PatchId = patch,
            VisitedOn = on,
            By = act.By.Login,
            FormJson = CanonicalJson.Of(form),
            RecordedAt = act.At,
        };

    private static ImportBatch BatchOf(ActScope act, int count) =>
        new()
        {
            Id = act.NewId(),
            ProgrammeId = Programme,
            FileName = "图斑.zip",
            FileSha256 = act.Store.Blobs.Put("cases"u8.ToArray()),
            ImportedAt = act.At,
            By = act.By.Login,
            OptionsJson = "{}",
            CrsEpsg = 4490,
            CrsStatementZh = "经纬度",
            CrsStatementEn = "degrees",
            Assumed = false,
            SourceCount = count,
            TakenCount = count,
            RefusedCount = 0,
        };

    private static Patch PatchOf(ActScope act, Guid batch, PatchFacts facts, int row) =>
        new()
        {
            Id = act.NewId(),
            ProgrammeId = Programme,
            Number = facts.Number,
            Kind = facts.Kind,
            Before = facts.Before,
            After = facts.After,
            AreaSquareMetres = Pieces.AreaSquareMetres(facts.Geometry),
            Geometry = facts.Geometry,
            County = facts.County,
            AttributesJson = "{}",
            BatchId = batch,
            SourceRow = row + 1,
        };
}

/// <summary>One district of cases, built and proposed once; every test works on a copy.</summary>
public sealed class DistrictTemplate : IAsyncLifetime
{
    private DistrictOfCases district = null!;

    public async ValueTask InitializeAsync()
    {
        district = await DistrictOfCases.OfAsync(DistrictOfCases.Held);
        await district.ProposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    public DistrictOfCases Copy(TimeProvider? clock = null) => district.Copy(clock);

    public ValueTask DisposeAsync()
    {
        district.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Tests that share the template.</summary>
[CollectionDefinition("district of cases")]
public sealed class DistrictOfCasesCollection : ICollectionFixture<DistrictTemplate>;
