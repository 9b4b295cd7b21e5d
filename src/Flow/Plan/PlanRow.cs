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

    public bool Has(string key)
    {
        Ask(key);
        return Child(key) is not null;
    }

    public string Text(string key) => Scalar(key, required: true) ?? "";

    public string? OptionalText(string key) => Scalar(key, required: false);

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
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
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
        if (text is not ("true" or "false"))
            faults.Add(Problem.Plan.WrongType(Where(key), "true 或 false", "true or false", text));
        return text == "true";
    }

    /// <summary>A number above zero, or <c>null</c> for the word <c>unset</c>.</summary>
    public decimal? Amount(string key)
    {
        var text = Text(key);
        if (text is "" or "unset")
            return null;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount == 0)
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
        var id = Text(key);
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
        var id = Scalar(key, required);
        if (id is not null)
            faults.Expect(set, id, Where(key));
        return id;
    }

    public IReadOnlyList<string> References(string key, string set, bool required = false)
    {
        var found = Items(key, required);
        foreach (var (text, at) in found)
            faults.Expect(set, text, at);
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
                    faults.Add(Problem.Plan.MissingKey(faults.At(node.Start, path), key));
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
            if (item is YamlScalarNode { Value: { Length: > 0 } text })
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
                    faults.Add(Problem.Plan.MissingKey(faults.At(node.Start, path), key));
                return [];
            case var other:
                faults.Add(Problem.Plan.WrongType(faults.At(other.Start, Below(key)), "列表", "a list", Shown(other)));
                return [];
        }
    }

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
                    faults.Add(Problem.Plan.MissingKey(faults.At(node.Start, path), key));
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
