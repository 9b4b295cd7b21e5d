using System.Collections.Concurrent;
using System.Globalization;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>One layer on its way from the user's file into a folder: read, repaired on all cores, stored, packed, looked over.</summary>
/// <remarks>
/// One thread reads, the pool prepares batches, the calling thread writes them in their order, another packs for the kernel. Queues are
/// short, so that memory does not grow with the layer (but for the packed form, which is the kernel's). When all rows are written, the
/// layer is packed, looked over and cached beside the calling thread, which writes the index. The original of a large layer is copied
/// meanwhile.
/// </remarks>
internal sealed class LayerIntake
{
    private const int BatchFeatures = 256;
    private const int BatchVertices = 20_000;
    private const int PackedBatchesMax = 8;
    private const int ReportEvery = 100_000;

    /// <summary>When so many features are refused before the first is taken, the layer is not of polygons at all.</summary>
    private const int RefusedAtFirstMax = 10_000;

    /// <summary>Layers up to this size are searched for overlaps within themselves.</summary>
    internal const int OverlapFeaturesMax = 2_000_000;

    /// <summary>Overlaps below this are rounding along shared boundaries.</summary>
    private const double OverlapListedSquareMetres = 0.01;

    /// <summary>So many overlaps are listed one by one, the largest first; the rest is one finding.</summary>
    private const int OverlapsListedMax = 1000;

    /// <summary>The box of nothing in finite numbers, which JSON can carry: its ends are the wrong way round.</summary>
    private static readonly double[] NoExtent = [1, 1, 0, 0];

    private readonly AddLayer request;
    private readonly SourceLayer layer;
    private readonly RingStore rings;
    private readonly Normaliser normaliser;
    private readonly LayerContent content;
    private readonly IProgress<string>? progress;
    private readonly List<LayerDefect> defects = [];
    private readonly List<LayerDefect> refused = [];
    private readonly PackedTree tree = new();
    private EarlyFlush? flush;
    private Lazy<Task<string>>? copyOnce;
    private Extent extent = Extent.Empty;
    private double area;
    private long count;

    private LayerIntake(
        AddLayer request,
        SourceLayer layer,
        RingStore rings,
        Normaliser normaliser,
        LayerContent content,
        IProgress<string>? progress
    )
    {
        this.request = request;
        this.layer = layer;
        this.rings = rings;
        this.normaliser = normaliser;
        this.content = content;
        this.progress = progress;
    }

    /// <summary>Fills the folder with the original, the GeoPackage and the cache, and returns the sheet.</summary>
    /// <exception cref="Problem">files.*, geometry.*</exception>
    public static LayerSheet Run(
        AddLayer request,
        string folder,
        string geoPackagePath,
        string cachePath,
        IProgress<string>? progress,
        CancellationToken stop
    )
    {
        LayerRoles.Check(request.Role);
        using var source = SourceFile.Open(request.Path, request.Encoding);
        var chosen = source.Layer(request.Layer);
        var map = (request.Map ?? FieldMap.Empty).OrElse(FieldMap.Guess(chosen, request.Role, request.Learned));
        map.Check(chosen);
        var detection = Detect(request, chosen, source.OriginalName);
        var crs = detection.Chosen!;
        using var hashed = new LayerContent(
            request.Role,
            request.AsOf,
            request.CodeStandard,
            crs.Epsg,
            detection.AxesSwapped,
            crs.IsAssumed
        );
        using var store = new RingStore();
        var reading = new Normaliser(chosen, map, crs, detection.AxesSwapped, store);
        var intake = new LayerIntake(request, chosen, store, reading, hashed, progress);
        intake.defects.AddRange(
            source
                .Defects.Concat(chosen.Defects)
                .Select(defect => new LayerDefect(defect.Rule, false, "file", defect.Row, null, defect.Zh, defect.En))
        );
        var originalFile = "original" + Path.GetExtension(source.OriginalName).ToLowerInvariant();
        var (id, originalSha256) = intake.Fill(
            geoPackagePath,
            cachePath,
            broken =>
            {
                using var original = File.Create(Path.Combine(folder, originalFile));
                var sha256 = source.CopyOriginal(original, broken);
                original.Flush(flushToDisk: true); // here, where nobody waits for it
                return sha256;
            },
            stop
        );
        source.RefuseChanged();
        return new LayerSheet(
            id,
            originalSha256,
            source.OriginalName,
            originalFile,
            request.Role,
            request.AsOf,
            chosen.Name,
            request.Where,
            map.Columns,
            request.CodeStandard,
            crs.Epsg,
            detection.AxesSwapped,
            crs.IsAssumed,
            new Wording(detection.Zh, detection.En),
            chosen.Encoding,
            chosen.EncodingBasis,
            intake.count + intake.refused.Count,
            intake.count,
            intake.refused.Count,
            intake.area,
            intake.count == 0 ? NoExtent : [intake.extent.MinX, intake.extent.MinY, intake.extent.MaxX, intake.extent.MaxY]
        );
    }

