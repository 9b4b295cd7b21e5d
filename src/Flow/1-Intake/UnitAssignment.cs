using System.Globalization;
using NetTopologySuite.Geometries;
using Weipian.Flow.Plan;
using Weipian.Geo;
using Weipian.GeoFiles;

namespace Weipian.Flow.Intake;

/// <summary>Which units a patch lies in, by area, and who answers for each share. The shares of a patch add up to it exactly.</summary>
/// <remarks>
/// Two partitions: the statutory units of the outlines, and the units that the plan makes responsible. An outline that names a responsible
/// unit and no
/// statutory one (a development zone) answers for what lies in it, whatever statutory unit that is. What maps to nobody is left to the
/// office.
/// </remarks>
internal sealed class UnitAssignment : IDisposable
{
    /// <summary>Areas are stated with two decimals: a share that rounds to nothing goes to the largest one.</summary>
    private const double ShareSquareMetresMin = 0.005;

    private readonly WorkPlan plan;
    private readonly Dictionary<string, OutlineLayer> outlines;
    private readonly FindingList findings;

    private UnitAssignment(WorkPlan plan, Dictionary<string, OutlineLayer> outlines, FindingList findings) =>
        (this.plan, this.outlines, this.findings) = (plan, outlines, findings);

    /// <param name="Code">Code of the statutory unit, or as the outline gives it when the plan does not know it; empty outside all
    /// outlines.</param>
    /// <param name="Responsible">Id of the responsible unit; <c>null</c>: the office.</param>
    public sealed record Share(string Code, string? Responsible, double AreaSquareMetres);

    /// <summary>Reads the outlines of the versions given.</summary>
    public static UnitAssignment Load(LayerStore layers, WorkPlan plan, IEnumerable<LayerVersion> versions, FindingList findings)
    {
        var loaded = versions.ToDictionary(v => v.Id, v => OutlineLayer.Load(layers, plan, v), StringComparer.Ordinal);
        if (loaded.Count == 0)
            findings.File(
                QualityRule.UnitAssignment,
                "no-outlines",
                "没有单位界线图层（administrative-unit），只能按下发的乡镇名称归属，其余由办公室分派",
                "There is no layer of unit outlines (administrative-unit): patches go by the unit they were issued with, the rest to the queue of the office"
            );
        foreach (var unknown in loaded.Values.SelectMany(o => o.UnknownNames).Distinct(StringComparer.Ordinal))
            findings.File(
                QualityRule.UnitAssignment,
                "outline-unknown",
                $"方案中没有界线图层里的单位“{unknown}”",
                $"The plan does not know the unit '{unknown}' of the outlines"
            );
        return new(plan, loaded, findings);
    }

    /// <summary>Shares of every record, in the order of <paramref name="taken"/>.</summary>
    public IReadOnlyList<Share>[] Assign(
        IReadOnlyList<IssuedRecord> taken,
        PackedLayer packed,
        Func<IssuedRecord, IReadOnlyList<LayerVersion>> inForce,
        CancellationToken stop
    )
    {
        var touching = new List<(Outline Outline, double Area)>[taken.Count];
        foreach (var (id, outline) in outlines)
        foreach (var overlap in DeskOverlay.Measure(packed, outline.Packed, stop: stop))
        {
            var record = (int)packed.NumberOf(overlap.Patch);
            if (overlap.AreaSquareMetres >= ShareSquareMetresMin && inForce(taken[record]).Any(v => v.Id == id))
                (touching[record] ??= []).Add((outline.OutlineOf(overlap.Feature), overlap.AreaSquareMetres));
        }
        var shares = new IReadOnlyList<Share>[taken.Count];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Closed(Shares(taken[i], touching[i] ?? []), taken[i].Prepared!.AreaSquareMetres);
        return shares;
    }

    public void Dispose()
    {
        foreach (var outline in outlines.Values)
            outline.Packed.Dispose();
    }

    private List<Share> Shares(IssuedRecord record, List<(Outline Outline, double Area)> touching)
    {
        if (outlines.Count == 0)
            return [AsIssued(record)];
        var statutory = touching.Where(t => t.Outline.Code is not null).ToList();
        var zones = touching.Where(t => t.Outline.Code is null).ToList();
        var whole = record.Prepared!.AreaSquareMetres;
        var covered = statutory.Sum(t => t.Area);
        var crowded = covered > whole + ShareSquareMetresMin;
        if (crowded)
            findings.Soft(
                record,
                QualityRule.UnitAssignment,
                "outlines-overlap",
                $"单位界线在此重叠 {Metres(covered - whole)} 平方米，重叠处归入面积较大的单位",
                $"The outlines of units overlap here by {Metres(covered - whole)} m²: it went to the unit with the larger share"
            );
        var shares =
            crowded || (zones.Count > 0 && zones.Max(z => z.Area) < whole - ShareSquareMetresMin)
                ? ByPieces(record.Prepared.Geographic, statutory, zones)
                : ByAreas(statutory, zones.OrderByDescending(z => z.Area).FirstOrDefault().Outline);
        var rest = whole - shares.Sum(s => s.AreaSquareMetres);
        if (rest >= ShareSquareMetresMin)
        {
            shares.Add(new("", zones.Count > 0 && statutory.Count == 0 ? zones[0].Outline.Zone : null, rest));
            findings.Soft(
                record,
                QualityRule.UnitAssignment,
                "outside-outlines",
                $"有 {Metres(rest)} 平方米不在任何单位界线内",
                $"{Metres(rest)} m² lie outside the outlines of all units"
            );
        }
        return shares;
    }

