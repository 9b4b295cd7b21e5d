using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Weipian.Flow.Plan;
using Weipian.Web.SignIn;

namespace Weipian.Tests.House;

/// <summary>What <c>docs/security.md</c> says is what the code does: the matrix line by line, and tests that exist.</summary>
public sealed class SecurityDocumentTests
{
    private const string Document = "docs/security.md";

    private static readonly Dictionary<Region, string> Marks = new()
    {
        [Region.District] = "all",
        [Region.OwnUnit] = "own unit",
        [Region.OwnBody] = "own body",
        [Region.Confiscated] = "confiscated",
        [Region.Transferred] = "transferred",
        [Region.OwnQuestions] = "own questions",
        [Region.Counts] = "counts",
        [Region.General] = "yes",
        [Region.Installation] = "installation",
    };

    [Fact]
    public void A_test_that_the_document_names_exists()
    {
        var named = Regex.Matches(SourceTree.Text(Document), @"`(?<type>[A-Z]\w+Tests|StoreContract)(\.(?<method>\w+))?`").ToList();
        Assert.True(named.Count > 30, $"{named.Count}");
        var types = Assembly.GetExecutingAssembly().GetTypes().ToLookup(t => t.Name);
        Breaches.None(
            named
                .Where(n =>
                    !types[n.Groups["type"].Value]
                        .Any(t => !n.Groups["method"].Success || t.GetMethods().Any(m => m.Name == n.Groups["method"].Value))
                )
                .Select(n => n.Value)
        );
    }

    [Fact]
    public void Every_item_is_proved_by_a_test_or_stands_among_the_open_ones()
    {
        var text = SourceTree.Text(Document);
        var proved = text[
            text.IndexOf("## What is proved", StringComparison.Ordinal)..text.IndexOf("## What is open", StringComparison.Ordinal)
        ];
        var rows = proved.Split('\n').Where(l => Regex.IsMatch(l, @"^\| \d")).ToList();
        Assert.True(rows.Count > 25, $"{rows.Count}");
        Breaches.None(
            rows.Where(l => !l.Contains("Tests", StringComparison.Ordinal) && !l.Contains("StoreContract", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_matrix_of_the_document_is_that_of_the_code()
    {
        var text = SourceTree.Text(Document);
        const string Begin = "<!-- matrix -->\n";
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var written = text[from..text.IndexOf("<!-- end of the matrix -->", StringComparison.Ordinal)];
        Assert.True(Matrix() == written, $"between the marks of the matrix in {Document} has to stand:\n{Matrix()}");
    }

    private static string Matrix()
    {
        var table = new StringBuilder($"| Stage | Gate | {string.Join(" | ", PlanRoles.All)} |\n|{Rules(PlanRoles.All.Count + 2)}\n");
        var gates = AccessMatrix.Rows.Where(r => r.Gate != AccessMatrix.Open).DistinctBy(r => r.Gate);
        foreach (var row in gates.OrderBy(r => r.Stage).ThenBy(r => r.Gate, StringComparer.Ordinal))
            table
                .Append($"| {row.Stage} | {row.Gate} | ")
                .AppendJoin(" | ", PlanRoles.All.Select(role => row.Roles.TryGetValue(role, out var region) ? Marks[region] : "–"))
                .Append(" |\n");
        return table.ToString();
    }

    private static string Rules(int columns) => string.Concat(Enumerable.Repeat("---|", columns));
}
