namespace Weipian.GeoFiles;

/// <summary>One statement in both languages of the product, with its values already filled in.</summary>
public sealed record Wording(string Zh, string En)
{
    /// <summary>Both languages with nothing in them: nothing to say.</summary>
    public static Wording None { get; } = new("", "");
}
