using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Weipian.Law;
using Weipian.Web.Reading;

namespace Weipian.Web.Pages.Determination;

/// <summary>What a person has chosen so far: an open class, a verdict, or nothing.</summary>
/// <param name="Open">The digit of the class that is open for letters; <c>null</c> outside a class.</param>
/// <param name="Code">The verdict chosen; committed by Enter.</param>
public sealed record VerdictChoice(char? Open, string? Code)
{
    public static VerdictChoice None { get; } = new(null, null);
}

/// <summary>A class of the verdict bar.</summary>
/// <param name="Digit">Its key.</param>
/// <param name="Name">Text of the bar.</param>
/// <param name="Direct">The verdict that the digit alone chooses; <c>null</c> when letters follow.</param>
/// <param name="State">Colour and shape.</param>
public sealed record VerdictClass(char Digit, string Name, string? Direct, string State, IReadOnlyList<VerdictLetter> Letters);

/// <summary>A sub-class and the letter that chooses it.</summary>
public sealed record VerdictLetter(char Letter, Verdict Verdict);

/// <summary>
/// Digits and letters of the verdict trees: a digit opens a class and the sub-class letters until Enter or Esc; outside that, letters
/// are commands.
/// </summary>
public sealed class VerdictMenu
{
    /// <param name="tree">The verdicts of one kind in one programme, in the order of the catalogue.</param>
    /// <param name="stateOf">Colour and shape of a verdict.</param>
    /// <param name="text">Text of the interface by key.</param>
    public VerdictMenu(IReadOnlyList<Verdict> tree, Func<string, string> stateOf, Func<string, string> text)
    {
        var classes = new List<VerdictClass>
        {
            Class('1', text("verdict.legal"), PatchState.Legal, tree, VerdictParent.Legal),
            Class('2', text("verdict.illegal"), PatchState.Illegal, tree, VerdictParent.Illegal),
            Class('3', text("verdict.other"), PatchState.Other, tree, VerdictParent.Other),
        };
        foreach (
            var (digit, key, code) in new[]
            {
                ('4', "verdict.farm-road", VerdictCodes.FarmRoad),
                ('5', "verdict.facility", VerdictCodes.FacilityAgriculture),
            }
        )
            if (tree.Any(v => v.Code == code))
                classes.Add(new VerdictClass(digit, text(key), code, stateOf(code), []));
        if (tree.FirstOrDefault(v => v.Parent == VerdictParent.Doubtful) is { } doubtful)
            classes.Add(new VerdictClass('0', text("verdict.doubtful"), doubtful.Code, PatchState.Doubtful, []));
        Classes = classes;
        Told = JsonSerializer.Serialize(
            classes.Select(c => new
            {
                digit = c.Digit.ToString(),
                code = c.Direct,
                name = c.Name,
                letters = c.Letters.Select(l => new
                {
                    letter = l.Letter.ToString(),
                    code = l.Verdict.Code,
                    name = Texts.Say.Either(l.Verdict.Chinese, l.Verdict.English),
                }),
            }),
            Readable
        );
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The same for the browser, as JSON: it goes on with a verdict when the network breaks in the middle of one.</summary>
    public string Told { get; }

    /// <summary>In the order of the bar.</summary>
    public IReadOnlyList<VerdictClass> Classes { get; }

    /// <summary>The class that is open in a choice.</summary>
    public VerdictClass? Opened(VerdictChoice choice) => choice.Open is { } digit ? Classes.FirstOrDefault(c => c.Digit == digit) : null;

    /// <summary>The choice after a key; <c>null</c> when the key means nothing here.</summary>
    public VerdictChoice? Press(VerdictChoice now, string key)
    {
        if (key == "Escape")
            return VerdictChoice.None;
        if (key == "Backspace")
            return now.Code is not null && Opened(now) is not null ? now with { Code = null } : VerdictChoice.None;
        if (key.Length != 1)
            return null;
        if (Classes.FirstOrDefault(c => c.Digit == key[0]) is { } found)
            return found.Direct is { } code ? new VerdictChoice(null, code) : new VerdictChoice(found.Digit, null);
        if (Opened(now) is { } open && open.Letters.FirstOrDefault(l => l.Letter == key[0]) is { } letter)
            return now with { Code = letter.Verdict.Code };
        return null;
    }

    private static VerdictClass Class(char digit, string name, string state, IReadOnlyList<Verdict> tree, VerdictParent parent) =>
        new(
            digit,
            name,
            null,
            state,
            [.. tree.Where(v => v.Parent == parent).Select((v, i) => new VerdictLetter((char)('a' + i), v)).TakeWhile(l => l.Letter <= 'z')]
        );
}
