using System.Security.Cryptography;
using NetTopologySuite.Geometries;
using Weipian.Geo;

namespace Weipian.GeoFiles;

/// <summary>What to put into the store, and how to understand it.</summary>
/// <param name="Path">The file of the user; the original bytes are kept.</param>
/// <param name="Role">A layer role of the command line (<c>land-use</c> …), or <c>patch</c> for an issued patch file.</param>
/// <param name="AsOf">The day the layer speaks of, part of its identity.</param>
/// <param name="Layer">Name of the layer inside the file, when there are several with polygons.</param>
/// <param name="Where">A condition, see <see cref="Filter"/>.</param>
/// <param name="Map">The user's <c>--map</c>; what it leaves open is guessed from the role.</param>
/// <param name="CodeStandard">The standard of the codes (<c>gbt21010-2017</c> …, <c>none</c>), kept with the layer.</param>
/// <param name="Crs">The user's <c>--crs EPSG:n</c>; <c>null</c> detects.</param>
/// <param name="AssumeDatum"><c>--crs assume</c>: an older datum is taken as CGCS2000 of the same zone, and the statement says so.</param>
/// <param name="Within">Where the data must lie (degrees), to leave one candidate when the file does not say its coordinate system.</param>
/// <param name="Learned">Columns that people named for the role before.</param>
/// <param name="Transformation"><c>--transform</c>: the way from an older datum to CGCS2000.</param>
public sealed record AddLayer(
    string Path,
    string Role,
    DateOnly? AsOf = null,
    string? Layer = null,
    string? Where = null,
    FieldMap? Map = null,
    string? CodeStandard = null,
    CoordinateSystem? Crs = null,
    bool AssumeDatum = false,
    string? Encoding = null,
    Extent? Within = null,
    DatumTransformation? Transformation = null,
    FieldMap? Learned = null
);

/// <summary>A finding about one layer: a repair, an overlap inside the layer, a feature that was refused, something odd about the
/// file.</summary>
/// <param name="Rule">National rule number: 1201, 2101, 3101, 3102, 4101, 5101.</param>
/// <param name="Hard">True when the feature was refused.</param>
/// <param name="Kind">A stable word: <c>self-crossing, unclosed-ring …, overlap, refused, file</c>.</param>
/// <param name="SourceRow">1-based record of the original; <c>null</c> for the layer as a whole.</param>
/// <param name="Number">Number of the stored feature, when it was taken.</param>
/// <param name="Longitude">Degrees CGCS2000.</param>
/// <param name="AreaBefore">Square metres, statutory; of an overlap, <paramref name="AreaAfter"/> is the area shared.</param>
public sealed record LayerDefect(
    string Rule,
    bool Hard,
    string Kind,
    long? SourceRow,
    long? Number,
    string Zh,
    string En,
    double? Longitude = null,
    double? Latitude = null,
    double? AreaBefore = null,
    double? AreaAfter = null
);

/// <summary>An immutable layer of the store.</summary>
/// <param name="Id">SHA-256 of the normalised content, hexadecimal, lower case.</param>
/// <param name="OriginalSha256">SHA-256 of the original as kept.</param>
/// <param name="OriginalName">The name of the file as it came.</param>
/// <param name="CrsEpsg">The coordinate system the coordinates were read in.</param>
/// <param name="CrsStatement">How the coordinates were understood, both languages; assumptions are said here.</param>
/// <param name="Assumed">True when the user ordered an older datum to be taken as CGCS2000.</param>
/// <param name="FeatureCount">Features stored.</param>
/// <param name="RefusedCount">Features of the original that could not be used; each is among <paramref name="Defects"/>.</param>
/// <param name="SourceCount">Records that met the condition: stored + refused.</param>
/// <param name="AreaSquareMetres">Sum of the statutory areas.</param>
/// <param name="Extent">Degrees CGCS2000.</param>
public sealed record StoredLayer(
    string Id,
    string OriginalSha256,
    string OriginalName,
    string Role,
    DateOnly? AsOf,
    string Name,
    string? Where,
    FieldMap Map,
    string? CodeStandard,
    int CrsEpsg,
    bool AxesSwapped,
    bool Assumed,
    Wording CrsStatement,
    string Encoding,
    long SourceCount,
    long FeatureCount,
    long RefusedCount,
    double AreaSquareMetres,
    Extent Extent,
    IReadOnlyList<LayerDefect> Defects
);

