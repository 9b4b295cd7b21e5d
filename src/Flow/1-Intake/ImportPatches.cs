using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;
using Weipian.Geo;
using Weipian.GeoFiles;
using Weipian.Law;

namespace Weipian.Flow.Intake;

/// <summary>Takes the patches of an issued file into a programme, with the quality control of the national rules.</summary>
/// <remarks>
/// A hard finding refuses its record, a soft one is kept and listed; nothing is lost silently. Everything that is taken lands in one act,
/// and the
/// file itself is kept. A dry run does all of it and writes nothing.
/// </remarks>
public static class ImportPatches
{
    /// <param name="LayerName">Which layer of the file, when there are several with polygons.</param>
    /// <param name="Map">Columns by field; what it leaves open is guessed from the usual names (JCBH, QSX, HSX, JCMJ …).</param>
    /// <param name="AreaUnit"><c>mu</c>, <c>m2</c> or <c>ha</c>; <c>null</c> goes by the usual columns (JCMJ 亩, MJ m²).</param>
    /// <param name="CrsEpsg">The coordinate system, when the user says it.</param>
    /// <param name="AssumeDatum">Takes an older datum as if it were CGCS2000 of the same zone.</param>
    /// <param name="Transformation">Carries data of an older datum to CGCS2000; said on everything derived.</param>
    public sealed record Request(
        string Programme,
        string Path,
        string? LayerName = null,
        FieldMap? Map = null,
        string? AreaUnit = null,
        int? CrsEpsg = null,
        bool AssumeDatum = false,
        string? Encoding = null,
        string? Where = null,
        bool DryRun = false,
        string Reason = "接收下发图斑 issued patches received",
        DatumTransformation? Transformation = null
    );

    /// <exception cref="Problem"><c>files.*</c>, <c>geometry.*</c>, <c>intake.*</c>: nothing was written then</exception>
    public static async Task<ImportReport> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        LawBook law,
        IProgress<string>? progress = null,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        var programme =
            store.Plan.FindProgramme(request.Programme)
            ?? throw Problem.Intake.NoSuchProgramme(request.Programme, store.Plan.Programmes.Select(p => p.Id));
        using var source = SourceFile.Open(request.Path, request.Encoding);
        var layer = source.Layer(request.LayerName);
        await using var db = store.Read();
        await RequireNewAsync(db, request, source, layer, stop);

        progress?.Report($"读取 reading {layer.Name} ({layer.Count})");
        var findings = new FindingList();
        foreach (var defect in source.Defects)
            findings.File(defect.Rule, "file", defect.Zh, defect.En);
        var learned = await LearnedFields.OfAsync(db, LayerRoles.Patch, stop);
        var file = IssuedFile.Read(layer, request, store.Plan, programme, findings, learned, stop);
        if (file.Records.Count == 0)
            throw Problem.Intake.NoRecords(source.OriginalName, layer.Name);

        progress?.Report("检查 checking");
        var quality = new PatchQuality(file, store.Plan, findings);
        var numbers = await db.Patches.Where(p => p.ProgrammeId == programme.Id).Select(p => p.Number).ToListAsync(stop);
        quality.CheckNumbers(numbers.ToHashSet(StringComparer.Ordinal));
        quality.PrepareShapes(stop);
        quality.CheckRecords(law.AsOf(DayOf(programme), SelectingDate.Programme));

