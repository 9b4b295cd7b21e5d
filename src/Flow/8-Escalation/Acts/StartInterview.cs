using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weipian.Flow.CaseFiles;
using Weipian.Flow.Plan;
using Weipian.Flow.Store;

namespace Weipian.Flow.Escalation;

/// <summary>The government holds a warning interview (警示约谈) that it approved; the clock of acceptance starts with it (R41, R42).</summary>
public static class StartInterview
{
    public const string Act = "start-interview";

    /// <summary>The period of the plan within which the government accepts, from the start of the interview.</summary>
    private const string AcceptancePeriod = "interview-acceptance";

    /// <param name="RectifyBy">The limit that the interview orders; the plan sets none. Not after the day of acceptance.</param>
    /// <param name="Posts">Who is interviewed, by post.</param>
    /// <param name="Chair">Post of whoever holds it.</param>
    public sealed record Request(
        Guid ProposalId,
        DateOnly StartedOn,
        DateOnly RectifyBy,
        IReadOnlyList<string> Posts,
        string Place,
        string Chair,
        string DemandsZh,
        string Reason
    );

    public sealed record Started(Guid Id, DateOnly AcceptBy, string Document);

    /// <summary>Pure: approved, not held before, dates in order; gives the last day of acceptance, inclusive.</summary>
    public static DateOnly Decide(
        Request request,
        WorkPlan plan,
        EscalationProposal proposal,
        GovernmentDecision? decision,
        Interview? earlier,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(proposal);
        var approved = ApprovedProposal.Require(proposal, decision, "约谈", "hold the interview", "warning-interview");
        if (earlier is not null)
            throw Problem.Chain.AlreadyDone("约谈", "The interview", earlier.By, earlier.At);
        if (request.StartedOn > today)
            throw Problem.Chain.InFuture("约谈日期", "The day of the interview", request.StartedOn, today);
        if (request.StartedOn < approved.On)
            throw Problem.Chain.BeforeCause(
                "约谈日期",
                "The day of the interview",
                request.StartedOn,
                "决定日期",
                "the decision",
                approved.On
            );
        if (request.RectifyBy <= request.StartedOn)
            throw Problem.Chain.BeforeCause("整改期限", "The limit", request.RectifyBy, "约谈日期", "the interview", request.StartedOn);
        var acceptBy = plan.Threshold(AcceptancePeriod).LastDayInclusive(request.StartedOn);
        if (request.RectifyBy > acceptBy)
            throw Problem.Chain.BadValue(
                "RectifyBy",
                $"{request.RectifyBy:yyyy-MM-dd}",
                $"不晚于验收期限 {acceptBy:yyyy-MM-dd}",
                $"not after the last day of acceptance, {acceptBy:yyyy-MM-dd}"
            );
        if (string.IsNullOrWhiteSpace(request.DemandsZh))
            throw Problem.Chain.BadValue("DemandsZh", "", "整改要求", "what is demanded");
        return acceptBy;
    }

    /// <exception cref="Problem"><c>chain.*</c>, <c>escalation.no-such-measure</c>, <c>case-file.document-field-missing</c></exception>
    public static Task<Started> Handle(
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

    private static async Task<Started> WriteAsync(ActScope act, Request request, DocumentBook documents, CancellationToken stop)
    {
        var plan = act.Store.Plan;
        var proposal = await ApprovedProposal.ReadAsync(act.Db, request.ProposalId, stop);
        var decision = await act.Db.GovernmentDecisions.SingleOrDefaultAsync(d => d.ProposalId == proposal.Id, stop);
        var earlier = await act.Db.Interviews.SingleOrDefaultAsync(i => i.ProposalId == proposal.Id, stop);
        var acceptBy = Decide(request, plan, proposal, decision, earlier, act.Today);
        var posts = EscalationPapers.Posts(request.Posts);
        var id = act.NewId();
        var document = await DocumentIssue.IssueAsync(
            act,
            documents["interview-notice"],
            "interview",
            id,
            request.StartedOn,
            Fields(plan, request, proposal, posts),
            stop
        );
        act.Db.Add(
            new Interview
            {
                Id = id,
                ProposalId = proposal.Id,
                Unit = proposal.Unit,
                StartedOn = request.StartedOn,
                AcceptBy = acceptBy,
                RectifyBy = request.RectifyBy,
                PersonsJson = CanonicalJson.Of(new JsonArray([.. posts.Select(p => (JsonNode)p)])),
                DemandsZh = request.DemandsZh.Trim(),
                DocumentId = document.Id,
                By = act.By.Login,
                At = act.At,
            }
        );
        act.Fact("unit", proposal.Unit);
        act.Fact("acceptBy", $"{acceptBy:yyyy-MM-dd}");
        Tell.Unit(
            act,
            proposal.Unit,
            "interview",
            id,
            $"区政府于{request.StartedOn:yyyy-MM-dd}对你单位警示约谈，整改期限{request.RectifyBy:yyyy-MM-dd}。",
            $"The government interviewed your unit on {request.StartedOn:yyyy-MM-dd}; rectify by {request.RectifyBy:yyyy-MM-dd}."
        );
        return new(id, acceptBy, document.Number);
    }

    private static Dictionary<string, string> Fields(
        WorkPlan plan,
        Request request,
        EscalationProposal proposal,
        IReadOnlyList<string> posts
    )
    {
        var ground = EscalationPapers.Ground(plan, proposal.GroundId);
        return new(StringComparer.Ordinal)
        {
            ["addressee"] = EscalationPapers.UnitZh(plan, proposal.Unit),
            ["persons"] = string.Join("、", posts.Select(p => EscalationPapers.PostZh(plan, p))),
            ["grounds"] = ground.Name.Zh,
            ["facts"] = GroundFiguresJson.SummaryZh(proposal.FiguresJson) is { Length: > 0 } facts ? facts : proposal.ReasonZh,
            ["basis"] = EscalationPapers.BasisZh(plan, ground),
            ["held-on"] = EscalationPapers.DayZh(request.StartedOn),
            ["place"] = request.Place,
            ["chair"] = EscalationPapers.PostZh(plan, request.Chair),
            ["demands"] = request.DemandsZh.Trim().TrimEnd('。'),
            ["rectify-until"] = EscalationPapers.DayZh(request.RectifyBy),
            ["seal"] = EscalationPapers.Seal(plan),
        };
    }
}
