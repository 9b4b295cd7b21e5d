using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;

namespace Weipian.Web.Texts;

/// <summary>The texts of the interface, from <c>Texts.resx</c> (Chinese, the neutral language) and <c>Texts.en.resx</c>.</summary>
/// <remarks>A text that is missing stops the request: a test keeps both files complete and equal in their placeholders.</remarks>
public static class Say
{
    /// <summary>One set of texts for the house and one for each stage; a key stands in one of them only.</summary>
    private static readonly ResourceManager[] Sets =
    [
        .. new[]
        {
            "Texts",
            "Verification",
            "CaseFile",
            "Rectification",
            "Ledger",
            "Escalation",
            "Reports",
            "Determination",
            "Imagery",
            "Operations",
            "People",
            "Map",
            "Workbench",
            "Guards",
        }.Select(set => new ResourceManager($"Weipian.Web.Texts.{set}", typeof(Say).Assembly)),
    ];

    /// <summary>All sets as one table: a page asks for hundreds of texts, and a set that does not have one is slow to say so.</summary>
    private static readonly Lazy<FrozenDictionary<string, string>> InChineseTexts = new(() => TableOf(CultureInfo.InvariantCulture));
    private static readonly Lazy<FrozenDictionary<string, string>> InEnglishTexts = new(() => TableOf(CultureInfo.GetCultureInfo("en")));

    /// <summary>Whether the person reads Chinese.</summary>
    public static bool InChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>The text with this key in the person's language.</summary>
    public static string T(string key) =>
        Find(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"no text '{key}'");

    /// <summary>The text with this key, its <c>{0}</c>… filled in.</summary>
    public static string T(string key, params object?[] values) => string.Format(CultureInfo.CurrentCulture, T(key), values);

    /// <summary>The Chinese text, whatever the person reads: for what goes into the tables.</summary>
    public static string Chinese(string key, params object?[] values) =>
        string.Format(CultureInfo.InvariantCulture, Find(key, CultureInfo.InvariantCulture) ?? "", values);

    /// <summary>The English text, whatever the person reads: for sentences that say both.</summary>
    public static string English(string key) => Find(key, CultureInfo.GetCultureInfo("en")) ?? "";

    /// <summary>Whether a text with this key exists.</summary>
    public static bool Has(string key) => Find(key, CultureInfo.InvariantCulture) is not null;

    private static string? Find(string key, CultureInfo culture) =>
        culture.TwoLetterISOLanguageName == "en" && InEnglishTexts.Value.TryGetValue(key, out var english)
            ? english
            : InChineseTexts.Value.GetValueOrDefault(key);

    private static FrozenDictionary<string, string> TableOf(CultureInfo culture) =>
        Sets.SelectMany(set => set.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?.Cast<DictionaryEntry>() ?? [])
            .ToFrozenDictionary(text => (string)text.Key, text => (string)text.Value!, StringComparer.Ordinal);

    /// <summary>One of two sentences that already exist in both languages.</summary>
    public static string Either(string chinese, string english) => InChinese || english.Length == 0 ? chinese : english;
}
