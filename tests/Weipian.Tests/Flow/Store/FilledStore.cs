using NetTopologySuite.Geometries;
using Weipian.Flow.Comparison;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;

namespace Weipian.Tests.Flow.Store;

/// <summary>A few rows in every table, written by acts, for tests of the store itself.</summary>
public static class FilledStore
{
    public static readonly Actor Officer = new("district-officer", "district-officer");

    public const int Patches = 20;

    public static MultiPolygon Square(double west, double south, double degrees)
    {
        var factory = new GeometryFactory(new PrecisionModel(), Wkb.Srid);
        var (east, north) = (west + degrees, south + degrees);
        return factory.CreateMultiPolygon([
            factory.CreatePolygon([new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]),
        ]);
    }

    /// <summary>An act that writes nothing but its entry.</summary>
    public static Task ActAsync(WeipianStore store) =>
        store.ActAsync(Officer, "compare-programme", "x", "because", _ => Task.FromResult(0));

    /// <summary>Writes the rows in three acts: an import (many rows), a visit, a verdict.</summary>
    public static async Task FillAsync(WeipianStore store, string programme)
    {
        var patches = await store.ActAsync(Officer, "import-patches", programme, "下发", act => ImportAsync(act, programme));
        await store.ActAsync(Officer, "record-visit", patches[0].Number, "实地核查", act => VisitAsync(act, patches[0]));
        await store.ActAsync(Officer, "decide-verdict", patches[0].Number, "判定", act => DetermineAsync(act, patches[0]));
    }

    /// <summary>The programme that the rows belong to.</summary>
    public static Programme FirstQuarter() =>
        new()
        {
            Id = "2019-q1",
            Ordinal = 1,
            Year = 2019,
            Quarter = 1,
            NameZh = "2019年第1季度",
            NameEn = "2019 Q1",
        };

    /// <summary>Patches with their units, findings and a comparison; numbers are new at each call.</summary>
    public static async Task<List<Patch>> ImportAsync(ActScope act, string programme)
    {
        var batch = new ImportBatch
        {
            Id = act.NewId(),
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
            SourceCount = Patches,
            TakenCount = Patches,
            RefusedCount = 0,
        };
        act.Db.Add(batch);
        act.Db.Add(
            new ImportFinding
            {
                Id = act.NewId(),
                BatchId = batch.Id,
                Ordinal = 1,
                Row = 3,
                Rule = QualityRule.RingValidity,
                Kind = "repaired",
                Hard = false,
                Zh = "自相交",
                En = "self-crossing",
                Longitude = 117.86,
                Latitude = 36.8,
            }
        );
        var there = act.Db.Patches.Count();
        var patches = Enumerable.Range(there, Patches).Select(i => OnePatch(act, batch, i)).ToList();
        await act.AddManyAsync(patches);
        await act.AddManyAsync([
            .. patches.Select(p => new PatchUnit
            {
                Id = act.NewId(),
                PatchId = p.Id,
                StatutoryUnit = "370306102",
                ResponsibleUnit = "wangcun",
                AreaSquareMetres = p.AreaSquareMetres,
            }),
        ]);
        act.Db.Add(
            new PatchLink
            {
                PatchId = patches[1].Id,
                EarlierPatchId = patches[0].Id,
                ShareOfSmaller = 0.75,
            }
        );
        await CompareAsync(act, programme, patches);
        return patches;
    }

    private static Patch OnePatch(ActScope act, ImportBatch batch, int i) =>
        new()
        {
            Id = act.NewId(),
            ProgrammeId = batch.ProgrammeId,
            Number = $"370306-{i:000}",
            Kind = PatchKind.Land,
            Before = new DateOnly(2018, 10, 12),
            After = new DateOnly(2019, 2, 20),
            IssuedAreaSquareMetres = 9804.7 + i,
            AreaSquareMetres = 9804.6891 + i,
            Geometry = Square(117.8 + i * 0.01, 36.8, 0.001),
            County = "370306",
            AttributesJson = """{"JCBH":"一号"}""",
            BatchId = batch.Id,
            SourceRow = i + 1,
        };

