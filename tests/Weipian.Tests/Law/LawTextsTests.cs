using System.Text.RegularExpressions;
using Weipian.Law;
using YamlDotNet.RepresentationModel;

namespace Weipian.Tests.Law;

/// <summary>What an article says, and every note, stand in the book in Chinese and in English.</summary>
public sealed partial class LawTextsTests
{
    private static IEnumerable<(string Path, string Text)> YamlFiles() =>
        RealLaw.Files().Where(f => f.Key.EndsWith(".yaml", StringComparison.Ordinal)).Select(f => (f.Key, f.Value));

    /// <summary>Every field <c>says</c>, <c>note</c>, <c>when</c> and <c>hint</c> of the folder, however deep, and every source.</summary>
    private static IEnumerable<(string Where, YamlNode Node)> Texts() =>
        YamlFiles()
            .SelectMany(f =>
            {
                var yaml = new YamlStream();
                yaml.Load(new StringReader(f.Text));
                return yaml.Documents[0]
                    .RootNode.AllNodes.OfType<YamlMappingNode>()
                    .SelectMany(m => m.Children)
                    .Where(c =>
                        c.Key is YamlScalarNode { Value: "says" or "note" or "when" or "hint" }
                        || (f.Path == "sources.yaml" && c.Value is YamlMappingNode)
                    )
                    .Select(c => ($"{f.Path}:{c.Key.Start.Line}", c.Value));
            });

    [Fact]
    public void Every_text_stands_there_in_both_languages()
    {
        var texts = Texts().ToList();
        Assert.True(texts.Count > 390, $"only {texts.Count} texts");
        foreach (var (where, node) in texts)
        {
            var both = Assert.IsType<YamlMappingNode>(node);
            Assert.Equal(["zh", "en"], both.Children.Keys.Select(k => k.ToString()));
            AssertBoth(where, both["zh"].ToString(), both["en"].ToString());
        }
    }

