namespace Weipian.Flow.Comparison;

/// <summary>One desk comparison (内业比对) of a programme against every layer version in force.</summary>
public sealed class ComparisonRun
{
    public required Guid Id { get; init; }

    public required string ProgrammeId { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime RanAt { get; init; }

    public required string By { get; init; }

    /// <summary><c>formula</c> or <c>source</c>.</summary>
    public required string Convention { get; init; }

    /// <summary>Version of the measuring engine and the constants of its plane.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Ids of the layer versions that were compared, in ordinal order; a JSON array.</summary>
    public required string LayerVersionsJson { get; init; }

    public required int PatchCount { get; init; }

    /// <summary>SHA-256 of the CSV of the contract, so that two runs can be told equal at a glance.</summary>
    public required string ResultSha256 { get; init; }
}

/// <summary>How much of one feature of one layer version lies in one patch.</summary>
public sealed class ComparisonArea
{
    public required Guid RunId { get; init; }

    /// <summary>Place in the run, from 1: by patch number, role, layer version, feature.</summary>
    public required int Ordinal { get; init; }

    public required Guid PatchId { get; init; }

    public required string Role { get; init; }

    public required string LayerVersionId { get; init; }

    /// <summary>Number of the feature in the stored layer.</summary>
    public required long FeatureNumber { get; init; }

    /// <summary>The class that the layer's <c>code</c> column gives; empty where there is none.</summary>
    public required string Code { get; init; }

    /// <summary>Statutory area, square metres, gross; above zero.</summary>
    public required double AreaSquareMetres { get; init; }
}