    private static Detection Detect(AddLayer request, SourceLayer layer, string file)
    {
        var box = layer.QuickExtent;
        var detection =
            request.Crs is { } ordered ? CoordinateSystemDetection.DetectOrdered(ordered, box, request.Within)
            : request.AssumeDatum ? CoordinateSystemDetection.DetectAssuming(layer.CrsText, layer.Epsg, box, request.Within)
            : request.Transformation is { } given
                ? CoordinateSystemDetection.DetectTransforming(layer.CrsText, layer.Epsg, box, given, request.Within)
            : layer.Reconsidered(CoordinateSystemDetection.Detect(layer.CrsText, layer.Epsg, box, request.Within));
        return detection.Chosen is null ? throw Problem.Files.CrsUndecided(file, layer.Name, detection.Zh, detection.En) : detection;
    }

    /// <summary>Fills the GeoPackage and the cache, and copies the original: after the reading, or beside it when it is long.</summary>
    private (string Id, string OriginalSha256) Fill(
        string geoPackagePath,
        string cachePath,
        Func<CancellationToken, string> copy,
        CancellationToken stop
    )
    {
        var root = CreateTables(geoPackagePath);
        using var early = new EarlyFlush(geoPackagePath);
        flush = early;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // Batches, not features: waiting for each single one costs more than packing it.
        using var toPack = new BlockingCollection<List<PlacedFeature>>(PackedBatchesMax);
        var packing = Started(
            () => PackedLayer.Build(rings, toPack.GetConsumingEnumerable(cancel.Token).SelectMany(batch => batch)),
            cancel
        );
        copyOnce = new Lazy<Task<string>>(() => Task.Run(() => copy(cancel.Token), CancellationToken.None));
        using (var table = new BulkTable(geoPackagePath, root))
            WriteFeatures(table, toPack, packing, cancel, stop);
        early.Begin();
        var looking = Task.Run(() => LookOver(packing, cachePath, stop), CancellationToken.None);
        var copying = copyOnce.Value;
        try
        {
            if (count == 0 && !IsEmptyByItself)
                throw Nothing();
            using var file = SqliteFile.GoOn(geoPackagePath);
            file.Execute("BEGIN");
            LayerTable.SetLastNumber(file, count);
            progress?.Report($"写入空间索引，查找层内重叠 writing the index, looking for overlaps, {count:N0}");
            GeoPackageSchema.Register(file, LayerTable.Features, CoordinateSystem.Cgcs2000, extent, tree);
            defects.AddRange(looking.GetAwaiter().GetResult());
            defects.AddRange(refused);
            LayerTable.WriteDefects(file, defects);
            foreach (var defect in defects)
                content.Defect(defect);
            GeoPackageSchema.RegisterAttributes(file, LayerTable.Defects);
            file.Execute("COMMIT");
            return (content.Id(), copying.GetAwaiter().GetResult());
        }
        finally
        {
            // Neither may still be at work on the folder when it is thrown away; the fault that counts is already on its way.
            Ended(looking);
            Ended(copying);
        }
    }

    /// <summary>The normalised file without features; the root page of their table.</summary>
    private static long CreateTables(string geoPackagePath)
    {
        using var file = SqliteFile.Create(geoPackagePath);
        file.Execute("BEGIN");
        LayerTable.Create(file);
        file.Execute("COMMIT");
        return LayerTable.FeaturesRoot(file);
    }

