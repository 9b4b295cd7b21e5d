using System.Globalization;
using System.Resources;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Weipian.Web.Texts;

/// <summary>MudBlazor's own texts in Chinese; it has no Chinese of its own. In English its own stand.</summary>
/// <remarks>A wrong placeholder here breaks a whole page: a test compares every key and its placeholders with MudBlazor's.</remarks>
public sealed class MudTexts : MudLocalizer
{
    private static readonly ResourceManager Resources = new("Weipian.Web.Texts.MudTexts", typeof(MudTexts).Assembly);

    /// <inheritdoc/>
    public override LocalizedString this[string key] => Find(key) is { } text ? new(key, text) : new(key, key, resourceNotFound: true);

    /// <inheritdoc/>
    public override LocalizedString this[string key, params object[] arguments] =>
        Find(key) is { } text
            ? new(key, string.Format(CultureInfo.CurrentCulture, text, arguments))
            : new(key, key, resourceNotFound: true);

    /// <summary>The Chinese text, or <c>null</c> when the person reads another language or there is none.</summary>
    public static string? Find(string key) => Say.InChinese ? Resources.GetString(key, CultureInfo.InvariantCulture) : null;
}
