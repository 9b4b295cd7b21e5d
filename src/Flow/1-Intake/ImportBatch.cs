namespace Weipian.Flow.Intake;

/// <summary>One import of an issued patch file (下发图斑): what was read, how it was understood, what was taken and what was not.</summary>
/// <remarks>Nothing is lost silently: <see cref="SourceCount"/> = <see cref="TakenCount"/> + <see cref="RefusedCount"/>.</remarks>
public sealed class ImportBatch
{
    public required Guid Id { get; init; }

    public required string ProgrammeId { get; init; }

    public required string FileName { get; init; }

    /// <summary>SHA-256 of the original, which is kept under this address among the blobs; hexadecimal, lower case.</summary>
    public required string FileSha256 { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime ImportedAt { get; init; }

    /// <summary>Login of the seat that imported.</summary>
    public required string By { get; init; }

    /// <summary>What was asked: layer, map, area unit, coordinate system, encoding.</summary>
    public required string OptionsJson { get; init; }

    /// <summary>EPSG number of the coordinate system the coordinates were read in.</summary>
    public required int CrsEpsg { get; init; }

    /// <summary>How the coordinates were understood, in Chinese; assumptions are said here.</summary>
    public required string CrsStatementZh { get; init; }

    public required string CrsStatementEn { get; init; }

    /// <summary>True when an older datum was taken as CGCS2000 by order of the user (<c>--crs assume</c>).</summary>
    public required bool Assumed { get; init; }

    /// <summary>Records of the file.</summary>
    public required int SourceCount { get; init; }

    public required int TakenCount { get; init; }

    public required int RefusedCount { get; init; }
}

/// <summary>One finding of the quality control of an import, by the number of the national rule (1201 … 5201).</summary>
public sealed class ImportFinding
{
    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>Place in the report, from 1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>1-based record of the file; 0 when the file as a whole is meant.</summary>
    public required long Row { get; init; }

    /// <summary>The number the record carries, when it carries one.</summary>
    public string? PatchNumber { get; init; }

    /// <summary>One of <see cref="QualityRule"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>Stable word for the kind of finding: <c>duplicate-number</c>, <c>dates-reversed</c> …</summary>
    public required string Kind { get; init; }

    /// <summary>True when the record was refused for it.</summary>
    public required bool Hard { get; init; }

    public required string Zh { get; init; }

    public required string En { get; init; }

    /// <summary>Where, in degrees CGCS2000, when a place is known.</summary>
    public double? Longitude { get; init; }

    public double? Latitude { get; init; }
}

/// <summary>The rules of the national quality control of patch layers that the import applies.</summary>
public static class QualityRule
{
    /// <summary>数据有效性: the record and its geometry can be read.</summary>
    public const string DataValidity = "1201";

    /// <summary>数学基础: the coordinates are CGCS2000 longitude and latitude, or can be brought there.</summary>
    public const string MathematicalBase = "2101";

    /// <summary>Name and type of fields.</summary>
    public const string FieldNameAndType = "3101";

    /// <summary>Length of fields.</summary>
    public const string FieldLength = "3102";

    /// <summary>Consistency with code tables.</summary>
    public const string CodeConsistency = "3201";

    /// <summary>Uniqueness of the number (JCBH).</summary>
    public const string NumberUniqueness = "3401";

    /// <summary>Mandatory fields.</summary>
    public const string MandatoryFields = "3501";

    /// <summary>Self-crossing or unclosed rings.</summary>
    public const string RingValidity = "4101";

    /// <summary>Overlap inside the layer.</summary>
    public const string OverlapInside = "5101";

    /// <summary>Overlap with patches of earlier batches.</summary>
    public const string OverlapEarlier = "5201";

    /// <summary>Ours, outside the national numbering: the issued area or the issued centre against what was computed.</summary>
    public const string IssuedAgainstComputed = "W001";

    /// <summary>Ours: at home in no unit of the boundaries, or in a unit nobody answers for.</summary>
    public const string UnitAssignment = "W002";
}
