using System.Text.RegularExpressions;

namespace Weipian.Tests.House;

/// <summary>The worked cases of the field are all there, as data, and every file of cases is run by a test.</summary>
public sealed class WorkedCasesTests
{
    /// <summary>Id, how many.</summary>
    private static readonly (string Id, int Count)[] Worked = [("TC", 14), ("TH", 8), ("CK", 7), ("FN", 5), ("LG", 6)];

    private static IEnumerable<string> Files =>
        SourceTree.Files.Where(f =>
            f.StartsWith("tests/cases/", StringComparison.Ordinal) && f.EndsWith(".yaml", StringComparison.Ordinal)
        );

    private static readonly Lazy<IReadOnlyList<string>> Names = new(() =>
        [.. Files.SelectMany(f => CaseNode.Read(SourceTree.Full(f))).Select(c => c.Text("case")!)]
    );

    public static TheoryData<string> Ids() => [.. Worked.SelectMany(w => Enumerable.Range(1, w.Count).Select(n => w.Id + n))];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_worked_case_stands_under_its_id(string id) =>
        Assert.Contains(Names.Value, n => Regex.IsMatch(n, $@"^{id}\b", RegexOptions.CultureInvariant));

    [Fact]
    public void No_case_has_an_id_that_the_field_does_not_know()
    {
        var known = Ids().Select(r => r.Data).ToHashSet();
        var told = Names.Value.Select(n => Regex.Match(n, @"^[A-Z]{2}\d+\b").Value).Where(id => id.Length > 0);
        Assert.DoesNotContain(told, id => !known.Contains(id));
    }

    [Fact]
    public void Every_folder_of_cases_is_read_by_a_test_and_told_in_the_list()
    {
        var folders = Files.Select(f => f.Split('/')[2]).Distinct().ToList();
        var list = SourceTree.Text("tests/cases/README.md");
        Assert.All(folders, f => Assert.Contains($"[{f}]({f}/README.md)", list, StringComparison.Ordinal));
        var tests = SourceTree.Under("tests/Weipian.Tests/").Where(f => !f.Path.EndsWith("/WorkedCasesTests.cs", StringComparison.Ordinal));
        var read = tests.Select(f => f.Root.ToString()).ToList();
        Assert.All(
            folders,
            f =>
                Assert.Contains(
                    read,
                    t =>
                        t.Contains($"CaseNode.All(\"{f}\")", StringComparison.Ordinal)
                        || t.Contains($"\"cases\", \"{f}\"", StringComparison.Ordinal)
                )
        );
    }
}
