using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Law;

namespace Weipian.Flow.Intake;

/// <summary>Takes a reference layer into the installation: an immutable version, named by its content, with the day it speaks of.</summary>
public static class AddLayerVersion
{
    /// <param name="Path">The file of the user; its bytes are kept.</param>
    /// <param name="Role">One of <see cref="LayerRole"/>.</param>
    /// <param name="AsOf">The day the layer speaks of.</param>
    /// <param name="LayerName">Which layer of the file, when there are several with polygons.</param>
    /// <param name="Where">Condition in the style of SQL.</param>
    /// <param name="Map">Columns by field; what it leaves open is guessed from the role.</param>
    /// <param name="Codes">Land-class standard, one of <see cref="LandClassStandard"/>; <c>null</c> takes the only one that the plan
    /// allows.</param>
    /// <param name="CrsEpsg">The coordinate system, when the user says it.</param>
    /// <param name="AssumeDatum">Takes an older datum as if it were CGCS2000 of the same zone; said on everything derived.</param>
    /// <param name="Transformation">Carries data of an older datum to CGCS2000; said on everything derived.</param>
    /// <param name="Replaces">Id (or its first digits) of the version of the same role that this one puts out of force.</param>
    public sealed record Request(
        string Path,
        string Role,
        DateOnly AsOf,
        string? LayerName = null,
        string? Where = null,
        FieldMap? Map = null,
        string? Codes = null,
        int? CrsEpsg = null,
        bool AssumeDatum = false,
        string? Encoding = null,
        string? Replaces = null,
        string Reason = "接收数据图层 layer received",
        DatumTransformation? Transformation = null
    )
    {
        /// <summary>What <see cref="CrsEpsg"/> and <see cref="Transformation"/> order; <c>null</c> leaves it to the file.</summary>
        /// <exception cref="Problem">geometry.unknown-crs, geometry.older-datum, geometry.transformation-other-datum</exception>
        internal CoordinateSystem? Ordered => OrderedSystem.Of(CrsEpsg, Transformation);
    }

    /// <summary>A layer that is in the layer store and not yet in the installation.</summary>
    public sealed record Kept(Request Request, string CodeStandard, StoredLayer Stored, IReadOnlyList<LayerDefect> CodeFindings);

    /// <param name="WasThere">The same content with the same role and day had been added before; nothing was written now.</param>
    public sealed record Added(LayerVersion Version, IReadOnlyList<LayerDefect> Defects, bool WasThere);

