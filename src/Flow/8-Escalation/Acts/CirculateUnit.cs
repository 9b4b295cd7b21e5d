using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>The government publishes a circular against a unit (公开通报) that it approved (R01).</summary>
/// <remarks>It stands among the objects of supervision, beside the circulars about single cases, and is lifted there.</remarks>
public static class CirculateUnit
{
    public const string Act = "circulate-unit";

    /// <param name="PublicationZh">Where it is published.</param>
    public sealed record Request(Guid ProposalId, DateOnly PublishedOn, string DemandsZh, string PublicationZh, string Reason);

    public sealed record Circulated(Guid SupervisionId, string Document);

    /// <summary>Pure: approved, once, on a day after the decision that has come.</summary>
    public static void Decide(
        Request request,
        EscalationProposal proposal,
        GovernmentDecision? decision,
        Supervision? earlier,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(proposal);
        var approved = ApprovedProposal.Require(proposal, decision, "公开通报", "publish the circular", "public-circular");
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("公开通报", "The circular", earlier.By, earlier.At);
        if (request.PublishedOn > today)
            throw Problem.Chain.InFuture("通报日期", "The day of the circular", request.PublishedOn, today);
        if (request.PublishedOn < approved.On)
            throw Problem.Chain.BeforeCause(
                "通报日期",
                "The day of the circular",
                request.PublishedOn,
                "决定日期",
                "the decision",
                approved.On
            );
        if (string.IsNullOrWhiteSpace(request.DemandsZh))
            throw Problem.Chain.BadValue("DemandsZh", "", "工作要求", "what is demanded");
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>escalation.no-such-measure</c></exception>
    public static Task<Circulated> Handle(
        WeipianStore store,
        Actor actor,
        Request request,
        DocumentBook documents,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(documents);
        return store.ActAsync(
            actor,
            Act,
            request.ProposalId.ToString(),
            request.Reason,
            act => WriteAsync(act, request, documents, stop),
            stop
        );
    }

    private static async Task<Circulated> WriteAsync(ActScope act, Request request, DocumentBook documents, CancellationToken stop)
    {
        var plan = act.Store.Plan;
        var proposal = await ApprovedProposal.ReadAsync(act.Db, request.ProposalId, stop);
        var decision = await act.Db.GovernmentDecisions.SingleOrDefaultAsync(d => d.ProposalId == proposal.Id, stop);
        // The circular has the id of its proposal: one proposal leads to one circular.
        var earlier = await act.Db.Supervisions.SingleOrDefaultAsync(s => s.Id == proposal.Id, stop);
        Decide(request, proposal, decision, earlier, act.Today);
        var row = new Supervision
        {
            Id = proposal.Id,
            Kind = SupervisionKind.Circular,
            Unit = proposal.Unit,
            GroundId = proposal.GroundId,
            ReasonZh = proposal.ReasonZh,
            RaisedOn = EscalationDays.Of(proposal.At),
            By = proposal.By,
            At = act.At,
        };
        act.Db.Add(row);
        var document = await DocumentIssue.IssueAsync(
            act,
            documents["circular"],
            "supervision",
            row.Id,
            request.PublishedOn,
            Fields(act, request, proposal),
            stop
        );
        act.Db.Add(StepOf(act, row.Id, SupervisionStepKind.Approved, decision!.On, decision.ReasonZh, null));
        act.Db.Add(StepOf(act, row.Id, SupervisionStepKind.Published, request.PublishedOn, request.PublicationZh.Trim(), document.Id));
        act.Fact("unit", proposal.Unit);
        Tell.Unit(
            act,
            proposal.Unit,
            "supervision",
            row.Id,
            $"区政府公开通报你单位（{document.Number}）。",
            $"The government published a circular against your unit ({document.Number})."
        );
        return new(row.Id, document.Number);
    }

    private static Dictionary<string, string> Fields(ActScope act, Request request, EscalationProposal proposal)
    {
        var plan = act.Store.Plan;
        var ground = EscalationPapers.Ground(plan, proposal.GroundId);
        var unit = EscalationPapers.UnitZh(plan, proposal.Unit);
        return new(StringComparer.Ordinal)
        {
            ["addressee"] = "各镇（街道）、各成员单位",
            ["subject"] = $"{unit}自然资源卫片执法工作",
            ["facts"] = GroundFiguresJson.SummaryZh(proposal.FiguresJson) is { Length: > 0 } facts ? facts : proposal.ReasonZh,
            ["basis"] = EscalationPapers.BasisZh(plan, ground),
            ["demands"] = request.DemandsZh.Trim().TrimEnd('。'),
            ["publication"] = request.PublicationZh,
            ["seal"] = EscalationPapers.Seal(plan),
        };
    }

    private static SupervisionStep StepOf(ActScope act, Guid supervision, string kind, DateOnly on, string note, Guid? document) =>
        new()
        {
            Id = act.NewId(),
            SupervisionId = supervision,
            Kind = kind,
            On = on,
            NoteZh = note,
            DocumentId = document,
            By = act.By.Login,
            At = act.At,
        };
}
