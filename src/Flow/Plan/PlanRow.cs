using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weipian.Flow.Plan;

/// <summary>One mapping of a plan file. Every key that is asked for is known; what was never asked for is a fault.</summary>
/// <remarks>
/// Faults are collected, not thrown, so that one reading names them all; a faulty value reads as an empty one and never leaves the loader.
/// </remarks>
internal sealed class PlanRow
{
    private const string IdForm = "a-z 0-9 -";
    private const string DatePattern = "yyyy-MM-dd";
    private readonly YamlMappingNode node;
    private readonly string path;
    private readonly PlanFaults faults;
    private readonly List<string> asked = [];

    public PlanRow(YamlMappingNode node, string path, PlanFaults faults)
    {
        this.node = node;
        this.path = path;
        this.faults = faults;
    }

    /// <summary>Reports every key that nobody asked for. Call it last.</summary>
    public void Close()
    {
        foreach (var (key, _) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!asked.Contains(name, StringComparer.Ordinal))
                faults.Add(Problem.Plan.UnknownKey(faults.At(key.Start, path), name, asked.Order(StringComparer.Ordinal)));
        }
    }

    /// <summary>A fault that only several values together make.</summary>
    public void Fault(Problem fault) => faults.Add(fault);

    /// <summary>A key that only the other values of the row make necessary.</summary>
    public void Missing(string key) => faults.Add(Problem.Plan.MissingKey(faults.At(node.Start, path), key));

    public bool Has(string key)
    {
        Ask(key);
        return Child(key) is not null;
    }

    public string Text(string key) => TextOf(key, required: true) ?? "";

    public string? OptionalText(string key) => TextOf(key, required: false);

    public string OneOf(string key, IReadOnlyList<string> allowed)
    {
        var text = Text(key);
        if (text.Length > 0 && !allowed.Contains(text, StringComparer.Ordinal))
            faults.Add(Problem.Plan.BadValue(Where(key), text, string.Join(", ", allowed)));
        return text;
    }

    public IReadOnlyList<string> SomeOf(string key, IReadOnlyList<string> allowed)
    {
        var found = Items(key, required: true);
        foreach (var (text, at) in found)
            if (!allowed.Contains(text, StringComparer.Ordinal))
                faults.Add(Problem.Plan.BadValue(at, text, string.Join(", ", allowed)));
        if (found.Count == 0 && Child(key) is YamlSequenceNode)
            faults.Add(Problem.Plan.BadValue(Where(key), "[]", string.Join(", ", allowed)));
        return [.. found.Select(f => f.Text)];
    }

    public DateOnly Date(string key) => OptionalDate(key, required: true) ?? default;

    public DateOnly? OptionalDate(string key, bool required = false)
    {
        if (Scalar(key, required) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, DatePattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        faults.Add(Problem.Plan.BadDate(Where(key), text));
        return null;
    }

    public int Whole(string key, int least, int most) => OptionalWhole(key, least, most, required: true) ?? least;

    public int? OptionalWhole(string key, int least, int most, bool required = false)
    {
        if (Scalar(key, required) is not { } text)
            return null;
        if (IsQuoted(key) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            faults.Add(Problem.Plan.WrongType(Where(key), "整数", "a whole number", text));
        else if (number < least || number > most)
            faults.Add(Problem.Plan.BadValue(Where(key), text, $"{least}–{most}"));
        else
            return number;
        return null;
    }

    public bool Flag(string key, bool? otherwise = null)
    {
        if (Scalar(key, required: otherwise is null) is not { } text)
            return otherwise ?? false;
        if (IsQuoted(key) || text is not ("true" or "false"))
            faults.Add(Problem.Plan.WrongType(Where(key), "true 或 false", "true or false", text));
        return text == "true";
    }

    /// <summary>A number above zero, or <c>null</c> for the word <c>unset</c>.</summary>
    public decimal? Amount(string key)
    {
        if (Scalar(key, required: true) is not { } text || text == "unset")
            return null;
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount);
        if (IsQuoted(key) || !isNumber || amount == 0)
            faults.Add(Problem.Plan.WrongType(Where(key), "大于零的数或 unset", "a number above zero or 'unset'", text));
        return amount;
    }

    public Bilingual Name(string key) => OptionalName(key, required: true) ?? new Bilingual("", "");

    public Bilingual? OptionalName(string key, bool required = false)
    {
        if (Row(key, required) is not { } both)
            return null;
        var name = new Bilingual(both.Text("zh"), both.Text("en"));
        both.Close();
        return name;
    }

    /// <summary>The paragraph and the requirements of this row.</summary>
    public Provenance Source()
    {
        var served = Items("requirements", required: true);
        foreach (var (text, at) in served)
            if (!PlanFaults.LooksLikeRequirement(text))
                faults.Add(Problem.Plan.BadValue(at, text, "R01, R02 …"));
        return new Provenance(Text("paragraph"), [.. served.Select(s => s.Text)]);
    }

    /// <summary>The identifier of this row within a set; twice the same is a fault.</summary>
    public string Id(string key, string set)
    {
        var id = IdText(key, required: true) ?? "";
        if (id.Length > 0)
            faults.Define(set, id, Where(key));
        return id;
    }

    /// <summary>Reports names of a unit that already mean another unit of the same partition.</summary>
    public void Claim(string partition, string unit, string key, IEnumerable<string> names)
    {
        foreach (var name in names.Distinct(StringComparer.Ordinal))
            faults.Claim(partition, name, unit, Where(key));
    }

    public string Reference(string key, string set) => OptionalReference(key, set, required: true) ?? "";

    public string? OptionalReference(string key, string set, bool required = false)
    {
        var id = IdText(key, required);
        if (id is { Length: > 0 })
            faults.Expect(set, id, Where(key));
        return id;
    }

    public IReadOnlyList<string> References(string key, string set, bool required = false)
    {
        var found = Items(key, required);
        foreach (var (text, at) in found)
        {
            if (IsId(text))
                faults.Expect(set, text, at);
            else
                faults.Add(Problem.Plan.BadValue(at, text, IdForm));
        }
        return [.. found.Select(f => f.Text)];
    }

    /// <summary>As <see cref="References"/>, with at least one.</summary>
    public IReadOnlyList<string> SomeReferences(string key, string set)
    {
        var found = References(key, set, required: true);
        if (found.Count == 0 && Child(key) is YamlSequenceNode { Children.Count: 0 })
            faults.Add(Problem.Plan.BadValue(Where(key), "[]", set));
        return found;
    }

    /// <summary>Ids of something outside the plan.</summary>
    public IReadOnlyList<string> Ids(string key)
    {
        var found = Items(key, required: false);
        foreach (var (text, at) in found.Where(f => !IsId(f.Text)))
            faults.Add(Problem.Plan.BadValue(at, text, IdForm));
        return [.. found.Select(f => f.Text)];
    }

    public IReadOnlyList<string> Texts(string key) => [.. Items(key, required: false).Select(i => i.Text)];

    public PlanRow? Row(string key, bool required = true)
    {
        Ask(key);
        switch (Child(key))
        {
            case YamlMappingNode mapping:
                return new PlanRow(mapping, Below(key), faults);
            case null:
                if (required)
                    Missing(key);
                return null;
            case var other:
                faults.Add(Problem.Plan.WrongType(faults.At(other.Start, Below(key)), "键值表", "a mapping", Shown(other)));
                return null;
        }
    }

    /// <summary>The rows of a list of mappings; each is closed after <paramref name="read"/>.</summary>
    public IReadOnlyList<T> Rows<T>(string key, Func<PlanRow, T> read)
    {
        var rows = new List<T>();
        foreach (var (item, itemPath) in Sequence(key, required: true))
        {
            if (item is not YamlMappingNode mapping)
            {
                faults.Add(Problem.Plan.WrongType(faults.At(item.Start, itemPath), "键值表", "a mapping", Shown(item)));
                continue;
            }
            var row = new PlanRow(mapping, itemPath, faults);
            rows.Add(read(row));
            row.Close();
        }
        return rows;
    }

    /// <summary>File, line, column and path of the value of a key, or of this row when the key is absent.</summary>
    public string Where(string key) => Child(key) is { } child ? faults.At(child.Start, Below(key)) : faults.At(node.Start, path);

    private List<(string Text, string At)> Items(string key, bool required)
    {
        var found = new List<(string, string)>();
        foreach (var (item, itemPath) in Sequence(key, required))
        {
            var at = faults.At(item.Start, itemPath);
            if (item is YamlScalarNode { Value: { Length: > 0 } text } scalar && IsText(scalar))
                found.Add((text, at));
            else
                faults.Add(Problem.Plan.WrongType(at, "文本", "a text", Shown(item)));
        }
        return found;
    }

    private IEnumerable<(YamlNode Item, string Path)> Sequence(string key, bool required)
    {
        Ask(key);
        switch (Child(key))
        {
            case YamlSequenceNode sequence:
                return sequence.Children.Select((item, i) => (item, $"{Below(key)}[{i}]"));
            case null:
                if (required)
                    Missing(key);
                return [];
            case var other:
                faults.Add(Problem.Plan.WrongType(faults.At(other.Start, Below(key)), "列表", "a list", Shown(other)));
                return [];
        }
    }

    /// <summary>Lower-case words and digits with single hyphens: what users type on a command line and see in addresses.</summary>
    private static bool IsId(string text) =>
        text.Split('-').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));

    private string? IdText(string key, bool required)
    {
        var id = TextOf(key, required);
        if (id is not { Length: > 0 } || IsId(id))
            return id;
        faults.Add(Problem.Plan.BadValue(Where(key), id, IdForm));
        return "";
    }

    private string? TextOf(string key, bool required)
    {
        var text = Scalar(key, required);
        if (text is null || IsText((YamlScalarNode)Child(key)!))
            return text;
        faults.Add(Problem.Plan.WrongType(Where(key), "加引号的文本", "a text in quotes", text));
        return "";
    }

    /// <summary>A code such as 370306 stands in quotes: another reader of the file would take it for a number.</summary>
    private static bool IsText(YamlScalarNode scalar) =>
        scalar.Style != ScalarStyle.Plain
        || (
            scalar.Value is not ("true" or "false" or "null" or "~")
            && !decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        );

    private bool IsQuoted(string key) => Child(key) is YamlScalarNode { Style: not ScalarStyle.Plain };

    private string? Scalar(string key, bool required)
    {
        Ask(key);
        switch (Child(key))
        {
            case YamlScalarNode { Value: { Length: > 0 } text } scalar
                when scalar.Style != ScalarStyle.Plain || text is not ("null" or "~"):
                return text.Trim();
            case null:
                if (required)
                    Missing(key);
                return null;
            case var other:
                faults.Add(Problem.Plan.WrongType(faults.At(other.Start, Below(key)), "单个值", "a single value", Shown(other)));
                return null;
        }
    }

    private YamlNode? Child(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private void Ask(string key)
    {
        if (!asked.Contains(key, StringComparer.Ordinal))
            asked.Add(key);
    }

    private string Below(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Shown(YamlNode found) =>
        found switch
        {
            YamlScalarNode scalar => scalar.Value ?? "",
            YamlSequenceNode => "[…]",
            _ => "{…}",
        };
}
