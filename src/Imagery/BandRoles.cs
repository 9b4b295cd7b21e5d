using System.Text;

namespace Weipian.Imagery;

/// <summary>Which band of an image is which colour, counted from 0; null where nobody said, or where two bands claim to be it.</summary>
/// <remarks>
/// The names are those of the STAC extension for electro-optical images (<c>red</c>, <c>nir</c> …), their usual spellings and the Chinese
/// ones. A mere number of a band says nothing: the fourth band is red on one sensor and near infrared on the next.
/// </remarks>
public sealed record BandRoles(int? Red, int? Green, int? Blue, int? NearInfrared)
{
    private static readonly string[] RedWords = ["red", "红", "红光", "红波段"];
    private static readonly string[] GreenWords = ["green", "绿", "绿光", "绿波段"];
    private static readonly string[] BlueWords = ["blue", "蓝", "蓝光", "蓝波段"];
    private static readonly string[] InfraredWords = ["nir", "nirred", "nearinfrared", "近红外", "近红外波段"];

    public static BandRoles Unknown { get; } = new(null, null, null, null);

    /// <summary>Both bands of the vegetation index are there.</summary>
    public bool HasVegetation => Red is not null && NearInfrared is not null;

    /// <param name="names">One name for each band, in their order; null or empty where a band has none.</param>
    public static BandRoles Of(IReadOnlyList<string?> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new(Find(names, RedWords, "r"), Find(names, GreenWords, "g"), Find(names, BlueWords, "b"), Find(names, InfraredWords, "n"));
    }

    /// <summary>The bands that stand for red, green and blue in a picture: the named ones, else the first three, else the first.</summary>
    public (int Red, int Green, int Blue) Shown(int bands) =>
        Red is { } r && Green is { } g && Blue is { } b && Math.Max(r, Math.Max(g, b)) < bands ? (r, g, b)
        : bands >= 3 ? (0, 1, 2)
        : (0, 0, 0);

    private static int? Find(IReadOnlyList<string?> names, string[] words, string letter)
    {
        var found = Enumerable.Range(0, names.Count).Where(i => Says(names[i], words, letter)).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static bool Says(string? name, string[] words, string letter)
    {
        if (string.IsNullOrWhiteSpace(name))
            return false;
        var text = name.Trim().ToLowerInvariant();
        if (text == letter)
            return true;
        var parts = Words(text);
        // The edge of red is neither red nor infrared.
        if (parts.Any(p => p is "edge" or "rededge") || text.Contains("红边", StringComparison.Ordinal))
            return false;
        return parts.Append(string.Concat(parts)).Any(p => words.Contains(p, StringComparer.Ordinal))
            || (words == InfraredWords && text.Contains("near infrared", StringComparison.Ordinal));
    }

    private static List<string> Words(string text)
    {
        var (words, word) = (new List<string>(), new StringBuilder());
        foreach (var rune in text.Append(' '))
            if (char.IsLetter(rune))
                word.Append(rune);
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        return words;
    }
}
