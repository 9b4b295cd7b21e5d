using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weipian.Law.Loading;

/// <summary>A node of a law file with its place, so that every refusal names line and column.</summary>
internal sealed class LawYaml
{
    private readonly YamlNode node;

    private LawYaml(string file, YamlNode node, Mark at) => (File, this.node, Start) = (file, node, at);

    public string File { get; }

    public Mark Start { get; }

    /// <summary>The one document of a file, which must be a mapping.</summary>
    public static LawYaml Parse(LawFile file)
    {
        var stream = new YamlStream();
        Scanner? scanner = null;
        try
        {
            scanner = new(new StringReader(new UTF8Encoding(false, true).GetString(file.Content.Span)));
            stream.Load(new Parser(scanner));
        }
        catch (YamlException e)
        {
            throw Problem.Law.Malformed(
                file.Path,
                e.Start.Line,
                e.Start.Column,
                $"不是有效的 YAML（{e.Message}）",
                $"not valid YAML ({e.Message})"
            );
        }
        catch (InvalidOperationException) when (scanner is not null)
        {
            // The scanner gives up on some malformed text in this way instead of with a YamlException.
            var at = scanner.CurrentPosition;
            throw Problem.Law.Malformed(file.Path, at.Line, at.Column, "不是有效的 YAML", "not valid YAML");
        }
        catch (DecoderFallbackException)
        {
            throw Problem.Law.Malformed(file.Path, 1, 1, "不是 UTF-8 文本", "not UTF-8 text");
        }
        if (stream.Documents.Count != 1)
            throw Problem.Law.Malformed(file.Path, 1, 1, "应有且只有一个 YAML 文档", "one YAML document is expected");
        var root = stream.Documents[0].RootNode;
        return new(file.Path, root, root.Start);
    }

    public Problem Malformed(string chinese, string english) => Problem.Law.Malformed(File, Start.Line, Start.Column, chinese, english);

    public bool IsMap => node is YamlMappingNode;

    /// <summary>The fields of a mapping; anything not in <paramref name="allowed"/> is refused.</summary>
    public LawYaml OnlyFields(params string[] allowed)
    {
        foreach (var (name, value) in Fields())
            if (!allowed.Contains(name, StringComparer.Ordinal))
                throw Problem.Law.UnknownField(File, value.KeyStart.Line, value.KeyStart.Column, name, string.Join(", ", allowed));
        return this;
    }

    /// <summary>Where the name of this field stands; the node itself for a root or an item.</summary>
    public Mark KeyStart { get; private init; }

    public IEnumerable<(string Name, LawYaml Value)> Fields()
    {
        if (node is not YamlMappingNode map)
            throw Malformed("此处应为键值映射", "a mapping is expected here");
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
                throw Problem.Law.Malformed(File, key.Start.Line, key.Start.Column, "键应为文本", "a key must be plain text");
            yield return (name, new(File, value, value.Start) { KeyStart = key.Start });
        }
    }

    public LawYaml? Optional(string field)
    {
        foreach (var (name, value) in Fields())
            if (name == field && !value.IsNull)
                return value;
        return null;
    }

    public LawYaml Require(string field) => Optional(field) ?? throw Malformed($"缺少字段“{field}”", $"the field '{field}' is missing");

    /// <summary>True when the field stands there, be it null.</summary>
    public bool Has(string field) => Fields().Any(f => f.Name == field);

    public bool IsNull => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" };

    public IEnumerable<LawYaml> Items()
    {
        if (node is not YamlSequenceNode sequence)
            throw Malformed("此处应为列表", "a list is expected here");
        return sequence.Children.Select(c => new LawYaml(File, c, c.Start) { KeyStart = c.Start });
    }

    public string Text =>
        node is YamlScalarNode { Value: { Length: > 0 } text } && !IsNull ? text : throw Malformed("此处应为文本", "text is expected here");

    public DateOnly Date =>
        TryDate(Text, out var day) ? day : throw Malformed($"“{Text}”不是 yyyy-MM-dd 日期", $"'{Text}' is not a date yyyy-MM-dd");

    public bool Switch =>
        Text switch
        {
            "true" => true,
            "false" => false,
            _ => throw Malformed($"“{Text}”应为 true 或 false", $"'{Text}' must be true or false"),
        };

    public decimal Number =>
        decimal.TryParse(Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Malformed($"“{Text}”不是数", $"'{Text}' is not a number");

    /// <summary>One text, or a list of texts.</summary>
    public IReadOnlyList<LawYaml> OneOrMore() => node is YamlSequenceNode ? [.. Items()] : [this];

    public static bool TryDate(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
