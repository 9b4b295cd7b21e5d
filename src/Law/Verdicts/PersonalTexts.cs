using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weipian.Law;

/// <summary>A kind of number that tells of one person (公民身份号码, 手机号码), as people type it into a text.</summary>
/// <param name="Pattern">A regular expression that .NET and browsers read alike.</param>
/// <param name="Check"><see cref="PersonalTexts.Gb11643"/>, or <c>null</c> where every text of the pattern counts.</param>
/// <param name="Personal">From which day on it counts as personal data, and whether it does; days rise.</param>
public sealed record PersonalNumber(
    string Id,
    string Chinese,
    string English,
    string Pattern,
    string? Check,
    IReadOnlyList<(DateOnly From, bool Holds)> Personal
)
{
    internal Regex Expression { get; } = new(Pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(1));

    /// <summary>Whether it is personal data on a day.</summary>
    public bool IsPersonal(DateOnly on) => Personal.LastOrDefault(p => p.From <= on).Holds;
}

/// <summary>Which numbers of persons are looked for in texts: <c>texts</c> of <c>law/verdicts/words.yaml</c>.</summary>
public sealed record PersonalTexts(IReadOnlyList<PersonalNumber> Kinds)
{
    /// <summary>The last of 18 characters follows from the others: ISO 7064 MOD 11-2, as GB 11643-1999 takes it.</summary>
    public const string Gb11643 = "gb-11643";

    public static PersonalTexts None { get; } = new([]);

    /// <summary>The mask of a day.</summary>
    public PersonalMask On(DateOnly day) => new([.. Kinds.Where(k => k.IsPersonal(day))]);

    /// <summary>Whether the check digit is right.</summary>
    /// <param name="number">18 characters, the last of them 0 to 9 or X.</param>
    public static bool HasCheckDigit(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var remainder = number[..^1].Aggregate(0, (sum, digit) => (sum + (digit - '0')) * 2 % 11);
        return (12 - remainder) % 11 == (number[^1] is 'X' or 'x' ? 10 : number[^1] - '0');
    }
}

/// <summary>Finds the numbers of persons in a text, and covers them.</summary>
public sealed record PersonalMask(IReadOnlyList<PersonalNumber> Kinds)
{
    /// <summary>Fewer digits than any such number has: most texts are told apart by this alone.</summary>
    private const int DigitsMin = 11;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where such numbers stand.</summary>
    public IReadOnlyList<(int At, int Length, PersonalNumber Kind)> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Count(char.IsDigit) < DigitsMin)
            return [];
        // A full-width digit is the same digit to whoever reads it; each is one character, so places stay.
        var narrow = string.Create(text.Length, text, Narrow);
        return
        [
            .. Kinds.SelectMany(kind =>
                kind.Expression.Matches(narrow).Where(m => IsOf(kind, m.Value)).Select(m => (m.Index, m.Length, kind))
            ),
        ];
    }

    /// <summary>The text with all but the first character of such a number covered; the text itself where there is none.</summary>
    public string Of(string text)
    {
        var found = Find(text);
        if (found.Count == 0)
            return text;
        var shown = new StringBuilder(text);
        foreach (var (at, length, _) in found)
            for (var i = at + 1; i < at + length; i++)
                shown[i] = '＊';
        return shown.ToString();
    }

    /// <summary>The same for the texts within JSON; numbers of JSON stay, or it would be none.</summary>
    public string OfJson(string json)
    {
        if (Find(json).Count == 0)
            return json;
        try
        {
            return JsonNode.Parse(json) is { } node ? Covered(node)!.ToJsonString(Plain) : json;
        }
        catch (JsonException)
        {
            return Of(json);
        }
    }

    private JsonNode? Covered(JsonNode? node) =>
        node switch
        {
            JsonObject fields => new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, Covered(f.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Covered)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Of(value.GetValue<string>())),
            _ => node?.DeepClone(),
        };

    private static bool IsOf(PersonalNumber kind, string found) =>
        kind.Check is null || PersonalTexts.HasCheckDigit(string.Concat(found.Where(char.IsAsciiLetterOrDigit)));

    private static void Narrow(Span<char> into, string text)
    {
        for (var i = 0; i < text.Length; i++)
            into[i] = text[i] is (>= '０' and <= '９') or 'Ｘ' or 'ｘ' ? (char)(text[i] - '０' + '0') : text[i];
    }
}
