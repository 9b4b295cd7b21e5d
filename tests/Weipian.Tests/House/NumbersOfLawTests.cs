using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weipian.Tests.House;

/// <summary>A number that comes from law lives in <c>law/</c>, one that comes from a plan in <c>plans/</c>: rules hold none.</summary>
public sealed class NumbersOfLawTests
{
    /// <summary>Counting, signs and halves; everything else in a rule is somebody's decision and belongs where it is cited.</summary>
    private static readonly decimal[] Harmless = [0, 1, 2];

    /// <summary>What decides; the facts beside it read tables and forms and may count their columns.</summary>
    private static readonly IReadOnlyList<SourceFile> Rules =
    [
        .. SourceTree.Under("src/Flow/4-Determination/").Where(f => !f.Path.Contains("/Facts/", StringComparison.Ordinal)),
    ];

    [Fact]
    public void A_rule_holds_no_number_of_law()
    {
        var breaches =
            from file in Rules
            from literal in file.Root.DescendantNodes().OfType<LiteralExpressionSyntax>()
            where literal.IsKind(SyntaxKind.NumericLiteralExpression) && !IsHarmless(literal) && !IsDeclaredTolerance(literal)
            select $"{file.At(literal)}: {literal} belongs in law/, plans/ or a constant named …Tolerance, …Digits, …Decimals, …PerWhole";
        Breaches.None(breaches);
    }

    /// <summary>No rule compares with a date written into the code: which rule holds when is data.</summary>
    [Fact]
    public void A_rule_holds_no_date()
    {
        var breaches =
            from file in Rules
            from creation in file.Root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
            where Regex.IsMatch(creation.Type.ToString(), @"(^|\.)(DateOnly|DateTime|DateTimeOffset)$")
            where creation.DescendantNodes().OfType<LiteralExpressionSyntax>().Any(l => l.IsKind(SyntaxKind.NumericLiteralExpression))
            select $"{file.At(creation)}: {creation}";
        Breaches.None(breaches);
    }

    private static bool IsHarmless(LiteralExpressionSyntax literal) =>
        literal.Token.Value is { } value && Harmless.Contains(Convert.ToDecimal(value, CultureInfo.InvariantCulture));

    /// <summary>A constant whose name says that it is a geometric tolerance, or the form of a number or a code: no decision of
    /// anybody.</summary>
    private static bool IsDeclaredTolerance(LiteralExpressionSyntax literal) =>
        literal.Ancestors().OfType<FieldDeclarationSyntax>().FirstOrDefault() is { } field
        && field.Modifiers.Any(SyntaxKind.ConstKeyword)
        && field.Declaration.Variables.All(v => Regex.IsMatch(v.Identifier.Text, "Tolerance|(Digits|Decimals|PerWhole)$"));
}