    private static async Task CompareAsync(ActScope act, string programme, List<Patch> patches)
    {
        var run = new ComparisonRun
        {
            Id = act.NewId(),
            ProgrammeId = programme,
            RanAt = act.At,
            By = act.By.Login,
            Convention = "formula",
            EngineVersion = "1",
            LayerVersionsJson = "[]",
            PatchCount = patches.Count,
            ResultSha256 = new string('a', 64),
        };
        act.Db.Add(run);
        await act.AddManyAsync([
            .. Enumerable
                .Range(1, 300)
                .Select(n => new ComparisonArea
                {
                    RunId = run.Id,
                    Ordinal = n,
                    PatchId = patches[n % patches.Count].Id,
                    Role = LayerRole.LandUse,
                    LayerVersionId = new string('b', 64),
                    FeatureNumber = n,
                    Code = "0103",
                    AreaSquareMetres = n / 7.0,
                }),
        ]);
    }

    private static Task<int> VisitAsync(ActScope act, Patch patch)
    {
        var visit = new Visit
        {
            Id = act.NewId(),
            PatchId = patch.Id,
            VisitedOn = new DateOnly(2019, 4, 26),
            By = act.By.Login,
            FormJson = """{"hardened":true,"roadWidthMetres":6.5}""",
            RecordedAt = act.At,
        };
        act.Db.Add(visit);
        act.Db.Add(
            new Evidence
            {
                Id = act.NewId(),
                VisitId = visit.Id,
                PatchId = patch.Id,
                Sha256 = act.Store.Blobs.Put("a photograph"u8.ToArray()),
                FileName = "现场.jpg",
                ContentType = "image/jpeg",
                Size = 12,
                AddedAt = act.At,
                By = act.By.Login,
            }
        );
        return Task.FromResult(0);
    }

    private static Task<int> DetermineAsync(ActScope act, Patch patch)
    {
        var parcel = new Parcel
        {
            Id = act.NewId(),
            PatchId = patch.Id,
            Number = patch.Number + "_1",
            Ordinal = 1,
            Geometry = patch.Geometry,
            AreaSquareMetres = patch.AreaSquareMetres,
            CultivatedSquareMetres = 100.25,
            PermanentFarmlandSquareMetres = 0,
            AreasJson = "{}",
            MadeAt = act.At,
        };
        var determination = new Determination
        {
            Id = act.NewId(),
            ParcelId = parcel.Id,
            PatchId = patch.Id,
            Code = "I3",
            BasisZh = "未批先建",
            DecidedBy = act.By.Login,
            DecidedAt = act.At,
            SealJson = "{}",
            SealSha256 = new string('c', 64),
        };
        var takenBack = ReturnedByMistake(act, determination);
        act.Db.AddRange(
            parcel,
            new Proposal
            {
                Id = act.NewId(),
                ProgrammeId = patch.ProgrammeId,
                PatchId = patch.Id,
                ParcelId = parcel.Id,
                Code = "I3",
                DerivationJson = "{}",
                InputsSha256 = new string('d', 64),
                LawBookSha256 = new string('e', 64),
                ProposedAt = act.At,
            },
            determination,
            takenBack,
            new ConfirmationWithdrawal
            {
                Id = act.NewId(),
                ConfirmationId = takenBack.Id,
                By = "district-reviewer",
                At = act.At,
                Reason = "按错",
            },
            new Confirmation
            {
                Id = act.NewId(),
                DeterminationId = determination.Id,
                By = "district-reviewer",
                At = act.At,
                Outcome = ConfirmationOutcome.Confirmed,
                Reason = "证据充分",
            }
        );
        return Task.FromResult(0);
    }

    private static Confirmation ReturnedByMistake(ActScope act, Determination determination) =>
        new()
        {
            Id = act.NewId(),
            DeterminationId = determination.Id,
            By = "district-reviewer",
            At = act.At,
            Outcome = ConfirmationOutcome.Returned,
            Reason = "补材料",
        };
}