/// <summary>A feature of a stored layer.</summary>
/// <param name="Number">1-based, in the order of the original; the row of the normalised file.</param>
/// <param name="SourceRow">1-based record of the original.</param>
/// <param name="Geometry">Longitude, latitude in degrees CGCS2000, SRID 4490, valid.</param>
/// <param name="AreaSquareMetres">Statutory.</param>
/// <param name="Fields">The fields of the contract (<see cref="FieldMap.FieldNames"/>): text, or double for <c>area</c> and <c>kcxs</c>, or
/// null.</param>
/// <param name="SourceJson">All original columns as one JSON object.</param>
public sealed record StoredFeature(
    long Number,
    long SourceRow,
    MultiPolygon Geometry,
    double AreaSquareMetres,
    FeatureValues Fields,
    string SourceJson
);

/// <summary>One thing that <see cref="LayerStore.Verify"/> found changed.</summary>
/// <param name="Part"><c>original</c>, <c>normalised</c>, <c>sheet</c> or <c>cache</c>.</param>
public sealed record LayerMismatch(string Part, string Zh, string En);

/// <summary>The content-addressed store of layers: <c>DATA/layers/&lt;id&gt;/</c> holds the original, the normalised GeoPackage and a
/// cache.</summary>
/// <remarks>Layers are immutable. Adding is atomic: a killed process leaves nothing that counts. Safe for several threads and
/// processes.</remarks>
public sealed class LayerStore(string folder)
{
    private const string GeoPackageName = "layer.gpkg";
    private const string SheetName = "layer.json";
    private const string CacheExtension = ".packed";
    private const int IdLength = 64;

    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Reads, repairs, normalises and keeps a layer; the same content twice gives the same id and writes nothing.</summary>
    /// <exception cref="Problem">files.*, geometry.*: nothing was kept then</exception>
    public StoredLayer Add(AddLayer request, IProgress<string>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var adding = new AddingFolder(Folder);
        string In(string name) => Path.Combine(adding.Path, name);
        var sheet = LayerIntake.Run(request, adding.Path, In(GeoPackageName), In(CacheName(AreaConvention.Formula)), progress, stop);
        sheet.Write(In(SheetName));
        adding.Keep(sheet.Id);
        return Get(sheet.Id);
    }

    /// <exception cref="Problem">files.no-such-stored-layer, files.stored-layer-damaged</exception>
    public StoredLayer Get(string id)
    {
        var sheet = Sheet(id);
        return Guarded(
            id,
            () =>
            {
                using var file = SqliteFile.OpenImmutable(PathIn(id, GeoPackageName));
                return sheet.ToStored(LayerTable.ReadDefects(file));
            }
        );
    }

    /// <summary>Ids of all layers, in ordinal order.</summary>
    public IReadOnlyList<string> Ids() =>
        Directory.Exists(Folder)
            ? [.. Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Where(IsId).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The layer packed for the kernel: the mapped cache, rebuilt when it is missing or not whole.</summary>
    /// <remarks>The number of a packed feature is <see cref="StoredFeature.Number"/>. The caller disposes what it gets.</remarks>
    /// <exception cref="Problem">files.no-such-stored-layer, files.stored-layer-damaged</exception>
    public PackedLayer Packed(StoredLayer layer, AreaConvention convention = AreaConvention.Formula)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var cache = PathIn(layer.Id, CacheName(convention));
        if (File.Exists(cache))
            try
            {
                return PackedLayer.Map(cache);
            }
            catch (Problem)
            {
                // Not whole, or of an earlier version: it is only a cache, so it is made again.
                File.Delete(cache);
            }
        using (var built = Build(layer.Id, convention))
        using (var unfinished = new UnfinishedFile(cache))
        {
            using (var stream = File.Create(unfinished.Path))
                built.Write(stream);
            unfinished.Complete();
        }
        return PackedLayer.Map(cache);
    }

