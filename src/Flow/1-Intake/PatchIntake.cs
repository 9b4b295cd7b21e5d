using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.Law;

namespace Weipian.Flow.Intake;

/// <summary>The records that are taken, measured against one another, earlier patches and the outlines of units; and the rows they
/// become.</summary>
internal sealed class PatchIntake
{
    private readonly IReadOnlyList<UnitAssignment.Share>[] shares;
    private readonly IReadOnlyList<PatchOverlaps.Earlier> earlier;

    private PatchIntake(
        IReadOnlyList<IssuedRecord> taken,
        int patchesSeen,
        IReadOnlyList<UnitAssignment.Share>[] shares,
        IReadOnlyList<PatchOverlaps.Earlier> earlier
    ) => (Taken, PatchesSeen, this.shares, this.earlier) = (taken, patchesSeen, shares, earlier);

    public IReadOnlyList<IssuedRecord> Taken { get; }

    /// <summary>How many patches the installation held when this was measured.</summary>
    public int PatchesSeen { get; }

    /// <summary>Patches with a share that nobody answers for.</summary>
    public int InQueue => shares.Count(s => s.Any(share => share.Responsible is null));

    /// <summary>Square metres by responsible unit; the empty key is the queue.</summary>
    public IReadOnlyDictionary<string, double> SharesByUnit =>
        shares
            .SelectMany(s => s)
            .GroupBy(s => s.Responsible ?? "", StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(s => s.AreaSquareMetres), StringComparer.Ordinal);

    public static async Task<PatchIntake> MeasureAsync(
        WeipianStore store,
        StoreContext db,
        IssuedFile file,
        FindingList findings,
        CancellationToken stop
    )
    {
        var taken = file.Records.Where(r => r is { Refused: false, Prepared: not null }).ToList();
        var seen = await db.Patches.CountAsync(stop);
        if (taken.Count == 0)
            return new(taken, seen, [], []);
        using var packed = PackedLayer.Build(taken.Select((r, i) => new LayerFeature(i, "", r.Prepared!)));
        var overlaps = new PatchOverlaps(taken, packed, findings);
        overlaps.CheckInside(stop);
        var box = new Envelope();
        foreach (var record in taken)
            box.ExpandToInclude(record.Prepared!.Geographic.EnvelopeInternal);
        var there = seen == 0 ? [] : await db.PatchesNear(box).ToListAsync(stop);
        var overlapsEarlier = overlaps.CheckEarlier(there, stop);

        var outlineVersions = await db.LayerVersions.Where(l => l.Role == LayerRole.AdministrativeUnit).ToListAsync(stop);
        var inForce = InForceByDates(outlineVersions);
        using var units = UnitAssignment.Load(store.Layers, store.Plan, taken.SelectMany(inForce).DistinctBy(v => v.Id), findings);
        return new(taken, seen, units.Assign(taken, packed, inForce, stop), overlapsEarlier);
    }

    /// <summary>The rows of the patches, in the order of <see cref="Taken"/>.</summary>
    public IReadOnlyList<Patch> Patches(ActScope act, ImportBatch batch) =>
        [
            .. Taken.Select(record => new Patch
            {
                Id = act.NewId(),
                ProgrammeId = batch.ProgrammeId,
                Number = record.Number!,
                Kind = record.Kind,
                Before = record.Before,
                After = record.After,
                IssuedAreaSquareMetres = record.IssuedAreaSquareMetres,
                AreaSquareMetres = record.Prepared!.AreaSquareMetres,
                Geometry = record.Prepared.Geographic,
                County = record.County,
                IssuedUnit = record.Unit,
                Change = record.Change,
                AttributesJson = record.AttributesJson,
                BatchId = batch.Id,
                SourceRow = record.Row,
                Cluster = record.Cluster,
            }),
        ];

    public IReadOnlyList<PatchUnit> Units(ActScope act, IReadOnlyList<Patch> patches) =>
        [
            .. patches.SelectMany(
                (patch, i) =>
                    shares[i]
                        .Select(share => new PatchUnit
                        {
                            Id = act.NewId(),
                            PatchId = patch.Id,
                            StatutoryUnit = share.Code,
                            ResponsibleUnit = share.Responsible,
                            AreaSquareMetres = share.AreaSquareMetres,
                        })
            ),
        ];

    public IReadOnlyList<PatchLink> Links(IReadOnlyList<Patch> patches, LawBook law) =>
        patches.Count == 0
            ? []
            : [.. PatchOverlaps.Links(earlier, patches, after => law.AsOf(after ?? law.Through, SelectingDate.ImageAfter))];

    private static Func<IssuedRecord, IReadOnlyList<LayerVersion>> InForceByDates(IReadOnlyList<LayerVersion> versions)
    {
        var known = new Dictionary<(DateOnly?, DateOnly?), IReadOnlyList<LayerVersion>>();
        return record =>
        {
            var dates = (record.Before, record.After);
            if (!known.TryGetValue(dates, out var inForce))
                known[dates] = inForce = LayersInForce.For(versions, record.Before, record.After);
            return inForce;
        };
    }
}