    [Fact]
    public void Every_note_of_a_table_that_is_shown_stands_there_in_both_languages()
    {
        var lines = RealLaw.Files()["rules/regions.csv"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith(",note,note_zh", lines[0].TrimEnd('\r'), StringComparison.Ordinal);
        var notes = lines.Skip(1).Select(l => l.TrimEnd('\r').Split(',')[^2..]).ToList();
        Assert.All(notes, n => Assert.Equal(n[0].Length == 0, n[1].Length == 0));
        foreach (var note in notes.Where(n => n[0].Length > 0))
            AssertBoth("rules/regions.csv", note[1], note[0]);
    }

    /// <summary>One English text has one Chinese everywhere, and the other way round.</summary>
    [Fact]
    public void A_text_that_returns_says_the_same_in_the_other_language()
    {
        var both = Texts().Select(t => (Zh: t.Node["zh"].ToString(), En: t.Node["en"].ToString())).Distinct().ToList();
        Assert.Equal(both.Count, both.Select(b => b.En).Distinct().Count());
        Assert.Equal(both.Count, both.Select(b => b.Zh).Distinct().Count());
    }

    /// <summary>A fact that one language marks as recalled or as not found, the other marks too.</summary>
    [Fact]
    public void What_is_recalled_or_was_not_found_is_said_in_both_languages()
    {
        foreach (var (where, node) in Texts())
        {
            var (zh, en) = (node["zh"].ToString(), node["en"].ToString());
            var asSaid = $"{where}: {zh} / {en}";
            Assert.True(en.Contains("recalled", StringComparison.Ordinal) == zh.Contains("凭记忆", StringComparison.Ordinal), asSaid);
            Assert.True(en.Contains("derived", StringComparison.Ordinal) == zh.Contains("推定", StringComparison.Ordinal), asSaid);
            Assert.True(NotFound().IsMatch(en) == zh.Contains("未查到", StringComparison.Ordinal), asSaid);
        }
    }

    [Fact]
    public void The_Chinese_has_no_number_that_the_English_has_not()
    {
        foreach (var (where, node) in Texts())
        foreach (Match number in Figures().Matches(node["zh"].ToString()))
            Assert.True(
                node["en"].ToString().Contains(number.Value, StringComparison.Ordinal),
                $"{where}: {number.Value} in {node["zh"]} / {node["en"]}"
            );
    }

    /// <summary>One file of each kind, with its text written plainly on the line where it stands.</summary>
    [Theory]
    [InlineData("book.yaml", 6, 7)]
    [InlineData("sources.yaml", 3, 7)]
    [InlineData("verdicts/flags.yaml", 2, 69)]
    [InlineData("calendars/working-days.yaml", 9, 7)]
    [InlineData("land-classes/standards.yaml", 11, 9)]
    [InlineData("verdicts/tree-land-2026.yaml", 6, 7)]
    [InlineData("verdicts/tree-mineral-2018.yaml", 6, 7)]
    [InlineData("cn/patch-enforcement-notice-2019/instrument.yaml", 3, 7)]
    [InlineData("practice/county-gates/city.yaml", 2, 7)]
    [InlineData("practice/county-gates/reporting.yaml", 2, 7)]
    [InlineData("house/overlay/sliver.yaml", 2, 7)]
    public void A_plain_text_is_refused_at_its_place(string path, int line, int column)
    {
        var files = RealLaw.Files();
        files[path] = RealLaw.InOneLanguage(files[path]);
        var refused = Assert.Throws<Problem>(() => RealLaw.Read(files));
        Assert.Equal("law.malformed", refused.Code);
        Assert.StartsWith($"Law file {path}:{line}:{column}:", refused.English, StringComparison.Ordinal);
        Assert.Contains($"第 {line} 行第 {column} 列", refused.Chinese, StringComparison.Ordinal);
        Assert.Contains("in both languages", refused.English, StringComparison.Ordinal);
    }

    /// <summary>The note of one row of a tree, and of one period.</summary>
    [Theory]
    [InlineData("verdicts/tree-land-2018.yaml", "note: { zh: 未载入供地图层的，是情况不明，不是没有供地。, en:", "note: A layer", 22)]
    [InlineData("cn/administrative-coercion-law/56.yaml", "note: { zh: 规定早于此日；自工作日历首日起列出, en:", "note: the rule", 13)]
    public void A_plain_note_is_refused_at_its_place(string path, string find, string instead, int line)
    {
        var files = RealLaw.Files();
        var lines = files[path].Split('\n');
        Assert.Contains(find, lines[line - 1], StringComparison.Ordinal);
        var column = lines[line - 1].IndexOf("note: ", StringComparison.Ordinal) + "note: ".Length + 1;
        lines[line - 1] = lines[line - 1][..lines[line - 1].IndexOf("note: ", StringComparison.Ordinal)] + instead;
        files[path] = string.Join('\n', lines);
        var refused = Assert.Throws<Problem>(() => RealLaw.Read(files));
        Assert.StartsWith($"Law file {path}:{line}:{column}:", refused.English, StringComparison.Ordinal);
    }

    /// <summary>Sealed verdicts keep their book as it was.</summary>
    [Fact]
    public void A_book_kept_from_before_speaks_with_its_one_text_in_both_languages()
    {
        var files = RealLaw.Files().ToDictionary(f => f.Key, f => RealLaw.InOneLanguage(f.Value), StringComparer.Ordinal);
        foreach (var file in files.Where(f => f.Key.EndsWith(".yaml", StringComparison.Ordinal)))
            Assert.DoesNotMatch(Both(), file.Value);
        Assert.Throws<Problem>(() => RealLaw.Read(files));
        var kept = LawBook.Read(files.Select(f => new LawFile(f.Key, System.Text.Encoding.UTF8.GetBytes(f.Value))), isKept: true);
        Assert.Equal(RealLaw.Book.Entries.Select(e => (e.Key, e.Says.English)), kept.Entries.Select(e => (e.Key, e.Says.English)));
        Assert.All(kept.Entries, e => Assert.Equal(e.Says.English, e.Says.Chinese));
        Assert.All(
            kept.Entries.SelectMany(e => e.Periods).Zip(RealLaw.Book.Entries.SelectMany(e => e.Periods)),
            p => Assert.Equal(p.Second with { Note = p.Second.Note is { } note ? (note.English, note.English) : null }, p.First)
        );
    }

    private static void AssertBoth(string where, string chinese, string english)
    {
        Assert.True(Han().IsMatch(chinese), $"{where}: {chinese}");
        Assert.False(ChinesePunctuation().IsMatch(english), $"{where}: {english}");
        Assert.True(Latin().IsMatch(english), $"{where}: {english}");
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex("[\u3000-\u303F\uFF00-\uFFEF]")]
    private static partial Regex ChinesePunctuation();

    [GeneratedRegex("[A-Za-z]{2}")]
    private static partial Regex Latin();

    [GeneratedRegex(@"\bnot found\b|\bno\b[^.;]* was found\b")]
    private static partial Regex NotFound();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Figures();

    [GeneratedRegex(@"(?<![\w-])(?:says|note):\s*(?:\{ )?zh:")]
    private static partial Regex Both();
}
