using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Weipian.Tests.House;

/// <summary>How we write, as tests: lengths, names, and calls that have a better replacement.</summary>
public sealed class StyleTests
{
    private const int FunctionLines = 70;
    private const int LineCharacters = 140;

    /// <summary>What may not be called, and what to call instead.</summary>
    private static readonly (string Call, string Instead)[] Banned =
    [
        ("DateTime.Now", "TimeProvider, injected"),
        ("DateTime.UtcNow", "TimeProvider, injected"),
        ("DateTime.Today", "TimeProvider, injected, and the day in Asia/Shanghai"),
        ("DateTimeOffset.Now", "TimeProvider, injected"),
        ("DateTimeOffset.UtcNow", "TimeProvider, injected"),
        ("TimeZoneInfo.Local", "the zone Asia/Shanghai, by name"),
        ("Thread.Sleep", "await Task.Delay with a TimeProvider, or the event itself"),
        ("Random.Shared", "a generator with a stated seed, or RandomNumberGenerator"),
        ("Database.EnsureCreated", "Database.Migrate"),
        ("Database.EnsureCreatedAsync", "Database.MigrateAsync"),
        ("Environment.Exit", "return an exit status"),
        ("Encoding.Default", "the encoding that was decided"),
        ("GC.Collect", "nothing"),
    ];

    [Fact]
    public void A_function_fits_on_a_screen()
    {
        var breaches =
            from file in SourceTree.CSharp
            from function in file.Root.DescendantNodes().Where(IsFunction)
            let lines = LinesOf(file, function)
            where lines > FunctionLines
            select $"{file.At(function)}: {lines} lines, at most {FunctionLines}";
        Breaches.None(breaches);
    }

    [Fact]
    public void A_line_fits_on_a_screen()
    {
        var scripts =
            from file in SourceTree.Files
            where Regex.IsMatch(file, @"^src/.*\.ts$")
            from line in SourceTree.Text(file).Split('\n').Index()
            where line.Item.Length > LineCharacters
            select $"{file}:{line.Index + 1}: {line.Item.Length} characters, at most {LineCharacters}";
        var code =
            from file in SourceTree.CSharp
            from line in file.Tree.GetText().Lines
            where line.Span.Length > LineCharacters && !IsOneText(file, line)
            select $"{file.Path}:{line.LineNumber + 1}: {line.Span.Length} characters, at most {LineCharacters}";
        Breaches.None(scripts.Concat(code));
    }

    /// <summary>A line that is one sentence of the product, or one datum of a test, stays whole: so it can be searched for.</summary>
    private static bool IsOneText(SourceFile file, TextLine line) =>
        file
            .Root.DescendantNodes(n => n.Span.IntersectsWith(line.Span))
            .Where(n => n.IsKind(SyntaxKind.StringLiteralExpression) || n is InterpolatedStringExpressionSyntax)
            .Where(n => n.Span.IntersectsWith(line.Span))
            .Select(n => n.Span.Intersection(line.Span)!.Value)
            .Select(text => line.ToString().Remove(text.Start - line.Start, text.Length))
            .Any(rest => Regex.IsMatch(rest, @"^\s*(\w+: |[+?:] |yield return )?[,;)\]]*\s*$"));

    [Fact]
    public void No_call_that_has_a_better_replacement()
    {
        var breaches =
            from file in SourceTree.CSharp
            from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            from banned in Banned
            where IsCall(access, banned.Call) && !DrawsSeed(access)
            select $"{file.At(access)}: {banned.Call}; use {banned.Instead}";
        Breaches.None(breaches);
    }

    [Fact]
    public void No_call_that_has_a_better_replacement_in_a_page()
    {
        var breaches =
            from file in SourceTree.Files
            where file.EndsWith(".razor", StringComparison.Ordinal)
            from banned in Banned
            where Regex.IsMatch(SourceTree.Text(file), $@"\b{Regex.Escape(banned.Call)}\b")
            select $"{file}: {banned.Call}; use {banned.Instead}";
        Breaches.None(breaches);
    }

    [Fact]
    public void No_failure_is_swallowed()
    {
        var breaches =
            from file in SourceTree.CSharp
            from clause in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
            where clause.Block.Statements.Count == 0
            select $"{file.At(clause)}: an empty catch; handle it, filter it, or let it pass";
        Breaches.None(breaches);
    }

    [Fact]
    public void Nothing_runs_unawaited_in_a_void()
    {
        var breaches =
            from file in SourceTree.CSharp
            from method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            where method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void"
            select $"{file.At(method)}: async void; return a Task";
        Breaches.None(breaches);
    }

    [Fact]
    public void A_warning_is_switched_off_only_with_a_reason()
    {
        var breaches =
            from file in SourceTree.CSharp
            from pragma in file.Root.DescendantNodes(descendIntoTrivia: true).OfType<PragmaWarningDirectiveTriviaSyntax>()
            where
                pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword)
                && !pragma.ToFullString().Contains("//", StringComparison.Ordinal)
            select $"{file.At(pragma)}: say why behind //";
        Breaches.None(breaches);
    }

    [Fact]
    public void A_name_says_what_a_thing_is()
    {
        var vague = new Regex("(Helpers?|Common|Utils?|Utilities|Managers?|Misc)$");
        var types =
            from file in SourceTree.CSharp
            from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            where vague.IsMatch(type.Identifier.Text)
            select $"{file.At(type)}: {type.Identifier.Text}";
        var paths =
            from file in SourceTree.Files
            from part in file.Split('/')
            where vague.IsMatch(Path.GetFileNameWithoutExtension(part))
            select file;
        Breaches.None(types.Concat(paths));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        // Spelled in two halves so that this file does not find itself.
        var left = new Regex(@"\b(" + "TO" + "DO|FIX" + "ME|HA" + @"CK|XX" + @"X)\b|Not" + "Implemented" + "Exception");
        var breaches =
            from file in SourceTree.Files
            where Regex.IsMatch(file, @"\.(cs|razor|ts|yaml|md|props|targets|csproj)$")
            from line in SourceTree.Text(file).Split('\n').Index()
            where left.IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}";
        Breaches.None(breaches);
    }

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax;

    /// <summary>From the first word of the declaration to its end: doc comments and attributes are not counted, tables of data
    /// neither.</summary>
    private static int LinesOf(SourceFile file, SyntaxNode function)
    {
        if (function is PropertyDeclarationSyntax { ExpressionBody: null })
            return 0;
        var attributes = function.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        var from = attributes?.GetLastToken().GetNextToken() ?? function.GetFirstToken();
        var span = file.Tree.GetLineSpan(TextSpan.FromBounds(from.SpanStart, function.Span.End));
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    /// <summary>A test may leave the place to chance when it draws a seed first and names it.</summary>
    private static bool DrawsSeed(MemberAccessExpressionSyntax access) =>
        access.Parent?.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } drawn
        && drawn.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.Text: "seed" } };

    private static bool IsCall(MemberAccessExpressionSyntax access, string call)
    {
        var parts = call.Split('.');
        var left = access.Expression switch
        {
            SimpleNameSyntax name => name.Identifier.Text,
            MemberAccessExpressionSyntax inner => inner.Name.Identifier.Text,
            _ => "",
        };
        return access.Name.Identifier.Text == parts[1] && left == parts[0];
    }
}
