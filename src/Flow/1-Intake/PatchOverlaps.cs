using System.Globalization;
using Weipian.Geo;
using Weipian.Law;

namespace Weipian.Flow.Intake;

/// <summary>How the patches of an import overlap one another (rule 5101) and those of earlier imports (rule 5201, persistence).</summary>
internal sealed class PatchOverlaps(IReadOnlyList<IssuedRecord> taken, PackedLayer packed, FindingList findings)
{
    /// <summary>Areas are stated with two decimals; what rounds to nothing is the noise of touching borders.</summary>
    public const double ShownSquareMetresMin = 0.005;

    /// <summary>An earlier patch and how much of the record it covers.</summary>
    public sealed record Earlier(int Record, Patch Patch, double AreaSquareMetres);

    /// <summary>Lists overlaps inside the layer.</summary>
    public void CheckInside(CancellationToken stop)
    {
        foreach (var overlap in DeskOverlay.Measure(packed, packed, stop: stop))
        {
            if (overlap.AreaSquareMetres < ShownSquareMetresMin)
                continue;
            var (one, other) = (taken[(int)packed.NumberOf(overlap.Patch)], taken[(int)packed.NumberOf(overlap.Feature)]);
            if (one.Row < other.Row)
                findings.Soft(
                    other,
                    QualityRule.OverlapInside,
                    "overlap-inside",
                    $"与第 {one.Row} 条记录（{one.Number}）重叠 {Metres(overlap.AreaSquareMetres)} 平方米",
                    $"Overlaps record {one.Row} ({one.Number}) by {Metres(overlap.AreaSquareMetres)} m²"
                );
        }
    }

    /// <summary>Lists overlaps with patches that were there before.</summary>
    public IReadOnlyList<Earlier> CheckEarlier(IReadOnlyList<Patch> there, CancellationToken stop)
    {
        if (there.Count == 0)
            return [];
        using var before = PackedLayer.Build(there.Select((p, i) => new LayerFeature(i, "", PreparedShape.FromStored(p.Geometry))));
        var found = new List<Earlier>();
        foreach (var overlap in DeskOverlay.Measure(packed, before, stop: stop))
        {
            if (overlap.AreaSquareMetres < ShownSquareMetresMin)
                continue;
            var record = (int)packed.NumberOf(overlap.Patch);
            var earlier = there[(int)before.NumberOf(overlap.Feature)];
            found.Add(new(record, earlier, overlap.AreaSquareMetres));
            findings.Soft(
                taken[record],
                QualityRule.OverlapEarlier,
                "overlap-earlier",
                $"与 {earlier.ProgrammeId} 批次图斑 {earlier.Number} 重叠 {Metres(overlap.AreaSquareMetres)} 平方米",
                $"Overlaps patch {earlier.Number} of programme {earlier.ProgrammeId} by {Metres(overlap.AreaSquareMetres)} m²"
            );
        }
        return found;
    }

    /// <summary>Links that persist: intersection over the smaller of the two above the dated parameter. The later of two image dates is the
    /// later patch.</summary>
    public static IEnumerable<PatchLink> Links(IEnumerable<Earlier> overlaps, IReadOnlyList<Patch> made, Func<DateOnly?, LawAsOf> law)
    {
        foreach (var (record, there, area) in overlaps)
        {
            var patch = made[record];
            var share = area / Math.Min(patch.AreaSquareMetres, there.AreaSquareMetres);
            var (later, earlier) = there.After > patch.After ? (there, patch) : (patch, there);
            var asOf = law(later.After);
            if (!asOf.IsSet("house/overlay/persistence#share_above"))
                continue;
            if (share > (double)asOf.Number("house/overlay/persistence#share_above").Value)
                yield return new PatchLink
                {
                    PatchId = later.Id,
                    EarlierPatchId = earlier.Id,
                    ShareOfSmaller = Math.Min(share, 1),
                };
        }
    }

    private static string Metres(double area) => area.ToString("0.00", CultureInfo.InvariantCulture);
}
