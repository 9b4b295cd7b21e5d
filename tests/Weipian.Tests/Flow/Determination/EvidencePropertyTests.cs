using CsCheck;
using Weipian.Flow.Determinations;
using Weipian.Flow.Intake;

namespace Weipian.Tests.Flow.Determinations;

/// <summary>What evidence does to a verdict, whatever the facts are: the cases mixed with each other, and answers added by chance.
/// </summary>
[Requirement("R14")]
public sealed class EvidencePropertyTests
{
    private static readonly DeterminationLaw Law = DeterminationLaw.Load(Path.Combine(Repository.Root, "law"));

    /// <summary>Facts of the cases by kind, all on one strip of ground.</summary>
    private static readonly ILookup<string, PatchFacts> Written = CaseFile.All().Select(c => c.Facts()).ToLookup(f => f.Kind);

    private static readonly Gen<(FactKey Key, string Written)> Answers = OneOf<FactKey>([.. FactKeys.ById.Values])
        .SelectMany(Readable, (key, written) => (key, written));

    /// <summary>One case, with some layers as another has them.</summary>
    private static readonly Gen<PatchFacts> Mixed = OneOf(PatchKind.Land, PatchKind.Land, PatchKind.Land, PatchKind.Mineral)
        .SelectMany(kind => Gen.Select(OneOf<PatchFacts>([.. Written[kind]]), OneOf<PatchFacts>([.. Written[kind]]), Gen.Int))
        .Select(
            (own, other, seed) =>
            {
                var chance = new Random(seed);
                return own with { Roles = own.Roles.ToDictionary(r => r.Key, r => chance.Next(3) == 0 ? other.Roles[r.Key] : r.Value) };
            }
        );

    /// <summary>Every rule is asked of every part, also those that the order would not reach.</summary>
    [Fact]
    public void No_input_is_lawful_and_unlawful_at_once() =>
        Gen.Select(Mixed, Answers.Array[0, 6])
            .Sample(
                (facts, more) =>
                {
                    var told = more.Aggregate(facts, Also);
                    var (tree, law) = (RuleBook.Of(told.Kind), Law.For(told));
                    foreach (var part in PatchDetermination.Grounds(told, tree, law).SelectMany(g => g.Parts))
                        OneOutcome(part, tree, law);
                },
                iter: 500
            );

    /// <summary>Whatever a verdict is, one further answer that denies nothing held leaves it decided.</summary>
    /// <remarks>An unlawful verdict rests on there being no title. An answer that brings a part of a title denies just that: the ground
    /// is then doubtful, and the rule of that title names the answer and what it still wants.</remarks>
    [Fact]
    public void A_further_answer_leaves_a_verdict_decided_or_the_doubt_names_it_and_what_it_denies() =>
        Gen.Select(Mixed, Answers)
            .Sample(
                (facts, more) =>
                {
                    if (facts.Site.Visits.Count == 0 || facts.Site.All(more.Key).Count > 0)
                        return;
                    var before = Propose(facts).Parcels;
                    if (before.Any(p => p.Derivation.DecidingRule is null))
                        return;
                    foreach (var parcel in Propose(Also(facts, more)).Parcels.Where(p => p.Derivation.DecidingRule is null))
                        Assert.True(
                            parcel.Derivation.Contradictions.Count > 0 || TitleIsOpened(parcel.Derivation, more.Key),
                            $"{facts.Number} {before[0].Derivation.Code} + {more.Key.Id}={more.Written}: "
                                + string.Join(", ", parcel.Derivation.Missing.Select(m => m.What))
                        );
                },
                iter: 1500
            );

    /// <summary>Two visits of one day that answer a question differently: where the answer decides, it is doubt, and both are named.
    /// </summary>
    [Fact]
    public void Evidence_that_denies_what_decides_is_always_doubt_and_both_are_named() =>
        Gen.Select(OneOf<PatchFacts>([.. Written.SelectMany(g => g)]), Gen.Int)
            .SelectMany(
                (facts, seed) =>
                {
                    var keys = Held(facts);
                    var key = keys.Count == 0 ? FactKeys.UseOnGround : keys[new Random(seed).Next(keys.Count)];
                    return Readable(key).Select(other => (facts, key, other));
                }
            )
            .Sample(
                t =>
                {
                    var (facts, key, other) = t;
                    if (facts.Site.Visits.Count == 0 || facts.Site.Of(key) is not { } held || held.Written == other)
                        return;
                    var (now, then) = (Codes(facts), Codes(Instead(facts, key, other)));
                    if (now.Concat(then).Any(c => VerdictOutcomes.Of(c) == VerdictOutcome.Doubtful) || now.SequenceEqual(then))
                        return;
                    var both = Propose(Beside(facts, key, other));
                    var doubtful = both.Parcels.Where(p => p.Derivation.DecidingRule is null).ToList();
                    Assert.True(
                        doubtful.Any(p => p.Derivation.Contradictions.Any(c => NamesBoth(c, key, held.Written, other))),
                        $"{facts.Number} {key.Id} {held.Written} ({string.Join(',', now)}) against {other} ({string.Join(',', then)}): "
                            + string.Join(", ", both.Parcels.Select(p => p.Derivation.Code))
                    );
                },
                iter: 1500
            );

