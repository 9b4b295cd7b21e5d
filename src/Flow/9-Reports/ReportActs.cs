namespace Weipian.Flow.Reports;

/// <summary>Who may do what with reports and packages (stage 9).</summary>
public static class ReportActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal) { };
}