    /// <summary>Every statutory unit keeps its area; a zone that covers the whole patch answers for all of it.</summary>
    private List<Share> ByAreas(List<(Outline Outline, double Area)> statutory, Outline? zone) =>
        [
            .. statutory
                .GroupBy(t => t.Outline.Code!, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Share(g.Key, zone?.Zone ?? plan.Units.ResponsibleFor(g.Key)?.Id, g.Sum(t => t.Area))),
        ];

    /// <summary>Cuts the patch: the largest unit first, so that overlapping outlines take nothing twice; then each piece by
    /// zones.</summary>
    private List<Share> ByPieces(Geometry patch, List<(Outline Outline, double Area)> statutory, List<(Outline Outline, double Area)> zones)
    {
        var shares = new List<Share>();
        var left = patch;
        foreach (var (outline, _) in statutory.OrderByDescending(t => t.Area).ThenBy(t => t.Outline.Code, StringComparer.Ordinal))
        {
            var piece = Pieces.Intersection(left, outline.Geometry);
            left = Pieces.Difference(left, outline.Geometry);
            foreach (var zone in zones.OrderByDescending(z => z.Area).Select(z => z.Outline))
            {
                var inside = Pieces.AreaSquareMetres(Pieces.Intersection(piece, zone.Geometry));
                if (inside < ShareSquareMetresMin)
                    continue;
                shares.Add(new(outline.Code!, zone.Zone, inside));
                piece = Pieces.Difference(piece, zone.Geometry);
            }
            shares.Add(new(outline.Code!, plan.Units.ResponsibleFor(outline.Code!)?.Id, Pieces.AreaSquareMetres(piece)));
        }
        return
        [
            .. shares
                .GroupBy(s => (s.Code, s.Responsible))
                .Select(g => new Share(g.Key.Code, g.Key.Responsible, g.Sum(s => s.AreaSquareMetres)))
                .OrderBy(s => s.Code, StringComparer.Ordinal)
                .ThenBy(s => s.Responsible, StringComparer.Ordinal),
        ];
    }

    /// <summary>Without outlines the issuing side's own statement decides, when the plan knows the unit; it is no guess of ours.</summary>
    private Share AsIssued(IssuedRecord record)
    {
        var statutory = record.Unit is { } name ? plan.Units.FindStatutory(name) : null;
        var responsible =
            statutory is not null ? plan.Units.ResponsibleFor(statutory.Code)
            : record.Unit is { } other ? plan.Units.FindResponsible(other)
            : null;
        return new(statutory?.Code ?? "", responsible?.Id, record.Prepared!.AreaSquareMetres);
    }

    /// <summary>Drops what rounds to nothing and gives the residual to the largest share, so that the sum is the area of the
    /// patch.</summary>
    private static List<Share> Closed(List<Share> shares, double whole)
    {
        var kept = shares.Where(s => s.AreaSquareMetres >= ShareSquareMetresMin).ToList();
        if (kept.Count == 0)
            return [new("", null, whole)];
        var largest = kept.IndexOf(kept.MaxBy(s => s.AreaSquareMetres)!);
        var others = kept.Where((_, i) => i != largest).Sum(s => s.AreaSquareMetres);
        kept[largest] = kept[largest] with { AreaSquareMetres = whole - others };
        return kept;
    }

    private static string Metres(double area) => area.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>One outline of a unit.</summary>
    /// <param name="Code">Statutory code; <c>null</c> when the outline is that of a responsible unit only.</param>
    /// <param name="Zone">Id of that responsible unit.</param>
    private sealed record Outline(string? Code, string? Zone, MultiPolygon Geometry);

    private sealed record OutlineLayer(PackedLayer Packed, Dictionary<long, Outline> ByNumber, IReadOnlyList<string> UnknownNames)
    {
        public Outline OutlineOf(int feature) => ByNumber[Packed.NumberOf(feature)];

        public static OutlineLayer Load(LayerStore layers, WorkPlan plan, LayerVersion version)
        {
            var stored = layers.Get(version.Id);
            var unknown = new List<string>();
            var byNumber = new Dictionary<long, Outline>();
            foreach (var feature in layers.Features(stored))
            {
                string?[] names = [.. ((string[])["code", "unit", "number", "use"]).Select(f => feature.Fields.Get(f) as string)];
                var statutory = names.OfType<string>().Select(plan.Units.FindStatutory).FirstOrDefault(u => u is not null);
                var responsible = statutory is null
                    ? names.OfType<string>().Select(plan.Units.FindResponsible).FirstOrDefault(u => u is not null)
                    : null;
                var code = statutory?.Code ?? (responsible is null ? names.OfType<string>().FirstOrDefault() ?? "" : null);
                if (statutory is null && responsible is null)
                    unknown.Add(code!);
                byNumber[feature.Number] = new(code, responsible?.Id, feature.Geometry);
            }
            return new(layers.Packed(stored), byNumber, unknown);
        }
    }
}
