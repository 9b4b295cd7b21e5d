namespace Weipian.Flow.Rectification;

/// <summary>Who may do what in rectification (stage 6).</summary>
public static class RectificationActs
{
    public static IReadOnlyDictionary<string, string[]> Roles { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal) { };
}
