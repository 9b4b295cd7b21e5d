using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using Weipian.Flow.Intake;

namespace Weipian.Flow.Determinations;

/// <summary>Which parcels a parcel was made of by a person (分宗, 并宗).</summary>
/// <param name="How"><see cref="Split"/> or <see cref="Merge"/>.</param>
/// <param name="From">Ids of the parcels whose place it took: one where it was split, several where they were merged.</param>
public sealed record ParcelOrigin(string How, IReadOnlyList<Guid> From)
{
    /// <summary>拆分: a part of one parcel.</summary>
    public const string Split = "split";

    /// <summary>合并: made of several.</summary>
    public const string Merge = "merge";

    /// <summary>The origin that a row carries; null where the rules cut it.</summary>
    public static ParcelOrigin? Of(Parcel parcel)
    {
        ArgumentNullException.ThrowIfNull(parcel);
        return JsonNode.Parse(parcel.AreasJson)?["origin"] is JsonObject origin
            ? new(origin["how"]!.GetValue<string>(), [.. origin["from"]!.AsArray().Select(f => Guid.Parse(f!.GetValue<string>()))])
            : null;
    }

    internal JsonObject Node() => new() { ["how"] = How, ["from"] = new JsonArray([.. From.Select(f => JsonValue.Create(f.ToString()))]) };
}

/// <summary>All parcels that a patch ever had, with what became of each: where a merge finds the ground that was once divided.</summary>
public sealed class ParcelFamily
{
    /// <summary>Parts that miss this much of their parent, m², are not all of it: the last decimal of a sealed area.</summary>
    private const double AreaTolerance = 1e-4;

    /// <summary>Parts that share no more of an edge than this, metres, meet at a corner and are no neighbours.</summary>
    private const double CornerTolerance = 0.1;

    /// <summary>How far apart edges may lie that are the same, metres.</summary>
    private const double EdgeTolerance = 0.01;

    private readonly IReadOnlyList<Parcel> all;
    private readonly Dictionary<Guid, Parcel> byId;
    private readonly Dictionary<Guid, ParcelOrigin> origins = [];
    private readonly ILookup<Guid, Parcel> children;

    /// <param name="all">Every parcel of one patch, in force or not.</param>
    public ParcelFamily(IReadOnlyList<Parcel> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        this.all = all;
        byId = all.ToDictionary(p => p.Id);
        foreach (var parcel in all)
            if (ParcelOrigin.Of(parcel) is { } written)
                origins[parcel.Id] = written;
            else if (ParcelRows.IsMadeByHand(parcel) && DividedAt(parcel) is { } parent)
                origins[parcel.Id] = new(ParcelOrigin.Split, [parent.Id]);
        children = origins.SelectMany(o => o.Value.From, (o, from) => (From: from, Child: byId[o.Key])).ToLookup(o => o.From, o => o.Child);
    }

    /// <summary>Parcels in force, by ordinal.</summary>
    public IReadOnlyList<Parcel> InForce => [.. all.Where(p => p.SupersededById is null).OrderBy(p => p.Ordinal)];

    /// <summary>Null where the rules cut the parcel.</summary>
    public ParcelOrigin? OriginOf(Parcel parcel)
    {
        ArgumentNullException.ThrowIfNull(parcel);
        return origins.GetValueOrDefault(parcel.Id);
    }

    /// <summary>The parcels that took the place of one by a split or a merge.</summary>
    public IReadOnlyList<Parcel> ChildrenOf(Parcel parcel)
    {
        ArgumentNullException.ThrowIfNull(parcel);
        return [.. children[parcel.Id].OrderBy(c => c.Ordinal)];
    }

    /// <summary>The parcels in force that are left of the last split that a parcel came from, itself among them; itself alone where it
    /// was never divided by a person.</summary>
    public IReadOnlyList<Parcel> OfTheSameSplit(Parcel parcel) =>
        SplitAbove(parcel) is { } whole ? [.. DescendantsInForce(whole).OrderBy(p => p.Ordinal)] : [parcel];

    /// <summary>The parcels that were merged into one; empty where it is no merge.</summary>
    public IReadOnlyList<Parcel> MergedInto(Parcel parcel) =>
        OriginOf(parcel) is { How: ParcelOrigin.Merge } origin
            ? [.. origin.From.Where(byId.ContainsKey).Select(f => byId[f]).OrderBy(p => p.Ordinal)]
            : [];