    private static void OneOutcome(PartFacts part, RuleTree tree, RuleLaw law)
    {
        var derivation = RuleEngine.Decide(part, tree, law);
        var titles = tree.Titles.Select(r => r.Ask(part, law)).ToList();
        var found = tree
            .Violations.Where(r => r.IsFoundByItself)
            .Select(r => r.Ask(part, law))
            .Where(s => s.Outcome == Outcome.Yes)
            .ToList();
        var outcome = VerdictOutcomes.Of(derivation.Code);
        if (outcome == VerdictOutcome.Unlawful)
            Assert.All(titles, t => Assert.Equal(Outcome.No, t.Outcome));
        if (outcome != VerdictOutcome.Lawful)
            return;
        var title = titles.First(t => t.Outcome == Outcome.Yes);
        Assert.Equal(title.RuleId, derivation.DecidingRule);
        Assert.All(found, v => Assert.Equal(RuleRelation.Over, law.Relation(title.RuleId, v.RuleId)));
    }

    /// <summary>A title that may hold since the answer came: its step shows the answer and asks for the rest.</summary>
    private static bool TitleIsOpened(Derivation derivation, FactKey key) =>
        derivation.Steps.Any(s =>
            s.Outcome == Outcome.Unknown
            && s.Checks.Any(c => c.Zh.Contains(key.Zh, StringComparison.Ordinal))
            && s.Checks.Any(c => c.Missing.Count > 0)
        );

    private static bool NamesBoth(Contradiction contradiction, FactKey key, string held, string other)
    {
        var told = contradiction.HeldZh + contradiction.AgainstZh;
        return told.Contains(Words.Told(key, held).Zh, StringComparison.Ordinal)
            && told.Contains(Words.Told(key, other).Zh, StringComparison.Ordinal);
    }

    private static List<FactKey> Held(PatchFacts facts) =>
        [.. FactKeys.ById.Values.Where(k => k.Id != FactKeys.EvidenceKinds.Id && facts.Site.Of(k) is not null)];

    private static Gen<string> Readable(FactKey key) =>
        key.Type switch
        {
            FactType.Flag => OneOf("true", "false"),
            FactType.Choice => OneOf<string>([.. key.Choices]),
            FactType.Day => Gen.Int[0, 900].Select(d => new DateOnly(2017, 6, 1).AddDays(d).ToString("yyyy-MM-dd")),
            FactType.Number => OneOf("0", "1", "2", "6.5", "8", "2012", "2017", "2019", "95"),
            _ => OneOf("工业", "农村宅基地", "文号〔2018〕1号"),
        };

    private static IReadOnlyList<string> Codes(PatchFacts facts) => [.. Propose(facts).Parcels.Select(p => p.Derivation.Code)];

    private static PatchProposal Propose(PatchFacts facts) => PatchDetermination.Propose(facts, RuleBook.Of(facts.Kind), Law.For(facts));

    private static PatchFacts Also(PatchFacts facts, (FactKey Key, string Written) answer) =>
        facts.Site.Visits.Count == 0 ? facts : Instead(facts, answer.Key, answer.Written);

    /// <summary>The answer takes the place of what every visit said to the question.</summary>
    private static PatchFacts Instead(PatchFacts facts, FactKey key, string written)
    {
        var last = facts.Site.Visits[^1];
        return facts with
        {
            Site = new(
                facts.Site.Visits.Select(v =>
                    v with
                    {
                        Answers = v
                            .Answers.Where(a => a.Key != key.Id)
                            .Concat(v.VisitId == last.VisitId ? [new(key.Id, written)] : Array.Empty<KeyValuePair<string, string>>())
                            .ToDictionary(),
                    }
                )
            ),
        };
    }

    /// <summary>A second visit of the day, alike but for one answer.</summary>
    private static PatchFacts Beside(PatchFacts facts, FactKey key, string written)
    {
        var last = facts.Site.Visits.Last(v => v.Answers.ContainsKey(key.Id));
        var answers = new Dictionary<string, string>(last.Answers) { [key.Id] = written };
        return facts with { Site = new([.. facts.Site.Visits, last with { VisitId = "visit-9", Answers = answers }]) };
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
