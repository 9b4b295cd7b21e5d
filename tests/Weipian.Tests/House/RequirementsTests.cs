using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weipian.Flow.Plan;

namespace Weipian.Tests.House;

/// <summary>Every demand of the source document is served by a value of the plan or said to be no data, and says honestly how far it
/// works.</summary>
public sealed class RequirementsTests
{
    private const string Document = "docs/requirements.md";

    /// <summary>The ids that the list of requirements consists of; a row that is lost is noticed.</summary>
    private static readonly string[] Listed =
    [
        .. Range(1, 16),
        .. Range(20, 27),
        .. Range(30, 35),
        .. Range(40, 44),
        .. Range(50, 54),
        .. Range(60, 60),
        .. Range(70, 71),
        .. Range(80, 82),
        .. Range(90, 96),
    ];

    private sealed record Row(string Id, string PlanValues, string State, string Proof);

    private static readonly IReadOnlyList<Row> Rows =
    [
        .. Regex
            .Matches(
                SourceTree.Text(Document),
                @"^\| (?<id>R\d\d) \|[^|]*\|(?<plan>[^|]*)\|(?<state>[^|]*)\|(?<proof>[^|]*)\|$",
                RegexOptions.Multiline
            )
            .Select(m => new Row(
                m.Groups["id"].Value,
                m.Groups["plan"].Value.Trim(),
                m.Groups["state"].Value.Trim(),
                m.Groups["proof"].Value.Trim()
            )),
    ];

    private static readonly ILookup<string, string> ServedBy = WorkPlan
        .Load(Path.Combine(Repository.Root, "plans", "zhoucun-2019.yaml"))
        .Values()
        .SelectMany(v => v.Source.Requirements.Select(r => (Requirement: r, v.Id)))
        .ToLookup(v => v.Requirement, v => v.Id);

    [Fact]
    public void Every_requirement_has_one_row() => Assert.Equal(Listed, Rows.Select(r => r.Id));

    [Fact]
    public void Every_requirement_is_served_by_a_value_of_the_plan_or_is_said_to_be_no_data()
    {
        var breaches =
            from row in Rows
            let values = Values(row.PlanValues)
            let wrong = values.Where(v => !ServedBy[row.Id].Contains(v)).ToList()
            where wrong.Count > 0 || (values.Count == 0 && !Regex.IsMatch(row.PlanValues, "^not data: .{10,}"))
            select $"{row.Id}: {row.PlanValues}; the plan serves it with {string.Join(", ", ServedBy[row.Id])}";
        Breaches.None(breaches);
    }

    [Fact]
    public void Every_requirement_that_the_plan_names_exists() =>
        Breaches.None(ServedBy.Select(g => g.Key).Except(Listed).Select(r => $"{r} is no requirement"));

    [Fact]
    public void Every_row_says_how_far_it_works_and_proves_what_it_claims()
    {
        var tests = Tests();
        var breaches =
            from row in Rows
            let proofs = Values(row.Proof)
            let missing = proofs.Where(p => !tests.Contains(p)).ToList()
            where
                !Regex.IsMatch(row.State, "^(works|partly|later)")
                || missing.Count > 0
                || (row.State.StartsWith("works", StringComparison.Ordinal) && proofs.Count == 0)
            select $"{row.Id}: {row.State}; no such test: {string.Join(", ", missing)}";
        Breaches.None(breaches);
    }

    [Fact]
    public void Every_requirement_that_a_test_cites_exists()
    {
        var cited = typeof(RequirementsTests)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetMethods().Cast<MemberInfo>().Append(t))
            .SelectMany(m => m.GetCustomAttributes<RequirementAttribute>().Select(a => (a.Id, m.Name)));
        Breaches.None(cited.Where(c => !Listed.Contains(c.Id)).Select(c => $"{c.Name} cites {c.Id}"));
    }

    private static IEnumerable<string> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(n => $"R{n:00}");

    private static List<string> Values(string cell) => [.. Regex.Matches(cell, "`([^`]+)`").Select(m => m.Groups[1].Value)];

    /// <summary>Classes and class.method of both test projects.</summary>
    private static HashSet<string> Tests()
    {
        var classes = SourceTree.Under("tests/").SelectMany(f => f.Root.DescendantNodes().OfType<ClassDeclarationSyntax>()).ToList();
        return
        [
            .. classes.Select(c => c.Identifier.Text),
            .. classes.SelectMany(c => c.Members.OfType<MethodDeclarationSyntax>().Select(m => $"{c.Identifier.Text}.{m.Identifier.Text}")),
        ];
    }
}
