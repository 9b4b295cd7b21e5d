namespace Weipian.Web.Reading;

/// <summary>The states a patch is shown in; each has a colour and a shape.</summary>
public static class PatchState
{
    public const string NotVerified = "not-verified";
    public const string Legal = "legal";
    public const string Illegal = "illegal";
    public const string Other = "other";
    public const string FalseChange = "false-change";
    public const string Doubtful = "doubtful";

    /// <summary>In the order of legends and counts.</summary>
    public static IReadOnlyList<string> All { get; } = [NotVerified, Illegal, Doubtful, Legal, Other, FalseChange];

    /// <summary>Of several parcels the gravest speaks for the patch; one that nobody judged keeps the patch open.</summary>
    private static readonly string[] Gravest = [NotVerified, Illegal, Doubtful, Other, Legal, FalseChange];

    public static string Of(IEnumerable<string> parcels)
    {
        var states = parcels.ToHashSet(StringComparer.Ordinal);
        return Gravest.FirstOrDefault(states.Contains) ?? NotVerified;
    }
}
