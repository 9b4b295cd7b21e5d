using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Weipian.Flow.Determinations;

/// <summary>Conditions about what was found on the ground.</summary>
internal static class SiteChecks
{
    /// <summary>To what was found on the ground, that a rule about something else does not apply: many rules say the same.</summary>
    private static readonly ConditionalWeakTable<Check, Check> Inapplicable = [];

    private static readonly ConcurrentDictionary<string, Check> Unsaid = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Check> Unbrought = new(StringComparer.Ordinal);

    /// <summary>Whether a key was answered readably and without contradiction; the answer goes out when it was.</summary>
    public static Check Answered(PartFacts part, FactKey key, out Answer? answer)
    {
        var site = part.Site;
        answer = site.Disagreement(key) is null ? site.Of(key) : null;
        return site.Answered(key, asked => Told(site, asked));
    }

    private static Check Told(SiteFacts site, FactKey key)
    {
        if (site.Disagreement(key) is { } pair)
            return Contradicts(
                $"两次核查的“{key.Zh}”不一致，不能认定",
                $"two visits disagree about the {key.En}",
                (Words.Zh(pair.First), Words.En(pair.First)),
                (Words.Zh(pair.Second), Words.En(pair.Second)),
                pair.First,
                pair.Second
            );
        if (site.Of(key) is { } answer)
            return new(Outcome.Yes, $"{Words.Zh(answer)}", $"{Words.En(answer)}") { Evidence = Files(answer) };
        var unreadable = site.Unreadable(key);
        return unreadable.Count > 0
            ? new(
                Outcome.Unknown,
                $"“{key.Zh}”填写为“{unreadable[^1].Written}”，无法识别",
                $"the {key.En} reads \"{unreadable[^1].Written}\", which is not an answer"
            )
            {
                Missing = [Ask(key)],
            }
            : new(Outcome.Unknown, $"缺少“{key.Zh}”", $"the {key.En} is not known") { Missing = [Ask(key)] };
    }

    /// <summary>Whether the ground shows one of these; another use means that the rule does not apply.</summary>
    public static Check GroundIs(PartFacts part, params IReadOnlyList<string> words)
    {
        var known = Answered(part, FactKeys.UseOnGround, out var answer);
        if (answer is null)
            return known;
        var contradiction = UnchangedAgainstBuilding(part, answer);
        if (contradiction is not null && words.Contains(answer.Written))
            return contradiction;
        return words.Contains(answer.Written) ? known : Inapplicable.GetValue(known, no => NotThis(no, answer));
    }

    private static Check NotThis(Check known, Answer answer) =>
        known with
        {
            Outcome = Outcome.No,
            Zh = $"{Words.Zh(answer)}，本规则不适用",
            En = $"{Words.En(answer)}: the rule does not apply",
        };

    /// <summary>A flag that must have one value. Without a defect a wrong value means that the rule does not apply.</summary>
    public static Check FlagIs(PartFacts part, FactKey key, bool expected, string? defect = null)
    {
        var known = Answered(part, key, out var answer);
        return answer is null || answer.Flag == expected ? known : known with { Outcome = Outcome.No, Defect = defect };
    }

    /// <summary>A flag that counts only when somebody said so; silence is no and not a gap, but what cannot be read is one.</summary>
    public static Check Asserted(PartFacts part, FactKey key)
    {
        var known = Answered(part, key, out var answer);
        return answer?.Flag == true || (answer is null && (known.Contradiction is not null || part.Site.IsIllegible(key)))
            ? known
            : Unsaid.GetOrAdd(key.Id, static (_, asked) => new(Outcome.No, $"没有“{asked.Zh}”的证据", $"nothing says: {asked.En}"), key);
    }

    /// <summary>A document that makes the rule apply when somebody brought it; silence is no and not a gap.</summary>
    public static Check DocumentBrought(PartFacts part, FactKey key, out Answer? answer)
    {
        var known = Answered(part, key, out answer);
        return answer is not null || known.Contradiction is not null || part.Site.IsIllegible(key)
            ? known
            : Unbrought.GetOrAdd(key.Id, static (_, asked) => new(Outcome.No, $"没有“{asked.Zh}”", $"no {asked.En} was brought"), key);
    }

    /// <summary>Whether the visit that gave an answer brought the kind of evidence that the verdict asks for.</summary>
    public static Check Brought(PartFacts part, FactKey key, string kind, string zh, string en)
    {
        var answer = part.Site.Of(key);
        var visits = answer is null ? part.Site.Visits : [answer.Visit];
        var visit = visits.LastOrDefault(v => v.Brought(kind));
        return visit is null
            ? new(Outcome.Unknown, $"缺少{zh}", $"{en} is missing") { Missing = [new($"evidence:{kind}", zh, en)] }
            : new(Outcome.Yes, $"有{zh}（{Words.Of(visit.VisitedOn)} 核查）", $"{en} (visit of {Words.Of(visit.VisitedOn)})")
            {
                Evidence = [.. visit.Evidence.Select(e => e.Sha256)],
            };
    }

    public static Missing Ask(FactKey key) => new($"answer:{key.Id}", key.Zh, key.En);

    public static IReadOnlyList<string> Files(params IReadOnlyList<Answer> answers) =>
        [.. answers.SelectMany(a => a.Evidence).Select(e => e.Sha256).Distinct(StringComparer.Ordinal)];

    /// <summary>A condition that cannot be judged because two things held contradict each other.</summary>
    public static Check Contradicts(
        string zh,
        string en,
        (string Zh, string En) held,
        (string Zh, string En) against,
        params IReadOnlyList<Answer> answers
    ) =>
        new(Outcome.Unknown, $"{zh}：{held.Zh}；{against.Zh}", $"{en}: {held.En}; {against.En}")
        {
            Contradiction = new(held.Zh, held.En, against.Zh, against.En),
            Evidence = Files(answers),
        };

    private static Check? UnchangedAgainstBuilding(PartFacts part, Answer ground)
    {
        var building = part.Site.Of(FactKeys.PermanentBuilding);
        if (ground.Written != Ground.Unchanged || building?.Flag != true)
            return null;
        return Contradicts(
            "核查结果自相矛盾",
            "what was found contradicts itself",
            (Words.Zh(ground), Words.En(ground)),
            (Words.Zh(building), Words.En(building)),
            ground,
            building
        );
    }
}