        progress?.Report("叠加 overlay");
        var intake = await PatchIntake.MeasureAsync(store, db, file, findings, stop);
        progress?.Report("写入 writing");
        var batch = request.DryRun ? null : await WriteAsync(store, actor, request, law, new(source, layer, file, intake, findings), stop);
        return Report(request, new(source, layer, file, intake, findings), batch, intake.Links(batch?.Patches ?? [], law).Count);
    }

    /// <summary>All that the file gave, measured and checked, ready to be written.</summary>
    private sealed record Read(SourceFile Source, SourceLayer Layer, IssuedFile File, PatchIntake Intake, FindingList Findings);

    private sealed record Written(Guid BatchId, IReadOnlyList<Patch> Patches);

    // The last day of the programme: its parameters are those of the time it covers.
    private static DateOnly DayOf(PlanProgramme programme) =>
        programme.Quarter is { } quarter
            ? new DateOnly(programme.Year, 3 * quarter, 1).AddMonths(1).AddDays(-1)
            : new DateOnly(programme.Year, 12, 31);

    private static async Task RequireNewAsync(
        StoreContext db,
        Request request,
        SourceFile source,
        SourceLayer layer,
        CancellationToken stop
    )
    {
        var options = CanonicalJson.Of(Options(request, layer, null));
        var earlier = await db
            .ImportBatches.Where(b => b.ProgrammeId == request.Programme && b.FileSha256 == source.Sha256)
            .ToListAsync(stop);
        if (earlier.FirstOrDefault(b => SameSelection(b.OptionsJson, options)) is { } there)
            throw Problem.Intake.AlreadyImported(
                source.OriginalName,
                request.Programme,
                ChinaTime.DayOf(there.ImportedAt),
                there.TakenCount
            );
    }

    private static bool SameSelection(string one, string other)
    {
        var (a, b) = (JsonNode.Parse(one)!, JsonNode.Parse(other)!);
        return JsonNode.DeepEquals(a["layer"], b["layer"]) && JsonNode.DeepEquals(a["where"], b["where"]);
    }

    private static JsonObject Options(Request request, SourceLayer layer, IssuedFile? file) =>
        new()
        {
            ["layer"] = layer.Name,
            ["where"] = request.Where,
            ["map"] = AddLayerVersion.MapJson(file?.Map),
            ["asked"] = AddLayerVersion.MapJson(request.Map),
            ["areaUnit"] = file?.AreaUnit,
            ["crs"] = request.CrsEpsg,
            ["assume"] = request.AssumeDatum,
            ["transform"] = request.Transformation?.StatementEn,
            ["encoding"] = layer.Encoding,
        };

    private static Task<Written> WriteAsync(
        WeipianStore store,
        Actor actor,
        Request request,
        LawBook law,
        Read read,
        CancellationToken stop
    )
    {
        var sha256 = KeepOriginal(store, read.Source);
        return store.ActAsync(
            actor,
            "import-patches",
            request.Programme,
            request.Reason,
            async act =>
            {
                // Everything was measured outside the transaction; an import that was faster may have brought the same numbers or earlier
                // patches.
                if (await act.Db.Patches.CountAsync(stop) != read.Intake.PatchesSeen)
                    throw Problem.Intake.ImportedMeanwhile(request.Programme);
                var batch = Batch(act, request, read, sha256);
                act.Db.ImportBatches.Add(batch);
                var patches = read.Intake.Patches(act, batch);
                await act.AddManyAsync(patches, stop);
                await act.AddManyAsync(read.Intake.Units(act, patches), stop);
                await act.AddManyAsync(read.Intake.Links(patches, law), stop);
                await act.AddManyAsync(Findings(act, batch, read.Findings), stop);
                act.Fact("file", batch.FileName);
                act.Fact("taken", batch.TakenCount);
                act.Fact("refused", batch.RefusedCount);
                return new Written(batch.Id, patches);
            },
            stop
        );
    }

    private static string KeepOriginal(WeipianStore store, SourceFile source)
    {
        var copy = System.IO.Path.Combine(store.Folder.Path, $"incoming-{Guid.NewGuid():N}");
        try
        {
            using (var to = File.Create(copy))
                source.CopyOriginal(to);
            return store.Blobs.PutFile(copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static ImportBatch Batch(ActScope act, Request request, Read read, string sha256) =>
        new()
        {
            Id = act.NewId(),
            ProgrammeId = request.Programme,
            FileName = read.Source.OriginalName,
            FileSha256 = sha256,
            ImportedAt = act.At,
            By = act.By.Login,
            OptionsJson = CanonicalJson.Of(Options(request, read.Layer, read.File)),
            CrsEpsg = read.File.Crs.Epsg,
            CrsStatementZh = read.File.CrsStatement.Zh,
            CrsStatementEn = read.File.CrsStatement.En,
            Assumed = read.File.Crs.IsAssumed,
            SourceCount = read.File.Records.Count,
            TakenCount = read.Intake.Taken.Count,
            RefusedCount = read.File.Records.Count - read.Intake.Taken.Count,
        };

    private static List<ImportFinding> Findings(ActScope act, ImportBatch batch, FindingList findings) =>
        [
            .. findings.Ordered.Select(
                (f, i) =>
                    new ImportFinding
                    {
                        Id = act.NewId(),
                        BatchId = batch.Id,
                        Ordinal = i + 1,
                        Row = f.Row,
                        PatchNumber = f.PatchNumber,
                        Rule = f.Rule,
                        Kind = f.Kind,
                        Hard = f.Hard,
                        Zh = f.Zh,
                        En = f.En,
                        Longitude = f.Longitude,
                        Latitude = f.Latitude,
                    }
            ),
        ];

    private static ImportReport Report(Request request, Read read, Written? written, int links)
    {
        var (source, layer, file, intake, findings) = read;
        return new(
            written?.BatchId,
            request.Programme,
            source.OriginalName,
            source.Sha256,
            source.Format,
            layer.Name,
            layer.Encoding,
            layer.EncodingBasis,
            file.Crs.Epsg,
            file.CrsStatement,
            file.Crs.IsAssumed,
            file.Map,
            file.AreaUnit,
            file.Records.Count,
            intake.Taken.Count,
            file.Records.Count - intake.Taken.Count,
            intake.Taken.Sum(r => r.Prepared!.AreaSquareMetres),
            intake.SharesByUnit,
            intake.InQueue,
            links,
            findings.Ordered,
            request.DryRun
        );
    }
}
