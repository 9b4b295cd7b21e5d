using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Intake;
using Weipian.Flow.Store;

namespace Weipian.Flow.Determinations;

/// <summary>
/// What a layer version changed: the patches for which it put other layers in force, of those the ones whose ground it changed, and what
/// comes out there now beside what came out before. Reads, writes nothing; a sealed verdict stays as it is.
/// </summary>
public static class LayerDrift
{
    /// <param name="Patches">Patches of the installation.</param>
    /// <param name="Affected">Patches for which other layers are in force: their proposals are renewed by <see cref="RenewAsync"/>.</param>
    /// <param name="Judged">Affected patches whose ground differs: only these were judged again.</param>
    /// <param name="Moved">Judged patches with another outcome or other areas.</param>
    public sealed record Found(int Patches, IReadOnlyList<Patch> Affected, int Judged, IReadOnlyList<Moved> Moved);

    /// <param name="Before">Verdicts with areas (m²) by the layers before, by code.</param>
    /// <param name="Now">The same by the layers in force now.</param>
    /// <param name="Sealed">Standing verdicts of the patch: they keep what they rest on.</param>
    public sealed record Moved(
        string Programme,
        string PatchNumber,
        IReadOnlyDictionary<string, double> Before,
        IReadOnlyDictionary<string, double> Now,
        IReadOnlyList<string> Sealed
    );

    /// <summary>An area that moves by less is rounding.</summary>
    private const double AreaTolerance = 1e-4;

    /// <param name="versionId">Id of the layer version, or its first digits.</param>
    /// <exception cref="Problem"><c>layers.unknown-version</c></exception>
    public static async Task<Found> Handle(
        WeipianStore store,
        string versionId,
        DeterminationLaw law,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(law);
        var hashes = new ConcurrentDictionary<FeatureReference, string>();
        await using var db = store.Read();
        var versions = await db.LayerVersions.ToListAsync(stop);
        var version = versions.FirstOrDefault(v => v.Id.StartsWith(versionId, StringComparison.Ordinal));
        if (version is null)
            throw Problem.Layers.UnknownVersion(versionId, [.. versions.Select(v => v.Id)]);
        var before = versions.Where(v => v != version).ToList();
        var (patches, affected, judged, moved) = (0, new List<Patch>(), 0, new List<Moved>());
        foreach (var programme in await db.Programmes.OrderBy(p => p.Ordinal).Select(p => p.Id).ToListAsync(stop))
        {
            var reading = await ProgrammeReading.ReadAsync(store, db, programme, only: null, stop);
            patches += reading.Patches.Count;
            var touched = reading.Patches.Where(p => Differ(LayersInForce.For(before, p), LayersInForce.For(versions, p))).ToList();
            affected.AddRange(touched);
            progress?.Report($"{programme}: {touched.Count:N0}/{reading.Patches.Count:N0}");
            var done = 0;
            var compared = touched
                .AsParallel()
                .AsOrdered()
                .WithCancellation(stop)
                .Select(p =>
                {
                    var outcome = Compare(reading, p, before, law, hashes);
                    progress?.Report($"{programme}: {Interlocked.Increment(ref done):N0}/{touched.Count:N0}");
                    return outcome;
                })
                .ToList();
            judged += compared.Count(c => c.WasJudged);
            var codes = await StandingAsync(db, programme, stop);
            moved.AddRange(
                touched
                    .Zip(compared)
                    .Where(t => t.Second is { WasJudged: true } c && !Same(c.Before, c.Now))
                    .Select(t => new Moved(programme, t.First.Number, t.Second.Before, t.Second.Now, [.. codes[t.First.Id]]))
            );
        }
        return new(patches, affected, judged, moved);
    }

