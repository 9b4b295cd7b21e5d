namespace Weipian.Flow.Escalation;

/// <summary>Who may do what in escalation and evaluation (stage 8).</summary>
public static class EscalationActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal) { };
}
