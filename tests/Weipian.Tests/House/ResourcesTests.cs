using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Weipian.Tests.House;

/// <summary>Every text of the interface exists in Chinese and English, with the same blanks to fill.</summary>
public sealed class ResourcesTests
{
    [Fact]
    public void Both_languages_have_the_same_texts()
    {
        var sets = SourceTree
            .Files.Where(f => f.EndsWith(".resx", StringComparison.Ordinal))
            .GroupBy(f => Regex.Replace(f, @"(\.[a-z]{2}(-[A-Z]{2})?)?\.resx$", ""))
            .ToList();
        var alone = sets.Where(s => s.Count() < 2).Select(s => $"{s.Key}: one language only");
        var unequal =
            from set in sets
            let texts = set.Select(f => (File: f, Texts: Read(f))).ToList()
            let keys = texts.SelectMany(t => t.Texts.Keys).ToHashSet(StringComparer.Ordinal)
            from language in texts
            from key in keys
            let fault = FaultOf(language.Texts.GetValueOrDefault(key), texts[0].Texts.GetValueOrDefault(key))
            where fault is not null
            select $"{language.File}: {key}: {fault}";
        Breaches.None(alone.Concat(unequal));
    }

    [Fact]
    public void Chinese_texts_are_Chinese_and_English_ones_are_not()
    {
        var breaches =
            from file in SourceTree.Files
            where file.EndsWith(".resx", StringComparison.Ordinal)
            let english = file.EndsWith(".en.resx", StringComparison.Ordinal)
            from text in Read(file)
            let han = Regex.IsMatch(text.Value, @"\p{IsCJKUnifiedIdeographs}")
            where
                english && !han
                    ? false
                    : english && !text.Key.Contains("Chinese", StringComparison.Ordinal) && !Regex.IsMatch(text.Value, "[A-Za-z]")
            select $"{file}: {text.Key}: {text.Value}";
        Breaches.None(breaches);
    }

    private static string? FaultOf(string? text, string? first) =>
        string.IsNullOrWhiteSpace(text) ? "missing"
        : first is not null && Blanks(text) != Blanks(first) ? "other blanks than the first language"
        : null;

    private static string Blanks(string text) =>
        string.Join(' ', Regex.Matches(text, @"\{\d+[^}]*\}").Select(m => m.Value[1..2]).Distinct().Order());

    private static Dictionary<string, string> Read(string file) =>
        XDocument
            .Load(SourceTree.Full(file))
            .Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);
}
