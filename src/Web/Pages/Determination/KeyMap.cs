using System.Text.Json;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.Determination;

/// <summary>What a key of the workbench does.</summary>
/// <param name="Id">Stable name, kept with the seat.</param>
/// <param name="Usual">The key where the seat chose no other: a character, <c>Enter</c> or a space.</param>
public sealed record KeyAction(string Id, string Usual)
{
    public string Text => Say.T("key." + Id);
}

/// <summary>The keys of the workbench as one seat has them.</summary>
/// <remarks>
/// Within a class the letters are its sub-classes, whatever they do outside. Escape, Backspace and the arrows stay what they are.
/// The browser turns a pressed key into the usual one of its action; everything behind that knows only usual keys.
/// </remarks>
public sealed class KeyMap
{
    private const int IdCharactersMax = 40;

    private readonly Dictionary<string, string> chosen;

    private KeyMap(Dictionary<string, string> chosen)
    {
        this.chosen = chosen;
    }

    /// <summary>Every action, in the order of the sheet.</summary>
    public static IReadOnlyList<KeyAction> Actions { get; } =
    [
        new("next", "j"),
        new("previous", "k"),
        new("legal", "1"),
        new("illegal", "2"),
        new("other", "3"),
        new("farm-road", "4"),
        new("facility", "5"),
        new("doubtful", "0"),
        new("proposal", "a"),
        new("commit", "Enter"),
        new("undo", "u"),
        new("return", "r"),
        new("batch", "b"),
        new("part", "n"),
        new("split", "x"),
        new("merge", "g"),
        new("comment", "t"),
        new("walk", "e"),
        new("photo", "p"),
        new("layer", "l"),
        new("every-layer", "v"),
        new("fit", "z"),
        new("closer", "+"),
        new("farther", "-"),
        new("hold", " "),
        new("swipe", "s"),
        new("swipe-left", "["),
        new("swipe-right", "]"),
        new("mirror", "m"),
        new("flicker", "f"),
        new("opacity", "o"),
        new("spy", "y"),
        new("earlier", ","),
        new("later", "."),
        new("search", "/"),
        new("contact", "c"),
        new("sheet", "?"),
    ];

    /// <summary>The keys of ux.md, for who has chosen none.</summary>
    public static KeyMap Usual { get; } = new([]);

    /// <summary>The seat has keys of its own.</summary>
    public bool IsChanged => chosen.Count > 0;

    /// <summary>The key of an action.</summary>
    public string Of(string action) => chosen.GetValueOrDefault(action) ?? Find(action).Usual;

    /// <summary>The key of an action as it is written on a key.</summary>
    public string Label(string action) => Written(Of(action));

    /// <summary>What the browser needs: the usual key by the one that is pressed, for every action.</summary>
    public IReadOnlyDictionary<string, string> ByPressed() => Actions.ToDictionary(a => Of(a.Id), a => a.Usual, StringComparer.Ordinal);

    /// <summary>The map with another key for an action.</summary>
    /// <param name="key">As the browser names it; letters in lower case.</param>
    /// <exception cref="Problem"><c>web.key-unusable</c>, <c>web.key-taken</c>, <c>web.bad-request</c></exception>
    public KeyMap With(string action, string key)
    {
        var asked = Find(action);
        if (!IsUsable(key))
            throw Problem.Web.KeyUnusable(key is { Length: > 0 and < IdCharactersMax } ? key : "…");
        if (Actions.FirstOrDefault(a => a.Id != action && Of(a.Id) == key) is { } taken)
            throw Problem.Web.KeyTaken(Written(key), Say.Chinese("key." + taken.Id), Say.English("key." + taken.Id));
        var next = new Dictionary<string, string>(chosen, StringComparer.Ordinal);
        if (key == asked.Usual)
            next.Remove(action);
        else
            next[action] = key;
        return new(next);
    }

    public string Write() => JsonSerializer.Serialize(chosen);

    /// <summary>The map that was kept; what no longer fits (an action that is gone, a key that is taken by now) falls back to the usual
    /// one.</summary>
    public static KeyMap Read(string? kept)
    {
        if (string.IsNullOrEmpty(kept))
            return Usual;
        var map = Usual;
        foreach (var (action, key) in JsonSerializer.Deserialize<Dictionary<string, string>>(kept) ?? [])
            if (Actions.Any(a => a.Id == action) && IsUsable(key))
                map = new(new Dictionary<string, string>(map.chosen, StringComparer.Ordinal) { [action] = key });
        var isSound = Actions.Select(a => map.Of(a.Id)).Distinct(StringComparer.Ordinal).Count() == Actions.Count;
        return isSound ? map : Usual;
    }

    /// <summary>One character that can be seen, a space, or Enter.</summary>
    private static bool IsUsable(string? key) =>
        key is "Enter" or " "
        || (key is { Length: 1 } && !char.IsControl(key[0]) && !char.IsWhiteSpace(key[0]) && !char.IsSurrogate(key[0]));

    private static string Written(string key) =>
        key switch
        {
            "Enter" => "↵",
            " " => "␣",
            _ => key.ToUpperInvariant(),
        };

    private static KeyAction Find(string action) =>
        Actions.FirstOrDefault(a => a.Id == action)
        ?? throw Problem.Web.BadRequest($"key = {(action.Length < IdCharactersMax ? action : "…")}");
}

/// <summary>Keeps the keys of seats with the installation.</summary>
public sealed class KeysDesk(Reading.OfficeBooks books)
{
    private const string Name = "keys";

    public async Task<KeyMap> OfAsync(string login, CancellationToken stop = default) =>
        KeyMap.Read(await Flow.Store.SeatSettings.ReadAsync(books.Store, login, Name, stop));

    /// <summary>Another key for an action, read and kept together, so that two windows of one seat do not undo each other.</summary>
    /// <exception cref="Problem"><c>web.key-unusable</c>, <c>web.key-taken</c></exception>
    public async Task<KeyMap> ChooseAsync(string login, string action, string key, CancellationToken stop = default)
    {
        var map = (await OfAsync(login, stop)).With(action, key);
        await Flow.Store.SeatSettings.KeepAsync(books.Store, login, Name, map.Write(), stop);
        return map;
    }

    public async Task<KeyMap> ResetAsync(string login, CancellationToken stop = default)
    {
        await Flow.Store.SeatSettings.ForgetAsync(books.Store, login, Name, stop);
        return KeyMap.Usual;
    }
}
