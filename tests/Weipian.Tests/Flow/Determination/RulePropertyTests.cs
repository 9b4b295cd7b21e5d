using CsCheck;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>What must hold of the rules whatever the facts are: the cases, with facts taken away, added, turned and put in another order by
/// chance.</summary>
[Requirement("R14")]
public sealed class RulePropertyTests
{
    private static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));
    private static readonly CaseFile[] Cases = [.. CaseFile.All()];
    private static readonly Gen<PatchFacts> Facts = Gen.Int[0, Cases.Length - 1].Select(i => Cases[i].Facts());

    /// <summary>A field of the form with an answer that is readable.</summary>
    private static readonly Gen<(FactKey Key, string Written)> Answers = OneOf<FactKey>([.. FactKeys.ById.Values])
        .SelectMany(
            key =>
                key.Type switch
                {
                    FactType.Flag => OneOf("true", "false"),
                    FactType.Choice => OneOf<string>([.. key.Choices]),
                    FactType.Day => Gen.Int[0, 900].Select(d => new DateOnly(2017, 6, 1).AddDays(d).ToString("yyyy-MM-dd")),
                    FactType.Number => OneOf("0", "1", "2", "6.5", "8", "2012", "2017", "2019", "95"),
                    _ => OneOf("工业", "农村宅基地", "文号〔2018〕1号"),
                },
            (key, written) => (key, written)
        );

    [Fact]
    public void No_facts_give_a_part_of_a_patch_two_outcomes_and_parcels_are_the_patch() =>
        Gen.Select(Facts, Answers.Array[0, 6])
            .Sample(
                (facts, answers) =>
                {
                    var proposal = Propose(answers.Aggregate(facts, Answered));
                    var known = Law.Book.Verdicts.For(facts.Kind, facts.ProgrammeYear).Select(v => v.Code).ToHashSet();
                    Assert.All(proposal.Parcels, p => Assert.Contains(p.Derivation.Code, known));
                    foreach (var parcel in proposal.Parcels)
                    {
                        var said = parcel.Derivation.Steps.Where(s => s.RuleId == parcel.Derivation.DecidingRule).ToList();
                        Assert.Equal(VerdictOutcomes.Of(parcel.Derivation.Code) == VerdictOutcome.Doubtful ? 0 : 1, said.Count);
                        // Lawful needs a title that said yes; unlawful needs that none did and none might.
                        if (VerdictOutcomes.Of(parcel.Derivation.Code) == VerdictOutcome.Unlawful)
                            Assert.DoesNotContain(
                                RuleBook.Of(facts.Kind).Titles.Select(t => t.Id),
                                t => parcel.Derivation.Steps.Any(s => s.RuleId == t && s.Outcome != Outcome.No)
                            );
                    }
                    Assert.Equal(proposal.AreaSquareMetres, proposal.Parcels.Sum(p => p.Areas.Total), 1e-6);
                },
                iter: 400
            );

    /// <summary>Missing data can never come out legal or illegal: whoever takes a layer away gets the same outcome, or doubt.</summary>
    [Fact]
    public void Without_a_layer_the_outcome_is_the_same_or_doubtful() =>
        Gen.Select(Facts, OneOf<string>([.. LayerRoles.InCutOrder.Where(r => r != LayerRole.AdministrativeUnit)]))
            .Sample(
                (facts, role) =>
                {
                    var before = Outcomes(Propose(facts));
                    var without = facts with
                    {
                        Roles = new Dictionary<string, RoleFacts>(facts.Roles) { [role] = RoleFacts.NotLoaded(role) },
                    };
                    foreach (var outcome in Outcomes(Propose(without)))
                        Assert.True(
                            outcome == VerdictOutcome.Doubtful || before.Contains(outcome),
                            $"{facts.Number} without {role}: {outcome}"
                        );
                },
                iter: 400
            );

    [Fact]
    public void The_order_of_layers_and_features_does_not_matter() =>
        Gen.Select(Facts, Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    var chance = new Random(seed);
                    var roles = facts.Roles.ToArray();
                    chance.Shuffle(roles);
                    var turned = facts with { Roles = roles.ToDictionary(r => r.Key, r => Turned(r.Value, chance)) };
                    var (one, other) = (Propose(facts).Parcels, Propose(turned).Parcels);
                    Assert.Equal(
                        one.Select(p => DerivationJson.Write(p.Derivation)),
                        other.Select(p => DerivationJson.Write(p.Derivation))
                    );
                    Assert.Equal(one.Select(p => p.Areas), other.Select(p => p.Areas));
                },
                iter: 200
            );

    /// <summary>A step that was kept from another face is the step that the rule would say of this one, byte for byte.</summary>
    [Fact]
    public void What_is_remembered_of_other_faces_is_what_the_rules_would_say_again() =>
        Gen.Select(Facts, Facts, Answers.Array[0, 4])
            .Sample(
                (facts, other, answers) =>
                {
                    var patch = answers.Aggregate(CutOftener(facts, other), Answered);
                    var (tree, law) = (RuleBook.Of(patch.Kind), Law.For(patch));
                    var judged = new JudgedFaces(CutPatch.Of(patch), tree, law);
                    judged.JudgeAlone();
                    SayTheSameAgain(judged, tree, law);
                    judged.JudgeWithSurroundings();
                    SayTheSameAgain(judged, tree, law);
                },
                iter: 300
            );

    /// <summary>The same part, asked without any memory, and with nothing told before about its layers.</summary>
    private static void SayTheSameAgain(JudgedFaces judged, RuleTree tree, RuleLaw law)
    {
        for (var face = 0; face < judged.Faces.Count; face++)
        {
            var seen = judged.Seen(face) with { Covering = [.. judged.Faces[face].Covering] };
            Assert.Equal(DerivationJson.Write(RuleEngine.Decide(seen, tree, law)), DerivationJson.Write(judged.Own(face)));
        }
    }

    /// <summary>The facts of a case, its ground cut by the features of another one too, so that it has many faces.</summary>
    private static PatchFacts CutOftener(PatchFacts facts, PatchFacts other) =>
        facts with
        {
            Roles = LayerRoles.InCutOrder.ToDictionary(
                r => r,
                r =>
                    facts.Role(r) is { Loaded: true } held
                        ? held with
                        {
                            Features = [.. held.Features, .. other.Role(r).Features.Select(f => f with { LayerVersionId = "of-another" })],
                        }
                        : facts.Role(r),
                StringComparer.Ordinal
            ),
        };

    /// <summary>The same layers and features in another order.</summary>
    private static RoleFacts Turned(RoleFacts role, Random chance)
    {
        var (layers, features) = (role.Layers.ToArray(), role.Features.ToArray());
        chance.Shuffle(layers);
        chance.Shuffle(features);
        return role with { Layers = layers, Features = features };
    }

    /// <summary>A lawful verdict stands whatever further is brought, unless it contradicts something, and then both are named.</summary>
    [Fact]
    public void Further_answers_turn_a_lawful_verdict_into_doubt_only_by_a_contradiction_that_names_both() =>
        Gen.Select(Facts, Answers)
            .Sample(
                (facts, more) =>
                {
                    if (
                        facts.Site.Visits.Count == 0
                        || facts.Site.All(more.Key).Count > 0
                        || Outcomes(Propose(facts)) is not [VerdictOutcome.Lawful]
                    )
                        return;
                    foreach (var parcel in Propose(Answered(facts, more)).Parcels.Where(p => p.Derivation.DecidingRule is null))
                    {
                        Assert.NotEmpty(parcel.Derivation.Contradictions);
                        Assert.All(
                            parcel.Derivation.Contradictions,
                            c => Assert.True(c.HeldZh.Length > 0 && c.AgainstZh.Length > 0 && c.HeldZh != c.AgainstZh)
                        );
                    }
                },
                iter: 600
            );

    /// <summary>Two visits that tell one past event differently contradict each other wherever that event decides.</summary>
    [Fact]
    public void Two_starts_of_works_that_differ_are_doubt_and_both_are_named() =>
        Gen.Select(OneOf(Starting("TC3 approved between the images, started")), Gen.Int[1, 100])
            .Sample(
                (written, days) =>
                {
                    var facts = written.Facts();
                    var held = facts.Site.Of(FactKeys.WorksStartedOn)!;
                    var day = held.Day!.Value.AddDays(days <= 50 ? -days : days - 50);
                    var other = day.ToString("yyyy-MM-dd");
                    // A start after the image that already shows the works contradicts the image before it contradicts a visit.
                    var against = day > facts.After ? facts.After.Value.ToString("yyyy-MM-dd") : held.Written;
                    var visit = facts.Site.Visits[0] with { VisitId = "visit-9", VisitedOn = facts.Site.Visits[0].VisitedOn.AddDays(1) };
                    visit = visit with { Answers = new Dictionary<string, string>(visit.Answers) { [FactKeys.WorksStartedOn.Id] = other } };
                    var parcel = Assert.Single(Propose(facts with { Site = new([.. facts.Site.Visits, visit]) }).Parcels);
                    Assert.Equal("D0", parcel.Derivation.Code);
                    Assert.Contains(
                        parcel.Derivation.Contradictions,
                        c =>
                            (c.HeldZh + c.AgainstZh).Contains(against, StringComparison.Ordinal)
                            && (c.HeldZh + c.AgainstZh).Contains(other, StringComparison.Ordinal)
                    );
                },
                iter: 60
            );

    private static CaseFile[] Starting(string words) => [.. Cases.Where(c => c.Name.StartsWith(words, StringComparison.Ordinal))];

    private static PatchFacts Answered(PatchFacts facts, (FactKey Key, string Written) answer)
    {
        if (facts.Site.Visits.Count == 0)
            return facts;
        var visits = facts.Site.Visits.ToList();
        visits[^1] = visits[^1] with { Answers = new Dictionary<string, string>(visits[^1].Answers) { [answer.Key.Id] = answer.Written } };
        return facts with { Site = new(visits) };
    }

    private static PatchProposal Propose(PatchFacts facts) => PatchDetermination.Propose(facts, RuleBook.Of(facts.Kind), Law.For(facts));

    private static VerdictOutcome[] Outcomes(PatchProposal proposal) =>
        [.. proposal.Parcels.Select(p => VerdictOutcomes.Of(p.Derivation.Code)).Distinct()];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
