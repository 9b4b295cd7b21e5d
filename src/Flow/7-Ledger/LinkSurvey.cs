using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Rectification;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Law;

namespace Weipian.Flow.Ledger;

/// <summary>Lays the violations over what the land-change survey changed (土地变更调查衔接) and writes the two lists: what the survey has to
/// mark as illegal land, and what it has to return to the former class.</summary>
/// <remarks>
/// The survey turned agricultural land into construction land on ground of a violation: still standing, it is marked (单独标识为违法用地);
/// demolished and restored, it goes back to its former class in the next survey (退回原地类). What formalities made legal is on neither list.
/// Both ways: violations that the survey does not know and changes that no patch shows are counted in the snapshot of the run.
/// </remarks>
public static class LinkSurvey
{
    public const string Act = "link-survey";

    public const string SnapshotKind = "survey-link";

    public const string Mark = "mark";

    public const string Return = "return";

    private static readonly string[] FormerColumns = ["BGQDLBM", "QDLBM", "former"];

    /// <param name="Year">Survey year: the layers survey-change that speak of a day in it.</param>
    public sealed record Request(int Year, string Reason);

    /// <param name="Unclassed">Changes that meet a violation and whose class, after or before, no table names; they are on no list.</param>
    /// <param name="NotInSurvey">Violations on agricultural land that the survey did not change.</param>
    /// <param name="NotInPatches">Changes to construction land that no patch shows.</param>
    public sealed record Answer(Guid RunId, int Marked, int Returned, int Unclassed, int NotInSurvey, int NotInPatches);

    /// <summary>A change of the survey on ground of a parcel.</summary>
    private sealed record Meeting(Guid ViolationId, Guid ParcelId, LayerVersion Layer, StoredFeature Change, double SquareMetres);

    private sealed record Ground(Guid ViolationId, Guid ParcelId, PreparedShape Shape);

