using System.Text.RegularExpressions;
using Weipian.Flow.Plan;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weipian.Tests.Flow.Plan;

/// <summary>The schema that editors use and the loader that decides say the same about the form of a plan.</summary>
public sealed class PlanSchemaTests
{
    private static readonly string Plans = Path.Combine(Repository.Root, "plans");
    private static readonly PlanSchema Schema = new(File.ReadAllText(Path.Combine(Plans, "plan.schema.json")));

    private static readonly Dictionary<string, Action<YamlMappingNode, string>> Damages = new(StringComparer.Ordinal)
    {
        ["left out"] = (m, key) => m.Children.Remove(key),
        ["misspelt"] = (m, key) =>
        {
            m.Add(key + "x", m.Children[key]);
            m.Children.Remove(key);
        },
        ["a word"] = (m, key) => m.Children[key] = new YamlScalarNode("Nonsense word"),
        ["a number"] = (m, key) => m.Children[key] = new YamlScalarNode("7") { Style = ScalarStyle.Plain },
        ["a list"] = (m, key) => m.Children[key] = new YamlSequenceNode { new YamlMappingNode() },
        ["an empty list"] = (m, key) => m.Children[key] = new YamlSequenceNode { },
        ["a mapping"] = (m, key) => m.Children[key] = new YamlMappingNode(),
    };

    [Theory]
    [InlineData("zhoucun-2019.yaml")]
    [InlineData("examples/liechtenstein.yaml")]
    public void The_schema_accepts_the_plans_of_the_house(string file) => Assert.True(Schema.Accepts(Document(file)));

    [Fact]
    public void Schema_and_loader_refuse_the_same_form()
    {
        var disagreements = new List<string>();
        var specimen = Written(Specimen());
        foreach (var place in Walk(Read(specimen), ""))
        foreach (var (damage, apply) in Damages)
        {
            var document = Read(specimen);
            var (parent, key) = Find(document, place);
            apply(parent, key);
            var (bySchema, byLoader) = (Schema.Accepts(document), FormIsSound(Written(document)));
            if (bySchema != byLoader)
                disagreements.Add($"{place} {damage}: the schema says {bySchema}, the loader {byLoader}");
        }
        Assert.Empty(disagreements);
    }

    /// <summary>True unless the loader names a fault that one value alone can show: dangling references are beyond a schema.</summary>
    private static bool FormIsSound(string plan)
    {
        var refused = Record.Exception(() => WorkPlan.Parse(plan, "plan.yaml")) as Problem;
        var faults = (refused?.English ?? "").Split('\n').Where(f => f.StartsWith("plan.yaml:", StringComparison.Ordinal));
        return faults.All(f => f.Contains("there is no '") || f.Contains("faults and nothing was loaded"));
    }

    /// <summary>The largest plan with the first row of every list, so that each damage is read in a moment.</summary>
    private static YamlMappingNode Specimen()
    {
        var document = Document("zhoucun-2019.yaml");
        foreach (var list in document.AllNodes.OfType<YamlSequenceNode>().ToList())
            while (list.Children.Count > 1)
                list.Children.RemoveAt(1);
        return document;
    }

    private static YamlMappingNode Document(string file) => Read(File.ReadAllText(Path.Combine(Plans, file)));

    private static YamlMappingNode Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static string Written(YamlMappingNode document)
    {
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(document)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    private static IEnumerable<string> Walk(YamlNode node, string path) =>
        node switch
        {
            YamlMappingNode m => m.Children.SelectMany(c => Walk(c.Value, $"{path}.{c.Key}").Prepend($"{path}.{c.Key}")),
            YamlSequenceNode s => s.Children.SelectMany((item, i) => Walk(item, $"{path}[{i}]")),
            _ => [],
        };

    private static (YamlMappingNode Parent, string Key) Find(YamlMappingNode root, string place)
    {
        YamlNode at = root;
        var steps = Regex.Matches(place, @"\.(\w+)|\[(\d+)\]");
        foreach (Match step in steps.Take(steps.Count - 1))
            at = step.Groups[1].Success ? at[step.Groups[1].Value] : at[int.Parse(step.Groups[2].Value)];
        return ((YamlMappingNode)at, steps[^1].Groups[1].Value);
    }
}
