using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>The order of decision: approval, supply, registration, facility agriculture, rural road, other by category, illegal.</summary>
[Requirement("R14")]
public sealed class RuleOrderTests
{
    private static readonly DeterminationLaw Law = DistrictOfCases.Law;

    /// <summary>The seven steps of the order with the rules that stand for them.</summary>
    private static readonly string[][] Steps =
    [
        ["land.approval"],
        ["land.supply"],
        ["land.registration"],
        ["land.facility"],
        ["land.rural-road"],
        ["land.earthwork", "land.grave", "land.access", "land.ancillary-works", "land.disaster", "land.village-203"],
        ["land.beyond-boundary", "land.occupation"],
    ];

    [Fact]
    public void Rules_are_asked_in_the_order_of_decision()
    {
        var ids = RuleBook.Land.Rules.Select(r => r.Id).ToList();
        var places = Steps.Select(s => s.Select(id => ids.IndexOf(id)).ToList()).ToList();
        Assert.All(places, p => Assert.DoesNotContain(-1, p));
        for (var i = 1; i < places.Count; i++)
            Assert.True(places[i - 1].Max() < places[i].Min(), $"{Steps[i - 1][0]} is asked after {Steps[i][0]}");
        // What stands outside the tree is asked before it, and what is left over is unlawful only at the very end.
        Assert.Equal(["land.military", "land.enclave", "land.unchanged"], ids[..3]);
        Assert.Equal("land.occupation", ids[^1]);
    }

    /// <summary>Every one of the three titles holds on the same ground: the first of the order decides, and without it the next.</summary>
    [Fact]
    public void Where_several_titles_hold_the_first_of_the_order_decides_and_without_it_the_next()
    {
        var facts = WithTitles(CaseFile.All().Single(c => c.Name.StartsWith("TC1 approved", StringComparison.Ordinal)).Facts());
        var (tree, codes) = (RuleBook.Land, new List<string>());
        foreach (var role in (string[])[LayerRole.Approval, LayerRole.Supply, LayerRole.Registration])
        {
            codes.Add(Assert.Single(PatchDetermination.Propose(facts, tree, Law.For(facts)).Parcels).Derivation.Code);
            facts = facts with
            {
                Roles = new Dictionary<string, RoleFacts>(facts.Roles) { [role] = facts.Role(role) with { Features = [] } },
            };
        }
        Assert.Equal(["L1", "L2", "L3"], codes);
    }

    /// <summary>A derivation shows the questions in the order in which they were asked, each answered and each citing something.</summary>
    [Fact]
    public void A_derivation_keeps_the_order_and_every_answer_says_what_it_rests_on()
    {
        var order = RuleBook.Land.Rules.Select(r => r.Id).ToList();
        foreach (var facts in CaseFile.All().Select(c => c.Facts()).Where(f => f.Kind == PatchKind.Land))
        foreach (var parcel in PatchDetermination.Propose(facts, RuleBook.Land, Law.For(facts)).Parcels)
        {
            var asked = parcel.Derivation.Steps.Select(s => order.IndexOf(s.RuleId)).ToList();
            Assert.Equal(asked.Order(), asked);
            Assert.Equal(asked.Distinct().Count(), asked.Count);
            Assert.All(parcel.Derivation.Steps, s => Assert.NotEmpty(s.Checks));
            // What is unknown says what is missing or which two things contradict each other.
            var open = parcel.Derivation.Steps.SelectMany(s => s.Checks).Where(c => c.Outcome == Outcome.Unknown);
            Assert.All(open, c => Assert.True(c.Missing.Count > 0 || c.Contradiction is not null, $"{facts.Number}: {c.En}"));
            if (parcel.Derivation.DecidingRule is not null)
                Assert.Equal(Law.Book.Verdicts.Get(parcel.Derivation.Code, facts.ProgrammeYear).Code, parcel.Derivation.Code);
        }
    }

    private static PatchFacts WithTitles(PatchFacts facts)
    {
        var supply = facts.Role(LayerRole.Supply).Features[0];
        var right = supply with
        {
            Role = LayerRole.Registration,
            LayerVersionId = "layer-registration",
            Date = facts.Before!.Value.AddDays(-1),
        };
        var visits = facts.Site.Visits.Select(v =>
            v with
            {
                Answers = new Dictionary<string, string>(v.Answers) { [FactKeys.ConversionDocument.Id] = "鲁政土字〔2018〕101号" },
            }
        );
        return facts with
        {
            Roles = new Dictionary<string, RoleFacts>(facts.Roles)
            {
                [LayerRole.Registration] = facts.Role(LayerRole.Registration) with { Features = [right] },
            },
            Site = new(visits),
        };
    }
}
