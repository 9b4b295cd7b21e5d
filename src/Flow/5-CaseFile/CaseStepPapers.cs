using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The document that leaves the house with a step; what it says of time limits comes from the rule set of the day.</summary>
public static class CaseStepPapers
{
    /// <summary>The kind of document of a step; null for none.</summary>
    public static string? KindOf(RecordCaseStep.Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request switch
        {
            // A notice of the right to a hearing says all that the plain notice says.
            { Kind: CaseStepKind.NoticeServed, Hearing: true } => "hearing-notice",
            { Kind: CaseStepKind.Decided, Outcome: CaseDetail.NoPenalty } => null,
            _ => CaseStepRules.For(request.Kind).Document,
        };
    }

    internal static async Task<IssuedDocument?> IssueAsync(
        ActScope act,
        CaseInHand hand,
        RecordCaseStep.Request request,
        CaseLaw law,
        CancellationToken stop
    )
    {
        if (KindOf(request) is not { } id)
            return null;
        var kind = law.Documents[id];
        var known = Known(act.Store.Plan, hand, request, law);
        var fields = CaseDocuments.Fields(kind, known, request.Texts);
        return await DocumentIssue.IssueAsync(act, kind, SecondSignatures.CaseFile, hand.File!.Id, request.On, fields, stop);
    }

    /// <summary>What the case and the law say in the document of a step.</summary>
    public static Dictionary<string, string> Known(Plan.WorkPlan plan, CaseInHand hand, RecordCaseStep.Request request, CaseLaw law)
    {
        ArgumentNullException.ThrowIfNull(hand);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(law);
        var known = CaseDocuments.Known(plan, hand);
        if (Lateness.Text(request.PenaltyZh) is { } penalty)
            known["penalty"] = penalty;
        switch (request.Kind)
        {
            case CaseStepKind.NoticeServed:
                var told = CaseClocks.Of(
                    hand.Course.With(CaseStepKind.NoticeServed, request.On, RecordCaseStep.Details(request)),
                    law.Book,
                    request.On
                );
                Day(known, "statement-until", CaseClocks.Find(told, CaseClocks.Statement));
                Day(known, "hearing-until", CaseClocks.Find(told, CaseClocks.HearingRequest));
                break;
            case CaseStepKind.Decided:
                known["performance"] = CaseDocuments.Performance(request.On, request.FineFen ?? 0, law.Book);
                known["remedies"] = CaseDocuments.Remedies(request.On, request.Demolish, law.Book);
                known["court-enforcement"] = "逾期不申请行政复议、不提起诉讼，又不履行本决定的，本机关将依法申请人民法院强制执行";
                break;
            case CaseStepKind.DemandServed:
                var demanded = CaseClocks.Of(hand.Course.With(CaseStepKind.DemandServed, request.On), law.Book, request.On);
                var demand = CaseClocks.Find(demanded, CaseClocks.Demand);
                Day(known, "perform-until", demand);
                if (demand?.Deadline is { } term)
                    known["basis"] = term.Basis.Chinese;
                known["court-enforcement"] = "逾期仍不履行的，本机关将依法申请人民法院强制执行";
                break;
            case CaseStepKind.CourtApplied:
                Applied(plan, hand, law, request, known);
                break;
            case CaseStepKind.Closed:
                known["result"] = Lateness.Text(request.NoteZh) ?? known.GetValueOrDefault("duty") ?? GroundZh(request.Ground);
                known["closing-ground"] = GroundZh(request.Ground);
                known["officer-opinion"] = $"建议结案，承办人：{hand.File!.OfficerOne}、{hand.File.OfficerTwo}";
                known["leader-opinion"] = "同意结案";
                break;
        }
        return known;
    }

    private static void Applied(
        Plan.WorkPlan plan,
        CaseInHand hand,
        CaseLaw law,
        RecordCaseStep.Request request,
        Dictionary<string, string> known
    )
    {
        known["addressee"] = plan.Bodies.FirstOrDefault(b => b.Id == "district-court")?.Name.Zh ?? "";
        known["unperformed"] = known.GetValueOrDefault("duty") ?? "";
        known["request"] = $"依法强制执行{hand.Decision?.Number}行政处罚决定";
        known["attachments"] = "行政处罚决定书、送达回证、催告书";
        var clocks = CaseClocks.Of(hand.Course, law.Book, request.On);
        if (CaseClocks.Find(clocks, CaseClocks.CourtByCoercionLaw)?.Deadline is { } window)
            known["basis"] = window.Basis.Chinese;
    }

    private static void Day(Dictionary<string, string> known, string field, CaseClock? clock)
    {
        if (clock?.Deadline is { } deadline)
            known[field] = CaseDocuments.Day(deadline.LastDayInclusive);
    }

    private static string GroundZh(string? ground) =>
        ground switch
        {
            CaseStepKind.Executed => "处罚决定执行完毕",
            CaseStepKind.CourtApplied => "已申请人民法院强制执行并获受理",
            "transferred" => "已移送有管辖权的机关",
            CaseDetail.NoPenalty => "依法不予处罚",
            "execution-terminated" => "人民法院裁定终结执行",
            _ => "终止调查",
        };
}
