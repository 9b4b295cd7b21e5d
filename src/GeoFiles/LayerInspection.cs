using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>Looks through one layer: once for its box, once for all the rest.</summary>
internal sealed class LayerInspection(SourceLayer layer)
{
    private const int ChunkFeatures = 4096;
    private const int SamplesMax = 5;
    private const int SampleLengthMax = 40;

    /// <summary>Up to so many polygons are held in memory to look for overlaps among them.</summary>
    private const int OverlapFeaturesMax = 200_000;

    private const double OverlapListedSquareMetres = 0.01;

    // Of the mandatory fields of the national patch table, those without which a patch cannot be worked on.
    private static readonly (string Field, string Usual)[] PatchFields = [("number", "JCBH"), ("before", "QSX"), ("after", "HSX")];

    private readonly SortedDictionary<string, long> geometryCounts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> defectCounts = new(StringComparer.Ordinal);
    private readonly List<FileDefect> defects = [];
    private readonly long[] filled = new long[layer.Fields.Count];
    private readonly List<string>[] samples = [.. layer.Fields.Select(_ => new List<string>())];
    private readonly List<LayerFeature> polygons = [];
    private readonly AreaUnits units = new();
    private double area;
    private long taken;
    private long repaired;
    private long refused;
    private bool tooManyForOverlaps;

