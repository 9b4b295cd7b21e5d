using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.CaseFiles;

/// <summary>The paper that leaves the house when a supervision is published: a notice of listed supervision (挂牌督办通知书), a circular
/// (通报).</summary>
internal static class SupervisionPaper
{
    /// <summary>The kind of document; null where a step or a supervision has none.</summary>
    public static string? KindOf(string supervision, string step) =>
        (supervision, step) switch
        {
            (SupervisionKind.Listed, SupervisionStepKind.Published) => "listed-supervision",
            (SupervisionKind.Circular, SupervisionStepKind.Published) => "circular",
            _ => null,
        };

    public static async Task<IssuedDocument?> IssueAsync(
        ActScope act,
        Supervision supervision,
        RecordSupervisionStep.Request request,
        DocumentBook documents,
        CancellationToken stop
    )
    {
        if (KindOf(supervision.Kind, request.Kind) is not { } id)
            return null;
        var hand = supervision.ViolationId is { } about
            ? await CaseInHand.OfAsync(act.Db, await act.Db.ViolationAsync(about, stop), stop)
            : null;
        var kind = documents[id];
        var fields = CaseDocuments.Fields(kind, Known(act.Store.Plan, supervision, hand, request.NoteZh.Trim().TrimEnd('。')), null);
        return await DocumentIssue.IssueAsync(act, kind, "supervision", supervision.Id, request.On, fields, stop);
    }

    private static Dictionary<string, string> Known(WorkPlan plan, Supervision supervision, CaseInHand? hand, string demands)
    {
        var known = hand is null ? new(StringComparer.Ordinal) : CaseDocuments.Known(plan, hand);
        var unit = supervision.Unit is { } id ? plan.Units.FindResponsible(id)?.Name.Zh ?? id : null;
        var matter = hand?.Violation.NameZh ?? $"{unit}自然资源卫片执法工作";
        known["addressee"] =
            supervision.Kind == SupervisionKind.Circular ? "各镇（街道）、各成员单位" : unit ?? CaseDocuments.Authority(plan);
        known["case-name"] = matter;
        known["subject"] = matter;
        known["facts"] = known.GetValueOrDefault("facts") ?? supervision.ReasonZh;
        known["basis"] = BasisZh(plan, supervision.GroundId);
        known["demands"] = demands;
        if (supervision.DueOn is { } due)
            known["until"] = CaseDocuments.Day(due);
        known["seal"] = plan.Bodies.FirstOrDefault(b => b.Id == "district-government")?.Name.Zh ?? plan.Document.Issuer.Zh;
        return known;
    }

    /// <summary>The plan by title and number, and the paragraph of the ground.</summary>
    private static string BasisZh(WorkPlan plan, string ground) =>
        $"《{plan.Document.Title.Zh}》{(plan.Document.Number is { } number ? $"（{number}）" : "")}"
        + plan.Grounds.FirstOrDefault(g => g.Id == ground)?.Source.Paragraph;
}
