using Microsoft.EntityFrameworkCore;
using Weipian.Flow.Determinations;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>Two rules that give one piece of ground opposite verdicts: the law says which goes first, or nothing is concluded and both are
/// named.</summary>
[Requirement("R02")]
[Requirement("R14")]
public sealed class RuleConflictTests
{
    private const string Hardened = "approved and supplied land may be hardened though farmland was under it";

    private static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    private static RuleTree TreeOf(params IReadOnlyList<Rule> rules) =>
        RuleBook.Land with
        {
            Titles = [.. rules.Where(r => !r.IsFoundByItself)],
            Violations = [.. rules.Where(r => r.IsFoundByItself)],
        };

    private static RuleLaw Saying(RuleRelation? relation)
    {
        var law = Law.For(Facts(Hardened));
        return new()
        {
            Number = law.Number,
            Area = law.Area,
            Years = law.Years,
            Switch = law.Switch,
            LandClass = law.LandClass,
            HasVerdict = law.HasVerdict,
            Verdict = law.Verdict,
            Relation = (_, _) => relation,
            PlanZoneConforms = law.PlanZoneConforms,
            Uses = law.Uses,
            Region = law.Region,
        };
    }

    private static PartFacts Part { get; } = new() { Patch = Facts(Hardened), Covering = [] };

