using System.Globalization;
using System.Text.RegularExpressions;
using Weipian.Tests.Flow.Store;
using Weipian.Tests.Web.Verbs;

namespace Weipian.Tests.Flow.Comparison;

/// <summary>
/// The spine on real data, as docs/examples/liechtenstein.md tells it: the commands are read from the document, run as a user runs
/// them, and what the document quotes is what the program says.
/// </summary>
public sealed partial class LiechtensteinTests : IDisposable
{
    /// <summary>Where the independent computation and the program may differ: this share, or the rounding of the file.</summary>
    private const double RelativeMax = 1e-6;
    private const double RoundingSquareMetres = 1e-6;

    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "examples", "liechtenstein.md"));
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_documented_commands_say_what_is_quoted_and_every_area_is_right()
    {
        var buildings = SharedData.Require("real/liechtenstein/new_buildings_since_2013.gpkg");
        var osm = SharedData.Require("real/liechtenstein/osm-later.gpkg");
        var said = new List<string>();
        foreach (var command in Commands("sh"))
        {
            var ended = await RunAsync(command, Path.GetDirectoryName(osm)!);
            Assert.True(ended.Status == 0, $"{command}: {ended.Status}\n{ended.Errors}");
            said.AddRange(ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        foreach (var quoted in Blocks("text").SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
            Assert.True(said.Any(line => Quotes(quoted, line)), $"the program does not say: {quoted}");

        var file = await File.ReadAllTextAsync(folder.File("areas.csv"));
        Assert.StartsWith(Assert.Single(Blocks("csv")), file, StringComparison.Ordinal);
        EveryRowIsRight(file, buildings, osm);
    }

    /// <summary>Without a verdict tree for its year a programme is measured and not judged.</summary>
    [Fact]
    public async Task A_year_without_a_verdict_tree_gets_no_proposals()
    {
        var buildings = SharedData.Require("real/liechtenstein/new_buildings_since_2013.gpkg");
        var real = Path.GetDirectoryName(buildings)!;
        await RunAsync("./weipian init --plan plans/examples/liechtenstein.yaml", real);
        var few = "./weipian patch import --programme 2024-example $REAL/new_buildings_since_2013.gpkg --where \"number < 'LI-00010'\"";
        Assert.Equal(0, (await RunAsync(few, real)).Status);
        var command = Assert.Single(Commands(""), c => c.Contains(" propose ", StringComparison.Ordinal));
        var refused = await RunAsync(command, real);
        Assert.Equal(1, refused.Status);
        Assert.Contains("[law.unset]", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("proposed 0", (await RunAsync("./weipian status", real)).Output, StringComparison.Ordinal);
    }

    private static void EveryRowIsRight(string file, string buildings, string osm)
    {
        var lines = file.TrimEnd('\n').Split('\n');
        var rows = lines
            .Skip(1)
            .Select(l => l.Split(','))
            .ToDictionary(c => (c[0], c[1], c[2]), c => double.Parse(c[3], CultureInfo.InvariantCulture));
        Assert.Contains($"{rows.Count.ToString("N0", CultureInfo.InvariantCulture)} rows", Document, StringComparison.Ordinal);
        var expected = IndependentAreas.Of(
            (buildings, "SELECT number, geom FROM patches"),
            (osm, "SELECT landuse, geom FROM multipolygons WHERE landuse IS NOT NULL")
        );
        Assert.Equal(13509, expected.Count(e => e.Key.Role == "patch"));
        var wrong =
            from key in rows.Keys.Union(expected.Keys)
            let found = rows.GetValueOrDefault(key)
            let right = expected.GetValueOrDefault(key)
            where Math.Abs(found - right) > (RelativeMax * right) + RoundingSquareMetres
            select string.Create(CultureInfo.InvariantCulture, $"{key}: {found} instead of {right}");
        Assert.Empty(wrong);
    }

    /// <summary>A quoted line is the line, or its beginning when it ends in an ellipsis.</summary>
    private static bool Quotes(string quoted, string line) =>
        quoted.EndsWith('…') ? line.StartsWith(quoted[..^1], StringComparison.Ordinal) : quoted == line.TrimEnd();

    private Task<WeipianProcess.Ended> RunAsync(string command, string real)
    {
        var words = Word()
            .Matches(command)
            .Select(m => m.Value.Trim('"').Replace("$REAL", real, StringComparison.Ordinal))
            .Select(w => w.StartsWith("plans/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, w) : w)
            .ToArray();
        Assert.Equal("./weipian", words[0]);
        var start = WeipianProcess.Command(words[1..]);
        start.WorkingDirectory = folder.Path;
        start.Environment["WEIPIAN_DATA"] = folder.File("data");
        return WeipianProcess.Run(start);
    }

    private static IEnumerable<string> Commands(string language) =>
        Blocks(language)
            .SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(l => l.StartsWith("./weipian ", StringComparison.Ordinal));

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(Document).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["body"].Value);

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(
        "^```(?<language>[a-z]*)\n(?<body>.*?)^```$",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Block();
}
