namespace Weipian.Flow.Ledger;

/// <summary>One violation meets one change of the land-change survey: on the list of marks or on the list of returns.</summary>
public sealed class SurveyLink
{
    public required Guid Id { get; init; }

    /// <summary>Survey year.</summary>
    public required int Year { get; init; }

    /// <summary><c>mark</c> (单独标识) or <c>return</c> (退回原地类).</summary>
    public required string List { get; init; }

    public required Guid ViolationId { get; init; }

    public required Guid ParcelId { get; init; }

    public required string LayerVersionId { get; init; }

    public required long FeatureId { get; init; }

    /// <summary>TBBH or BSM of the survey plot, or its row.</summary>
    public required string SurveyKey { get; init; }

    public required string FormerClass { get; init; }

    public required double AreaSquareMetres { get; init; }

    /// <summary>One run writes one set of lists.</summary>
    public required Guid RunId { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
