using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Law;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>The cases of <c>tests/cases/determination</c>, through the cut, the rules and the real law book.</summary>
public sealed class CasesTests
{
    private static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    public static TheoryData<string, string> Cases() => [.. CaseFile.All().Select(c => (c.File, c.Name))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_comes_out_as_it_is_written(string file, string name)
    {
        var written = CaseFile.All().Single(c => c.File == file && c.Name == name);
        var proposal = Propose(written.Facts(), RuleBook.Of(written.Facts().Kind));
        var story = Story(proposal);
        Assert.True(
            written.Expect.Select(e => e.Code).SequenceEqual(proposal.Parcels.Select(p => p.Derivation.Code)),
            $"expected {string.Join(", ", written.Expect.Select(e => e.Code))}; got\n{story}"
        );
        var shown = SumPreservingRounding.ToMu(
            [.. proposal.Parcels.Select(p => new SquareMetres(p.Areas.Total))],
            new(proposal.AreaSquareMetres)
        );
        foreach (var ((expected, parcel), mu) in written.Expect.Zip(proposal.Parcels).Zip(shown))
            Check(expected, parcel, mu, story);
        Assert.Equal(proposal.AreaSquareMetres, proposal.Parcels.Sum(p => p.Areas.Total), 1e-6);
    }

    [Fact]
    public void No_two_cases_have_one_name() =>
        Assert.Empty(CaseFile.All().GroupBy(c => c.Name).Where(g => g.Count() > 1).Select(g => g.Key));

    /// <summary>A rule that could be left out without any case noticing would be a rule that nothing protects.</summary>
    [Theory]
    [InlineData(PatchKind.Land)]
    [InlineData(PatchKind.Mineral)]
    public void Leaving_out_any_one_rule_changes_a_case(string kind)
    {
        var tree = RuleBook.Of(kind);
        var cases = CaseFile
            .All()
            .Select(c => (Facts: c.Facts(), Codes: c.Expect.Select(e => e.Code).ToList()))
            .Where(c => c.Facts.Kind == kind)
            .Select(c => (c.Facts, c.Codes, Deciding: Propose(c.Facts, tree).Parcels.Select(p => p.Derivation.DecidingRule).ToList()))
            .ToList();
        var needless = tree
            .Rules.Select(r => r.Id)
            .Where(id =>
                cases
                    .Where(c => c.Deciding.Contains(id))
                    .All(c => Propose(c.Facts, tree.Without(id)).Parcels.Select(p => p.Derivation.Code).SequenceEqual(c.Codes))
            );
        Assert.Empty(needless);
    }

    /// <summary>Every verdict of the trees of 2018 and 2019 is what some case comes out as.</summary>
    [Theory]
    [InlineData(PatchKind.Land, 2018)]
    [InlineData(PatchKind.Land, 2019)]
    [InlineData(PatchKind.Mineral, 2019)]
    public void Every_verdict_of_the_tree_is_reached(string kind, int year)
    {
        var reached = CaseFile.All().Where(c => c.Facts().Kind == kind).SelectMany(c => c.Expect).Select(e => e.Code).ToHashSet();
        var unreachable = Law.Book.Verdicts.For(kind, year).Select(v => v.Code).Where(c => !reached.Contains(c));
        Assert.Empty(unreachable);
    }

    /// <summary>No rule names a verdict that the catalogue does not know.</summary>
    [Theory]
    [InlineData(PatchKind.Land)]
    [InlineData(PatchKind.Mineral)]
    public void Rules_give_only_verdicts_of_the_catalogue(string kind)
    {
        var known = Law.Book.Verdicts.All.Where(v => v.Kind == kind).Select(v => v.Code).ToHashSet();
        Assert.All(RuleBook.Of(kind).Rules.SelectMany(r => r.Codes), c => Assert.Contains(c, known));
        Assert.Equal(RuleBook.Of(kind).Rules.Count(), RuleBook.Of(kind).Rules.Select(r => r.Id).Distinct().Count());
    }

    private static PatchProposal Propose(PatchFacts facts, RuleTree tree) => PatchDetermination.Propose(facts, tree, Law.For(facts));

    private static void Check(CaseFile.Expected expected, ProposedParcel parcel, Mu mu, string story)
    {
        if (expected.Mu is not null)
            Assert.True(expected.Mu == mu.ToString(), $"expected {expected.Mu} mu, got {mu}\n{story}");
        if (expected.CultivatedMu is not null)
            Assert.Equal(expected.CultivatedMu, new SquareMetres(parcel.Areas.CultivatedNet ?? -1).ToMu().ToString());
        Assert.Equal(expected.Flags, parcel.Derivation.Flags);
        foreach (var missing in expected.Missing)
            Assert.Contains(missing, parcel.Derivation.Missing.Select(m => m.What));
        Assert.True(expected.Contradiction == parcel.Derivation.Contradictions.Count > 0, story);
        var sentences = parcel.Derivation.Steps.SelectMany(s => s.Checks).Select(c => c.Zh).ToList();
        foreach (var says in expected.Says)
            Assert.True(sentences.Any(s => s.Contains(says, StringComparison.Ordinal)), $"nothing says {says}\n{story}");
        if (expected.Absorbed is { } absorbed)
            Assert.True(absorbed == parcel.Absorbed.Count, story);
        if (expected.Shortfall is not null)
            Assert.Contains(
                expected.Shortfall,
                parcel
                    .Derivation.Steps.SelectMany(s => s.Checks)
                    .Where(c => c.Shortfall is not null)
                    .Select(c => $"{c.Shortfall!.Amount} {c.Shortfall.Unit}")
            );
    }

    private static string Story(PatchProposal proposal) =>
        string.Join(
            '\n',
            proposal.Parcels.Select(p =>
                $"{p.Number} {p.Derivation.Code} by {p.Derivation.DecidingRule} {p.Areas.Total:0.0000} m²; "
                + $"missing {string.Join(", ", p.Derivation.Missing.Select(m => m.What))}\n"
                + string.Join(
                    '\n',
                    p.Derivation.Steps.Where(s => s.Outcome != Outcome.No || s.Code is not null)
                        .SelectMany(s => s.Checks.Select(c => $"    {s.RuleId} {c.Outcome} {c.Zh}"))
                )
            )
        );
}
