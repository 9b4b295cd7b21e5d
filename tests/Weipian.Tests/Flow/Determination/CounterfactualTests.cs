using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;
using Weipian.Tests.Sample;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>
/// What a doubtful or illegal parcel would need: each set that is named is applied to the patch, which is cut and judged anew from the
/// start. The outcome changes as told, and for no proper subset of the set.
/// </summary>
[Requirement("R14")]
public sealed class CounterfactualTests(DrawnDistrict drawn) : IClassFixture<DrawnDistrict>
{
    private static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    /// <summary>Borders that are drawn twice leave crumbs; they are not the parcel.</summary>
    private const double CrumbShare = 1e-6;

    [Fact]
    public void Of_every_case_each_named_set_changes_the_outcome_and_no_subset_does()
    {
        var (told, faults) = Prove(CaseFile.All().Select(c => (c.Name, c.Facts())));
        Assert.True(faults.Count == 0, $"{faults.Count} of {told}:\n{string.Join('\n', faults.Take(20))}");
        Assert.True(told > 100, $"only {told} sets over all cases");
    }

    [Fact]
    public void Of_every_patch_of_the_sample_each_named_set_changes_the_outcome_and_no_subset_does()
    {
        var (told, faults) = Prove(drawn.Casts.Select(c => (c.Number, drawn.Facts.Of(c))));
        Assert.True(faults.Count == 0, $"{faults.Count} of {told}:\n{string.Join('\n', faults.Take(20))}");
        Assert.True(told > 100, $"only {told} sets over the sample");
    }

    /// <summary>Cases mixed with each other by chance: layers of one with visits of another.</summary>
    [Fact]
    public void Of_many_parcels_made_by_chance_each_named_set_changes_the_outcome_and_no_subset_does()
    {
        var seed = Random.Shared.Next();
        var chance = new Random(seed);
        var written = CaseFile.All().Select(c => c.Facts()).ToLookup(f => f.Kind);
        PatchFacts Mixed(int number)
        {
            var all = written[number % 5 == 0 ? PatchKind.Mineral : PatchKind.Land].ToList();
            var (own, other, seen) = (all[chance.Next(all.Count)], all[chance.Next(all.Count)], all[chance.Next(all.Count)]);
            return own with
            {
                Roles = own.Roles.ToDictionary(r => r.Key, r => chance.Next(3) == 0 ? other.Roles[r.Key] : r.Value),
                Site = chance.Next(2) == 0 ? own.Site : seen.Site,
            };
        }
        var patches = Enumerable.Range(0, Environment.GetEnvironmentVariable("WEIPIAN_LONG") is null ? 150 : 3000);
        var (told, faults) = Prove(patches.Select(n => ($"seed {seed} patch {n}", Mixed(n))).ToList());
        Assert.True(faults.Count == 0, $"{faults.Count} of {told}:\n{string.Join('\n', faults.Take(20))}");
        Assert.True(told > 100, $"only {told} sets");
    }

    /// <summary>What is left of a factory beyond its approval: the sentence of the office.</summary>
    [Fact]
    public void The_rest_beyond_an_approval_needs_an_approval_before_the_image()
    {
        var found = Of("TC4", parcel: 1);
        Assert.Equal("I5", found.Code);
        Assert.Contains(
            found.Lawful,
            w => w.Changes.Any(c => c.En.StartsWith("approval dated on or before 2018-10-12 covers the 4.60 mu", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void An_approval_between_the_images_asks_for_the_start_of_works_both_ways()
    {
        var found = Of("TC3", parcel: 0);
        Assert.Equal("D0", found.Code);
        Assert.Contains(found.Lawful, w => w is { Changes: [AnswerWouldBe { Key.Id: "works_started_on", Written: "2019-01-15" }] });
        Assert.Contains(found.Unlawful, w => w is { Changes: [AnswerWouldBe { Key.Id: "works_started_on", Written: "2019-01-14" }] });
    }

    [Fact]
    public void A_road_that_is_too_wide_would_pass_at_the_limit_of_the_law()
    {
        var written = CaseFile.All().First(c => c.Name.StartsWith("TC9", StringComparison.Ordinal) && c.Expect[0].Code[0] == 'I');
        var found = Search(written.Facts()).Single();
        Assert.Contains(found.Lawful, w => w is { Code: "O3", Changes: [AnswerWouldBe { Key.Id: "road_width_m", Written: "8" or "8.0" }] });
    }

    [Fact]
    public void A_legal_parcel_needs_nothing()
    {
        var found = Of("TC1", parcel: 0);
        Assert.Empty(found.Lawful);
        Assert.Empty(found.Unlawful);
    }

    private static Counterfactuals Of(string name, int parcel) =>
        Search(CaseFile.All().First(c => c.Name.StartsWith(name + " ", StringComparison.Ordinal)).Facts())[parcel];

    private static List<Counterfactuals> Search(PatchFacts facts)
    {
        var (tree, rules) = (RuleBook.Of(facts.Kind), Law.For(facts));
        return [.. PatchDetermination.Grounds(facts, tree, rules).Select(g => new CounterfactualSearch(g, tree, rules).Find())];
    }

    private static (int Told, List<string> Faults) Prove(IEnumerable<(string Name, PatchFacts Facts)> patches)
    {
        var (told, faults) = (0, new List<string>());
        foreach (var (name, facts) in patches)
        {
            var (tree, rules) = (RuleBook.Of(facts.Kind), Law.For(facts));
            foreach (var ground in PatchDetermination.Grounds(facts, tree, rules))
            {
                var found = new CounterfactualSearch(ground, tree, rules).Find();
                var ways = found
                    .Lawful.Select(w => (Way: w, Outcome: VerdictOutcome.Lawful))
                    .Concat(found.Unlawful.Select(w => (Way: w, Outcome: VerdictOutcome.Unlawful)));
                foreach (var (way, outcome) in ways)
                {
                    told++;
                    var text = $"{name} {found.Code} → {way.Code}: {string.Join(" + ", way.Changes.Select(c => c.En))}";
                    if (!Has(facts, ground, way.Changes, outcome, out var got))
                        faults.Add($"{text}: comes out as {got}");
                    foreach (var subset in CounterfactualSearch.Subsets(way.Changes))
                        if (Has(facts, ground, subset, outcome, out got))
                            faults.Add($"{text}: {subset.Count} of the facts would do ({got})");
                }
            }
        }
        return (told, faults);
    }

    /// <summary>Applies the facts to the whole patch, cuts and judges it anew, and asks what lies on the ground of the parcel.</summary>
    private static bool Has(
        PatchFacts facts,
        CounterfactualGround ground,
        IReadOnlyList<FactChange> changes,
        VerdictOutcome outcome,
        out string codes
    )
    {
        var changed = changes.Aggregate(facts, (f, c) => c.On(f, ground.Geometry));
        var there = PatchDetermination
            .Propose(changed, RuleBook.Of(changed.Kind), Law.For(changed))
            .Parcels.Where(p => p.Geometry.Intersection(ground.Geometry).Area > CrumbShare * ground.Geometry.Area)
            .Select(p => p.Derivation.Code)
            .ToList();
        codes = string.Join(", ", there);
        return there.All(c => VerdictOutcomes.Of(c) == outcome);
    }
}
