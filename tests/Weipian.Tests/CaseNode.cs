using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Weipian.Tests;

/// <summary>A case as a lawyer writes it, one mapping of a file under <c>tests/cases</c>.</summary>
/// <remarks>A field that is not there is null; a field that nobody asked for is told by <see cref="Unread"/>, so that a word that is
/// spelt wrongly does not pass in silence.</remarks>
public sealed class CaseNode
{
    private readonly YamlMappingNode node;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly List<CaseNode> inner = [];

    private CaseNode(YamlMappingNode node) => this.node = node;

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "cases");

    /// <summary>Every case of a folder by its name, which no two have.</summary>
    public static IReadOnlyDictionary<string, CaseNode> All(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Folder, folder), "*.yaml")
            .Order(StringComparer.Ordinal)
            .SelectMany(Read)
            .ToDictionary(c => c.Text("case")!, StringComparer.Ordinal);

    public static IEnumerable<CaseNode> Read(string file)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(file);
        yaml.Load(reader);
        foreach (var one in (YamlSequenceNode)yaml.Documents[0].RootNode)
            yield return new((YamlMappingNode)one);
    }

    public bool Has(string key) => Child(key) is not null;

    public string? Text(string key) => (Child(key) as YamlScalarNode)?.Value;

    public decimal? Number(string key) => Text(key) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    public double Amount(string key) => (double)(Number(key) ?? 0);

    public bool Says(string key) => Text(key) == "yes";

    public DateOnly? Day(string key) =>
        Text(key) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    public CaseNode? Map(string key) => Child(key) is YamlMappingNode map ? Inner(map) : null;

    public IReadOnlyList<CaseNode> List(string key) =>
        Child(key) is YamlSequenceNode list ? [.. list.Cast<YamlMappingNode>().Select(Inner)] : [];

    /// <summary>Fields that were never asked for, here and below.</summary>
    public IReadOnlyList<string> Unread =>
        [
            .. node.Children.Keys.Select(k => ((YamlScalarNode)k).Value!).Where(k => !asked.Contains(k)),
            .. inner.SelectMany(i => i.Unread).Distinct(StringComparer.Ordinal),
        ];

    private YamlNode? Child(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;
    }

    private CaseNode Inner(YamlMappingNode map)
    {
        if (inner.Find(i => ReferenceEquals(i.node, map)) is { } known)
            return known;
        var made = new CaseNode(map);
        inner.Add(made);
        return made;
    }
}
