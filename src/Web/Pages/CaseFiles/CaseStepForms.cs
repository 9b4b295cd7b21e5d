using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Web.Acts;
using Weipian.Web.Texts;

namespace Weipian.Web.Pages.CaseFiles;

/// <summary>The steps that a seat may record now, each with a form that asks for its own particulars only.</summary>
public static class CaseStepForms
{
    private static readonly Dictionary<string, string[]> Outcomes = new(StringComparer.Ordinal)
    {
        [CaseStepKind.Reviewed] = ["approved", "returned"],
        [CaseStepKind.Decided] = ["penalty", "no-penalty"],
        [CaseStepKind.ReviewDecided] = ["upheld", "changed", "revoked"],
        [CaseStepKind.SuitDecided] = ["upheld", "changed", "revoked"],
        [CaseStepKind.CourtRuled] = ["granted", "refused"],
    };

    /// <summary>Parameters of the request that every step has.</summary>
    private static readonly string[] Always = ["On", "Reason"];

    /// <summary>The rules whose turn it is for a role, in the order of the table.</summary>
    public static IEnumerable<CaseStepRule> Now(CaseInHand hand, string role)
    {
        ArgumentNullException.ThrowIfNull(hand);
        if (!hand.IsFilingSigned || hand.Course.Has(CaseStepKind.Closed))
            return [];
        return CaseStepRules.All.Where(r =>
            r.Roles.Contains(role)
            && r.Needs.All(hand.Course.Has)
            && !r.Bars.Any(hand.Course.Has)
            && !(r.Once && hand.Course.Has(r.Kind))
            && Fits(hand.Course, r.Kind)
        );
    }

    /// <summary>What the page knows: the case, the kind, and nothing for what this kind does not ask.</summary>
    public static Dictionary<string, object?> Known(CaseInHand hand, CaseStepRule rule)
    {
        ArgumentNullException.ThrowIfNull(hand);
        ArgumentNullException.ThrowIfNull(rule);
        var known = ActField
            .Of(typeof(RecordCaseStep.Request))
            .Where(f => !rule.Asks.Contains(f.Name) && !Always.Contains(f.Name))
            .ToDictionary(f => f.Name, f => f.IsTruth ? (object?)false : null, StringComparer.Ordinal);
        known["CaseFileId"] = hand.File!.Id;
        known["Kind"] = rule.Kind;
        return known;
    }

    /// <summary>Lines for the texts that only a person knows.</summary>
    public static Dictionary<string, string> Suggested(CaseInHand hand, CaseStepRule rule, WorkPlan plan, CaseLaw law, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(hand);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(law);
        var suggested = new Dictionary<string, string>(StringComparer.Ordinal);
        if (rule.Document is not { } id)
            return suggested;
        var request = RecordCaseStep.Request.Of(hand.File!.Id, rule.Kind, today, "") with { PenaltyZh = "…", Ground = "executed" };
        var asked = CaseDocuments.Asked(law.Documents[id], CaseStepPapers.Known(plan, hand, request, law));
        if (asked.Count > 0)
            suggested["Texts"] = string.Join('\n', asked);
        return suggested;
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<ActOption>> Options(CaseStepRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Outcomes.TryGetValue(rule.Kind, out var outcomes)
            ? new Dictionary<string, IReadOnlyList<ActOption>>(StringComparer.Ordinal)
            {
                ["Outcome"] = [.. outcomes.Select(o => new ActOption(o, Say.T("choice." + o)))],
            }
            : new Dictionary<string, IReadOnlyList<ActOption>>(StringComparer.Ordinal);
    }

    /// <summary>Pauses and their ends alternate; a second check follows a return; what follows a penalty needs one.</summary>
    private static bool Fits(CaseCourse course, string kind)
    {
        var punishes = course.Last(CaseStepKind.Decided)?.Text(CaseDetail.Outcome) != CaseDetail.NoPenalty;
        return kind switch
        {
            CaseStepKind.Paused => !course.IsPaused,
            CaseStepKind.Resumed => course.IsPaused,
            CaseStepKind.Reviewed => !course.IsReviewed,
            CaseStepKind.NoticeServed or CaseStepKind.Decided => course.IsReviewed,
            CaseStepKind.HearingRequested => course.Last(CaseStepKind.NoticeServed)?.Flag(CaseDetail.Hearing) == true,
            CaseStepKind.Paid or CaseStepKind.PaymentPostponed => course.Last(CaseStepKind.Decided)?.Whole(CaseDetail.FineFen) > 0,
            CaseStepKind.DecisionServed => punishes,
            _ => true,
        };
    }
}
