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
    Extent? Within = null
);

/// <summary>A finding about one layer: a repair, an overlap inside the layer, a feature that was refused, something odd about the file.</summary>
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
/// <param name="Fields">The fields of the contract (<see cref="FieldMap.FieldNames"/>): text, or double for <c>area</c> and <c>kcxs</c>, or null.</param>
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
public sealed record LayerMismatch(string Part, string Zh, string En);

/// <summary>The content-addressed store of layers: <c>DATA/layers/&lt;id&gt;/</c> holds the original, the normalised GeoPackage and a cache.</summary>
/// <remarks>Layers are immutable. Adding is atomic: a killed process leaves nothing that counts. Safe for several threads and processes.</remarks>
public sealed class LayerStore(string folder)
{
    public string Folder { get; } = folder;

    /// <summary>Reads, repairs, normalises and keeps a layer; the same content twice gives the same id and writes nothing.</summary>
    /// <exception cref="Problem">files.*, crs.*: nothing was kept then</exception>
    public StoredLayer Add(AddLayer request, IProgress<string>? progress = null, CancellationToken stop = default) =>
        throw new NotImplementedException();

    /// <exception cref="Problem">files.no-such-stored-layer, files.stored-layer-damaged</exception>
    public StoredLayer Get(string id) => throw new NotImplementedException();

    /// <summary>Ids of all layers, in ordinal order.</summary>
    public IReadOnlyList<string> Ids() => throw new NotImplementedException();

    /// <summary>The layer packed for the kernel: the mapped cache, rebuilt when it is missing. <see cref="LayerFeature.Number"/> = <see cref="StoredFeature.Number"/>.</summary>
    public PackedLayer Packed(StoredLayer layer, AreaConvention convention = AreaConvention.Formula) => throw new NotImplementedException();

    /// <summary>Features in order of number, all or those whose box meets <paramref name="within"/> (degrees).</summary>
    public IEnumerable<StoredFeature> Features(StoredLayer layer, Extent? within = null) => throw new NotImplementedException();

    public StoredFeature? Feature(StoredLayer layer, long number) => throw new NotImplementedException();

    /// <summary>The normalised GeoPackage, for QGIS and ogrinfo.</summary>
    public string GeoPackagePath(StoredLayer layer) => throw new NotImplementedException();

    /// <summary>The original as kept.</summary>
    public string OriginalPath(StoredLayer layer) => throw new NotImplementedException();

    /// <summary>Deletes every packed cache; they are rebuilt when asked for.</summary>
    public void DropCache() => throw new NotImplementedException();

    /// <summary>Recomputes the hash of the original and of the normalised content, and compares the cache; empty when all is as sealed.</summary>
    public IReadOnlyList<LayerMismatch> Verify(string id) => throw new NotImplementedException();
}
