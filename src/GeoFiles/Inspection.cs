namespace Weipian.GeoFiles;

/// <summary>A column with how many records fill it and the first few different values.</summary>
public sealed record FieldReport(string Name, string Type, int? Length, int? Decimals, long Filled, IReadOnlyList<string> Samples);

/// <summary>A coordinate system that would fit, for choosing with <c>--crs EPSG:n</c>.</summary>
/// <param name="Longitude">Where it would put the middle of the data, degrees CGCS2000; <c>null</c> without coordinates.</param>
/// <param name="Latitude">See <paramref name="Longitude"/>.</param>
public sealed record CrsCandidate(int Epsg, string Name, double? Longitude = null, double? Latitude = null);

/// <summary>In which unit a column of areas is, told by comparing it with the geometry.</summary>
/// <param name="Unit"><c>mu, m2, ha</c> as for <c>--area-unit</c>, or <c>null</c> when no unit fits.</param>
/// <param name="Compared">Records whose stated area was compared.</param>
/// <param name="Agreeing">Of these, how many fit the unit within the tolerance.</param>
public sealed record AreaUnitReport(string Column, string? Unit, int Compared, int Agreeing, Wording Basis);

/// <summary>Records of a layer by what becomes of them; the three add up to all.</summary>
/// <param name="Taken">As they are.</param>
/// <param name="Repaired">Taken after a repair, which is listed.</param>
/// <param name="Refused">Not taken; each is listed.</param>
public sealed record RecordCounts(long Taken, long Repaired, long Refused);

/// <summary>What one layer holds.</summary>
/// <param name="GeometryCounts">Records by <c>polygon, null, empty, not-polygon, curve, damaged</c>.</param>
/// <param name="Extent">West, south, east, north in the unit of the file; <c>null</c> when there are no coordinates.</param>
/// <param name="Crs">The coordinate system taken, or <c>null</c> when the user must choose among <paramref name="CrsCandidates"/>.</param>
/// <param name="AreaSquareMetres">Statutory area of all usable polygons; <c>null</c> while the coordinate system is open.</param>
/// <param name="AreaUnit"><c>null</c> when no column gives an area or the coordinate system is open.</param>
/// <param name="Records">What would become of the records; <c>null</c> while the coordinate system is open.</param>
/// <param name="RoleGuess">The role the columns look like (<c>patch</c>, <c>land-use</c> …), or <c>null</c>.</param>
/// <param name="DefectCounts">How many of each rule; <paramref name="Defects"/> holds at most <see cref="Inspection.DefectsShownMax"/> of
/// each.</param>
public sealed record LayerReport(
    string Name,
    long Count,
    string GeometryKind,
    IReadOnlyDictionary<string, long> GeometryCounts,
    double[]? Extent,
    CrsCandidate? Crs,
    bool AxesSwapped,
    Wording CrsBasis,
    IReadOnlyList<CrsCandidate> CrsCandidates,
    double? AreaSquareMetres,
    string Encoding,
    Wording EncodingBasis,
    IReadOnlyList<FieldReport> Fields,
    string? RoleGuess,
    IReadOnlyDictionary<string, string> MapGuess,
    AreaUnitReport? AreaUnit,
    RecordCounts? Records,
    IReadOnlyDictionary<string, long> DefectCounts,
    IReadOnlyList<FileDefect> Defects
);

/// <summary>The answer of <c>weipian inspect</c>.</summary>
public sealed record FileReport(
    string Path,
    string Format,
    long SizeBytes,
    string Sha256,
    IReadOnlyList<LayerReport> Layers,
    IReadOnlyList<FileDefect> Defects
);

/// <summary>Looks into a file and says what is there. Streams; writes nothing.</summary>
public static class Inspection
{
    /// <summary>So many findings of each rule are listed; all are counted.</summary>
    public const int DefectsShownMax = 20;

    /// <exception cref="Problem">files.*: what cannot be opened at all</exception>
    public static FileReport Inspect(string path, string? encoding = null, CancellationToken stop = default)
    {
        using var file = SourceFile.Open(path, encoding);
        return new FileReport(
            file.Path,
            file.Format,
            file.SizeBytes,
            file.Sha256,
            [.. file.Layers.Select(layer => new LayerInspection(layer).Run(stop))],
            file.Defects
        );
    }
}
