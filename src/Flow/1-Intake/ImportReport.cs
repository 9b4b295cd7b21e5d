using Weipian.GeoFiles;

namespace Weipian.Flow.Intake;

/// <summary>One finding of an import before it is written; see <see cref="ImportFinding"/>.</summary>
/// <param name="Row">1-based record of the file; 0 when the file as a whole is meant.</param>
public sealed record QualityFinding(
    long Row,
    string? PatchNumber,
    string Rule,
    string Kind,
    bool Hard,
    string Zh,
    string En,
    double? Longitude = null,
    double? Latitude = null
);

/// <summary>What an import did, or with <see cref="DryRun"/> would do. <see cref="SourceCount"/> = taken + refused, always.</summary>
/// <param name="BatchId"><c>null</c> on a dry run.</param>
/// <param name="Map">Which column fed which field.</param>
/// <param name="AreaUnit"><c>mu</c>, <c>m2</c>, <c>ha</c>, or <c>null</c> when the file gives no area.</param>
/// <param name="Findings">By record, hard and soft.</param>
/// <param name="AreaSquareMetres">Sum of the statutory areas of what was taken.</param>
/// <param name="SharesByUnit">Square metres by responsible unit; the empty key is the queue of the office.</param>
/// <param name="InQueue">Patches with a share that nobody answers for.</param>
/// <param name="Links">Patches that persist from an earlier one.</param>
public sealed record ImportReport(
    Guid? BatchId,
    string Programme,
    string FileName,
    string FileSha256,
    string Format,
    string Layer,
    string Encoding,
    Wording EncodingBasis,
    int CrsEpsg,
    Wording CrsStatement,
    bool Assumed,
    FieldMap Map,
    string? AreaUnit,
    int SourceCount,
    int TakenCount,
    int RefusedCount,
    double AreaSquareMetres,
    IReadOnlyDictionary<string, double> SharesByUnit,
    int InQueue,
    int Links,
    IReadOnlyList<QualityFinding> Findings,
    bool DryRun
)
{
    /// <summary>0 when everything was taken, 1 when anything was refused: the exit status of the verb.</summary>
    public int ExitStatus => RefusedCount > 0 ? 1 : 0;
}
