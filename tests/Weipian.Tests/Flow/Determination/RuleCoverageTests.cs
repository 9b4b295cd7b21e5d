using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>Every rule is asked about every month of its own stated span, on the ground of every case: it answers in words, and where the
/// law says nothing for the day it does not say yes.</summary>
[Requirement("R14")]
public sealed class RuleCoverageTests
{
    private static readonly DeterminationLaw Law = DistrictOfCases.Law;

    /// <summary>One part a case, as the rules see it.</summary>
    private static IReadOnlyList<PartFacts> Parts(string kind) =>
        [
            .. CaseFile
                .All()
                .Select(c => c.Facts())
                .Where(f => f.Kind == kind)
                .SelectMany(f => PatchDetermination.Grounds(f, RuleBook.Of(kind), Law.For(f)).Select(g => g.Parts[0])),
        ];

    /// <summary>The first of every month from the first to the last day on which the catalogue has a verdict of the rule.</summary>
    private static IEnumerable<DateOnly> Months(Rule rule)
    {
        var verdicts = Law.Book.Verdicts.All.Where(v => rule.Codes.Contains(v.Code)).ToList();
        var last = verdicts.Max(v => v.Through ?? Law.Book.Through);
        for (var day = verdicts.Min(v => v.From); day <= last; day = day.AddMonths(1))
            yield return day;
    }

    [Theory]
    [InlineData(PatchKind.Land)]
    [InlineData(PatchKind.Mineral)]
    public void A_rule_answers_in_every_month_of_its_span_and_never_yes_where_the_law_is_silent(string kind)
    {
        var (parts, tree) = (Parts(kind), RuleBook.Of(kind));
        var (asked, silent) = (0, 0);
        foreach (var rule in tree.Rules)
        foreach (var day in Months(rule).Where(d => Law.Book.Verdicts.Covers(kind, d.Year)))
        foreach (var part in parts)
        {
            var facts = part.Patch with { After = day, Before = day.AddMonths(-4), ProgrammeYear = day.Year };
            var keys = new HashSet<string>(StringComparer.Ordinal);
            var law = Law.For(facts, asked: keys);
            var step = rule.Ask(part with { Patch = facts }, law);
            asked++;
            Assert.Equal(rule.Id, step.RuleId);
            Assert.All(step.Checks, c => Assert.True(c.Zh.Length > 0 && c.En.Length > 0, $"{rule.Id} on {day:O}"));
            if (keys.Any(k => !Law.Book.AsOf(day, SelectingDate.ImageAfter).IsSet(k)))
            {
                silent++;
                Assert.True(step.Outcome != Outcome.Yes, $"{rule.Id} on {day:O} says yes without {string.Join(", ", keys)}");
            }
        }
        Assert.True(asked > 10_000, $"only {asked} questions");
        // Facility agriculture has a real gap between two notices; minerals read nothing that is unset.
        Assert.True(kind == PatchKind.Mineral || silent > 0, "the law was never silent");
    }

    /// <summary>Between two rules that both hold the table of precedence answers in every month in which both verdicts exist.</summary>
    [Fact]
    public void The_table_of_precedence_answers_in_every_month_in_which_both_rules_have_a_verdict()
    {
        var asked = 0;
        foreach (var kind in (string[])[PatchKind.Land, PatchKind.Mineral])
        {
            var tree = RuleBook.Of(kind);
            foreach (var title in tree.Titles)
            foreach (var violation in tree.Violations.Where(v => v.IsFoundByItself))
            foreach (var day in Months(title).Intersect(Months(violation)).Where(d => Law.Book.Verdicts.Covers(kind, d.Year)))
            {
                asked++;
                Assert.True(Law.Precedence.Of(title.Id, violation.Id, day) is not null, $"{title.Id}, {violation.Id} on {day:O}");
            }
        }
        Assert.True(asked > 1_000, $"only {asked} questions");
    }

    /// <summary>From 2019-09 to 2019-12 no notice on facility agriculture was in force: what rests on its scale is doubtful and says
    /// so.</summary>
    [Theory]
    [InlineData(2019, 10)]
    [InlineData(2019, 11)]
    public void The_gap_of_facility_agriculture_refuses_and_names_itself(int year, int month)
    {
        var facts = CaseFile.All().Single(c => c.Name == "at the line, facility of crops at its share").Facts();
        Assert.Equal("O2", Propose(facts).Code);
        var inGap = Propose(facts with { Before = new(year, month - 4, 1), After = new(year, month, 15) });
        Assert.Equal("D0", inGap.Code);
        Assert.Contains(inGap.Missing, m => m.What.Contains("facility-agriculture-notices", StringComparison.Ordinal));
    }

    private static Derivation Propose(PatchFacts facts) =>
        Assert.Single(PatchDetermination.Propose(facts, RuleBook.Of(facts.Kind), Law.For(facts)).Parcels).Derivation;
}
