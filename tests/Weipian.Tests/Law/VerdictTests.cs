using Weipian.Law;

namespace Weipian.Tests.Law;

public sealed class VerdictTests
{
    private static VerdictCatalogue Verdicts => RealLaw.Book.Verdicts;

    private static IEnumerable<string> Codes(string kind, int year) => Verdicts.For(kind, year).Select(v => v.Code);

    private static string[] Numbered(string prefix, int count, params int[] without) =>
        [.. Enumerable.Range(1, count).Except(without).Select(n => prefix + n)];

    [Fact]
    public void A_code_that_no_tree_has_is_refused() =>
        Assert.Equal("law.unknown-verdict", Assert.Throws<Problem>(() => Verdicts.Get("L99", 2019)).Code);

    [Theory]
    [InlineData("I10", 2019)]
    [InlineData("I11", 2019)]
    [InlineData("O8", 2019)]
    [InlineData("L6", 2019)]
    [InlineData("L1", 2017)]
    [InlineData("L1", 2023)]
    public void A_verdict_outside_its_years_is_refused(string code, int year) =>
        Assert.Equal("law.not-in-force", Assert.Throws<Problem>(() => Verdicts.Get(code, year)).Code);

    [Theory]
    [InlineData("land", 2017)]
    [InlineData("sea", 2019)]
    public void A_year_without_a_tree_is_refused(string kind, int year) =>
        Assert.Equal("law.not-in-force", Assert.Throws<Problem>(() => Verdicts.For(kind, year)).Code);

    [Theory]
    [InlineData("land", 2023)]
    [InlineData("land", 2025)]
    [InlineData("mineral", 2024)]
    public void Years_whose_rules_were_not_found_are_refused_and_say_so(string kind, int year)
    {
        var refused = Assert.Throws<Problem>(() => Verdicts.For(kind, year));
        Assert.Equal("law.unset", refused.Code);
        Assert.Contains("未查到", refused.Chinese, StringComparison.Ordinal);
        Assert.False(Verdicts.Covers(kind, year));
        Assert.Contains(Verdicts.Unset, u => u.Kind == kind && u.From.Year <= year && u.Through.Year >= year);
    }

    [Fact]
    public void The_vocabulary_of_2026_reports_under_its_own_words_and_brings_no_code_of_its_own()
    {
        var now = Verdicts.For("land", 2026);
        var known = Enumerable.Range(2018, 5).SelectMany(y => Codes("land", y)).ToHashSet();
        Assert.All(now, v => Assert.Contains(v.Code, known));
        Assert.Equal(
            ["伪变化", "其他", "农村道路", "合法", "设施农用地", "非农违法", "非粮违法"],
            now.Select(v => v.Top?.Chinese).OfType<string>().Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal("农村道路", Verdicts.Get("O3", 2026).Top?.Chinese);
        Assert.All(now, v => Assert.True(v.Citation.Confidence == Confidence.Recalled || v.Citation.SourceKey == "HB", v.Code));
        Assert.Null(Verdicts.Get("O3", 2019).Top);
    }

    [Theory]
    [InlineData(2018)]
    [InlineData(2019)]
    [Requirement("R14")]
    public void The_land_tree_of_the_programmes_is_complete(int year) =>
        Assert.Equal([.. Numbered("L", 10, 6), .. Numbered("O", 17, 8), .. Numbered("I", 9), "D0"], Codes("land", year));

    [Theory]
    [InlineData(2018)]
    [InlineData(2019)]
    [Requirement("R14")]
    public void The_mineral_tree_of_the_programmes_is_complete(int year) =>
        Assert.Equal([.. Numbered("ML", 3), .. Numbered("MO", 5), .. Numbered("MI", 12), "MD0"], Codes("mineral", year));

    [Fact]
    public void Rural_houses_enter_in_2020_and_non_grain_and_emergency_land_in_September_2021()
    {
        Assert.Contains("I11", Codes("land", 2020));
        Assert.DoesNotContain("I10", Codes("land", 2020));
        Assert.Throws<Problem>(() => Verdicts.Get("O8", new DateOnly(2021, 8, 31)));
        Assert.Equal("O8", Verdicts.Get("O8", new DateOnly(2021, 9, 1)).Code);
        Assert.Contains("I10", Codes("land", 2021));
    }

    [Fact]
    public void The_first_letter_tells_the_parent_and_every_verdict_has_both_names_and_a_source_or_says_why_not()
    {
        foreach (var verdict in Verdicts.All)
        {
            var letter = verdict.Code.TrimStart('M')[0];
            Assert.Equal("LOID".IndexOf(letter, StringComparison.Ordinal), (int)verdict.Parent);
            Assert.Equal(verdict.Kind == "mineral", verdict.Code[0] == 'M');
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", verdict.Chinese);
            Assert.Matches("[A-Z][a-z]+", verdict.English);
            Assert.NotEmpty(verdict.Evidence);
            Assert.True(verdict.Parent == VerdictParent.Doubtful || verdict.Needs.Count > 0, verdict.Code);
            Assert.True(verdict.Citation.Confidence != Confidence.Verified || verdict.Citation.SourceKey is not null, verdict.Code);
        }
    }

    [Fact]
    public void Reviewers_have_coded_reasons_to_pass_and_to_return()
    {
        Assert.Equal(16, Verdicts.Reasons.Count(r => r.Passes));
        Assert.Equal(12, Verdicts.Reasons.Count(r => !r.Passes));
        Assert.Contains(Verdicts.Reasons, r => r.Chinese == "举证材料非本图斑" && !r.Passes);
        Assert.Equal(["B", "W", "P", "PJ"], Verdicts.Flags.Select(f => f.Code));
    }
}