    /// <summary>Reads and keeps the file, then enters it into the journal.</summary>
    /// <exception cref="Problem"><c>files.*</c>, <c>geometry.*</c>, <c>layers.*</c>: nothing was entered then</exception>
    public static async Task<Added> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        LandClassTable classes,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        FieldMap learned;
        await using (var db = store.Read())
        {
            await FindReplacedAsync(db, request, stop);
            learned = await LearnedFields.OfAsync(db, request.Role, stop);
        }
        var kept = Keep(store.Folder, store.Plan, request, classes, progress, learned, stop);
        await using (var db = store.Read())
            if (await db.LayerVersions.SingleOrDefaultAsync(l => l.Id == kept.Stored.Id, stop) is { } there)
                return new(there, Defects(kept), WasThere: true);
        return await store.ActAsync(actor, "add-layer-version", request.Role, request.Reason, act => Register(act, kept, stop), stop);
    }

    /// <summary>Checks the request and puts the layer into the layer store, where it counts for nothing until it is registered.</summary>
    public static Kept Keep(
        DataFolder folder,
        WorkPlan plan,
        Request request,
        LandClassTable classes,
        IProgress<string>? progress = null,
        FieldMap? learned = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(request);
        if (!LayerRole.All.Contains(request.Role, StringComparer.Ordinal))
            throw Problem.Layers.UnknownRole(request.Role, LayerRole.All);
        var codes = CodeStandard(plan, request, classes);
        var layers = new LayerStore(folder.Layers);
        var asked = new AddLayer(
            request.Path,
            request.Role,
            request.AsOf,
            request.LayerName,
            request.Where,
            request.Map,
            codes,
            request.Ordered,
            request.AssumeDatum,
            request.Encoding,
            Home.Of(plan),
            request.Transformation,
            learned
        );
        var stored = layers.Add(asked, progress, stop);
        using var packed = layers.Packed(stored);
        return new(request, codes, stored, UnknownCodes(packed, codes, request.AsOf, classes));
    }

    /// <summary>Enters a kept layer as part of an act.</summary>
    public static async Task<Added> Register(ActScope act, Kept kept, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(kept);
        var (request, stored) = (kept.Request, kept.Stored);
        var replaced = await FindReplacedAsync(act.Db, request, stop);
        var defects = Defects(kept);
        var version = new LayerVersion
        {
            Id = stored.Id,
            Role = request.Role,
            AsOf = request.AsOf,
            Name = stored.Name,
            OriginalSha256 = stored.OriginalSha256,
            OriginalName = stored.OriginalName,
            CodeStandard = kept.CodeStandard,
            FeatureCount = stored.FeatureCount,
            RefusedCount = stored.RefusedCount,
            AreaSquareMetres = stored.AreaSquareMetres,
            CrsEpsg = stored.CrsEpsg,
            CrsStatementZh = stored.CrsStatement.Zh,
            CrsStatementEn = stored.CrsStatement.En,
            Assumed = stored.Assumed,
            ReplacesId = replaced?.Id,
            DefectsJson = CanonicalJson.Of(DefectCounts(defects)),
            OptionsJson = CanonicalJson.Of(Options(request)),
            AddedAt = act.At,
            By = act.By.Login,
        };
        act.Db.LayerVersions.Add(version);
        act.Fact("layer", version.Id);
        act.Fact("features", version.FeatureCount);
        act.Fact("refused", version.RefusedCount);
        return new(version, defects, WasThere: false);
    }

    private static string CodeStandard(WorkPlan plan, Request request, LandClassTable classes)
    {
        string[] known = [.. classes.Standards, LandClassStandard.None];
        if (request.Codes is { } asked)
            return known.Contains(asked, StringComparer.Ordinal) ? asked : throw Problem.Layers.UnknownCodes(asked, known);
        if (request.Role != LayerRole.LandUse)
            return LandClassStandard.None;
        var allowed = plan.Programmes.SelectMany(p => p.CodeStandards).Distinct(StringComparer.Ordinal).ToArray();
        return allowed.Length == 1 ? allowed[0] : throw Problem.Layers.CodesMissing(known);
    }

    private static List<LayerDefect> UnknownCodes(PackedLayer packed, string standard, DateOnly asOf, LandClassTable classes)
    {
        var unknown = new List<LayerDefect>();
        if (standard == LandClassStandard.None)
            return unknown;
        var counts = new int[packed.Codes.Count];
        for (var i = 0; i < packed.Count; i++)
            counts[packed.CodeIndexOf(i)]++;
        for (var c = 0; c < counts.Length; c++)
            if (counts[c] > 0 && WhyUnknown(packed.Codes[c], standard, asOf, classes) is { } why)
                unknown.Add(
                    new(
                        QualityRule.CodeConsistency,
                        false,
                        "unknown-code",
                        null,
                        null,
                        $"{why.Zh}，涉及 {counts[c]} 个图斑",
                        $"{why.En}: {counts[c]} features"
                    )
                );
        return unknown;
    }

    private static Wording? WhyUnknown(string code, string standard, DateOnly asOf, LandClassTable classes)
    {
        if (code.Length == 0)
            return new("地类编码为空", "no land-class code");
        try
        {
            return classes.Find(standard, code, asOf) is null
                ? new($"地类编码 {code} 不属于 {standard}", $"code {code} is not in {standard}")
                : null;
        }
        catch (Problem outside)
        {
            return new(outside.Chinese, outside.English);
        }
    }

    private static async Task<LayerVersion?> FindReplacedAsync(StoreContext db, Request request, CancellationToken stop)
    {
        if (request.Replaces is not { Length: > 0 } id)
            return null;
        var found = await db.LayerVersions.Where(l => l.Id.StartsWith(id)).ToListAsync(stop);
        if (found.Count != 1 || found[0].Role != request.Role)
            throw Problem.Layers.NothingToReplace(id, request.Role);
        if (await db.LayerVersions.AnyAsync(l => l.ReplacesId == found[0].Id, stop))
            throw Problem.Layers.AlreadyReplaced(id);
        return found[0];
    }

    private static IReadOnlyList<LayerDefect> Defects(Kept kept) => [.. kept.Stored.Defects, .. kept.CodeFindings];

    private static JsonObject DefectCounts(IReadOnlyList<LayerDefect> defects) =>
        new(
            defects
                .GroupBy(d => d.Rule, StringComparer.Ordinal)
                .Select(g => KeyValuePair.Create(g.Key, (JsonNode?)JsonValue.Create(g.Count())))
        );

    private static JsonObject Options(Request request) =>
        new()
        {
            ["layer"] = request.LayerName,
            ["where"] = request.Where,
            ["crs"] = request.CrsEpsg,
            ["assume"] = request.AssumeDatum,
            ["transform"] = request.Transformation?.StatementEn,
            ["encoding"] = request.Encoding,
            ["map"] = MapJson(request.Map),
        };

    internal static JsonObject? MapJson(FieldMap? map) =>
        map is null
            ? null
            : new(map.Columns.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)JsonValue.Create(string.Join(',', c.Value)))));
}
