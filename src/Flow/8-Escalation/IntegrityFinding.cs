namespace Weipian.Flow.Escalation;

/// <summary>Fraud, concealment or sitting on a case, found in a spot check, a review or an acceptance. Never by the unit
/// concerned.</summary>
public sealed class IntegrityFinding
{
    public required Guid Id { get; init; }

    /// <summary>Responsible unit concerned.</summary>
    public required string Unit { get; init; }

    public Guid? ViolationId { get; init; }

    /// <summary><c>falsified</c>, <c>concealed</c> or <c>sat-on</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>spot-check</c>, <c>data-review</c> or <c>site-acceptance</c>.</summary>
    public required string FoundIn { get; init; }

    /// <summary>The check, return or acceptance.</summary>
    public Guid? FoundInId { get; init; }

    public required DateOnly FoundOn { get; init; }

    public required string FactsZh { get; init; }

    /// <summary>Login of the seat that acted.</summary>
    public required string By { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public required DateTime At { get; init; }
}