    /// <summary>Features in order of number, all or those whose box meets <paramref name="within"/> (degrees).</summary>
    /// <exception cref="Problem">files.no-such-stored-layer, files.stored-layer-damaged</exception>
    public IEnumerable<StoredFeature> Features(StoredLayer layer, Extent? within = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Read(layer.Id, within, number: null, LayerTable.Read)
            .Where(feature => within is not { } box || box.Intersects(ExtentOf(feature.Geometry)));
    }

    /// <exception cref="Problem">files.no-such-stored-layer, files.stored-layer-damaged</exception>
    public StoredFeature? Feature(StoredLayer layer, long number)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Read(layer.Id, within: null, number, LayerTable.Read).FirstOrDefault();
    }

    /// <summary>The normalised GeoPackage, for QGIS and ogrinfo. It must not be changed.</summary>
    public string GeoPackagePath(StoredLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return PathIn(layer.Id, GeoPackageName);
    }

    /// <summary>The original as kept.</summary>
    public string OriginalPath(StoredLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return PathIn(layer.Id, Sheet(layer.Id).OriginalFile);
    }

    /// <summary>Deletes every packed cache; they are rebuilt when asked for.</summary>
    public void DropCache()
    {
        foreach (var id in Ids())
        foreach (var cache in Directory.EnumerateFiles(PathIn(id, ""), $"*{CacheExtension}"))
            File.Delete(cache);
    }

    /// <summary>Recomputes the hash of the original and of the normalised content, and compares the cache; empty when all is as
    /// sealed.</summary>
    /// <exception cref="Problem">files.no-such-stored-layer</exception>
    public IReadOnlyList<LayerMismatch> Verify(string id)
    {
        if (!IsId(id) || !Directory.Exists(PathIn(id, "")))
            throw Problem.Files.NoSuchStoredLayer(id);
        LayerSheet sheet;
        try
        {
            sheet = Sheet(id);
        }
        catch (Problem problem)
        {
            return [new LayerMismatch("sheet", problem.Chinese, problem.English)];
        }
        var found = new List<LayerMismatch>();
        if (sheet.Id != id)
            found.Add(new("sheet", $"{SheetName} 中的标识是 {sheet.Id}", $"{SheetName} names the id {sheet.Id}"));
        if (OriginalHash(id, sheet) != sheet.OriginalSha256)
            found.Add(
                new(
                    "original",
                    $"原始文件 {sheet.OriginalFile} 与登记的 SHA-256 不符",
                    $"the original {sheet.OriginalFile} does not have the SHA-256 on record"
                )
            );
        var content = ContentHash(id, sheet);
        if (content != id)
            found.Add(
                new(
                    "normalised",
                    $"{GeoPackageName} 的内容已被改动（现为 {content ?? "无法读取"}）",
                    $"the content of {GeoPackageName} was changed (it is now {content ?? "not readable"})"
                )
            );
        else
            found.AddRange(ChangedCaches(id));
        return found;
    }

    /// <summary>A cache must be what the normalised content gives; only asked when that content is as sealed.</summary>
    private IEnumerable<LayerMismatch> ChangedCaches(string id)
    {
        foreach (var convention in Enum.GetValues<AreaConvention>())
        {
            var cache = PathIn(id, CacheName(convention));
            if (!File.Exists(cache))
                continue;
            using var built = Build(id, convention);
            using var hashing = new HashingStream(Stream.Null);
            built.Write(hashing);
            using var stream = File.OpenRead(cache);
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != hashing.Sha256())
                yield return new(
                    "cache",
                    $"缓存 {Path.GetFileName(cache)} 与图层内容不符；请运行 weipian layer drop-cache",
                    $"the cache {Path.GetFileName(cache)} is not what the layer gives; run weipian layer drop-cache"
                );
        }
    }

    private string? OriginalHash(string id, LayerSheet sheet)
    {
        var path = PathIn(id, sheet.OriginalFile);
        if (!File.Exists(path))
            return null;
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private string? ContentHash(string id, LayerSheet sheet)
    {
        try
        {
            using var file = SqliteFile.OpenImmutable(PathIn(id, GeoPackageName));
            using var content = new LayerContent(
                sheet.Role,
                sheet.AsOf,
                sheet.CodeStandard,
                sheet.CrsEpsg,
                sheet.AxesSwapped,
                sheet.Assumed
            );
            using var statement = LayerTable.PrepareRead(file, within: null, number: null);
            while (statement.Step())
                LayerTable.Append(content, statement);
            foreach (var defect in LayerTable.ReadDefects(file))
                content.Defect(defect);
            return content.Id();
        }
        catch (SqliteFault)
        {
            return null; // Not readable: the caller says so.
        }
    }

    private PackedLayer Build(string id, AreaConvention convention)
    {
        var crs = CoordinateSystem.FromEpsg(Sheet(id).CrsEpsg);
        return PackedLayer.Build(
            Read(id, within: null, number: null, LayerTable.ReadForKernel)
                .Select(feature => new LayerFeature(
                    feature.Number,
                    feature.Code,
                    convention == AreaConvention.Formula
                        ? new PreparedShape(feature.Geometry, feature.Area, [])
                        : Densified(feature.Geometry, crs)
                ))
        );
    }

    /// <summary>The feature with edges straight in the coordinate system it was read in.</summary>
    private static PreparedShape Densified(MultiPolygon geometry, CoordinateSystem crs)
    {
        var rings = new List<double[]>();
        foreach (var polygon in WrittenFeature.From(geometry, crs).Polygons)
            rings.AddRange([polygon.Shell, .. polygon.Holes]);
        return ShapePreparation.Prepare(new Shape(rings), crs, convention: AreaConvention.Source);
    }

    private IEnumerable<T> Read<T>(string id, Extent? within, long? number, Func<SqliteStatement, T> read)
    {
        RequireId(id);
        using var file = Guarded(id, () => SqliteFile.OpenImmutable(PathIn(id, GeoPackageName)));
        using var statement = Guarded(id, () => LayerTable.PrepareRead(file, within, number));
        while (Guarded(id, statement.Step))
            yield return Guarded(id, () => read(statement));
    }

    private LayerSheet Sheet(string id)
    {
        RequireId(id);
        return Guarded(id, () => LayerSheet.Read(PathIn(id, SheetName)));
    }

    private void RequireId(string id)
    {
        if (!IsId(id) || !Directory.Exists(PathIn(id, "")))
            throw Problem.Files.NoSuchStoredLayer(id);
    }

    private static T Guarded<T>(string id, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault)
            when (fault
                    is SqliteFault
                        or InvalidDataException
                        or IOException
                        or UnauthorizedAccessException
                        or System.Text.Json.JsonException
            )
        {
            throw Problem.Files.StoredLayerDamaged(id, fault.Message, fault.Message);
        }
    }

    private static Extent ExtentOf(MultiPolygon geometry)
    {
        var box = geometry.EnvelopeInternal;
        return new Extent(box.MinX, box.MinY, box.MaxX, box.MaxY);
    }

    private static bool IsId(string name) => name.Length == IdLength && name.All(char.IsAsciiHexDigitLower);

    private static string CacheName(AreaConvention convention) =>
        (convention == AreaConvention.Formula ? "formula" : "source") + CacheExtension;

    private string PathIn(string id, string name) => Path.Combine(Folder, id, name);
}