    [Theory]
    [InlineData(null)]
    [InlineData(RuleRelation.Excludes)]
    public void Two_rules_that_conflict_are_refused_and_both_are_named_with_their_citations(RuleRelation? relation)
    {
        var refused = Assert.Throws<Problem>(() =>
            RuleEngine.Decide(Part, TreeOf(new Says("test.title", "L3"), new Says("test.violation", "I9")), Saying(relation))
        );
        Assert.Equal("determination.rules-conflict", refused.Code);
        foreach (var word in (string[])["370306T0001", "test.title", "test.violation", "L3", "I9"])
        {
            Assert.Contains(word, refused.Chinese, StringComparison.Ordinal);
            Assert.Contains(word, refused.English, StringComparison.Ordinal);
        }
        var catalogue = Law.Book.Verdicts.For("land", 2019);
        foreach (var code in (string[])["L3", "I9"])
            Assert.Contains(catalogue.Single(v => v.Code == code).Citation.Chinese, refused.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void A_law_book_without_the_table_of_precedence_refuses_where_both_hold_and_decides_where_one_does()
    {
        var without = DeterminationLaw.Read(Law.Files.Where(f => f.Path != "rules/precedence.csv"));
        var facts = Facts(Hardened);
        var refused = Assert.Throws<Problem>(() => PatchDetermination.Propose(facts, RuleBook.Land, without.For(facts)));
        Assert.Contains("land.approval", refused.English, StringComparison.Ordinal);
        Assert.Contains("land.farmland-destroyed", refused.English, StringComparison.Ordinal);
        // The edition before did not ask: what was sealed with it replays.
        var second = RuleBook.Editions("land").Single(e => e.Edition == RuleBook.SecondEdition);
        Assert.Equal("L1", Assert.Single(PatchDetermination.Propose(facts, second, without.For(facts)).Parcels).Derivation.Code);
        var plain = Facts("TC1 approved before the change, all of it, supplied, used as approved");
        Assert.Equal("L1", PatchDetermination.Propose(plain, RuleBook.Land, without.For(plain)).Parcels[0].Derivation.Code);
    }

    [Theory]
    [InlineData("rule,other,relation\nland.approval,land.farmland-destroyed,over")]
    [InlineData("h\nland.approval,land.farmland-destroyed,before,2018-01-01,,derived,,甲,a")]
    [InlineData("h\nland.approval,land.farmland-destroyed,over,2018,,derived,,甲,a")]
    [InlineData("h\nland.approval,land.farmland-destroyed,over,2018-01-01,soon,derived,,甲,a")]
    public void A_table_that_cannot_be_read_is_refused(string csv) =>
        Assert.Equal(
            "determination.precedence-broken",
            Assert.Throws<Problem>(() => RulePrecedence.Read(new StringReader(csv), "rules/precedence.csv")).Code
        );

    [Fact]
    public void A_title_that_goes_first_decides_and_its_derivation_is_what_it_was()
    {
        var decided = RuleEngine.Decide(Part, TreeOf(new Says("a", "L3"), new Says("b", "I9")), Saying(RuleRelation.Over));
        Assert.Equal(("L3", "a"), (decided.Code, decided.DecidingRule));
        Assert.Single(decided.Steps);
    }

    [Fact]
    public void Two_that_contradict_each_other_are_doubt_and_both_are_named()
    {
        var doubt = RuleEngine.Decide(Part, TreeOf(new Says("a", "L3"), new Says("b", "I9")), Saying(RuleRelation.Contradicts));
        Assert.Equal("D0", doubt.Code);
        var named = Assert.Single(doubt.Contradictions);
        Assert.Contains("L3", named.HeldZh, StringComparison.Ordinal);
        Assert.Contains("I9", named.AgainstZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.No)]
    [InlineData(Outcome.Unknown)]
    public void A_violation_that_does_not_hold_leaves_the_title_alone(Outcome outcome) =>
        Assert.Equal("L3", RuleEngine.Decide(Part, TreeOf(new Says("a", "L3"), new Says("b", "I9", outcome)), Saying(null)).Code);

    [Fact]
    public void A_row_holds_from_its_first_day_through_its_last()
    {
        var table = RulePrecedence.Read(new StringReader("h\na,b,over,2018-01-01,2019-12-31,derived,,甲,a\n"), "rules/precedence.csv");
        Assert.Null(table.Of("a", "b", new(2017, 12, 31)));
        Assert.Equal(RuleRelation.Over, table.Of("a", "b", new(2018, 1, 1)));
        Assert.Equal(RuleRelation.Over, table.Of("a", "b", new(2019, 12, 31)));
        Assert.Null(table.Of("a", "b", new(2020, 1, 1)));
        Assert.Null(table.Of("b", "a", new(2019, 1, 1)));
    }

    /// <summary>Whoever adds a title or a violation that is found by itself has to say how they stand to each other.</summary>
    [Fact]
    public void The_law_says_of_every_pair_of_rules_that_can_meet_how_they_stand_and_of_no_other()
    {
        var pairs = (
            from tree in (RuleTree[])[RuleBook.Land, RuleBook.Mineral]
            from title in tree.Titles
            from violation in tree.Violations.Where(v => v.IsFoundByItself)
            select (title.Id, violation.Id)
        ).ToHashSet();
        Assert.NotEmpty(pairs);
        Assert.Equal(pairs.Order(), Law.Precedence.Pairs.Order());
        Assert.All(pairs, p => Assert.NotNull(Law.Precedence.Of(p.Item1, p.Item2, new(2019, 12, 31))));
    }

    /// <summary>One patch that the rules cannot decide is named; the others of the programme are proposed, and nobody decides on it.
    /// </summary>
    [Fact]
    public async Task A_programme_is_proposed_but_for_the_patch_on_which_rules_conflict()
    {
        using var district = await DistrictOfCases.OfAsync("TC5 converted in 2017, not supplied, a factory stands", Hardened);
        var without = DeterminationLaw.Read(Law.Files.Where(f => f.Path != "rules/precedence.csv"));
        var done = await ProposeVerdicts.Handle(district.Store, DistrictOfCases.Officer, new(DistrictOfCases.Programme), without);
        var named = Assert.Single(done.Conflicts);
        Assert.Equal(("370306T0002", "determination.rules-conflict"), (named.Patch, named.Code));
        Assert.Equal(["I4"], done.ByCode.Keys);
        await using (var db = district.Store.Read())
            Assert.DoesNotContain(await db.Proposals.Select(p => p.PatchId).ToListAsync(), p => p == district.Patches[1]);
        Assert.Empty((await district.ProposeAsync()).Conflicts);
        var compared = await WhatIf.Handle(district.Store, DistrictOfCases.Programme, Law, without);
        var flip = Assert.Single(compared.Flips);
        Assert.Equal(["D0"], flip.Then.Keys);
        Assert.Contains("determination.rules-conflict", flip.MissingThen);
        var parcel = Assert.Single(await district.ParcelsAsync(1));
        var refused = await Assert.ThrowsAsync<Problem>(() =>
            DecideVerdict.Handle(
                district.Store,
                DistrictOfCases.Officer,
                new(parcel.Id, "L1", "手续齐全", ProposalSeen: null, VerdictSeen: null),
                without
            )
        );
        Assert.Equal("determination.rules-conflict", refused.Code);
    }

    private static PatchFacts Facts(string name) => CaseFile.All().Single(c => c.Name == name).Facts();

    /// <summary>A rule that answers what it is told to.</summary>
    private sealed class Says(string id, string code, Outcome outcome = Outcome.Yes) : Rule
    {
        public override string Id => id;

        public override IReadOnlyList<string> Codes => [code];

        public override bool IsFoundByItself => code[0] == 'I';

        public override Step Ask(PartFacts part, RuleLaw law) => new(id, "1", outcome, outcome == Outcome.Yes ? code : null, [], [], null);
    }
}
