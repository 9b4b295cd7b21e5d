using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.Flow.Verification;

namespace Weipian.Flow.Determinations;

/// <summary>
/// Recomputes every sealed verdict from what it rests on (patch, layers, visits, evidence, the law of its day) and compares byte for byte;
/// names what differs. Proposals and caches are not looked at.
/// </summary>
/// <param name="current">
/// The law book of now. Where it no longer says what a sealed verdict read in it, that is found too: the days of the sealed verdicts are
/// past, and the law of a past day does not change. Null leaves this out.
/// </param>
public sealed class ReplayDeterminations(DeterminationLaw? current) : IVerification
{
    private readonly Dictionary<string, DeterminationLaw> laws = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VerificationFinding>> CheckAsync(
        WeipianStore store,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var db = store.Read();
        var findings = new List<VerificationFinding>();
        var determinations = await db.Determinations.OrderBy(d => d.DecidedAt).ThenBy(d => d.Id).ToListAsync(stop);
        var versions = await db.LayerVersions.ToListAsync(stop);
        var reader = new FactsReader(store);
        for (var i = 0; i < determinations.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            progress?.Report($"重算判定 determinations {i + 1}/{determinations.Count}");
            findings.AddRange(await CheckOneAsync(store, db, reader, versions, determinations[i], stop));
        }
        return findings;
    }

    private async Task<IReadOnlyList<VerificationFinding>> CheckOneAsync(
        WeipianStore store,
        StoreContext db,
        FactsReader reader,
        IReadOnlyList<LayerVersion> versions,
        Determination row,
        CancellationToken stop
    )
    {
        var where = $"determination/{row.Id}";
        if (CanonicalJson.Sha256(row.SealJson) != row.SealSha256)
            return [new("seal-changed", where, "判定的封存内容被改动", "The seal of the verdict was changed")];
        var seal = JsonNode.Parse(row.SealJson)!.AsObject();
        try
        {
            var law = LawOf(store, seal["law"]!["archive"]!.GetValue<string>());
            var parcel = await db.Parcels.SingleAsync(p => p.Id == row.ParcelId, stop);
            var (facts, programme) = await FactsAsync(store, db, reader, versions, seal, parcel, stop);
            var verdict = new SealedVerdict(
                row.Code,
                row.BasisZh,
                row.DecidedBy,
                row.DecidedAt,
                row.SupersedesId,
                seal["law"]!["archive"]!.GetValue<string>()
            );
            // The edition that the verdict was made with is the one that gives its bytes; where none does, the newest tells what differs.
            var editions = RuleBook.Editions(facts.Kind);
            var (judged, again) = Again(facts, programme, seal, law, parcel, verdict, row.SealJson);
            List<VerificationFinding> findings =
                again == row.SealJson ? [] : [.. SealDifferences.Between(where, seal, JsonNode.Parse(again)!)];
            if (VerdictSeal.Sha256Of(parcel.Geometry) != seal["parcel"]!["geometrySha256"]!.GetValue<string>())
                findings.Insert(
                    0,
                    new("parcel-geometry-changed", $"parcel/{parcel.Id}", "地块坐标被改动", "Coordinates of the parcel were changed")
                );
            findings.AddRange(RowDifferences(parcel, seal["parcel"]!["areas"]!.AsObject()));
            if (current is not null && current.Book.Sha256 != law.Book.Sha256)
                findings.AddRange(AgainstCurrentLaw(where, judged));
            return findings;
        }
        catch (Problem problem)
        {
            return [new("replay-refused", where, $"不能重算：{problem.Chinese}", $"Cannot be recomputed: {problem.English}")];
        }
        catch (Exception damaged) when (damaged is not OperationCanceledException)
        {
            // A row, a form or a shape that can no longer be read: this verdict is refused, the others are still recomputed.
            return [new("replay-refused", where, $"不能重算：{damaged.Message}", $"Cannot be recomputed: {damaged.Message}")];
        }
    }