    /// <summary>Renews the proposals of the affected patches, and of no others; a verdict that stands stays.</summary>
    public static async Task<IReadOnlyList<ProposeVerdicts.Proposed>> RenewAsync(
        WeipianStore store,
        Actor actor,
        Found found,
        DeterminationLaw law,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(found);
        var renewed = new List<ProposeVerdicts.Proposed>();
        foreach (var programme in found.Affected.GroupBy(p => p.ProgrammeId, StringComparer.Ordinal))
        {
            var request = new ProposeVerdicts.Request(
                programme.Key,
                [.. programme.Select(p => p.Id)],
                "图层更新后重算受影响图斑 layers changed"
            );
            renewed.Add(await ProposeVerdicts.Handle(store, actor, request, law, progress, stop));
        }
        return renewed;
    }

    private static bool Differ(IReadOnlyList<LayerVersion> a, IReadOnlyList<LayerVersion> b) =>
        !a.Select(v => v.Id).SequenceEqual(b.Select(v => v.Id), StringComparer.Ordinal);

    private static Comparison Compare(
        ProgrammeReading reading,
        Patch patch,
        IReadOnlyList<LayerVersion> before,
        DeterminationLaw law,
        ConcurrentDictionary<FeatureReference, string> hashes
    )
    {
        var now = reading.FactsOf(patch);
        var old = reading.FactsOf(patch, before, like: now);
        if (SameGround(old, now, hashes))
            return new(false, Nothing, Nothing);
        var drawn = PatchJudgement.Binding(reading.ParcelsOf(patch));
        return new(true, Verdicts(old, drawn, law), Verdicts(now, drawn, law));
    }

    /// <summary>The same roles are loaded and the same features lie there, by content; a role of the same layers was read once.</summary>
    private static bool SameGround(PatchFacts a, PatchFacts b, ConcurrentDictionary<FeatureReference, string> hashes)
    {
        IEnumerable<string> Ground(RoleFacts role) =>
            role.Features.Select(f => hashes.GetOrAdd(f.Reference, _ => VerdictSeal.ContentSha256(f))).Order(StringComparer.Ordinal);
        return a.Roles.All(r =>
        {
            var other = b.Role(r.Key);
            return ReferenceEquals(r.Value, other)
                || (r.Value.Loaded == other.Loaded && Ground(r.Value).SequenceEqual(Ground(other), StringComparer.Ordinal));
        });
    }

    private static SortedDictionary<string, double> Verdicts(PatchFacts facts, IReadOnlyList<Parcel> drawn, DeterminationLaw law)
    {
        var cut = new CutOfPatch("", null, CutPatch.Of(facts), [.. drawn.Select(p => (CutPatch.Of(facts, p.Geometry), p))]);
        var byCode = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in cut.Under(law, year: null).Parts)
            byCode[part.Derivation.Code] = byCode.GetValueOrDefault(part.Derivation.Code) + part.AreaSquareMetres;
        return byCode;
    }

    private static bool Same(IReadOnlyDictionary<string, double> a, IReadOnlyDictionary<string, double> b) =>
        a.Count == b.Count && a.All(p => b.TryGetValue(p.Key, out var other) && Math.Abs(other - p.Value) < AreaTolerance);

    private static async Task<ILookup<Guid, string>> StandingAsync(StoreContext db, string programme, CancellationToken stop)
    {
        var ids = db.Patches.Where(p => p.ProgrammeId == programme).Select(p => p.Id);
        var rows = await db
            .Determinations.Where(d => ids.Contains(d.PatchId))
            .Select(d => new
            {
                d.Id,
                d.PatchId,
                d.Code,
                d.SupersedesId,
            })
            .ToListAsync(stop);
        var replaced = rows.Select(d => d.SupersedesId).OfType<Guid>().ToHashSet();
        return rows.Where(d => !replaced.Contains(d.Id) && d.Code != VerdictState.Withdrawn).ToLookup(d => d.PatchId, d => d.Code);
    }

    private static readonly SortedDictionary<string, double> Nothing = new(StringComparer.Ordinal);

    private sealed record Comparison(bool WasJudged, IReadOnlyDictionary<string, double> Before, IReadOnlyDictionary<string, double> Now);
}
