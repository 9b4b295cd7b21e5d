using System.Globalization;
using System.Text;
using Weipian.Law;
using YamlDotNet.RepresentationModel;

namespace Weipian.Flow.Determinations;

/// <summary>One value of a law file written otherwise, in a copy that nobody keeps.</summary>
internal static class LawEdit
{
    /// <summary>What a period says when it has no value.</summary>
    private static readonly string[] Valueless = ["unset", "gap"];

    /// <param name="file">A file of dated values.</param>
    /// <param name="name">Name of the value in it.</param>
    /// <param name="from">First day of the period.</param>
    /// <param name="value">What is to stand there.</param>
    public static LawFile Of(LawFile file, string name, DateOnly from, string value)
    {
        var yaml = new YamlStream();
        using (var reader = new StringReader(Encoding.UTF8.GetString(file.Content.Span)))
            yaml.Load(reader);
        var values = (YamlMappingNode)yaml.Documents[0].RootNode["values"];
        var period = (YamlMappingNode)values[name][from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        foreach (var none in Valueless)
            period.Children.Remove(new YamlScalarNode(none));
        period.Children[new YamlScalarNode("value")] = new YamlScalarNode(value);
        // What is supposed was read in no source.
        period.Children[new YamlScalarNode("confidence")] = new YamlScalarNode("derived");
        var text = new StringWriter(CultureInfo.InvariantCulture);
        yaml.Save(text, assignAnchors: false);
        return new(file.Path, Encoding.UTF8.GetBytes(text.ToString().TrimEnd('.', '\n', '\r') + "\n"));
    }
}
