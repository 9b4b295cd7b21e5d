using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Comparison;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;
using Weipian.GeoFiles;

namespace Weipian.Web.Reading;

/// <summary>Dossiers of patches, kept in memory so that the next one is on screen before it is asked for.</summary>
/// <remarks>A dossier holds until something other than a verdict is written: <see cref="StructureAsync"/>.</remarks>
public sealed class PatchDossiers(OfficeBooks books, LayerShelf shelf)
{
    private const int KeptMax = 400;

    /// <summary>Acts that leave what is issued, measured, proposed and brought from site as it was.</summary>
    private static readonly string[] SeatActs =
    [
        "decide-",
        "confirm-",
        "return-verdict",
        "withdraw-",
        "set-seat-password",
        "give-reading",
        "look-at-images",
        "set-review-guards",
    ];

    private readonly ConcurrentDictionary<Guid, Kept> kept = new();
    private long structure = -1;
    private long checkedTo = -1;

    /// <summary>The dossier of a patch; who may see it was asked before.</summary>
    public async Task<PatchDossier> GetAsync(Guid patch, CancellationToken stop = default)
    {
        var now = await StructureAsync(stop);
        if (kept.TryGetValue(patch, out var known) && known.Structure == now)
            return await known.Dossier;
        if (kept.Count > KeptMax)
            kept.Clear();
        var asked = new Kept(now, LoadAsync(patch, CancellationToken.None));
        kept[patch] = asked;
        try
        {
            return await asked.Dossier;
        }
        catch
        {
            kept.TryRemove(new KeyValuePair<Guid, Kept>(patch, asked));
            throw;
        }
    }

    /// <summary>The name of a class; zones of the old land-use plans carry a bare code. Asked for when it is shown: a dossier is kept for
    /// readers of both languages.</summary>
    public static string? NameOf(string role, ComparisonClass found) =>
        found.Name is { } name ? name
        : role == LayerRole.PlanZone && Texts.Say.Has("plan-zone." + found.Code) ? Texts.Say.T("plan-zone." + found.Code)
        : null;

    /// <summary>The journal number of the last act that was more than a verdict.</summary>
    public async Task<long> StructureAsync(CancellationToken stop = default)
    {
        var sequence = await books.SequenceAsync(stop);
        if (sequence == Interlocked.Read(ref checkedTo))
            return Interlocked.Read(ref structure);
        await using var db = books.Read();
        var from = Interlocked.Read(ref checkedTo);
        var acts = await db.Journal.Where(j => j.Seq > from).OrderBy(j => j.Seq).Select(j => new { j.Seq, j.Act }).ToListAsync(stop);
        foreach (var entry in acts)
            if (!SeatActs.Any(a => entry.Act.StartsWith(a, StringComparison.Ordinal)))
                Interlocked.Exchange(ref structure, entry.Seq);
        Interlocked.Exchange(ref checkedTo, sequence);
        return Interlocked.Read(ref structure);
    }

    /// <summary>What the journal tells about a patch, newest first.</summary>
    public async Task<IReadOnlyList<JournalLine>> HistoryAsync(PatchDossier patch, CancellationToken stop = default)
    {
        await using var db = books.Read();
        var parcels = db.Parcels.Where(p => p.PatchId == patch.Id).Select(p => p.Id);
        var verdicts = db.Determinations.Where(d => d.PatchId == patch.Id).Select(d => d.Id);
        var ids = await parcels.Concat(verdicts).ToListAsync(stop);
        string[] subjects = [patch.Programme, patch.Number, patch.Id.ToString(), .. ids.Select(id => id.ToString())];
        return await db
            .Journal.Where(j => subjects.Contains(j.Subject))
            .OrderByDescending(j => j.Seq)
            .Select(j => new JournalLine(j.Seq, j.At, j.Actor, j.Act, j.Subject, j.Reason, j.Hash))
            .ToListAsync(stop);
    }

    private async Task<PatchDossier> LoadAsync(Guid id, CancellationToken stop)
    {
        await using var db = books.Read();
        var patch = await db.Patches.SingleOrDefaultAsync(p => p.Id == id, stop) ?? throw Problem.Web.NoSuchPatch(id.ToString());
        var batch = await db.ImportBatches.SingleAsync(b => b.Id == patch.BatchId, stop);
        var inside = patch.Geometry.InteriorPoint.Coordinate;
        return new PatchDossier(
            patch.Id,
            patch.ProgrammeId,
            patch.Number,
            patch.Kind,
            patch.Before,
            patch.After,
            patch.AreaSquareMetres,
            patch.IssuedAreaSquareMetres,
            patch.County,
            patch.IssuedUnit,
            patch.Change,
            patch.Cluster,
            batch.FileName,
            batch.ImportedAt,
            batch.CrsStatementZh,
            batch.CrsStatementEn,
            batch.Assumed,
            inside.X,
            inside.Y,
            await UnitsAsync(db, id, stop),
            await TiesAsync(db, id, stop),
            await FindingsAsync(db, patch, stop),
            await ComparisonAsync(db, patch, stop),
            await DerivationsAsync(db, id, stop),
            await VisitsAsync(db, id, stop),
            await EvidenceAsync(db, id, stop)
        );
    }

