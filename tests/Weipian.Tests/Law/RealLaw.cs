using System.Text.RegularExpressions;
using Weipian.Law;

namespace Weipian.Tests.Law;

/// <summary>The real law book of the checkout, loaded once.</summary>
public static partial class RealLaw
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "law");

    private static readonly Lazy<LawBook> Loaded = new(() => LawBook.Load(Folder));

    public static LawBook Book => Loaded.Value;

    /// <summary>The files of the real book, to be changed by a test before they are read.</summary>
    public static Dictionary<string, string> Files() =>
        Directory
            .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>A file as it was written before its texts stood there in both languages: the English alone.</summary>
    public static string InOneLanguage(string text) => BothLanguages().Replace(text, "${name}: ${flow}${block}");

    [GeneratedRegex(
        """
            (?<![\w-])(?<name> says | note | when | hint | (?m:^)[A-Z0-9][\w-]* ): (?:
                [ ]\{[ ]zh:[ ] (?: "[^"\n]*" | [^,"\n]* ), [ ]en:[ ] (?<flow> "[^"\n]*" | [^{}"\n]* ) [ ]\}
                | \n[ ]+zh:[ ].*\n[ ]+en:[ ](?<block>.*)
            )
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex BothLanguages();

    public static LawBook Read(Dictionary<string, string> files) =>
        LawBook.Read(files.Select(f => new LawFile(f.Key, System.Text.Encoding.UTF8.GetBytes(f.Value))));
}
