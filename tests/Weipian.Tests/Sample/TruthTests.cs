using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Sample.Sites;

namespace Weipian.Tests.Sample;

/// <summary>Every proposal of the rules against the truth that the generator fixed before any rule ran.</summary>
public sealed class TruthTests(DrawnDistrict drawn) : IClassFixture<DrawnDistrict>
{
    private static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    [Fact]
    public void Every_proposal_is_the_truth()
    {
        var differences = new List<string>();
        foreach (var cast in drawn.Casts)
            if (Difference(cast, Propose(cast, RuleBook.Of(cast.Story.Kind))) is { } difference)
                differences.Add(difference);
        Assert.True(differences.Count == 0, $"{differences.Count} of {drawn.Casts.Count}:\n" + string.Join('\n', differences.Take(40)));
    }

    /// <summary>A rule whose loss no patch noticed would be a rule that the sample does not guard.</summary>
    [Theory]
    [InlineData(PatchKind.Land)]
    [InlineData(PatchKind.Mineral)]
    public void Without_any_one_rule_some_proposal_is_wrong(string kind)
    {
        var tree = RuleBook.Of(kind);
        var mine = drawn.Casts.Where(c => c.Story.Kind == kind).ToList();
        var whole = mine.Select(c => (Cast: c, Proposal: Propose(c, tree))).ToList();
        var unguarded = tree
            .Rules.Select(rule => rule.Id)
            .Where(id =>
                !whole
                    .Where(w => w.Proposal.Parcels.Any(p => p.Derivation.DecidingRule == id))
                    .Any(w => Difference(w.Cast, Propose(w.Cast, tree.Without(id))) is not null)
            );
        Assert.Empty(unguarded);
    }

    private PatchProposal Propose(Cast cast, RuleTree tree)
    {
        var facts = drawn.Facts.Of(cast);
        return PatchDetermination.Propose(facts, tree, Law.For(facts));
    }

    /// <summary>Null when codes, flags and areas are those of the truth.</summary>
    private static string? Difference(Cast cast, PatchProposal proposal)
    {
        var told = cast.Story.Parts.OrderBy(p => p.Code, StringComparer.Ordinal).ToList();
        var found = proposal.Parcels.OrderBy(p => p.Derivation.Code, StringComparer.Ordinal).ToList();
        var same =
            told.Select(p => p.Code).SequenceEqual(found.Select(p => p.Derivation.Code))
            && told.Zip(found)
                .All(pair =>
                    Math.Abs(pair.First.AreaSquareMetres - pair.Second.Areas.Total) <= 1e-4 * cast.Story.AreaSquareMetres
                    && pair.First.ApprovedInFormerYear == pair.Second.Derivation.Flags.Contains("PJ")
                );
        if (same)
            return null;
        var parts = string.Join(" + ", told.Select(p => $"{p.Code} {p.AreaSquareMetres:0.00}{(p.ApprovedInFormerYear ? " PJ" : "")}"));
        var parcels = string.Join(
            " + ",
            found.Select(p =>
                $"{p.Derivation.Code} {p.Areas.Total:0.00} {string.Join('/', p.Derivation.Flags)} by {p.Derivation.DecidingRule}, missing "
                + string.Join(", ", p.Derivation.Missing.Select(m => m.What))
                + string.Concat(p.Derivation.Contradictions.Select(c => $"; {c.HeldEn} / {c.AgainstEn}"))
            )
        );
        return $"{cast.Number} {cast.Story.En}: truth {parts}; proposed {parcels}";
    }
}
