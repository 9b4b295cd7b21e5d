using System.CommandLine;
using System.Globalization;
using Weipian.GeoFiles;

namespace Weipian.Web.Verbs;

/// <summary><c>weipian inspect FILE</c>: what is in a file. Writes nothing.</summary>
public static class InspectVerb
{
    public static Command Make(CommonOptions common)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "a zip, shp, gpkg, geojson, kml, txt, csv, xlsx, vct, gdb, dxf …" };
        var encoding = new Option<string?>("--encoding") { Description = "the encoding of its texts, when it must be said" };
        var verb = new Command("inspect", "say what is in a file: layers, fields, encoding, coordinate systems, extent, counts, defects")
        {
            file,
            encoding,
        };
        VerbRun.Bind(verb, common, run => Task.FromResult(Inspect(run, run.Value(file).FullName, run.Optional(encoding))));
        return verb;
    }

    private static int Inspect(VerbRun run, string path, string? encoding)
    {
        var report = Inspection.Inspect(path, encoding, run.Stop);
        run.Answer(report, Lines(report));
        return CommandLine.Done;
    }

    private static IEnumerable<string> Lines(FileReport report)
    {
        yield return $"{report.Path}: {report.Format}, {report.SizeBytes:N0} B, sha256 {report.Sha256}";
        foreach (var defect in report.Defects)
            yield return Defect(defect);
        foreach (var line in report.Layers.SelectMany(Lines))
            yield return line;
    }

    private static IEnumerable<string> Lines(LayerReport layer)
    {
        yield return "";
        yield return $"图层 layer {layer.Name}: {layer.Count:N0} × {layer.GeometryKind}"
            + (layer.RoleGuess is null ? "" : $" (像 looks like: {layer.RoleGuess})");
        if (layer.Extent is [var west, var south, var east, var north])
            yield return string.Create(CultureInfo.InvariantCulture, $"  范围 extent      {west} {south} – {east} {north}");
        yield return $"  坐标系 CRS       {(layer.Crs is null ? "?" : $"EPSG:{layer.Crs.Epsg} {layer.Crs.Name}{Place(layer.Crs)}")}; "
            + $"{layer.CrsBasis.Zh} {layer.CrsBasis.En}";
        if (layer.Crs is null && layer.CrsCandidates.Count > 0)
            foreach (var candidate in layer.CrsCandidates)
                yield return $"  候选 candidate   EPSG:{candidate.Epsg} {candidate.Name}{Place(candidate)}";
        yield return $"  编码 encoding    {layer.Encoding}; {layer.EncodingBasis.Zh} {layer.EncodingBasis.En}";
        foreach (var field in layer.Fields)
            yield return $"  {field.Name, -12} {Form(field), -12} {field.Filled, 9:N0} 有值 filled  {string.Join(" · ", field.Samples)}";
        if (layer.MapGuess.Count > 0)
            yield return $"  --map {string.Join(' ', layer.MapGuess.Select(m => $"{m.Key}={m.Value}"))}";
        if (layer.AreaUnit is { } unit)
            yield return $"  面积单位 unit     {unit.Column}: {unit.Unit ?? "?"}; {unit.Basis.Zh} {unit.Basis.En}";
        if (layer.Records is { } records)
            yield return $"  记录 records      {layer.Count:N0} = 可用 taken {records.Taken:N0} + 修复 repaired {records.Repaired:N0} + 拒收 refused {records.Refused:N0}";
        foreach (var (rule, count) in layer.DefectCounts.OrderBy(d => d.Key, StringComparer.Ordinal))
            yield return $"  {rule}: {count:N0}";
        foreach (var defect in layer.Defects)
            yield return Defect(defect);
    }

    private static string Place(CrsCandidate candidate) =>
        candidate is { Longitude: { } longitude, Latitude: { } latitude }
            ? string.Create(CultureInfo.InvariantCulture, $" → {longitude:0.####}° E {latitude:0.####}° N")
            : "";

    private static string Form(FieldReport field) =>
        field.Length is null ? field.Type
        : field.Decimals is null or 0 ? $"{field.Type}({field.Length})"
        : $"{field.Type}({field.Length}.{field.Decimals})";

    private static string Defect(FileDefect defect) =>
        $"  {defect.Rule}{(defect.Hard ? " 拒收 refused" : "")}{(defect.Row is null ? "" : $" #{defect.Row}")}: {defect.Zh} {defect.En}";
}