    /// <summary>Overlaps inside the packed layer, which is cached and let go.</summary>
    private static List<LayerDefect> LookOver(Task<PackedLayer> packing, string cachePath, CancellationToken stop)
    {
        using var packed = packing.GetAwaiter().GetResult();
        var caching = Task.Run(Cache, CancellationToken.None);
        try
        {
            return Overlaps(packed, stop);
        }
        finally
        {
            caching.GetAwaiter().GetResult();
        }

        void Cache()
        {
            using var cache = File.Create(cachePath);
            packed.Write(cache);
            cache.Flush(flushToDisk: true);
        }
    }

    /// <summary>
    /// A layer made for polygons that holds none says something: there is no such thing in the district. It is taken, because a role that
    /// is not loaded is unknown and one that is loaded and empty is absent.
    /// </summary>
    private bool IsEmptyByItself => layer.Count == 0 && request.Where is null && LeftAside is null;

    /// <summary>What of a list held in memory was not read (a network link, rows without coordinates): then it is not empty by
    /// itself.</summary>
    private FileDefect? LeftAside => layer is HeldLayer ? layer.Defects.FirstOrDefault(defect => defect.Rule == "1201") : null;

    private Problem Nothing()
    {
        var name = Path.GetFileName(request.Path);
        if (refused.Count == 0 && LeftAside is { } left)
            return Problem.Files.NoPolygons(name, layer.Name, left.Zh, left.En);
        if (refused.Count == 0)
            return request.Where is null
                ? Problem.Files.NoPolygons(name, layer.Name, "图层没有要素", "the layer is empty")
                : Problem.Files.NothingSelected(name, layer.Name, request.Where);
        return Problem.Files.NothingUsable(name, layer.Name, refused.Count, refused[0].Zh, refused[0].En);
    }

    private sealed record Batch(List<SourceFeature> Sources)
    {
        public List<(NormalisedFeature? Feature, LayerDefect? Refused)> Ready { get; } = new(Sources.Count);

        public BatchBytes Bytes { get; } = new();
    }

    /// <summary>Runs the pipeline until all rows are written; the packing then still goes on.</summary>
    private void WriteFeatures(
        BulkTable table,
        BlockingCollection<List<PlacedFeature>> toPack,
        Task<PackedLayer> packing,
        CancellationTokenSource cancel,
        CancellationToken stop
    )
    {
        using var batches = new BlockingCollection<Task<Batch>>(Environment.ProcessorCount * 3);
        var reading = Started(() => ReadInto(batches, cancel.Token), cancel);
        try
        {
            foreach (var batch in batches.GetConsumingEnumerable(cancel.Token))
            {
                var prepared = batch.GetAwaiter().GetResult();
                var written = new List<PlacedFeature>(prepared.Ready.Count);
                foreach (var (feature, refusal) in prepared.Ready)
                    Write(table, feature, refusal, written);
                prepared.Bytes.GiveBack();
                toPack.Add(written, cancel.Token);
            }
            reading.GetAwaiter().GetResult();
            toPack.CompleteAdding();
            table.Complete();
        }
        catch (Exception)
        {
            cancel.Cancel();
            // Nobody may still write rings when their store is freed.
            Ended(reading);
            while (batches.TryTake(out var left))
                Ended(left);
            Ended(packing);
            if (copyOnce is { IsValueCreated: true } copying)
                Ended(copying.Value);
            var broken = Settled(reading) ?? Settled(packing);
            if (broken is not null && !stop.IsCancellationRequested)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(broken);
            throw;
        }
    }