    /// <summary>What a merge of some parcels in force is: the ground that was divided, bit for bit, or the parts put together.</summary>
    /// <returns>Null where they neither are neighbours nor come from the same parcel.</returns>
    internal MultiPolygon? GroundOf(Patch patch, IReadOnlyList<Parcel> chosen)
    {
        if (chosen.Count == InForce.Count)
            return patch.Geometry;
        if (Divided(chosen) is { } whole)
            return whole.Geometry;
        if (!ShareAParent(chosen) && !HangTogether(patch, chosen))
            return null;
        // Of the parts as they were drawn: in whatever order they were merged, the same comes out.
        var leaves = chosen.SelectMany(Leaves).DistinctBy(p => p.Id).OrderBy(p => p.Ordinal).ThenBy(p => p.MadeAt).ToList();
        var union = OverlayNGRobust.Union(leaves.Select(p => (Geometry)p.Geometry).ToArray());
        union.Normalize();
        return union as MultiPolygon ?? patch.Geometry.Factory.CreateMultiPolygon([(Polygon)union]);
    }

    /// <summary>The parcel that was divided into exactly these; of several the oldest.</summary>
    private Parcel? Divided(IReadOnlyList<Parcel> chosen)
    {
        var ids = chosen.Select(c => c.Id).ToHashSet();
        var area = chosen.Sum(c => c.AreaSquareMetres);
        return all.Where(p => p.SupersededById is not null && Math.Abs(p.AreaSquareMetres - area) < AreaTolerance)
            .OrderBy(p => p.MadeAt)
            .FirstOrDefault(p => DescendantsInForce(p).Select(d => d.Id).ToHashSet().SetEquals(ids));
    }

    private Parcel? SplitAbove(Parcel parcel) =>
        OriginOf(parcel) is not { } origin || !byId.TryGetValue(origin.From[0], out var first) ? null
        : origin.How == ParcelOrigin.Split ? first
        : SplitAbove(first);

    private IEnumerable<Parcel> DescendantsInForce(Parcel parcel) =>
        parcel.SupersededById is null ? [parcel] : children[parcel.Id].SelectMany(DescendantsInForce).DistinctBy(p => p.Id);

    /// <summary>The parts that a merged parcel was made of, down to those that were drawn.</summary>
    private IEnumerable<Parcel> Leaves(Parcel parcel) =>
        OriginOf(parcel) is { How: ParcelOrigin.Merge } origin
            ? origin.From.Where(byId.ContainsKey).SelectMany(from => Leaves(byId[from]))
            : [parcel];

    private bool ShareAParent(IReadOnlyList<Parcel> chosen)
    {
        var common = Ancestors(chosen[0]).ToHashSet();
        foreach (var parcel in chosen.Skip(1))
            common.IntersectWith(Ancestors(parcel));
        return common.Count > 0;
    }

    private IEnumerable<Guid> Ancestors(Parcel parcel) =>
        OriginOf(parcel) is { } origin
            ? origin.From.Where(byId.ContainsKey).SelectMany(from => Ancestors(byId[from]).Prepend(from)).Distinct()
            : [];

    /// <summary>Whether one can walk from each part to each over edges that they share.</summary>
    private static bool HangTogether(Patch patch, IReadOnlyList<Parcel> chosen)
    {
        var plane = new PatchPlane(patch.Geometry);
        var shapes = chosen.Select(c => plane.ToPlane(c.Geometry)).ToList();
        var reached = new HashSet<int> { 0 };
        var open = new Queue<int>(reached);
        while (open.TryDequeue(out var at))
            for (var i = 0; i < shapes.Count; i++)
                if (!reached.Contains(i) && ShareAnEdge(shapes[at], shapes[i]))
                {
                    reached.Add(i);
                    open.Enqueue(i);
                }
        return reached.Count == shapes.Count;
    }

    private static bool ShareAnEdge(Geometry a, Geometry b) =>
        a.IsWithinDistance(b, EdgeTolerance)
        && OverlayNGRobust.Overlay(b.Boundary, a.Buffer(EdgeTolerance), SpatialFunction.Intersection).Length > CornerTolerance;

    /// <summary>The parcel that a part was drawn in before rows said so: its place was taken by parts of the same instant.</summary>
    private Parcel? DividedAt(Parcel part) =>
        all.FirstOrDefault(p => p.SupersededById is { } by && byId.TryGetValue(by, out var first) && first.MadeAt == part.MadeAt);
}