    public LayerReport Run(CancellationToken stop)
    {
        foreach (var defect in layer.Defects)
            Add(defect);
        var detection = Detect();
        var role = LayerRoles.Guess(layer.Fields);
        var map = role is null ? FieldMap.Empty : FieldMap.Guess(layer, role);
        if (role == LayerRoles.Patch)
            MissingFields(map);
        foreach (var chunk in layer.Read().Chunk(ChunkFeatures))
        {
            stop.ThrowIfCancellationRequested();
            Look(chunk, detection, map);
        }
        FindOverlaps(stop);
        var extent = layer.Extent;
        return new LayerReport(
            layer.Name,
            layer.Count,
            layer.GeometryKind,
            geometryCounts,
            extent.IsEmpty ? null : [extent.MinX, extent.MinY, extent.MaxX, extent.MaxY],
            detection?.Chosen is { } crs ? Candidate(crs, detection) : null,
            detection?.AxesSwapped ?? false,
            detection is null ? Wording.None : new Wording(detection.Zh, detection.En),
            [.. (detection?.Candidates ?? []).Select(candidate => Candidate(candidate, detection!))],
            detection?.Chosen is null ? null : area,
            layer.Encoding,
            layer.EncodingBasis,
            [
                .. layer.Fields.Select(
                    (field, i) => new FieldReport(field.Name, field.Type, field.Length, field.Decimals, filled[i], samples[i])
                ),
            ],
            role,
            map.Columns.ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value), StringComparer.Ordinal),
            map.Columns.GetValueOrDefault("area") is [var column, ..] && detection?.Chosen is not null ? units.Report(column) : null,
            detection?.Chosen is null ? null : new RecordCounts(taken, repaired, refused),
            defectCounts,
            defects
        );
    }

    /// <summary>A system with the place on earth where it puts the middle of the data.</summary>
    private CrsCandidate Candidate(CoordinateSystem system, Detection detection)
    {
        var box = layer.Extent;
        if (box.IsEmpty)
            return new CrsCandidate(system.Epsg, system.Name);
        var (x, y) = ((box.MinX + box.MaxX) / 2, (box.MinY + box.MaxY) / 2);
        var (longitude, latitude) = detection.AxesSwapped ? system.ToGeographic(y, x) : system.ToGeographic(x, y);
        return double.IsFinite(longitude + latitude)
            ? new CrsCandidate(system.Epsg, system.Name, Math.Round(longitude, 5), Math.Round(latitude, 5))
            : new CrsCandidate(system.Epsg, system.Name);
    }

    /// <summary>Rule 2101: the base must be CGCS2000 in degrees; what can be transformed is soft.</summary>
    private Detection? Detect()
    {
        Detection detection;
        try
        {
            detection = layer.Reconsidered(CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, layer.Extent));
        }
        catch (Problem problem)
        {
            Add(new FileDefect("2101", true, null, problem.Chinese, problem.English));
            return null;
        }
        if (detection.Chosen is null)
            Add(
                new FileDefect(
                    "2101",
                    true,
                    null,
                    $"坐标系无法确定：{detection.Zh}",
                    $"the coordinate system cannot be decided: {detection.En}"
                )
            );
        else if (detection.Chosen.Epsg != 4490 || detection.AxesSwapped)
            Add(
                new FileDefect(
                    "2101",
                    false,
                    null,
                    $"不是 2000 国家大地坐标系经纬度，将转换：{detection.Zh}",
                    $"not CGCS2000 in degrees, will be transformed: {detection.En}"
                )
            );
        return detection;
    }

    private void MissingFields(FieldMap map)
    {
        foreach (var (field, usual) in PatchFields)
            if (!map.Columns.ContainsKey(field))
                Add(
                    new FileDefect(
                        "3101",
                        false,
                        null,
                        $"没有字段 {usual}（{field}），可用 --map 指定",
                        $"there is no field {usual} ({field}); name one with --map"
                    )
                );
    }

    private void Look(SourceFeature[] chunk, Detection? detection, FieldMap map)
    {
        var prepared = new (PreparedShape? Shape, Problem? Problem)[chunk.Length];
        if (detection?.Chosen is { } crs)
            Parallel.For(
                0,
                chunk.Length,
                i =>
                {
                    try
                    {
                        if (chunk[i].Shape is { } shape)
                            prepared[i].Shape = ShapePreparation.Prepare(shape, crs, detection.AxesSwapped);
                    }
                    catch (Problem problem)
                    {
                        prepared[i].Problem = problem;
                    }
                }
            );
        for (var i = 0; i < chunk.Length; i++)
        {
            Fields(chunk[i]);
            Dates(chunk[i], map);
            Geometry(chunk[i], prepared[i].Shape, prepared[i].Problem);
            if (prepared[i].Shape is { } measured)
                units.Compare(map.Value(chunk[i], "area"), measured.AreaSquareMetres);
        }
    }

    private void Fields(SourceFeature feature)
    {
        for (var i = 0; i < filled.Length; i++)
        {
            var text = ValueText.Of(feature.Values.At(i));
            if (string.IsNullOrWhiteSpace(text))
                continue;
            filled[i]++;
            if (samples[i].Count >= SamplesMax)
                continue;
            var shown = text.Length > SampleLengthMax ? text[..SampleLengthMax] + "…" : text;
            if (!samples[i].Contains(shown))
                samples[i].Add(shown);
        }
    }

    private void Dates(SourceFeature feature, FieldMap map)
    {
        foreach (var field in (string[])["before", "after"])
            if (map.Value(feature, field) is { } value && DateText.Parse(value).Fault is { } fault)
                Add(
                    new FileDefect(
                        "3101",
                        false,
                        feature.Row,
                        $"{field} 的值“{fault}”不是日期",
                        $"the value “{fault}” of {field} is not a date"
                    )
                );
    }

    private void Geometry(SourceFeature feature, PreparedShape? shape, Problem? problem)
    {
        var kind = feature.GeometryFault?.Kind ?? "polygon";
        geometryCounts[kind] = geometryCounts.GetValueOrDefault(kind) + 1;
        if (feature.GeometryFault is { } fault)
            Add(new FileDefect("1201", true, feature.Row, fault.Zh, fault.En));
        if (problem is not null)
            Add(new FileDefect("1201", true, feature.Row, problem.Chinese, problem.English));
        if (shape is null)
        {
            refused++;
            return;
        }
        if (shape.Repairs.Count > 0 || feature.Repair is not null)
            repaired++;
        else
            taken++;
        if (feature.LeftAside is { } left)
            Add(new FileDefect("1201", false, feature.Row, left.Zh, left.En));
        if (feature.Repair is { } change)
            Add(new FileDefect("4101", false, feature.Row, change.Zh, change.En));
        foreach (var note in shape.Repairs)
        {
            var repair = RepairWording.Of(note, feature.Row);
            Add(new FileDefect(repair.Rule, false, repair.SourceRow, repair.Zh, repair.En));
        }
        area += shape.AreaSquareMetres;
        if (polygons.Count >= OverlapFeaturesMax)
            tooManyForOverlaps = true;
        else
            polygons.Add(new LayerFeature(feature.Row, "", shape));
    }

    private void FindOverlaps(CancellationToken stop)
    {
        if (polygons.Count == 0)
            return;
        if (tooManyForOverlaps)
        {
            Add(
                new FileDefect(
                    "5101",
                    false,
                    null,
                    $"面超过 {OverlapFeaturesMax:N0} 个，此处未检查层内重叠，导入时检查",
                    $"more than {OverlapFeaturesMax:N0} polygons: overlaps are not looked for here but when the layer is added"
                )
            );
            return;
        }
        using var packed = PackedLayer.Build(polygons);
        foreach (var overlap in LayerOverlaps.Within(packed, stop))
            if (overlap.AreaSquareMetres >= OverlapListedSquareMetres)
            {
                var (a, b) = (packed.NumberOf(overlap.Patch), packed.NumberOf(overlap.Feature));
                Add(
                    new FileDefect(
                        "5101",
                        false,
                        Math.Min(a, b),
                        $"与第 {Math.Max(a, b)} 条重叠 {overlap.AreaSquareMetres:0.##} 平方米",
                        $"overlaps record {Math.Max(a, b)} by {overlap.AreaSquareMetres:0.##} m²"
                    )
                );
            }
    }

    private void Add(FileDefect defect)
    {
        var count = defectCounts.GetValueOrDefault(defect.Rule) + 1;
        defectCounts[defect.Rule] = count;
        if (count <= Inspection.DefectsShownMax)
            defects.Add(defect);
    }
}
