namespace Weipian.Flow.CaseFiles;

/// <summary>A violation dealt with without a case (非立案处理), with its reason; in force once a second person signed it.</summary>
public sealed class NonCaseHandling
{
    public required Guid Id { get; init; }

    public required Guid ViolationId { get; init; }

    /// <summary><c>joint-demolition</c>, <c>self-corrected</c>, <c>historic-recovered</c> or <c>other</c>.</summary>
    public required string Kind { get; init; }

    public required DateOnly On { get; init; }

    public required string ReasonZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
