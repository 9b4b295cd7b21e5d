namespace Weipian.Flow.Escalation;

/// <summary>The bureau proposes a measure against a unit on a ground; the government decides.</summary>
public sealed class EscalationProposal
{
    public required Guid Id { get; init; }

    /// <summary><c>warning-interview</c>, <c>public-circular</c>, <c>accountability</c> …: a measure of the ground.</summary>
    public required string Measure { get; init; }

    public required string Unit { get; init; }

    /// <summary>Ground of the plan.</summary>
    public required string GroundId { get; init; }

    /// <summary>The immediate trigger is met.</summary>
    public required bool Immediate { get; init; }

    /// <summary>Figures and lists as they stood: every id behind them.</summary>
    public required string FiguresJson { get; init; }

    public required string ReasonZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}

/// <summary>The decision of the government on a proposal.</summary>
public sealed class GovernmentDecision
{
    /// <summary>Also the key: decided once.</summary>
    public required Guid ProposalId { get; init; }

    /// <summary><c>approved</c> or <c>returned</c>.</summary>
    public required string Outcome { get; init; }

    public required DateOnly On { get; init; }

    public required string ReasonZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
