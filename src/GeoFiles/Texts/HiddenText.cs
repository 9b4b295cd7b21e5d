using System.Globalization;
using System.Text;

namespace Weipian.GeoFiles;

/// <summary>Characters that make a text look other than it is: control characters but line ends and tabs, marks of direction and other
/// invisible format characters, halves of characters.</summary>
/// <remarks>The joiners U+200C and U+200D are none of them: pictures are made with them.</remarks>
public static class HiddenText
{
    private const string Opening = "[U+";

    /// <summary>The place of the first hidden character, from 0; -1 when there is none.</summary>
    public static int First(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < text.Length; i++)
            if (IsHidden(text, i))
                return i;
        return -1;
    }

    /// <summary>The text with every hidden character spelled out: <c>[U+202E]</c>. A text without any is itself.</summary>
    public static string Shown(string text)
    {
        var first = First(text);
        if (first < 0)
            return text;
        var shown = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
            if (IsHidden(text, i))
                shown.Append(CultureInfo.InvariantCulture, $"{Opening}{(int)text[i]:X4}]");
            else
                shown.Append(text[i]);
        return shown.ToString();
    }

    /// <summary>The first spelled-out character of a text, as it stands there; <c>null</c> when there is none.</summary>
    public static string? ShownIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (
            var at = text.IndexOf(Opening, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(Opening, at + 1, StringComparison.Ordinal)
        )
            if (
                at + 8 <= text.Length
                && text[at + 7] == ']'
                && int.TryParse(text.AsSpan(at + 3, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
            )
                return text[(at + 1)..(at + 7)];
        return null;
    }

    private static bool IsHidden(string text, int at)
    {
        var c = text[at];
        if (c is >= ' ' and < '\u007F' or >= '\u3400' and < '\uA000')
            return false;
        if (char.IsSurrogate(c))
            return !Fits(text, at);
        return c is not ('\n' or '\r' or '\t')
            && (char.IsControl(c) || (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format && c is not ('\u200C' or '\u200D')));
    }

    /// <summary>Half a character is none.</summary>
    private static bool Fits(string text, int at) =>
        char.IsHighSurrogate(text[at])
            ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : at > 0 && char.IsHighSurrogate(text[at - 1]);
}
