namespace Weipian.Flow.Ledger;

/// <summary>Who may do what with the ledger of remaining violations (stage 7).</summary>
public static class LedgerActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal) { };
}
