using System.Text.Json;
using System.Text.Json.Nodes;
using Weipian.GeoFiles;

namespace Weipian.Web.Serving;

/// <summary>What a text that comes in may hold: words that a person sees as they are, and not without end.</summary>
/// <remarks>
/// Control characters and marks that turn the direction of writing make a text look other than it is; they are refused with their place.
/// Markup and formulas are text like any other: they are taken, and escaped wherever they are shown. Rare Han characters and pictures
/// are characters like any other.
/// </remarks>
public static class PlainText
{
    /// <summary>Longest text of a field, UTF-16 units.</summary>
    public const int CharactersMax = 4000;

    /// <summary>Longest text of a field that holds many rows.</summary>
    public const int RowsCharactersMax = 1_000_000;

    /// <summary>Fields that hold many rows, one on each line.</summary>
    private static readonly string[] Rows = ["rowsZh"];

    /// <summary>Files in base 64: their size is a matter of the request, their kind of the act.</summary>
    private static readonly string[] Files = ["contentBase64", "content"];

    /// <summary>Every text of a request.</summary>
    /// <exception cref="Problem"><c>web.text-too-long</c>, <c>web.hidden-character</c></exception>
    public static void Require(JsonNode? node, string field = "")
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    Require(name, name);
                    Require(value, name);
                }
                break;
            case JsonArray items:
                foreach (var item in items)
                    Require(item, field);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && !Is(Files, field):
                Require(field, value.GetValue<string>());
                break;
        }
    }

    /// <summary>One text.</summary>
    /// <exception cref="Problem"><c>web.text-too-long</c>, <c>web.hidden-character</c></exception>
    public static void Require(string field, string? text)
    {
        if (text is null)
            return;
        var most = Is(Rows, field) ? RowsCharactersMax : CharactersMax;
        if (text.Length > most)
            throw Problem.Web.TextTooLong(field, text.Length, most);
        if (HiddenText.First(text) is var at and >= 0)
            throw Problem.Web.HiddenCharacter(field, $"U+{(int)text[at]:X4}", at + 1);
    }

    private static bool Is(string[] names, string field) => names.Contains(field, StringComparer.OrdinalIgnoreCase);
}
