using System.Globalization;
using System.Resources;

namespace Weipian.Web.Texts;

/// <summary>The texts of the interface, from <c>Texts.resx</c> (Chinese, the neutral language) and <c>Texts.en.resx</c>.</summary>
/// <remarks>A text that is missing stops the request: a test keeps both files complete and equal in their placeholders.</remarks>
public static class Say
{
    private static readonly ResourceManager Resources = new("Weipian.Web.Texts.Texts", typeof(Say).Assembly);

    /// <summary>Whether the person reads Chinese.</summary>
    public static bool InChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>The text with this key in the person's language.</summary>
    public static string T(string key) =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"no text '{key}'");

    /// <summary>The text with this key, its <c>{0}</c>… filled in.</summary>
    public static string T(string key, params object?[] values) => string.Format(CultureInfo.CurrentCulture, T(key), values);

    /// <summary>Whether a text with this key exists.</summary>
    public static bool Has(string key) => Resources.GetString(key, CultureInfo.InvariantCulture) is not null;

    /// <summary>One of two sentences that already exist in both languages.</summary>
    public static string Either(string chinese, string english) => InChinese || english.Length == 0 ? chinese : english;
}
