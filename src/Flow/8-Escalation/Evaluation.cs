namespace Weipian.Flow.Escalation;

/// <summary>The evaluation of the daily enforcement of the towns for a period, frozen.</summary>
public sealed class Evaluation
{
    public required Guid Id { get; init; }

    /// <summary>Programme ids joined by <c>+</c>.</summary>
    public required string Period { get; init; }

    public required DateOnly On { get; init; }

    public required Guid SnapshotId { get; init; }

    public required string OpinionZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A town objects to its figures, and the answer.</summary>
public sealed class EvaluationAppeal
{
    public required Guid Id { get; init; }

    public required Guid EvaluationId { get; init; }

    public required string Unit { get; init; }

    public required string IndicatorId { get; init; }

    public required string ReasonZh { get; init; }

    /// <summary>The appeal that this row answers.</summary>
    public Guid? AnswersId { get; init; }

    /// <summary><c>upheld</c> or <c>rejected</c>; of an answer.</summary>
    public string? Outcome { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