    private static async Task<IReadOnlyList<UnitShare>> UnitsAsync(StoreContext db, Guid id, CancellationToken stop)
    {
        var rows = await db.PatchUnits.Where(u => u.PatchId == id).ToListAsync(stop);
        var replaced = rows.Where(u => u.SupersedesId is not null).Select(u => u.SupersedesId!.Value).ToHashSet();
        return
        [
            .. rows.Where(u => !replaced.Contains(u.Id))
                .OrderByDescending(u => u.AreaSquareMetres)
                .Select(u => new UnitShare(u.StatutoryUnit, u.ResponsibleUnit, u.AreaSquareMetres)),
        ];
    }

    private static async Task<IReadOnlyList<PatchTie>> TiesAsync(StoreContext db, Guid id, CancellationToken stop)
    {
        var links = await db.PatchLinks.Where(l => l.PatchId == id || l.EarlierPatchId == id).ToListAsync(stop);
        if (links.Count == 0)
            return [];
        var others = links.Select(l => l.PatchId == id ? l.EarlierPatchId : l.PatchId).ToList();
        var named = await db
            .Patches.Where(p => others.Contains(p.Id))
            .Select(p => new
            {
                p.Id,
                p.Number,
                p.ProgrammeId,
            })
            .ToDictionaryAsync(p => p.Id, stop);
        return
        [
            .. links.Select(l =>
            {
                var other = named[l.PatchId == id ? l.EarlierPatchId : l.PatchId];
                return new PatchTie(other.Id, other.Number, other.ProgrammeId, Earlier: l.PatchId == id, l.ShareOfSmaller);
            }),
        ];
    }

    private static async Task<IReadOnlyList<DossierFinding>> FindingsAsync(StoreContext db, Patch patch, CancellationToken stop) =>
        await db
            .ImportFindings.Where(f => f.BatchId == patch.BatchId && f.Row == patch.SourceRow)
            .OrderBy(f => f.Ordinal)
            .Select(f => new DossierFinding(f.Rule, f.Zh, f.En))
            .ToListAsync(stop);

    private async Task<ComparisonSheet?> ComparisonAsync(StoreContext db, Patch patch, CancellationToken stop)
    {
        var run = await db
            .ComparisonRuns.Where(r => r.ProgrammeId == patch.ProgrammeId)
            .OrderByDescending(r => r.RanAt)
            .FirstOrDefaultAsync(stop);
        if (run is null)
            return null;
        var areas = await db
            .ComparisonAreas.Where(a => a.RunId == run.Id && a.PatchId == patch.Id)
            .OrderBy(a => a.Ordinal)
            .ToListAsync(stop);
        var compared = JsonSerializer.Deserialize<string[]>(run.LayerVersionsJson) ?? [];
        var versions = new List<LayerVersion>();
        foreach (var version in compared)
            if (await shelf.VersionAsync(version, stop) is { } found)
                versions.Add(found);
        var roles = LayerRole
            .All.Where(role => versions.Any(v => v.Role == role))
            .Select(role => RoleOf(role, InForce(role, versions, areas, patch), areas))
            .ToList();
        return new ComparisonSheet(
            run.Id,
            run.RanAt,
            run.Convention,
            run.EngineVersion,
            roles,
            [.. LayerRole.All.Where(role => !versions.Any(v => v.Role == role))]
        );
    }

    /// <summary>
    /// Versions that say something about the patch: those with an area in it, else those that the contract puts in force for it.
    /// </summary>
    private static List<LayerVersion> InForce(string role, List<LayerVersion> versions, List<ComparisonArea> areas, Patch patch)
    {
        var hit = areas.Where(a => a.Role == role).Select(a => a.LayerVersionId).ToHashSet(StringComparer.Ordinal);
        var ofRole = versions.Where(v => v.Role == role).ToList();
        var withArea = ofRole.Where(v => hit.Contains(v.Id)).ToList();
        return withArea.Count > 0 ? withArea : [.. LayersInForce.For(ofRole, patch)];
    }

