using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>What a party is in a violation.</summary>
public static class PartyRole
{
    /// <summary>Who did it; one only, because a violation is one act of one party.</summary>
    public const string Actor = "actor";

    public const string ResponsiblePerson = "responsible-person";
    public const string DecisionMaker = "decision-maker";

    public static IReadOnlyList<string> All { get; } = [Actor, ResponsiblePerson, DecisionMaker];
}

/// <summary>How parties are written and shown.</summary>
internal static class PartyRows
{
    public const string Unit = "unit";
    public const string Person = "person";

    /// <summary>What everybody may see: a unit's name, of a person the family name alone.</summary>
    public static string Label(string kind, string nameZh) => kind == Unit ? nameZh : Mask(nameZh);

    /// <summary>The first character alone.</summary>
    public static string Mask(string text) => Masked([.. text.EnumerateRunes()]);

    /// <summary>A character of Extension B is two units of UTF-16 and one character of a name.</summary>
    private static string Masked(IReadOnlyList<System.Text.Rune> name) => name[0] + new string('＊', Math.Max(1, name.Count - 1));

    public static ViolationParty Link(ActScope act, Guid violation, Guid party, string role, string? postZh) =>
        new()
        {
            Id = act.NewId(),
            ViolationId = violation,
            PartyId = party,
            Role = role,
            PostZh = string.IsNullOrWhiteSpace(postZh) ? null : postZh.Trim(),
            By = act.By.Login,
            At = act.At,
        };
}