    /// <summary>On a thread of its own: it blocks on queues, which would starve the pool. A fault stops the others.</summary>
    private static Task<T> Started<T>(Func<T> work, CancellationTokenSource cancel) =>
        Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return work();
                }
                catch
                {
                    cancel.Cancel();
                    throw;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    /// <summary>Waits for a task, however it ends.</summary>
    private static void Ended(Task task) => task.ContinueWith(_ => { }, TaskScheduler.Default).Wait(CancellationToken.None);

    /// <summary>Waits for a task that was told to stop; its fault, if it is more than that.</summary>
    private static Exception? Settled(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Problem problem)
        {
            return problem;
        }
    }

    private bool ReadInto(BlockingCollection<Task<Batch>> batches, CancellationToken stop)
    {
        try
        {
            var (batch, vertices) = (new List<SourceFeature>(BatchFeatures), 0);
            foreach (var feature in layer.Read(request.Where))
            {
                batch.Add(feature);
                vertices += feature.Shape?.Rings.Sum(ring => ring.Length / 2) ?? 0;
                if (batch.Count < BatchFeatures && vertices < BatchVertices)
                    continue;
                Send(batch);
                (batch, vertices) = (new List<SourceFeature>(BatchFeatures), 0);
            }
            Send(batch);
            return true;
        }
        finally
        {
            batches.CompleteAdding();
        }

        void Send(List<SourceFeature> sources)
        {
            var preparing = Task.Run(() => Prepare(new Batch(sources)), stop);
            try
            {
                batches.Add(preparing, stop);
            }
            catch
            {
                Ended(preparing); // nobody else knows of it
                throw;
            }
        }
    }

    private Batch Prepare(Batch batch)
    {
        foreach (var source in batch.Sources)
            batch.Ready.Add(normaliser.Normalise(source, batch.Bytes));
        batch.Sources.Clear();
        return batch;
    }

    private void Write(BulkTable table, NormalisedFeature? feature, LayerDefect? refusal, List<PlacedFeature> written)
    {
        if (feature is null)
        {
            refused.Add(refusal!);
            if (count == 0 && refused.Count > RefusedAtFirstMax)
                throw Nothing();
            return;
        }
        var number = ++count;
        LayerTable.Insert(table, content, number, feature);
        tree.Add(number, feature.Extent);
        extent = extent.Including(feature.Extent);
        area += feature.Placed.AreaSquareMetres;
        foreach (var defect in feature.Defects)
            defects.Add(defect with { Number = number });
        written.Add(new PlacedFeature(number, feature.Code, feature.Placed));
        if (count % ReportEvery != 0)
            return;
        // The disk has as much to do as the processor: it begins early with both files.
        flush?.Begin();
        _ = copyOnce?.Value;
        progress?.Report($"读取、修复、写入 read, repaired, written: {count:N0}");
    }

    /// <summary>Rule 5101: pairs of features of the layer that share area.</summary>
    private static List<LayerDefect> Overlaps(PackedLayer packed, CancellationToken stop)
    {
        if (packed.Count > OverlapFeaturesMax)
            return
            [
                new(
                    "5101",
                    false,
                    "overlap-not-looked-for",
                    null,
                    null,
                    $"要素超过 {OverlapFeaturesMax:N0} 个，未检查层内重叠",
                    $"more than {OverlapFeaturesMax:N0} features: overlaps inside the layer were not looked for"
                ),
            ];
        var found = new List<LayerDefect>();
        var pairs = LayerOverlaps
            .Within(packed, stop)
            .Where(overlap => overlap.AreaSquareMetres >= OverlapListedSquareMetres)
            .Select(overlap =>
                (A: packed.NumberOf(overlap.Patch), B: packed.NumberOf(overlap.Feature), Area: Math.Round(overlap.AreaSquareMetres, 4))
            )
            .Select(pair => pair.A < pair.B ? pair : (A: pair.B, B: pair.A, pair.Area))
            .OrderByDescending(pair => pair.Area)
            .ThenBy(pair => pair.A)
            .ThenBy(pair => pair.B)
            .ToList();
        foreach (var (a, b, shared) in pairs.Take(OverlapsListedMax))
            found.Add(
                new(
                    "5101",
                    false,
                    "overlap",
                    null,
                    a,
                    string.Create(CultureInfo.InvariantCulture, $"第 {a} 个与第 {b} 个要素重叠 {shared:0.####} 平方米"),
                    string.Create(CultureInfo.InvariantCulture, $"features {a} and {b} overlap by {shared:0.####} m²"),
                    AreaAfter: shared
                )
            );
        var rest = pairs.Skip(OverlapsListedMax).ToList();
        if (rest.Count > 0)
            found.Add(
                new(
                    "5101",
                    false,
                    "overlaps-further",
                    null,
                    null,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"还有 {rest.Count} 处层内重叠，合计 {rest.Sum(pair => pair.Area):0.####} 平方米"
                    ),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{rest.Count} further overlaps inside the layer, {rest.Sum(pair => pair.Area):0.####} m² in all"
                    ),
                    AreaAfter: Math.Round(rest.Sum(pair => pair.Area), 4)
                )
            );
        return found;
    }
}
