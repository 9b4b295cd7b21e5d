using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Weipian.Tests.House;

/// <summary>The files of the repository and the syntax of its C#: what the tests of the house read.</summary>
internal static class SourceTree
{
    private static readonly string[] Binary = [".png", ".shp", ".shx", ".dbf", ".gpkg", ".zip", ".jpg", ".woff2", ".ico", ".webp"];

    /// <summary>Every file that is or would be committed, relative to the root, with forward slashes, ordered.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Listed().Where(Exists).Order(StringComparer.Ordinal)];

    /// <summary>The text files among them.</summary>
    public static IEnumerable<string> TextFiles => Files.Where(f => !Binary.Contains(Path.GetExtension(f)));

    /// <summary>The C# of the product and its tests, parsed; generated migrations are nobody's style.</summary>
    public static IReadOnlyList<SourceFile> CSharp { get; } =
    [
        .. Files
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(f => new SourceFile(f, CSharpSyntaxTree.ParseText(Text(f), CSharpParseOptions.Default, f, Encoding.UTF8))),
    ];

    /// <summary>The C# under one folder, e.g. <c>src/Law/</c>.</summary>
    public static IEnumerable<SourceFile> Under(string folder) => CSharp.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal));

    public static string Text(string file) => File.ReadAllText(Full(file));

    public static string Full(string file) => Path.Combine(Repository.Root, file);

    private static bool Exists(string file) => File.Exists(Full(file));

    private static IEnumerable<string> Listed() => FromGit() ?? FromDisk();

    private static List<string>? FromGit()
    {
        if (!Path.Exists(Full(".git")))
            return null;
        var start = new ProcessStartInfo("git", ["-c", "core.quotepath=off", "ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 ? [.. files] : null;
    }

    /// <summary>An archive without its history: everything that no build makes.</summary>
    private static IEnumerable<string> FromDisk()
    {
        string[] made = ["bin", "obj", "node_modules", "data", "out", "TestResults", "dist", "BenchmarkDotNet.Artifacts"];
        return Directory
            .EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').SkipLast(1).Any(made.Contains));
    }
}

/// <summary>One C# file: its path from the root and its syntax.</summary>
internal sealed record SourceFile(string Path, SyntaxTree Tree)
{
    public SyntaxNode Root => Tree.GetRoot();

    /// <summary>Where a node stands, as editors count: <c>src/Law/Units.cs:12</c>.</summary>
    public string At(SyntaxNode node) => $"{Path}:{Tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}";
}
