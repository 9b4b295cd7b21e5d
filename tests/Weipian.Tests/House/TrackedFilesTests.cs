using System.Text.RegularExpressions;

namespace Weipian.Tests.House;

/// <summary>What a committed file may not carry.</summary>
public sealed class TrackedFilesTests
{
    // Spelled in halves so that this file does not find itself.
    private static readonly Regex Registry = new(
        "(nuget" + @"\.org|npmjs" + @"\.|registry\." + "[a-z]|pypi" + @"\.org|unpkg" + @"\.com|jsdel" + "ivr" + ")",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    );
    private static readonly Regex MachinePath = new(
        @"(?<![\w.$}""'/-])/(" + "home|root|Users|" + "work|tm" + @"p)/\w|[A-Z]:\\\\?" + @"Users\\"
    );

    /// <summary>A build takes its packages from wherever its machine is told to; no file says where.</summary>
    [Fact]
    public void No_file_names_a_package_registry() => Breaches.None(Lines(Registry));

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine() => Breaches.None(Lines(MachinePath));

    [Fact]
    public void Every_text_file_is_utf8_without_a_mark_and_ends_with_a_line()
    {
        var breaches =
            from file in SourceTree.TextFiles
            where !file.EndsWith("packages.lock.json", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal)
            where !Regex.IsMatch(file, "^tests/.*/(Cases|Files|Data)/")
            let bytes = File.ReadAllBytes(SourceTree.Full(file))
            where bytes.Length > 0
            where bytes[^1] != '\n' || bytes.AsSpan().StartsWith("\uFEFF"u8) || bytes.Contains((byte)'\r')
            select file;
        Breaches.None(breaches);
    }

    [Fact]
    public void The_root_stays_short()
    {
        string[] expected =
        [
            "README.md",
            "README.zh-CN.md",
            "LICENSE",
            "run",
            "check",
            "weipian",
            "weipian.slnx",
            "global.json",
            "package.json",
            "package-lock.json",
            "tsconfig.json",
            "dotnet-tools.json",
            "Directory.Build.props",
            "Directory.Build.targets",
            "Directory.Packages.props",
            ".editorconfig",
            ".gitattributes",
            ".gitignore",
            ".npmrc",
            "NOTICE",
            ".csharpierignore",
        ];
        Breaches.None(SourceTree.Files.Where(f => !f.Contains('/')).Except(expected));
    }

    private static IEnumerable<string> Lines(Regex pattern) =>
        from file in SourceTree.TextFiles
        from line in SourceTree.Text(file).Split('\n').Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {pattern.Match(line.Item).Value}";
}
