using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>No permit until the violation is dealt with (许可限制).</summary>
public sealed class Hold
{
    public required Guid Id { get; init; }

    public required Guid ViolationId { get; init; }

    public required DateOnly SetOn { get; init; }

    public required string GroundZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The end of a hold, by the act that ended its cause.</summary>
public sealed class HoldLift
{
    /// <summary>Also the key: a hold is lifted once.</summary>
    public required Guid HoldId { get; init; }

    public required DateOnly LiftedOn { get; init; }

    public required string GroundZh { get; init; }

    /// <summary>What ended the cause: <c>acceptance</c>, <c>verdict-corrected</c> or <c>decision-executed</c>.</summary>
    public required string CauseKind { get; init; }

    public required Guid CauseId { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A question of the permit desk and the answer it got.</summary>
public sealed class HoldInquiry
{
    public required Guid Id { get; init; }

    /// <summary>Name, number or place as asked, sealed (<see cref="SealedRows"/>); read by <see cref="ReadInquiry"/>.</summary>
    public required string Asked { get; init; }

    public required bool Held { get; init; }

    public required string AnswerJson { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