    /// <exception cref="Problem"><c>ledger.no-survey-layer</c></exception>
    public static Task<Answer> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        LandClassTable classes,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(classes);
        return store.ActAsync(
            actor,
            Act,
            $"{request.Year}",
            request.Reason,
            async act =>
            {
                var layers = await LayersAsync(act.Db, request.Year, stop);
                var ground = await GroundAsync(act.Db, stop);
                var patches = await act.Db.Patches.Select(p => p.Geometry).ToListAsync(stop);
                var balances = (await ViolationBalances.OfAsync(act.Db, act.Db.Violations, act.Today, stop)).ToDictionary(b =>
                    b.Violation.Id
                );
                var meetings = new List<Meeting>();
                var unseen = 0;
                foreach (var layer in layers)
                {
                    var stored = store.Layers.Get(layer.Id);
                    using var packed = store.Layers.Packed(stored);
                    meetings.AddRange(Meet(store, layer, stored, packed, ground, stop));
                    unseen += Unseen(packed, layer, patches, classes, stop);
                }
                return Write(act, request, meetings, balances, classes, unseen);
            },
            stop
        );
    }

    /// <summary>The list that a change belongs on; null for none.</summary>
    /// <param name="former">The class before; null where it is not known.</param>
    public static string? ListOf(ViolationBalance balance, LandClass? former, LandClass after)
    {
        ArgumentNullException.ThrowIfNull(balance);
        ArgumentNullException.ThrowIfNull(after);
        var wasAgricultural = former is null
            ? balance.Violation.AgriculturalSquareMetres > 0
            : former.ThreeClass == ThreeClass.Agricultural;
        if (after.ThreeClass != ThreeClass.Construction || !wasAgricultural)
            return null;
        if (!balance.IsRemoved)
            return Mark;
        return balance.RestoredSquareMetres > 0 ? Return : null;
    }

    private static async Task<List<LayerVersion>> LayersAsync(StoreContext db, int year, CancellationToken stop)
    {
        var versions = await db.LayerVersions.Where(v => v.Role == LayerRole.SurveyChange).ToListAsync(stop);
        var replaced = versions.Select(v => v.ReplacesId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var found = versions
            .Where(v => v.AsOf.Year == year && !replaced.Contains(v.Id))
            .OrderBy(v => v.Id, StringComparer.Ordinal)
            .ToList();
        return found.Count > 0 ? found : throw Problem.Ledger.NoSurveyLayer(year);
    }

    private static async Task<List<Ground>> GroundAsync(StoreContext db, CancellationToken stop)
    {
        var heirs = await ViolationBalances.HeirsAsync(db, stop);
        var rows = await (
            from row in db.ViolationParcels
            join parcel in db.Parcels on row.ParcelId equals parcel.Id
            orderby parcel.Number
            select new
            {
                row.ViolationId,
                parcel.Id,
                parcel.Geometry,
            }
        ).ToListAsync(stop);
        return
        [
            .. rows.Where(r => !heirs.ContainsKey(r.ViolationId))
                .Select(r => new Ground(r.ViolationId, r.Id, PreparedShape.FromStored(r.Geometry))),
        ];
    }

    private static IEnumerable<Meeting> Meet(
        WeipianStore store,
        LayerVersion layer,
        StoredLayer stored,
        PackedLayer changes,
        List<Ground> ground,
        CancellationToken stop
    )
    {
        if (ground.Count == 0)
            yield break;
        using var parcels = PackedLayer.Build(ground.Select((g, i) => new LayerFeature(i, "", g.Shape)));
        foreach (var overlap in DeskOverlay.Measure(parcels, changes, stop: stop))
        {
            if (overlap.AreaSquareMetres <= ViolationBalance.ClosureSquareMetres)
                continue;
            var parcel = ground[(int)parcels.NumberOf(overlap.Patch)];
            var change = store.Layers.Feature(stored, changes.NumberOf(overlap.Feature))!;
            yield return new(parcel.ViolationId, parcel.ParcelId, layer, change, overlap.AreaSquareMetres);
        }
    }

    /// <summary>How many changes to construction land lie under no patch at all.</summary>
    private static int Unseen(
        PackedLayer changes,
        LayerVersion layer,
        List<NetTopologySuite.Geometries.MultiPolygon> patches,
        LandClassTable classes,
        CancellationToken stop
    )
    {
        var seen = new HashSet<int>();
        if (patches.Count > 0)
        {
            using var packed = PackedLayer.Build(patches.Select((p, i) => new LayerFeature(i, "", PreparedShape.FromStored(p))));
            seen.UnionWith(
                DeskOverlay
                    .Measure(packed, changes, stop: stop)
                    .Where(o => o.AreaSquareMetres > ViolationBalance.ClosureSquareMetres)
                    .Select(o => o.Feature)
            );
        }
        return Enumerable
            .Range(0, changes.Count)
            .Count(i =>
                !seen.Contains(i)
                && classes.FindOrNull(layer.CodeStandard, changes.CodeOf(i), layer.AsOf)?.ThreeClass == ThreeClass.Construction
            );
    }

    private static Answer Write(
        ActScope act,
        Request request,
        List<Meeting> meetings,
        Dictionary<Guid, ViolationBalance> balances,
        LandClassTable classes,
        int unseen
    )
    {
        var run = act.NewId();
        var links = new List<SurveyLink>();
        var unclassed = 0;
        foreach (var meeting in meetings)
        {
            var formerCode = Former(meeting.Change);
            var after = classes.FindOrNull(meeting.Layer.CodeStandard, Text(meeting.Change, "code"), meeting.Layer.AsOf);
            var former = classes.FindOrNull(meeting.Layer.CodeStandard, formerCode, meeting.Layer.AsOf);
            if (after is null)
                unclassed++;
            else if (ListOf(balances[meeting.ViolationId], former, after) is { } list)
                links.Add(Link(act, request, run, meeting, list, formerCode));
        }
        act.Db.AddRange(links);
        var met = meetings.Select(m => m.ViolationId).ToHashSet();
        var missing = balances
            .Values.Where(b => b.Violation.AgriculturalSquareMetres > 0 && !met.Contains(b.Violation.Id))
            .Select(b => b.Violation.Number)
            .ToList();
        var answer = new Answer(
            run,
            links.Count(l => l.List == Mark),
            links.Count(l => l.List == Return),
            unclassed,
            missing.Count,
            unseen
        );
        Snapshots.Freeze(act, SnapshotKind, $"{request.Year}", act.Today, Content(answer, links, missing));
        act.Fact("marked", answer.Marked);
        act.Fact("returned", answer.Returned);
        return answer;
    }

    private static JsonObject Content(Answer answer, IEnumerable<SurveyLink> links, IEnumerable<string> missing) =>
        new()
        {
            ["run"] = answer.RunId.ToString(),
            ["marked"] = answer.Marked,
            ["returned"] = answer.Returned,
            ["unclassed"] = answer.Unclassed,
            ["notInSurvey"] = new JsonArray([.. missing.Select(n => JsonValue.Create(n))]),
            ["notInPatches"] = answer.NotInPatches,
            ["links"] = new JsonArray([.. links.Select(l => JsonValue.Create(l.Id.ToString()))]),
        };

    private static SurveyLink Link(ActScope act, Request request, Guid run, Meeting meeting, string list, string former) =>
        new()
        {
            Id = act.NewId(),
            Year = request.Year,
            List = list,
            ViolationId = meeting.ViolationId,
            ParcelId = meeting.ParcelId,
            LayerVersionId = meeting.Layer.Id,
            FeatureId = meeting.Change.Number,
            SurveyKey = Text(meeting.Change, "number") is { Length: > 0 } key ? key : $"{meeting.Change.SourceRow}",
            FormerClass = former,
            AreaSquareMetres = meeting.SquareMetres,
            RunId = run,
            At = act.At,
        };

    private static string Text(StoredFeature feature, string field) => (feature.Fields.Get(field) as string)?.Trim() ?? "";

    private static string Former(StoredFeature feature)
    {
        using var source = JsonDocument.Parse(feature.SourceJson);
        foreach (var column in FormerColumns)
            if (source.RootElement.TryGetProperty(column, out var value) && value.ToString().Trim() is { Length: > 0 } code)
                return code;
        return "";
    }
}
