using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Law;

namespace Weipian.Web.Reading;

/// <summary>The layers of the installation with what the screens say about them. Layers are immutable: what was read once stays.</summary>
public sealed class LayerShelf(OfficeBooks books)
{
    private readonly ConcurrentDictionary<string, StoredLayer> stored = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LayerVersion> versions = new(StringComparer.Ordinal);

    public StoredLayer Stored(string id) => stored.GetOrAdd(id, books.Store.Layers.Get);

    /// <summary>The version with an id, or <c>null</c> when the installation does not know it.</summary>
    public async Task<LayerVersion?> VersionAsync(string id, CancellationToken stop = default)
    {
        if (versions.TryGetValue(id, out var known))
            return known;
        await using var db = books.Read();
        var found = await db.LayerVersions.SingleOrDefaultAsync(l => l.Id == id, stop);
        return found is null ? null : versions.GetOrAdd(id, found);
    }

    /// <summary>Every version, by role in the order of the list of roles, then by day, newest first.</summary>
    public async Task<IReadOnlyList<LayerVersion>> AllAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var all = await db.LayerVersions.ToListAsync(stop);
        var place = LayerRole.All.Select((role, i) => (role, i)).ToDictionary(x => x.role, x => x.i, StringComparer.Ordinal);
        return
        [
            .. all.OrderBy(l => place.GetValueOrDefault(l.Role, int.MaxValue))
                .ThenByDescending(l => l.AsOf)
                .ThenByDescending(l => l.AddedAt),
        ];
    }

    /// <summary>Which programmes were compared with which version, by the newest run of each programme.</summary>
    public async Task<ILookup<string, string>> UsedAsync(CancellationToken stop = default)
    {
        await using var db = books.Read();
        var runs = await db.ComparisonRuns.ToListAsync(stop);
        return runs.GroupBy(r => r.ProgrammeId)
            .Select(g => g.MaxBy(r => r.RanAt)!)
            .SelectMany(r => JsonSerializer.Deserialize<string[]>(r.LayerVersionsJson) ?? [], (r, version) => (version, r.ProgrammeId))
            .ToLookup(x => x.version, x => x.ProgrammeId, StringComparer.Ordinal);
    }

    public IEnumerable<StoredFeature> Features(string id, Extent within) => books.Store.Layers.Features(Stored(id), within);

    public StoredFeature? Feature(string id, long number) => books.Store.Layers.Feature(Stored(id), number);

    /// <summary>The class of a code in a layer, or <c>null</c> when its standard has none: then the code is shown as it is.</summary>
    public LandClass? ClassOf(LayerVersion layer, string code) =>
        layer.Role == LayerRole.LandUse ? books.Law.LandClasses.FindOrNull(layer.CodeStandard, code, layer.AsOf) : null;

    /// <summary>How the map tints a class of land.</summary>
    public static string TintOf(LandClass? found) =>
        found is null ? ""
        : found.IsCultivated ? "cultivated"
        : found.ThreeClass switch
        {
            ThreeClass.Agricultural => "agricultural",
            ThreeClass.Construction => "construction",
            _ => "unused",
        };
}
