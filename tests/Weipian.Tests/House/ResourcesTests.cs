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
        // MudTexts translates a library whose English texts are built in.
        var alone = sets.Where(s => s.Count() < 2 && !s.Key.EndsWith("/MudTexts", StringComparison.Ordinal))
            .Select(s => $"{s.Key}: one language only");
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

    /// <summary>What a rule says is short stands on the screen with its unit: a unit without a text takes the whole page down.</summary>
    [Fact]
    public void Every_unit_of_a_shortfall_has_a_text()
    {
        var units =
            from file in SourceTree.Under("src/Flow/4-Determination/")
            from Match use in Regex.Matches(file.Root.ToString(), @"Shortfall\b[^;]{0,120}?new\([^;""]*""(\w+)""\)")
            select use.Groups[1].Value;
        // A limit of the law is short by its own unit; what is owed in money is no shortfall of a patch.
        var vocabulary = SourceTree.Text("src/Law/Loading/LawVocabulary.cs");
        var ofLaw =
            from Match line in Regex.Matches(vocabulary, @"string\[\] (?:Areas|Numbers) = \[(.*)\];|\[(""\w+"")\] = TermUnit")
            from Match name in Regex.Matches(line.Value, @"""(\w+)""")
            select name.Groups[1].Value;
        var all = units.Concat(ofLaw.Where(u => u != "yuan")).Distinct().ToList();
        Assert.Superset(new HashSet<string>(["mu", "metre", "working_day"]), all.ToHashSet(StringComparer.Ordinal));
        Breaches.None(all.Where(u => !Weipian.Web.Texts.Say.Has("measure." + u)));
    }

    /// <summary>A text stands in one set only: of two, nobody knows which one is shown.</summary>
    [Fact]
    public void No_text_stands_in_two_sets()
    {
        var breaches =
            from file in SourceTree.Files
            where Regex.IsMatch(file, @"^src/Web/Texts/\w+\.resx$")
            from key in Read(file).Keys
            group file by key into sets
            where sets.Count() > 1
            select $"{sets.Key}: {string.Join(", ", sets)}";
        Breaches.None(breaches);
    }

    /// <summary>An English text that was left in Chinese, or a Chinese one that was left out of it, is noticed by its letters.</summary>
    [Fact]
    public void English_texts_are_English()
    {
        var breaches =
            from file in SourceTree.Files
            where file.EndsWith(".en.resx", StringComparison.Ordinal)
            from text in Read(file)
            let han = Regex.Count(text.Value, @"\p{IsCJKUnifiedIdeographs}")
            // A statutory term may stand in brackets beside the English one.
            where han > 0 && han * 2 > text.Value.Length
            select $"{file}: {text.Key}: {text.Value}";
        Breaches.None(breaches);
    }

    /// <summary>A page and a map script hold no text of their own: comments aside, no Chinese stands outside the resources.</summary>
    [Fact]
    public void Pages_and_scripts_hold_no_Chinese_of_their_own()
    {
        var comment = new Regex(@"@\*.*?\*@|/\*.*?\*/|//[^\n]*|<!--.*?-->", RegexOptions.Singleline);
        var breaches =
            from file in SourceTree.Files
            where Regex.IsMatch(file, @"^src/.*\.(razor|ts)$")
            let text = comment.Replace(SourceTree.Text(file), m => new string('\n', m.Value.Count(c => c == '\n')))
            from line in text.Split('\n').Index()
            // A switch of languages calls each by its own name.
            where Regex.IsMatch(line.Item.Replace("\"中文\"", "", StringComparison.Ordinal), @"\p{IsCJKUnifiedIdeographs}")
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}";
        Breaches.None(breaches);
    }

    /// <summary>Keys that are put together at run time are checked where they are put together.</summary>
    [Fact]
    public void Every_text_that_a_page_asks_for_exists()
    {
        var texts = SourceTree
            .Files.Where(f => f.EndsWith(".resx", StringComparison.Ordinal))
            .SelectMany(f => Read(f).Keys)
            .ToHashSet(StringComparer.Ordinal);
        var breaches =
            from file in SourceTree.Files
            where Regex.IsMatch(file, @"^src/Web/.*\.(razor|cs)$")
            from Match asked in Regex.Matches(SourceTree.Text(file), @"(?<![\w.])T\(""([^""{]+)""[,)]")
            where !texts.Contains(asked.Groups[1].Value)
            select $"{file}: {asked.Groups[1].Value}";
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
