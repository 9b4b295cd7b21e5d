using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weipian.Tests.House;

/// <summary>The documents point at what exists and list what there is.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Every_link_leads_to_a_file()
    {
        var breaches =
            from file in SourceTree.Files
            where file.EndsWith(".md", StringComparison.Ordinal)
            from Match link in Regex.Matches(SourceTree.Text(file), @"\]\(([^)\s#]+)(#[^)\s]*)?\)")
            let target = link.Groups[1].Value
            where !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target))
            select $"{file}: {target}";
        Breaches.None(breaches);
    }

    [Fact]
    public void Every_decision_record_is_listed_once_and_has_its_three_parts()
    {
        var list = SourceTree.Text("docs/decisions/README.md");
        var records = SourceTree.Files.Where(f => Regex.IsMatch(f, @"^docs/decisions/\d{4}-[a-z0-9-]+\.md$")).ToList();
        Assert.NotEmpty(records);
        string[] parts = ["## Context", "## Decision", "## Consequences"];
        var unlisted = records
            .Where(r => Regex.Count(list, Regex.Escape($"({Path.GetFileName(r)})")) != 1)
            .Select(r => $"not listed once: {r}");
        var numbers = records.GroupBy(r => Path.GetFileName(r)[..4]).Where(g => g.Count() > 1).Select(g => $"number used twice: {g.Key}");
        var unfinished = records.Where(r => !parts.All(SourceTree.Text(r).Contains)).Select(r => $"a part is missing: {r}");
        Breaches.None(unlisted.Concat(numbers).Concat(unfinished));
    }

    [Fact]
    public void Every_file_of_decisions_is_a_record_or_the_list() =>
        Breaches.None(
            SourceTree.Files.Where(f =>
                f.StartsWith("docs/decisions/", StringComparison.Ordinal)
                && !Regex.IsMatch(f, @"^docs/decisions/(\d{4}-[a-z0-9-]+|README)\.md$")
            )
        );

    /// <summary>A setting that nobody documents is one that nobody finds.</summary>
    [Fact]
    public void Every_setting_is_documented()
    {
        var setting = new Regex("WEIPIAN_[A-Z][A-Z_]*");
        var documented = setting.Matches(SourceTree.Text("docs/ARCHITECTURE.md")).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        var breaches =
            from file in SourceTree.TextFiles
            where !file.EndsWith(".md", StringComparison.Ordinal) && !file.EndsWith("/DocumentationTests.cs", StringComparison.Ordinal)
            from Match found in setting.Matches(SourceTree.Text(file))
            where !documented.Contains(found.Value)
            select $"{file}: {found.Value} is not in docs/ARCHITECTURE.md";
        Breaches.None(breaches);
    }

    /// <summary>What a document tells a reader to type exists.</summary>
    [Fact]
    public void Every_verb_that_a_document_names_exists()
    {
        var verbs = SourceTree
            .Under("src/Web/Verbs/")
            .SelectMany(f => f.Root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
            .Select(c => (c.ArgumentList?.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax)?.Token.ValueText)
            .ToHashSet(StringComparer.Ordinal);
        var breaches =
            from file in SourceTree.Files
            where file.EndsWith(".md", StringComparison.Ordinal)
            from Match named in Regex.Matches(SourceTree.Text(file), @"(?:^|`|\./)weipian (?<verb>[a-z][a-z-]+)", RegexOptions.Multiline)
            let verb = named.Groups["verb"].Value
            where !verbs.Contains(verb)
            select $"{file}: weipian {verb}";
        Breaches.None(breaches);
    }

    /// <summary>A type that the glossary gives for a term exists.</summary>
    [Fact]
    public void Every_type_of_the_glossary_exists()
    {
        var types = SourceTree
            .Under("src/")
            .SelectMany(f => f.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Select(t => t.Identifier.Text)
            .ToHashSet(StringComparer.Ordinal);
        var named =
            from line in SourceTree.Text("docs/GLOSSARY.md").Split('\n')
            where line.StartsWith("| ", StringComparison.Ordinal)
            from Match type in Regex.Matches(line.Split('|')[^2], "`([A-Z][A-Za-z]+)`")
            select type.Groups[1].Value;
        Breaches.None(named.Except(types));
    }
}