    /// <summary>The figures in the row of the parcel, which tables and thresholds read, against the sealed ones.</summary>
    private static IEnumerable<VerificationFinding> RowDifferences(Parcel parcel, JsonObject areas)
    {
        string Sealed(string name) => areas[name]?.GetValue<string>() ?? VerdictSeal.Area(0);
        VerificationFinding Changed(string zh, string en) => new("parcel-area-changed", $"parcel/{parcel.Id}", zh, en);
        if (VerdictSeal.Area(parcel.AreaSquareMetres) != Sealed("total"))
            yield return Changed("地块面积与封存不一致", "The area of the parcel is not the sealed one");
        if (VerdictSeal.Area(parcel.CultivatedSquareMetres) != Sealed("cultivatedNet"))
            yield return Changed("地块耕地面积与封存不一致", "The cultivated area of the parcel is not the sealed one");
        if (VerdictSeal.Area(parcel.PermanentFarmlandSquareMetres) != Sealed("permanentFarmland"))
            yield return Changed("地块永久基本农田面积与封存不一致", "The permanent farmland of the parcel is not the sealed one");
        if (ParcelRows.AreasOf(parcel.AreasJson) is { } kept && VerdictSeal.TextOf(kept) != CanonicalJson.Of(areas))
            yield return Changed("地块各项面积与封存不一致", "The areas of the parcel by layer are not the sealed ones");
    }

    private static (JudgedParcel Judged, string Bytes) Again(
        PatchFacts facts,
        string programme,
        JsonObject seal,
        DeterminationLaw law,
        Parcel parcel,
        SealedVerdict verdict,
        string sealedJson
    )
    {
        (JudgedParcel Judged, string Bytes)? first = null;
        Problem? conflict = null;
        foreach (var edition in RuleBook.Editions(facts.Kind))
        {
            try
            {
                var judged = Judge(facts, programme, seal, law, parcel, edition);
                var bytes = VerdictSeal.Write(judged, verdict);
                first ??= (judged, bytes);
                if (bytes == sealedJson)
                    return (judged, bytes);
            }
            catch (Problem refused) when (refused.Code == RuleConflict.Code)
            {
                // An edition in which the rules conflict there cannot be the one that the verdict was made with.
                conflict ??= refused;
            }
        }
        return first ?? throw conflict!;
    }

    private DeterminationLaw LawOf(WeipianStore store, string archive) =>
        laws.TryGetValue(archive, out var law) ? law : laws[archive] = LawArchive.Open(store.Blobs, archive);

    /// <summary>The layer versions and visits that the seal names, as they are stored now.</summary>
    private static async Task<(PatchFacts Facts, string Programme)> FactsAsync(
        WeipianStore store,
        StoreContext db,
        FactsReader reader,
        IReadOnlyList<LayerVersion> versions,
        JsonObject seal,
        Parcel parcel,
        CancellationToken stop
    )
    {
        var patch = await db.Patches.SingleAsync(p => p.Id == parcel.PatchId, stop);
        var programme = await db.Programmes.SingleAsync(p => p.Id == patch.ProgrammeId, stop);
        var used = seal["layers"]!
            .AsArray()
            .SelectMany(l => l!["versions"]!.AsArray())
            .Select(v => v!.GetValue<string>())
            .ToHashSet(StringComparer.Ordinal);
        var seen = seal["site"]!.AsArray().Select(v => Guid.Parse(v!["visit"]!.GetValue<string>())).ToHashSet();
        var visits = await db.Visits.Where(v => v.PatchId == patch.Id && seen.Contains(v.Id)).ToListAsync(stop);
        var evidence = Named(await db.Evidence.Where(e => e.PatchId == patch.Id).OrderBy(e => e.AddedAt).ToListAsync(stop), seal);
        var facts = reader.Read(
            patch,
            programme.Year,
            [.. versions.Where(v => used.Contains(v.Id))],
            visits,
            [.. evidence.Select(e => WithHashOfFile(store, e))]
        );
        return (facts, programme.Id);
    }

    /// <summary>The files that the seal names, each as often as it names it: what was brought later does not count.</summary>
    private static List<Evidence> Named(IEnumerable<Evidence> evidence, JsonObject seal)
    {
        var left = new Dictionary<(string Visit, string Name, string Sha256), int>();
        foreach (var visit in seal["site"]!.AsArray())
        foreach (var file in visit!["evidence"]!.AsArray())
        {
            var key = (visit["visit"]!.GetValue<string>(), file![0]!.GetValue<string>(), file[2]!.GetValue<string>());
            left[key] = left.GetValueOrDefault(key) + 1;
        }
        // A file of the whole patch stands under every visit; one of a visit under that visit.
        return
        [
            .. evidence.Where(e => left.Keys.Where(k => Is(e, k)).ToList() is { Count: > 0 } keys && keys.TrueForAll(k => left[k]-- > 0)),
        ];
    }