    private ComparisonRole RoleOf(string role, List<LayerVersion> layers, List<ComparisonArea> areas)
    {
        var versions = layers.ToDictionary(l => l.Id, StringComparer.Ordinal);
        var classes = areas
            .Where(a => a.Role == role && versions.ContainsKey(a.LayerVersionId))
            .GroupBy(a => a.Code, StringComparer.Ordinal)
            .Select(g => ClassOf(g.Key, [.. g], versions))
            .OrderByDescending(c => c.AreaSquareMetres)
            .ToList();
        return new ComparisonRole(
            role,
            [.. layers.Select(l => new LayerLine(l.Id, l.Name, l.AsOf, l.Assumed))],
            classes,
            classes.Sum(c => c.AreaSquareMetres)
        );
    }

    private ComparisonClass ClassOf(string code, List<ComparisonArea> areas, Dictionary<string, LayerVersion> versions)
    {
        var land = shelf.ClassOf(versions[areas[0].LayerVersionId], code);
        return new ComparisonClass(
            code,
            land?.Name,
            LayerShelf.TintOf(land),
            areas.Sum(a => a.AreaSquareMetres),
            [.. areas.OrderByDescending(a => a.AreaSquareMetres).Select(Piece)]
        );
    }

    private ComparisonPiece Piece(ComparisonArea area)
    {
        var feature = area.Role == LayerRole.LandUse ? null : shelf.Feature(area.LayerVersionId, area.FeatureNumber);
        return new ComparisonPiece(
            KeyOf(area.Role, area.LayerVersionId, area.FeatureNumber),
            area.LayerVersionId,
            area.FeatureNumber,
            area.AreaSquareMetres,
            Text(feature, "document"),
            Text(feature, "date"),
            Text(feature, "expiry"),
            Text(feature, "use"),
            Text(feature, "party")
        );
    }

    private static string? Text(StoredFeature? feature, string field) =>
        feature?.Fields.Get(field) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <summary>The name of a piece, the same in the sheet and on the map.</summary>
    public static string KeyOf(string role, string version, long feature) =>
        string.Create(CultureInfo.InvariantCulture, $"{role}|{version[..Math.Min(16, version.Length)]}|{feature}");

    private static async Task<IReadOnlyDictionary<Guid, Derivation>> DerivationsAsync(StoreContext db, Guid id, CancellationToken stop)
    {
        var proposals = await db.Proposals.Where(p => p.PatchId == id).ToListAsync(stop);
        return proposals
            .GroupBy(p => p.ParcelId)
            .ToDictionary(g => g.Key, g => DerivationJson.Read(g.MaxBy(p => p.ProposedAt)!.DerivationJson));
    }

    private static async Task<IReadOnlyList<VisitSheet>> VisitsAsync(StoreContext db, Guid id, CancellationToken stop)
    {
        var visits = await db.Visits.Where(v => v.PatchId == id).ToListAsync(stop);
        var ids = visits.ConvertAll(v => v.Id);
        var returns = await db.VisitReturns.Where(r => ids.Contains(r.VisitId)).ToDictionaryAsync(r => r.VisitId, stop);
        var replaced = visits.Where(v => v.SupersedesId is not null).Select(v => v.SupersedesId!.Value).ToHashSet();
        return
        [
            .. visits
                .Where(v => !replaced.Contains(v.Id))
                .OrderBy(v => v.VisitedOn)
                .Select(v => new VisitSheet(v.Id, v.VisitedOn, v.By, Answers(v.FormJson), returns.GetValueOrDefault(v.Id))),
        ];
    }

    private static IReadOnlyList<VisitAnswer> Answers(string form)
    {
        using var json = JsonDocument.Parse(form);
        return
        [
            .. json
                .RootElement.EnumerateObject()
                .Select(p => new VisitAnswer(
                    p.Name,
                    p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()
                )),
        ];
    }

    private static async Task<IReadOnlyList<EvidenceSheet>> EvidenceAsync(StoreContext db, Guid id, CancellationToken stop)
    {
        var files = await db.Evidence.Where(e => e.PatchId == id).OrderBy(e => e.AddedAt).ThenBy(e => e.Id).ToListAsync(stop);
        var ids = files.ConvertAll(e => e.Id);
        var isSealed = await SealedFiles.AmongAsync(db, files.Select(e => e.Sha256), stop);
        var places = await db.EvidencePlaces.Where(p => ids.Contains(p.EvidenceId)).ToDictionaryAsync(p => p.EvidenceId, stop);
        return
        [
            .. files.Select(e => new EvidenceSheet(
                e.Id,
                e.VisitId,
                e.FileName,
                e.ContentType,
                e.Size,
                e.Sha256,
                places.GetValueOrDefault(e.Id),
                isSealed.Contains(e.Sha256)
            )),
        ];
    }

    private sealed record Kept(long Structure, Task<PatchDossier> Dossier);
}
