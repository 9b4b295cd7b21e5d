namespace Weipian.Flow.CaseFiles;

/// <summary>Who may do what with violations, cases, transfers, holds and supervision (stage 5).</summary>
public static class CaseFileActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal) { };
}