    private static bool Is(Evidence evidence, (string Visit, string Name, string Sha256) named) =>
        evidence.FileName == named.Name
        && evidence.Sha256 == named.Sha256
        && (evidence.VisitId is null || evidence.VisitId.ToString() == named.Visit);

    /// <summary>Judges the parcel again by the law of the seal and an edition of the rules.</summary>
    private static JudgedParcel Judge(
        PatchFacts facts,
        string programme,
        JsonObject seal,
        DeterminationLaw law,
        Parcel parcel,
        RuleTree tree
    )
    {
        var byHand = seal["parcel"]!["made"]!.GetValue<string>() == ParcelRows.MadeByHand;
        var judged = PatchJudgement.Of(facts, programme, byHand ? [parcel] : [], law, tree);
        // Where a coordinate was changed the shapes differ; the part that lies there then shows what else does.
        var own = judged.MaxBy(j => j.Parcel.Geometry.EqualsExact(parcel.Geometry) ? double.MaxValue : Shared(j.Parcel, parcel))!;
        return own with { Parcel = own.Parcel with { Number = parcel.Number, Ordinal = parcel.Ordinal } };
    }

    private static double Shared(ProposedParcel part, Parcel row) => part.Geometry.Intersection(row.Geometry).Area;

    /// <summary>The hash of the bytes that are there, not the one that the row claims.</summary>
    private static Evidence WithHashOfFile(WeipianStore store, Evidence evidence) =>
        Copy(evidence, SealedFiles.HashOf(store, evidence.Sha256));

    private static Evidence Copy(Evidence evidence, string sha256) =>
        new()
        {
            Id = evidence.Id,
            VisitId = evidence.VisitId,
            PatchId = evidence.PatchId,
            Sha256 = sha256,
            FileName = evidence.FileName,
            ContentType = evidence.ContentType,
            Size = evidence.Size,
            AddedAt = evidence.AddedAt,
            By = evidence.By,
        };

    /// <summary>Values that the verdict read and that the law book of now states otherwise for the same day, and what would come of
    /// it.</summary>
    private IEnumerable<VerificationFinding> AgainstCurrentLaw(string where, JudgedParcel judged)
    {
        var read = new SortedDictionary<string, LawUse>(StringComparer.Ordinal);
        var law = current!.For(judged.Facts, read);
        foreach (var old in judged.LawRead.Values.OrderBy(u => u.Key, StringComparer.Ordinal))
        {
            law.ReadAgain(old);
            var now = read.GetValueOrDefault(old.Key)?.Value;
            if (now != old.Value)
                yield return new(
                    "law-value-changed",
                    $"law/{old.Key}",
                    $"法规参数 {old.Key} 判定时为 {old.Value} {old.Unit}，现为 {now ?? "无"}（{where}）",
                    $"Law value {old.Key} was {old.Value} {old.Unit} when the verdict was sealed and is {now ?? "none"} now ({where})"
                );
        }
        var (before, after) = (judged.Parcel.Derivation.Code, CodeNow(judged, law));
        if (after != before)
            yield return new(
                "law-changes-proposal",
                where,
                $"按现行法规库重算，建议由 {before} 变为 {after ?? "另一种拆分"}",
                $"Under the law book of now the proposal would be {after ?? "another split"} instead of {before}"
            );
    }

    /// <summary>What the rules of now give the parcel; null where they cut otherwise or conflict.</summary>
    private static string? CodeNow(JudgedParcel judged, RuleLaw law)
    {
        var tree = RuleBook.Of(judged.Facts.Kind);
        var parcel = judged.Parcel;
        try
        {
            var again =
                judged.Made == ParcelRows.MadeByHand
                    ? PatchDetermination.JudgeParcel(judged.Facts, tree, law, parcel.Ordinal, parcel.Number, parcel.Geometry)
                    : PatchDetermination
                        .Propose(judged.Facts, tree, law)
                        .Parcels.FirstOrDefault(p => p.Geometry.EqualsExact(parcel.Geometry));
            return again?.Derivation.Code;
        }
        catch (Problem conflict) when (conflict.Code == RuleConflict.Code)
        {
            return null;
        }
    }
}
