using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weipian.Tests.House;

/// <summary>The catalogue of refusals and its documentation are the same list.</summary>
public sealed class RefusalDocumentationTests
{
    private const string Documentation = "docs/errors.md";

    /// <summary>Every <c>new(…)</c> in the catalogue, with the maker that it stands in.</summary>
    private static readonly IReadOnlyList<(string Code, string Maker, BaseObjectCreationExpressionSyntax Creation, string At)> Made =
    [
        .. from file in SourceTree.Under("src/Refusals/")
        from creation in file.Root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
        let code = (creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax)?.Token.Value as string
        let maker = creation.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()
        where code is not null && maker?.ReturnType.ToString() == "Problem"
        select (
            code,
            $"{creation.Ancestors().OfType<ClassDeclarationSyntax>().First().Identifier.Text}.{maker.Identifier.Text}",
            creation,
            file.At(creation)
        ),
    ];

    private static readonly IReadOnlyList<(string Code, string Text)> Sections =
    [
        .. Regex
            .Split(SourceTree.Text(Documentation), "^## ", RegexOptions.Multiline)
            .Skip(1)
            .Select(s => s.Split('\n', 2))
            .Select(s => (s[0].Trim(), s[1].Trim())),
    ];

    [Fact]
    public void Every_code_has_exactly_one_section_and_every_section_a_code()
    {
        Assert.NotEmpty(Made);
        var codes = Made.Select(m => m.Code).Distinct().ToList();
        var twice = Sections.GroupBy(s => s.Code).Where(g => g.Count() > 1).Select(g => $"two sections: {g.Key}");
        var undocumented = codes.Except(Sections.Select(s => s.Code)).Select(c => $"no section: {c}");
        var strange = Sections.Select(s => s.Code).Except(codes).Select(c => $"no such code: {c}");
        Breaches.None(twice.Concat(undocumented).Concat(strange));
    }

    [Fact]
    public void Every_section_says_when_it_happens_and_what_to_do() =>
        Breaches.None(Sections.Where(s => !Regex.IsMatch(s.Text, @"^[A-Z`].{30,}[.]$", RegexOptions.Singleline)).Select(s => s.Code));

    [Fact]
    public void A_code_is_stable_to_type()
    {
        Breaches.None(
            Made.Where(m => !Regex.IsMatch(m.Code, @"^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$")).Select(m => $"{m.At}: {m.Code}")
        );
        Breaches.None(
            Made.GroupBy(m => m.Code).Where(g => g.Select(m => m.Maker).Distinct().Count() > 1).Select(g => $"two makers: {g.Key}")
        );
    }

    [Fact]
    public void Every_sentence_is_in_its_language()
    {
        var breaches =
            from made in Made
            from argument in made.Creation.ArgumentList!.Arguments
            let name = argument.NameColon?.Name.Identifier.Text
            where name is "chinese" or "english"
            let words = string.Concat(argument.DescendantTokens().Where(IsText).Select(t => t.ValueText))
            let han = Regex.IsMatch(words, @"\p{IsCJKUnifiedIdeographs}")
            where words.Length == 0 || (name == "chinese" && !han) || (name == "english" && !Regex.IsMatch(words, "[a-z]{2}"))
            select $"{made.At}: {name} of {made.Code}";
        Breaches.None(breaches);
    }

    [Fact]
    public void Every_maker_is_used()
    {
        var used = SourceTree
            .Under("src/")
            .Where(f => !f.Path.StartsWith("src/Refusals/", StringComparison.Ordinal))
            .SelectMany(f => f.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
            .Select(m => m.ToString())
            .Concat(SourceTree.Files.Where(f => f.EndsWith(".razor", StringComparison.Ordinal)).Select(SourceTree.Text))
            .Where(text => text.Contains("Problem.", StringComparison.Ordinal))
            .ToList();
        Breaches.None(
            Made.Where(m => !used.Any(u => u.Contains($"Problem.{m.Maker}", StringComparison.Ordinal)))
                .Select(m => $"{m.At}: nothing uses {m.Maker}")
        );
    }

    private static bool IsText(SyntaxToken token) =>
        token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken);
}
